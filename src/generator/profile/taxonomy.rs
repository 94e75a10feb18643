//! What a generator does with tags, categories and other taxonomies.

use serde::Deserialize;

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

#[cfg(test)]
mod tests {
    use super::TermNormalization;

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
