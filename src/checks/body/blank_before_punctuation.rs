//! A blank that stands before a comma or a full stop.

use crate::checks::support::outside_code;
use crate::checks::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::body::{BlockKind, InlineKind};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which marks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BlankBeforePunctuation {
    /// Marks that stand right behind a word in every language.
    marks: Vec<String>,
    #[serde(skip)]
    search: OnceLock<LiteralSet>,
}

/// The blanks that people type or paste.
const BLANKS: [char; 3] = [' ', '\u{a0}', '\u{3000}'];

/// Words before a full stop that make a sentence of Latin letters: `docker build .` is none.
const WORDS: usize = 5;

impl Check for BlankBeforePunctuation {
    fn check(&self, cx: &Context, found: &mut Found) {
        let search = self.search.get_or_init(|| {
            let pairs = BLANKS.iter().flat_map(|blank| self.marks.iter().map(move |mark| format!("{blank}{mark}")));
            LiteralSet::new(pairs.collect::<Vec<_>>())
        });
        for part in outside_code::parts(&cx.doc.body) {
            for (_, range) in search.find_iter(cx.doc.slice(part)) {
                let hit = Span::from(range).shift(part.start);
                if let Some(blank) = lone_blank(cx, hit) {
                    tell(cx, Span::new(blank, hit.end), found);
                }
            }
        }
    }
}

/// Where the blanks before a mark start, if the mark ends a word or a sentence rather than stand for itself.
fn lone_blank(cx: &Context, hit: Span) -> Option<usize> {
    let text = cx.doc.source.text();
    let body = &cx.doc.body;
    let piece =
        body.inline_at(hit.start).filter(|piece| piece.kind == InlineKind::Text && piece.span.contains_span(hit))?;
    let before = text[piece.span.start..hit.start].trim_end_matches(BLANKS);
    let word = before.chars().next_back().filter(|c| c.is_alphabetic())?;
    let next = text[hit.end..].chars().next().unwrap_or('\n');
    let in_cell = body.block_at(hit.start).is_some_and(|block| matches!(block.kind, BlockKind::TableCell { .. }));
    let line = text[body.span.start..hit.start].rsplit('\n').next().unwrap_or_default();
    // Formulas, and dots with blanks between them.
    let is_other = line.contains(['$', '\\', '`', '=']) || line.ends_with('.') || text[hit.end..].starts_with(" .");
    let is_stop = text[..hit.end].ends_with('.');
    let is_sentence = word >= '\u{1100}'
        || (line.split_whitespace().count() >= WORDS && line.trim_start().starts_with(char::is_uppercase));
    let goes_on = text[hit.end..].trim_start().starts_with(char::is_lowercase);
    let ends = next.is_whitespace() && !in_cell && !is_other && (!is_stop || is_sentence && !goes_on);
    ends.then_some(piece.span.start + before.len())
}

fn tell(cx: &Context, span: Span, found: &mut Found) {
    let mark = cx.doc.slice(span).trim_start_matches(BLANKS);
    found
        .at(span, format!("a blank stands before `{mark}`"))
        .help("take the blank out")
        .fix("take the blank out", vec![Edit::replace(span, mark)]);
}
