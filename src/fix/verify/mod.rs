//! Whether a fix gives a better page by the program's own reading. A fix that can't be verified isn't offered.
//!
//! The page with the fix is parsed and linted, and held to this: front matter that parsed still does, broken front matter
//! is no worse; every key and every value that the fix doesn't touch is still there, with its type; the structure of the
//! body is the same; no finding is new; the fixed place needs no fix again. What a fix may change besides the characters
//! that it touches is its [`FixEffect`]; and a string that it writes is text, not syntax that its writer meant.

mod change;
mod leaves;
mod plain_text;
mod reading;

use crate::diagnostic::{Diagnostic, Edit, Fix, FixEffect};
use crate::document::Document;
use crate::fix::apply::{AppliedFixes, apply};
use crate::fix::verify::change::Change;
use crate::fix::verify::reading::{Reading, meet};
use crate::source::{Source, Span};
use std::collections::BTreeMap;

/// How many times a page is parsed to verify the fixes of one kind, at most: pages with one wrong fix among many need a few
/// more than one.
const MAX_ATTEMPTS: usize = 32;

/// How many bytes of a page are parsed to verify the fixes of one kind, at most, over all attempts; the first attempt always
/// happens.
const MAX_BYTES: usize = 128 << 10;

/// The kinds of fixes, by whether they are safe and by what they may change. Those of one kind are held to the same.
const KINDS: [(bool, FixEffect); 6] = [
    (true, FixEffect::Spelling),
    (true, FixEffect::Type),
    (true, FixEffect::Structure),
    (false, FixEffect::Spelling),
    (false, FixEffect::Type),
    (false, FixEffect::Structure),
];

/// Takes the fixes away that can't be verified. Those that change one place are verified apart: each is offered, and the
/// first is applied.
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
    let mut attempts = 0;
    for (safe, effect) in KINDS {
        let is_kind = |fix: &Fix| fix.safe == safe && fix.effect == effect;
        let has = |index: &usize| diagnostics[*index].fix.as_ref().is_some_and(is_kind);
        let mut left: Vec<usize> = (0..diagnostics.len()).filter(has).collect();
        if !left.is_empty() {
            // What one kind leaves is for the next.
            attempts += (MAX_BYTES / doc.source.text().len().max(1)).clamp(1, MAX_ATTEMPTS);
        }
        while !left.is_empty() && attempts > 0 {
            let (apart, meeting) = apart(diagnostics, &left);
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
    let fixes = applied.fixed.iter().filter_map(|index| diagnostics[*index].fix.as_ref());
    let change = Change::of(&applied.edits, fixes);
    change.keeps_front_matter(before, after) && change.keeps_body(&Reading::of(before, &[]), after)
}

/// Those of the fixes `left` that are apart from each other, and those that meet one of the first.
fn apart(diagnostics: &[Diagnostic], left: &[usize]) -> (Vec<usize>, Vec<usize>) {
    let edits = |index: usize| diagnostics[index].fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.span);
    // Spans by their start; they are apart, so that the last one that starts before the end of another decides.
    let mut taken = BTreeMap::new();
    let meets = |taken: &BTreeMap<usize, usize>, span: Span| {
        taken.range(..=span.end).next_back().is_some_and(|(start, end)| meet(Span::new(*start, *end), span))
    };
    left.iter().partition(|&&index| {
        let is_apart = !edits(index).any(|span| meets(&taken, span));
        if is_apart {
            taken.extend(edits(index).map(|span| (span.start, span.end)));
        }
        is_apart
    })
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
    let change = Change::of(&edits, fixes());
    change.keeps_line_ends(before.doc)
        && change.keeps_front_matter(before.doc, &after)
        && change.keeps_body(before, &after)
        && change.brings_no_findings(before, diagnostics, group, &lint(&after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;

    /// Whether replacing the only `from` by `to` is kept, in a page that no rule finds anything in.
    fn is_kept(text: &str, from: &str, to: &str, safe: bool, effect: FixEffect) -> bool {
        let at = text.find(from).expect("it is there");
        let edits = vec![Edit::replace(Span::new(at, at + from.len()), to)];
        let mut found = [Diagnostic {
            fix: Some(Fix { title: String::new(), safe, edits, effect }),
            ..Diagnostic::new("some-rule", Level::Warning, Span::new(at, at + from.len()), "")
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
    fn fixes_of_one_place_are_verified_apart() {
        let source = Source::new("x.md", b"One two.\n".to_vec());
        let finding = |insert: &str| Diagnostic {
            fix: Some(Fix {
                title: String::new(),
                safe: true,
                edits: vec![Edit::replace(Span::new(4, 7), insert)],
                effect: FixEffect::Spelling,
            }),
            ..Diagnostic::new("some-rule", Level::Warning, Span::new(4, 7), "")
        };
        let mut found = [finding("too"), finding("to"), finding("# two\n\n- ")];
        retain_verified(&Document::parse(&source), &mut found, |_| Vec::new());
        assert_eq!(found.map(|found| found.fix.is_some()), [true, true, false]);
    }
}
