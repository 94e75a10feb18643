//! Invalid dates, dates in the future, and dates that contradict each other or the file name.

mod invalid;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::dates::invalid::date_fields;
use crate::checks::support::fields;
use crate::data::node::{Entry, ScalarType};
use crate::date;
use crate::date::Date;
use crate::diagnostic::{Edit, FixEffect};
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
            DateProblem::Invalid => invalid::report(cx, found),
            DateProblem::Mismatch => self.report_mismatch(cx, found),
            DateProblem::Future => self.report_future(cx, found),
            DateProblem::Order => self.report_order(cx, found),
            DateProblem::Zone => report_time_zone(cx, found),
            DateProblem::FileName => report_file_name(cx, found),
            DateProblem::Skipped => report_skipped(cx, found),
        }
    }
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

impl Dates {
    fn report_mismatch(&self, cx: &Context, found: &mut Findings) {
        let dates = &cx.profile.dates;
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
        let dates = &cx.profile.dates;
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
        let dates = &cx.profile.dates;
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
    let profile = cx.profile;
    let folder = profile.posts.as_ref().map_or("_posts", |posts| &posts.folder);
    let in_posts = fields::is_in_folder(cx, folder) && (profile.posts.is_some() || !profile.is_known());
    in_posts || profile.dates.from_file_name && valid_date(cx, "date").is_none()
}

fn report_skipped(cx: &Context, found: &mut Findings) {
    let Some(posts) = &cx.profile.posts else { return };
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
            format!("{} ignores `{}`: post file names start with a date", cx.profile.name, fields::truncate(name)),
        )
        .help(match without_title(name) {
            Some(renamed) => format!("add a title to the name, as in `{renamed}`: {}", posts.explanation),
            None => format!("rename it to `2024-01-31-{name}`, with the date of the post: {}", posts.explanation),
        });
}

/// A name that is nothing but a date, `2024-01-31.md`, with a title.
fn without_title(name: &str) -> Option<String> {
    let (date, extension) = name.split_once('.')?;
    is_dated(&format!("{date}-title")).then(|| format!("{date}-title.{extension}"))
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
    fn post_file_names() {
        for name in ["2024-01-31-a.md", "2024-1-1-a.md", "24-01-31-a.md"] {
            assert!(is_dated(name), "{name}");
        }
        for name in ["a.md", "2024-01-31.md", "분류 알고리즘.md", "20240131-a.md"] {
            assert!(!is_dated(name), "{name}");
        }
    }
}
