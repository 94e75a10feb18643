//! The formats of JSON Schema that are validated.

use crate::date;
use crate::date::lexer::{DateParts, is_number, is_two_digits, lex_date, lex_offset, lex_time};
use crate::schema::pattern::Pattern;
use crate::url::has_scheme;

/// A format, by its name in JSON Schema.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Format(&'static str);

/// Whether a string is of a format.
type FormatCheck = fn(&str) -> bool;

/// The formats that are validated; others are ignored.
const KNOWN: [(&str, FormatCheck); 14] = [
    // Custom, for third-party schemas that accept any format of a date.
    ("any-date", |_| true),
    ("date", is_date),
    ("date-time", is_date_time),
    ("time", is_time),
    ("email", is_email),
    ("idn-email", is_email),
    ("hostname", is_host),
    ("uri", is_uri),
    ("url", is_uri),
    ("iri", is_uri),
    ("ipv4", is_ipv4),
    ("uuid", is_uuid),
    ("regex", |text| Pattern::new(text).is_ok()),
    ("json-pointer", |text| text.is_empty() || text.starts_with('/')),
];

impl Format {
    /// The format called `name`; none if it isn't validated.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        KNOWN.iter().find(|(known, _)| *known == name).map(|(known, _)| Self(known))
    }

    /// Its name in JSON Schema.
    pub(crate) fn name(self) -> &'static str {
        self.0
    }

    /// Whether it is a format of dates or times.
    pub(crate) fn is_date_or_time(self) -> bool {
        matches!(self.0, "any-date" | "date" | "date-time" | "time")
    }

    /// Whether an unquoted date that the site's YAML parser turns into a timestamp is accepted: it has no format of its
    /// own. A date must not have a time.
    pub(crate) fn accepts_timestamp(self, text: &str, has_clock: bool) -> bool {
        if self.is_date_or_time() && date::parse(text).is_some_and(|day| day.validation_error().is_some()) {
            return false;
        }
        match self.0 {
            "any-date" | "date-time" => true,
            "date" => !has_clock,
            _ => !self.is_date_or_time(),
        }
    }

    /// Whether a string is of this format.
    pub(crate) fn is_match(self, text: &str) -> bool {
        KNOWN.iter().find(|(name, _)| *name == self.0).is_none_or(|(_, fits)| fits(text))
    }
}

fn is_date(text: &str) -> bool {
    lex_date(text).is_some_and(|parts| parts.rest.is_empty() && is_full_date(text, &parts))
}

fn is_date_time(text: &str) -> bool {
    lex_date(text).is_some_and(|parts| {
        let time = parts.rest.strip_prefix(['T', 't', ' ']);
        time.is_some_and(is_time) && is_full_date(&text[..text.len() - parts.rest.len()], &parts)
    })
}

/// Whether a date is written as RFC 3339 requires, and exists.
fn is_full_date(date: &str, parts: &DateParts<'_>) -> bool {
    parts.iso().is_some() && date::parse(date).is_some_and(|date| date.validation_error().is_none())
}

/// `09:05:00Z`, `09:05:00.5+09:00`
fn is_time(text: &str) -> bool {
    let time = lex_time(text);
    let is_clock = time.numbers().is_some_and(|(hour, minute, second)| {
        is_two_digits(hour, 23) && is_two_digits(minute, 59) && second.is_some_and(|second| is_two_digits(second, 60))
    });
    let is_fraction = time.fraction.is_empty() || time.fraction.strip_prefix('.').is_some_and(is_number);
    let is_zone = matches!(time.zone, "Z" | "z")
        || lex_offset(time.zone).is_some_and(|offset| {
            is_two_digits(offset.hours, 23) && offset.minutes.is_some_and(|minutes| is_two_digits(minutes, 59))
        });
    time.delimiter.is_empty() && is_clock && is_fraction && is_zone
}

fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let is_quoted = name.len() > 2 && name.starts_with('"') && name.ends_with('"');
    let is_name = is_quoted
        || (!name.contains(|c: char| c.is_whitespace() || "@()<>,;:\\\"[]".contains(c))
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains(".."));
    let is_literal = host.starts_with('[') && host.ends_with(']');
    !name.is_empty() && is_name && (is_literal || is_host(host))
}

/// A host name; letters of any script are accepted, as in browsers.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 253 && text.split('.').all(is_label)
}

/// A URL with a scheme; letters of any script are accepted, as in browsers.
fn is_uri(text: &str) -> bool {
    has_scheme(text) && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

fn is_ipv4(text: &str) -> bool {
    let is_byte = |part: &str| part.parse::<u8>().is_ok_and(|byte| byte.to_string() == part);
    text.split('.').count() == 4 && text.split('.').all(is_byte)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(name: &str, text: &str) -> bool {
        Format::from_name(name).expect("a format").is_match(text)
    }

    #[test]
    fn days_and_times() {
        assert!(fits("date", "2024-02-29") && !fits("date", "2023-02-29") && !fits("date", "2024-2-9"));
        assert!(fits("date-time", "2024-01-31T09:05:00Z") && fits("date-time", "2024-01-31t09:05:00.5+09:00"));
        assert!(!fits("date-time", "2024-01-31") && !fits("date-time", "2024-01-31T09:05") && !fits("date-time", "x"));
        assert!(!fits("date", "2024년 1월 2일") && !fits("date-time", "한글한글한글"));
        assert!(fits("time", "23:59:60Z") && !fits("time", "24:00:00Z"));
    }

    #[test]
    fn addresses() {
        assert!(
            fits("email", "a.b+c@example.com") && !fits("email", "a b@example.com") && !fits("email", "example.com")
        );
        assert!(fits("uri", "https://example.com/한글") && !fits("uri", "/a") && !fits("uri", "https://a b"));
        assert!(fits("hostname", "example.com") && !fits("hostname", "-a.com") && fits("ipv4", "10.0.0.1"));
        assert!(fits("uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380") && Format::from_name("color").is_none());
    }
}
