//! The YAML parsers that site generators use, and what they make of a plain scalar.

use serde::Deserialize;

/// A YAML parser, named by the library that resolves plain scalars in the same way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum YamlDialect {
    /// Unknown: nothing is reported because of it.
    #[default]
    Unknown,
    /// `PyYAML`: `MkDocs`.
    Pyyaml,
    /// `SafeYAML` on `Psych`: Jekyll.
    Safeyaml,
    /// goccy/go-yaml: Hugo.
    Goccy,
    /// js-yaml 3, in gray-matter: Docusaurus, `VitePress`.
    JsYaml3,
    /// js-yaml 4: Astro, Eleventy, Quarto.
    JsYaml4,
    /// `yaml` for JavaScript: Hexo, Obsidian.
    Eemeli,
    /// `serde_yaml`: Zola.
    SerdeYaml,
    /// Not YAML: each line is a key, a colon and a string: Pelican.
    MetaLines,
}

/// What a plain scalar is resolved to.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum ResolvedScalar {
    /// The string as it is written.
    String,
    /// A boolean.
    Bool(bool),
    /// Nothing.
    Null,
    /// A number, as the parser would print it.
    Number(String),
    /// A timestamp: `2024-01-01`.
    Timestamp,
    /// A date that doesn't exist in the calendar, rolled over to one that does: 30 February to 2 March.
    RolledOverDate,
    /// The parser rejects the whole front matter.
    SyntaxError,
}
