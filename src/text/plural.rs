//! Nouns that agree with a number.

/// `1 file`, `2 files`
pub(crate) fn plural(count: usize, unit: &str) -> String {
    format!("{count} {}", noun(count, unit))
}

/// `file` for one, `files` for any other number.
pub(crate) fn noun(count: usize, unit: &str) -> String {
    if count == 1 { unit.to_owned() } else { format!("{unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!([0, 1, 2].map(|count| plural(count, "file")), ["0 files", "1 file", "2 files"]);
    }
}
