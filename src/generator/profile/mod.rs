//! Facts about a site generator: how it parses front matter, and what it does with the fields.

mod conditions;
mod dates;
mod pages;
mod taxonomy;
mod values;

pub(crate) use crate::generator::profile::dates::{DateValueKind, Dates, Posts};
pub(crate) use crate::generator::profile::pages::PagePlaces;
pub(crate) use crate::generator::profile::taxonomy::{StringTagsBehavior, Taxonomy, TermNormalization};
pub(crate) use crate::generator::profile::values::{
    AcceptedValues, ClosedFields, Conflict, Ignored, Renamed, Required, ReservedFields, StringForm, ValueKind,
};

use crate::data::field_type::FieldType;
use crate::data::typed::Options;
use crate::generator::markdown::MarkdownEngine;
use crate::generator::markup::MarkupProfile;
use crate::generator::probe::FolderProbe;
use crate::generator::profile::conditions::{Change, Setting};
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
    /// Words in the site's config after which it supports them.
    pub(crate) front_matter_enabled_by: Vec<String>,
    /// Whether a page that begins with `{` has JSON front matter.
    pub(crate) json_front_matter: bool,
    /// Whether `Note: text` at the top of a page without front matter is metadata, and not displayed.
    pub(crate) parses_leading_lines: bool,
    /// Whether a page without front matter has it up to its first line of `---` or `;;;`, whatever that text is.
    pub(crate) parses_text_above_delimiter: bool,
    /// Delimiters between which it runs code, so that what is between them isn't read here.
    pub(crate) code_delimiters: Vec<String>,
    /// Whether `Title` and `title` are the same key.
    pub(crate) folds_case: bool,
    /// Whether its config may define collections of pages with a schema, as Astro's does.
    pub(crate) has_collections: bool,
    /// Whether a value of another type fails the build.
    pub(crate) strict_types: bool,
    /// Whether a title that isn't a string is displayed as it is written.
    pub(crate) shows_any_title: bool,
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
    /// Keys that pages must not have.
    pub(crate) reserved_fields: ReservedFields,
    /// Files that must not have any other keys than some.
    pub(crate) closed_fields: Vec<ClosedFields>,
    /// Pairs of keys of which it uses only one.
    pub(crate) conflicts: Vec<Conflict>,
    /// Its taxonomies.
    pub(crate) taxonomies: Vec<Taxonomy>,
    /// Whether `#word` in the text of a page is a tag.
    pub(crate) inline_tags: bool,
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
    /// The templates of its themes that a page may name; none if that isn't checked.
    pub(crate) theme_templates: Vec<String>,
    /// Which files it builds.
    pub(crate) pages: PagePlaces,
    /// How it processes the body of a page.
    pub(crate) markup: MarkupProfile,
    /// Whether it looks for an image only where its path leads from the source of the page.
    pub(crate) relative_images: bool,
    /// Where files named by a page are searched for, relative to the site's root, in addition to the page's own folder.
    pub(crate) asset_roots: Vec<String>,
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
    /// Whether lines may end with a carriage return alone.
    pub(crate) accepts_carriage_returns: bool,
    /// Whether `...` doesn't close it.
    pub(crate) rejects_closing_dots: bool,
    /// Whether it is read without an opening delimiter too.
    pub(crate) opening_is_optional: bool,
    /// Whether it is read wherever it is on the page.
    pub(crate) accepts_anywhere: bool,
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
    /// The facts that override its own for this version and this site.
    pub(super) fn facts_for<'a>(
        &'a self,
        version: Option<&'a GeneratorVersion>,
        site: &'a dyn FolderProbe,
    ) -> impl Iterator<Item = &'a Options> {
        let changes = self.changes.iter().filter(move |change| change.holds(version)).map(|change| &change.facts);
        let settings = self.settings.iter().filter(move |setting| setting.is_made(site));
        changes.chain(settings.map(|setting| &setting.facts))
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
