//! What a site generator's YAML reader makes of a value without quotes: a table of resolvers, one for each reader.
//!
//! Measured with the readers themselves, 107 values each: `PyYAML` 6.0, `SafeYAML` 1.0 on Psych 5 (Jekyll), goccy/go-yaml
//! 1.17 (Hugo since 0.152), js-yaml 3.14 (gray-matter), js-yaml 4.1, `yaml` 2.8 (Hexo) and `serde_yaml` 0.9 (Zola).

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
    /// A Ruby symbol: `:draft`.
    Symbol,
}

impl Reader {
    /// What the reader makes of `text`, a value without quotes and without a tag.
    pub fn read(self, text: &str) -> Reading {
        let yaml_1_1 = matches!(self, Reader::Pyyaml | Reader::Safeyaml);
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Reading::Null,
            "true" | "True" | "TRUE" => return Reading::Bool(true),
            "false" | "False" | "FALSE" => return Reading::Bool(false),
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" if yaml_1_1 => return Reading::Bool(true),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" if yaml_1_1 => return Reading::Bool(false),
            "=" | "<<" if self == Reader::Pyyaml => return Reading::Refused,
            _ => {}
        }
        match text.as_bytes() {
            [b'0'..=b'9' | b'+' | b'-' | b'.', ..] if self != Reader::Unknown => {
                self.time(text).or_else(|| self.number(text)).unwrap_or(Reading::Text)
            }
            [b':', b'a'..=b'z' | b'A'..=b'Z', ..] if self == Reader::Safeyaml => Reading::Symbol,
            _ => Reading::Text,
        }
    }

    fn time(self, text: &str) -> Option<Reading> {
        let (date, rest) = text.split_at_checked(10)?;
        let is_date = date.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if !is_date || !(rest.is_empty() || is_clock(rest, self == Reader::Safeyaml)) {
            return None;
        }
        let on_calendar = super::date::read(date).is_some_and(|day| day.fault().is_none());
        match self {
            Reader::Pyyaml if !on_calendar => Some(Reading::Refused),
            Reader::JsYaml3 | Reader::JsYaml4 if !on_calendar => Some(Reading::MovedDay),
            Reader::Pyyaml | Reader::JsYaml3 | Reader::JsYaml4 => Some(Reading::Time),
            Reader::Safeyaml if on_calendar => Some(Reading::Time),
            _ => None,
        }
    }

    fn number(self, text: &str) -> Option<Reading> {
        let (sign, digits) = match text.as_bytes()[0] {
            b'-' => ("-", &text[1..]),
            b'+' => ("", &text[1..]),
            _ => ("", text),
        };
        let all = |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.bytes().all(|byte| is(&byte));
        if all(digits, u8::is_ascii_digit) {
            return self.whole(sign, digits);
        }
        let takes_commas = self == Reader::Safeyaml;
        let old = matches!(self, Reader::Pyyaml | Reader::Safeyaml | Reader::JsYaml3 | Reader::Goccy);
        let is_grouped = |mark: char| {
            digits.contains(mark)
                && digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.ends_with(|c: char| c.is_ascii_digit())
                && digits.chars().all(|c| c.is_ascii_digit() || c == mark)
        };
        if (old && is_grouped('_')) || (takes_commas && is_grouped(',')) {
            return Some(Reading::Number(format!("{sign}{}", digits.replace(['_', ','], ""))));
        }
        if let Some(hex) = digits.strip_prefix("0x").filter(|hex| all(hex, u8::is_ascii_hexdigit)) {
            return u64::from_str_radix(hex, 16).ok().map(|number| Reading::Number(format!("{sign}{number}")));
        }
        if digits.contains(':') {
            return self.sexagesimal(digits).map(|number| Reading::Number(format!("{sign}{number}")));
        }
        let has_exponent = digits.contains(['e', 'E']);
        let needs_dot = matches!(self, Reader::Pyyaml | Reader::Safeyaml | Reader::Goccy);
        let is_float = digits.bytes().any(|byte| byte.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'))
            && digits.matches('.').count() <= 1
            && !digits.ends_with(['e', 'E', '+', '-'])
            && !(has_exponent && needs_dot && !digits.contains('.'));
        if !is_float {
            return None;
        }
        let number: f64 = digits.parse().ok()?;
        // Python and Ruby print `3.0` as it is, others as 3.
        let printed =
            if matches!(self, Reader::Pyyaml | Reader::Safeyaml) { format!("{number:?}") } else { number.to_string() };
        Some(Reading::Number(format!("{sign}{printed}")))
    }

    /// Digits only: a leading zero means base 8 to some, nothing to others.
    fn whole(self, sign: &str, digits: &str) -> Option<Reading> {
        if digits.len() == 1 || !digits.starts_with('0') {
            return Some(Reading::Number(format!("{sign}{digits}")));
        }
        let bare = digits.trim_start_matches('0');
        let bare = if bare.is_empty() { "0" } else { bare };
        match self {
            Reader::JsYaml4 | Reader::Eemeli => Some(Reading::Number(format!("{sign}{bare}"))),
            Reader::SerdeYaml | Reader::Unknown => None,
            _ => u64::from_str_radix(bare, 8).ok().map(|number| Reading::Number(format!("{sign}{number}"))),
        }
    }

    /// `1:30` is ninety, for readers of YAML 1.1.
    fn sexagesimal(self, digits: &str) -> Option<u64> {
        let leading_zero = digits.starts_with('0');
        let takes = match self {
            Reader::Safeyaml => true,
            Reader::Pyyaml | Reader::JsYaml3 => !leading_zero,
            _ => false,
        };
        let mut parts = digits.split(':');
        let mut number: u64 = parts.next().filter(|_| takes)?.parse().ok()?;
        for part in parts {
            let part: u64 = part.parse().ok().filter(|part| *part < 60 && digits.len() < 16)?;
            number = number * 60 + part;
        }
        Some(number)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_disagree_as_measured() {
        let number = |text: &str| Reading::Number(text.to_owned());
        let table: &[(&str, [Reading; 7])] = &[
            (
                "no",
                [
                    Reading::Bool(false),
                    Reading::Bool(false),
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "012",
                [number("10"), number("10"), number("10"), number("10"), number("12"), number("12"), Reading::Text],
            ),
            (
                "1,000",
                [
                    Reading::Text,
                    number("1000"),
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "1_000",
                [
                    number("1000"),
                    number("1000"),
                    number("1000"),
                    number("1000"),
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "12:30",
                [
                    number("750"),
                    number("750"),
                    Reading::Text,
                    number("750"),
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "1e5",
                [
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    number("100000"),
                    number("100000"),
                    number("100000"),
                    number("100000"),
                ],
            ),
            (
                "3.10",
                [
                    number("3.1"),
                    number("3.1"),
                    number("3.1"),
                    number("3.1"),
                    number("3.1"),
                    number("3.1"),
                    number("3.1"),
                ],
            ),
            (
                "2024-02-30",
                [
                    Reading::Refused,
                    Reading::Text,
                    Reading::Text,
                    Reading::MovedDay,
                    Reading::MovedDay,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "2024-01-01",
                [
                    Reading::Time,
                    Reading::Time,
                    Reading::Text,
                    Reading::Time,
                    Reading::Time,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "2024-01-01 10:00:00 +0900",
                [
                    Reading::Text,
                    Reading::Time,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                ":draft",
                [
                    Reading::Text,
                    Reading::Symbol,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
            (
                "404",
                [
                    number("404"),
                    number("404"),
                    number("404"),
                    number("404"),
                    number("404"),
                    number("404"),
                    number("404"),
                ],
            ),
            (
                "1.20.0",
                [
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                    Reading::Text,
                ],
            ),
        ];
        let readers = [
            Reader::Pyyaml,
            Reader::Safeyaml,
            Reader::Goccy,
            Reader::JsYaml3,
            Reader::JsYaml4,
            Reader::Eemeli,
            Reader::SerdeYaml,
        ];
        for (text, wanted) in table {
            for (reader, wanted) in readers.iter().zip(wanted) {
                assert_eq!(reader.read(text), *wanted, "{reader:?} reads {text}");
            }
        }
    }
}
