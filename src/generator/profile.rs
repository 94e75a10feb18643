//! What is known of a site generator: how it reads a page's front matter, and what it does with what it reads.

use crate::data::field_type::FieldType;
use crate::date::DateFormat;
use crate::generator::slug::SlugAlgorithm;
use crate::generator::yaml_dialect::YamlDialect;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A generator, from `rules/generators/NAME.yaml`, where each fact has its source. The default knows nothing, and
/// then nothing is said.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct GeneratorProfile {
    /// As people call it; empty where none is known.
    pub name: String,
    /// Pages and source files that the facts are from.
    pub sources: Vec<String>,
    /// Its YAML reader.
    pub yaml_dialect: YamlDialect,
    /// What becomes of a page whose front matter is at fault.
    pub errors: ErrorBehavior,
    /// How a front matter begins that it doesn't read (`+++`, `{`, `---toml`), and what becomes of the page.
    pub unsupported_delimiters: BTreeMap<String, String>,
    /// Whether `Title` and `title` are the same key.
    pub folds_case: bool,
    /// Whether a value of another type than asked for fails the build.
    pub strict_types: bool,
    /// The keys that it knows, with the types it takes; no type where it takes any.
    pub fields: BTreeMap<String, Vec<FieldType>>,
    /// The keys without which it doesn't take a page.
    pub required: Vec<Required>,
    /// Keys that it once knew under another name.
    pub renamed: BTreeMap<String, Renamed>,
    /// Keys that writers put there and it doesn't read.
    pub ignored: Vec<Ignored>,
    /// Keys of which it heeds only one.
    pub conflicts: Vec<Conflict>,
    /// Its taxonomies.
    pub taxonomies: Vec<Taxonomy>,
    /// Which spellings of a term are one term to it.
    pub term_normalization: TermNormalization,
    /// What it does with a text where it asks for true or false: Jekyll publishes all but `false`.
    pub invalid_bool: Option<String>,
    /// What it does with dates.
    pub dates: Dates,
    /// The folder whose files have to be named in a certain way.
    pub posts: Option<Posts>,
    /// How a page gets its address.
    pub urls: UrlFields,
    /// Where authors are listed.
    pub authors: Authors,
    /// How it names headings.
    pub slug_algorithm: SlugAlgorithm,
    /// Where files that a page names are looked for, relative to the site's root, besides the page's own folder.
    pub asset_roots: Vec<String>,
}

/// What becomes of a page whose front matter is at fault; none where it does no harm, or isn't known.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ErrorBehavior {
    /// It can't be read.
    pub parse_error: Option<String>,
    /// It is never closed.
    pub unclosed: Option<String>,
    /// A key is there twice.
    pub duplicate_key: Option<String>,
    /// Something stands before it.
    pub not_at_start: Option<String>,
    /// A byte-order mark stands before it.
    pub byte_order_mark: Option<String>,
    /// Whether a tab is as good as blanks in its indentation.
    pub accepts_tabs: bool,
}

/// A key without which a page isn't taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Required {
    /// The key.
    pub field: String,
    /// Only in files below a folder of this name, or of these names, one in the other.
    pub only_in_folder: Option<String>,
    /// What happens without it.
    pub explanation: String,
}

/// A key's new name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Renamed {
    /// The key to write; none where nothing takes its place.
    pub to: Option<String>,
    /// What happens to the old key: `since 1.9, Obsidian no longer reads it`.
    pub explanation: String,
}

/// A key that isn't read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Ignored {
    /// The key.
    pub field: String,
    /// Only with this value.
    pub value: Option<String>,
    /// Only in files below a folder of this name, or of these names, one in the other.
    pub only_in_folder: Option<String>,
    /// What happens instead.
    pub explanation: String,
    /// What to write.
    pub help: String,
}

/// Two keys of which one wins.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Conflict {
    /// The one that is heeded.
    pub used: String,
    /// The other.
    pub ignored: String,
}

/// Which spellings of a term a generator takes for one.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermNormalization {
    /// Every spelling is a term of its own: Jekyll, Hexo, Eleventy.
    #[default]
    Exact,
    /// Letter case doesn't count: Obsidian.
    IgnoreCase,
    /// Nor does it matter whether there is a blank or a hyphen: Hugo.
    IgnoreCaseAndSpaces,
    /// Nor which mark there is: Docusaurus, Zola.
    IgnoreCaseAndPunctuation,
}

impl TermNormalization {
    /// Whether two spellings are one term.
    pub fn are_equal(self, one: &str, other: &str) -> bool {
        let fold = |text: &str| -> String {
            let letters = text.trim().chars().flat_map(char::to_lowercase);
            letters
                .map(|c| match self {
                    TermNormalization::IgnoreCaseAndSpaces if c == ' ' => '-',
                    TermNormalization::IgnoreCaseAndPunctuation if !c.is_alphanumeric() => '-',
                    _ => c,
                })
                .collect()
        };
        if self == TermNormalization::Exact { one == other } else { fold(one) == fold(other) }
    }
}

/// A taxonomy: what groups pages by words.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Taxonomy {
    /// The key; a dot leads into a map.
    pub field: String,
    /// What a text becomes that stands where a list could.
    pub string: StringTagsBehavior,
    /// Whether a list is a path from wide to narrow, not several words.
    #[serde(default)]
    pub nested: bool,
    /// Whether a list in brackets is read as a text, brackets and all.
    #[serde(default)]
    pub flow_list_is_string: bool,
    /// What happens to a number among the words; none where it does no harm.
    pub number: Option<String>,
    /// What happens to a word with a blank in it; none where it does no harm.
    pub space: Option<String>,
    /// Whether `#word` is the same as `word`.
    #[serde(default)]
    pub accepts_hash: bool,
}

/// What a taxonomy's text becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StringTagsBehavior {
    /// One word for each part between blanks; commas stay: Jekyll.
    SplitOnSpaces,
    /// One word for each part between commas, blanks stay: Eleventy.
    SplitOnCommas,
    /// One word for each part between commas, without blanks: Pelican, Quarto.
    SplitOnCommasAndTrim,
    /// One word, commas and all: Hugo, Hexo.
    SingleTerm,
    /// A text is refused: Docusaurus, Zola.
    Rejected,
}

/// What a generator does with dates.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Dates {
    /// The keys that hold dates.
    pub fields: Vec<String>,
    /// The key of the day of publication, whose value wins over the file name's.
    pub published: Option<String>,
    /// What it does when that differs from the date in the file name; none where that has no meaning.
    pub overrides_file_name: Option<String>,
    /// The key of the day of the last change.
    pub updated: Vec<String>,
    /// The keys of the day after which it isn't shown.
    pub expires: Vec<String>,
    /// What happens to a page of tomorrow; none where nothing does.
    pub future: Option<String>,
    /// What it makes of a date in quotes; none where quotes don't matter.
    pub quoted: Option<String>,
    /// What it makes of a date that isn't on the calendar.
    pub invalid: Option<String>,
    /// What it makes of one with a month 13 or a day 32, where that is something else.
    pub out_of_range: Option<String>,
    /// What it makes of a text that is no date.
    pub unparsable: Option<String>,
    /// What it makes of a day in a form that it doesn't read, or not as meant.
    pub formats: BTreeMap<DateFormat, String>,
}

/// A folder of posts whose names have to begin with a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Posts {
    /// The folder's name, at any depth.
    pub folder: String,
    /// What happens to a file of another name.
    pub explanation: String,
}

/// How a page gets its address.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct UrlFields {
    /// Keys that give the whole address.
    pub permalink: Vec<String>,
    /// Keys that give its last part, within the page's folder.
    pub slug: Vec<String>,
    /// Keys of further addresses that lead to the page.
    pub aliases: Vec<String>,
    /// Whether one of those without a slash in front starts from the page's own folder.
    pub relative_aliases: bool,
    /// What happens when two pages have one address.
    pub explanation: String,
}

/// Where authors are listed.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Authors {
    /// The files, relative to the site's root: the first that is there holds.
    pub files: Vec<String>,
    /// The keys of a page that name one.
    pub fields: Vec<String>,
    /// What happens to a page whose author isn't listed.
    pub explanation: String,
}

impl GeneratorProfile {
    /// Whether anything is known.
    pub fn is_known(&self) -> bool {
        !self.name.is_empty()
    }

    /// Whether it knows a key, in whatever case where that doesn't matter to it.
    pub fn knows(&self, key: &str) -> bool {
        self.fields.contains_key(key)
            || (self.folds_case && self.fields.keys().any(|known| known.eq_ignore_ascii_case(key)))
    }

    /// What it says of the taxonomy called `field`.
    pub fn taxonomy(&self, field: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|terms| terms.field == field)
    }
}

#[cfg(test)]
mod tests {
    use crate::generator::profile::TermNormalization;

    #[test]
    fn what_is_one_term() {
        for (one, other, to) in [
            ("AWS", "aws", [false, true, true, true]),
            ("open source", "open-source", [false, false, true, true]),
            ("next.js", "next-js", [false, false, false, true]),
            ("next.js", "nextjs", [false, false, false, false]),
        ] {
            let all = [
                TermNormalization::Exact,
                TermNormalization::IgnoreCase,
                TermNormalization::IgnoreCaseAndSpaces,
                TermNormalization::IgnoreCaseAndPunctuation,
            ];
            assert_eq!(all.map(|same| same.are_equal(one, other)), to, "{one} and {other}");
        }
    }
}
