//! What stands around a phrase and shows that it is no leftover: a list it names, a state it tells, text it introduces.

use crate::checks::phrases::position::{Candidate, Position};
use crate::document::Document;
use crate::document::body::BlockKind;

/// Words for the state of something, of which `under construction` is one: `Status: …`, `Состояние проекта: …`.
const STATUS_WORDS: [&str; 24] = [
    "status",
    "state",
    "stage",
    "phase",
    "progress",
    "stand",
    "zustand",
    "état",
    "statut",
    "estado",
    "situación",
    "situação",
    "fase",
    "статус",
    "состояние",
    "этап",
    "стадия",
    "상태",
    "단계",
    "状态",
    "狀態",
    "进度",
    "状況",
    "進捗",
];

/// Words that open a line before a colon, in lists that say what they are for.
const MARKERS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// Whether the file is the writer's own list of what is to be done: `TODO.md`.
pub(super) fn is_task_list(doc: &Document<'_>) -> bool {
    doc.source.path().file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("todo"))
}

/// Whether the blocks beside block `index` show what a phrase of this shape is there for.
pub(super) fn has_context(doc: &Document<'_>, index: usize, position: Position) -> bool {
    match position {
        Position::Heading => names_what_follows(doc, index),
        Position::Marker => explains_markers(doc, index),
        Position::Line => is_one_of_several_items(doc, index),
        Position::Bracket | Position::Label => false,
    }
}

/// Whether a mark is an item between items that say something: the kinds of comments, say.
fn is_one_of_several_items(doc: &Document<'_>, index: usize) -> bool {
    let blocks = &doc.body.blocks;
    let column = |index: usize| {
        let start = blocks.get(index).filter(|block| block.in_item)?.span.start;
        Some(start - doc.slice(doc.body.span)[..start - doc.body.span.start].rfind('\n').map_or(0, |at| at + 1))
    };
    let Some(before) = index.checked_sub(1).and_then(column) else { return false };
    let is_marker = blocks.get(index).is_some_and(|block| MARKERS.contains(&doc.slice(block.span).trim()));
    is_marker && column(index) == Some(before) && column(index + 1) == Some(before)
}

/// Whether a heading names what follows it: a list, its own sections, a link to the page that goes on.
fn names_what_follows(doc: &Document<'_>, index: usize) -> bool {
    let blocks = &doc.body.blocks;
    let (Some(block), Some(next)) = (blocks.get(index), blocks.get(index + 1)) else { return false };
    let BlockKind::Heading(level) = block.kind else { return false };
    let is_deeper = matches!(next.kind, BlockKind::Heading(deeper) if deeper > level);
    let is_link = || doc.body.pieces_of(next).first().is_some_and(|piece| piece.in_link);
    next.in_item || is_deeper || is_link()
}

/// Whether an item explains a mark, as its neighbours explain others: `- TODO: …`, `- FIXME: …`.
fn explains_markers(doc: &Document<'_>, index: usize) -> bool {
    let blocks = &doc.body.blocks;
    let mark = |index: usize| {
        let block = blocks.get(index).filter(|block| block.in_item)?;
        let text = doc.slice(block.span).trim_start_matches(['*', '_', '`']);
        MARKERS.iter().find(|mark| text.starts_with(*mark))
    };
    let own = mark(index);
    let is_other = |other: Option<&&str>| other.is_some() && other != own;
    own.is_some() && (is_other(mark(index + 1)) || index.checked_sub(1).is_some_and(|before| is_other(mark(before))))
}

/// Whether the line itself shows it: `Later updates:` introduces what follows, `Status: under construction` tells of a
/// state. A phrase in capitals is a leftover all the same.
pub(super) fn is_part_of_sentence(text: &str, candidate: &Candidate) -> bool {
    if !text[candidate.core.clone()].chars().any(|c| c.is_lowercase() || c > '\u{2fff}') {
        return false;
    }
    match candidate.position {
        Position::Line | Position::Heading => text.trim_end().ends_with(':'),
        Position::Label => {
            let label = text[..candidate.displayed.start].to_lowercase();
            let mut words = label.split(|c: char| !c.is_alphanumeric());
            words.any(|word| STATUS_WORDS.contains(&word))
        }
        Position::Bracket | Position::Marker => false,
    }
}
