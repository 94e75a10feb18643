//! What the unit tests of checks share: a content type in a few words, and a finding as a reader meets it.

use crate::checks;
use crate::checks::{Context, Finding, Findings};
use crate::content::{ContentType, Field, Shape, Vocabulary};
use crate::data::field_type::FieldType;
use crate::data::typed::Options;
use crate::document::Document;
use crate::fs::{Memory, Root};
use crate::site::{Site, SiteFiles};
use crate::source::Source;
use std::path::Path;
use std::sync::Arc;

/// A finding as a reader meets it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestFinding {
    /// Where the marked text begins, in bytes.
    pub(crate) at: usize,
    /// The marked text.
    pub(crate) marked: String,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: String,
    /// The file after the fix, and whether it is safe.
    pub(crate) fixed: Option<(String, bool)>,
}

impl TestFinding {
    /// The file after a safe fix.
    pub(crate) fn safely(&self) -> &str {
        self.fixed.as_ref().filter(|(_, safe)| *safe).map(|(text, _)| text.as_str()).expect("a safe fix")
    }

    /// The file after an unsafe fix.
    pub(crate) fn unsafely(&self) -> &str {
        self.fixed.as_ref().filter(|(_, safe)| !*safe).map(|(text, _)| text.as_str()).expect("an unsafe fix")
    }
}

/// What the check called `name` finds in a page at `_posts/a.md`, in a site that has `assets/img/a.png`,
/// `assets/img/my cat.png` and `_posts/b.png`.
pub(crate) fn run(name: &str, content: &ContentType, text: &str) -> Vec<TestFinding> {
    let source = Source::new("_posts/a.md", text.as_bytes().to_vec());
    let doc = Document::parse(&source);
    let files = ["assets/img/a.png", "assets/img/my cat.png", "_posts/b.png"];
    let files = Memory::new(files.map(|file| (format!("/{file}"), "")));
    let root = Root::new(Arc::new(files), Path::new("/"));
    let site = Site::new(SiteFiles { root, base: "/".into(), cwd: "/".into() });
    let definition = checks::find(name).expect("a check of that name");
    let check = (definition.create)(Options::Null).expect("no options needed");
    let mut found = Findings::default();
    check.check(&Context { doc: &doc, content, site: &site }, &mut found);
    let seen = |finding: Finding| TestFinding {
        at: finding.span.start,
        marked: source.slice(finding.span).to_owned(),
        fixed: finding.fix.map(|fix| {
            let mut fixed = text.to_owned();
            for edit in fix.edits.iter().rev() {
                fixed.replace_range(edit.span.range(), &edit.insert);
            }
            (fixed, fix.safe)
        }),
        message: finding.message,
        label: finding.primary_label.unwrap_or_default(),
        help: finding.help.unwrap_or_default(),
    };
    found.into_findings().into_iter().map(seen).collect()
}

/// The only finding.
pub(crate) fn only(name: &str, content: &ContentType, text: &str) -> TestFinding {
    let mut seen = run(name, content, text);
    assert_eq!(seen.len(), 1, "{seen:#?}");
    seen.remove(0)
}

/// A content type of the given fields; a name with `!` at its end is required.
pub(crate) fn content(fields: impl IntoIterator<Item = (&'static str, Shape)>) -> ContentType {
    let field = |(name, shape): (&'static str, Shape)| {
        let bare = name.trim_end_matches('!');
        Field { name: bare.to_owned(), required: bare != name, shape, ..Field::default() }
    };
    ContentType { name: "post".to_owned(), fields: fields.into_iter().map(field).collect(), ..ContentType::default() }
}

/// A value of one of the types.
pub(crate) fn shape<const N: usize>(types: [FieldType; N]) -> Shape {
    Shape { types: types.to_vec(), ..Shape::default() }
}

/// A list whose items are out of `terms`.
pub(crate) fn tags(terms: &[&str], aliases: &[(&str, &str)]) -> Shape {
    let items = Shape { vocabulary: Some(vocabulary(terms, aliases)), ..shape([FieldType::String]) };
    Shape { items: Some(Box::new(items)), ..shape([FieldType::List]) }
}

/// A closed set of values.
pub(crate) fn vocabulary(terms: &[&str], aliases: &[(&str, &str)]) -> Vocabulary {
    Vocabulary {
        terms: terms.iter().map(|&term| term.to_owned()).collect(),
        aliases: aliases.iter().map(|&(alias, term)| (alias.to_owned(), term.to_owned())).collect(),
        origin: None,
    }
}
