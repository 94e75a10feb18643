//! Reads numbers and signs off the start of a text, one after the other.

/// What is left of a text.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'t>(pub(super) &'t str);

impl<'t> Cursor<'t> {
    /// Takes `prefix`.
    pub(super) fn take(&mut self, prefix: &str) -> bool {
        let rest = self.0.strip_prefix(prefix);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Takes one of `chars`.
    pub(super) fn take_one(&mut self, chars: &[char]) -> Option<char> {
        let next = self.0.chars().next().filter(|next| chars.contains(next))?;
        self.0 = &self.0[next.len_utf8()..];
        Some(next)
    }

    /// Takes a number of `min` to `max` digits.
    pub(super) fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let length = self.0.bytes().take(max).take_while(u8::is_ascii_digit).count();
        let number = self.0[..length].parse().ok().filter(|_| length >= min)?;
        self.0 = &self.0[length..];
        Some(number)
    }

    /// Takes ASCII letters.
    pub(super) fn letters(&mut self) -> &'t str {
        let end = self.0.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.0.len());
        let (letters, rest) = self.0.split_at(end);
        self.0 = rest;
        letters
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
