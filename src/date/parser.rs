//! A date and the formats in which site generators read one.

use crate::date::lexer::{TimeParts, lex_date, lex_time};

/// A date, with or without a time, as written: it may not exist in the calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Date {
    /// The year, of four digits.
    pub year: u32,
    /// The month, from 1.
    pub month: u32,
    /// The day of the month, from 1.
    pub day: u32,
    /// Hour, minute and second, if a time is written.
    pub time: Option<(u32, u32, u32)>,
}

/// The English names of the months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Parses a date in a format that site generators accept: `2024-01-31`, `2024/1/31 9:05`, `2024-01-31T09:05:00+09:00`,
/// `2024-01-31 09:05:00 +0900`, `31 Jan 2024`, `Wed, 31 Jan 2024 09:05:00 GMT`. None for any other text.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) && text.get(4..5).is_some_and(|mark| mark == "-" || mark == "/") {
        return parse_numeric(text);
    }
    parse_words(text)
}

impl Date {
    /// The date this many days after 1 January 1970, after Howard Hinnant's `civil_from_days`.
    pub(crate) fn from_days_since_epoch(days: i64) -> Self {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days - era * 146_097;
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Self { year: year as u32, month: month as u32, day: day as u32, time: None }
    }

    /// Days since 1 January 1970, after Howard Hinnant's `days_from_civil`.
    pub(crate) fn days_since_epoch(&self) -> i64 {
        let (month, date) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year - era * 400;
        let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + date - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// Why the date or time does not exist, as a short message; none if it does.
    pub(crate) fn validation_error(&self) -> Option<String> {
        let Some(name) = self.month.checked_sub(1).and_then(|index| MONTHS.get(index as usize)) else {
            return Some(format!("no month {}", self.month));
        };
        let days = days_in_month(self.year, self.month);
        if self.day == 0 || self.day > days {
            return Some(format!("{name} {} has {days} days", self.year));
        }
        let (hour, minute, second) = self.time?;
        let midnight = (hour, minute, second) == (24, 0, 0);
        if hour > 23 && !midnight {
            Some(format!("no hour {hour}"))
        } else if minute > 59 {
            Some(format!("no minute {minute}"))
        } else if second > 60 {
            Some(format!("no second {second}"))
        } else {
            None
        }
    }
}

fn days_in_month(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `2024-01-31…`
fn parse_numeric(text: &str) -> Option<Date> {
    let parts = lex_date(text)?;
    let [year, month, day] = parts.with_separator(&['-', '/'])?;
    let date = Date {
        year: number(year, 4).filter(|_| year.len() == 4)?,
        month: number(month, 2)?,
        day: number(day, 2)?,
        time: None,
    };
    match parts.rest {
        "" => Some(date),
        rest => {
            let time = lex_time(rest);
            let is_delimiter = time.delimiter.starts_with(['T', 't', ' ']);
            is_delimiter.then(|| Some(Date { time: Some(parse_time(&time)?), ..date }))?
        }
    }
}

/// `Wed, 31 Jan 2024 09:05:00 GMT`, `January 31st, 2024`
fn parse_words(text: &str) -> Option<Date> {
    let (mut year, mut month, mut day) = (None, None, None);
    let mut rest = text;
    while month.is_none() || day.is_none() || year.is_none() {
        let (word, next) = match rest.split_once([' ', ',']) {
            Some((word, next)) => (word, next.trim_start_matches([' ', ','])),
            None => (rest, ""),
        };
        if word.is_empty() {
            return None;
        }
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        if let Some(number) = number(digits, 2).filter(|_| day.is_none()) {
            day = Some(number);
        } else if let Some(number) = number(word, 4).filter(|_| year.is_none() && word.len() == 4) {
            year = Some(number);
        } else if let Some(index) = month_named(word).filter(|_| month.is_none()) {
            month = Some(index);
        } else if rest.len() != text.len() || !is_weekday(word) {
            return None;
        }
        rest = next;
    }
    let time = if rest.is_empty() {
        None
    } else {
        Some(parse_time(&lex_time(rest)).filter(|_| lex_time(rest).delimiter.is_empty())?)
    };
    Some(Date { year: year?, month: month?, day: day?, time })
}

fn month_named(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    let starts = |name: &&str| word.len() >= 3 && name.get(..word.len()).is_some_and(|s| s.eq_ignore_ascii_case(word));
    MONTHS.iter().position(starts).map(|index| index as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    word.len() >= 3
        && days.iter().any(|day| day.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)))
}

/// `9:05`, `09:05:00.5`, each with or without a zone.
fn parse_time(time: &TimeParts<'_>) -> Option<(u32, u32, u32)> {
    let (hour, minute, second) = time.numbers()?;
    let second = second.map_or(Some(0), |second| number(second, 2))?;
    let numbers = (number(hour, 2)?, number(minute, 2)?, second);
    time.zone.split_whitespace().all(is_zone).then_some(numbers)
}

/// `Z`, `UTC`, `KST`, `PM`, `+0900`, `-03:30`
fn is_zone(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        Some(offset) => {
            !offset.is_empty() && offset.len() <= 5 && offset.chars().all(|c| c.is_ascii_digit() || c == ':')
        }
        None => text.len() <= 5 && text.chars().all(|c| c.is_ascii_alphabetic()),
    }
}

/// A number of 1 to `max_digits` digits.
fn number(text: &str, max_digits: usize) -> Option<u32> {
    (!text.is_empty() && text.len() <= max_digits && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_that_generators_take_are_dates() {
        for text in [
            "2024-01-31",
            "2024-1-1",
            "2024/01/31",
            "2024-01-31 9:05",
            "2024-01-31 10:00:00 +0900",
            "2024-01-31 10:00:00 +900",
            "2024-01-31T10:00:00Z",
            "2024-01-31t10:00:00.123456+09:00",
            "2024-01-31 10:00:00 KST",
            "2024-01-31 10:00 PM",
            "31 Jan 2024",
            "January 31st, 2024",
            "Wed, 31 Jan 2024 09:05:00 GMT",
        ] {
            let day = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((day.year, day.month, day.validation_error()), (2024, 1, None), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "",
            "someday",
            "2024",
            "2024-01",
            "2022-010-10",
            "2024-11-08:00:00:00",
            "11-01-2024",
            "2024-01-31x",
            "2024-01-31 soon",
            "May",
            "한글 2024",
            "2024-년-월",
            "20240131",
            "May the force 4 2024",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_that_never_were_say_why() {
        let error = |text| parse(text).and_then(|day| day.validation_error());
        assert_eq!(error("2023-02-30").as_deref(), Some("February 2023 has 28 days"));
        assert_eq!(error("2024-02-29"), None);
        assert_eq!(error("1900-02-29").as_deref(), Some("February 1900 has 28 days"));
        assert_eq!(error("2019-15-05").as_deref(), Some("no month 15"));
        assert_eq!(error("2019-00-05").as_deref(), Some("no month 0"));
        assert_eq!(error("2019-01-01 25:00").as_deref(), Some("no hour 25"));
        assert_eq!(error("2019-01-01 10:61").as_deref(), Some("no minute 61"));
    }
}
