//! A mark of punctuation typed twice.

use super::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::pattern::Literals;
use crate::source::Span;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which marks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RepeatedPunctuation {
    /// Pairs of marks, each with what should stand there.
    pairs: Vec<(String, String)>,
    /// A page that has more of them means them: `..` is how some write that a sentence trails off.
    at_most: usize,
    #[serde(skip)]
    search: OnceLock<Literals>,
}

impl Check for RepeatedPunctuation {
    fn check(&self, cx: &Context, found: &mut Found) {
        let search = self.search.get_or_init(|| Literals::new(self.pairs.iter().map(|(pair, _)| pair)));
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let mut slips = Vec::new();
        for (which, range) in search.find_iter(cx.doc.slice(body.span)) {
            let (pair, _) = &self.pairs[which];
            let span = Span::from(range).shift(body.span.start);
            let before = text[..span.start].chars().next_back().unwrap_or('\n');
            let after = text[span.end..].chars().next().unwrap_or('\n');
            let is_ascii = pair.is_ascii();
            // Two stand alone between a word and a blank: three are an ellipsis, `../` is a path, `1..2` a range.
            let alone = !pair.contains([before, after]) && !"….。，、".contains([before, after]);
            let at_end = !is_ascii || after.is_whitespace();
            if alone && at_end && before.is_alphanumeric() && body.is_prose(span.start) {
                slips.push((span, which));
            }
        }
        if slips.len() > self.at_most {
            return;
        }
        for (span, which) in
            slips.into_iter().filter(|(span, which)| self.pairs[*which].0 != ".." || ends_plainly(text, *span))
        {
            let (pair, one) = &self.pairs[which];
            found
                .at(span, format!("`{pair}` is one mark too many"))
                .help(format!("write `{one}`"))
                .fix(format!("write `{one}`"), vec![Edit::replace(span, one)]);
        }
    }
}

/// Whether two full stops end a plain sentence, rather than let it trail off: `합니다..`, `the end..`
fn ends_plainly(text: &str, span: Span) -> bool {
    let near = &text[text.ceil_char_boundary(span.start.saturating_sub(200))..span.start];
    let line = near.rsplit('\n').next().unwrap_or(near);
    let word = line.rsplit(' ').next().unwrap_or(line);
    let is_latin = line.chars().all(|c| c < '\u{1100}' || ('\u{2010}'..'\u{2100}').contains(&c));
    let is_word = word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    line.ends_with("니다") || (is_latin && is_word)
}
