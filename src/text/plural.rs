//! Nouns that agree with a number.

/// `1 file`, `2 files`
pub(crate) fn plural(count: usize, unit: &str) -> String {
    format!("{count} {}", noun(count, unit))
}

/// A number with a comma after every third digit: `1,204`.
pub(crate) fn thousands(value: usize) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `file` for one, `files` for any other number.
pub(crate) fn noun(count: usize, unit: &str) -> String {
    if count == 1 { unit.to_owned() } else { format!("{unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_by_commas() {
        assert_eq!([0, 999, 1_204, 1_000_000].map(thousands), ["0", "999", "1,204", "1,000,000"]);
    }

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!([0, 1, 2].map(|count| plural(count, "file")), ["0 files", "1 file", "2 files"]);
    }
}
