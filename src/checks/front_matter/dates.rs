//! Dates that aren't on the calendar, lie ahead, contradict each other or the file's name.

use crate::checks::front_matter::schema_mismatch;
use crate::checks::support::fields;
use crate::checks::{Check, Context, Found};
use crate::data::field_type::FieldType;
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::date;
use crate::date::lexer::{DateParts, lex_date, lex_offset};
use crate::date::{Date, DateFormat};
use crate::diagnostic::Edit;
use crate::generator::profile;
use crate::source::Span;
use serde::Deserialize;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Dates {
    find: Find,
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
enum Find {
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
    fn check(&self, cx: &Context, found: &mut Found) {
        match self.find {
            Find::Invalid => invalid(cx, found),
            Find::Mismatch => self.mismatch(cx, found),
            Find::Future => self.future(cx, found),
            Find::Order => self.order(cx, found),
            Find::Zone => zone(cx, found),
            Find::FileName => file_name(cx, found),
            Find::Skipped => skipped(cx, found),
        }
    }
}

/// Where no generator is known, these hold dates.
const FIELDS: [&str; 7] = ["date", "updated", "lastmod", "modified", "last_modified_at", "pubDate", "publishDate"];

fn invalid(cx: &Context, found: &mut Found) {
    let dates = &cx.site.profile().dates;
    for entry in keys(cx).filter_map(|key| written(cx, key)) {
        // A field that the config calls a date is told by `invalid-value` and `wrong-type`.
        let key = entry.key.text().unwrap_or_default();
        let is_declared = cx.content.field(key).is_some_and(|field| {
            field.constraints.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime))
        });
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let day = date::parse(text);
        let fault = day.and_then(|day| day.validation_error());
        if day.is_some() && fault.is_none() && (is_declared || dates.quoted.is_none() || !is_quoted(&entry)) {
            misread(cx, &entry, found);
            continue;
        }
        if is_declared || ((day.is_none() || fault.is_some()) && schema_mismatch::tells_of(cx, entry.value.span())) {
            continue;
        }
        if let Some(says) = dates.quoted.as_ref().filter(|_| day.is_some() && is_quoted(&entry)) {
            let finding =
                found.at(entry.value.span(), format!("`{}` is a text because of its quotes", fields::crop(text)));
            finding.help(format!("take the quotes away: {says}"));
        } else if let (Some(day), Some(fault)) = (day, fault) {
            let finding = found.at(entry.value.span(), format!("`{}` is not on the calendar", fields::crop(text)));
            finding.here(fault);
            let has_no_number = day.month > 12 || day.day > 31;
            let says = dates.out_of_range.as_ref().filter(|_| has_no_number).or(dates.invalid.as_ref());
            finding.help(match (says, swapped(&day)) {
                (Some(says), Some(swapped)) => format!("did you mean `{swapped}`? {}", sentence(says)),
                (Some(says), None) => format!("write the day that was meant: {says}"),
                (None, Some(swapped)) => format!("did you mean `{swapped}`?"),
                (None, None) => "write the day that was meant".to_owned(),
            });
        } else if !misread(cx, &entry, found) && is_broken(text, is_strict(dates)) {
            let finding = found.at(entry.value.span(), format!("`{}` can't be read as a date", fields::crop(text)));
            match &dates.unparsable {
                Some(says) => finding.help(format!("write it like `2024-01-31`: {says}")),
                None => finding.help("write it like `2024-01-31`"),
            };
        }
    }
}

/// Whether a text that is no date stops the build, and nothing is guessed.
fn is_strict(dates: &profile::Dates) -> bool {
    dates.unparsable.is_some() && dates.overrides_file_name.is_none()
}

fn is_quoted(entry: &Entry<'_>) -> bool {
    entry.value.scalar().is_some_and(|scalar| scalar.style != ScalarStyle::Plain)
}

/// Tells of a day in a form that the generator doesn't read as the writer does; whether it is one.
fn misread(cx: &Context, entry: &Entry<'_>, found: &mut Found) -> bool {
    let profile = cx.site.profile();
    let Some(text) = entry.value.text().filter(|_| !profile.dates.formats.is_empty()) else { return false };
    // In quotes it is no number.
    let is_meant = |form: DateFormat| form != DateFormat::Compact || !is_quoted(entry);
    let known = date::detect_format(text).filter(|(form, _)| is_meant(*form));
    let Some((says, better)) = known.and_then(|(form, day)| Some((profile.dates.formats.get(&form)?, day))) else {
        return false;
    };
    let finding =
        found.at(entry.value.span(), format!("`{}` isn't a day as {} reads one", fields::crop(text), profile.name));
    match better {
        Some(better) => finding.help(format!("write `{better}`: {says}")),
        None => finding.help(format!("write it like `2024-01-31`: {says}")),
    };
    true
}

/// The keys that hold dates.
fn keys<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let profile = cx.site.profile();
    let general: &[&str] = if profile.is_known() { &[] } else { &FIELDS };
    profile.dates.fields.iter().map(String::as_str).chain(general.iter().copied())
}

/// `2024-01-31 10:00:00 +900`: an offset of three digits.
fn zone(cx: &Context, found: &mut Found) {
    for entry in keys(cx).filter_map(|key| written(cx, key)) {
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let Some(at) = text.rfind(['+', '-']).filter(|at| text[..*at].contains(':')) else { continue };
        let offset = &text[at..];
        let is_short = lex_offset(offset).is_some_and(|offset| offset.hours.len() == 3 && offset.minutes.is_none());
        if !is_short || date::parse(text[..at].trim()).is_none() {
            continue;
        }
        let meant = format!("{}0{}", &offset[..1], &offset[1..]);
        let span = entry.value.span();
        let finding = found.at(span, format!("`{offset}` is no time zone"));
        finding.help(format!("write `{meant}`: Ruby drops it and reads UTC, others find no date"));
        if let Some(from) = cx.doc.slice(span).rfind(offset).map(|from| span.start + from) {
            let edit = Edit::replace(Span::new(from, from + offset.len()), &meant);
            finding.fix(format!("write `{meant}`"), vec![edit]);
        }
    }
}

/// `2019-15-05`: the day and the month changed places.
fn swapped(day: &Date) -> Option<String> {
    let other = Date { month: day.day, day: day.month, ..*day };
    (day.month > 12 && other.validation_error().is_none())
        .then(|| format!("{:04}-{:02}-{:02}", other.year, other.month, other.day))
}

/// Whether a text was meant as a date, but has too many digits, or colons for hyphens. Ruby guesses at all the rest,
/// so more is only said where nothing is guessed.
fn is_broken(text: &str, is_strict: bool) -> bool {
    let is_mark =
        |parts: &DateParts<'_>| matches!(parts.separators, ['-' | '/' | '.', '-' | '/' | '.' | 'T' | ' ' | ':']);
    let Some(parts) = lex_date(text).filter(is_mark) else { return false };
    let [year, month, day] = parts.numbers;
    if !(parts.rest.is_empty() || parts.rest.starts_with(['-', '/', '.', 'T', ' ', ':'])) {
        return false;
    }
    let too_long = year.len() == 4 && (month.len() > 2 || day.len() > 2);
    let colon = year.len() == 4 && parts.rest.starts_with(':');
    too_long || colon || (is_strict && (year.len() == 4 || day.len() == 4))
}

impl Dates {
    fn mismatch(&self, cx: &Context, found: &mut Found) {
        let dates = &cx.site.profile().dates;
        let (Some(wins), Some(key)) = (&dates.overrides_file_name, &dates.published) else { return };
        let Some((name, named)) = date_in_name(cx).filter(|(_, day)| day.validation_error().is_none()) else { return };
        let Some((entry, day)) = day_of(cx, key) else { return };
        let apart = day.days_since_epoch() - named.days_since_epoch();
        // Another month or year and the same day, or the two swapped, was mistyped; for the rest a post may have waited.
        let is_slip = day.day == named.day || (day.day, day.month) == (named.month, named.day);
        let is_never = day.year >= 2900;
        if apart.abs() > self.max_days && (is_slip || self.all) && !is_never {
            let days = if apart.abs() == 1 { "1 day".to_owned() } else { format!("{} days", apart.abs()) };
            let side = if apart > 0 { "after" } else { "before" };
            found
                .at(entry.value.span(), format!("this is {days} {side} the date in the file's name, `{name}`"))
                .help(format!("make them the same: {wins}"));
        }
    }

    fn future(&self, cx: &Context, found: &mut Found) {
        let dates = &cx.site.profile().dates;
        let (Some(says), Some(today)) = (&dates.future, cx.site.today()) else { return };
        let keys = ["publishDate", "publishdate"].into_iter().chain(dates.published.as_deref());
        let Some((entry, day)) = keys.into_iter().find_map(|key| day_of(cx, key)) else { return };
        let ahead = day.days_since_epoch() - today.days_since_epoch();
        // A day that nobody will see says that the page is never to come out.
        let is_never = day.year >= 2900;
        if ahead > self.max_days && !is_never {
            found
                .at(entry.value.span(), format!("this date is {ahead} days ahead"))
                .help(format!("check the year if the post should be out already: {says}"));
        }
    }

    fn order(&self, cx: &Context, found: &mut Found) {
        let dates = &cx.site.profile().dates;
        let Some((first, day)) = dates.published.as_deref().and_then(|key| day_of(cx, key)) else { return };
        for (keys, what) in [(&dates.updated, "updated"), (&dates.expires, "expires")] {
            let later = keys.iter().find_map(|key| day_of(cx, key));
            if let Some((entry, _)) =
                later.filter(|(_, later)| later.days_since_epoch() < day.days_since_epoch() - self.max_days)
            {
                let key = entry.key.text().unwrap_or(what);
                found
                    .at(entry.value.span(), format!("`{key}` lies before `{}`", first.key.text().unwrap_or("date")))
                    .label(first.value.span(), "published here")
                    .help("one of the two is wrong: the year, most often");
            }
        }
    }
}

fn file_name(cx: &Context, found: &mut Found) {
    let Some((name, day)) = date_in_name(cx) else { return };
    if let Some(fault) = day.validation_error() {
        let finding = found.at(top(cx), format!("the file's name has a date that is not on the calendar, `{name}`"));
        finding.here(fault).help("rename the file");
    }
}

fn skipped(cx: &Context, found: &mut Found) {
    let Some(posts) = &cx.site.profile().posts else { return };
    let path = cx.doc.source.path();
    let in_posts = path.parent().is_some_and(|dir| dir.components().any(|part| *part.as_os_str() == *posts.folder));
    let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| in_posts) else { return };
    // What new posts are copied from is skipped on purpose; without front matter it is no page.
    let is_pattern =
        ["template", "default", "readme", "sample"].iter().any(|word| name.to_ascii_lowercase().contains(word));
    if is_pattern || cx.doc.front_matter.is_none() || name.starts_with(['_', '.', '#', '~']) || is_dated(name) {
        return;
    }
    found
        .at(top(cx), format!("`{}` is no name of a post", fields::crop(name)))
        .help(format!("rename it to `2024-01-31-{name}`, with its day: {}", posts.explanation));
}

/// `2024-1-31-title.md`, with a year of two to four digits as Jekyll takes it.
fn is_dated(name: &str) -> bool {
    lex_date(name).is_some_and(|parts| {
        parts.rest.starts_with('-')
            && parts
                .with_separator(&['-'])
                .is_some_and(|[year, month, day]| (2..=4).contains(&year.len()) && month.len() <= 2 && day.len() <= 2)
    })
}

/// Where a finding about the file itself points.
fn top(cx: &Context) -> Span {
    cx.doc.front_matter.as_ref().map_or(Span::empty(0), |front| front.opening_delimiter)
}

/// The date that the file's name begins with, or that of the folder that holds nothing but the page.
fn date_in_name<'a>(cx: &Context<'a>) -> Option<(&'a str, Date)> {
    let path = cx.doc.source.path();
    let is_index = path.file_stem().is_some_and(|stem| stem == "index");
    let named = if is_index { path.parent()?.file_name() } else { path.file_name() };
    let named = named?.to_str()?;
    let parts = lex_date(named)?;
    let name = &named[..named.len() - parts.rest.len()];
    let date = parts.iso().and_then(|_| date::parse(name))?;
    (parts.rest.is_empty() || parts.rest.starts_with(['-', '_', '.'])).then_some((name, date))
}

fn written<'a>(cx: &Context<'a>, key: &str) -> Option<Entry<'a>> {
    fields::find(cx, key).filter(|entry| {
        matches!(
            entry.value.scalar_type(),
            Some(ScalarType::String | ScalarType::Date | ScalarType::DateTime | ScalarType::Int)
        )
    })
}

/// The day that a field holds, if the calendar has it.
fn day_of<'a>(cx: &Context<'a>, key: &str) -> Option<(Entry<'a>, Date)> {
    let entry = written(cx, key)?;
    let day = date::parse(entry.value.text()?)?;
    day.validation_error().is_none().then_some((entry, day))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_years() {
        let day = |text: &str| date::parse(text).expect("a date").days_since_epoch();
        assert_eq!(day("1970-01-02"), 1);
        assert_eq!(Date::from_days_since_epoch(day("2024-02-29")), date::parse("2024-02-29").expect("a date"));
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
