//! A value that is none of those agreed on: which was meant, and how to write it.

use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::fields::FieldValue;
use crate::checks::support::rewrite;
use crate::content::Vocabulary;
use crate::data::problem::Syntax;
use crate::text::words;

/// How many values a help names before it stops.
const MAX_SHOWN: usize = 8;

/// What a value that isn't in the vocabulary was most likely meant to be, and how sure that is.
enum Suggestion<'a> {
    /// An alias of this value, as the config says.
    Alias(&'a str),
    /// This value but for letter case, blanks, hyphens or Unicode's normal form.
    Variant(&'a str),
    /// This value but for an ending or a slip of the finger.
    Guess(&'a str),
    /// Nothing near.
    Nothing,
}

/// The vocabulary a value is held against: its own, or that of the items where one item may stand without its list.
pub(crate) fn for_value<'a>(field_value: &FieldValue<'a>) -> Option<&'a Vocabulary> {
    let shape = field_value.shape;
    let of_items = || shape.items.as_deref().filter(|_| shape.accepts(field_value.value))?.vocabulary.as_ref();
    field_value.value.text().and_then(|_| shape.vocabulary.as_ref().or_else(of_items))
}

/// Whether a value out of these is one of many that people pick, such as tags, as opposed to a setting with a few
/// states.
pub(crate) fn is_taxonomy(field_value: &FieldValue<'_>, terms: &Vocabulary) -> bool {
    let is_list = field_value.shape.items.is_some() && field_value.shape.vocabulary.is_none();
    field_value.is_item || is_list || !terms.aliases.is_empty()
}

/// Reports a value that isn't in the vocabulary. One of another type than asked for is left to `wrong-type`.
pub(crate) fn report_unknown_value(
    field_value: &FieldValue<'_>,
    vocabulary: &Vocabulary,
    syntax: Syntax,
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
        Suggestion::Variant(term) if words::looks_same(text, term) => (
            format!("`{term}` is made of other characters than it seems"),
            "type it anew: letters copied from some systems come apart into accents or single Hangul letters"
                .to_owned(),
        ),
        Suggestion::Alias(term) | Suggestion::Variant(term) => {
            (format!("`{}` should be `{term}`", fields::truncate(text)), format!("write `{term}`"))
        }
        Suggestion::Guess(term) => (unknown_value_message(text, name), format!("did you mean `{term}`?")),
        Suggestion::Nothing => match split_values(text, vocabulary) {
            Some(parts) => {
                (unknown_value_message(text, name), format!("write it as {} items: {parts}", parts.split(", ").count()))
            }
            None => (unknown_value_message(text, name), allowed_values(vocabulary)),
        },
    };
    let finding = found.at(field_value.span(), message);
    finding.help(help);
    let (Suggestion::Alias(term) | Suggestion::Variant(term) | Suggestion::Guess(term)) = suggestion else {
        return;
    };
    if let Some(edit) = rewrite::replace_scalar(field_value.value, syntax, term) {
        let title = format!("write `{term}`");
        let is_guess = matches!(suggestion, Suggestion::Guess(_));
        if is_guess {
            finding.unsafe_fix(title, vec![edit])
        } else {
            finding.fix(title, vec![edit])
        };
    }
}

fn unknown_value_message(text: &str, name: &str) -> String {
    format!("`{}` is not one of the values agreed on for `{name}`", fields::truncate(text))
}

fn suggest<'a>(text: &str, vocabulary: &'a Vocabulary) -> Suggestion<'a> {
    if let Some(term) = vocabulary.aliases.get(text) {
        return Suggestion::Alias(term);
    }
    let terms = || vocabulary.terms.iter().map(String::as_str);
    let folded = words::fold(text);
    let nearest = words::nearest(text, terms());
    if let Some(term) = nearest.filter(|term| words::fold(term) == folded) {
        return Suggestion::Variant(term);
    }
    if let Some((_, term)) = vocabulary.aliases.iter().find(|(alias, _)| words::fold(alias) == folded) {
        return Suggestion::Alias(term);
    }
    let singular = words::fold_plural(text);
    if let Some(term) = terms().find(|term| words::fold_plural(term) == singular) {
        return Suggestion::Guess(term);
    }
    let by_alias = || vocabulary.aliases.get(words::nearest(text, vocabulary.aliases.keys().map(String::as_str))?);
    nearest.or_else(|| by_alias().map(String::as_str)).map_or(Suggestion::Nothing, Suggestion::Guess)
}

/// The values in `text`, quoted, if it is several of them with commas between.
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
        (None, _) => format!("there are no values to choose from{from}"),
        (Some((only, [])), 0) => format!("write {only}{from}"),
        (Some((last, others)), 0) => format!("use {} or {last}{from}", others.join(", ")),
        _ => format!("use one of {} and {more} more{from}", quoted.join(", ")),
    }
}
