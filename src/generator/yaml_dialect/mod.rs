//! How the YAML parsers of site generators resolve plain scalars.
//!
//! What the parsers themselves make of some hundred values is recorded in `tests/generators/recorded/readers.json`, and
//! `tests/inside/generators.rs` compares this code with it.

mod number;
mod types;

pub(crate) use crate::generator::yaml_dialect::types::{ResolvedScalar, YamlDialect};

use crate::date::lexer::{lex_date, lex_time};

impl YamlDialect {
    /// Whether a large whole number loses its last digits, because all numbers are floats.
    pub(crate) fn has_floats_only(self) -> bool {
        matches!(self, YamlDialect::JsYaml3 | YamlDialect::JsYaml4 | YamlDialect::Eemeli)
    }

    /// What the parser makes of `text`, a value without quotes and without a tag.
    pub(crate) fn resolve(self, text: &str) -> ResolvedScalar {
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
