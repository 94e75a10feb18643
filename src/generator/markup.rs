//! What a generator does with the markup of a page: its template language, MDX, raw HTML, and extensions of Markdown.

use serde::Deserialize;
use std::collections::BTreeMap;

/// How a generator processes the body of a page, from the key `markup` of its profile.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MarkupProfile {
    /// The template language that it applies to a page before Markdown, unless the config of the site changes that.
    pub(crate) template: Option<TemplateLanguage>,
    /// The keys of the front matter whose values it applies it to as well, and to the values of a mapping.
    pub(crate) template_fields: Vec<String>,
    /// The template languages by the name that a site's config uses for them.
    pub(crate) languages: BTreeMap<TemplateLanguage, TemplateTags>,
    /// Which pages are MDX.
    pub(crate) mdx: MdxPages,
    /// Whether it has Hugo's shortcodes.
    pub(crate) shortcodes: Option<Shortcodes>,
    /// What it does with raw HTML.
    pub(crate) raw_html: RawHtml,
    /// The extensions of Markdown that it shows as text, and what enables them.
    pub(crate) unsupported: BTreeMap<MarkdownExtension, Unsupported>,
    /// What it does with a link to a page that doesn't exist; none if nothing.
    pub(crate) dead_links: Option<String>,
    /// What it does with a picture that doesn't exist; none if nothing.
    pub(crate) dead_images: Option<DeadImages>,
    /// Whether four spaces make no code: in MDX by `.mdx`, and in Eleventy.
    pub(crate) has_no_indented_code: bool,
    /// Whether an unclosed HTML comment hides the rest of the page.
    pub(crate) unclosed_comment: Option<String>,
    /// Where the site says how it is built.
    pub(crate) files: BuildPlaces,
}

/// What a generator does with a picture that doesn't exist.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct DeadImages {
    /// What happens.
    pub(crate) explanation: String,
    /// The folder to which paths with a leading slash are relative; such paths aren't checked without it.
    pub(crate) root: Option<String>,
    /// Settings after which the places aren't known.
    #[serde(default)]
    pub(crate) unless: Vec<String>,
}

/// Files and folders of a site, relative to its root, that decide how it is built.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct BuildPlaces {
    /// Its config.
    pub(crate) config: Vec<String>,
    /// Code that may define tags, filters, variables and components.
    pub(crate) code: Vec<String>,
    /// Templates that pages name; one `*` may stand for a folder.
    pub(crate) templates: Vec<String>,
    /// Folders of data files, whose names are variables.
    pub(crate) data: Vec<String>,
    /// Settings that name such a folder, relative to the site's root or to the folder that a setting `input` names.
    pub(crate) data_moved_by: Vec<String>,
    /// Words in the config after which it isn't known which tags, shortcodes or components exist.
    pub(crate) open_ended: Vec<String>,
}

/// A template language for the text of pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TemplateLanguage {
    /// Liquid of Ruby: Jekyll.
    Liquid,
    /// `liquidjs`: Eleventy.
    LiquidJs,
    /// Nunjucks: Eleventy on request.
    Nunjucks,
    /// The tags of Hexo: Nunjucks that leaves code alone.
    HexoTags,
}

impl TemplateLanguage {
    /// Whether `{#` … `#}` is a comment.
    pub(crate) fn has_comments(self) -> bool {
        matches!(self, TemplateLanguage::Nunjucks | TemplateLanguage::HexoTags)
    }

    /// Whether it evaluates what Markdown displays as code.
    pub(crate) fn evaluates_code(self) -> bool {
        self != TemplateLanguage::HexoTags
    }

    /// Whether a `}}` in a quoted string doesn't end an output.
    pub(crate) fn respects_quotes(self) -> bool {
        self != TemplateLanguage::Liquid
    }
}

/// The tags, filters and variables of a template language in a generator.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct TemplateTags {
    /// Tags without an end.
    pub(crate) tags: Vec<String>,
    /// Tags with an end, and the tags that may divide their content.
    pub(crate) blocks: BTreeMap<String, Vec<String>>,
    /// Blocks without an end if their arguments have a `=`, such as `{% set a = 1 %}`.
    pub(crate) assignments: Vec<String>,
    /// Tags that need an argument.
    pub(crate) arguments: Vec<String>,
    /// Filters.
    pub(crate) filters: Vec<String>,
    /// Variables that exist on every page.
    pub(crate) variables: Vec<String>,
    /// What happens to the page on a syntax error or an unknown tag.
    pub(crate) error: String,
    /// What happens on a filter that doesn't exist; none if it is ignored.
    pub(crate) unknown_filter: Option<String>,
    /// What happens to an expression that can't be parsed; none if it is the same as an undefined variable.
    pub(crate) invalid_expression: Option<String>,
    /// What an undefined variable becomes.
    pub(crate) undefined: String,
}

/// Which pages are MDX.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MdxPages {
    /// None.
    #[default]
    None,
    /// Those whose name ends in `.mdx`.
    ByExtension,
    /// All, with Docusaurus' allowances for HTML comments and heading IDs.
    All,
}

/// What a generator does with raw HTML.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RawHtml {
    /// It stays: a tag that HTML doesn't have is invisible.
    #[default]
    Kept,
    /// It is dropped unless the site's config allows it.
    Dropped,
    /// It is displayed as text.
    Escaped,
    /// The page is a Vue template: tags must be closed.
    Vue,
}

/// Hugo's shortcodes.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Shortcodes {
    /// The built-in ones, and whether they have content.
    pub(crate) built_in: BTreeMap<String, ShortcodeContent>,
    /// Whether it isn't known what happens to one that is never closed.
    pub(crate) may_stay_open: bool,
}

/// Whether a shortcode has content and thus needs an end.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ShortcodeContent {
    /// It must be closed.
    Required,
    /// It must not be closed.
    None,
    /// Its template isn't known well enough.
    Unknown,
    /// It isn't built in any more.
    Removed,
}

/// An extension of Markdown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MarkdownExtension {
    /// `{{< … >}}`, `{{% … %}}`
    Shortcodes,
    /// `{% … %}`
    LiquidTags,
    /// `:::note` … `:::`
    Directives,
    /// `!!! note`, `??? note`
    Admonitions,
    /// `> [!NOTE]`
    Alerts,
    /// `{: .class }`, `{#id}`
    AttributeLists,
    /// `[^1]`
    Footnotes,
    /// `~~deleted~~`
    Strikethrough,
    /// `- [ ] task`
    TaskLists,
    /// A list directly below a paragraph.
    ListsInParagraphs,
    /// Lists nested by less than four spaces.
    NarrowNesting,
    /// `[[page]]`
    WikiLinks,
    /// `==marked==`
    Highlights,
    /// `:smile:`
    EmojiCodes,
    /// `[TOC]`, `[[toc]]`
    ContentsMarks,
}

/// What a generator does with an extension of Markdown that it doesn't support.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Unsupported {
    /// What readers see: `the marker as text`.
    pub(crate) shown: String,
    /// Words in the site's config that enable it.
    pub(crate) enabled_by: Vec<String>,
    /// Files or folders of the site that may enable it.
    pub(crate) enabled_by_files: Vec<String>,
    /// What to do.
    pub(crate) help: String,
}
