//! Words and numbers as a proposed config has them.

/// A word as YAML reads it as text, in whatever place.
pub(super) fn word(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' '))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

pub(super) fn quoted(text: &str) -> String {
    // A JSON text is a YAML text.
    serde_json::to_string(text).unwrap_or_default()
}

pub(super) fn plural(count: usize, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{} {unit}s", thousands(count)) }
}

/// `1,204`
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
