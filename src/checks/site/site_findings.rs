//! Problems that only show in comparison with other pages: spellings, typos in field names, URLs, authors, images.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::node::Value;
use crate::document::front_matter::FrontMatter;
use crate::site::SiteFinding;
use crate::source::{Span, display_path};
use crate::text::similarity;
use serde::Deserialize;
use std::path::Path;

/// Options: the problem that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteFindings {
    find: SiteFindingKind,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum SiteFindingKind {
    /// A term of a taxonomy that most pages spell differently.
    Spelling,
    /// A field name with a typo.
    Key,
    /// The URL of another page.
    Address,
    /// An alias that is the URL or an alias of another page.
    Alias,
    /// A value of a unique field that another page has too.
    Repeated,
    /// An author who isn't in the list of authors.
    Author,
    /// An image that isn't where others are.
    Picture,
}

impl Check for SiteFindings {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        let remarks = cx.site.findings(cx.doc.source.path());
        for remark in remarks.filter(|remark| kind_of(remark) == self.find) {
            match remark {
                SiteFinding::NearDuplicateTerm { .. } => report_spelling(cx, front, remark, found),
                SiteFinding::MisspelledField { key, meant, count } => {
                    report_misspelled_field(front, key, meant, *count, cx, found)
                }
                SiteFinding::UrlCollision { .. } => report_url(cx, remark, found),
                SiteFinding::DuplicateValue { field, value, other, line } => {
                    report_repeated_value(cx, (field, value), (other, *line), found)
                }
                SiteFinding::UnknownAuthor { name, meant, file } => {
                    report_unknown_author(cx, front, (name, meant.as_deref(), file), found)
                }
                SiteFinding::MissingImage { key, file, other: Some(other), .. } => {
                    // The index knows the page as it was; a fix may have changed it since.
                    let entry = fields::entry(front, key).filter(|entry| entry.value.text() == Some(file));
                    let Some(entry) = entry else { continue };
                    fields::report_case_mismatch(cx, entry.value, file, other, found);
                }
                SiteFinding::ImageOutsideProject { key, file } => {
                    let Some(entry) = fields::entry(front, key) else { continue };
                    fields::report_leaving_project(entry.value_or_key_span(), file, found);
                }
                SiteFinding::MissingImage { key, file, folders, found: count, other: None } => {
                    report_missing_image(front, (key, file, folders, *count), found);
                }
            }
        }
    }
}

fn kind_of(remark: &SiteFinding) -> SiteFindingKind {
    match remark {
        SiteFinding::NearDuplicateTerm { .. } => SiteFindingKind::Spelling,
        SiteFinding::MisspelledField { .. } => SiteFindingKind::Key,
        SiteFinding::UrlCollision { own: true, .. } => SiteFindingKind::Address,
        SiteFinding::UrlCollision { .. } => SiteFindingKind::Alias,
        SiteFinding::DuplicateValue { .. } => SiteFindingKind::Repeated,
        SiteFinding::UnknownAuthor { .. } => SiteFindingKind::Author,
        SiteFinding::ImageOutsideProject { .. } | SiteFinding::MissingImage { .. } => SiteFindingKind::Picture,
    }
}

fn report_spelling(cx: &Context, front: &FrontMatter, remark: &SiteFinding, found: &mut Findings) {
    let SiteFinding::NearDuplicateTerm { field, text, count, better, better_count, example } = remark else { return };
    // A field with a vocabulary is checked by `unknown-tag`.
    let has_vocabulary = |name: &str| {
        let shape = cx.content.field(name).map(|field| &field.constraints);
        shape.is_some_and(|shape| {
            shape.vocabulary.is_some() || shape.items.as_ref().is_some_and(|i| i.vocabulary.is_some())
        })
    };
    if has_vocabulary(field) {
        return;
    }
    let Some((span, value)) = find_term(cx, field, text) else { return };
    let message = if similarity::is_canonically_equal(text, better) {
        format!("`{better}` uses different Unicode characters than on other pages")
    } else {
        format!("inconsistent spelling: `{}` here, `{better}` on other pages", fields::truncate(text))
    };
    let pages = |count: usize| if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
    let finding = found.at(span, message);
    finding.help(if better_count == count {
        format!("use one spelling everywhere; `{}` uses `{better}`", display_path(example))
    } else {
        format!(
            "use `{better}`: it is on {}, this spelling on {count}; for example `{}`",
            pages(*better_count),
            display_path(example)
        )
    });
    if let Some(edit) = value.and_then(|value| rewrite::replace_scalar(value, front.format, better)) {
        finding.unsafe_fix(format!("Replace with `{better}`"), vec![edit]);
    }
}

/// The span of a term; and the value, if the term is all of it.
fn find_term<'a>(cx: &Context<'a>, field: &str, text: &str) -> Option<(Span, Option<Value<'a>>)> {
    let singular = match field {
        "tags" => "tag",
        "categories" => "category",
        other => other,
    };
    [field, singular].into_iter().filter_map(|name| fields::find(cx, name)).find_map(|entry| {
        let value = entry.value;
        let is_it = |value: &Value<'_>| value.text().is_some_and(|own| own.trim() == text);
        if let Some(items) = value.items() {
            return items.into_iter().find(is_it).map(|item| (item.span(), Some(item)));
        }
        if is_it(&value) {
            return Some((value.span(), Some(value)));
        }
        let at = cx.doc.slice(value.span()).find(text)?;
        Some((Span::new(value.span().start + at, value.span().start + at + text.len()), None))
    })
}

fn report_misspelled_field(
    front: &FrontMatter,
    key: &str,
    suggestion: &str,
    count: usize,
    cx: &Context,
    found: &mut Findings,
) {
    let Some(entry) = fields::entry(front, key) else { return };
    let is_miscased = key.eq_ignore_ascii_case(suggestion) && cx.profile.knows(suggestion);
    // Declared fields aren't typos, missing ones are reported by their own rules, and wrong case by `miscased-field`.
    if is_miscased
        || cx.content.closed
        || is_parameter(cx, key)
        || cx.content.field(key).is_some()
        || cx.content.field(suggestion).is_some_and(|field| field.required)
        || fields::required_by_generator(cx).any(|required| required.field == suggestion)
    {
        return;
    }
    let finding =
        found.at(entry.key.span(), format!("unknown field `{}`; did you mean `{suggestion}`?", fields::truncate(key)));
    finding.help(match count {
        0 if !cx.profile.is_known() => format!("rename it to `{suggestion}`"),
        0 => format!("rename it to `{suggestion}`, a field of {} that this page doesn't have", cx.profile.name),
        1 => format!("rename it to `{suggestion}`; 1 other page has that field"),
        _ => format!("rename it to `{suggestion}`; {count} other pages have that field"),
    });
    if let Some(edit) = rewrite::replace_scalar(entry.key, front.format, suggestion) {
        finding.unsafe_fix(format!("Rename to `{suggestion}`"), vec![edit]);
    }
}

/// Whether a field is one that the page's own templates use: `{{% param _issue %}}`.
fn is_parameter(cx: &Context, key: &str) -> bool {
    let is_word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').any(|word| word == key);
    key.starts_with('_') || cx.doc.body.directives.iter().any(|mark| is_word(cx.doc.slice(mark.span)))
}

fn report_url(cx: &Context, remark: &SiteFinding, found: &mut Findings) {
    let SiteFinding::UrlCollision { key, address, own, other, line } = remark else { return };
    let Some(entry) = fields::find(cx, key) else { return };
    let is_it = |value: &Value<'_>| value.text().is_some_and(|text| text.contains(&**address));
    let item = entry.value.items().and_then(|mut items| items.find(is_it));
    let span = item.map_or(entry.value_or_key_span(), Value::span);
    let (displayed, place) = (fields::truncate(address), format!("{}:{line}", display_path(other)));
    let explanation = &cx.profile.urls.explanation;
    if !own && *other == cx.doc.source.path() {
        found
            .at(span, format!("alias `{displayed}` is this page's own URL"))
            .help("remove it: the page would redirect to itself");
    } else if *own {
        found
            .at(span, format!("duplicate URL `{displayed}`, also used by another page"))
            .help(format!("change one of them, the other is in {place}; {explanation}"));
    } else {
        found
            .at(span, format!("alias `{displayed}` is already used by another page"))
            .help(format!("remove one of them, the other is in {place}; {explanation}"));
    }
}

fn report_repeated_value(
    cx: &Context,
    (field, value): (&str, &str),
    (other, line): (&Path, usize),
    found: &mut Findings,
) {
    let Some(entry) = fields::find(cx, field) else { return };
    let is_it = |item: &Value<'_>| item.text().is_some_and(|text| text.trim() == value);
    let item = entry.value.items().and_then(|mut items| items.find(is_it));
    let span = item.map_or(entry.value_or_key_span(), Value::span);
    let place = format!("{}:{line}", display_path(other));
    found
        .at(span, format!("duplicate `{}`: another page has the same `{field}`", fields::truncate(value)))
        .help(format!("change one of them, the other is in {place}"));
}

fn report_unknown_author(
    cx: &Context,
    front: &FrontMatter,
    (name, suggestion, file): (&str, Option<&str>, &str),
    found: &mut Findings,
) {
    let profile = cx.profile;
    // A field with a vocabulary is checked by `unknown-tag`.
    let keys = profile
        .authors
        .fields
        .iter()
        .filter(|key| cx.content.field(key).is_none_or(|f| f.constraints.vocabulary.is_none()));
    for entry in keys.filter_map(|key| fields::find(cx, key)) {
        let is_it = |value: &Value<'_>| value.text().is_some_and(|text| text.trim() == name);
        let value = Some(entry.value).filter(is_it).or_else(|| entry.value.items()?.find(is_it));
        let Some(value) = value else { continue };
        let message = format!("unknown author `{}`", fields::truncate(name));
        match suggestion {
            Some(suggestion) => {
                let finding = found.at(value.span(), format!("{message}; did you mean `{suggestion}`?"));
                finding.help(format!("use an author from `{file}`"));
                if let Some(edit) = rewrite::replace_scalar(value, front.format, suggestion) {
                    finding.unsafe_fix(format!("Replace with `{suggestion}`"), vec![edit]);
                }
            }
            None => {
                found
                    .at(value.span(), format!("{message}: not in `{file}`"))
                    .help(format!("add the author to `{file}`: {}", profile.authors.explanation));
            }
        }
        return;
    }
}

fn report_missing_image(
    front: &FrontMatter,
    (key, file, folders, count): (&str, &str, &[Box<str>], usize),
    found: &mut Findings,
) {
    let Some(entry) = fields::entry(front, key) else { return };
    let place = |folder: &str| match folder {
        "" => "the site root".to_owned(),
        "." => "the folder of the page".to_owned(),
        folder => format!("`{folder}`"),
    };
    let folders: Vec<String> = folders.iter().map(|folder| place(folder)).collect();
    found
        .at(entry.value_or_key_span(), format!("file `{}` does not exist", fields::truncate(file)))
        .help(format!("looked in {}, where `{key}` of {count} other pages points", folders.join(" and ")));
}
