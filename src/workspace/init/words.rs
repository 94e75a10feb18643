//! Words and numbers as a proposed config has them.

use crate::text::plural::{noun, thousands};

/// A word as YAML reads it as text, in whatever place.
pub(super) fn word(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' '))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Text in quotes, as YAML and JSON have it. The text is from pages: what would drive a terminal or a CI runner that shows the
/// config is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_unseen(c) || (c == '#' && before == '#') => match u32::from(c) {
                code @ ..=0xffff => out.push_str(&format!("\\u{code:04x}")),
                code => out.push_str(&format!("\\U{code:08x}")),
            },
            _ => out.push(c),
        }
        before = c;
    }
    out + "\""
}

/// Whether a character shows nothing of itself: a control, or a mark that joins, breaks or reorders others.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

pub(super) fn plural(count: usize, unit: &str) -> String {
    format!("{} {}", thousands(count), noun(count, unit))
}
