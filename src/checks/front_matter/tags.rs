//! Tags that become other tags than the writer meant: by commas, by repetition, as numbers.

use crate::checks::front_matter::schema_mismatch;
use crate::checks::support::{fields, rewrite};
use crate::checks::{Check, Context, Found};
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::diagnostic::Edit;
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{StringTagsBehavior, Taxonomy};
use crate::source::Span;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::HashMap;

/// Options: what to look for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    find: Find,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum Find {
    /// A text for a list, which the generator takes apart in its own way.
    Text,
    /// Several words in one item of a list.
    Comma,
    /// A word twice.
    Duplicate,
    /// A number, a date or a boolean among the words.
    Number,
}

impl Check for Tags {
    fn check(&self, cx: &Context, found: &mut Found) {
        let Some(front) = &cx.doc.front_matter else { return };
        for (entry, terms) in taxonomies(cx) {
            match (self.find, terms) {
                (Find::Text, Some(terms)) => text(cx, front, &entry, terms, found),
                (Find::Text, None) => {}
                (Find::Comma, _) => comma(&entry, front, found),
                (Find::Duplicate, _) => duplicate(cx, &entry, found),
                (Find::Number, terms) => number(cx, &entry, terms, found),
            }
        }
    }
}

/// The page's taxonomies: the generator's, or `tags` and `categories` where none is known.
pub(crate) fn taxonomies<'a>(cx: &Context<'a>) -> Vec<(Entry<'a>, Option<&'a Taxonomy>)> {
    let profile = cx.site.profile();
    let own = profile.taxonomies.iter().filter_map(|terms| Some((fields::find(cx, &terms.field)?, Some(terms))));
    let general = ["tags", "categories"].into_iter().filter(|_| profile.taxonomies.is_empty());
    own.chain(general.filter_map(|name| Some((fields::find(cx, name)?, None)))).collect()
}

fn text(cx: &Context, front: &FrontMatter, entry: &Entry<'_>, terms: &Taxonomy, found: &mut Found) {
    if terms.flow_list_is_string && entry.value.is_flow() {
        return bracketed(cx, entry, terms, found);
    }
    let Some(scalar) = entry.value.scalar().filter(|scalar| scalar.kind == ScalarType::String) else { return };
    let text = scalar.value.trim();
    // What the config says of the field is told by `wrong-type`.
    if text.is_empty() || cx.content.field(&terms.field).is_some_and(|field| !field.constraints.accepts(entry.value)) {
        return;
    }
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let (name, word) = (&cx.site.profile().name, one_of(&terms.field));
    let read_as: Vec<&str> = match terms.string {
        StringTagsBehavior::SplitOnSpaces if text.contains(',') => text.split_whitespace().collect(),
        StringTagsBehavior::SplitOnCommas if text.contains(", ") => text.split(',').collect(),
        StringTagsBehavior::SingleTerm if text.contains(',') => vec![text],
        StringTagsBehavior::Rejected => Vec::new(),
        _ => return,
    };
    let list =
        format!("[{}]", parts.iter().map(|part| rewrite::word(part, front.format)).collect::<Vec<_>>().join(", "));
    let finding = match terms.string {
        StringTagsBehavior::Rejected => {
            let finding = found.at(entry.value.span(), format!("{name} takes a list here, not a text"));
            finding.help(format!("write `{list}`"));
            finding
        }
        _ => {
            let finding = found.at(entry.value.span(), "a text with commas where a list belongs".to_owned());
            finding.help(format!("write `{list}`: {name} will read this as {}", count_of(&read_as, word)));
            finding
        }
    };
    if let Some(edit) = rewrite::replace(entry.value, &list).filter(|_| parts.iter().all(|part| !part.contains('"'))) {
        finding.fix("write a list", vec![edit]);
    }
}

/// A list in brackets, where the generator takes the whole line for a text.
fn bracketed(cx: &Context, entry: &Entry<'_>, terms: &Taxonomy, found: &mut Found) {
    let written = cx.doc.slice(entry.value.span());
    let read_as: Vec<&str> = written.split(',').map(str::trim).collect();
    let words: Vec<&str> = entry.value.items().into_iter().flatten().filter_map(|item| item.text()).collect();
    let list = words.join(", ");
    let finding = found.at(entry.value.span(), format!("{} knows no lists in brackets", cx.site.profile().name));
    finding.help(format!("write `{list}`: it will read this as {}", count_of(&read_as, one_of(&terms.field))));
    if words.iter().all(|word| !word.contains(',')) {
        finding.fix("write the words with commas between", vec![Edit::replace(entry.value.span(), list)]);
    }
}

/// ``two tags, `a` and `b` ``
fn count_of(words: &[&str], word: &str) -> String {
    let many = many_of(word);
    match words.len() {
        1 => format!("one {word}, {}", quoted(words)),
        2 => format!("two {many}, {}", quoted(words)),
        count => format!("{count} {many}, {}", quoted(words)),
    }
}

/// `` `a` and `b` ``, at most four.
fn quoted(words: &[&str]) -> String {
    let shown: Vec<String> = words.iter().take(4).map(|word| format!("`{}`", fields_crop(word))).collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) if shown.len() == words.len() => format!("{} and {last}", others.join(", ")),
        _ => format!("{} and so on", shown.join(", ")),
    }
}

/// As [`fields::crop`], but blanks at the start stay: they are the point.
fn fields_crop(text: &str) -> String {
    let blanks = text.len() - text.trim_start().len();
    format!("{}{}", &text[..blanks.min(1)], fields::crop(text))
}

fn one_of(field: &str) -> &'static str {
    if field.ends_with("categories") { "category" } else { "tag" }
}

fn many_of(word: &str) -> &'static str {
    if word == "category" { "categories" } else { "tags" }
}

fn comma(entry: &Entry<'_>, front: &FrontMatter, found: &mut Found) {
    let Some(items) = entry.value.items() else { return };
    for item in items.take(fields::MOST) {
        let Some(text) = item.text().filter(|text| text.contains(',')) else { continue };
        let parts: Vec<&str> = text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()).collect();
        // A number with a comma is one, and so is what goes on in brackets.
        let is_number = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        if parts.len() < 2 || is_number || text.contains(['(', '{', '[']) {
            continue;
        }
        let words: Vec<String> = parts.iter().map(|part| rewrite::word(part, front.format)).collect();
        let finding = found.at(item.span(), "one item holds several words with commas between");
        finding.help(format!("write them as {} items: {}", words.len(), quoted(&parts)));
        if entry.value.is_flow()
            && let Some(edit) = rewrite::replace(item, words.join(", "))
        {
            finding.unsafe_fix("write them as items of their own", vec![edit]);
        }
    }
}

fn duplicate(cx: &Context, entry: &Entry<'_>, found: &mut Found) {
    let Some(items) = entry.value.items() else { return };
    let mut seen: HashMap<String, (Span, &str)> = HashMap::new();
    for item in items.take(fields::MOST) {
        let Some(text) = item.text().map(str::trim).filter(|text| !text.is_empty()) else { continue };
        let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { similarity::normalize(text) };
        if let Some((first, as_written)) = seen.get(&folded) {
            if schema_mismatch::tells_of(cx, item.span()) {
                continue;
            }
            let message = if *as_written == text {
                format!("`{}` is there twice", fields::crop(text))
            } else {
                format!("`{}` is there already, as `{}`", fields::crop(text), fields::crop(as_written))
            };
            found.at(item.span(), message).label(*first, "first here").help("take one of them out");
        } else {
            seen.insert(folded, (item.span(), text));
        }
    }
}

fn number(cx: &Context, entry: &Entry<'_>, terms: Option<&Taxonomy>, found: &mut Found) {
    let profile = cx.site.profile();
    let says = terms.and_then(|terms| terms.number.as_deref());
    if says.is_none() && !profile.strict_types {
        return;
    }
    let Some(items) = entry.value.items() else { return };
    for item in items.take(fields::MOST) {
        let Some(scalar) = item.scalar().filter(|scalar| scalar.style == ScalarStyle::Plain) else { continue };
        let what = match scalar.kind {
            ScalarType::Int | ScalarType::Float => "a number",
            ScalarType::Bool => "true or false",
            ScalarType::Date | ScalarType::DateTime => "a date",
            ScalarType::Null | ScalarType::String => continue,
        };
        let quoted = rewrite::quoted(&scalar.value);
        let finding = found.at(item.span(), format!("`{}` is {what}, not a text", fields::crop(&scalar.value)));
        match says {
            Some(says) => {
                finding.help(format!("add a word to it: {says}"));
            }
            None => {
                finding.help(format!("put it in quotes, `{quoted}`: {} asks for texts here", profile.name));
                if let Some(edit) = rewrite::replace(item, &quoted) {
                    finding.fix("put it in quotes", vec![edit]);
                }
            }
        }
    }
}
