//! Invalid dates, dates in the future, and dates that contradict each other or the file name.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch;
use crate::checks::support::fields;
use crate::data::field_type::FieldType;
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::date;
use crate::date::{Date, DateFormat};
use crate::diagnostic::{Edit, FixEffect};
use crate::generator::profile;
use crate::source::Span;
use serde::Deserialize;

/// Options: the problem that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Dates {
    find: DateProblem,
    /// Maximum number of days between two dates that count as the same, because of time zones.
    #[serde(default = "one")]
    max_days: i64,
    /// Whether to report every difference from the file name, or only those that look like typos.
    #[serde(default)]
    all: bool,
}

fn one() -> i64 {
    1
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum DateProblem {
    /// An invalid date.
    Invalid,
    /// A date that differs from the one in the file name.
    Mismatch,
    /// A date in the future.
    Future,
    /// An update before publication, an expiry before either.
    Order,
    /// A malformed time zone offset.
    Zone,
    /// An invalid date in the file name.
    FileName,
    /// A file that the generator ignores because of its name.
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

/// The date fields if no generator is known.
const DEFAULT_FIELDS: [&str; 7] =
    ["date", "updated", "lastmod", "modified", "last_modified_at", "pubDate", "publishDate"];

fn report_invalid(cx: &Context, found: &mut Findings) {
    let dates = &cx.site.profile().dates;
    for entry in date_fields(cx).filter_map(|key| field_with_date(cx, key)) {
        // Declared date fields are checked by `invalid-value` and `wrong-type`.
        let key = entry.key.text().unwrap_or_default();
        let is_declared = cx.content.field(key).is_some_and(|field| {
            field.constraints.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime))
        });
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let day = date::parse(text);
        let error = day.and_then(|day| day.validation_error());
        if day.is_some() && error.is_none() && (is_declared || dates.quoted.is_none() || !is_quoted(&entry)) {
            report_unsupported_format(cx, &entry, found);
            continue;
        }
        if is_declared || ((day.is_none() || error.is_some()) && schema_mismatch::reports_at(cx, entry.value.span())) {
            continue;
        }
        if let Some(explanation) = dates.quoted.as_ref().filter(|_| day.is_some() && is_quoted(&entry)) {
            let finding =
                found.at(entry.value.span(), format!("`{}` is a string because it is quoted", fields::truncate(text)));
            finding.help(format!("remove the quotes: {explanation}"));
        } else if let (Some(day), Some(error)) = (day, error) {
            let swapped = swap_day_and_month(&day);
            let suggestion = swapped.map_or(String::new(), |swapped| format!("; did you mean `{swapped}`?"));
            let message = format!("invalid date `{}`{suggestion}", fields::truncate(text));
            let finding = found.at(entry.value.span(), message);
            finding.label_primary(error);
            let has_no_number = day.month > 12 || day.day > 31;
            let explanation = dates.out_of_range.as_ref().filter(|_| has_no_number).or(dates.invalid.as_ref());
            finding.help(match explanation {
                Some(explanation) => format!("enter a valid date: {explanation}"),
                None => "enter a valid date".to_owned(),
            });
        } else if !report_unsupported_format(cx, &entry, found) && is_broken(text, is_strict(dates)) {
            let finding = found.at(entry.value.span(), format!("`{}` is not a date", fields::truncate(text)));
            match &dates.unparsable {
                Some(explanation) => finding.help(format!("use the format `2024-01-31`; {explanation}")),
                None => finding.help("use the format `2024-01-31`"),
            };
        }
    }
}

/// Whether the generator stops at a string that isn't a date instead of guessing.
fn is_strict(dates: &profile::Dates) -> bool {
    dates.unparsable.is_some() && dates.overrides_file_name.is_none()
}

fn is_quoted(entry: &Entry<'_>) -> bool {
    entry.value.scalar().is_some_and(|scalar| scalar.style != ScalarStyle::Plain)
}

/// Reports a date in a format that the generator doesn't support or interprets differently, and returns whether it is
/// one.
fn report_unsupported_format(cx: &Context, entry: &Entry<'_>, found: &mut Findings) -> bool {
    let profile = cx.site.profile();
    let Some(text) = entry.value.text().filter(|_| !profile.dates.formats.is_empty()) else { return false };
    // In quotes it isn't a number.
    let is_unsupported = |form: DateFormat| form != DateFormat::Compact || !is_quoted(entry);
    let known = date::detect_format(text).filter(|(form, _)| is_unsupported(*form));
    let Some((explanation, better)) = known.and_then(|(form, day)| Some((profile.dates.formats.get(&form)?, day)))
    else {
        return false;
    };
    let suggestion = better.map_or(String::new(), |better| format!("; use `{better}`"));
    let message = format!("unsupported date format `{}`{suggestion}", fields::truncate(text));
    found.at(entry.value.span(), message).help(format!("use the format `2024-01-31`; {explanation}"));
    true
}

/// The date fields of the generator.
fn date_fields<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let profile = cx.site.profile();
    let general: &[&str] = if profile.is_known() { &[] } else { &DEFAULT_FIELDS };
    profile.dates.fields.iter().map(String::as_str).chain(general.iter().copied())
}

/// Reports an offset of three digits: `2024-01-31 10:00:00 +900`.
fn report_time_zone(cx: &Context, found: &mut Findings) {
    for entry in date_fields(cx).filter_map(|key| field_with_date(cx, key)) {
        let Some(text) = entry.value.text().map(str::trim) else { continue };
        let Some(at) = text.rfind(['+', '-']).filter(|at| text[..*at].contains(':')) else { continue };
        let offset = &text[at..];
        let is_short = offset.len() == 4 && offset[1..].bytes().all(|byte| byte.is_ascii_digit());
        if !is_short || date::parse(text[..at].trim()).is_none() {
            continue;
        }
        let suggestion = format!("{}0{}", &offset[..1], &offset[1..]);
        let span = entry.value.span();
        let finding = found.at(span, format!("invalid UTC offset `{offset}`; use `{suggestion}`"));
        finding.help(
            "write the offset with four digits: Ruby ignores this one and assumes UTC, other parsers reject the date",
        );
        if let Some(from) = cx.doc.slice(span).rfind(offset).map(|from| span.start + from) {
            let edit = Edit::replace(Span::new(from, from + offset.len()), &suggestion);
            finding.unsafe_fix(format!("Replace with `{suggestion}`"), vec![edit]).fix_effect(FixEffect::Type);
        }
    }
}

/// `1 day`, `2 days`
fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}

/// `2019-15-05` → `2019-05-15`
fn swap_day_and_month(day: &Date) -> Option<String> {
    let other = Date { month: day.day, day: day.month, ..*day };
    (day.month > 12 && other.validation_error().is_none())
        .then(|| format!("{:04}-{:02}-{:02}", other.year, other.month, other.day))
}

/// Whether a string was intended as a date, but has too many digits, or colons instead of hyphens. Ruby guesses the
/// rest, so other strings are reported only for generators that don't guess.
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
        let (Some(consequence), Some(key)) = (&dates.overrides_file_name, &dates.published) else { return };
        let Some((name, named)) = date_in_name(cx).filter(|(_, day)| day.validation_error().is_none()) else { return };
        let Some((entry, day)) = valid_date(cx, key) else { return };
        let apart = day.days_since_epoch() - named.days_since_epoch();
        // A different month or year with the same day, or day and month swapped, is a typo. Any other difference may
        // mean that the post was published later.
        let is_typo = day.day == named.day || (day.day, day.month) == (named.month, named.day);
        let is_never = day.year >= 2900;
        if apart.abs() > self.max_days && (is_typo || self.all) && !is_never {
            let days = days(apart.abs());
            let side = if apart > 0 { "after" } else { "before" };
            found
                .at(entry.value.span(), format!("date is {days} {side} the date in the file name, `{name}`"))
                .help(format!("make both dates the same: {consequence}"));
        }
    }

    fn report_future(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.site.profile().dates;
        let (Some(explanation), Some(today)) = (&dates.future, cx.site.today()) else { return };
        let keys = ["publishDate", "publishdate"].into_iter().chain(dates.published.as_deref());
        let Some((entry, day)) = keys.into_iter().find_map(|key| valid_date(cx, key)) else { return };
        let ahead = day.days_since_epoch() - today.days_since_epoch();
        // A date that far in the future marks a page that is never to be published.
        let is_never = day.year >= 2900;
        if ahead > self.max_days && !is_never {
            found
                .at(entry.value.span(), format!("date is {} in the future", days(ahead)))
                .help(format!("check the year if the post should already be published: {explanation}"));
        }
    }

    fn report_order(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.site.profile().dates;
        let Some((first, day)) = dates.published.as_deref().and_then(|key| valid_date(cx, key)) else { return };
        for (keys, what) in [(&dates.updated, "updated"), (&dates.expires, "expires")] {
            let later = keys.iter().find_map(|key| valid_date(cx, key));
            if let Some((entry, _)) =
                later.filter(|(_, later)| later.days_since_epoch() < day.days_since_epoch() - self.max_days)
            {
                let key = entry.key.text().unwrap_or(what);
                found
                    .at(entry.value.span(), format!("`{key}` is earlier than `{}`", first.key.text().unwrap_or("date")))
                    .label(first.value.span(), "published here")
                    .help("check both dates; often the year is wrong");
            }
        }
    }
}

fn report_file_name(cx: &Context, found: &mut Findings) {
    let Some((name, day)) = date_in_name(cx) else { return };
    if !takes_date_from_name(cx) {
        return;
    }
    if let Some(error) = day.validation_error() {
        let finding = found.at(file_span(cx), format!("invalid date in the file name: `{name}`"));
        finding.label_primary(error).help("rename the file to start with a valid date");
    }
}

/// Whether the date in the file name is the page's: the generator requires one in this folder, or is configured to use it and
/// the page has no date of its own.
fn takes_date_from_name(cx: &Context) -> bool {
    let profile = cx.site.profile();
    let folder = profile.posts.as_ref().map_or("_posts", |posts| &posts.folder);
    let in_posts = fields::is_in_folder(cx, folder) && (profile.posts.is_some() || !profile.is_known());
    in_posts || profile.dates.from_file_name && valid_date(cx, "date").is_none()
}

fn report_skipped(cx: &Context, found: &mut Findings) {
    let Some(posts) = &cx.site.profile().posts else { return };
    let path = cx.doc.source.path();
    let in_posts = path.parent().is_some_and(|dir| dir.components().any(|part| *part.as_os_str() == *posts.folder));
    let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| in_posts) else { return };
    // Templates for new posts are ignored on purpose; a file without front matter isn't a page.
    let is_template =
        ["template", "default", "readme", "sample"].iter().any(|word| name.to_ascii_lowercase().contains(word));
    if is_template || cx.doc.front_matter.is_none() || name.starts_with(['_', '.', '#', '~']) || is_dated(name) {
        return;
    }
    found
        .at(
            file_span(cx),
            format!(
                "{} ignores `{}`: post file names start with a date",
                cx.site.profile().name,
                fields::truncate(name)
            ),
        )
        .help(format!("rename it to `2024-01-31-{name}`, with the date of the post: {}", posts.explanation));
}

/// `2024-1-31-title.md`; the year may have two to four digits, as in Jekyll.
fn is_dated(name: &str) -> bool {
    let mut parts = name.splitn(4, '-');
    let mut is_number = |min: usize, max: usize| {
        parts
            .next()
            .is_some_and(|part| (min..=max).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    is_number(2, 4) && is_number(1, 2) && is_number(1, 2) && parts.next().is_some()
}

/// The span of a finding about the file itself.
fn file_span(cx: &Context) -> Span {
    cx.doc.front_matter.as_ref().map_or(Span::empty(0), |front| front.opening_delimiter)
}

/// The date at the start of the file name, or of the folder's name for an index page.
fn date_in_name<'a>(cx: &Context<'a>) -> Option<(&'a str, Date)> {
    let path = cx.doc.source.path();
    let is_index = path.file_stem().is_some_and(|stem| stem == "index");
    let named = if is_index { path.parent()?.file_name() } else { path.file_name() };
    let name = named?.to_str()?.get(..10)?;
    let after = named?.to_str()?[10..].chars().next();
    let is_date = name.bytes().enumerate().all(|(index, byte)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let day = is_date.then(|| date::parse(name)).flatten()?;
    after.is_none_or(|c| matches!(c, '-' | '_' | '.')).then_some((name, day))
}

fn field_with_date<'a>(cx: &Context<'a>, key: &str) -> Option<Entry<'a>> {
    fields::find(cx, key).filter(|entry| {
        matches!(
            entry.value.scalar_type(),
            Some(ScalarType::String | ScalarType::Date | ScalarType::DateTime | ScalarType::Int)
        )
    })
}

/// The date in a field, if it is valid.
fn valid_date<'a>(cx: &Context<'a>, key: &str) -> Option<(Entry<'a>, Date)> {
    let entry = field_with_date(cx, key)?;
    let day = date::parse(entry.value.text()?)?;
    day.validation_error().is_none().then_some((entry, day))
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
    fn malformed_dates_differ_from_other_strings() {
        for text in ["2022-010-10", "2024-11-08:00:00:00"] {
            assert!(is_broken(text, false), "{text}");
        }
        for text in ["11-01-2024", "2022.01.05", "someday", "1.2.3", "2024-01-31x"] {
            assert!(!is_broken(text, false), "{text}");
        }
        assert!(is_broken("11-01-2024", true));
    }

    #[test]
    fn post_file_names() {
        for name in ["2024-01-31-a.md", "2024-1-1-a.md", "24-01-31-a.md"] {
            assert!(is_dated(name), "{name}");
        }
        for name in ["a.md", "2024-01-31.md", "분류 알고리즘.md", "20240131-a.md"] {
            assert!(!is_dated(name), "{name}");
        }
    }
}
