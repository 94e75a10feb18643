//! Whether lines are metadata: keys with values, and what belongs to them.

use crate::data::common_keys::COMMON_KEYS;
use crate::data::format::FrontMatterFormat;
use crate::data::recovery::line_syntax::looks_like_key;
use crate::text::lines::{Line, lines};

/// Whether every line is metadata: text between two thematic breaks may have a colon in it too.
pub(super) fn is_all_metadata(text: &str, format: FrontMatterFormat) -> bool {
    let mut filled = lines(text).filter(|line| !line.is_blank());
    let is_part = |line: &Line| line.indent > 0 || line.starts_with(text, &['#', '-', ']', '}']);
    filled.all(|line| is_part(&line) || is_entry(&line, text, format)) && starts_with_metadata(text, format)
}

/// Whether the text between two `---` is metadata, not text between two thematic breaks.
pub(super) fn is_metadata(inner: &str, format: FrontMatterFormat) -> bool {
    let starts_at_once = !inner.starts_with(['\n', '\r']) || inner.trim().is_empty();
    starts_at_once || format != FrontMatterFormat::Yaml || lines(inner).any(|line| is_entry(&line, inner, format))
}

pub(super) fn is_entry(line: &Line, text: &str, format: FrontMatterFormat) -> bool {
    let content = line.content(text);
    match format {
        FrontMatterFormat::Yaml => line.indent == 0 && looks_like_key(content),
        _ => content.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty() && !key.trim().contains(' ')),
    }
}

/// Whether the lines at the start of `text` are metadata, although they are never closed.
pub(super) fn starts_with_metadata(text: &str, format: FrontMatterFormat) -> bool {
    let mut entries =
        lines(text).take_while(|line| !line.is_blank()).take(3).filter(|line| is_entry(line, text, format));
    let Some(first) = entries.next().filter(|line| line.start == 0) else { return false };
    COMMON_KEYS.iter().any(|known| known.eq_ignore_ascii_case(key_of(&first, text))) || entries.next().is_some()
}

pub(super) fn key_of<'t>(line: &Line, text: &'t str) -> &'t str {
    line.content(text).split([':', '=']).next().unwrap_or_default().trim()
}

/// Whether a key is one that pages of any generator have.
pub(super) fn is_known_key(key: &str) -> bool {
    COMMON_KEYS.contains(&key)
}

/// The number of known keys between the start of `text` and its first `---`; 0 if other lines are there.
pub(super) fn metadata_keys(text: &str) -> usize {
    let is_close = |line: &Line| line.indent == 0 && line.content(text) == "---";
    let Some(close) = lines(text).find(|line| line.is_blank() || is_close(line)).filter(is_close) else { return 0 };
    let block = &text[..close.start];
    if !is_all_metadata(block, FrontMatterFormat::Yaml) {
        return 0;
    }
    let entries = lines(block).filter(|line| is_entry(line, block, FrontMatterFormat::Yaml));
    entries.filter(|line| is_known_key(key_of(line, block))).count()
}

/// Whether the lines between the start of `text` and its first `---` are metadata with a title and another known key.
pub(super) fn is_second_metadata(text: &str) -> bool {
    let has_title = lines(text).take_while(|line| !line.is_blank()).any(|line| key_of(&line, text) == "title");
    has_title && metadata_keys(text) >= 2
}

/// The format of a block whose delimiters are those of another: every entry is YAML between `+++`, or TOML between `---`.
pub(super) fn format_of_wrong_delimiters(text: &str, format: FrontMatterFormat) -> Option<FrontMatterFormat> {
    let other = match format {
        FrontMatterFormat::Yaml => FrontMatterFormat::Toml,
        FrontMatterFormat::Toml => FrontMatterFormat::Yaml,
        FrontMatterFormat::Json => return None,
    };
    let mut entries = lines(text)
        .filter(|line| !line.is_blank() && line.indent == 0 && !line.starts_with(text, &['#', '-', ']', '[']));
    let is_other = |line: Line| is_entry(&line, text, other) && !is_entry(&line, text, format);
    (entries.next().is_some_and(is_other) && entries.all(is_other)).then_some(other)
}
