//! Whether a fix gives a better page by the program's own reading. A fix that can't be verified isn't offered.
//!
//! The page with the fix is parsed and linted, and held to this: front matter that parsed still does, broken front matter
//! is no worse; every key and every value that the fix doesn't touch is still there, with its type; the structure of the
//! body is the same; no finding is new; the fixed place needs no fix again. What a fix may change besides the characters
//! that it touches is its [`FixEffect`].
//!
//! It has over 400 lines because what a fix may change is decided by comparing two readings of one page, in one place.

use crate::data::node::Value;
use crate::diagnostic::{Diagnostic, Edit, FixEffect};
use crate::document::Document;
use crate::document::body::outline::{Outline, outline};
use crate::document::front_matter::FrontMatter;
use crate::fix::apply::{AppliedFixes, apply};
use crate::source::{Source, Span};
use std::collections::BTreeMap;

/// How many times a page is parsed to verify its fixes, at most: pages with one wrong fix among many need a few more than
/// one.
const MAX_ATTEMPTS: usize = 64;

/// How many bytes of a page are parsed to verify its fixes, at most, over all attempts; the first attempt always happens.
const MAX_BYTES: usize = 256 << 10;

/// Takes the fixes away that can't be verified, and all but the first of those that change one place.
///
/// `lint` finds what the same rules find in another version of the page.
pub(crate) fn retain_verified(
    doc: &Document,
    diagnostics: &mut [Diagnostic],
    lint: impl Fn(&Document) -> Vec<Diagnostic>,
) {
    if diagnostics.iter().all(|diagnostic| diagnostic.fix.is_none()) {
        return;
    }
    let before = Reading::of(doc, diagnostics);
    let mut verified = vec![false; diagnostics.len()];
    let mut attempts = (MAX_BYTES / doc.source.text().len().max(1)).clamp(1, MAX_ATTEMPTS);
    for safe in [true, false] {
        let has = |index: &usize| diagnostics[*index].fix.as_ref().is_some_and(|fix| fix.safe == safe);
        let mut left: Vec<usize> = (0..diagnostics.len()).filter(has).collect();
        while !left.is_empty() && attempts > 0 {
            let (apart, meeting) = apart(diagnostics, &left, &verified);
            let mut groups = vec![apart];
            while let Some(group) = groups.pop().filter(|_| attempts > 0) {
                if group.is_empty() {
                    continue;
                }
                attempts -= 1;
                if is_better(&before, diagnostics, &group, &lint) {
                    group.iter().for_each(|index| verified[*index] = true);
                } else if group.len() > 1 {
                    let (first, second) = group.split_at(group.len() / 2);
                    groups.extend([second.to_vec(), first.to_vec()]);
                }
            }
            left = meeting;
        }
    }
    for (diagnostic, _) in diagnostics.iter_mut().zip(verified).filter(|(_, verified)| !verified) {
        diagnostic.fix = None;
    }
}

/// Whether the data and the structure that the applied fixes don't touch are the same after them.
pub(crate) fn keeps_everything_else(
    before: &Document,
    after: &Document,
    applied: &AppliedFixes,
    diagnostics: &[Diagnostic],
) -> bool {
    let fixes = || applied.fixed.iter().filter_map(|index| diagnostics[*index].fix.as_ref());
    let effect = fixes().map(|fix| fix.effect).max().unwrap_or_default();
    let change = Change { edits: &applied.edits, effect, safe: fixes().all(|fix| fix.safe) };
    change.keeps_front_matter(before, after) && change.keeps_body(&Reading::of(before, &[]), after)
}

/// Those of the fixes `left` that are apart from each other and from all that are verified; and those that meet one of the
/// first, which are tried again where that one fails. What meets a verified fix is dropped: one place, one fix.
fn apart(diagnostics: &[Diagnostic], left: &[usize], verified: &[bool]) -> (Vec<usize>, Vec<usize>) {
    let edits = |index: usize| diagnostics[index].fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
    let mut taken = BTreeMap::new();
    let known: BTreeMap<usize, usize> = (0..verified.len())
        .filter(|&index| verified[index])
        .flat_map(edits)
        .map(|span| (span.start, span.end))
        .collect();
    // Spans by their start; they are apart, so that the last one that starts before the end of another decides.
    let meets = |spans: &BTreeMap<usize, usize>, span: Span| {
        spans.range(..=span.end).next_back().is_some_and(|(start, end)| meet(Span::new(*start, *end), span))
    };
    let (mut apart, mut meeting) = (Vec::new(), Vec::new());
    for &index in left {
        if edits(index).any(|span| meets(&known, span)) {
            continue;
        }
        if edits(index).any(|span| meets(&taken, span)) {
            meeting.push(index);
        } else {
            taken.extend(edits(index).map(|span| (span.start, span.end)));
            apart.push(index);
        }
    }
    (apart, meeting)
}

/// The page as it is.
struct Reading<'a> {
    doc: &'a Document<'a>,
    outline: Outline,
    /// How many findings each rule has.
    counts: BTreeMap<Box<str>, usize>,
}

impl<'a> Reading<'a> {
    fn of(doc: &'a Document<'a>, diagnostics: &[Diagnostic]) -> Self {
        Self { doc, outline: outline(doc.source, doc.body.span.start), counts: counts(diagnostics) }
    }
}

fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<Box<str>, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(Box::from(&*diagnostic.rule)).or_default() += 1;
    }
    counts
}

/// Whether the page is better with the fixes of the diagnostics in `group`, which are apart from each other.
fn is_better(
    before: &Reading,
    diagnostics: &[Diagnostic],
    group: &[usize],
    lint: impl Fn(&Document) -> Vec<Diagnostic>,
) -> bool {
    let fixes = || group.iter().filter_map(|index| diagnostics[*index].fix.as_ref());
    let mut edits: Vec<Edit> = fixes().flat_map(|fix| fix.edits.clone()).collect();
    edits.sort_by_key(|edit| edit.span);
    let text = before.doc.source.text();
    let crossing = edits.windows(2).any(|pair| pair[1].span.start < pair[0].span.end || pair[0].span == pair[1].span);
    if crossing || edits.iter().any(|edit| text.get(edit.span.range()).is_none()) {
        return false;
    }
    let fixed = apply(text, &edits);
    if fixed == text {
        return false;
    }
    let source = Source::new(before.doc.source.path(), fixed.into_bytes());
    let after = Document::parse(&source);
    let effect = fixes().map(|fix| fix.effect).max().unwrap_or_default();
    let safe = fixes().all(|fix| fix.safe);
    let change = Change { edits: &edits, effect, safe };
    change.keeps_front_matter(before.doc, &after)
        && change.keeps_body(before, &after)
        && change.brings_no_findings(before, diagnostics, group, &lint(&after))
}

/// What is changed, and what may be.
struct Change<'a> {
    /// In order, apart from each other; spans are of the page before.
    edits: &'a [Edit],
    effect: FixEffect,
    safe: bool,
}

impl Change<'_> {
    fn keeps_front_matter(&self, before: &Document, after: &Document) -> bool {
        let (old, new) = match (&before.front_matter, &after.front_matter) {
            (None, None) => return true,
            // What can't be seen may be all that kept it from being front matter.
            (None, Some(_)) => return self.effect == FixEffect::Structure,
            (Some(_), None) => return false,
            (Some(old), Some(new)) => (old, new),
        };
        // What is touched is to be repaired; what isn't stays as it is.
        let repaired = old.problems.iter().filter(|problem| self.touches(problem.span)).count();
        if new.problems.len() + repaired > old.problems.len()
            || after.placement_problems.len() > before.placement_problems.len()
        {
            return false;
        }
        let was_valid = old.problems.iter().all(|problem| problem.kind.is_misread());
        if !was_valid && new.problems.iter().any(|problem| self.is_next_to(problem.span, after.source)) {
            return false;
        }
        if !was_valid && uncovered(new, after) > uncovered(old, before) {
            return false;
        }
        let (old_leaves, new_leaves) = (leaves(old), leaves(new));
        if was_valid && self.effect == FixEffect::Spelling {
            return self.is_respelled(&old_leaves, &new_leaves);
        }
        if was_valid && self.safe && self.effect == FixEffect::Structure {
            return is_same_data(&old_leaves, &new_leaves);
        }
        let is_broken = |span: Span| old.problems.iter().any(|problem| meet(problem.span, span));
        let mut left: Vec<&Leaf> = new_leaves.iter().collect();
        old_leaves.iter().filter(|leaf| !self.touches(leaf.span) && !is_broken(leaf.span)).all(|leaf| {
            let span = self.moved(leaf.span);
            let found = left.iter().position(|new| {
                let is_in_place = new.span == span || self.effect == FixEffect::Structure;
                is_in_place && new.data() == leaf.data()
            });
            found.map(|index| left.remove(index)).is_some()
        })
    }

    /// Whether the data is the same but for values that are touched.
    fn is_respelled(&self, old: &[Leaf], new: &[Leaf]) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| {
                let is_touched = self.touches(old.span);
                let same_keys = old.path == new.path || (!self.safe && self.touches_key(old));
                same_keys && old.kind == new.kind && (old.text == new.text || is_touched)
            })
    }

    fn touches(&self, span: Span) -> bool {
        let before = self.edits.partition_point(|edit| edit.span.start <= span.end);
        before > 0 && meet(self.edits[before - 1].span, span)
    }

    /// Whether `span` of the page after is on a line that an edit wrote, or on the next: half of a value over two lines was
    /// repaired.
    fn is_next_to(&self, span: Span, source: &Source) -> bool {
        let line = source.line_of(span.start);
        self.written().any(|written| (source.line_of(written.start)..=source.line_of(written.end) + 1).contains(&line))
    }

    fn touches_key(&self, leaf: &Leaf) -> bool {
        leaf.keys.iter().any(|key| self.touches(*key))
    }

    /// Where an untouched span is after the edits.
    fn moved(&self, span: Span) -> Span {
        let before = self.edits.iter().take_while(|edit| edit.span.end <= span.start);
        let start = before.fold(span.start, |at, edit| at + edit.insert.len() - edit.span.len());
        Span::new(start, start + span.len())
    }

    fn keeps_body(&self, before: &Reading, after: &Document) -> bool {
        let old = before.doc;
        let body = |doc: &Document| doc.source.text()[doc.body.span.start..].to_owned();
        let is_below = |edit: &Edit| edit.span.end >= old.body.span.start && !edit.span.is_empty();
        if !self.edits.iter().any(is_below) && body(old) == body(after) {
            return true;
        }
        // What was hidden from a template language on purpose must not come to life.
        if old.body.directives.len() != after.body.directives.len() {
            return false;
        }
        let new = outline(after.source, after.body.span.start);
        if self.effect == FixEffect::Structure {
            let untouched = before.outline.blocks.iter().filter(|block| !self.touches(block.span));
            let mut left = new.blocks.iter();
            return untouched.into_iter().all(|block| left.any(|new| new.shape == block.shape));
        }
        let shapes = |outline: &Outline| outline.blocks.iter().map(|block| block.shape.clone()).collect::<Vec<_>>();
        shapes(&before.outline) == shapes(&new) && (!self.safe || before.outline.inlines == new.inlines)
    }

    /// Whether no rule finds more than before, and none of those that are fixed finds the fixed place again. Where broken
    /// front matter can be read at last, other rules may find what was hidden.
    fn brings_no_findings(
        &self,
        before: &Reading,
        diagnostics: &[Diagnostic],
        group: &[usize],
        found: &[Diagnostic],
    ) -> bool {
        let is_fixed_rule = |rule: &str| group.iter().any(|index| &*diagnostics[*index].rule == rule);
        let was_broken = before.doc.front_matter.as_ref().is_some_and(|front| !front.problems.is_empty());
        let more = counts(found).into_iter().any(|(rule, count)| {
            let known = before.counts.get(&rule).copied().unwrap_or_default();
            count > known && (!was_broken || is_fixed_rule(&rule))
        });
        let is_again = |diagnostic: &Diagnostic| {
            let fix = diagnostic.fix.as_ref().filter(|_| is_fixed_rule(&diagnostic.rule));
            fix.is_some_and(|fix| {
                fix.edits.iter().any(|edit| self.written().any(|written| overlap(written, edit.span)))
            })
        };
        !more && !found.iter().any(is_again)
    }

    /// What the edits wrote, in the page after.
    fn written(&self) -> impl Iterator<Item = Span> {
        let mut moved = 0_isize;
        self.edits.iter().map(move |edit| {
            let start = edit.span.start.saturating_add_signed(moved);
            moved += edit.insert.len() as isize - edit.span.len() as isize;
            Span::new(start, start + edit.insert.len())
        })
    }
}

/// Whether what was written is part of what is to be edited, or the other way round. Where something was only taken out,
/// what came to lie next to it isn't the same place.
fn overlap(written: Span, edited: Span) -> bool {
    if written.is_empty() {
        return edited.start < written.start && written.start < edited.end;
    }
    meet(written, edited)
}

/// Side by side counts as meeting: what one reads may be what the other writes.
fn meet(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// A scalar of front matter, or a collection without anything in it.
#[derive(Debug)]
struct Leaf {
    /// The keys on the way, with `[]` for an item of a list.
    path: Vec<String>,
    /// Where the keys are.
    keys: Vec<Span>,
    /// Its type and tag, as text.
    kind: String,
    text: String,
    span: Span,
}

impl Leaf {
    /// What it holds, wherever it is.
    fn data(&self) -> (&[String], &str, &str) {
        (&self.path, &self.kind, &self.text)
    }
}

/// The leaves of the data, in file order.
fn leaves(front: &FrontMatter) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut open: Vec<(Value, Vec<String>, Vec<Span>)> =
        front.root().map(|root| (root, Vec::new(), Vec::new())).into_iter().collect();
    while let Some((value, path, keys)) = open.pop() {
        let below = |name: &str, span: Option<Span>| {
            let path = path.iter().cloned().chain([name.to_owned()]).collect();
            (path, keys.iter().copied().chain(span).collect())
        };
        let mut children: Vec<(Value, Vec<String>, Vec<Span>)> = Vec::new();
        // What an alias stands for is compared where it stands.
        if !value.is_alias() {
            for item in value.items().into_iter().flatten() {
                let (path, keys) = below("[]", None);
                children.push((item, path, keys));
            }
            for entry in value.entries() {
                let (path, keys) = below(entry.key.text().unwrap_or_default(), Some(entry.key.span()));
                children.push((entry.value, path, keys));
            }
        }
        if children.is_empty() {
            let kind = match value.scalar() {
                Some(scalar) => format!("{:?} {:?}", scalar.kind, scalar.tag),
                None if value.is_map() => "mapping".to_owned(),
                None => "list".to_owned(),
            };
            let text = value.text().unwrap_or_default().to_owned();
            leaves.push(Leaf { path, keys, kind, text, span: value.span() });
        }
        open.extend(children.into_iter().rev());
    }
    leaves
}

/// Whether two front matters hold the same, in whatever order.
fn is_same_data(old: &[Leaf], new: &[Leaf]) -> bool {
    let (mut old, mut new): (Vec<_>, Vec<_>) =
        (old.iter().map(Leaf::data).collect(), new.iter().map(Leaf::data).collect());
    old.sort();
    new.sort();
    old == new
}

/// How many letters and digits of the front matter are in no key, no value and no comment.
fn uncovered(front: &FrontMatter, doc: &Document) -> usize {
    let mut covered: Vec<Span> = Vec::new();
    for leaf in leaves(front) {
        covered.push(leaf.span);
        covered.extend(leaf.keys);
    }
    covered.sort();
    let mut count = 0;
    let mut at = front.content_span.start;
    let mut gap = |start: usize, end: usize| {
        let text = doc.source.text().get(start..end).unwrap_or_default();
        for line in text.split('\n') {
            let line = line.split_once('#').map_or(line, |(line, _)| line);
            count += line.chars().filter(|c| c.is_alphanumeric()).count();
        }
    };
    for span in covered {
        if span.start > at {
            gap(at, span.start);
        }
        at = at.max(span.end);
    }
    gap(at, front.content_span.end.max(at));
    count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Fix, Level};

    /// Whether replacing the only `from` by `to` is kept, in a page that no rule finds anything in.
    fn is_kept(text: &str, from: &str, to: &str, safe: bool, effect: FixEffect) -> bool {
        let at = text.find(from).expect("it is there");
        let edits = vec![Edit::replace(Span::new(at, at + from.len()), to)];
        let mut found = [Diagnostic {
            rule: "some-rule".into(),
            level: Level::Warning,
            message: String::new(),
            span: Span::new(at, at + from.len()),
            label: None,
            also_at: vec![],
            pages: None,
            labels: vec![],
            help: None,
            fix: Some(Fix { title: String::new(), safe, edits, effect }),
        }];
        let source = Source::new("x.md", text.to_owned().into_bytes());
        retain_verified(&Document::parse(&source), &mut found, |_| Vec::new());
        found[0].fix.is_some()
    }

    const POST: &str = "---\ntitle: 안녕\ntags: [a, b]\ndate: 2024-01-01\nx: &a {y: 1}\nz: *a\n---\n\n# One\n\nText.\n";

    #[test]
    fn a_value_keeps_its_type_and_the_data_its_shape() {
        use FixEffect::{Spelling, Structure, Type};
        assert!(is_kept(POST, "안녕", "\"안: 녕\"", true, Spelling));
        assert!(is_kept(POST, "[a, b]", "[a, c]", true, Spelling));
        assert!(!is_kept(POST, "[a, b]", "[a]", true, Spelling), "an item is gone");
        assert!(!is_kept(POST, "2024-01-01", "\"2024-01-01\"", true, Spelling), "a date became a string");
        assert!(is_kept(POST, "2024-01-01", "\"2024-01-01\"", false, Type));
        assert!(!is_kept(POST, "title", "subtitle", true, Spelling), "no safe fix renames a key");
        assert!(is_kept(POST, "title", "subtitle", false, Spelling));
        assert!(is_kept(POST, "date: 2024-01-01\n", "", false, Structure));
        assert!(!is_kept(POST, "date: 2024-01-01\n", "", true, Structure), "a field is gone");
    }

    #[test]
    fn what_is_not_touched_stays() {
        use FixEffect::{Spelling, Structure};
        assert!(!is_kept(POST, "[a, b]", "\"a", true, Spelling), "it can't be parsed");
        assert!(!is_kept(POST, "&a ", "", false, Structure), "an alias has lost its anchor");
        assert!(!is_kept("---\na: b\nc: d\n---\n", "b", "b\n---", false, Structure), "a field is cut off");
        assert!(!is_kept("Text\n", "Text", "---\na: b\n---", true, Spelling), "front matter out of nothing");
    }

    #[test]
    fn broken_front_matter_gets_better() {
        let broken = "---\ntitle: Rust: the book\ntags: [a, b]\n---\n";
        assert!(is_kept(broken, "Rust: the book", "\"Rust: the book\"", true, FixEffect::Spelling));
        assert!(!is_kept(broken, "Rust: the book", "Rust: the: book", true, FixEffect::Spelling), "still broken");
        let joined = "---\ntitle: Rust: the book\n  and more\n---\n";
        assert!(!is_kept(joined, "Rust: the book", "\"Rust: the book\"", true, FixEffect::Spelling), "still broken");
    }

    #[test]
    fn the_body_keeps_its_structure() {
        use FixEffect::{Spelling, Structure};
        assert!(is_kept("One two.\n", "two", "three", true, Spelling));
        for (text, from, to) in [
            ("One two.\n", "One", "# One"),
            ("One [two] (x).\n", "] (", "]("),
            ("- a\n- b\n", "- b", "b"),
            ("| a | b |\n|---|---|\n| c | d |\n", "|---|", "|"),
            ("a\n\nb\n", "\n\nb", "\nb"),
            ("a *b*\n", "*b*", "* b*"),
        ] {
            assert!(!is_kept(text, from, to, true, Spelling), "{text:?}: {from:?} became {to:?}");
        }
        assert!(is_kept("a\n\n##\n\nb\n", "##", "", false, Structure));
        assert!(!is_kept("a\n\n##\n\n- b\n", "##\n\n- b", "b", true, Spelling));
    }

    #[test]
    fn one_place_has_one_fix() {
        let source = Source::new("x.md", b"One two.\n".to_vec());
        let finding = |insert: &str| Diagnostic {
            rule: "some-rule".into(),
            level: Level::Warning,
            message: String::new(),
            span: Span::new(4, 7),
            label: None,
            also_at: vec![],
            pages: None,
            labels: vec![],
            help: None,
            fix: Some(Fix {
                title: String::new(),
                safe: true,
                edits: vec![Edit::replace(Span::new(4, 7), insert)],
                effect: FixEffect::Spelling,
            }),
        };
        let mut found = [finding("too"), finding("to")];
        retain_verified(&Document::parse(&source), &mut found, |_| Vec::new());
        assert_eq!(found.map(|found| found.fix.is_some()), [true, false]);
    }
}
