//! `@11ty/parse-date-strings`: ISO 8601 alone.

use crate::date::lexer::lex_date;
use crate::date::parser::{Date, parse};
use crate::date::parsers::pattern::Cursor;
use crate::date::reading::DateReading;

/// What Eleventy takes from Git or the file instead of a date, in any case. Run with 2.0.1 and 3.1.8.
const KEYWORDS: [&str; 4] = ["git last modified", "last modified", "git created", "created"];

pub(super) fn read(text: &str) -> DateReading {
    if KEYWORDS.iter().any(|keyword| text.eq_ignore_ascii_case(keyword)) {
        return DateReading::Unknown;
    }
    let mut rest = Cursor(text);
    let Some(year) = rest.number(4, 4) else { return DateReading::Rejected };
    let mut date = Date { year, month: 1, day: 1, time: None };
    if rest.is_empty() {
        return DateReading::Date(date);
    }
    let is_extended = rest.take("-");
    // Weeks, days of the year and dates without hyphens are rare enough.
    let is_rare = rest.0.starts_with('W') || rest.0.bytes().take_while(u8::is_ascii_digit).count() > 2;
    if is_rare || !is_extended {
        let is_short = lex_date(text).is_some() || text.contains(|c: char| !c.is_ascii_alphanumeric());
        return if is_short && !is_extended { DateReading::Rejected } else { rare(text) };
    }
    let Some(month) = rest.number(2, 2) else { return DateReading::Rejected };
    date.month = month;
    if rest.take("-") {
        let Some(day) = rest.number(2, 2) else { return DateReading::Rejected };
        date.day = day;
    }
    if date.validation_error().is_some() || !(rest.is_empty() || take_time(&mut rest)) || is_impossible(text) {
        return DateReading::Rejected;
    }
    DateReading::Date(date)
}

/// `2024-W10-2`, `2024-065`, `20240305T100000`; nothing that starts like one of them is certain.
fn rare(text: &str) -> DateReading {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | 'W' | 'T' | ':' | 'Z' | '+' | '.' | ',');
    if text.chars().all(is_part) { DateReading::Unknown } else { DateReading::Rejected }
}

/// `T10`, `T10:00`, `T10:00:00.5+09:00`
fn take_time(rest: &mut Cursor<'_>) -> bool {
    if rest.take_one(&['T', 't']).is_none() || rest.number(2, 2).is_none() {
        return false;
    }
    for _ in 0..2 {
        if !rest.0.starts_with(|c: char| c == ':' || c.is_ascii_digit()) {
            break;
        }
        rest.take(":");
        if rest.number(2, 2).is_none() {
            return false;
        }
    }
    if rest.take_one(&['.', ',']).is_some() && rest.number(1, 9).is_none() {
        return false;
    }
    if rest.take_one(&['Z', 'z']).is_none() && rest.take_one(&['+', '-']).is_some() {
        if rest.number(2, 2).is_none() {
            return false;
        }
        rest.take(":");
        rest.number(2, 2);
    }
    rest.is_empty()
}

/// A date with hyphens whose day or time doesn't exist.
fn is_impossible(text: &str) -> bool {
    parse(text).is_some_and(|date| date.validation_error().is_some())
}
