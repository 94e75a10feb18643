//! What the front matter and the path of a page say about the page itself: whether it is a draft, its date, its language.
//! The only place that decides this.

use crate::data::node::Value;
use crate::date::{self, Date};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::GeneratorProfile;
use std::path::Path;

/// The folder whose pages are drafts.
const DRAFTS_FOLDER: &str = "_drafts";

/// The keys that name the language of a page.
const LANGUAGE_KEYS: [&str; 3] = ["lang", "locale", "language"];

/// The key of the publication date where the generator has none of its own.
const DATE_KEY: &str = "date";

/// Metadata of a page that other pages and rules depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageMeta {
    /// `draft: true`, or in a folder of drafts.
    pub(crate) draft: bool,
    /// Not `published: false`.
    pub(crate) published: bool,
    /// The publication date, whether or not it exists in the calendar; none if there is none or it is not a date.
    pub(crate) date: Option<Date>,
    /// The language, as written.
    pub(crate) language: Option<String>,
}

impl PageMeta {
    /// Reads the metadata of the page at `path`.
    pub(crate) fn read(front_matter: Option<&FrontMatter>, path: &Path, profile: &GeneratorProfile) -> Self {
        let field = |name: &str| front_matter?.get(name);
        let is = |name: &str, value: bool| field(name).and_then(Value::bool) == Some(value);
        let in_drafts = || path.components().any(|part| part.as_os_str() == DRAFTS_FOLDER);
        let date_key = profile.dates.published.as_deref().unwrap_or(DATE_KEY);
        let language = LANGUAGE_KEYS.iter().find_map(|key| field(key)?.text());
        Self {
            draft: is("draft", true) || in_drafts(),
            published: !is("published", false),
            date: field(date_key).and_then(Value::text).and_then(date::parse),
            language: language.map(str::to_owned),
        }
    }

    /// Whether the page isn't published: a draft, or `published: false`.
    pub(crate) fn is_draft(&self) -> bool {
        self.draft || !self.published
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::source::Source;

    fn meta(path: &str, front_matter: &str) -> PageMeta {
        let source = Source::new(path, format!("---\n{front_matter}---\n\nText.\n").into_bytes());
        let doc = Document::parse(&source);
        PageMeta::read(doc.front_matter.as_ref(), doc.source.path(), &GeneratorProfile::default())
    }

    #[test]
    fn drafts_are_pages_that_are_not_published() {
        for (path, front_matter, is_draft) in [
            ("a.md", "title: A\n", false),
            ("a.md", "draft: true\n", true),
            ("a.md", "draft: True\n", true),
            ("a.md", "draft: false\n", false),
            ("a.md", "draft: 'true'\n", false),
            ("a.md", "published: false\n", true),
            ("a.md", "published: true\n", false),
            ("_drafts/a.md", "title: A\n", true),
            ("blog/_drafts/a.md", "draft: false\n", true),
        ] {
            assert_eq!(meta(path, front_matter).is_draft(), is_draft, "{path}: {front_matter}");
        }
    }

    #[test]
    fn date_and_language_are_read() {
        let meta = meta("a.md", "date: 2024-02-30 10:00\nlocale: ko\n");
        assert_eq!(meta.date.map(|date| (date.year, date.month, date.day)), Some((2024, 2, 30)));
        assert_eq!(meta.language.as_deref(), Some("ko"));
        assert_eq!(self::meta("a.md", "date: soon\n").date, None);
    }
}
