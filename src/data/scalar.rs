//! The type of a plain YAML scalar: the YAML 1.2 core schema, and dates in the formats that sites use.

use crate::data::node::ScalarType;
use crate::date::lexer::{is_number, lex_date, lex_offset, lex_time};

/// The type of a scalar without quotes and without a tag.
pub(crate) fn plain_scalar_type(text: &str) -> ScalarType {
    match text.as_bytes() {
        [] => ScalarType::Null,
        // Most values start with a letter that no number, date or keyword starts with.
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number_or_date(text),
        _ => match text {
            "~" | "null" | "Null" | "NULL" => ScalarType::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarType::Bool,
            _ => ScalarType::String,
        },
    }
}

/// The type that a core-schema tag such as `!!str` sets; none for any other tag.
pub(crate) fn tagged_scalar_type(tag: &str) -> Option<ScalarType> {
    let name = tag.strip_prefix("!!").or_else(|| tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>'))?;
    match name {
        "str" | "binary" => Some(ScalarType::String),
        "int" => Some(ScalarType::Int),
        "float" => Some(ScalarType::Float),
        "bool" => Some(ScalarType::Bool),
        "null" => Some(ScalarType::Null),
        "timestamp" => Some(ScalarType::DateTime),
        _ => None,
    }
}

fn number_or_date(text: &str) -> ScalarType {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all = |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.bytes().all(|byte| is(&byte));
    if all(unsigned, u8::is_ascii_digit) {
        return ScalarType::Int;
    }
    if text.strip_prefix("0x").is_some_and(|digits| all(digits, u8::is_ascii_hexdigit))
        || text.strip_prefix("0o").is_some_and(|digits| all(digits, |byte| (b'0'..=b'7').contains(byte)))
    {
        return ScalarType::Int;
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") || is_float(unsigned) {
        return ScalarType::Float;
    }
    date_type(text).unwrap_or(ScalarType::String)
}

/// `1.5`, `.5`, `1.`, `1e3`; no sign.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}

/// `2024-01-31`, with or without a time and an offset. Only the form counts: 31 February is for the checks to report.
fn date_type(text: &str) -> Option<ScalarType> {
    let parts = lex_date(text)?;
    let [year, month, day] = parts.with_separator(&['-'])?;
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    if parts.rest.is_empty() {
        return Some(ScalarType::Date);
    }
    let time = lex_time(parts.rest);
    let is_delimiter = matches!(time.delimiter, "T" | "t")
        || (!time.delimiter.is_empty() && time.delimiter.bytes().all(|byte| matches!(byte, b' ' | b'\t')));
    let (hour, minute, second) = time.numbers()?;
    let is_clock = (1..=2).contains(&hour.len()) && minute.len() == 2 && second.is_none_or(|second| second.len() == 2);
    let is_fraction = match time.fraction.strip_prefix('.') {
        Some(digits) => second.is_some() && digits.len() <= 9 && is_number(digits),
        None => time.fraction.is_empty(),
    };
    let zone = time.zone.trim_start_matches([' ', '\t']);
    let is_zone = matches!(zone, "" | "Z" | "z")
        || lex_offset(zone).is_some_and(|offset| match offset.minutes {
            Some(minutes) => offset.hours.len() <= 2 && matches!(minutes.len(), 0 | 2),
            None => matches!(offset.hours.len(), 1 | 2 | 4),
        });
    (is_delimiter && is_clock && is_fraction && is_zone).then_some(ScalarType::DateTime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_core_schema_and_dates() {
        for (kind_wanted, texts) in [
            (ScalarType::Null, "|~|null|Null|NULL"),
            (ScalarType::Bool, "true|True|TRUE|false|False|FALSE"),
            (ScalarType::Int, "0|-1|+12|012|0o14|0xFf|1086956281000"),
            (ScalarType::Float, "1.5|-.5|1.|1e3|1.5E-3|.inf|-.INF|.nan"),
            (ScalarType::Date, "2024-01-31|2024-1-1|2024-02-30"),
            (
                ScalarType::DateTime,
                "2024-01-01 10:00|2024-01-01 10:00:00|2024-01-01T10:00:00Z|2024-01-01 10:00:00 +0900|\
                 2024-01-01T10:00:00.123+09:00|2024-01-01 9:00:00 -5|2024-01-01t10:00:00z",
            ),
            (
                ScalarType::String,
                "yes|no|tRue|.|-|+|e3|1e|0x|0xg|0o8|1_000|1,000|1:30|2024-01|2024-01-01x|2024-01-01 x|v1.2|1.2.3|\
                 2024-01-01 10:00:00 KST|안녕",
            ),
        ] {
            for text in texts.split('|').filter(|text| !text.is_empty() || kind_wanted == ScalarType::Null) {
                assert_eq!(plain_scalar_type(text), kind_wanted, "{text}");
            }
        }
    }
}
