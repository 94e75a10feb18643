//! A value that is none of those agreed on: which was meant, and how to write it.

use crate::checks::Found;
use crate::checks::support::fields;
use crate::checks::support::fields::Place;
use crate::checks::support::rewrite;
use crate::content::Vocabulary;
use crate::data::format::FrontMatterFormat;
use crate::text::similarity;

/// How many values a help names before it stops.
const SHOWN: usize = 8;

/// What a value that isn't in the vocabulary was most likely meant to be, and how sure that is.
enum Meant<'a> {
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
pub(crate) fn of<'a>(place: &Place<'a>) -> Option<&'a Vocabulary> {
    let shape = place.constraints;
    let of_items = || shape.items.as_deref().filter(|_| shape.accepts(place.value))?.vocabulary.as_ref();
    place.value.text().and_then(|_| shape.vocabulary.as_ref().or_else(of_items))
}

/// Whether a value out of these is one of many that people pick, such as tags, as opposed to a setting with a few
/// states.
pub(crate) fn is_of_tags(place: &Place<'_>, terms: &Vocabulary) -> bool {
    let is_list = place.constraints.items.is_some() && place.constraints.vocabulary.is_none();
    place.item || is_list || !terms.aliases.is_empty()
}

/// Reports a value that isn't in the vocabulary. One of another type than asked for is left to `wrong-type`.
pub(crate) fn check(place: &Place<'_>, vocabulary: &Vocabulary, syntax: FrontMatterFormat, found: &mut Found) {
    let Some(text) = place.value.text().filter(|_| place.constraints.accepts(place.value)) else {
        return;
    };
    if fields::is_blank(place.value) || vocabulary.terms.iter().any(|term| term == text) {
        return;
    }
    let name = &place.field.name;
    let meant = meant(text, vocabulary);
    let (message, help) = match meant {
        Meant::Variant(term) if similarity::is_canonically_equal(text, term) => (
            format!("`{term}` is made of other characters than it seems"),
            "type it anew: letters copied from some systems come apart into accents or single Hangul letters"
                .to_owned(),
        ),
        Meant::Alias(term) | Meant::Variant(term) => {
            (format!("`{}` should be `{term}`", fields::crop(text)), format!("write `{term}`"))
        }
        Meant::Guess(term) => (not_one_of(text, name), format!("did you mean `{term}`?")),
        Meant::Nothing => match several(text, vocabulary) {
            Some(parts) => {
                (not_one_of(text, name), format!("write it as {} items: {parts}", parts.split(", ").count()))
            }
            None => (not_one_of(text, name), allowed(vocabulary)),
        },
    };
    let finding = found.at(place.span(), message);
    finding.help(help);
    let (Meant::Alias(term) | Meant::Variant(term) | Meant::Guess(term)) = meant else {
        return;
    };
    if let Some(edit) = rewrite::respell(place.value, syntax, term) {
        let title = format!("write `{term}`");
        let is_guess = matches!(meant, Meant::Guess(_));
        if is_guess {
            finding.unsafe_fix(title, vec![edit])
        } else {
            finding.fix(title, vec![edit])
        };
    }
}

fn not_one_of(text: &str, name: &str) -> String {
    format!("`{}` is not one of the values agreed on for `{name}`", fields::crop(text))
}

fn meant<'a>(text: &str, vocabulary: &'a Vocabulary) -> Meant<'a> {
    if let Some(term) = vocabulary.aliases.get(text) {
        return Meant::Alias(term);
    }
    let terms = || vocabulary.terms.iter().map(String::as_str);
    let folded = similarity::normalize(text);
    let nearest = similarity::nearest(text, terms());
    if let Some(term) = nearest.filter(|term| similarity::normalize(term) == folded) {
        return Meant::Variant(term);
    }
    if let Some((_, term)) = vocabulary.aliases.iter().find(|(alias, _)| similarity::normalize(alias) == folded) {
        return Meant::Alias(term);
    }
    let singular = similarity::normalize_plural(text);
    if let Some(term) = terms().find(|term| similarity::normalize_plural(term) == singular) {
        return Meant::Guess(term);
    }
    let by_alias = || vocabulary.aliases.get(similarity::nearest(text, vocabulary.aliases.keys().map(String::as_str))?);
    nearest.or_else(|| by_alias().map(String::as_str)).map_or(Meant::Nothing, Meant::Guess)
}

/// The values in `text`, quoted, if it is several of them with commas between.
fn several(text: &str, vocabulary: &Vocabulary) -> Option<String> {
    let known =
        |part: &&str| vocabulary.terms.iter().any(|term| term == part) || vocabulary.aliases.contains_key(*part);
    let parts: Vec<&str> = text.split(',').map(str::trim).collect();
    let quoted = || parts.iter().map(|part| format!("`{part}`")).collect::<Vec<_>>().join(", ");
    (parts.len() > 1 && parts.iter().all(known)).then(quoted)
}

/// ``use `a`, `b` or … (from `_data/tags.yml`)``
fn allowed(vocabulary: &Vocabulary) -> String {
    let from = vocabulary.origin.as_ref().map(|origin| format!(" (from `{origin}`)")).unwrap_or_default();
    let quoted: Vec<String> = vocabulary.terms.iter().take(SHOWN).map(|term| format!("`{term}`")).collect();
    let more = vocabulary.terms.len() - quoted.len();
    match (quoted.split_last(), more) {
        (None, _) => format!("there are no values to choose from{from}"),
        (Some((only, [])), 0) => format!("write {only}{from}"),
        (Some((last, others)), 0) => format!("use {} or {last}{from}", others.join(", ")),
        _ => format!("use one of {} and {more} more{from}", quoted.join(", ")),
    }
}
