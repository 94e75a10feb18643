//! What a site generator's YAML reader makes of a value without quotes: a table of resolvers, one for each reader.
//!
//! What the readers themselves make of some hundred values is recorded in `tests/generators/recorded/readers.json`, and
//! `tests/generators.rs` compares this table with it.

pub mod number;

use crate::date::lexer::{lex_date, lex_time};
use serde::Deserialize;

/// A YAML reader, by the family it resolves plain scalars like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum YamlDialect {
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
    MetaLines,
}

/// What a plain scalar becomes, where that isn't the text that is written.
#[derive(Clone, PartialEq, Debug)]
pub enum ResolvedScalar {
    /// The text as it is written.
    String,
    /// A boolean.
    Bool(bool),
    /// Nothing.
    Null,
    /// A number, as the reader would print it.
    Number(String),
    /// A point in time: `2024-01-01`.
    Timestamp,
    /// A day that isn't on the calendar, moved to one that is: 30 February to 2 March.
    RolledOverDate,
    /// The reader gives up on the whole front matter.
    SyntaxError,
}

impl YamlDialect {
    /// What the reader makes of `text`, a value without quotes and without a tag.
    pub fn resolve(self, text: &str) -> ResolvedScalar {
        if self == YamlDialect::MetaLines {
            return ResolvedScalar::String;
        }
        let yaml_1_1 = matches!(self, YamlDialect::Pyyaml | YamlDialect::Safeyaml);
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return ResolvedScalar::Null,
            "true" | "True" | "TRUE" => return ResolvedScalar::Bool(true),
            "false" | "False" | "FALSE" => return ResolvedScalar::Bool(false),
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" if yaml_1_1 => return ResolvedScalar::Bool(true),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" if yaml_1_1 => return ResolvedScalar::Bool(false),
            // `tRue`.
            _ if self == YamlDialect::Safeyaml && text.eq_ignore_ascii_case("true") => {
                return ResolvedScalar::Bool(true);
            }
            _ if self == YamlDialect::Safeyaml && text.eq_ignore_ascii_case("false") => {
                return ResolvedScalar::Bool(false);
            }
            "=" | "<<" if self == YamlDialect::Pyyaml => return ResolvedScalar::SyntaxError,
            _ => {}
        }
        match text.as_bytes() {
            [b'0'..=b'9' | b'+' | b'-' | b'.' | b'_', ..]
                if !matches!(self, YamlDialect::Unknown | YamlDialect::MetaLines) =>
            {
                self.timestamp(text).or_else(|| number::resolve_number(self, text)).unwrap_or(ResolvedScalar::String)
            }
            _ => ResolvedScalar::String,
        }
    }

    fn timestamp(self, text: &str) -> Option<ResolvedScalar> {
        let parts = lex_date(text)?;
        let [year, month, day] = parts.with_separator(&['-'])?;
        // One digit is enough before a time of day.
        let min_digits = if parts.rest.is_empty() { 2 } else { 1 };
        let is_date = year.len() == 4 && [month, day].iter().all(|part| (min_digits..=2).contains(&part.len()));
        if !is_date || !(parts.rest.is_empty() || is_time(parts.rest, self == YamlDialect::Safeyaml)) {
            return None;
        }
        let date = &text[..text.len() - parts.rest.len()];
        let on_calendar = crate::date::parse(date).is_some_and(|day| day.validation_error().is_none());
        match self {
            YamlDialect::Pyyaml if !on_calendar => Some(ResolvedScalar::SyntaxError),
            YamlDialect::JsYaml3 | YamlDialect::JsYaml4 if !on_calendar => Some(ResolvedScalar::RolledOverDate),
            YamlDialect::Pyyaml | YamlDialect::JsYaml3 | YamlDialect::JsYaml4 => Some(ResolvedScalar::Timestamp),
            YamlDialect::Safeyaml if on_calendar => Some(ResolvedScalar::Timestamp),
            _ => None,
        }
    }
}

/// ` 10:00:00`, with or without a zone; `+0900` without a colon is only for Ruby.
fn is_time(rest: &str, is_ruby: bool) -> bool {
    let time = lex_time(rest);
    let zone = time.zone.trim();
    let is_zone = match zone.strip_prefix(['+', '-']) {
        None => zone.is_empty() || zone == "Z",
        Some(offset) => offset.len() <= 2 || offset.contains(':') || is_ruby,
    };
    let is_clock = time.clock.matches(':').count() == 2 && !time.fraction.contains(',');
    time.delimiter.starts_with(['T', 't', ' ']) && is_clock && is_zone
}
