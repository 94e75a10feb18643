//! Metadata in lines at the top of a page, without delimiters, as Python-Markdown reads it: Pelican.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::date::{Date, DateParser, DateReading};
use crate::generator::yaml_dialect::YamlDialect;
use crate::source::Span;
use crate::text::similarity;
use serde::Deserialize;

/// Options: keys without which the page is left out, and what to compare with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct MetadataLines {
    required: Vec<String>,
    /// What `status` may be.
    statuses: Vec<String>,
    /// Keys whose values are text, in which quotes are shown.
    text_keys: Vec<String>,
    /// Keys that hold lists.
    list_keys: Vec<String>,
}

/// A line `key: value`.
struct Entry<'a> {
    key: &'a str,
    key_span: Span,
    value: &'a str,
    value_span: Span,
}

impl Check for MetadataLines {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.profile.yaml_dialect != YamlDialect::MetaLines || cx.doc.front_matter.is_some() {
            return;
        }
        let text = cx.doc.source.text();
        let (entries, end) = read(text, cx.doc.source.bom_len());
        let knows = |key: &str| cx.profile.knows(&key.to_ascii_lowercase());
        let is_metadata = entries.iter().any(|entry| knows(entry.key)) || malformed_key(text, end, &knows).is_some();
        if !is_metadata {
            return;
        }
        let is_stopped = report_stop(cx, end, &knows, found);
        let mut misspelled: Vec<&str> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let lower = entry.key.to_ascii_lowercase();
            let has = |key: &str| entries.iter().any(|other| other.key.eq_ignore_ascii_case(key));
            if let Some(first) = entries[..index].iter().find(|other| other.key.eq_ignore_ascii_case(entry.key)) {
                found
                    .at(entry.key_span, format!("duplicate field `{}`", entry.key))
                    .label(first.key_span, "first one")
                    .help("remove one of them: Pelican joins both into a list");
            } else if !knows(entry.key)
                && let Some(near) = self.meant(cx, &lower).filter(|near| !has(near))
            {
                found
                    .at(entry.key_span, format!("unknown field `{}`; did you mean `{near}`?", entry.key))
                    .help(format!("Pelican does not read `{}`", entry.key));
                misspelled.push(near);
            }
            self.report_value(cx, entry, &lower, found);
        }
        for key in self.required.iter().filter(|_| !is_stopped) {
            let is_there = entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key) && !entry.value.is_empty());
            let is_default = key == "date" && (cx.site.build_files().config_has("DEFAULT_DATE") || is_undated_page(cx));
            if !is_there && !is_default && !misspelled.contains(&key.as_str()) {
                let first = entries.first().map_or(Span::empty(0), |entry| entry.key_span);
                found
                    .at(first, format!("missing field `{key}`"))
                    .help(format!("add `{key}: …`; Pelican skips the page without it"));
            }
        }
    }
}

impl MetadataLines {
    /// The field that an unknown key was meant to be.
    fn meant<'a>(&self, cx: &'a Context, key: &str) -> Option<&'a str> {
        let short = match key {
            "desc" | "descr" | "description" | "descripton" => "summary",
            "tag" => "tags",
            "dat" => "date",
            _ => "",
        };
        if key == "description" {
            return None;
        }
        let known = cx.profile.fields.keys().map(String::as_str);
        known.clone().find(|name| *name == short).or_else(|| similarity::nearest(key, known))
    }

    fn report_value(&self, cx: &Context, entry: &Entry, key: &str, found: &mut Findings) {
        let value = entry.value;
        let is_in = |keys: &[String]| keys.iter().any(|known| known == key);
        if cx.profile.dates.fields.iter().any(|field| field == key) {
            report_date(cx, entry, found);
        } else if key == "status" && !self.statuses.iter().any(|status| status.eq_ignore_ascii_case(value)) {
            let near = similarity::nearest(value, self.statuses.iter().map(String::as_str));
            let message = similarity::with_suggestion(format!("unknown value `{}` of `status`", truncate(value)), near);
            found.at(entry.value_span, message).help("Pelican skips the page");
        } else if key == "draft" {
            found.at(entry.key_span, "Pelican ignores `draft` here").help("set `status: draft`");
        } else if is_in(&self.list_keys) && (value.starts_with(['[', '{', '"']) || value.contains(['；', '，', '、']))
        {
            found
                .at(entry.value_span, format!("`{}` is not a list with commas", truncate(value)))
                .help("write `one, two`: Pelican treats brackets, quotes, and other separators as part of the tags");
        } else if is_in(&self.text_keys) && (is_quoted(value) || is_list(value)) {
            found
                .at(entry.value_span, format!("quotes and brackets are part of `{key}`"))
                .help("remove them: the metadata of Pelican is not YAML");
        } else if key == "save_as" && value.starts_with('/') {
            found
                .at(entry.value_span, format!("`save_as` is not a relative path: `{}`", truncate(value)))
                .help("remove the slash: Pelican skips the page, which it would write outside of the output folder");
        }
    }
}

/// Whether the page is one of Pelican's pages, which need no date: below a folder that `PAGE_PATHS` names, by default
/// `pages`.
fn is_undated_page(cx: &Context) -> bool {
    let config = cx.site.build_files().config.as_deref().unwrap_or_default();
    let setting = config.split_once("PAGE_PATHS").map(|(_, rest)| rest.split(']').next().unwrap_or_default());
    let name = cx.doc.source.name();
    let is_below = |folder: &str| format!("/{name}").contains(&format!("/{folder}/"));
    match setting {
        Some(list) => list.split(['\'', '"']).skip(1).step_by(2).any(is_below),
        None => is_below("pages"),
    }
}

fn report_date(cx: &Context, entry: &Entry, found: &mut Findings) {
    let value = entry.value;
    let shown = truncate(value);
    let read = two_digit_date(value);
    let reading = read.map_or_else(|| DateParser::Dateutil.read(value), DateReading::Date);
    let (message, help) = match reading {
        _ if value.is_empty() => (format!("`{}` has no value", entry.key), "Pelican skips the page".to_owned()),
        DateReading::Rejected => (format!("`{shown}` is not a date"), "Pelican skips the page".to_owned()),
        DateReading::Incomplete => {
            (format!("incomplete date `{shown}`"), "Pelican fills in the missing part from the build date".to_owned())
        }
        DateReading::Date(date) if (2..1000).contains(&date.year) => {
            (format!("date `{shown}` is in the year {}", date.year), "correct the year".to_owned())
        }
        DateReading::Date(date) if read.is_some() => (
            format!("unsupported date format `{shown}`"),
            format!("{} reads it as `{:04}-{:02}-{:02}`", cx.profile.name, date.year, date.month, date.day),
        ),
        DateReading::Date(_) | DateReading::Unknown => return,
    };
    found
        .at(if value.is_empty() { entry.key_span } else { entry.value_span }, message)
        .help(format!("use the format `2024-01-31`; {help}"));
}

/// What dateutil makes of three numbers of one or two digits, such as `05/03/24`: the month comes first, or the day if the
/// first number is no month; a number above 31 is the year.
fn two_digit_date(value: &str) -> Option<Date> {
    let mut parts = value.split(['/', '-', '.', ' ']);
    let mut number = || {
        let part = parts.next().filter(|part| (1..3).contains(&part.len()))?;
        part.parse::<u32>().ok()
    };
    let (first, second, third) = (number()?, number()?, number()?);
    let (year, month, day) = match (first, second) {
        (32.., _) => (first, second, third),
        (13.., 1..=12) => (third, second, first),
        _ => (third, first, second),
    };
    let century = if year > 75 { 1900 } else { 2000 };
    Some(Date { year: century + year, month, day, time: None }).filter(|date| date.validation_error().is_none())
}

/// Whether a value is in quotes from its first character to its last, or begins with one that isn't closed.
fn is_quoted(value: &str) -> bool {
    let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    let inner = &value[1..];
    let Some(at) = inner.find(quote) else { return true };
    let follows_word = inner[..at].ends_with(|c: char| !c.is_whitespace());
    // Otherwise it is an apostrophe, or opens a quote in the value.
    let closes = follows_word && !inner[at + 1..].starts_with(char::is_alphanumeric);
    if closes { at + 1 == inner.len() } else { inner.ends_with(quote) }
}

/// Whether a value is a list as YAML has it.
fn is_list(value: &str) -> bool {
    value.starts_with('[') && value.ends_with(']') && value.contains(',')
}

/// The entries at the top, and where they end.
fn read(text: &str, start: usize) -> (Vec<Entry<'_>>, usize) {
    let mut entries = Vec::new();
    let mut at = start;
    let line_end = if text.contains('\n') { '\n' } else { '\r' };
    for line in text[start..].split_inclusive(line_end) {
        let content = line.trim_end();
        let indent = content.len() - content.trim_start_matches(' ').len();
        // A line that is indented by four spaces continues the value.
        let is_more = indent > 3 && !entries.is_empty();
        let key = content.trim_start().split_once(':').filter(|(key, _)| indent < 4 && is_key(key));
        if !is_more && key.is_none() {
            break;
        }
        if let Some((key, value)) = key.filter(|_| !is_more) {
            let key_start = at + indent;
            let value_start = key_start + key.len() + 1 + (value.len() - value.trim_start().len());
            let value = value.trim();
            entries.push(Entry {
                key,
                key_span: Span::new(key_start, key_start + key.len()),
                value,
                value_span: Span::new(value_start, value_start + value.len()),
            });
        }
        at += line.len();
    }
    (entries, at)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// A known key at byte `at` with another sign than a colon after it: `Title = x`, `Title：x`.
fn malformed_key(text: &str, at: usize, knows: &dyn Fn(&str) -> bool) -> Option<Span> {
    let line = text[at..].lines().next().unwrap_or_default();
    let key = line.split([':', '=', '：']).next().unwrap_or_default();
    let is_other_sign = line[key.len()..].starts_with(['=', '：']);
    let bare = key.trim_matches([' ', '\u{a0}', '\u{200b}']);
    (is_other_sign && is_key(bare) && knows(bare)).then(|| Span::new(at, at + line.trim_end().len()))
}

/// Reports the line at which the metadata ends although there is more of it below.
fn report_stop(cx: &Context, end: usize, knows: &dyn Fn(&str) -> bool, found: &mut Findings) -> bool {
    let text = cx.doc.source.text();
    let malformed = malformed_key(text, end, knows);
    let first = text[end..].split_inclusive('\n').next().unwrap_or_default();
    let mut below = text[end + first.len()..].lines().take(4);
    let is_blank = first.trim().is_empty();
    let is_known = |line: &str| line.split_once(':').is_some_and(|(key, _)| is_key(key) && knows(key));
    let is_item = first.trim_start().starts_with("- ") && end > cx.doc.source.bom_len();
    // After the blank line that ends it, only the very next line may have been meant.
    let next = if is_blank { below.next().filter(|line| is_known(line)) } else { below.find(|line| is_known(line)) };
    if malformed.is_none() && next.is_none() && !is_item {
        return false;
    }
    let span = malformed.unwrap_or(Span::new(end, end + first.trim_end().len()));
    let finding = found.at(span, "the metadata ends at this line");
    finding.help("write `key: value` on each line, and indent the lines that continue a value by four spaces; Pelican renders everything below as text");
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_are_read_as_dateutil_does() {
        let read = |text| two_digit_date(text).map(|date| (date.year, date.month, date.day));
        for (text, expected) in [
            ("24-03-05", Some((2005, 3, 24))),
            ("05/03/24", Some((2024, 5, 3))),
            ("13/05/24", Some((2024, 5, 13))),
            ("99-03-05", Some((1999, 3, 5))),
            ("05-03-24 10:00", Some((2024, 5, 3))),
            ("2024-03-05", None),
            ("24/13/05", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn quotes_around_a_value_differ_from_quotes_in_it() {
        for text in ["\"Docker\"", "'Docker'", "\"Docker", "\"The \"best\" way\"", "'It's here'"] {
            assert!(is_quoted(text), "{text}");
        }
        for text in ["\"Docker\" for all", "Docker", "'n' and 'm' are", "5\""] {
            assert!(!is_quoted(text), "{text}");
        }
    }

    #[test]
    fn lines_may_end_with_carriage_returns_alone() {
        let (entries, _) = read("Title: A\rDate: 2024-03-05\r\rText.\r", 0);
        let values: Vec<&str> = entries.iter().map(|entry| entry.value).collect();
        assert_eq!(values, ["A", "2024-03-05"]);
    }
}
