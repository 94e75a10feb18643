//! Python's `dateutil.parser.parse`, which knows the words of a date, and rejects a text with any other.

use crate::date::lexer::is_number;
use crate::date::parser::{MONTHS, parse};
use crate::date::reading::DateReading;

/// The words that `parserinfo` skips or knows, besides the names of months and weekdays.
const WORDS: [&str; 25] = [
    "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th", "h", "hour", "hours", "minute", "minutes", "s",
    "second", "seconds", "am", "pm", "a", "p", "utc", "gmt",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

pub(super) fn read(text: &str) -> DateReading {
    let text = text.trim();
    let zone = text.rsplit(':').next().unwrap_or_default();
    let offset = zone.split(['+', '-']).nth(1).filter(|_| text.contains(':'));
    let is_odd_zone = offset.is_some_and(|offset| offset.contains(' '));
    // `+900`; one of one or two digits has no minutes.
    if offset.is_some_and(|offset| offset.len() == 3 && is_number(offset)) {
        return DateReading::Rejected;
    }
    // `isdigit` is true for the digits of every script.
    if is_odd_zone || text.contains(|c: char| c.is_numeric() && !c.is_ascii()) {
        return DateReading::Unknown;
    }
    if let Some(date) = parse(text) {
        let is_minute_60 = date.time.is_some_and(|(hour, _, second)| hour > 23 || second > 59);
        return if date.validation_error().is_some() || is_minute_60 {
            DateReading::Rejected
        } else {
            DateReading::Date(date)
        };
    }
    let mut has_number = false;
    for word in words(text) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            has_number = true;
        } else if !is_known(word, has_number) {
            return DateReading::Rejected;
        }
    }
    // Seconds and milliseconds since 1970 are no year; dates have 6, 8, 12 or 14 digits. Run with dateutil 2.9.
    if is_number(text) && (matches!(text.len(), 5 | 7 | 9 | 10 | 11 | 13) || text == "0" || text.len() > 14) {
        return DateReading::Rejected;
    }
    if is_number(text) && text.len() == 4 {
        return DateReading::Incomplete;
    }
    // `2024-065`: no day of the year.
    let mut parts = text.split(['-', '/']).map(|part| part.len() * usize::from(is_number(part)));
    if (parts.next(), parts.next(), parts.next()) == (Some(4), Some(3), None) {
        return DateReading::Rejected;
    }
    let numbers = words(text).filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count();
    let has_month = words(text).any(|word| MONTHS.iter().any(|month| month.get(..3) == word.get(..3)));
    let has_long_number = words(text).any(|word| word.len() > 2 && word.len() != 4 && is_number(word));
    if !has_long_number
        && !text.contains(':')
        && numbers + usize::from(has_month) < 3
        && !is_number(text)
        && words(text).next().is_some()
    {
        return DateReading::Incomplete;
    }
    if has_number || words(text).next().is_some() { DateReading::Unknown } else { DateReading::Rejected }
}

/// Runs of ASCII letters, runs of digits, and other characters that are no separators.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '.', ',', ';', '-', '/', '\'', ':', '+', '_']);
        let first = rest.chars().next()?;
        let length = if first.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if first.is_ascii_alphabetic() {
            rest.find(|c: char| !c.is_ascii_alphabetic())
        } else {
            Some(first.len_utf8())
        };
        let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
        rest = after;
        Some(word)
    })
}

fn is_known(word: &str, has_number: bool) -> bool {
    let lower = word.to_ascii_lowercase();
    let is_name = |name: &str| lower == name || (lower.len() >= 3 && lower == name[..3]);
    WORDS.contains(&lower.as_str())
        || lower == "sept"
        || lower == "z"
        || WEEKDAYS.iter().any(|day| is_name(day))
        || MONTHS.iter().any(|month| is_name(&month.to_ascii_lowercase()))
        // The name of a zone, after a time.
        || (has_number && (3..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()))
}
