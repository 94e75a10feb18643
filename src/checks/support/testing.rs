//! Helpers for the unit tests of checks: short content types, and findings as a reader sees them.

use crate::checks;
use crate::checks::{Check, Context, Finding, Findings};
use crate::content::{ContentType, Field, ValueConstraints, Vocabulary};
use crate::data::field_type::FieldType;
use crate::data::typed::{DeserializeError, Options};
use crate::document::Document;
use crate::fs::{Memory, Root};
use crate::site::{Site, SiteFiles};
use crate::source::Source;
use std::path::Path;
use std::sync::Arc;

/// A finding as a reader sees it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct TestFinding {
    /// The offset of the marked text, in bytes.
    pub(crate) at: usize,
    /// The marked text.
    pub(crate) marked: String,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) help: String,
    /// The file after the fix, and whether the fix is safe.
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

/// The check called `name`, if it exists, or what is wrong with its options.
pub(crate) fn create(name: &str, options: Options) -> Option<Result<Box<dyn Check>, DeserializeError>> {
    checks::find(name).map(|check| (check.create)(options))
}

/// The findings of the check called `name` in a page at `_posts/a.md`, in a site with `assets/img/a.png`,
/// `assets/img/my cat.png` and `_posts/b.png`.
pub(crate) fn run(name: &str, content: &ContentType, text: &str) -> Vec<TestFinding> {
    let source = Source::new("_posts/a.md", text.as_bytes().to_vec());
    let doc = Document::parse(&source);
    let files = ["assets/img/a.png", "assets/img/my cat.png", "_posts/b.png"];
    let files = Memory::new(files.map(|file| (format!("/{file}"), "")));
    let root = Root::new(Arc::new(files), Path::new("/"));
    let site = Site::new(SiteFiles { root, base: "/".into(), cwd: "/".into() });
    let check = create(name, Options::Null).expect("a check of that name").expect("no options needed");
    let mut found = Findings::default();
    check.check(&Context::new(&doc, content, &site), &mut found);
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

/// Asserts that the check marks one place in each text, and what its unsafe fix makes of it: `(text, marked, fixed)`.
pub(crate) fn assert_fixes(name: &str, cases: &[(&str, &str, &str)]) {
    for (text, marked, fixed) in cases {
        let finding = only(name, &ContentType::default(), text);
        assert_eq!((finding.marked.as_str(), finding.unsafely()), (*marked, *fixed), "{text}");
    }
}

/// Asserts that the check reports nothing in these texts.
pub(crate) fn assert_silent(name: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(run(name, &ContentType::default(), text), [], "{text}");
    }
}

/// The only finding.
pub(crate) fn only(name: &str, content: &ContentType, text: &str) -> TestFinding {
    let mut seen = run(name, content, text);
    assert_eq!(seen.len(), 1, "{seen:#?}");
    seen.remove(0)
}

/// A content type with the given fields; `!` at the end of a name makes it required.
pub(crate) fn content(fields: impl IntoIterator<Item = (&'static str, ValueConstraints)>) -> ContentType {
    let field = |(name, constraints): (&'static str, ValueConstraints)| {
        let bare = name.trim_end_matches('!');
        Field { name: bare.to_owned(), required: bare != name, constraints, ..Field::default() }
    };
    ContentType { name: "post".to_owned(), fields: fields.into_iter().map(field).collect(), ..ContentType::default() }
}

/// A value of one of the types.
pub(crate) fn shape<const N: usize>(types: [FieldType; N]) -> ValueConstraints {
    ValueConstraints { types: types.to_vec(), ..ValueConstraints::default() }
}

/// A list with items from `terms`.
pub(crate) fn tags(terms: &[&str], aliases: &[(&str, &str)]) -> ValueConstraints {
    let items = ValueConstraints { vocabulary: Some(vocabulary(terms, aliases)), ..shape([FieldType::String]) };
    ValueConstraints { items: Some(Box::new(items)), ..shape([FieldType::List]) }
}

/// A vocabulary.
pub(crate) fn vocabulary(terms: &[&str], aliases: &[(&str, &str)]) -> Vocabulary {
    Vocabulary {
        terms: terms.iter().map(|&term| term.to_owned()).collect(),
        aliases: aliases.iter().map(|&(alias, term)| (alias.to_owned(), term.to_owned())).collect(),
        origin: None,
    }
}
