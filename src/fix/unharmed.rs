//! Whether edits left everything in a front matter that they didn't touch as it was.

use crate::data::node::{Entry, Value};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::front_matter::FrontMatter;
use crate::source::Span;

/// What `edits`, in order and in bytes of `before`, changed without touching it: a field's name, or what else is
/// wrong with the front matter now. None where the rest reads as it did.
///
/// Where the front matter was broken before, fields may appear that could not be read; none may change.
pub fn harm(before: &Document, after: &Document, edits: &[Edit]) -> Option<String> {
    let (old, new) = match (&before.front_matter, &after.front_matter) {
        (None, None) => return None,
        // What can't be seen is all that kept it from being one.
        (None, Some(new)) if edits.iter().any(|edit| edit.insert.is_empty() && touches(edit, new.span, edits)) => {
            return None;
        }
        (None, Some(_)) => return Some("what is no front matter".to_owned()),
        (Some(_), None) => return Some("the front matter".to_owned()),
        (Some(old), Some(new)) => (old, new),
    };
    if new.problems.len() > old.problems.len() || after.placement_problems.len() > before.placement_problems.len() {
        return Some("how the front matter reads".to_owned());
    }
    let was_whole = old.problems.is_empty();
    let kept = |entry: &Entry| {
        let span = entry.span();
        let broken = old.problems.iter().any(|problem| meet(problem.span, span));
        !broken && !edits.iter().any(|edit| meet(edit.span, span))
    };
    let mut left = entries(old).into_iter().filter(kept).peekable();
    for now in entries(new) {
        let key = now.key.span().start;
        match left.peek() {
            Some(was) if moved(was.key.span().start, edits) == key => {
                if !same(was.key, now.key) || !same(was.value, now.value) {
                    return Some(name(was));
                }
                left.next();
            }
            Some(was) if moved(was.key.span().start, edits) < key => return Some(name(was)),
            // A key that isn't written by an edit, and wasn't there.
            _ if was_whole && !written(now.span(), edits) => return Some(name(&now)),
            _ => {}
        }
    }
    left.next().map(|gone| name(&gone))
}

fn entries(front: &FrontMatter) -> Vec<Entry<'_>> {
    front.root().into_iter().flat_map(Value::entries).collect()
}

fn name(entry: &Entry) -> String {
    entry.key.text().unwrap_or("a key").to_owned()
}

/// Where byte `at`, which no edit touches, is after the edits.
fn moved(at: usize, edits: &[Edit]) -> usize {
    let before = edits.iter().take_while(|edit| edit.span.end <= at);
    before.fold(at, |at, edit| at + edit.insert.len() - edit.span.len())
}

/// Whether an edit wrote into `span` of the text as it is now, or beside it.
fn written(span: Span, edits: &[Edit]) -> bool {
    edits.iter().any(|edit| touches(edit, span, edits))
}

/// Whether `edit`, one of `edits`, wrote into `span` of the text as it is now, or beside it.
fn touches(edit: &Edit, span: Span, edits: &[Edit]) -> bool {
    let start = moved(edit.span.start, edits);
    meet(Span::new(start, start + edit.insert.len()), span)
}

fn meet(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// Whether two values hold the same data. Aliases are the same where they are written the same: what they stand for
/// is compared where it stands.
fn same(a: Value, b: Value) -> bool {
    let mut pairs = vec![(a, b)];
    while let Some((a, b)) = pairs.pop() {
        if a.is_alias() && b.is_alias() {
            continue;
        }
        let is_same = match (a.scalar(), b.scalar()) {
            (Some(a), Some(b)) => (&a.value, a.kind, &a.tag) == (&b.value, b.kind, &b.tag),
            (None, None) => a.is_map() == b.is_map(),
            _ => false,
        };
        let (old, new): (Vec<_>, Vec<_>) = (children(a), children(b));
        if !is_same || old.len() != new.len() {
            return false;
        }
        pairs.extend(old.into_iter().zip(new));
    }
    true
}

fn children(value: Value) -> Vec<Value> {
    let items = value.items().into_iter().flatten();
    items.chain(value.entries().flat_map(|entry| [entry.key, entry.value])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// What replacing the only `from` by `to` harms.
    fn harm_of(text: &str, from: &str, to: &str) -> Option<String> {
        let at = text.find(from).expect("it is there");
        let edits = [Edit::replace(Span::new(at, at + from.len()), to)];
        let source = |text: String| Source::new("x.md", text.into_bytes());
        let (before, after) = (source(text.to_owned()), source(text.replacen(from, to, 1)));
        harm(&Document::parse(&before), &Document::parse(&after), &edits)
    }

    const POST: &str = "---\ntitle: 안녕\ntags: [a, b]\ndate: 2024-01-01\nx: &a {y: 1}\nz: *a\n---\n\nText\n";

    #[test]
    fn what_is_touched_may_change() {
        for (from, to) in [("안녕", "\"안: 녕\""), ("title", "subtitle"), ("[a, b]", "\n  - a\n  - b"), ("Text", "---")]
        {
            assert_eq!(harm_of(POST, from, to), None, "{from} → {to}");
        }
        assert_eq!(harm_of(POST, "date: 2024-01-01\n", ""), None);
        assert_eq!(harm_of(POST, "date: ", "day: monday\ndate: "), None);
    }

    #[test]
    fn what_is_not_touched_may_not() {
        assert_eq!(harm_of(POST, "[a, b]", "\"a").as_deref(), Some("how the front matter reads"));
        assert_eq!(harm_of(POST, "&a ", "").as_deref(), Some("how the front matter reads"));
        assert_eq!(harm_of("---\na: b\nc: d\n---\n", "b", "b\n---").as_deref(), Some("c"));
        assert_eq!(harm_of("Text\n", "Text", "---\na: b\n---"), Some("what is no front matter".into()));
    }

    #[test]
    fn what_could_not_be_seen_may_hide_a_front_matter() {
        assert_eq!(harm_of("---\u{ad}\na: b\n---\n\nText\n", "\u{ad}", ""), None);
    }

    #[test]
    fn mending_may_bring_fields_to_light() {
        assert_eq!(harm_of("---\na: b: c\nd: e\n---\n", "b: c", "\"b: c\""), None);
    }
}
