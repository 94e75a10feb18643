//! A value that isn't in its field's vocabulary.

use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::fields::FieldValue;
use crate::checks::support::rewrite;
use crate::content::Vocabulary;
use crate::diagnostic::FixEffect;
use crate::document::front_matter::FrontMatter;
use crate::text::similarity;

/// The maximum number of values in a help.
const MAX_SHOWN: usize = 8;

/// What a value that isn't in the vocabulary was most likely intended to be.
enum Suggestion<'a> {
    /// The value of which it is an alias.
    Alias(&'a str),
    /// A value that differs in case, spaces, hyphens or Unicode normalization.
    Variant(&'a str),
    /// A value that differs by an ending or a typo.
    Guess(&'a str),
    /// None.
    Nothing,
}

/// The vocabulary of a value: its own, or that of the items if a single item may replace the list.
pub(crate) fn for_value<'a>(field_value: &FieldValue<'a>) -> Option<&'a Vocabulary> {
    let shape = field_value.shape;
    let of_items = || shape.items.as_deref().filter(|_| shape.accepts(field_value.value))?.vocabulary.as_ref();
    field_value.value.text().and_then(|_| shape.vocabulary.as_ref().or_else(of_items))
}

/// Whether the vocabulary is a taxonomy, such as tags, rather than the states of a setting.
pub(crate) fn is_taxonomy(field_value: &FieldValue<'_>, terms: &Vocabulary) -> bool {
    let is_list = field_value.shape.items.is_some() && field_value.shape.vocabulary.is_none();
    field_value.is_item || is_list || !terms.aliases.is_empty()
}

/// Reports a value that isn't in the vocabulary. A value of the wrong type is left to `wrong-type`.
pub(crate) fn report_unknown_value(
    field_value: &FieldValue<'_>,
    vocabulary: &Vocabulary,
    front: &FrontMatter,
    found: &mut Findings,
) {
    let Some(text) = field_value.value.text().filter(|_| field_value.shape.accepts(field_value.value)) else {
        return;
    };
    if fields::is_empty_value(field_value.value) || vocabulary.terms.iter().any(|term| term == text) {
        return;
    }
    let name = &field_value.field.name;
    let suggestion = suggest(text, vocabulary);
    let (message, help) = match suggestion {
        Suggestion::Variant(term) if similarity::is_canonically_equal(text, term) => (
            format!("`{term}` uses different Unicode characters than the allowed value"),
            "retype it; text copied from macOS may be decomposed into base letters and accents or into Hangul jamo"
                .to_owned(),
        ),
        Suggestion::Alias(term) | Suggestion::Variant(term) => {
            (format!("{}; use `{term}`", unknown_value_message(text, name)), String::new())
        }
        Suggestion::Guess(term) => {
            (format!("{}; did you mean `{term}`?", unknown_value_message(text, name)), String::new())
        }
        Suggestion::Nothing => match split_values(text, vocabulary) {
            Some(parts) => (
                unknown_value_message(text, name),
                format!("split it into {} items: {parts}", parts.split(", ").count()),
            ),
            None => (unknown_value_message(text, name), allowed_values(vocabulary)),
        },
    };
    let finding = found.at(field_value.span(), message);
    if !help.is_empty() {
        finding.help(help);
    }
    let (Suggestion::Alias(term) | Suggestion::Variant(term) | Suggestion::Guess(term)) = suggestion else {
        return;
    };
    if is_listed(field_value, term) {
        finding.help(format!("remove it: `{term}` is already in the list"));
        let edit = rewrite::remove_item(field_value.entry.value, field_value.value, &front.tree.comments);
        if let Some(edit) = edit {
            finding.unsafe_fix("Remove the item", vec![edit]).fix_effect(FixEffect::Structure);
        }
        return;
    }
    if let Some(edit) = rewrite::replace_scalar(field_value.value, front.format, term) {
        let title = format!("Replace with `{term}`");
        let is_guess = matches!(suggestion, Suggestion::Guess(_));
        if is_guess {
            finding.unsafe_fix(title, vec![edit])
        } else {
            finding.fix(title, vec![edit])
        };
    }
}

/// Whether another item of the list is `term`, or will be: one above that differs in case.
fn is_listed(field_value: &FieldValue<'_>, term: &str) -> bool {
    let span = field_value.value.span();
    let items = || field_value.entry.value.items().into_iter().flatten().take(fields::MAX_ITEMS);
    let is_term = |item: &str, is_above: bool| item == term || is_above && item.eq_ignore_ascii_case(term);
    field_value.is_item
        && items().any(|item| item.span() == span)
        && items()
            .filter(|item| item.span() != span)
            .any(|item| item.text().is_some_and(|text| is_term(text.trim(), item.span() < span)))
}

fn unknown_value_message(text: &str, name: &str) -> String {
    let text = fields::truncate(text);
    match name {
        "tags" | "tag" => format!("unknown tag `{text}`"),
        "categories" | "category" => format!("unknown category `{text}`"),
        "authors" | "author" => format!("unknown author `{text}`"),
        _ => format!("invalid value `{text}` for `{name}`"),
    }
}

fn suggest<'a>(text: &str, vocabulary: &'a Vocabulary) -> Suggestion<'a> {
    if let Some(term) = vocabulary.aliases.get(text) {
        return Suggestion::Alias(term);
    }
    let terms = || vocabulary.terms.iter().map(String::as_str);
    let folded = similarity::normalize(text);
    let nearest = similarity::nearest(text, terms());
    if let Some(term) = nearest.filter(|term| similarity::normalize(term) == folded) {
        return Suggestion::Variant(term);
    }
    if let Some((_, term)) = vocabulary.aliases.iter().find(|(alias, _)| similarity::normalize(alias) == folded) {
        return Suggestion::Alias(term);
    }
    let singular = similarity::normalize_plural(text);
    if let Some(term) = terms().find(|term| similarity::normalize_plural(term) == singular) {
        return Suggestion::Guess(term);
    }
    let by_alias = || vocabulary.aliases.get(similarity::nearest(text, vocabulary.aliases.keys().map(String::as_str))?);
    nearest.or_else(|| by_alias().map(String::as_str)).map_or(Suggestion::Nothing, Suggestion::Guess)
}

/// The values in `text`, quoted, if it is several of them separated by commas.
fn split_values(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known =
        |part: &&str| vocabulary.terms.iter().any(|term| term == part) || vocabulary.aliases.contains_key(*part);
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let quoted = || parts.iter().map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", ");
    (parts.len() > 1 && parts.iter().all(known)).then(quoted)
}

/// ``use `a`, `b` or … (from `_data/tags.yml`)``
fn allowed_values(vocabulary: &Vocabulary) -> String {
    let from = vocabulary.origin.as_ref().map(|origin| format!(" (from `{origin}`)")).unwrap_or_default();
    let quoted: Vec<String> = vocabulary.terms.iter().take(MAX_SHOWN).map(|term| format!("`{term}`")).collect();
    let more = vocabulary.terms.len() - quoted.len();
    match (quoted.split_last(), more) {
        (None, _) => format!("no values are allowed{from}"),
        (Some((only, [])), 0) => format!("use {only}{from}"),
        (Some((last, others)), 0) => format!("use {} or {last}{from}", others.join(", ")),
        _ => format!("use one of {} or {more} others{from}", quoted.join(", ")),
    }
}
