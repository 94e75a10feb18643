//! What a site generator's YAML reader makes of a value without quotes: a table of resolvers, one for each reader.
//!
//! What the readers themselves make of some hundred values is recorded in `tests/generators/recorded/readers.json`, and
//! `tests/generators.rs` compares this table with it.

pub mod number;

use serde::Deserialize;

/// A YAML reader, by the family it resolves plain scalars like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// Not known: nothing is said of what it reads.
    #[default]
    Unknown,
    /// `PyYAML`: `MkDocs`.
    Pyyaml,
    /// `SafeYAML` on `Psych`: Jekyll.
    Safeyaml,
    /// goccy/go-yaml: Hugo.
    Goccy,
    /// js-yaml 3, in gray-matter: Docusaurus, `VitePress`.
    JsYaml3,
    /// js-yaml 4: Astro, Eleventy, Quarto.
    JsYaml4,
    /// `yaml` for JavaScript: Hexo, Obsidian.
    Eemeli,
    /// `serde_yaml`: Zola.
    SerdeYaml,
    /// No YAML at all: a line is a key, a colon and a text: Pelican.
    Lines,
}

/// What a plain scalar becomes, where that isn't the text that is written.
#[derive(Clone, PartialEq, Debug)]
pub enum Reading {
    /// The text as it is written.
    Text,
    /// A boolean.
    Bool(bool),
    /// Nothing.
    Null,
    /// A number, as the reader would print it.
    Number(String),
    /// A point in time: `2024-01-01`.
    Time,
    /// A day that isn't on the calendar, moved to one that is: 30 February to 2 March.
    MovedDay,
    /// The reader gives up on the whole front matter.
    Refused,
}

impl Reader {
    /// What the reader makes of `text`, a value without quotes and without a tag.
    pub fn read(self, text: &str) -> Reading {
        if self == Reader::Lines {
            return Reading::Text;
        }
        let yaml_1_1 = matches!(self, Reader::Pyyaml | Reader::Safeyaml);
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Reading::Null,
            "true" | "True" | "TRUE" => return Reading::Bool(true),
            "false" | "False" | "FALSE" => return Reading::Bool(false),
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" if yaml_1_1 => return Reading::Bool(true),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" if yaml_1_1 => return Reading::Bool(false),
            // `tRue`.
            _ if self == Reader::Safeyaml && text.eq_ignore_ascii_case("true") => return Reading::Bool(true),
            _ if self == Reader::Safeyaml && text.eq_ignore_ascii_case("false") => return Reading::Bool(false),
            "=" | "<<" if self == Reader::Pyyaml => return Reading::Refused,
            _ => {}
        }
        match text.as_bytes() {
            [b'0'..=b'9' | b'+' | b'-' | b'.' | b'_', ..] if !matches!(self, Reader::Unknown | Reader::Lines) => {
                self.time(text).or_else(|| number::read(self, text)).unwrap_or(Reading::Text)
            }
            _ => Reading::Text,
        }
    }

    fn time(self, text: &str) -> Option<Reading> {
        let end = text.find(['T', 't', ' ']).unwrap_or(text.len());
        let (date, rest) = text.split_at(end);
        let mut parts = date.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        // One digit is enough where a time of day follows.
        let least = if rest.is_empty() { 2 } else { 1 };
        let is_number =
            |part: &str, least| (least..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let is_date = parts.next().is_none()
            && year.len() == 4
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && is_number(month, least)
            && is_number(day, least);
        if !is_date || !(rest.is_empty() || is_clock(rest, self == Reader::Safeyaml)) {
            return None;
        }
        let on_calendar = crate::date::read(date).is_some_and(|day| day.fault().is_none());
        match self {
            Reader::Pyyaml if !on_calendar => Some(Reading::Refused),
            Reader::JsYaml3 | Reader::JsYaml4 if !on_calendar => Some(Reading::MovedDay),
            Reader::Pyyaml | Reader::JsYaml3 | Reader::JsYaml4 => Some(Reading::Time),
            Reader::Safeyaml if on_calendar => Some(Reading::Time),
            _ => None,
        }
    }
}

/// ` 10:00:00`, with or without a zone; `+0900` without a colon is only for Ruby.
fn is_clock(rest: &str, is_ruby: bool) -> bool {
    let Some(clock) = rest.strip_prefix(['T', 't', ' ']).map(str::trim_start) else { return false };
    let end = clock.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at(end);
    let zone = zone.trim();
    let zone_fits = match zone.strip_prefix(['+', '-']) {
        None => zone.is_empty() || zone == "Z",
        Some(offset) => offset.len() <= 2 || offset.contains(':') || is_ruby,
    };
    clock.split(':').count() == 3 && zone_fits
}
