//! Tags that the generator interprets as other tags: because of commas, as duplicates, as numbers.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::front_matter::schema_mismatch::violations;
use crate::checks::support::{fields, rewrite};
use crate::data::node::{Entry, ScalarStyle, ScalarType};
use crate::diagnostic::{Edit, FixEffect};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::{StringTagsBehavior, Taxonomy};
use crate::source::Span;
use crate::text::similarity;
use serde::Deserialize;
use std::collections::HashMap;

/// Options: the problem that the rule reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tags {
    find: TagProblem,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum TagProblem {
    /// A string instead of a list, which the generator splits in its own way.
    Text,
    /// Several tags in one item of a list.
    Comma,
    /// A duplicate tag.
    Duplicate,
    /// A number, a date or a boolean among the tags.
    Number,
}

impl Check for Tags {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for (entry, terms) in taxonomies(cx) {
            match (self.find, terms) {
                (TagProblem::Text, Some(terms)) => report_string(cx, front, &entry, terms, found),
                (TagProblem::Text, None) => {}
                (TagProblem::Comma, _) => report_commas(cx, &entry, front, found),
                (TagProblem::Duplicate, _) => report_duplicates(cx, &entry, front, found),
                (TagProblem::Number, terms) => report_numbers(cx, &entry, terms, found),
            }
        }
    }
}

/// The page's taxonomies: the generator's, or `tags` and `categories` if none is known.
pub(super) fn taxonomies<'a>(cx: &Context<'a>) -> Vec<(Entry<'a>, Option<&'a Taxonomy>)> {
    let profile = cx.profile;
    let own = profile.taxonomies.iter().filter_map(|terms| Some((fields::find(cx, &terms.field)?, Some(terms))));
    let general = ["tags", "categories"].into_iter().filter(|_| profile.taxonomies.is_empty());
    own.chain(general.filter_map(|name| Some((fields::find(cx, name)?, None)))).collect()
}

fn report_string(cx: &Context, front: &FrontMatter, entry: &Entry<'_>, terms: &Taxonomy, found: &mut Findings) {
    if terms.flow_list_is_string && entry.value.is_flow() {
        return report_bracketed_list(cx, entry, terms, found);
    }
    let Some(scalar) = entry.value.scalar().filter(|scalar| scalar.kind == ScalarType::String) else { return };
    let text = scalar.value.trim();
    // A field with a declared type is checked by `wrong-type`.
    if text.is_empty() || cx.content.field(&terms.field).is_some_and(|field| !field.constraints.accepts(entry.value)) {
        return;
    }
    // `alpha; beta`, but not `&amp;`.
    let is_mark = |c: char| matches!(c, ',' | '，' | '、') || c == ';' && !text.contains('&') && text.contains("; ");
    let parts: Vec<&str> = text.split(is_mark).map(str::trim).filter(|part| !part.is_empty()).collect();
    let (name, word) = (&cx.profile.name, singular(&terms.field));
    let interpreted_as: Vec<&str> = match terms.string {
        // `spring JPA,Querydsl test` is split on its spaces on purpose.
        StringTagsBehavior::SplitOnSpaces if text.contains(' ') && text.contains(',') && !text.contains(", ") => return,
        StringTagsBehavior::SplitOnSpaces if parts.len() > 1 => text.split_whitespace().collect(),
        StringTagsBehavior::SplitOnCommas if text.contains(", ") => text.split(',').collect(),
        StringTagsBehavior::SplitOnCommas if text.contains(['，', '、']) => text.split(',').collect(),
        StringTagsBehavior::SplitOnCommas if parts.len() > 1 && !text.contains(',') => vec![text],
        StringTagsBehavior::SingleTerm if parts.len() > 1 || text.contains(',') => vec![text],
        StringTagsBehavior::Rejected => Vec::new(),
        _ => return,
    };
    let list = format!(
        "[{}]",
        parts.iter().map(|part| rewrite::format_string(part, front.format)).collect::<Vec<_>>().join(", ")
    );
    let finding = match terms.string {
        StringTagsBehavior::Rejected => {
            let finding = found.at(entry.value.span(), format!("{name} requires a list here, not a string"));
            finding.help(format!("use a list: `{list}`"));
            finding
        }
        _ => {
            let finding = found.at(entry.value.span(), "comma-separated string instead of a list".to_owned());
            let words = describe_words(&interpreted_as, word);
            finding.help(format!("use a list: `{list}`; {name} parses the string as {words}"));
            finding
        }
    };
    // Over several lines it may be a list whose first line isn't an item.
    let is_clear = !cx.doc.slice(entry.value.span()).contains('\n') && parts.iter().all(|part| !part.contains('"'));
    if let Some(edit) = rewrite::replace(entry.value, &list).filter(|_| is_clear) {
        finding.unsafe_fix("Convert to a list", vec![edit]).fix_effect(FixEffect::Type);
    }
}

/// Reports a list in brackets if the generator interprets the whole line as a string.
fn report_bracketed_list(cx: &Context, entry: &Entry<'_>, terms: &Taxonomy, found: &mut Findings) {
    let written = cx.doc.slice(entry.value.span());
    let interpreted_as: Vec<&str> = written.split(',').map(str::trim).collect();
    let words: Vec<&str> = entry.value.items().into_iter().flatten().filter_map(|item| item.text()).collect();
    let list = words.join(", ");
    let finding = found.at(entry.value.span(), format!("{} doesn't support lists in brackets", cx.profile.name));
    finding.help(format!(
        "write `{list}`; the brackets become part of {}",
        describe_words(&interpreted_as, singular(&terms.field))
    ));
    if words.iter().all(|word| !word.contains(',')) {
        finding
            .unsafe_fix("Remove the brackets", vec![Edit::replace(entry.value.span(), list)])
            .fix_effect(FixEffect::Type);
    }
}

/// ``two tags, `a` and `b` ``
fn describe_words(words: &[&str], word: &str) -> String {
    let words_plural = plural(word);
    match words.len() {
        1 => format!("one {word}, {}", quoted(words)),
        2 => format!("two {words_plural}, {}", quoted(words)),
        count => format!("{count} {words_plural}, {}", quoted(words)),
    }
}

/// `` `a` and `b` ``; at most four words.
fn quoted(words: &[&str]) -> String {
    let shown: Vec<String> = words.iter().take(4).map(|word| format!("`{}`", truncate_keeping_space(word))).collect();
    match shown.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) if shown.len() == words.len() => format!("{} and {last}", others.join(", ")),
        _ => format!("{}, …", shown.join(", ")),
    }
}

/// Like [`fields::truncate`], but keeps a space at the start, which is the problem.
fn truncate_keeping_space(text: &str) -> String {
    let spaces = text.len() - text.trim_start().len();
    format!("{}{}", &text[..spaces.min(1)], fields::truncate(text))
}

fn singular(field: &str) -> &'static str {
    if field.ends_with("categories") { "category" } else { "tag" }
}

fn plural(word: &str) -> &'static str {
    if word == "category" { "categories" } else { "tags" }
}

/// How many words a tag doesn't have.
const MIN_SENTENCE_WORDS: usize = 5;

fn report_commas(cx: &Context, entry: &Entry<'_>, front: &FrontMatter, found: &mut Findings) {
    let Some(items) = entry.value.items() else { return };
    let word = singular(entry.key.text().unwrap_or_default());
    for item in items.take(fields::MAX_ITEMS) {
        let Some(text) = item.text().filter(|text| text.contains([',', '，', '、'])) else { continue };
        let parts: Vec<&str> = text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).collect();
        // A number with a comma is one tag, and so are text with brackets and `Gary, Indiana`.
        let is_number = parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        let is_name = parts.len() == 2 && parts.iter().all(|part| part.starts_with(|c: char| c.is_uppercase()));
        // `This error originates from a subprocess, and is no problem`
        let is_sentence = parts.iter().any(|part| part.split_whitespace().count() >= MIN_SENTENCE_WORDS);
        // Some tag each post with its title, too.
        let is_title = cx.doc.field("title").and_then(|title| title.text()) == Some(text);
        if parts.len() < 2 || is_number || is_name || is_sentence || is_title || text.contains(['(', '{', '[']) {
            continue;
        }
        let words: Vec<String> = parts.iter().map(|part| rewrite::format_string(part, front.format)).collect();
        let finding = found.at(item.span(), format!("several {} in one list item", plural(word)));
        finding.help(format!("split it into {} items: {}", words.len(), quoted(&parts)));
        if entry.value.is_flow()
            && let Some(edit) = rewrite::replace(item, words.join(", "))
        {
            finding.unsafe_fix("Split into separate items", vec![edit]).fix_effect(FixEffect::Structure);
        }
    }
}

fn report_duplicates(cx: &Context, entry: &Entry<'_>, front: &FrontMatter, found: &mut Findings) {
    let Some(items) = entry.value.items() else { return };
    let mut seen: HashMap<String, (Span, &str)> = HashMap::new();
    let word = singular(entry.key.text().unwrap_or_default());
    for item in items.take(fields::MAX_ITEMS) {
        let Some(text) = item.text().map(str::trim).filter(|text| !text.is_empty()) else { continue };
        let folded = if text.is_ascii() { text.to_ascii_lowercase() } else { similarity::normalize(text) };
        if let Some((first, as_written)) = seen.get(&folded) {
            // `SO(3)` and `so(3)` are two symbols.
            let is_symbol = *as_written != text && text.contains('(');
            if is_symbol || violations::reports_at(cx, item.span()) {
                continue;
            }
            let message = if *as_written == text {
                format!("duplicate {word} `{}`", fields::truncate(text))
            } else {
                format!(
                    "duplicate {word} `{}`, already listed as `{}`",
                    fields::truncate(text),
                    fields::truncate(as_written)
                )
            };
            let finding = found.at(item.span(), message);
            finding.label(*first, "first used here").help("remove one of them");
            if let Some(edit) = rewrite::remove_item(entry.value, item, &front.tree.comments) {
                finding.unsafe_fix("Remove the item", vec![edit]).fix_effect(FixEffect::Structure);
            }
        } else {
            seen.insert(folded, (item.span(), text));
        }
    }
}

fn report_numbers(cx: &Context, entry: &Entry<'_>, terms: Option<&Taxonomy>, found: &mut Findings) {
    let profile = cx.profile;
    let explanation = terms.and_then(|terms| terms.number.as_deref());
    if explanation.is_none() && !profile.strict_types {
        return;
    }
    let Some(items) = entry.value.items() else { return };
    for item in items.take(fields::MAX_ITEMS) {
        let Some(scalar) = item.scalar().filter(|scalar| scalar.style == ScalarStyle::Plain) else { continue };
        let what = match scalar.kind {
            ScalarType::Int | ScalarType::Float => "a number",
            ScalarType::Bool => "a boolean",
            ScalarType::Date | ScalarType::DateTime => "a date",
            ScalarType::Null | ScalarType::String => continue,
        };
        let quoted = rewrite::quoted(&scalar.value);
        let finding = found.at(item.span(), format!("`{}` is {what}, not a string", fields::truncate(&scalar.value)));
        match explanation {
            Some(explanation) => {
                finding.help(format!("add a word to it: {explanation}"));
            }
            None => {
                finding.help(format!("quote it, as in `{quoted}`; {} requires strings here", profile.name));
                if let Some(edit) = rewrite::replace(item, &quoted) {
                    finding.unsafe_fix("Quote the value", vec![edit]).fix_effect(FixEffect::Type);
                }
            }
        }
    }
}
