//! How a field of a kind of page is written down: its type, whether it is always there, its few values.

use crate::site::{FieldStat, FieldStats, groups};
use crate::text::plural::{noun, thousands};
use crate::workspace::init::words::word;
use std::collections::HashSet;
use std::fmt::Write as _;

/// A field that so large a share of the pages fills in belongs to all of them.
const ALWAYS: f64 = 0.98;

/// But what more pages than this do without was never asked for.
const MOST_WITHOUT: usize = 5;

/// Of fewer pages nothing can be said about the next one.
const LEAST_FOR_ALL: usize = 10;

/// Fields whose values are names out of a few, where they are few.
const CHOSEN: [&str; 16] = [
    "tags",
    "categories",
    "category",
    "tag",
    "author",
    "authors",
    "layout",
    "type",
    "lang",
    "language",
    "locale",
    "status",
    "series",
    "section",
    "kind",
    "template",
];

/// Whether a field is on enough pages to be written down.
pub(super) fn is_worth_it(field: &FieldStat, census: &FieldStats) -> bool {
    field.pages * 20 >= census.pages && field.pages >= 2
}

/// Fields that every page has on purpose. Others are often optional, though all pages so far have them.
const REQUIRED: [&str; 2] = ["title", "date"];

/// A list of authors that most of the pages' authors are in.
pub(super) struct AuthorList {
    /// The fields that name an author.
    pub(super) fields: Vec<String>,
    /// The file, relative to the config.
    pub(super) file: String,
    /// Whether they are below its key `authors`.
    pub(super) is_nested: bool,
    /// Its keys.
    pub(super) names: HashSet<String>,
}

impl AuthorList {
    /// Whether the values of a field are from the list.
    fn has(&self, name: &str, field: &FieldStat) -> bool {
        let uses: usize = field.values.values().sum();
        let known: usize =
            field.values.iter().filter(|(value, _)| self.names.contains(*value)).map(|(_, count)| count).sum();
        self.fields.iter().any(|known| known == name) && uses > 0 && known * 20 >= uses * 19
    }
}

/// A field's lines in the config.
pub(super) fn describe(name: &str, field: &FieldStat, census: &FieldStats, authors: Option<&AuthorList>) -> String {
    let mut settings = Vec::new();
    let types = types(field);
    if !types.is_empty() {
        settings.push(format!("type: {types}"));
    }
    let all = census.pages + census.bare;
    let is_on_all = field.pages as f64 >= all as f64 * ALWAYS && all - field.pages <= MOST_WITHOUT;
    let is_always = is_on_all && all >= LEAST_FOR_ALL;
    let is_required = is_always && REQUIRED.contains(&name);
    if is_required {
        settings.push("required: true".to_owned());
    }
    let mut count = format!("{} of {}", thousands(field.pages), thousands(census.pages));
    let is_list = types.split('|').any(|kind| kind == "list");
    if let Some(list) = authors.filter(|list| list.has(name, field) && !types.is_empty()) {
        let key = if list.is_nested { ", key: authors" } else { "" };
        let source = format!("one-of: {{ from: {}{key} }}", word(&list.file));
        settings.push(if is_list { format!("items: {{ {source} }}") } else { source });
        return format!("      {}: {{ {} }} # {count}\n", word(name), settings.join(", "));
    }
    let hint = if is_always && !is_required { "; add `required: true` if every page needs it" } else { "" };
    let vocabulary = field.vocabulary().filter(|_| CHOSEN.contains(&name) && (is_list || types == "string"));
    let Some(vocabulary) = vocabulary else {
        if CHOSEN.contains(&name) {
            let different = field.different();
            let shown = different.map_or("many".to_owned(), thousands);
            let _ = write!(count, ", {shown} distinct {}", noun(different.unwrap_or(2), "value"));
        }
        let settings = if settings.is_empty() { "any".to_owned() } else { format!("{{ {} }}", settings.join(", ")) };
        return format!("      {}: {settings} # {count}{hint}\n", word(name));
    };
    let (terms, aliases) = spellings(&vocabulary);
    let distinct = terms.len() + aliases.len();
    let mut out = format!("      {}: # {count}, {} distinct {}{hint}\n", word(name), distinct, noun(distinct, "value"));
    settings.iter().for_each(|setting| writeln!(out, "        {setting}").unwrap_or_default());
    let indent = if is_list { "          " } else { "        " };
    if is_list {
        out.push_str("        items:\n");
    }
    let _ = writeln!(out, "{indent}one-of: [{}]", terms.iter().map(|term| word(term)).collect::<Vec<_>>().join(", "));
    if !aliases.is_empty() {
        let pairs: Vec<String> =
            aliases.iter().map(|(alias, term)| format!("{}: {}", word(alias), word(term))).collect();
        let _ = writeln!(out, "{indent}aliases: {{ {} }}", pairs.join(", "));
    }
    out
}

/// The types of a field, where few values are of another; empty for any.
fn types(field: &FieldStat) -> String {
    let total: usize = field.types.values().sum();
    let has = |kind: &str| field.types.contains_key(kind);
    // One or several is the same field to most sites, however rare the other is.
    let is_pair = |kind: &str| matches!(kind, "string" | "list") && has("string") && has("list");
    let all = field.types.iter().map(|(kind, count)| (*kind, *count));
    let mut common: Vec<(&str, usize)> = all.filter(|(kind, count)| count * 20 > total || is_pair(kind)).collect();
    // Many generators accept a number or a date as a string, and it is unknown which was meant.
    let is_mixed = has("string") && ["int", "number", "bool", "date"].into_iter().any(has);
    if is_mixed || common.len() > 2 || (has("int") && has("number")) {
        return String::new();
    }
    common.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    common.iter().map(|(kind, _)| *kind).collect::<Vec<_>>().join("|")
}

/// The values to keep, and the other spellings of them.
fn spellings<'a>(vocabulary: &[(&'a str, usize)]) -> (Vec<&'a str>, Vec<(&'a str, &'a str)>) {
    let count = |term: &str| vocabulary.iter().find(|(known, _)| *known == term).map_or(0, |(_, count)| *count);
    let mut aliases = Vec::new();
    for group in groups(vocabulary.iter().map(|(term, _)| *term)) {
        let Some(best) = group.iter().copied().max_by_key(|term| (count(term), std::cmp::Reverse(*term))) else {
            continue;
        };
        aliases.extend(group.into_iter().filter(|term| *term != best).map(|term| (term, best)));
    }
    let is_alias = |term: &str| aliases.iter().any(|(alias, _)| *alias == term);
    let terms = vocabulary.iter().map(|(term, _)| *term).filter(|term| !is_alias(term)).collect();
    (terms, aliases)
}
