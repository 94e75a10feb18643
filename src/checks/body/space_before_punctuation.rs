//! A space before a comma or a period.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::prose_spans;
use crate::diagnostic::Edit;
use crate::document::body::{BlockKind, InlineKind};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which characters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SpaceBeforePunctuation {
    /// Characters that directly follow a word in every language.
    punctuation: Vec<String>,
    #[serde(skip)]
    search: OnceLock<LiteralSet>,
}

/// The spaces that people type or paste.
const SPACES: [char; 3] = [' ', '\u{a0}', '\u{3000}'];

/// The minimum number of words in a Latin sentence before a period: `docker build .` isn't one.
const MIN_WORDS: usize = 5;

impl Check for SpaceBeforePunctuation {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| {
            let pairs =
                SPACES.iter().flat_map(|space| self.punctuation.iter().map(move |mark| format!("{space}{mark}")));
            LiteralSet::new(pairs.collect::<Vec<_>>())
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

/// The start of the spaces before a punctuation character, if that ends a word or a sentence.
fn stray_space(cx: &Context, hit: Span) -> Option<usize> {
    let text = cx.doc.source.text();
    let body = &cx.doc.body;
    let piece =
        body.inline_at(hit.start).filter(|piece| piece.kind == InlineKind::Text && piece.span.contains_span(hit))?;
    let before = text[piece.span.start..hit.start].trim_end_matches(SPACES);
    let word = before.chars().next_back().filter(|c| c.is_alphabetic())?;
    let next = text[hit.end..].chars().next().unwrap_or('\n');
    let in_cell = body.block_at(hit.start).is_some_and(|block| matches!(block.kind, BlockKind::TableCell { .. }));
    let line = text[body.span.start..hit.start].rsplit('\n').next().unwrap_or_default();
    // Formulas and spaced ellipses.
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
        .at(span, format!("space before `{mark}`"))
        .help("remove the space")
        .unsafe_fix("Remove the space", vec![Edit::replace(span, mark)]);
}
