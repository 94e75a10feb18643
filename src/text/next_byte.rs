//! A byte that is looked for from many places of one text, in one pass.

/// Finds the next place of a byte, for positions that only grow: whatever is between two of them is read once.
pub(crate) struct NextByte {
    byte: u8,
    next: Option<usize>,
}

impl NextByte {
    /// Nothing is read yet.
    pub(crate) fn new(byte: u8) -> Self {
        Self { byte, next: None }
    }

    /// The first place of the byte at `from` or after it; the length of the text if there is none. `from` is not below
    /// that of the call before.
    pub(crate) fn after(&mut self, text: &str, from: usize) -> usize {
        let known = self.next.filter(|&next| next >= from);
        let next = known.unwrap_or_else(|| {
            memchr::memchr(self.byte, &text.as_bytes()[from..]).map_or(text.len(), |distance| from + distance)
        });
        self.next = Some(next);
        next
    }
}

#[cfg(test)]
mod tests {
    use super::NextByte;

    #[test]
    fn the_next_place_is_found_from_each_position() {
        let mut next = NextByte::new(b')');
        assert_eq!([0, 1, 2, 3, 5].map(|from| next.after("a)b)cd", from)), [1, 1, 3, 3, 6]);
    }
}
