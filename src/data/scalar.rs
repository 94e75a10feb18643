//! What a plain YAML scalar is: the YAML 1.2 core schema, and dates in the forms that sites use.

use crate::data::node::Kind;

/// The kind of a scalar written without quotes and without a tag.
pub(crate) fn kind(text: &str) -> Kind {
    match text.as_bytes() {
        [] => Kind::Null,
        // Most values start with a letter that no number, date or keyword starts with.
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => number_or_date(text),
        _ => match text {
            "~" | "null" | "Null" | "NULL" => Kind::Null,
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Kind::Bool,
            _ => Kind::String,
        },
    }
}

/// The kind that a core-schema tag such as `!!str` demands; none for any other tag.
pub(crate) fn kind_of_tag(tag: &str) -> Option<Kind> {
    let name = tag.strip_prefix("!!").or_else(|| tag.strip_prefix("!<tag:yaml.org,2002:")?.strip_suffix('>'))?;
    match name {
        "str" | "binary" => Some(Kind::String),
        "int" => Some(Kind::Int),
        "float" => Some(Kind::Float),
        "bool" => Some(Kind::Bool),
        "null" => Some(Kind::Null),
        "timestamp" => Some(Kind::DateTime),
        _ => None,
    }
}

fn number_or_date(text: &str) -> Kind {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let all = |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.bytes().all(|byte| is(&byte));
    if all(unsigned, u8::is_ascii_digit) {
        return Kind::Int;
    }
    if text.strip_prefix("0x").is_some_and(|digits| all(digits, u8::is_ascii_hexdigit))
        || text.strip_prefix("0o").is_some_and(|digits| all(digits, |byte| (b'0'..=b'7').contains(byte)))
    {
        return Kind::Int;
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") || is_float(unsigned) {
        return Kind::Float;
    }
    date(text).unwrap_or(Kind::String)
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

/// `2024-01-31`, with or without a time and an offset. Form only: 31 February is for the checks to say.
fn date(text: &str) -> Option<Kind> {
    let mut rest = Digits(text);
    rest.take(4..=4)?;
    rest.skip("-")?;
    rest.take(1..=2)?;
    rest.skip("-")?;
    rest.take(1..=2)?;
    if rest.0.is_empty() {
        return Some(Kind::Date);
    }
    let after = rest.0.strip_prefix(['T', 't']).unwrap_or_else(|| rest.0.trim_start_matches([' ', '\t']));
    if after.len() == rest.0.len() {
        return None;
    }
    rest.0 = after;
    rest.take(1..=2)?;
    rest.skip(":")?;
    rest.take(2..=2)?;
    if rest.skip(":").is_some() {
        rest.take(2..=2)?;
        if rest.skip(".").is_some() {
            rest.take(1..=9)?;
        }
    }
    rest.0 = rest.0.trim_start_matches([' ', '\t']);
    if rest.skip("Z").or_else(|| rest.skip("z")).is_none() && rest.skip("+").or_else(|| rest.skip("-")).is_some() {
        rest.take(1..=2)?;
        let _ = rest.skip(":");
        let _ = rest.take(2..=2);
    }
    rest.0.is_empty().then_some(Kind::DateTime)
}

/// What is left to read of a date.
struct Digits<'a>(&'a str);

impl Digits<'_> {
    fn take(&mut self, count: std::ops::RangeInclusive<usize>) -> Option<()> {
        let found = self.0.bytes().take(*count.end()).take_while(u8::is_ascii_digit).count();
        self.0 = count.contains(&found).then(|| &self.0[found..])?;
        Some(())
    }

    fn skip(&mut self, text: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(text)?;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_core_schema_and_dates() {
        for (kind_wanted, texts) in [
            (Kind::Null, "|~|null|Null|NULL"),
            (Kind::Bool, "true|True|TRUE|false|False|FALSE"),
            (Kind::Int, "0|-1|+12|012|0o14|0xFf|1086956281000"),
            (Kind::Float, "1.5|-.5|1.|1e3|1.5E-3|.inf|-.INF|.nan"),
            (Kind::Date, "2024-01-31|2024-1-1|2024-02-30"),
            (
                Kind::DateTime,
                "2024-01-01 10:00|2024-01-01 10:00:00|2024-01-01T10:00:00Z|2024-01-01 10:00:00 +0900|\
                 2024-01-01T10:00:00.123+09:00|2024-01-01 9:00:00 -5|2024-01-01t10:00:00z",
            ),
            (
                Kind::String,
                "yes|no|tRue|.|-|+|e3|1e|0x|0xg|0o8|1_000|1,000|1:30|2024-01|2024-01-01x|2024-01-01 x|v1.2|1.2.3|\
                 2024-01-01 10:00:00 KST|안녕",
            ),
        ] {
            for text in texts.split('|').filter(|text| !text.is_empty() || kind_wanted == Kind::Null) {
                assert_eq!(kind(text), kind_wanted, "{text}");
            }
        }
    }
}
