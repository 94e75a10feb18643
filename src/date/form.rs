//! The forms in which people write a day, of which each generator reads some.

use crate::date::{Day, read};
use serde::Deserialize;

/// How a day is written, where that isn't `2024-03-05`, nor with a time as `2024-03-05 09:05:30` or `…+09:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// `2024-3-5`
    OneDigit,
    /// `2024/03/05`
    Slashes,
    /// `2024.03.05`
    Dots,
    /// `05-03-2024`, `05/03/2024`, `05.03.2024`
    YearLast,
    /// `24-03-05`
    ShortYear,
    /// `20240305`
    RunTogether,
    /// `2024-03-05 9:05`
    Minutes,
    /// `2024-03-05T09:05`
    MinutesAfterT,
    /// `2024-03-05 09:05:30 +0900`
    PlainOffset,
    /// `March 5, 2024`, `5 Mar 2024`
    Named,
    /// `2024年3月5日`, `2024년 3월 5일`
    Characters,
}

/// The form of a day, and the day as every generator reads it, where the text leaves no doubt.
pub fn form(text: &str) -> Option<(Form, Option<String>)> {
    let text = text.trim();
    let at = text.find([' ', 'T', 't', ',']).unwrap_or(text.len());
    let (date, rest) = text.split_at(at);
    if let Some(characters) = in_characters(text) {
        return Some((Form::Characters, Some(characters)));
    }
    if date.len() == 8 && rest.is_empty() && (date.starts_with("19") || date.starts_with("20")) && is_number(date) {
        return Some((Form::RunTogether, Some(format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]))));
    }
    let Some((first, second, third, mark)) = numbers(date) else {
        let day = read(text).filter(|_| text.bytes().any(|byte| byte.is_ascii_alphabetic()))?;
        return (!text.starts_with(|c: char| c.is_ascii_digit()) || text.get(4..5) != Some("-"))
            .then(|| (Form::Named, Some(iso(&day))));
    };
    let (form, is_sure) = match (first.len(), third.len(), mark) {
        (4, 1 | 2, '/') => (Form::Slashes, true),
        (4, 1 | 2, '.') => (Form::Dots, true),
        (4, _, _) if second.len() == 1 || third.len() == 1 => (Form::OneDigit, true),
        (4, 2, _) => return of_time(date, rest).map(|(form, better)| (form, Some(better))),
        (1 | 2, 4, _) => (Form::YearLast, false),
        (2, 1 | 2, _) => (Form::ShortYear, false),
        _ => return None,
    };
    let better = is_sure.then(|| format!("{first}-{second:0>2}-{third:0>2}"));
    Some((form, better))
}

/// What is said of a time that has no seconds, or whose offset has no colon.
fn of_time(date: &str, rest: &str) -> Option<(Form, String)> {
    let is_after_t = rest.starts_with(['T', 't']);
    let time = rest.get(1..)?.trim_start();
    let end = time.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(time.len());
    let (clock, zone) = time.split_at(end);
    let (hour, minutes) = clock.split_once(':').filter(|(hour, _)| is_number(hour))?;
    if is_number(minutes) && zone.is_empty() {
        let form = if is_after_t { Form::MinutesAfterT } else { Form::Minutes };
        return Some((form, format!("{date} {hour:0>2}:{minutes}:00")));
    }
    let offset = zone.trim_start().strip_prefix(['+', '-']).filter(|offset| offset.len() == 4 && is_number(offset))?;
    let sign = &zone.trim_start()[..1];
    let better = format!("{date}T{hour:0>2}:{minutes}{sign}{}:{}", &offset[..2], &offset[2..]);
    (minutes.split(':').all(is_number) && minutes.len() == 5 && !is_after_t).then_some((Form::PlainOffset, better))
}

/// The three numbers of a day, and the mark between them.
fn numbers(date: &str) -> Option<(&str, &str, &str, char)> {
    let mark = date.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let (first, rest) = date.split_once(mark)?;
    let (second, third) = rest.split_once(mark)?;
    let is_part = |part: &str| (1..=4).contains(&part.len()) && is_number(part);
    ([first, second, third].into_iter().all(is_part) && second.len() <= 2).then_some((first, second, third, mark))
}

/// `2024年3月5日`
fn in_characters(text: &str) -> Option<String> {
    let (year, rest) = text.split_once(['年', '년'])?;
    let (month, rest) = rest.trim_start().split_once(['月', '월'])?;
    let (day, rest) = rest.trim_start().split_once(['日', '일'])?;
    let are_numbers = year.len() == 4 && [year, month, day].into_iter().all(is_number);
    (are_numbers && rest.trim().is_empty()).then(|| format!("{year}-{month:0>2}-{day:0>2}"))
}

fn iso(day: &Day) -> String {
    format!("{:04}-{:02}-{:02}", day.year, day.month, day.day)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_told_with_the_day_where_that_is_sure() {
        let sure = Some("2024-03-05");
        for (text, expected, better) in [
            ("2024-3-5", Form::OneDigit, sure),
            ("2024-3-5 9:05", Form::OneDigit, sure),
            ("2024/3/5", Form::Slashes, sure),
            ("2024.03.05", Form::Dots, sure),
            ("05-03-2024", Form::YearLast, None),
            ("5/3/2024", Form::YearLast, None),
            ("24-03-05", Form::ShortYear, None),
            ("20240305", Form::RunTogether, sure),
            ("2024-03-05 9:05", Form::Minutes, Some("2024-03-05 09:05:00")),
            ("2024-03-05T09:05", Form::MinutesAfterT, Some("2024-03-05 09:05:00")),
            ("2024-03-05 09:05:30 +0900", Form::PlainOffset, Some("2024-03-05T09:05:30+09:00")),
            ("March 5, 2024", Form::Named, sure),
            ("5 Mar 2024", Form::Named, sure),
            ("2024年3月5日", Form::Characters, sure),
            ("2024년 3월 5일", Form::Characters, sure),
        ] {
            assert_eq!(form(text), Some((expected, better.map(str::to_owned))), "{text}");
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
            assert_eq!(form(text), None, "{text}");
        }
    }
}
