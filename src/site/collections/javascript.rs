//! Parts of a config that is written in JavaScript: objects, lists and strings, without running it.

/// The strings of a list; none if it has anything else.
pub(super) fn literals(list: &str) -> Option<Vec<String>> {
    let is_between = |c: char| c == ',' || c.is_whitespace();
    let mut rest = list.trim_start_matches(is_between);
    let mut found = Vec::new();
    while !rest.is_empty() {
        let item = quoted(rest)?;
        found.push(item.to_owned());
        rest = rest.get(item.len() + 2..)?.trim_start_matches(is_between);
    }
    Some(found)
}

/// `name: kind` between commas at the top level.
pub(super) fn entries(fields: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let (mut depth, mut start, mut quote) = (0_isize, 0, None);
    let ends = fields.char_indices().map(|(at, c)| (at, Some(c))).chain([(fields.len(), None)]);
    for (at, c) in ends {
        match (c, quote) {
            (Some(c), Some(open)) if c == open => quote = None,
            (Some(_), Some(_)) => {}
            (Some(c @ ('\'' | '"' | '`')), None) => quote = Some(c),
            (Some('(' | '[' | '{'), None) => depth += 1,
            (Some(')' | ']' | '}'), None) => depth -= 1,
            (Some(',') | None, None) if depth == 0 => {
                let entry = without_comments(&fields[start..at]);
                if let Some((name, kind)) = entry.split_once(':') {
                    found.push((name.trim().trim_matches(['\'', '"']), kind.trim()));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

/// An entry without comment lines above it.
fn without_comments(entry: &str) -> &str {
    let mut rest = entry.trim();
    loop {
        let end = match rest.get(..2) {
            Some("//") => rest.find('\n'),
            Some("/*") => rest.find("*/").map(|end| end + 2),
            _ => return rest,
        };
        let Some(end) = end else { return "" };
        rest = rest[end..].trim_start();
    }
}

/// What is between the bracket at the start of `text` and the one that closes it.
pub(super) fn balanced(text: &str) -> Option<&str> {
    let (mut depth, mut quote, mut before) = (0_usize, None, ' ');
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open && before != '\\' => quote = None,
            (_, Some(_)) => {}
            ('\'' | '"' | '`', None) => quote = Some(c),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) if depth <= 1 => return text.get(1..at),
            (')' | ']' | '}', None) => depth -= 1,
            _ => {}
        }
        before = c;
    }
    None
}

/// What follows `key:`.
pub(super) fn after_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let found = text.match_indices(key).find_map(|(at, _)| {
        let is_word = text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        text[at + key.len()..].trim_start().strip_prefix(':').filter(|_| !is_word)
    });
    found.map(str::trim_start)
}

/// The string at the start of `text`.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '\'' | '"' | '`'))?;
    text[1..].split(quote).next()
}
