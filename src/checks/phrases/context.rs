//! Context that shows that a phrase isn't a placeholder: the list it introduces, the status it reports, the text it
//! announces.

use crate::checks::check::Context;
use crate::checks::phrases::placeholder::Placeholder;
use crate::checks::phrases::position::{Candidate, Position};
use crate::document::Document;
use crate::document::body::{BlockKind, InlineKind, LeafBlock, Line};
use crate::document::meta::PageMeta;
use crate::source::Span;
use crate::text::similarity;
use std::collections::HashSet;

/// Words for a status, which `under construction` may be: `Status: …`, `Состояние проекта: …`.
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

/// Words before a colon at the start of a line, in lists that explain them.
const MARKERS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// Folders of pages that aren't completed any more, or never: minutes, the documentation of old versions.
const FINISHED_FOLDERS: [&str; 7] =
    ["meeting-minutes", "meeting-notes", "meetings", "minutes", "versioned_docs", "versions", "회의록"];

/// Whether the file is a to-do list: `TODO.md`; or is in a folder whose pages stay as they are.
pub(super) fn is_task_list(doc: &Document<'_>) -> bool {
    let path = doc.source.path();
    let is_finished = |part: std::path::Component<'_>| FINISHED_FOLDERS.iter().any(|name| part.as_os_str() == *name);
    path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("todo")) || path.components().any(is_finished)
}

/// Whether brackets hold the abbreviation of the words before them: `Trunk Based Development (TBD)`; or the line defines
/// one: `*[WIP]: Work In Progress`.
pub(super) fn is_abbreviation(doc: &Document<'_>, line: &Line<'_>, hit: &Placeholder) -> bool {
    let (Some(first), Some(whole)) = (hit.spans.first(), line.span()) else { return false };
    if doc.slice(whole).starts_with("*[") {
        return true;
    }
    let before = doc.slice(Span::new(whole.start.min(first.start), first.start));
    // `WIP（Work In Progress）`
    let initials: String = hit.text.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let is_expansion =
        initials.chars().count() > 1 && before.trim_end().to_lowercase().ends_with(&initials.to_lowercase());
    if hit.position == Position::Bracket && is_expansion {
        return true;
    }
    let letters: Vec<char> = hit.text.chars().filter(|c| c.is_alphabetic()).collect();
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_initial = |(word, letter): (&&str, &char)| word.to_lowercase().starts_with(*letter);
    let expanded = words.len().checked_sub(letters.len()).map(|from| &words[from..]);
    hit.position == Position::Bracket
        && letters.len() > 1
        && expanded.is_some_and(|words| words.iter().zip(&letters).all(is_initial))
}

/// The minimum width of the text below a heading that has content; a letter of Chinese, Japanese or Korean counts twice.
/// A placeholder replaces content: where content follows, the heading names it.
const MIN_CONTENT_WIDTH: usize = 20;

/// Announcements of events, by which nobody waits any more when the event is over.
const ANNOUNCEMENTS: [&str; 6] =
    ["to be announced", "will be announced", "추후 공지", "추후공지", "추후 공지 예정", "추후 공지예정"];

/// After so many days an announced event is over.
const ANNOUNCED_DAYS: i64 = 365;

/// Whether the blocks next to block `index` show that a phrase in this position isn't a placeholder.
pub(super) fn has_context(doc: &Document<'_>, index: usize, position: Position) -> bool {
    let is_heading = doc.body.blocks.get(index).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
    if is_heading && names_what_follows(doc, index) {
        return true;
    }
    match position {
        Position::Heading => false,
        Position::Marker => explains_markers(doc, index),
        Position::Line => is_one_of_several_items(doc, index),
        Position::Bracket | Position::Label | Position::AltText | Position::LinkText | Position::LastLine => false,
    }
}

/// Whether a marker is one of several items, such as the kinds of comments.
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

/// Whether a heading introduces what follows: a list, its own sections, a link to the next page, or any content.
fn names_what_follows(doc: &Document<'_>, index: usize) -> bool {
    let blocks = &doc.body.blocks;
    let Some(LeafBlock { kind: BlockKind::Heading(level), .. }) = blocks.get(index) else { return false };
    let Some(next) = blocks.get(index + 1) else { return has_content_below(doc, index) };
    // A heading that a page starts with is about the page rather than about the sections below it, unless it is the title.
    let is_about_page = index == 0 && *level > 1;
    let is_deeper = !is_about_page && matches!(next.kind, BlockKind::Heading(deeper) if deeper > *level);
    let is_link = || doc.body.inlines_of(next).first().is_some_and(|piece| piece.in_link);
    let is_item = next.in_item && !matches!(next.kind, BlockKind::Heading(_));
    is_item || is_deeper || is_link() || has_content_below(doc, index)
}

/// Whether the section of the heading at `index` has text, code, a table, a picture or a template tag.
fn has_content_below(doc: &Document<'_>, index: usize) -> bool {
    let body = &doc.body;
    let Some(heading) = body.blocks.get(index) else { return false };
    let is_heading = |block: &&LeafBlock| matches!(block.kind, BlockKind::Heading(_));
    let end = body.blocks[index + 1..].iter().find(is_heading).map_or(body.span.end, |block| block.span.start);
    let section = Span::new(heading.span.end, end.max(heading.span.end));
    let holds = |span: Span| section.contains_span(span);
    let comments = || within(&body.comments, section, |comment| *comment);
    let html = within(&body.html, section, |html| *html)
        .filter(|html| !comments().any(|comment| comment.contains_span(*html)));
    let mut others = within(&body.code, section, |code| code.span)
        .chain(within(&body.tables, section, |table| *table))
        .chain(within(&body.directives, section, |mark| mark.span))
        .chain(html);
    let images = || body.links.iter().any(|link| link.image && holds(link.span));
    let own = body.blocks[index + 1..].iter().take_while(|block| !is_heading(block));
    let texts = own.flat_map(|block| body.inlines_of(block)).filter(|piece| piece.kind == InlineKind::Text);
    let width = |text: &str| text.chars().map(|c| if c > '\u{10ff}' { 2 } else { 1 }).sum::<usize>();
    texts.map(|piece| width(doc.slice(piece.span))).sum::<usize>() >= MIN_CONTENT_WIDTH || others.any(holds) || images()
}

/// The spans of those `items` that start in `section`; they are in order.
fn within<'a, T>(items: &'a [T], section: Span, span: fn(&T) -> Span) -> impl Iterator<Item = Span> + 'a {
    let from = items.partition_point(|item| span(item).start < section.start);
    items[from..].iter().map(span).take_while(move |item| item.start < section.end)
}

/// Whether a note in brackets is about the link that it is in or follows: `[Chapter 2](2.md) (in progress)`.
pub(super) fn is_about_a_link(doc: &Document<'_>, line: &Line<'_>, hit: &Placeholder) -> bool {
    let Some(first) = hit.spans.first().filter(|_| hit.position == Position::Bracket) else { return false };
    let at = line.inlines.iter().position(|piece| piece.span.end > first.start);
    let Some((at, piece)) = at.and_then(|at| Some((at, line.inlines.get(at)?))) else { return false };
    let before = || doc.slice(Span::new(piece.span.start, first.start.max(piece.span.start)));
    let is_link =
        |at: usize| line.inlines.get(at).is_some_and(|piece| piece.in_link || piece.kind == InlineKind::Other);
    piece.in_link || before().trim().is_empty() && at.checked_sub(1).is_some_and(is_link)
}

/// How many blocks below an announcement may have the section that it announces.
const MAX_BLOCKS_BELOW: usize = 1000;

/// Whether a sentence of a page announces what one of its later sections is about: `(coming soon).`, then `## Arrays`.
pub(super) fn is_taught_below(doc: &Document<'_>, index: usize, line: &Line<'_>, hit: &Placeholder) -> bool {
    let Some(first) = hit.spans.first().filter(|_| hit.position == Position::Bracket) else { return false };
    let Some(whole) = line.span() else { return false };
    let before = doc.slice(Span::new(whole.start, first.start.max(whole.start)));
    let is_sentence = doc.slice(Span::new(first.end.min(whole.end), whole.end)).trim_start().starts_with(['.', '。'])
        || before.split_whitespace().count() > 4;
    if !is_sentence {
        return false;
    }
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 4);
        words
            .map(similarity::normalize_plural)
            .filter(|word| !matches!(&**word, "chapter" | "part" | "section"))
            .collect()
    };
    let announced = words(before);
    let later = doc.body.blocks.iter().enumerate().skip(index + 1).take(MAX_BLOCKS_BELOW);
    let headings = later.filter(|(_, block)| matches!(block.kind, BlockKind::Heading(_)));
    headings.into_iter().any(|(at, block)| {
        words(doc.slice(block.span)).iter().any(|word| announced.contains(word))
            && doc.body.blocks.get(at + 1).is_some_and(|next| !matches!(next.kind, BlockKind::Heading(_)))
    })
}

/// What a page writes as code, without case.
pub(super) fn code_words(doc: &Document<'_>) -> HashSet<String> {
    let pieces = doc.body.inlines.iter().filter(|piece| piece.kind == InlineKind::Code);
    pieces.map(|piece| doc.slice(piece.span).trim_matches(['`', ' ', ':']).to_ascii_lowercase()).collect()
}

/// Whether a page writes the phrase as code, and so explains it.
pub(super) fn is_explained(code_words: &HashSet<String>, text: &str) -> bool {
    let word = text.split([':', '：']).next().unwrap_or(text).trim();
    code_words.contains(&word.to_ascii_lowercase())
}

/// Whether a dated page announced something that is over by now.
pub(super) fn is_past_announcement(cx: &Context, text: &str) -> bool {
    if !ANNOUNCEMENTS.contains(&text) {
        return false;
    }
    let meta = PageMeta::read(cx.doc.front_matter.as_ref(), cx.doc.source.path(), cx.profile);
    let (Some(today), Some(day)) = (cx.site.today(), meta.date.filter(|day| day.validation_error().is_none())) else {
        return false;
    };
    today.days_since_epoch() - day.days_since_epoch() > ANNOUNCED_DAYS
}

/// Whether an item explains a marker, like the items next to it: `- TODO: …`, `- FIXME: …`.
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

/// Whether the line itself shows it: `Later updates:` introduces what follows, `Status: under construction` reports a
/// status. A phrase in capitals is a placeholder anyway.
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
        _ => false,
    }
}
