//! A day of the week that doesn't match the date.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::date;
use crate::date::Date;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::LazyLock;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WeekdayMismatch {}

/// The days of the week from Monday, as written in brackets after a date, and as written before one.
const SHORT_NAMES: [[&str; 7]; 4] = [
    ["월", "화", "수", "목", "금", "토", "일"],
    ["月", "火", "水", "木", "金", "土", "日"],
    ["一", "二", "三", "四", "五", "六", "日"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
];
const LONG_NAMES: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The maximum length of a date, in bytes.
const MAX_DISTANCE: usize = 40;

/// A day of the week in a text: the row of its language, if known, and the day.
type NamedDay = (Option<usize>, usize);

/// The search, and for each string its row (none for a day before a date) and day.
static SEARCH: LazyLock<(LiteralSet, Vec<NamedDay>)> = LazyLock::new(|| {
    let mut texts: Vec<String> = LONG_NAMES.iter().map(|day| format!("{day}, ")).collect();
    let mut days: Vec<NamedDay> = (0..7).map(|day| (None, day)).collect();
    // The third row needs a prefix: the characters alone are numbers.
    for (row, prefixes) in [(0, ["(", "（"]), (1, ["(", "（"]), (2, ["星期", "(周"]), (3, ["(", "（"])] {
        for (open, (day, word)) in
            prefixes.iter().flat_map(|open| SHORT_NAMES[row].iter().enumerate().map(move |day| (open, day)))
        {
            texts.push(format!("{open}{word}"));
            days.push((Some(row), day));
        }
    }
    (LiteralSet::new(texts), days)
});

impl Check for WeekdayMismatch {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let (search, days) = &*SEARCH;
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let span = Span::from(range).shift(body.span.start);
            if !body.is_prose(span.start) {
                continue;
            }
            let (row, named) = days[which];
            let dated = if row.is_none() { after(text, span) } else { before(text, span) };
            let Some((day, name)) = dated else { continue };
            let Some(true_day) = weekday(&day).filter(|&true_day| true_day != named) else { continue };
            let word = row.map_or(LONG_NAMES, |row| SHORT_NAMES[row]);
            found
                .at(
                    name,
                    format!(
                        "wrong day of the week: this date is a {} (`{}`), not `{}`",
                        LONG_NAMES[true_day], word[true_day], word[named]
                    ),
                )
                .help("correct the date or the day of the week");
        }
    }
}

/// `Monday, April 5th, 2021`, `Monday, 5 April 2021`
fn after(text: &str, span: Span) -> Option<(Date, Span)> {
    let rest = &text[span.end..text.floor_char_boundary((span.end + MAX_DISTANCE).min(text.len()))];
    let year = rest.as_bytes().windows(4).position(|four| four.iter().all(u8::is_ascii_digit))?;
    let written = &rest[..year + 4];
    let is_one =
        !written.contains(['\n', '.', '(', ';']) && !rest[year + 4..].starts_with(|c: char| c.is_alphanumeric());
    let day = date::parse(written).filter(|_| is_one)?;
    Some((day, Span::new(span.start, span.end - ", ".len())))
}

/// `2019.04.17(수)`, `2019年4月17日（水）`, `2019-04-17 (Wed)`
fn before(text: &str, span: Span) -> Option<(Date, Span)> {
    let within = &text[span.range()];
    let open = within.find(|c: char| !matches!(c, ' ' | '(' | '（'))?;
    let after = text[span.end..].chars().next()?;
    let ends = matches!(after, ')' | '）' | '요' | '曜' | ',' | '·' | '.') || within.starts_with('星');
    let rest = text[text.ceil_char_boundary(span.start.saturating_sub(MAX_DISTANCE))..span.start]
        .trim_end_matches([' ', '\u{a0}']);
    let start = rest
        .rfind(|c: char| {
            !c.is_ascii_digit() && !matches!(c, '.' | '-' | '/' | ' ' | '년' | '월' | '일' | '年' | '月' | '日')
        })
        .map_or(0, |at| at + rest[at..].chars().next().map_or(1, char::len_utf8));
    let numbers: Vec<&str> =
        rest[start..].split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let [.., year, month, day] = numbers.as_slice() else { return None };
    let is_date = ends
        && year.len() == 4
        && month.len() <= 2
        && day.len() <= 2
        && rest.ends_with(['일', '日', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let day = date::parse(&format!("{year}-{month}-{day}")).filter(|_| is_date)?;
    Some((day, Span::new(span.start + open, span.end)))
}

/// The day of the week, from 0 for Monday, unless the date is invalid.
fn weekday(day: &Date) -> Option<usize> {
    if day.validation_error().is_some() {
        return None;
    }
    // Zeller's congruence: the year starts in March, so that the leap day is its last.
    let (month, year) = if day.month < 3 { (day.month + 12, day.year - 1) } else { (day.month, day.year) };
    let from_saturday = (day.day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    Some((from_saturday as usize + 5) % 7)
}
