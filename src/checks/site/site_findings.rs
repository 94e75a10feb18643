//! What stands out only beside the site's other pages: spellings, slips of keys, addresses, authors, pictures.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, rewrite};
use crate::data::node::Value;
use crate::document::front_matter::FrontMatter;
use crate::site::Remark;
use crate::source::{Span, display_path};
use crate::text::words;
use serde::Deserialize;
use std::path::Path;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SiteFindings {
    find: SiteFindingKind,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum SiteFindingKind {
    /// A word of a taxonomy that most pages write in another way.
    Spelling,
    /// A key that is another one's slip.
    Key,
    /// An address that another page has.
    Address,
    /// A further address that another page has.
    Alias,
    /// A value that another page has, where each has its own.
    Repeated,
    /// An author whom the list doesn't have.
    Author,
    /// A picture that isn't where the others are.
    Picture,
}

impl Check for SiteFindings {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        let remarks = cx.site.remarks(cx.doc.source.path());
        for remark in remarks.iter().filter(|remark| kind_of(remark) == self.find) {
            match remark {
                Remark::Spelling { .. } => report_spelling(cx, front, remark, found),
                Remark::Key { key, meant, count } => report_misspelled_field(front, key, meant, *count, cx, found),
                Remark::Address { .. } => report_url(cx, remark, found),
                Remark::Repeated { field, value, other, line } => {
                    report_repeated_value(cx, (field, value), (other, *line), found)
                }
                Remark::Author { name, meant, file } => {
                    report_unknown_author(cx, front, (name, meant.as_deref(), file), found)
                }
                Remark::Picture { key, file, other: Some(other), .. } => {
                    let Some(entry) = fields::entry(front, key) else { continue };
                    fields::report_case_mismatch(cx, entry.value, file, other, found);
                }
                Remark::Picture { key, file, folders, found: count, other: None } => {
                    report_missing_image(front, (key, file, folders, *count), found);
                }
            }
        }
    }
}

fn kind_of(remark: &Remark) -> SiteFindingKind {
    match remark {
        Remark::Spelling { .. } => SiteFindingKind::Spelling,
        Remark::Key { .. } => SiteFindingKind::Key,
        Remark::Address { own: true, .. } => SiteFindingKind::Address,
        Remark::Address { .. } => SiteFindingKind::Alias,
        Remark::Repeated { .. } => SiteFindingKind::Repeated,
        Remark::Author { .. } => SiteFindingKind::Author,
        Remark::Picture { .. } => SiteFindingKind::Picture,
    }
}

fn report_spelling(cx: &Context, front: &FrontMatter, remark: &Remark, found: &mut Findings) {
    let Remark::Spelling { field, text, count, better, better_count, example } = remark else { return };
    // Where the config has the agreed spellings, `unknown-tag` speaks.
    let has_vocabulary = |name: &str| {
        let shape = cx.content.field(name).map(|field| &field.shape);
        shape.is_some_and(|shape| {
            shape.vocabulary.is_some() || shape.items.as_ref().is_some_and(|i| i.vocabulary.is_some())
        })
    };
    if has_vocabulary(field) {
        return;
    }
    let Some((span, value)) = find_term(cx, field, text) else { return };
    let message = if words::looks_same(text, better) {
        format!("`{better}` is made of other characters than on other pages")
    } else {
        format!("`{}` and `{better}` are two to the site", fields::truncate(text))
    };
    let than =
        if better_count == count { "also".to_owned() } else { format!("{better_count} pages, this one is on {count}") };
    let finding = found.at(span, message);
    finding.help(if better_count == count {
        format!("write one of them everywhere: `{}` has `{better}`", display_path(example))
    } else {
        format!("write `{better}`: it is on {than}; one is `{}`", display_path(example))
    });
    if let Some(edit) = value.and_then(|value| rewrite::replace_scalar(value, front.syntax, better)) {
        finding.unsafe_fix(format!("write `{better}`"), vec![edit]);
    }
}

/// Where a word of a taxonomy stands; and the value, where the word is all of it.
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
    meant: &str,
    count: usize,
    cx: &Context,
    found: &mut Findings,
) {
    let Some(entry) = fields::entry(front, key) else { return };
    let is_miscased = key.eq_ignore_ascii_case(meant) && cx.site.profile().knows(meant);
    // What the config knows is no slip, and what it misses is told by its own rules; case by `miscased-field`.
    if is_miscased
        || cx.content.closed
        || cx.content.field(key).is_some()
        || cx.content.field(meant).is_some_and(|field| field.required)
    {
        return;
    }
    let finding = found.at(entry.key.span(), format!("`{}` looks like a slip of `{meant}`", fields::truncate(key)));
    finding.help(match count {
        0 => format!("did you mean `{meant}`? {} reads that, and this page has none", cx.site.profile().name),
        _ => format!("did you mean `{meant}`? {count} other pages have that, and this one has none"),
    });
    if let Some(edit) = rewrite::replace_scalar(entry.key, front.syntax, meant) {
        finding.unsafe_fix(format!("rename it to `{meant}`"), vec![edit]);
    }
}

fn report_url(cx: &Context, remark: &Remark, found: &mut Findings) {
    let Remark::Address { key, address, own, other, line } = remark else { return };
    let Some(entry) = fields::find(cx, key) else { return };
    let is_it = |value: &Value<'_>| value.text().is_some_and(|text| text.contains(&**address));
    let item = entry.value.items().and_then(|mut items| items.find(is_it));
    let span = item.map_or(entry.value_or_key_span(), Value::span);
    let (displayed, place) = (fields::truncate(address), format!("{}:{line}", display_path(other)));
    let explanation = &cx.site.profile().addresses.says;
    if !own && *other == cx.doc.source.path() {
        found.at(span, format!("`{displayed}` is this page's own address")).help("drop it: it would lead to itself");
    } else if *own {
        found
            .at(span, format!("`{displayed}` is the address of another page too"))
            .help(format!("change one of the two: the other is {place}; {explanation}"));
    } else {
        found
            .at(span, format!("another page has `{displayed}` too"))
            .help(format!("drop one of the two: the other is {place}; {explanation}"));
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
        .at(span, format!("`{}` is the `{field}` of another page too", fields::truncate(value)))
        .help(format!("change one of the two: the other is {place}"));
}

fn report_unknown_author(
    cx: &Context,
    front: &FrontMatter,
    (name, meant, file): (&str, Option<&str>, &str),
    found: &mut Findings,
) {
    let profile = cx.site.profile();
    // Where the config has a list of its own, `unknown-tag` speaks.
    let keys =
        profile.authors.fields.iter().filter(|key| cx.content.field(key).is_none_or(|f| f.shape.vocabulary.is_none()));
    for entry in keys.filter_map(|key| fields::find(cx, key)) {
        let is_it = |value: &Value<'_>| value.text().is_some_and(|text| text.trim() == name);
        let value = Some(entry.value).filter(is_it).or_else(|| entry.value.items()?.find(is_it));
        let Some(value) = value else { continue };
        let finding = found.at(value.span(), format!("`{}` is not in `{file}`", fields::truncate(name)));
        match meant {
            Some(meant) => {
                finding.help(format!("did you mean `{meant}`?"));
                if let Some(edit) = rewrite::replace_scalar(value, front.syntax, meant) {
                    finding.unsafe_fix(format!("write `{meant}`"), vec![edit]);
                }
            }
            None => {
                finding.help(format!("add the author to `{file}`: {}", profile.authors.says));
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
        "" => "the site's top".to_owned(),
        "." => "the page's own folder".to_owned(),
        folder => format!("`{folder}`"),
    };
    let folders: Vec<String> = folders.iter().map(|folder| place(folder)).collect();
    found
        .at(entry.value_or_key_span(), format!("there is no file `{}`", fields::truncate(file)))
        .help(format!("looked for it in {}, where the `{key}` of {count} other pages is", folders.join(" and ")));
}
