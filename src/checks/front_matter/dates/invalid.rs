//! Dates that don't exist, that the generator rejects, or that it parses as another date than intended.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch::violations;
use crate::checks::support::fields;
use crate::data::field_type::FieldType;
use crate::data::format::FrontMatterFormat;
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::date;
use crate::date::lexer::{is_number, lex_date};
use crate::date::{Date, DateFormat, DateParser, DateReading};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile;
use crate::generator::profile::DateValueKind;
use crate::generator::yaml_dialect::{ResolvedScalar, YamlDialect};
use crate::source::Span;

/// The date fields if no generator is known.
const DEFAULT_FIELDS: [&str; 7] =
    ["date", "updated", "lastmod", "modified", "last_modified_at", "pubDate", "publishDate"];

/// The date fields of the generator.
pub(super) fn date_fields<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a str> {
    let profile = cx.profile;
    let general: &[&str] = if profile.is_known() { &[] } else { &DEFAULT_FIELDS };
    profile.dates.fields.iter().map(String::as_str).chain(general.iter().copied())
}

pub(super) fn report(cx: &Context, found: &mut Findings) {
    let Some(front) = &cx.doc.front_matter else { return };
    let mut checked: Vec<Span> = Vec::new();
    for key in date_fields(cx) {
        // A generator that ignores case has one field with two names.
        let Some(entry) = fields::find(cx, key).filter(|entry| !checked.contains(&entry.key.span())) else { continue };
        checked.push(entry.key.span());
        if !fields::has_problem_at(front, entry.span()) {
            DateField { cx, front, entry, parser: parser_of(cx, key) }.report(found);
        }
    }
}

/// The parser of a field on this page, if the generator itself parses it here.
fn parser_of(cx: &Context, key: &str) -> Option<DateParser> {
    let dates = &cx.profile.dates;
    let collection = cx.site.collection_of(cx.doc.source.path());
    if collection.is_some_and(|collection| collection.coerced_dates.iter().any(|field| field == key)) {
        return Some(DateParser::Ecmascript);
    }
    let is_field = dates.parsed_fields.is_empty() || dates.parsed_fields.iter().any(|field| field == key);
    let is_here = dates.parsed_in.is_empty() || dates.parsed_in.iter().any(|folder| fields::is_in_folder(cx, folder));
    dates.parser.filter(|_| is_field && is_here)
}

/// A field that holds a date.
struct DateField<'a> {
    cx: &'a Context<'a>,
    front: &'a FrontMatter,
    entry: Entry<'a>,
    parser: Option<DateParser>,
}

impl DateField<'_> {
    fn dates(&self) -> &profile::Dates {
        &self.cx.profile.dates
    }

    fn key(&self) -> &str {
        self.entry.key.text().unwrap_or_default()
    }

    fn report(&self, found: &mut Findings) {
        // Declared date fields are checked by `invalid-value` and `wrong-type`.
        let is_declared = self.cx.content.field(self.key()).is_some_and(|field| {
            field.constraints.types.iter().any(|kind| matches!(kind, FieldType::Date | FieldType::DateTime))
        });
        let Some(text) = self.text() else {
            if !is_declared {
                self.report_kind(found);
            }
            return;
        };
        let date = date::parse(text);
        let error = date.and_then(|date| date.validation_error());
        let is_valid = date.is_some() && error.is_none();
        let is_reported_elsewhere = || is_declared || violations::reports_at(self.cx, self.entry.value.span());
        if !is_valid && is_reported_elsewhere() {
            return;
        }
        let quoted = self.dates().quoted.as_ref().filter(|_| self.is_quoted() && date.is_some() && !is_declared);
        let in_effect = self.parser.is_some() || self.dates().parser.is_none();
        if let Some(explanation) = quoted.filter(|_| in_effect) {
            let message = format!("`{}` is a string because it is quoted", fields::truncate(text));
            found.at(self.entry.value.span(), message).help(format!("remove the quotes: {explanation}"));
        } else if let Some(date) = date.filter(|date| (2..1000).contains(&date.year)) {
            self.report_misread(text, &date, found);
        } else if let (Some(date), Some(error)) = (date, error) {
            self.report_impossible(text, &date, error, found);
        } else if let Some(reading) = self.reading(text) {
            self.report_reading(text, reading, found);
        } else if date.is_none() && is_broken(text) {
            self.report_rejected(text, found);
        }
    }

    /// The value, if it is a string, a number or a date.
    fn text(&self) -> Option<&str> {
        let value = self.entry.value;
        if self.cx.profile.yaml_dialect == YamlDialect::MetaLines && !value.span().is_empty() {
            return Some(self.cx.doc.slice(value.span()).trim());
        }
        let scalar = value.scalar().filter(|scalar| !matches!(scalar.kind, ScalarType::Null | ScalarType::Bool))?;
        Some(scalar.value.trim()).filter(|text| !text.is_empty())
    }

    fn is_quoted(&self) -> bool {
        self.entry.value.scalar().is_some_and(|scalar| scalar.style != ScalarStyle::Plain)
    }

    /// Reports a value that is no scalar, or empty, where the generator rejects it.
    fn report_kind(&self, found: &mut Findings) {
        let value = self.entry.value;
        let (kind, what) = match value.scalar_type() {
            Some(ScalarType::Bool) => (DateValueKind::Bool, "a boolean"),
            Some(_) => (DateValueKind::Empty, "empty"),
            None if value.is_map() => (DateValueKind::Map, "a mapping"),
            None => (DateValueKind::List, "a list"),
        };
        let dates = self.dates();
        if let Some(explanation) = dates.empty.as_ref().filter(|_| kind == DateValueKind::Empty && self.is_of_post()) {
            let finding = found.at(self.entry.key.span(), format!("`{}` is empty", self.key()));
            finding.help(format!("use the format `2024-01-31`, or remove the field; {explanation}"));
            return;
        }
        let (Some(_), true, Some(explanation)) = (self.parser, dates.rejects.contains(&kind), &dates.unparsable) else {
            return;
        };
        // Material's mapping has the date of publication in it.
        if violations::reports_at(self.cx, value.span()) || value.get("created").is_some() {
            return;
        }
        let finding = found.at(self.entry.value_or_key_span(), format!("`{}` is {what}, not a date", self.key()));
        finding.help(format!("use the format `2024-01-31`; {explanation}"));
    }

    /// Whether it is the date of publication of a page in a folder of posts.
    fn is_of_post(&self) -> bool {
        let is_posts = |name: &str| name.contains("post") || name.contains("blog");
        let folders = self.cx.doc.source.path().parent().into_iter().flat_map(|path| path.iter());
        let mut folders = folders.filter_map(|name| name.to_str());
        self.dates().published.as_deref() == Some(self.key()) && folders.any(is_posts)
    }

    fn report_impossible(&self, text: &str, date: &Date, error: String, found: &mut Findings) {
        let dates = self.dates();
        let suggestion =
            swap_day_and_month(date).map_or(String::new(), |swapped| format!("; did you mean `{swapped}`?"));
        let finding =
            found.at(self.entry.value.span(), format!("invalid date `{}`{suggestion}", fields::truncate(text)));
        finding.label_primary(error);
        let day = Date { time: None, ..*date };
        let is_day_invalid = day.validation_error().is_some();
        let has_no_number = date.month > 12 || date.day > 31;
        let explanation = match self.reading(text) {
            Some(DateReading::Rejected) => dates.unparsable.clone(),
            Some(DateReading::Date(read)) if !is_day_invalid => Some(self.read_as(&read)),
            _ if is_day_invalid => {
                dates.out_of_range.as_ref().filter(|_| has_no_number).or(dates.invalid.as_ref()).cloned()
            }
            _ => None,
        };
        finding.help(match explanation {
            Some(explanation) => format!("enter a valid date: {explanation}"),
            None => "enter a valid date".to_owned(),
        });
    }

    /// What the generator makes of the value; none if another program decides.
    fn reading(&self, text: &str) -> Option<DateReading> {
        let parser = self.parser?;
        let dialect = self.cx.profile.yaml_dialect;
        if self.is_quoted() || dialect == YamlDialect::MetaLines || self.front.format == FrontMatterFormat::Json {
            // Spaces inside quotes are part of the value.
            let raw = self.entry.value.scalar().filter(|_| self.is_quoted()).map_or(text, |scalar| &scalar.value);
            return Some(parser.read(raw));
        }
        if self.front.format == FrontMatterFormat::Toml {
            return None;
        }
        match dialect.resolve(text) {
            ResolvedScalar::Timestamp | ResolvedScalar::RolledOverDate => None,
            ResolvedScalar::Number(_) => Some(parser.read_number(text)),
            _ => Some(parser.read(text)),
        }
    }

    fn report_reading(&self, text: &str, reading: DateReading, found: &mut Findings) {
        let is_plain_number = !self.is_quoted() && is_number(text);
        match reading {
            DateReading::Rejected => self.report_rejected(text, found),
            DateReading::Unknown if is_broken(text) => self.report_rejected(text, found),
            DateReading::Unknown => {}
            DateReading::Incomplete => {
                let message = format!("incomplete date `{}`", fields::truncate(text));
                let name = &self.cx.profile.name;
                found.at(self.entry.value.span(), message).help(format!(
                    "use the format `2024-01-31`; {name} takes what is missing from the day of the build"
                ));
            }
            DateReading::Date(read) => {
                let is_intended = match intended(text) {
                    // A time zone may move it to the next day.
                    Some(date) => (date.days_since_epoch() - read.days_since_epoch()).abs() <= 1,
                    None if is_plain_number => read.year >= 1990,
                    // `2024-03` is the first of March everywhere.
                    None => has_year(text, read.year),
                };
                if !is_intended || (2..1000).contains(&read.year) {
                    self.report_misread(text, &read, found);
                }
            }
        }
    }

    fn report_rejected(&self, text: &str, found: &mut Findings) {
        let known = date::detect_format(text);
        let is_date = known.is_some() || date::parse(text).is_some();
        let better = known.and_then(|(_, better)| better).map_or(String::new(), |better| format!("; use `{better}`"));
        let message = if is_date {
            format!("unsupported date format `{}`{better}", fields::truncate(text))
        } else {
            format!("`{}` is not a date", fields::truncate(text))
        };
        let explanation = self.dates().unparsable.as_ref().filter(|_| self.parser.is_some());
        found.at(self.entry.value.span(), message).help(match explanation {
            Some(explanation) => format!("use the format `2024-01-31`; {explanation}"),
            None => "use the format `2024-01-31`".to_owned(),
        });
    }

    fn report_misread(&self, text: &str, read: &Date, found: &mut Findings) {
        let better = date::detect_format(text).and_then(|(_, better)| better);
        let better = better.map_or(String::new(), |better| format!("; use `{better}`"));
        let message = if (2..1000).contains(&read.year) {
            format!("date `{}` is in the year {}", fields::truncate(text), read.year)
        } else {
            format!("unsupported date format `{}`{better}", fields::truncate(text))
        };
        let finding = found.at(self.entry.value.span(), message);
        finding.help(format!("use the format `2024-01-31`; {}", self.read_as(read)));
    }

    fn read_as(&self, read: &Date) -> String {
        let name = &self.cx.profile.name;
        format!("{name} reads it as `{:04}-{:02}-{:02}`", read.year, read.month, read.day)
    }
}

/// The date that the author meant, if the text has a year, a month and a day.
fn intended(text: &str) -> Option<Date> {
    if let Some(date) = date::parse(text) {
        return Some(date);
    }
    let (format, better) = date::detect_format(text)?;
    if let Some(better) = better {
        return date::parse(&better);
    }
    let number = |text: &str| text.parse::<u32>().ok();
    let [first, second, third] = lex_date(text)?.numbers.map(number);
    let (first, second, third) = (first?, second?, third?);
    let (year, month, day) = match format {
        DateFormat::YearLast if second > 12 => (third, first, second),
        DateFormat::YearLast => (third, second, first),
        _ if first > 12 => (first + 2000, second, third),
        _ => (third + 2000, second, first),
    };
    Some(Date { year, month, day, time: None })
}

/// Whether one of the numbers of a text is `year`.
fn has_year(text: &str, year: u32) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    // `05 Mar 24`
    let is_short = |number: &str| {
        text.contains(|c: char| c.is_ascii_alphabetic()) && number.len() == 2 && number.parse() == Ok(year % 100)
    };
    numbers.any(|number| is_short(number) || (number.len() == 4 && number.parse() == Ok(year)))
}

/// `2019-15-05` → `2019-05-15`
fn swap_day_and_month(date: &Date) -> Option<String> {
    let other = Date { month: date.day, day: date.month, ..*date };
    (date.month > 12 && other.validation_error().is_none())
        .then(|| format!("{:04}-{:02}-{:02}", other.year, other.month, other.day))
}

/// Whether a string was certainly meant as a date, but has too many digits, or colons instead of hyphens.
fn is_broken(text: &str) -> bool {
    let Some((year, rest)) = text.split_once(['-', '/', '.']) else { return false };
    let mut parts = rest.split(['-', '/', '.', 'T', ' ', ':']);
    let (Some(month), Some(day)) = (parts.next(), parts.next()) else { return false };
    if !(year.len() == 4 && [year, month, day].into_iter().all(is_number)) {
        return false;
    }
    let is_too_long = month.len() > 2 || day.len() > 2;
    is_too_long || rest.get(month.len() + 1 + day.len()..).is_some_and(|rest| rest.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_dates_differ_from_other_strings() {
        for text in ["2022-010-10", "2024-11-08:00:00:00"] {
            assert!(is_broken(text), "{text}");
        }
        for text in ["11-01-2024", "2022.01.05", "someday", "1.2.3", "2024-01-31x"] {
            assert!(!is_broken(text), "{text}");
        }
    }

    #[test]
    fn a_date_is_meant_in_every_order() {
        let meant = |text| intended(text).map(|date| (date.year, date.month, date.day));
        for text in ["2024/3/25", "25/03/2024", "03/25/2024", "25.3.2024", "24-03-25", "March 25, 2024", "20240325"] {
            assert_eq!(meant(text), Some((2024, 3, 25)), "{text}");
        }
        assert_eq!(meant("05/03/2024"), Some((2024, 3, 5)));
        assert_eq!(meant("05/03/24"), Some((2024, 3, 5)));
        for text in ["31 January", "2024-03", "tuesday", "2024"] {
            assert_eq!(meant(text), None, "{text}");
        }
    }
}
