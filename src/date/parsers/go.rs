//! `cast.ToTimeE`: Go's `time.Parse` with one layout after the other.

use crate::date::parser::{Date, MONTHS};
use crate::date::parsers::pattern::Cursor;
use crate::date::reading::DateReading;

/// The layouts of `spf13/cast`, `timeformattypes.go`, in the notation of Go.
const LAYOUTS: [&str; 24] = [
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05 -0700 MST",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
    "2006-01-02 15:04:05Z07:00",
    "2006-01-02",
    "02 Jan 2006",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "3:04PM",
    "Jan _2 15:04:05",
    "2006-01-02 15:04:05Z07:00 MST",
    "2006-01-02T15:04:05.999999999",
    "2006-01-02T15:04:05Z",
];

/// The parts of a layout, the longer before those that they start with.
const PARTS: [&str; 18] = [
    "2006",
    "Monday",
    "Mon",
    "Jan",
    "MST",
    "Z07:00",
    "Z0700",
    "-07:00",
    "-0700",
    ".999999999",
    "01",
    "02",
    "_2",
    "15",
    "04",
    "05",
    "06",
    "3",
];

pub(super) fn read(text: &str) -> DateReading {
    LAYOUTS.iter().find_map(|layout| parse(layout, text)).map_or(DateReading::Rejected, DateReading::Date)
}

/// RFC 3339, with or without a zone, or only a date.
pub(super) fn read_rfc3339(text: &str) -> DateReading {
    let layouts = ["2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02"];
    layouts.iter().find_map(|layout| parse(layout, text)).map_or(DateReading::Rejected, DateReading::Date)
}

fn parse(layout: &str, text: &str) -> Option<Date> {
    let (mut layout, mut text) = (layout, Cursor(text));
    // Without a year, it is year 0.
    let mut date = Date { year: 0, month: 1, day: 1, time: None };
    let (mut hour, mut minute, mut second) = (0, 0, 0);
    while !layout.is_empty() {
        let Some(part) = PARTS.iter().copied().find(|part| layout.starts_with(part)) else {
            let sign = &layout[..1];
            if sign == " " {
                // A space of the layout stands for one or more.
                let rest = text.0.trim_start_matches(' ');
                text.0 = Some(rest).filter(|rest| rest.len() < text.0.len())?;
            } else if layout.starts_with("PM") {
                text.take_one(&['A', 'P']).filter(|_| text.take("M"))?;
                layout = &layout[2..];
                continue;
            } else if !text.take(sign) {
                return None;
            }
            layout = &layout[1..];
            continue;
        };
        layout = &layout[part.len()..];
        match part {
            "2006" => date.year = text.number(4, 4)?,
            "06" => date.year = text.number(2, 2).map(|year| if year >= 69 { 1900 + year } else { 2000 + year })?,
            "01" => date.month = text.number(2, 2)?,
            "02" => date.day = text.number(2, 2)?,
            "_2" => {
                text.0 = text.0.trim_start_matches(' ');
                date.day = text.number(1, 2)?;
            }
            "15" | "3" => hour = text.number(1, 2)?,
            "04" => minute = text.number(2, 2)?,
            "05" => {
                second = text.number(2, 2)?;
                // A fraction is accepted where the layout has none.
                let mut fraction = text;
                if fraction.take_one(&['.', ',']).is_some() && fraction.number(1, 9).is_some() {
                    text = fraction;
                }
            }
            "Mon" | "Monday" => {
                text.letters().len().checked_sub(3)?;
            }
            "Jan" => {
                let name = text.letters();
                date.month = MONTHS.iter().position(|month| month[..3].eq_ignore_ascii_case(name))? as u32 + 1;
            }
            "MST" => take_zone_name(&mut text)?,
            ".999999999" => {}
            _ => take_offset(part, &mut text)?,
        }
    }
    let is_time = hour < 24 && minute < 60 && second < 60;
    (text.is_empty() && is_time && date.validation_error().is_none()).then_some(date)
}

/// `UTC`, `KST`, `CEST`, `GMT+9`
fn take_zone_name(text: &mut Cursor<'_>) -> Option<()> {
    let end = text.0.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.0.len());
    let (name, rest) = text.0.split_at(end);
    text.0 = rest;
    if name == "GMT" && text.take_one(&['+', '-']).is_some() {
        text.number(1, 2)?;
    }
    (3..=5).contains(&name.len()).then_some(())
}

/// `Z`, `+09:00`, `+0900`
fn take_offset(part: &str, text: &mut Cursor<'_>) -> Option<()> {
    if part.starts_with('Z') && text.take("Z") {
        return Some(());
    }
    text.take_one(&['+', '-'])?;
    let hours = text.number(2, 2)?;
    if part.ends_with(":00") && !text.take(":") {
        return None;
    }
    let minutes = text.number(2, 2)?;
    (hours <= 24 && minutes < 60).then_some(())
}
