//! What fixes change on a page, and whether they keep everything else.

use crate::diagnostic::{Diagnostic, Edit, Fix, FixEffect};
use crate::document::Document;
use crate::document::body::outline::outline;
use crate::document::front_matter::FrontMatter;
use crate::fix::verify::leaves::{Leaf, is_same_data, leaves, uncovered};
use crate::fix::verify::plain_text::{ends_in_delimiter, is_plain_text};
use crate::fix::verify::reading::{Reading, counts, meet};
use crate::source::{Source, Span};
use std::collections::HashMap;
use std::hash::Hash;

/// What is changed, and what may be.
pub(super) struct Change<'a> {
    /// In order, apart from each other; spans are of the page before.
    edits: &'a [Edit],
    /// What the edits wrote, in the page after; in order too.
    written: Vec<Span>,
    effect: FixEffect,
    safe: bool,
}

impl<'a> Change<'a> {
    /// `edits` are those of `fixes`, in order and apart from each other.
    pub(super) fn of<'f>(edits: &'a [Edit], fixes: impl Iterator<Item = &'f Fix>) -> Self {
        let everything = Self { edits, written: written(edits), effect: FixEffect::default(), safe: true };
        fixes.fold(everything, |all, fix| Self {
            effect: all.effect.max(fix.effect),
            safe: all.safe && fix.safe,
            ..all
        })
    }

    /// Whether the front matter is no worse, and holds what the edits don't touch.
    pub(super) fn keeps_front_matter(&self, before: &Document, after: &Document) -> bool {
        let (old, new) = match (&before.front_matter, &after.front_matter) {
            (None, None) => return true,
            // What can't be seen may be all that kept it from being front matter.
            (None, Some(_)) => return self.effect == FixEffect::Structure,
            (Some(_), None) => return false,
            (Some(old), Some(new)) => (old, new),
        };
        if !self.keeps_comments((old, before), (new, after)) {
            return false;
        }
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
        if (!was_valid && (self.closes_twice(before) || hides_delimiter(&new_leaves)))
            || ((!was_valid || self.effect == FixEffect::Type) && !self.writes_plain_text(&new_leaves))
            || !self.makes_no_duplicates(&old_leaves, &new_leaves)
        {
            return false;
        }
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
                // An unsafe fix may rename the key, and not more.
                let is_renamed = !self.safe && self.touches_key(leaf);
                is_in_place && if is_renamed { new.value() == leaf.value() } else { new.data() == leaf.data() }
            });
            found.map(|index| left.remove(index)).is_some()
        })
    }

    /// Whether every comment is still one, but those that are touched.
    fn keeps_comments(
        &self,
        (old, before): (&FrontMatter, &Document),
        (new, after): (&FrontMatter, &Document),
    ) -> bool {
        let mut left = counted(new.tree.comments.iter().map(|span| after.slice(*span)));
        let mut untouched = old.tree.comments.iter().filter(|span| !self.touches(**span));
        untouched.all(|span| match left.get_mut(before.slice(*span)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        })
    }

    /// Whether a bracket is added where the same one is next to it, or in the comment behind it: `[[a]`, `[a, #b]`.
    fn closes_twice(&self, before: &Document) -> bool {
        let text = before.source.text();
        let in_front = |edit: &&Edit| edit.span.start < before.body.span.start;
        self.edits.iter().filter(in_front).any(|edit| {
            let Some(bracket) = edit.insert.chars().next_back().filter(|last| matches!(last, ']' | '}')) else {
                return false;
            };
            let rest = text[edit.span.end..].lines().next().unwrap_or_default();
            text[..edit.span.start].trim_end().ends_with(bracket) || rest.contains(bracket)
        })
    }

    /// Whether each string that the edits write is text, and not a list, a comment or another field in quotes.
    fn writes_plain_text(&self, new: &[Leaf]) -> bool {
        let mut written = new.iter().filter(|leaf| leaf.is_string && self.is_written(leaf));
        // `-a -b` as an item was a list without spaces.
        let is_item = |leaf: &Leaf| leaf.path.last().is_some_and(|last| last == "[]");
        written.all(|leaf| is_plain_text(&leaf.text) && !(is_item(leaf) && leaf.text.starts_with('-')))
    }

    /// Whether no item that the edits write is in its list already.
    fn makes_no_duplicates(&self, old: &[Leaf], new: &[Leaf]) -> bool {
        let is_item = |leaf: &&Leaf| leaf.path.last().is_some_and(|last| last == "[]");
        let mut written = new.iter().filter(is_item).filter(|leaf| self.is_written(leaf)).peekable();
        if written.peek().is_none() {
            return true;
        }
        let (old, new) = (counted(old.iter().map(Leaf::data)), counted(new.iter().map(Leaf::data)));
        !written.any(|leaf| new.get(&leaf.data()) > old.get(&leaf.data()).max(Some(&1)))
    }

    fn is_written(&self, leaf: &Leaf) -> bool {
        self.written_near(leaf.span).iter().any(|written| meet(*written, leaf.span))
    }

    /// What the edits wrote that meets `span`: no more than that and one on either side.
    fn written_near(&self, span: Span) -> &[Span] {
        let from = self.written.partition_point(|written| written.end < span.start);
        let to = self.written.partition_point(|written| written.start <= span.end);
        &self.written[from.min(to)..to]
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

    /// Whether every line that the edits write ends as the lines of the page do.
    pub(super) fn keeps_line_ends(&self, before: &Document) -> bool {
        let end = before.source.line_end();
        self.edits.iter().all(|edit| edit.insert.replace(end, "").bytes().all(|byte| !matches!(byte, b'\n' | b'\r')))
    }

    fn touches(&self, span: Span) -> bool {
        let before = self.edits.partition_point(|edit| edit.span.start <= span.end);
        before > 0 && meet(self.edits[before - 1].span, span)
    }

    /// Whether `span` of the page after is on a line that an edit wrote, or on the next: half of a value over two lines was
    /// repaired.
    fn is_next_to(&self, span: Span, source: &Source) -> bool {
        let line = source.line_of(span.start);
        self.written.iter().any(|span| (source.line_of(span.start)..=source.line_of(span.end) + 1).contains(&line))
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

    /// Whether the body has the same blocks, and after safe fixes the same links and marks.
    pub(super) fn keeps_body(&self, before: &Reading, after: &Document) -> bool {
        let old = before.doc;
        let [old_body, new_body] = [old, after].map(|doc| &doc.source.text()[doc.body.span.start..]);
        let is_below = |edit: &Edit| edit.span.end >= old.body.span.start && !edit.span.is_empty();
        if !self.edits.iter().any(is_below) && old_body == new_body {
            return true;
        }
        // What was hidden from a template language on purpose must not come to life.
        if !self.explains_marks(old.body.directives.len(), after.body.directives.len()) {
            return false;
        }
        let new = outline(after.source, after.body.span.start);
        if self.effect == FixEffect::Structure {
            let untouched = before.outline().blocks.iter().filter(|block| !self.touches(block.span));
            let mut left = new.blocks.iter();
            return untouched.into_iter().all(|block| left.any(|new| new.shape == block.shape));
        }
        let old = before.outline();
        old.blocks.iter().map(|block| &block.shape).eq(new.blocks.iter().map(|block| &block.shape))
            && (!self.safe || old.inlines == new.inlines)
    }

    /// Whether the edits account for the number of template marks: those that they write, and those that they escape.
    fn explains_marks(&self, old: usize, new: usize) -> bool {
        let count = |is_wanted: fn(&str) -> bool| self.edits.iter().filter(|edit| is_wanted(&edit.insert)).count();
        let written = count(|insert| matches!(insert.trim(), "{% raw %}" | "{% endraw %}"));
        let escaped = count(|insert| insert == "\\");
        let is_structural = self.effect == FixEffect::Structure;
        old == new || is_structural && (old + written == new || new + escaped == old)
    }

    /// Whether no rule finds more than before, and none of those that are fixed finds the fixed place again. Where broken
    /// front matter can be read at last, other rules may find what was hidden.
    pub(super) fn brings_no_findings(
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
                fix.edits
                    .iter()
                    .any(|edit| self.written_near(edit.span).iter().any(|written| overlap(*written, edit.span)))
            })
        };
        !more && !found.iter().any(is_again)
    }
}

/// What edits wrote, in the page after.
fn written(edits: &[Edit]) -> Vec<Span> {
    let mut moved = 0_isize;
    let spans = edits.iter().map(|edit| {
        let start = edit.span.start.saturating_add_signed(moved);
        moved += edit.insert.len() as isize - edit.span.len() as isize;
        Span::new(start, start + edit.insert.len())
    });
    spans.collect()
}

/// How often each item occurs.
fn counted<T: Eq + Hash>(items: impl Iterator<Item = T>) -> HashMap<T, usize> {
    let mut counts = HashMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// Whether a value ends in what was meant to close the front matter.
fn hides_delimiter(leaves: &[Leaf]) -> bool {
    leaves.iter().any(|leaf| leaf.is_string && ends_in_delimiter(&leaf.text))
}

/// Whether what was written is part of what is to be edited, or the other way round. Where something was only taken out,
/// what came to lie next to it isn't the same place.
fn overlap(written: Span, edited: Span) -> bool {
    if written.is_empty() {
        return edited.start < written.start && written.start < edited.end;
    }
    // An insertion next to what was written adds to it; another edit next to it doesn't.
    if edited.is_empty() { meet(written, edited) } else { edited.start < written.end && written.start < edited.end }
}
