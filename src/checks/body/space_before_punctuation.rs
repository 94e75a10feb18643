//! A blank that stands before a comma or a full stop.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::prose_spans;
use crate::diagnostic::Edit;
use crate::document::body::{BlockKind, PieceKind};
use crate::source::Span;
use crate::text::pattern::Literals;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which marks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SpaceBeforePunctuation {
    /// Marks that stand right behind a word in every language.
    marks: Vec<String>,
    #[serde(skip)]
    search: OnceLock<Literals>,
}

/// The blanks that people type or paste.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{3000}'];

/// Words before a full stop that make a sentence of Latin letters: `docker build .` is none.
const MIN_WORDS: usize = 5;

impl Check for SpaceBeforePunctuation {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| {
            let pairs = SPACES.iter().flat_map(|space| self.marks.iter().map(move |mark| format!("{space}{mark}")));
            Literals::new(pairs.collect::<Vec<_>>())
        });
        for part in prose_spans::prose_spans(&cx.doc.body) {
            for (_, range) in search.find_iter(cx.doc.slice(part)) {
                let hit = Span::from(range).shift(part.start);
                if let Some(space) = stray_space(cx, hit) {
                    report(cx, Span::new(space, hit.end), found);
                }
            }
        }
    }
}

/// Where the blanks before a mark start, if the mark ends a word or a sentence rather than stand for itself.
fn stray_space(cx: &Context, hit: Span) -> Option<usize> {
    let text = cx.doc.source.text();
    let body = &cx.doc.body;
    let piece = body.piece_at(hit.start).filter(|piece| piece.kind == PieceKind::Text && piece.span.covers(hit))?;
    let before = text[piece.span.start..hit.start].trim_end_matches(SPACES);
    let word = before.chars().next_back().filter(|c| c.is_alphabetic())?;
    let next = text[hit.end..].chars().next().unwrap_or('\n');
    let in_cell = body.block_at(hit.start).is_some_and(|block| matches!(block.kind, BlockKind::Cell { .. }));
    let line = text[body.span.start..hit.start].rsplit('\n').next().unwrap_or_default();
    // Formulas, and dots with blanks between them.
    let is_other = line.contains(['$', '\\', '`', '=']) || line.ends_with('.') || text[hit.end..].starts_with(" .");
    let is_stop = text[..hit.end].ends_with('.');
    let is_sentence = word >= '\u{1100}'
        || (line.split_whitespace().count() >= MIN_WORDS && line.trim_start().starts_with(char::is_uppercase));
    let goes_on = text[hit.end..].trim_start().starts_with(char::is_lowercase);
    let ends = next.is_whitespace() && !in_cell && !is_other && (!is_stop || is_sentence && !goes_on);
    ends.then_some(piece.span.start + before.len())
}

fn report(cx: &Context, span: Span, found: &mut Findings) {
    let mark = cx.doc.slice(span).trim_start_matches(SPACES);
    found
        .at(span, format!("a blank stands before `{mark}`"))
        .help("take the blank out")
        .fix("take the blank out", vec![Edit::replace(span, mark)]);
}
