//! Fields in another order than the content type's.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::data::format::FrontMatterFormat;
use crate::data::node::Entry;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::front_matter::FrontMatter;
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnorderedFields {}

/// A field with a declared position.
#[derive(Clone, Copy)]
struct OrderedField<'a> {
    entry: Entry<'a>,
    /// Its position in the declared order.
    rank: usize,
    /// Its position among all fields of the page.
    index: usize,
}

impl Check for UnorderedFields {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let order = &cx.content.order;
        let Some(front) = cx.doc.front_matter.as_ref().filter(|_| !order.is_empty()) else { return };
        // Next to a syntax error, the parsed order may not be the one in the file.
        let Some(root) = front.root().filter(|_| front.problems.is_empty()) else { return };
        let rank = |name: &str| {
            let folds = cx.profile.folds_case;
            order.iter().position(|known| known == name || (folds && known.eq_ignore_ascii_case(name)))
        };
        let mut entries: Vec<Entry<'_>> = root.entries().take(fields::MAX_ITEMS).collect();
        entries.sort_by_key(|entry| entry.key.span());
        let ordered = entries.iter().enumerate().filter_map(|(index, entry)| {
            let rank = rank(entry.key.text()?)?;
            Some(OrderedField { entry: *entry, rank, index })
        });
        let ordered: Vec<OrderedField<'_>> = ordered.collect();
        let Some(late) = ordered.windows(2).position(|pair| pair[1].rank < pair[0].rank) else { return };
        let late = ordered[late + 1];
        // The first of the fields before it that should follow it.
        let Some(early) = ordered.iter().find(|other| other.rank > late.rank) else { return };
        let name =
            |ordered: &OrderedField<'_>| fields::truncate(ordered.entry.key.text().unwrap_or_default()).into_owned();
        let finding = found.at(
            late.entry.key.span(),
            format!("field `{}` is out of order: it should precede `{}`", name(&late), name(early)),
        );
        finding.label(early.entry.key.span(), "should come later");
        let mut sorted = ordered.clone();
        sorted.sort_by_key(|ordered| (ordered.rank, ordered.index));
        let names: Vec<String> = sorted.iter().map(|ordered| format!("`{}`", name(ordered))).collect();
        finding.help(format!("use the order {}", names.join(", ")));
        if let Some(edit) = reordered(cx.doc.source.text(), front, &entries, &ordered, &sorted) {
            finding.fix("Sort the fields", vec![edit]).fix_effect(FixEffect::Structure);
        }
    }
}

/// The edit that sorts the fields, each with its lines and the comments above it, and leaves other fields where they
/// are. None if lines can't be moved: a flow mapping, an alias that has to follow its anchor.
fn reordered(
    text: &str,
    front: &FrontMatter,
    entries: &[Entry<'_>],
    ordered: &[OrderedField<'_>],
    sorted: &[OrderedField<'_>],
) -> Option<Edit> {
    let has_alias = || front.tree.values().any(|value| value.is_alias());
    let has_duplicate = sorted.windows(2).any(|pair| pair[0].rank == pair[1].rank);
    if front.format == FrontMatterFormat::Json || front.root()?.is_flow() || has_duplicate || has_alias() {
        return None;
    }
    let lines: Vec<Span> = entry_lines(text, front, entries)?;
    let (first, last) = (ordered.first()?.index, ordered.last()?.index);
    let whole = lines[first].join(lines[last]);
    let mut written = String::with_capacity(whole.len());
    let mut next = sorted.iter();
    for (index, own) in lines.iter().enumerate().take(last + 1).skip(first) {
        let is_ordered = ordered.iter().any(|ordered| ordered.index == index);
        let from = if is_ordered { lines[next.next()?.index] } else { *own };
        written.push_str(&text[from.range()]);
    }
    Some(Edit::replace(whole, written))
}

/// The lines of each entry: from the comments directly above it to those of the next one. None if an entry doesn't
/// start its line, as in a TOML table.
fn entry_lines(text: &str, front: &FrontMatter, entries: &[Entry<'_>]) -> Option<Vec<Span>> {
    let mut starts = Vec::with_capacity(entries.len());
    for entry in entries {
        let line = text[..entry.key.span().start].rfind('\n').map_or(0, |at| at + 1);
        if line != entry.key.span().start {
            return None;
        }
        starts.push(start_with_comments(text, line, front.content_span.start));
    }
    let end = end_of_last_entry(text, front, entries.last()?);
    let ends = starts.iter().skip(1).copied().chain([end]);
    Some(starts.iter().zip(ends).map(|(start, end)| Span::new(*start, end)).collect())
}

/// The start of the comment lines directly above the line at `line`, or of that line.
fn start_with_comments(text: &str, line: usize, top: usize) -> usize {
    let mut start = line;
    while start > top {
        let above = text[..start - 1].rfind('\n').map_or(0, |at| at + 1).max(top);
        if !text[above..start].trim_start().starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// The end of the last entry's lines. Comments below it aren't moved.
fn end_of_last_entry(text: &str, front: &FrontMatter, last: &Entry<'_>) -> usize {
    let from = last.value.span().end.max(last.key.span().end);
    if text[..from].ends_with('\n') {
        return from; // a block scalar ends with its line
    }
    let rest = &text[from..front.content_span.end];
    rest.find('\n').map_or(front.content_span.end, |at| from + at + 1)
}
