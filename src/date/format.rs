//! The formats in which authors write dates; each generator reads some of them.

use crate::date::lexer::{DateParts, OffsetParts, is_number, lex_date, lex_offset, lex_time};
use crate::date::parser::{Date, parse};
use serde::Deserialize;

/// The format of a date that isn't `2024-03-05`, nor with a time `2024-03-05 09:05:30` or `…+09:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateFormat {
    /// `2024-3-5`
    SingleDigit,
    /// `2024/03/05`
    Slashes,
    /// `2024.03.05`
    Dots,
    /// `05-03-2024`, `05/03/2024`, `05.03.2024`
    YearLast,
    /// `24-03-05`
    ShortYear,
    /// `20240305`
    Compact,
    /// `2024-03-05 9:05`
    Minutes,
    /// `2024-03-05T09:05`
    MinutesAfterT,
    /// `2024-03-05 09:05:30 +0900`
    OffsetWithoutColon,
    /// `March 5, 2024`, `5 Mar 2024`
    MonthName,
    /// `2024年3月5日`, `2024년 3월 5일`
    Cjk,
}

/// The format of a date, and the date in the format that every generator accepts, where the text is unambiguous.
pub(crate) fn detect_format(text: &str) -> Option<(DateFormat, Option<String>)> {
    let text = text.trim();
    let parts = lex_date(text);
    if let Some(iso) = parts.and_then(|parts| cjk(&parts)) {
        return Some((DateFormat::Cjk, Some(iso)));
    }
    if text.len() == 8 && (text.starts_with("19") || text.starts_with("20")) && is_number(text) {
        return Some((DateFormat::Compact, Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))));
    }
    let Some((parts, [first, second, third])) = parts.and_then(|parts| Some((parts, numbers(&parts)?))) else {
        let date = parse(text).filter(|_| text.bytes().any(|byte| byte.is_ascii_alphabetic()))?;
        return (!text.starts_with(|c: char| c.is_ascii_digit()) || text.get(4..5) != Some("-"))
            .then(|| (DateFormat::MonthName, Some(iso(&date))));
    };
    let (format, is_unambiguous) = match (first.len(), third.len(), parts.separators[0]) {
        (4, 1 | 2, '/') => (DateFormat::Slashes, true),
        (4, 1 | 2, '.') => (DateFormat::Dots, true),
        (4, _, _) if second.len() == 1 || third.len() == 1 => (DateFormat::SingleDigit, true),
        (4, 2, _) => {
            let date = &text[..text.len() - parts.rest.len()];
            return time_format(date, parts.rest).map(|(format, iso)| (format, Some(iso)));
        }
        (1 | 2, 4, _) => (DateFormat::YearLast, false),
        (2, 1 | 2, _) => (DateFormat::ShortYear, false),
        _ => return None,
    };
    let iso = is_unambiguous.then(|| format!("{first}-{second:0>2}-{third:0>2}"));
    Some((format, iso))
}

/// The format of a time without seconds, or with an offset without a colon.
fn time_format(date: &str, rest: &str) -> Option<(DateFormat, String)> {
    let time = lex_time(rest);
    let is_after_t = rest.starts_with(['T', 't']);
    let (hour, minutes) = time.clock.split_once(':').filter(|(hour, _)| is_number(hour))?;
    if !time.fraction.is_empty() {
        return None;
    }
    if is_number(minutes) && time.zone.is_empty() {
        let format = if is_after_t { DateFormat::MinutesAfterT } else { DateFormat::Minutes };
        return Some((format, format!("{date} {hour:0>2}:{minutes}:00")));
    }
    let OffsetParts { sign, hours: offset, .. } =
        lex_offset(time.zone.trim_start()).filter(|offset| offset.hours.len() == 4 && offset.minutes.is_none())?;
    let iso = format!("{date}T{hour:0>2}:{minutes}{sign}{}:{}", &offset[..2], &offset[2..]);
    (minutes.split(':').all(is_number) && minutes.len() == 5 && !is_after_t)
        .then_some((DateFormat::OffsetWithoutColon, iso))
}

/// The numbers of a date with one separator, if at most a time follows.
fn numbers<'a>(parts: &DateParts<'a>) -> Option<[&'a str; 3]> {
    let is_end = parts.rest.is_empty() || parts.rest.starts_with([' ', 'T', 't', ',']);
    let numbers = parts.with_separator(&['-', '/', '.']).filter(|_| is_end)?;
    (numbers.iter().all(|number| number.len() <= 4) && numbers[1].len() <= 2).then_some(numbers)
}

/// `2024年3月5日`
fn cjk(parts: &DateParts<'_>) -> Option<String> {
    let [year, month, day] = parts.numbers;
    let is_cjk = matches!(parts.separators, ['年' | '년', '月' | '월']);
    (is_cjk && year.len() == 4 && parts.rest.trim().is_empty()).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

fn iso(day: &Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_reported_with_the_day_if_that_is_certain() {
        let sure = Some("2024-03-05");
        for (text, expected, better) in [
            ("2024-3-5", DateFormat::SingleDigit, sure),
            ("2024-3-5 9:05", DateFormat::SingleDigit, sure),
            ("2024/3/5", DateFormat::Slashes, sure),
            ("2024.03.05", DateFormat::Dots, sure),
            ("05-03-2024", DateFormat::YearLast, None),
            ("5/3/2024", DateFormat::YearLast, None),
            ("24-03-05", DateFormat::ShortYear, None),
            ("20240305", DateFormat::Compact, sure),
            ("2024-03-05 9:05", DateFormat::Minutes, Some("2024-03-05 09:05:00")),
            ("2024-03-05T09:05", DateFormat::MinutesAfterT, Some("2024-03-05 09:05:00")),
            ("2024-03-05 09:05:30 +0900", DateFormat::OffsetWithoutColon, Some("2024-03-05T09:05:30+09:00")),
            ("March 5, 2024", DateFormat::MonthName, sure),
            ("5 Mar 2024", DateFormat::MonthName, sure),
            ("2024年3月5日", DateFormat::Cjk, sure),
            ("2024년 3월 5일", DateFormat::Cjk, sure),
        ] {
            assert_eq!(detect_format(text), Some((expected, better.map(str::to_owned))), "{text}");
        }
        for text in [
            "2024-03-05",
            "2024-03-05 09:05:30",
            "2024-03-05T09:05:30+09:00",
            "2024-03-05T09:05:30Z",
            "soon",
            "1.2",
            "v1.2.3",
            "192.168.0.1",
            "",
        ] {
            assert_eq!(detect_format(text), None, "{text}");
        }
    }
}
