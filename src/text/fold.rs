//! Characters as a reader sees them: spaces of every kind alike, full-width forms as plain ones, invisible ones left out.

/// The visible form of a character; none for an invisible one.
pub(crate) fn visible_form(c: char) -> Option<char> {
    match c {
        // Zero-width: space, joiners and directional marks, byte-order mark, soft hyphen, variation selectors of emoji.
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0e}' | '\u{fe0f}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}
