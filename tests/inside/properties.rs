//! What must hold for whatever anybody writes: the seeded loops of `random_input.rs` and the targets in `fuzz/`
//! both ask this. A page fails by a panic that shows it.
#![allow(dead_code, reason = "each test file uses its own part")]

use crate::config::{Config, ConfigDiagnostics};
use crate::content::ContentType;
use crate::date;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::{Document, suppressions};
use crate::fix::{apply_fixes, fix_all, retain_verified};
use crate::fs::ProjectFiles;
use crate::generator;
use crate::linter;
use crate::linter::{INTERNAL_ERROR, LintContext};
use crate::rule::{Group, RuleDoc, RuleSet};
use crate::site::Site;
use crate::source::{Source, Span};
use crate::workspace::examples;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What posts are looked at with: every rule there is, those included that are off by default.
pub struct World {
    rules: Arc<RuleSet>,
    content: Arc<ContentType>,
    site: Site,
}

/// Fields of every type, so that the rules about them have something to go by.
const CONTENT: &str = "content:
  post:
    files: '**'
    unknown-fields: warning
    fields:
      title: { type: string, required: true, max-length: 60 }
      date: { type: date, required: true }
      draft: { type: bool }
      weight: { type: int }
      tags: { type: list, min-items: 1, items: { one-of: [rust, 개발, operations], aliases: { ops: operations } } }
      image: { type: path, must-exist: true }
";

/// Generators whose readers differ most.
pub const GENERATORS: [&str; 4] = ["hugo", "jekyll", "docusaurus", "none"];

impl World {
    /// A site that this generator builds, if it is one of [`matterlint`]'s.
    pub fn of(generator: &str) -> Self {
        let levels = crate::rule::ids().map(|id| format!("  {id}: warning\n")).collect::<String>();
        let layer = ("every rule".to_owned(), format!("{CONTENT}rules:\n{levels}"));
        let config = Config::read(None, &[layer], &ProjectFiles::none()).expect("the layer is right");
        let profile = generator::profile(generator).unwrap_or_default();
        let site = date::parse("2026-01-31").into_iter().fold(Site::alone(), Site::on).built_by(profile);
        Self { rules: config.rules_for("post.md"), content: config.content_for("post.md"), site }
    }

    fn lint(&self, source: &Source) -> Vec<Diagnostic> {
        self.lint_with(source, true)
    }

    fn lint_with(&self, source: &Source, use_suppressions: bool) -> Vec<Diagnostic> {
        self.lint_document(&Document::parse(source), use_suppressions)
    }

    fn lint_document(&self, doc: &Document, use_suppressions: bool) -> Vec<Diagnostic> {
        let setup = LintContext { rules: &self.rules, content: &self.content, site: &self.site, use_suppressions };
        let mut found = linter::lint(doc, setup);
        retain_verified(doc, &mut found, |doc| linter::lint(doc, setup));
        found
    }
}

/// What came of a page, for a loop to know that it tries something.
#[derive(Default, Debug)]
pub struct Seen {
    pub findings: usize,
    pub fixed: usize,
}

/// Asks everything of a page.
pub fn of_page(world: &World, path: &str, bytes: &[u8]) -> Seen {
    let source = Source::new(path, bytes.to_vec());
    let found = world.lint(&source);
    fit(&source, &found);
    assert_eq!(world.lint(&source), found, "the same page, other findings: {:?}", source.text());
    line_ends_change_nothing(world, &source, &found);
    disable_comments_only_remove(world, &source, &found);
    let mut seen = Seen { findings: found.len(), fixed: 0 };
    for unsafe_too in [false, true] {
        seen.fixed += fixes_do_no_harm(world, path, bytes, &found, unsafe_too);
    }
    seen
}

/// No internal error, and every place is a piece of the text.
fn fit(source: &Source, found: &[Diagnostic]) {
    for diagnostic in found {
        assert_ne!(&*diagnostic.rule, INTERNAL_ERROR, "{}: {:?}", diagnostic.message, source.text());
        let edits = || diagnostic.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
        let labels = diagnostic.labels.iter().map(|label| label.span);
        let others = diagnostic.also_at.iter().copied().chain(labels);
        for span in [diagnostic.span].into_iter().chain(others).chain(edits()) {
            assert!(source.text().get(span.range()).is_some(), "{span:?} of {diagnostic:?}: {:?}", source.text());
        }
        let mut edits: Vec<Span> = edits().collect();
        edits.sort();
        assert!(edits.is_sorted_by(|a, b| a.end <= b.start), "edits meet in {diagnostic:?}: {:?}", source.text());
    }
}

/// With CRLF for LF the same is found at the same places.
fn line_ends_change_nothing(world: &World, source: &Source, found: &[Diagnostic]) {
    let text = source.text();
    if text.contains('\r') || !source.is_valid_utf8() {
        return;
    }
    let other = Source::new(source.path(), text.replace('\n', "\r\n").into_bytes());
    let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).collect();
    let moved = |span: Span| {
        let by = |at: usize| at + ends.partition_point(|end| *end < at);
        Span::new(by(span.start), by(span.end))
    };
    let reported = |found: &[Diagnostic], moved: &dyn Fn(Span) -> Span| -> Vec<String> {
        let describe = |diagnostic: &Diagnostic| {
            let labels: Vec<_> = diagnostic.labels.iter().map(|label| (moved(label.span), &label.text)).collect();
            let edits = diagnostic.fix.iter().flat_map(|fix| &fix.edits);
            let edits: Vec<_> = edits.map(|edit| (moved(edit.span), &edit.insert)).collect();
            let also_at: Vec<_> = diagnostic.also_at.iter().map(|span| moved(*span)).collect();
            let Diagnostic { rule, span, message, label, help, .. } = diagnostic;
            let reported =
                format!("{rule} {:?} {message:?} {label:?} {also_at:?} {labels:?} {help:?} {edits:?}", moved(*span));
            reported.replace("\\r\\n", "\\n")
        };
        let mut reported: Vec<String> = found.iter().map(describe).collect();
        reported.sort();
        reported
    };
    let (here, there) = (reported(found, &moved), reported(&world.lint(&other), &|span| span));
    assert_eq!(here, there, "line ends make a difference: {text:?}");
}

/// Disable comments remove findings, and only the rules about such comments add others.
fn disable_comments_only_remove(world: &World, source: &Source, found: &[Diagnostic]) {
    if suppressions::parse_suppressions(&Document::parse(source)).is_empty() {
        return;
    }
    let reported = |found: &[Diagnostic]| -> BTreeSet<(Arc<str>, Span)> {
        let is_of_linter =
            |rule: &str| world.rules.get(rule).is_some_and(|rule| rule.doc.metadata.group == Group::Linter);
        let others = found.iter().filter(|diagnostic| !is_of_linter(&diagnostic.rule));
        // A finding whose first place is suppressed moves to its next.
        others.flat_map(|found| places(found).map(|span| (found.rule.clone(), span))).collect()
    };
    let (with, without) = (reported(found), reported(&world.lint_with(source, false)));
    let more: Vec<_> = with.difference(&without).collect();
    assert!(more.is_empty(), "switched off, and yet there is more: {more:?} in {:?}", source.text());
}

/// After its fixes a page has no new findings, nothing more to fix, and the same data where no fix was.
fn fixes_do_no_harm(world: &World, path: &str, bytes: &[u8], found: &[Diagnostic], unsafe_too: bool) -> usize {
    let source = Source::new(path, bytes.to_vec());
    let result = fix_all(Source::new(path, bytes.to_vec()), unsafe_too, |doc| world.lint_document(doc, true));
    let (before, after) = (source.text(), result.source.text());
    fit(&result.source, &result.diagnostics);
    if result.fixed == 0 {
        assert_eq!(before, after);
        return 0;
    }
    let again = fix_all(Source::new(path, after.into()), unsafe_too, |doc| world.lint_document(doc, true));
    assert_eq!((again.fixed, again.source.text()), (0, after), "a second run fixes more: {before:?}");
    let doc = Document::parse(&source);
    // A fix of broken front matter reveals what it has hidden.
    if doc.placement_problems.is_empty() && doc.front_matter.as_ref().is_none_or(|front| front.problems.is_empty()) {
        nothing_new(world, &source, found, unsafe_too);
        same_data(&doc, &Document::parse(&result.source), found);
    }
    result.fixed
}

/// One pass of fixes brings no finding to a paragraph, or to a front matter, that it leaves alone.
fn nothing_new(world: &World, source: &Source, found: &[Diagnostic], unsafe_too: bool) {
    let Some(pass) = apply_fixes(source.text(), found, unsafe_too, usize::MAX) else { return };
    let moved = |at: usize| {
        let before = pass.edits.iter().take_while(|edit| edit.span.end <= at);
        before.fold(at, |at, edit| at + edit.insert.len() - edit.span.len())
    };
    let was: BTreeSet<(Arc<str>, usize)> =
        found.iter().flat_map(|found| places(found).map(|span| (found.rule.clone(), moved(span.start)))).collect();
    let next = Source::new(source.path(), pass.text.clone().into_bytes());
    let is_blank = |line: &usize| next.slice(next.line_span(*line)).trim().is_empty();
    let lines = |span: Span| {
        let (first, last) = (next.line_of(span.start), next.line_of(span.end));
        let above = (1..first).rev().take_while(|line| !is_blank(line)).count();
        let below = (last + 1..=next.line_count()).take_while(|line| !is_blank(line)).count();
        first - above..=last + below
    };
    let written = pass.edits.iter().map(|edit| {
        let start = moved(edit.span.start);
        lines(Span::new(start, start + edit.insert.len()))
    });
    let written: Vec<_> = written.collect();
    // What is said of a whole page changes with any of its lines.
    for found in world.lint(&next).iter().filter(|found| &*found.rule != "lost-formatting") {
        let is_near = written.iter().any(|lines| lines.contains(&next.line_of(found.span.start)));
        let is_old = places(found).any(|span| was.contains(&(found.rule.clone(), span.start)));
        assert!(is_near || is_old, "new after fixes: {found:?} in {:?}, before {:?}", next.text(), source.text());
    }
}

/// The places of a finding: a problem with several places is reported once.
fn places(found: &Diagnostic) -> impl Iterator<Item = Span> {
    let labels = found.labels.iter().map(|label| label.span);
    [found.span].into_iter().chain(found.also_at.iter().copied()).chain(labels)
}

/// What no fix touched reads as before, by another reader of YAML than the one that made the fixes.
fn same_data(before: &Document, after: &Document, found: &[Diagnostic]) {
    let read = |doc: &Document| -> Option<BTreeMap<String, serde_yaml::Value>> {
        serde_yaml::from_str(doc.slice(doc.front_matter.as_ref()?.content_span)).ok()
    };
    let (Some(was), Some(now)) = (read(before), read(after)) else { return };
    let edits: Vec<&Edit> = found.iter().filter_map(|found| found.fix.as_ref()).flat_map(|fix| &fix.edits).collect();
    let root = before.front_matter.iter().filter_map(|front| front.root());
    let entries = root.flat_map(|root| root.entries());
    for entry in entries {
        let (span, Some(key)) = (entry.span(), entry.key.text()) else { continue };
        if !edits.iter().any(|edit| edit.span.start <= span.end && span.start <= edit.span.end) {
            let (text, other) = (before.source.text(), after.source.text());
            assert_eq!(was.get(key), now.get(key), "`{key}` changed: {text:?}, {other:?}");
        }
    }
}

/// Asks everything of a config: it is read, or its faults are pieces of it, and either way each time.
pub fn of_config(text: &str, post: &[u8]) -> bool {
    let read = || Config::read(Some(Source::new("matterlint.yaml", text.into())), &[], &ProjectFiles::none());
    let describe = |faults: Vec<ConfigDiagnostics>| -> Vec<Diagnostic> {
        let reported = faults.into_iter().flat_map(|faults| {
            fit(&faults.source, &faults.diagnostics);
            faults.diagnostics
        });
        reported.collect()
    };
    match (read(), read()) {
        (Err(faults), Err(again)) => {
            assert_eq!(describe(faults), describe(again), "the same config, other faults: {text:?}");
            false
        }
        (Ok(config), Ok(_)) => {
            let (rules, content, site) = (config.rules_for("a/b.md"), config.content_for("a/b.md"), Site::alone());
            let source = Source::new("a/b.md", post.to_vec());
            let setup = LintContext { rules: &rules, content: &content, site: &site, use_suppressions: true };
            fit(&source, &linter::lint(&Document::parse(&source), setup));
            true
        }
        _ => panic!("the same config, once right and once wrong: {text:?}"),
    }
}

/// Asks everything of a rule's page: it is read, or its faults are pieces of it; its examples can be run.
pub fn of_rule_page(text: &str) -> bool {
    match RuleDoc::read("own-rule", Source::new("rules/own-rule.md", text.into())) {
        Err(faults) => {
            let (source, diagnostics) = *faults;
            fit(&source, &diagnostics);
            false
        }
        Ok(page) => {
            let page = Arc::new(page);
            for failure in examples::failures(&page, &Config::default()) {
                assert!(text.get(failure.span.range()).is_some(), "{failure:?}: {text:?}");
            }
            true
        }
    }
}
