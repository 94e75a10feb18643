//! Doubled punctuation.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::BlockKind;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which characters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RepeatedPunctuation {
    /// Pairs of characters, each with its replacement.
    pairs: Vec<(String, String)>,
    /// A page with more matches uses them on purpose: some authors end sentences with `..`.
    max_occurrences: usize,
    #[serde(skip)]
    search: OnceLock<LiteralSet>,
}

/// The minimum number of words in a sentence.
const MIN_WORDS: usize = 5;

impl Check for RepeatedPunctuation {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| LiteralSet::new(self.pairs.iter().map(|(pair, _)| pair)));
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let mut repetitions = Vec::new();
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let (pair, _) = &self.pairs[which];
            let span = Span::from(range).shift(body.span.start);
            let before = text[..span.start].chars().next_back().unwrap_or('\n');
            let after = text[span.end..].chars().next().unwrap_or('\n');
            let is_ascii = pair.is_ascii();
            // Exactly two between a word and a space: three are an ellipsis, `../` is a path, `1..2` a range.
            let alone = !pair.contains([before, after]) && !"….。，、".contains([before, after]);
            let at_end = !is_ascii || after.is_whitespace();
            // In Korean, two commas are a pause.
            let is_pause = pair == ",," && ('가'..='힣').contains(&before);
            if alone && at_end && !is_pause && before.is_alphanumeric() && body.is_prose(span.start) {
                repetitions.push((span, which));
            }
        }
        if repetitions.len() > self.max_occurrences {
            return;
        }
        // Who ends two Korean sentences with two periods lets them trail off.
        let is_korean = |span: Span| text[..span.start].ends_with(|c| ('가'..='힣').contains(&c));
        let is_trailing = |(span, which): &(Span, usize)| self.pairs[*which].0 == ".." && is_korean(*span);
        let is_style = repetitions.iter().filter(|one| is_trailing(one)).count() > 1;
        for (span, which) in repetitions
            .into_iter()
            .filter(|one| !(is_style && is_trailing(one)))
            .filter(|(span, which)| self.pairs[*which].0 != ".." || ends_a_sentence(cx.doc, *span))
        {
            let (pair, one) = &self.pairs[which];
            found
                .at(span, format!("repeated punctuation `{pair}`; use `{one}`"))
                .unsafe_fix(format!("Replace with `{one}`"), vec![Edit::replace(span, one)]);
        }
    }
}

/// Whether what follows two periods shows that the sentence trails off in informal text: an emoji, `ㅠㅠ`, `ㅎㅎ`, `;;`,
/// the end of an aside in brackets.
fn trails_off(after: &str) -> bool {
    let next = after.trim_start_matches([' ', '\u{a0}']).chars().next().unwrap_or('\n');
    matches!(next, '\u{3131}'..='\u{318e}' | '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | ')' | '）' | ';' | '^' | '~' | ':' | '(')
}

/// Whether a Korean text has other marks of a sentence that trails off.
fn is_informal(text: &str) -> bool {
    text.contains("...") || text.contains(['…', '~', 'ㅋ', 'ㅎ', 'ㅠ', 'ㅜ'])
}

/// Whether two periods end a plain sentence instead of trailing off: `합니다..` and `this is the end..`, but not
/// `a, b, c.. are` or `well.. not so`.
fn ends_a_sentence(doc: &Document<'_>, span: Span) -> bool {
    let text = doc.source.text();
    let near = &text[text.ceil_char_boundary(span.start.saturating_sub(200))..span.start];
    let line = near.rsplit('\n').next().unwrap_or(near);
    if line.ends_with("니다") {
        let block = doc.body.block_at(span.start).map(|block| doc.slice(block.span));
        return !trails_off(&text[span.end..]) && !block.is_some_and(is_informal);
    }
    let word = line.rsplit(' ').next().unwrap_or(line);
    let is_latin = line.chars().all(|c| c < '\u{1100}' || ('\u{2010}'..'\u{2100}').contains(&c));
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    // The next sentence starts, or the block ends.
    let next = text[span.end..].trim_start_matches([' ', '\t']).chars().next().unwrap_or('\n');
    let block = doc.body.block_at(span.start);
    let is_over = next == '\n' || next == '\r' || next.is_ascii_uppercase();
    let in_cell = block.is_some_and(|block| matches!(block.kind, BlockKind::TableCell { .. }));
    let sentence = line.rsplit(". ").next().unwrap_or(line);
    is_latin && is_word && is_over && !in_cell && sentence.split_whitespace().count() >= MIN_WORDS
}
