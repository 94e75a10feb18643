//! How site generators parse dates.
//!
//! What each generator makes of some hundred and fifty values is recorded in `tests/generators/recorded/forms.json`, and
//! `tests/inside/generators.rs` compares this code with it.

mod ecmascript;
mod go;
mod iso;
mod pattern;
mod python;
mod ruby;

use crate::date::parser::Date;
use crate::date::reading::DateReading;
use serde::Deserialize;

/// A parser of dates that are strings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateParser {
    /// Go's `time.Parse` with the layouts of `spf13/cast`: Hugo.
    Go,
    /// JavaScript's `new Date(text)` in V8: Hexo.
    Ecmascript,
    /// The same, which has to accept the text with a `Z` after it too: Docusaurus.
    EcmascriptUtc,
    /// ISO 8601 alone: Eleventy.
    Iso8601,
    /// RFC 3339, with or without a zone: Zola.
    Rfc3339,
    /// No string at all, only what the YAML parser makes a date: Material for `MkDocs`.
    Yaml,
    /// Ruby's `Time.parse`: Jekyll.
    Ruby,
    /// Python's `dateutil`: Pelican.
    Dateutil,
}

impl DateParser {
    /// What it makes of a string.
    pub(crate) fn read(self, text: &str) -> DateReading {
        if text.len() > 100 {
            return DateReading::Unknown;
        }
        match self {
            DateParser::Go => go::read(text),
            DateParser::Ecmascript => ecmascript::read(text),
            DateParser::EcmascriptUtc => match ecmascript::read(text) {
                DateReading::Date(_) => ecmascript::read(&format!("{text}Z")),
                reading => reading,
            },
            DateParser::Iso8601 => iso::read(text),
            DateParser::Rfc3339 => go::read_rfc3339(text),
            DateParser::Yaml => DateReading::Rejected,
            DateParser::Ruby => ruby::read(text),
            DateParser::Dateutil => python::read(text),
        }
    }

    /// What it makes of a number without quotes.
    pub(crate) fn read_number(self, text: &str) -> DateReading {
        let days = |milliseconds: f64| {
            let days = (milliseconds / 86_400_000.0).floor();
            // JavaScript's last day; Go's is later than any page's.
            if days.abs() > 100_000_000.0 {
                DateReading::Rejected
            } else {
                DateReading::Date(Date::from_days_since_epoch(days as i64))
            }
        };
        let number = text.replace('_', "").parse::<f64>().ok();
        match (self, number) {
            (DateParser::Go, Some(seconds)) if seconds.fract() == 0.0 => days(seconds * 1000.0),
            (DateParser::Ecmascript, Some(0.0)) => DateReading::Unknown,
            (DateParser::Ecmascript | DateParser::EcmascriptUtc, Some(milliseconds)) => days(milliseconds),
            (DateParser::Ruby | DateParser::Dateutil, _) => self.read(text),
            (DateParser::Go | DateParser::Ecmascript | DateParser::EcmascriptUtc, _) => DateReading::Unknown,
            (DateParser::Iso8601 | DateParser::Rfc3339 | DateParser::Yaml, _) => DateReading::Rejected,
        }
    }
}
