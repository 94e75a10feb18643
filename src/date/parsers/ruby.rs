//! Ruby's `Time.parse`, which finds a date in almost any text. Only what is certain is decided.

use crate::date::lexer::{is_number, lex_date};
use crate::date::parser::{Date, MONTHS, parse};
use crate::date::reading::DateReading;
use crate::date::{DateFormat, detect_format};

pub(super) fn read(text: &str) -> DateReading {
    let text = text.trim();
    let has_month = has_month_name(text);
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return if has_month { DateReading::Incomplete } else { DateReading::Rejected };
    }
    if let Some(date) = parse(text) {
        return valid(date);
    }
    if let Some((DateFormat::Cjk, _)) = detect_format(text) {
        return DateReading::Rejected;
    }
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    if has_month && numbers.iter().all(|number| number.len() <= 2) && text.is_ascii() && numbers.len() == 1 {
        return DateReading::Incomplete;
    }
    // `2024-03`, `Spring 2024`, `1.5`
    let is_year = |text: &str| text.len() == 4 && is_number(text);
    let is_lone_year =
        !has_month && text.is_ascii() && numbers.len() == 1 && text.split(' ').any(is_year) && text.len() > 4;
    let is_month_of_year =
        matches!(text.split_once('-'), Some((year, month)) if is_year(year) && month.len() == 2 && is_number(month));
    let is_decimal = text.parse::<f64>().is_ok() && text.contains('.');
    if is_lone_year || is_month_of_year || is_decimal {
        return DateReading::Rejected;
    }
    if is_number(text) {
        // Four digits are month and day, eight a date; a number of seconds is none.
        return match text.len() {
            6 | 8 | 12 | 14 | 2 | 3 | 5 | 7 => DateReading::Unknown,
            4 if matches!(text.get(..2), Some("01" | "02" | "03" | "04" | "05" | "06" | "07" | "08" | "09" | "10")) => {
                DateReading::Unknown
            }
            _ => DateReading::Rejected,
        };
    }
    if has_month {
        return DateReading::Unknown;
    }
    if let Some(reading) = misplaced_hyphens(text) {
        return reading;
    }
    if let Some((DateFormat::YearLast | DateFormat::ShortYear, _)) = detect_format(text) {
        return day_first(text);
    }
    if is_broken(text) { DateReading::Rejected } else { DateReading::Unknown }
}

fn has_month_name(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    words.any(|word| {
        MONTHS.iter().any(|month| month[..3].eq_ignore_ascii_case(word) || month.eq_ignore_ascii_case(word))
    })
}

/// A day of a month that has fewer than 31 is in the next month; other numbers that are too large are rejected.
fn valid(date: Date) -> DateReading {
    let (hour, minute, second) = date.time.unwrap_or_default();
    let is_midnight = (hour, minute, second) == (24, 0, 0);
    let is_valid = (1..=12).contains(&date.month)
        && (1..=31).contains(&date.day)
        && (hour < 24 || is_midnight)
        && minute < 60
        && second <= 60;
    if is_valid {
        DateReading::Date(Date::from_days_since_epoch(date.days_since_epoch() + i64::from(is_midnight)))
    } else {
        DateReading::Rejected
    }
}

/// `05/03/2024`; the first of `05/03/24` is the year.
fn day_first(text: &str) -> DateReading {
    let Some(parts) = lex_date(text) else { return DateReading::Unknown };
    let number = |index: usize| parts.numbers[index].parse::<u32>().unwrap_or(0);
    let (day, year) = if parts.numbers[2].len() == 4 { (number(0), number(2)) } else { (number(2), number(0)) };
    let year = match year {
        0..=68 => year + 2000,
        69..=99 => year + 1900,
        _ => year,
    };
    valid(Date { year, month: number(1), day, time: None })
}

/// `2024-01--05`, `2024-01-`, `2024--01-05`, `20244-01-05`, as Ruby 3.1 reads them.
fn misplaced_hyphens(text: &str) -> Option<DateReading> {
    let is_pair = |part: &str| part.len() == 2 && is_number(part);
    let parts: Vec<&str> = text.split('-').collect();
    let year = parts.first().filter(|year| is_number(year))?;
    match parts.get(1..)? {
        [month, ""] if year.len() == 4 && is_pair(month) => Some(DateReading::Rejected),
        [month, "", day] if year.len() == 4 && is_pair(month) && is_pair(day) => Some(DateReading::Rejected),
        // The year comes from the day of the build.
        ["", month] if year.len() == 4 && is_pair(month) => Some(DateReading::Incomplete),
        ["", month, day] if year.len() == 4 && is_pair(month) && is_pair(day) => Some(DateReading::Incomplete),
        [month, day] if matches!(year.len(), 3 | 5) && is_pair(month) && is_pair(day) => Some(valid(Date {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
            time: None,
        })),
        _ => None,
    }
}

/// Whether a text was meant to start with a year, and Ruby finds no month and day after it.
fn is_broken(text: &str) -> bool {
    if text.contains(|c: char| matches!(c, '\u{2010}'..='\u{2015}' | '−' | '０'..='９')) {
        // `2024–03–05`; a range has spaces around its dash, or plain dates around it.
        return lex_date(text).is_none();
    }
    let Some((_, rest)) = text.split_once(['-', ' ']).filter(|(year, _)| year.len() == 4 && is_number(year)) else {
        return false;
    };
    let is_spaced = |rest: &str| {
        let numbers: Vec<&str> = rest.split([' ', '-']).filter(|part| !part.is_empty()).collect();
        rest.contains(' ') && numbers.len() == 2 && numbers.iter().all(|number| number.len() <= 2 && is_number(number))
    };
    if is_spaced(&text[4..]) && !text[4..].contains("--") {
        return true;
    }
    let month = rest.split(['-', '/', '.', ' ']).next().unwrap_or_default();
    let is_month = is_number(month) || rest.starts_with('-');
    let day = rest[month.len()..].strip_prefix('-').unwrap_or("1");
    let is_day = day.is_empty() || day.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    !(text.contains(':') || is_month && is_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misplaced_hyphens_are_read_as_by_ruby() {
        for text in ["2024-01--05", "2024-01-"] {
            assert_eq!(read(text), DateReading::Rejected, "{text}");
        }
        for text in ["2024--01-05", "2024--05"] {
            assert_eq!(read(text), DateReading::Incomplete, "{text}");
        }
        let day = |year| DateReading::Date(Date { year, month: 1, day: 5, time: None });
        assert_eq!((read("202-01-05"), read("20244-01-05")), (day(202), day(20244)));
    }
}
