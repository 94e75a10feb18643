//! Dates that aren't on the calendar, lie ahead, contradict each other or the file's name.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch;
use crate::checks::support::fields;
use crate::data::field_type::FieldType;
use crate::data::node::{Entry, Kind, Style};
use crate::date;
use crate::date::{Day, Form};
use crate::diagnostic::Edit;
use crate::generator::profile;
use crate::source::Span;
use serde::Deserialize;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Dates {
    find: DateProblem,
    /// So many days may lie between two dates that should be the same: zones part them.
    #[serde(default = "one")]
    max_days: i64,
    /// Whether every difference from the file's name counts, and not only what looks like a slip.
    #[serde(default)]
    all: bool,
}

fn one() -> i64 {
    1
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DateProblem {
    /// A date that isn't one.
    Invalid,
    /// A date that differs from that in the file's name.
    Mismatch,
    /// A date after today.
    Future,
    /// A change before publication, an end before the beginning.
    Order,
    /// An offset that isn't one.
    Zone,
    /// A file's name with a date that isn't one.
    FileName,
    /// A file that the generator skips for its name.
    Skipped,
}

impl Check for Dates {
    fn check(&self, cx: &Context, found: &mut Findings) {
        match self.find {
            DateProblem::Invalid => report_invalid(cx, found),
            DateProblem::Mismatch => self.report_mismatch(cx, found),
            DateProblem::Future => self.report_future(cx, found),
            DateProblem::Order => self.report_order(cx, found),
            DateProblem::Zone => report_time_zone(cx, found),
            DateProblem::FileName => report_file_name(cx, found),
            DateProblem::Skipped => report_skipped(cx, found),
        }
    }
}

/// Where no generator is known, these hold dates.
const DEFAULT_FIELDS: [&str; 7] =
    ["date", "updated", "lastmod", "modified", "last_modified_at", "pubDate", "publishDate"];

fn report_invalid(cx: &Context, found: &mut Findings) {
    let dates = &cx.site.profile().dates;
    for entry in date_fields(cx).filter_map(|key| field_with_date(cx, key)) {
        // A field that the config calls a date is told by `invalid-value` and `wrong-type`.
        let key = entry.key.text().unwrap_or_default();
        let is_declared = cx.content.field(key).is_some_and(|field| {
            field.shape.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime))
        });
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let day = date::read(text);
        let error = day.and_then(|day| day.fault());
        if day.is_some() && error.is_none() && (is_declared || dates.quoted.is_none() || !is_quoted(&entry)) {
            report_unsupported_format(cx, &entry, found);
            continue;
        }
        if is_declared || ((day.is_none() || error.is_some()) && schema_mismatch::reports_at(cx, entry.value.span())) {
            continue;
        }
        if let Some(explanation) = dates.quoted.as_ref().filter(|_| day.is_some() && is_quoted(&entry)) {
            let finding =
                found.at(entry.value.span(), format!("`{}` is a text because of its quotes", fields::truncate(text)));
            finding.help(format!("take the quotes away: {explanation}"));
        } else if let (Some(day), Some(error)) = (day, error) {
            let finding = found.at(entry.value.span(), format!("`{}` is not on the calendar", fields::truncate(text)));
            finding.label_primary(error);
            let has_no_number = day.month > 12 || day.day > 31;
            let explanation = dates.no_such_number.as_ref().filter(|_| has_no_number).or(dates.impossible.as_ref());
            finding.help(match (explanation, swap_day_and_month(&day)) {
                (Some(explanation), Some(swapped)) => format!("did you mean `{swapped}`? {}", capitalize(explanation)),
                (Some(explanation), None) => format!("write the day that was meant: {explanation}"),
                (None, Some(swapped)) => format!("did you mean `{swapped}`?"),
                (None, None) => "write the day that was meant".to_owned(),
            });
        } else if !report_unsupported_format(cx, &entry, found) && is_broken(text, is_strict(dates)) {
            let finding = found.at(entry.value.span(), format!("`{}` can't be read as a date", fields::truncate(text)));
            match &dates.unreadable {
                Some(explanation) => finding.help(format!("write it like `2024-01-31`: {explanation}")),
                None => finding.help("write it like `2024-01-31`"),
            };
        }
    }
}

/// Whether a text that is no date stops the build, and nothing is guessed.
fn is_strict(dates: &profile::Dates) -> bool {
    dates.unreadable.is_some() && dates.wins_over_name.is_none()
}

fn is_quoted(entry: &Entry<'_>) -> bool {
    entry.value.scalar().is_some_and(|scalar| scalar.style != Style::Plain)
}

/// Tells of a day in a form that the generator doesn't read as the writer does; whether it is one.
fn report_unsupported_format(cx: &Context, entry: &Entry<'_>, found: &mut Findings) -> bool {
    let profile = cx.site.profile();
    let Some(text) = entry.value.text().filter(|_| !profile.dates.forms.is_empty()) else { return false };
    // In quotes it is no number.
    let is_unsupported = |form: Form| form != Form::RunTogether || !is_quoted(entry);
    let known = date::form(text).filter(|(form, _)| is_unsupported(*form));
    let Some((explanation, better)) = known.and_then(|(form, day)| Some((profile.dates.forms.get(&form)?, day))) else {
        return false;
    };
    let finding =
        found.at(entry.value.span(), format!("`{}` isn't a day as {} reads one", fields::truncate(text), profile.name));
    match better {
        Some(better) => finding.help(format!("write `{better}`: {explanation}")),
        None => finding.help(format!("write it like `2024-01-31`: {explanation}")),
    };
    true
}

/// The keys that hold dates.
fn date_fields<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let profile = cx.site.profile();
    let general: &[&str] = if profile.is_known() { &[] } else { &DEFAULT_FIELDS };
    profile.dates.fields.iter().map(String::as_str).chain(general.iter().copied())
}

/// `2024-01-31 10:00:00 +900`: an offset of three digits.
fn report_time_zone(cx: &Context, found: &mut Findings) {
    for entry in date_fields(cx).filter_map(|key| field_with_date(cx, key)) {
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let Some(at) = text.rfind(['+', '-']).filter(|at| text[..*at].contains(':')) else { continue };
        let offset = &text[at..];
        let is_short = offset.len() == 4 && offset[1..].bytes().all(|byte| byte.is_ascii_digit());
        if !is_short || date::read(text[..at].trim()).is_none() {
            continue;
        }
        let suggestion = format!("{}0{}", &offset[..1], &offset[1..]);
        let span = entry.value.span();
        let finding = found.at(span, format!("`{offset}` is no time zone"));
        finding.help(format!("write `{suggestion}`: Ruby drops it and reads UTC, others find no date"));
        if let Some(from) = cx.doc.slice(span).rfind(offset).map(|from| span.start + from) {
            let edit = Edit::replace(Span::new(from, from + offset.len()), &suggestion);
            finding.fix(format!("write `{suggestion}`"), vec![edit]);
        }
    }
}

/// `2019-15-05`: the day and the month changed places.
fn swap_day_and_month(day: &Day) -> Option<String> {
    let other = Day { month: day.day, day: day.month, ..*day };
    (day.month > 12 && other.fault().is_none())
        .then(|| format!("{:04}-{:02}-{:02}", other.year, other.month, other.day))
}

/// Whether a text was meant as a date, but has too many digits, or colons for hyphens. Ruby guesses at all the rest,
/// so more is only said where nothing is guessed.
fn is_broken(text: &str, is_strict: bool) -> bool {
    let Some((year, rest)) = text.split_once(['-', '/', '.']) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = rest.split(['-', '/', '.', 'T', ' ', ':']);
    let (Some(month), Some(day)) = (parts.next(), parts.next()) else { return false };
    if !(is_number(year) && is_number(month) && is_number(day)) {
        return false;
    }
    let too_long = year.len() == 4 && (month.len() > 2 || day.len() > 2);
    let colon = year.len() == 4 && rest.get(month.len() + 1 + day.len()..).is_some_and(|rest| rest.starts_with(':'));
    too_long || colon || (is_strict && (year.len() == 4 || day.len() == 4))
}

impl Dates {
    fn report_mismatch(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.site.profile().dates;
        let (Some(consequence), Some(key)) = (&dates.wins_over_name, &dates.published) else { return };
        let Some((name, named)) = date_in_name(cx).filter(|(_, day)| day.fault().is_none()) else { return };
        let Some((entry, day)) = valid_date(cx, key) else { return };
        let apart = day.number() - named.number();
        // Another month or year and the same day, or the two swapped, was mistyped; for the rest a post may have waited.
        let is_typo = day.day == named.day || (day.day, day.month) == (named.month, named.day);
        let is_never = day.year >= 2900;
        if apart.abs() > self.max_days && (is_typo || self.all) && !is_never {
            let days = if apart.abs() == 1 { "1 day".to_owned() } else { format!("{} days", apart.abs()) };
            let side = if apart > 0 { "after" } else { "before" };
            found
                .at(entry.value.span(), format!("this is {days} {side} the date in the file's name, `{name}`"))
                .help(format!("make them the same: {consequence}"));
        }
    }

    fn report_future(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.site.profile().dates;
        let (Some(explanation), Some(today)) = (&dates.future, cx.site.today()) else { return };
        let keys = ["publishDate", "publishdate"].into_iter().chain(dates.published.as_deref());
        let Some((entry, day)) = keys.into_iter().find_map(|key| valid_date(cx, key)) else { return };
        let ahead = day.number() - today.number();
        // A day that nobody will see says that the page is never to come out.
        let is_never = day.year >= 2900;
        if ahead > self.max_days && !is_never {
            found
                .at(entry.value.span(), format!("this date is {ahead} days ahead"))
                .help(format!("check the year if the post should be out already: {explanation}"));
        }
    }

    fn report_order(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.site.profile().dates;
        let Some((first, day)) = dates.published.as_deref().and_then(|key| valid_date(cx, key)) else { return };
        for (keys, what) in [(&dates.updated, "updated"), (&dates.expires, "expires")] {
            let later = keys.iter().find_map(|key| valid_date(cx, key));
            if let Some((entry, _)) = later.filter(|(_, later)| later.number() < day.number() - self.max_days) {
                let key = entry.key.text().unwrap_or(what);
                found
                    .at(entry.value.span(), format!("`{key}` lies before `{}`", first.key.text().unwrap_or("date")))
                    .label(first.value.span(), "published here")
                    .help("one of the two is wrong: the year, most often");
            }
        }
    }
}

fn report_file_name(cx: &Context, found: &mut Findings) {
    let Some((name, day)) = date_in_name(cx) else { return };
    if let Some(error) = day.fault() {
        let finding =
            found.at(file_span(cx), format!("the file's name has a date that is not on the calendar, `{name}`"));
        finding.label_primary(error).help("rename the file");
    }
}

fn report_skipped(cx: &Context, found: &mut Findings) {
    let Some(posts) = &cx.site.profile().posts else { return };
    let path = cx.doc.source.path();
    let in_posts = path.parent().is_some_and(|dir| dir.components().any(|part| *part.as_os_str() == *posts.folder));
    let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| in_posts) else { return };
    // What new posts are copied from is skipped on purpose; without front matter it is no page.
    let is_template =
        ["template", "default", "readme", "sample"].iter().any(|word| name.to_ascii_lowercase().contains(word));
    if is_template || cx.doc.front_matter.is_none() || name.starts_with(['_', '.', '#', '~']) || is_dated(name) {
        return;
    }
    found
        .at(file_span(cx), format!("`{}` is no name of a post", fields::truncate(name)))
        .help(format!("rename it to `2024-01-31-{name}`, with its day: {}", posts.says));
}

/// `2024-1-31-title.md`, with a year of two to four digits as Jekyll takes it.
fn is_dated(name: &str) -> bool {
    let mut parts = name.splitn(4, '-');
    let mut is_number = |min: usize, max: usize| {
        parts
            .next()
            .is_some_and(|part| (min..=max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    is_number(2, 4) && is_number(1, 2) && is_number(1, 2) && parts.next().is_some()
}

/// Where a finding about the file itself points.
fn file_span(cx: &Context) -> Span {
    cx.doc.front_matter.as_ref().map_or(Span::empty(0), |front| front.fence)
}

/// The date that the file's name begins with, or that of the folder that holds nothing but the page.
fn date_in_name<'a>(cx: &Context<'a>) -> Option<(&'a str, Day)> {
    let path = cx.doc.source.path();
    let is_index = path.file_stem().is_some_and(|stem| stem == "index");
    let named = if is_index { path.parent()?.file_name() } else { path.file_name() };
    let name = named?.to_str()?.get(..10)?;
    let after = named?.to_str()?[10..].chars().next();
    let is_date = name.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let day = is_date.then(|| date::read(name)).flatten()?;
    after.is_none_or(|c| matches!(c, '-' | '_' | '.')).then_some((name, day))
}

fn field_with_date<'a>(cx: &Context<'a>, key: &str) -> Option<Entry<'a>> {
    fields::find(cx, key)
        .filter(|entry| matches!(entry.value.kind(), Some(Kind::String | Kind::Date | Kind::DateTime | Kind::Int)))
}

/// The day that a field holds, if the calendar has it.
fn valid_date<'a>(cx: &Context<'a>, key: &str) -> Option<(Entry<'a>, Day)> {
    let entry = field_with_date(cx, key)?;
    let day = date::read(entry.value.text()?)?;
    day.fault().is_none().then_some((entry, day))
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        let day = |text: &str| date::read(text).expect("a date").number();
        assert_eq!(day("1970-01-02"), 1);
        assert_eq!(Day::of_number(day("2024-02-29")), date::read("2024-02-29").expect("a date"));
        assert_eq!(day("2024-03-01") - day("2024-02-28"), 2);
        assert_eq!(day("2023-03-01") - day("2023-02-28"), 1);
        assert_eq!(day("2024-01-01") - day("2023-12-31"), 1);
        assert_eq!(day("2024-12-31") - day("2023-12-31"), 366);
    }

    #[test]
    fn broken_dates_are_told_from_other_texts() {
        for text in ["2022-010-10", "2024-11-08:00:00:00"] {
            assert!(is_broken(text, false), "{text}");
        }
        for text in ["11-01-2024", "2022.01.05", "someday", "1.2.3", "2024-01-31x"] {
            assert!(!is_broken(text, false), "{text}");
        }
        assert!(is_broken("11-01-2024", true));
    }

    #[test]
    fn names_of_posts() {
        for name in ["2024-01-31-a.md", "2024-1-1-a.md", "24-01-31-a.md"] {
            assert!(is_dated(name), "{name}");
        }
        for name in ["a.md", "2024-01-31.md", "분류 알고리즘.md", "20240131-a.md"] {
            assert!(!is_dated(name), "{name}");
        }
    }
}
