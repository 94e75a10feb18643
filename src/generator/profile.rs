//! Facts about a site generator: how it parses front matter, and what it does with the fields.
//!
//! It is over 400 lines because every fact is a documented field of one data file.

use crate::data::field_type::FieldType;
use crate::data::typed::Options;
use crate::date::DateParser;
use crate::generator::markdown::MarkdownEngine;
use crate::generator::markup::MarkupProfile;
use crate::generator::probe::FolderProbe;
use crate::generator::slug::SlugAlgorithm;
use crate::generator::version::{GeneratorVersion, VersionMarker};
use crate::generator::yaml_dialect::YamlDialect;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A generator, from `rules/generators/NAME.yaml`, where each fact has its source. The default has no facts, and
/// nothing is reported because of it.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct GeneratorProfile {
    /// Its name for people; empty for the default.
    pub(crate) name: String,
    /// Documentation and source files that the facts are from.
    pub(crate) sources: Vec<String>,
    /// Where its version is written.
    pub(crate) version_markers: Vec<VersionMarker>,
    /// Facts that hold since or before a version; none of them holds where the version isn't known.
    changes: Vec<Change>,
    /// Facts that hold where a setting is made.
    settings: Vec<Setting>,
    /// Its YAML reader.
    pub(crate) yaml_dialect: YamlDialect,
    /// What it does on each kind of front matter error.
    pub(crate) errors: ErrorBehavior,
    /// Opening delimiters that it doesn't support (`+++`, `{`, `---toml`), and what it does with the page.
    pub(crate) unsupported_delimiters: BTreeMap<String, String>,
    /// Whether a page that begins with `{` has JSON front matter.
    pub(crate) json_front_matter: bool,
    /// Delimiters between which it runs code, so that what is between them isn't read here.
    pub(crate) code_delimiters: Vec<String>,
    /// Whether `Title` and `title` are the same key.
    pub(crate) folds_case: bool,
    /// Whether a value of another type fails the build.
    pub(crate) strict_types: bool,
    /// The keys that it knows, with the types it accepts; no type if it accepts any.
    pub(crate) fields: BTreeMap<String, Vec<FieldType>>,
    /// The values that it accepts, where it stops or drops the page at others.
    pub(crate) accepted_values: Vec<AcceptedValues>,
    /// Whether `"true"` and `"false"` in quotes are booleans to it.
    pub(crate) accepts_quoted_booleans: bool,
    /// The required keys.
    pub(crate) required: Vec<Required>,
    /// Keys that have been renamed.
    pub(crate) renamed: BTreeMap<String, Renamed>,
    /// Keys that authors use and it ignores.
    pub(crate) ignored: Vec<Ignored>,
    /// Pairs of keys of which it uses only one.
    pub(crate) conflicts: Vec<Conflict>,
    /// Its taxonomies.
    pub(crate) taxonomies: Vec<Taxonomy>,
    /// Which spellings of a term are the same to it.
    pub(crate) term_normalization: TermNormalization,
    /// What it does with a string where a boolean is expected: Jekyll publishes everything except `false`.
    pub(crate) invalid_bool: Option<String>,
    /// What it does with dates.
    pub(crate) dates: Dates,
    /// The folder whose files must be named in a certain way.
    pub(crate) posts: Option<Posts>,
    /// The fields that determine the URL of a page.
    pub(crate) urls: UrlFields,
    /// Where authors are listed.
    pub(crate) authors: Authors,
    /// How it names headings.
    pub(crate) slug_algorithm: SlugAlgorithm,
    /// Its Markdown parser.
    pub(crate) markdown: MarkdownEngine,
    /// The ports of its development server.
    pub(crate) server_ports: Vec<u16>,
    /// Whether it leaves out HTML in Markdown unless the site's config allows it.
    pub(crate) omits_html: bool,
    /// How it processes the body of a page.
    pub(crate) markup: MarkupProfile,
    /// Where files named by a page are searched for, relative to the site's root, in addition to the page's own folder.
    pub(crate) asset_roots: Vec<String>,
}

/// Facts that depend on the version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The first version of which they hold.
    since: Option<String>,
    /// The first version of which they don't hold any more.
    before: Option<String>,
    /// Laid upon the profile.
    facts: Options,
}

/// Facts that depend on a setting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Setting {
    /// The files in which it may be made, relative to the site's root.
    files: Vec<String>,
    /// What one of them contains then.
    contains: String,
    /// Laid upon the profile.
    facts: Options,
}

/// What the generator does on each kind of front matter error; none if it does no harm or is unknown.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct ErrorBehavior {
    /// It can't be read.
    pub(crate) parse_error: Option<String>,
    /// It is never closed.
    pub(crate) unclosed: Option<String>,
    /// A duplicate key.
    pub(crate) duplicate_key: Option<String>,
    /// Something precedes it.
    pub(crate) not_at_start: Option<String>,
    /// A byte-order mark precedes it.
    pub(crate) byte_order_mark: Option<String>,
    /// Whether delimiters may be longer, if both have the same length.
    pub(crate) accepts_long_delimiters: bool,
    /// Whether spaces may come before the opening delimiter.
    pub(crate) accepts_indented_delimiter: bool,
    /// Whether an opening delimiter of twice its length is one.
    pub(crate) accepts_doubled_delimiter: bool,
    /// Whether tabs are accepted in its indentation.
    pub(crate) accepts_tabs: bool,
    /// Whether a line that starts with `---` closes it, whatever follows.
    pub(crate) accepts_text_after_closing: bool,
    /// Whether its first field may follow the opening delimiter without a space, and a comment with one:
    /// `---title: Hello`, `--- # post`.
    pub(crate) accepts_joined_opening: bool,
    /// Whether a space after the opening delimiter makes it text.
    pub(crate) rejects_space_after_opening: bool,
    /// Whether `...` doesn't close it.
    pub(crate) rejects_closing_dots: bool,
    /// Whether it is read without an opening delimiter too.
    pub(crate) opening_is_optional: bool,
    /// Whether it is read wherever it is on the page.
    pub(crate) accepts_anywhere: bool,
}

/// The values that a generator accepts in some fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AcceptedValues {
    /// The keys; a dot separates those of nested mappings.
    pub(crate) fields: Vec<String>,
    /// The kinds of values.
    pub(crate) kinds: Vec<ValueKind>,
    /// The kinds of the items of a list; any if there are none.
    #[serde(default)]
    pub(crate) items: Vec<ValueKind>,
    /// The least and the greatest number.
    pub(crate) range: Option<(f64, f64)>,
    /// The strings, if only some are accepted.
    #[serde(default)]
    pub(crate) one_of: Vec<String>,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// What happens to a page with another value.
    pub(crate) explanation: String,
}

/// A kind of value, as a generator's YAML parser resolves it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ValueKind {
    /// `x:`, `x: null`
    Null,
    /// `x: ""`
    EmptyString,
    /// Any string that isn't empty.
    String,
    /// `"5"`
    NumericString,
    /// `"true"`
    BooleanString,
    /// Any number.
    Number,
    /// A whole number.
    Int,
    /// `true` or `false`
    Bool,
    /// `2024-01-31`
    Date,
    /// A list with items.
    List,
    /// `[]`
    EmptyList,
    /// A mapping.
    Map,
}

/// A required key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Required {
    /// The key.
    pub(crate) field: String,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// What happens without it.
    pub(crate) explanation: String,
}

/// A key's new name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Renamed {
    /// The key to use instead; none if it has no replacement.
    pub(crate) to: Option<String>,
    /// What happens to the old key: `since 1.9, Obsidian no longer reads it`.
    pub(crate) explanation: String,
}

/// A key that isn't read.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Ignored {
    /// The key.
    pub(crate) field: String,
    /// Only with this value.
    pub(crate) value: Option<String>,
    /// Only in files in a folder of this name, or in nested folders of these names.
    pub(crate) only_in_folder: Option<String>,
    /// What happens instead.
    pub(crate) explanation: String,
    /// What to write.
    pub(crate) help: String,
}

/// Two keys of which the generator uses only one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Conflict {
    /// The one that is used.
    pub(crate) used: String,
    /// The other.
    pub(crate) ignored: String,
}

/// Which spellings of a term a generator treats as the same.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TermNormalization {
    /// Every spelling is a separate term: Jekyll, Hexo, Eleventy.
    #[default]
    Exact,
    /// Case is ignored: Obsidian.
    IgnoreCase,
    /// Spaces and hyphens are the same, too: Hugo.
    IgnoreCaseAndSpaces,
    /// All punctuation is the same, too: Docusaurus, Zola.
    IgnoreCaseAndPunctuation,
}

impl TermNormalization {
    /// Whether two spellings are the same term.
    pub(crate) fn are_equal(self, one: &str, other: &str) -> bool {
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

/// A taxonomy, which groups pages by terms.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Taxonomy {
    /// The key; a dot separates the keys of nested mappings.
    pub(crate) field: String,
    /// What it does with a string where a list could be.
    pub(crate) string: StringTagsBehavior,
    /// Whether a list is a path from general to specific, not several terms.
    #[serde(default)]
    #[expect(dead_code, reason = "a fact that no rule asks for yet")]
    pub(crate) nested: bool,
    /// Whether a flow list is a string, brackets included.
    #[serde(default)]
    pub(crate) flow_list_is_string: bool,
    /// What happens to a number among the terms; none if it does no harm.
    pub(crate) number: Option<String>,
    /// What happens to a term with a space in it; none if it does no harm.
    pub(crate) space: Option<String>,
    /// Whether an empty term among others is skipped.
    #[serde(default)]
    pub(crate) skips_empty: bool,
    /// Whether `#word` is the same as `word`.
    #[serde(default)]
    pub(crate) accepts_hash: bool,
}

/// What a generator does with a string as the value of a taxonomy.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum StringTagsBehavior {
    /// One term per part between spaces; commas stay: Jekyll.
    SplitOnSpaces,
    /// One term per part between commas, spaces stay: Eleventy.
    SplitOnCommas,
    /// One term per part between commas, without spaces around it: Pelican, Quarto.
    SplitOnCommasAndTrim,
    /// A single term, commas included: Hugo, Hexo.
    SingleTerm,
    /// A string is rejected: Docusaurus, Zola.
    Rejected,
}

/// What a generator does with dates.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Dates {
    /// The keys that hold dates.
    pub(crate) fields: Vec<String>,
    /// The key of the publication date, which takes precedence over the date in the file name.
    pub(crate) published: Option<String>,
    /// What it does if that differs from the date in the file name; none if that has no meaning.
    pub(crate) overrides_file_name: Option<String>,
    /// Whether a page without a date gets that of its file name.
    pub(crate) from_file_name: bool,
    /// The keys of the date of the last change.
    pub(crate) updated: Vec<String>,
    /// The keys of the expiry date.
    pub(crate) expires: Vec<String>,
    /// What happens to a page with a future date; none if nothing does.
    pub(crate) future: Option<String>,
    /// Whether a date without quotes is printed as it is written.
    pub(crate) printed_as_written: bool,
    /// What it makes of a quoted date; none if quotes don't matter.
    pub(crate) quoted: Option<String>,
    /// What it does with a date that doesn't exist in the calendar.
    pub(crate) invalid: Option<String>,
    /// What it does with a month 13 or a day 32, if that differs.
    pub(crate) out_of_range: Option<String>,
    /// What it does with a string that its parser rejects.
    pub(crate) unparsable: Option<String>,
    /// Its parser of dates that are strings; none if a theme or a schema of the site decides.
    pub(crate) parser: Option<DateParser>,
    /// The keys whose values it parses, if they aren't all of `fields`.
    pub(crate) parsed_fields: Vec<String>,
    /// The folders, or nested folders, in which it parses them; everywhere if there are none.
    pub(crate) parsed_in: Vec<String>,
    /// The kinds of values that it rejects as it does a string that is no date.
    pub(crate) rejects: Vec<DateValueKind>,
}

/// A value in a date field that isn't a string, a number or a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateValueKind {
    /// `date:`, `date: null`, `date: ""`
    Empty,
    /// `date: true`
    Bool,
    /// `date: [2024-03-05]`
    List,
    /// `date: { year: 2024 }`
    Map,
}

/// A folder of posts whose names must begin with a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Posts {
    /// The folder's name, at any depth.
    pub(crate) folder: String,
    /// What happens to a file with another name.
    pub(crate) explanation: String,
}

/// The fields that determine the URL of a page.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct UrlFields {
    /// Keys of the permalink.
    pub(crate) permalink: Vec<String>,
    /// Keys of the last part of the URL, in the page's folder.
    pub(crate) slug: Vec<String>,
    /// Keys of additional URLs of the page.
    pub(crate) aliases: Vec<String>,
    /// Whether one without a leading slash is relative to the page's folder.
    pub(crate) relative_aliases: bool,
    /// What happens if two pages have the same URL.
    pub(crate) explanation: String,
    /// The names of placeholders in a permalink, `:year`; none if it has no placeholders.
    pub(crate) placeholders: Vec<String>,
    /// Whether a permalink needs a file extension or a slash at its end.
    pub(crate) needs_extension_or_slash: bool,
    /// What happens to a page whose permalink isn't like this.
    pub(crate) malformed: String,
}

/// Where authors are listed.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Authors {
    /// The files, relative to the site's root: the first that exists is used.
    pub(crate) files: Vec<String>,
    /// The keys of a page that name an author.
    pub(crate) fields: Vec<String>,
    /// What happens to a page whose author isn't listed.
    pub(crate) explanation: String,
}

impl GeneratorProfile {
    /// What is to be laid upon it for this version and this site.
    pub(super) fn facts_for<'a>(
        &'a self,
        version: Option<&'a GeneratorVersion>,
        site: &'a dyn FolderProbe,
    ) -> impl Iterator<Item = &'a Options> {
        let is_at_least = move |text: &Option<String>| version?.is_at_least(text.as_deref()?);
        let holds = move |change: &&Change| match (&change.since, &change.before) {
            (None, None) => false,
            (since, before) => {
                (since.is_none() || is_at_least(since) == Some(true))
                    && (before.is_none() || is_at_least(before) == Some(false))
            }
        };
        let is_set = |setting: &&Setting| {
            setting.files.iter().any(|file| site.exists(file) && site.contains(file, &setting.contains))
        };
        let changes = self.changes.iter().filter(holds).map(|change| &change.facts);
        changes.chain(self.settings.iter().filter(is_set).map(|setting| &setting.facts))
    }

    /// All facts that depend on something.
    #[cfg(test)]
    pub(super) fn all_facts(&self) -> impl Iterator<Item = &Options> {
        self.changes.iter().map(|change| &change.facts).chain(self.settings.iter().map(|setting| &setting.facts))
    }

    /// Whether anything is known.
    pub(crate) fn is_known(&self) -> bool {
        !self.name.is_empty()
    }

    /// Whether it knows a key, case-insensitively if it ignores case.
    pub(crate) fn knows(&self, key: &str) -> bool {
        self.fields.contains_key(key)
            || (self.folds_case && self.fields.keys().any(|known| known.eq_ignore_ascii_case(key)))
    }

    /// The taxonomy called `field`.
    pub(crate) fn taxonomy(&self, field: &str) -> Option<&Taxonomy> {
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
