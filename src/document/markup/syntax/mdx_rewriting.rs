//! What is rewritten in a body before it is parsed as MDX, byte by byte as long.

use std::borrow::Cow;

/// `<A b = "c">` → `<A b  ="c">`: `markdown` 1.0 doesn't accept whitespace before a value, and MDX does. In text and code
/// the place of the sign has no meaning to the parser.
pub(super) fn equals_signs_before_values(body: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = body.as_bytes();
    let places: Vec<(usize, usize)> = memchr::memchr_iter(b'=', bytes)
        .filter_map(|at| {
            let spaces = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let has_value = matches!(bytes.get(at + 1 + spaces), Some(b'"' | b'\'' | b'{'));
            (spaces > 0 && has_value).then_some((at, at + spaces))
        })
        .collect();
    if places.is_empty() {
        return body;
    }
    let mut body = body.into_owned();
    for (sign, before_value) in places {
        let moved = format!("{}=", &body[sign + 1..=before_value]);
        body.replace_range(sign..=before_value, &moved);
    }
    Cow::Owned(body)
}

/// The body with HTML comments as MDX comments and heading IDs as text, byte by byte as long.
pub(super) fn without_relaxed(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(start) = rest.find("<!--") {
        let Some(len) = rest[start + 2..].find("-->") else { break };
        let end = start + 2 + len;
        out.push_str(&rest[..start]);
        out.push_str("{/* ");
        out.push_str(&rest[start + 4..end.max(start + 4)].replace("*/", "* "));
        out.push_str("*/}");
        rest = &rest[(end + 3).max(start + 7)..];
    }
    out.push_str(rest);
    heading_ids_as_text(out)
}

/// `## Heading {#id}` → `## Heading (#id)`
fn heading_ids_as_text(body: String) -> String {
    if !body.contains("{#") {
        return body;
    }
    let lines = body.split_inclusive('\n').map(|line| {
        let trimmed = line.trim_end();
        let start = trimmed.rfind("{#").filter(|_| trimmed.starts_with('#') && trimmed.ends_with('}'));
        match start {
            Some(at) => format!("{}({}){}", &line[..at], &trimmed[at + 1..trimmed.len() - 1], &line[trimmed.len()..]),
            None => line.to_owned(),
        }
    });
    lines.collect()
}
