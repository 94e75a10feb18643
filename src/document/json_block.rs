//! JSON front matter: an object at the top of a file, without delimiters.

use crate::document::metadata_lines::is_known_key;
use crate::text::lines::{Line, lines};

/// The ends of the object that starts at byte `start`, alone on its lines, and of the line that it ends on; also of a
/// broken one. `{{< x >}}`, `{% x %}` and `{: .x}` are text.
pub(super) fn find(text: &str, start: usize) -> Option<(usize, usize)> {
    let inside = &text[start + 1..];
    let first = inside.trim_start();
    let is_multiline = inside[..inside.len() - first.len()].contains('\n');
    let key = first.trim_start_matches(['"', '\'', '“', '”']).split(['"', '\'', '“', '”', ':', ' ', '\n']).next();
    let is_entry = is_multiline && key.is_some_and(is_known_key);
    let is_odd_start = is_multiline && first.starts_with(['/', '\'', '“']);
    if !(first.starts_with(['"', '}']) || is_entry || is_odd_start) {
        return None;
    }
    if let Some(end) = end_of_object(text, start) {
        let after = lines(&text[end..]).next()?;
        return after.is_blank().then_some((end, end + after.next));
    }
    // Unclosed: its first key shows that it is one.
    let is_object = is_entry || (first.starts_with('"') && key.is_some_and(is_known_key));
    is_object.then(|| {
        let rest = &text[start..];
        let end = lines(rest).find(Line::is_blank).map_or(rest.len(), |line| line.start);
        (start + rest[..end].trim_end().len(), start + end)
    })
}

/// The end of the JSON object at byte `start`: after the brace that closes its first one. A string ends with its line at
/// the latest.
pub(super) fn end_of_object(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut depth, mut is_quoted) = (start, 0_usize, false);
    loop {
        match *bytes.get(at)? {
            b'\\' if is_quoted => at += 1,
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' => is_quoted = false,
            b'{' if !is_quoted => depth += 1,
            b'}' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
}
