//! What a single line of YAML is, judged by its characters: a key and a value, or almost.

use crate::data::problem::SyntaxErrorKind;
use crate::data::recovery::error::RepairableError;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::lines::Line;

/// The key and the value of `key: value`, the value without spaces around it.
pub(crate) fn key_and_value(text: &str, span: Span) -> Option<(Span, Span)> {
    let line = &text[span.range()];
    let key_end = match line.chars().next()? {
        quote @ ('"' | '\'') => {
            let close = 1 + line[1..].find(quote)?;
            let colon = line[close + 1..].trim_start_matches(' ');
            if !is_separator(colon) {
                return None;
            }
            line.len() - colon.len()
        }
        '[' | '{' | '?' | '|' | '>' | '@' | '`' => return None,
        _ => {
            let colon = line.match_indices(':').find(|(at, _)| is_separator(&line[*at..]))?.0;
            if line[..colon].contains(" #") {
                return None;
            }
            colon
        }
    };
    let value = line[key_end + 1..].trim_start_matches([' ', '\t']);
    let key = Span::new(span.start, span.start + line[..key_end].trim_end().len());
    Some((key, Span::new(span.end - value.len(), span.end)))
}

/// Whether a text starts with a colon that ends a key.
fn is_separator(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// Whether a line certainly starts another entry: `word:`, not prose with a colon in it.
pub(crate) fn looks_like_key(content: &str) -> bool {
    let content = content.strip_prefix(['"', '\'']).unwrap_or(content);
    let word = content.trim_start_matches(|char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '.'));
    let rest = word.strip_prefix(['"', '\'']).unwrap_or(word);
    word.len() < content.len() && is_separator(rest)
}

/// Whether a line starts with an indicator: a comment, an item or a bracket.
pub(crate) fn starts_with_indicator(text: &str, line: &Line) -> bool {
    line.starts_with(text, &['#', '-', '[', ']', '{', '}', '<', '=', '>', '|'])
}

/// `title:Hello`, `title:<NBSP>Hello`, `title：Hello`: an entry without the space.
pub(crate) fn missing_space_after_colon(text: &str, span: Span) -> Option<RepairableError> {
    let line = &text[span.range()];
    let key_len =
        line.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '-' | '.'))).filter(|&len| len > 0)?;
    let key = &line[..key_len];
    let rest = &line[key_len..];
    let at = span.start + key_len;
    if let Some(value) = rest.strip_prefix('：') {
        let wide = Span::new(at, at + '：'.len_utf8());
        let space = if value.starts_with(char::is_whitespace) || value.is_empty() { ":" } else { ": " };
        return Some(RepairableError::new(SyntaxErrorKind::NoSpaceAfterColon, wide, key, Edit::replace(wide, space)));
    }
    let value = rest.strip_prefix(':')?;
    let invisible = value.len() - value.trim_start_matches(is_non_breaking_space).len();
    if invisible > 0 {
        let spaces = Span::new(at + 1, at + 1 + invisible);
        return Some(RepairableError::new(
            SyntaxErrorKind::NoSpaceAfterColon,
            Span::new(at, spaces.end),
            key,
            Edit::replace(spaces, " "),
        ));
    }
    // `https://…` is no entry, and neither are `3:30` and `---3:30`.
    let is_time = key.ends_with(|c: char| c.is_numeric()) && value.starts_with(|c: char| c.is_numeric());
    if is_time || key.starts_with('-') {
        return None;
    }
    if value.is_empty() || value.starts_with("//") || value.starts_with([' ', '\t', ':']) {
        return None;
    }
    Some(RepairableError::new(
        SyntaxErrorKind::NoSpaceAfterColon,
        Span::new(at, at + 1),
        key,
        Edit::replace(Span::empty(at + 1), " "),
    ))
}

/// Keys that few sentences in front matter start with: `summary of` would be one.
const FIRST_WORDS: [&str; 14] = [
    "title",
    "layout",
    "date",
    "tags",
    "categories",
    "draft",
    "author",
    "description",
    "slug",
    "image",
    "permalink",
    "published",
    "lang",
    "linkTitle",
];

/// `layout post`, `title; Hello`, `title = Hello`: an entry but for its colon.
pub(crate) fn missing_colon(text: &str, span: Span) -> Option<RepairableError> {
    let line = &text[span.range()];
    let key = FIRST_WORDS.iter().find(|key| line.starts_with(*key))?;
    let rest = &line[key.len()..];
    let sign = rest.len() - rest.trim_start_matches([' ', '\t', ';', '=']).len();
    let signs = &rest[..sign];
    if signs.is_empty() || sign == rest.len() || signs.matches([';', '=']).count() > 1 {
        return None;
    }
    let place = Span::new(span.start + key.len(), span.start + key.len() + sign);
    Some(RepairableError::new(SyntaxErrorKind::MissingKey, span, *key, Edit::replace(place, ": ")))
}

/// Spaces that are text to YAML: U+00A0, U+3000 and similar.
pub(crate) fn is_non_breaking_space(char: char) -> bool {
    matches!(char, '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}')
}

/// The length of the invisible part of the indentation: `<NBSP><NBSP>- a`.
pub(crate) fn non_breaking_indentation(content: &str) -> Option<(Span, String)> {
    let len = content.len() - content.trim_start_matches(|char| is_non_breaking_space(char) || char == ' ').len();
    let has_one = content[..len].contains(is_non_breaking_space);
    has_one.then(|| (Span::new(0, len), content[..len].chars().map(|_| ' ').collect()))
}
