//! Exact texts that are never meant: what a program or a clipboard left behind.

use crate::checks::{Check, Context, Found};
use crate::document::Document;
use crate::document::body::InlineKind;
use crate::source::Span;
use crate::text::pattern::LiteralSet as Search;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Options: what to look for, and what to say of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Literals {
    /// The texts, letter by letter.
    texts: Vec<String>,
    /// Whether to look into the front matter too.
    #[serde(default)]
    front_matter: bool,
    /// Words of pages that speak about such texts, and so may show them; in small letters, found in any case.
    #[serde(default)]
    unless: Vec<String>,
    /// What is wrong, with `{}` where the text goes.
    message: String,
    /// What to do.
    help: String,
    #[serde(skip)]
    search: OnceLock<Search>,
}

/// How much around a text is marked with it, in characters, as long as it is one word.
const REACH: usize = 24;

impl Check for Literals {
    fn check(&self, cx: &Context, found: &mut Found) {
        let search = self.search.get_or_init(|| Search::new(&self.texts));
        if search.cannot_match_ascii() && cx.doc.source.is_ascii() {
            return;
        }
        let from = if self.front_matter { cx.doc.source.bom_len() } else { cx.doc.body.span.start };
        let text = &cx.doc.source.text()[from..];
        let mut places: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for (which, range) in search.find_iter(text) {
            let span = Span::from(range).shift(from);
            if !is_code(cx.doc, span.start) {
                places.entry(which).or_default().push(whole(cx.doc, span));
            }
        }
        if !places.is_empty() && !self.unless.is_empty() {
            let page = text.to_ascii_lowercase();
            if self.unless.iter().any(|word| page.contains(word)) {
                return;
            }
        }
        for spans in places.values_mut() {
            spans.dedup();
            let shown = cx.doc.slice(spans[0]);
            let finding = found.at(spans[0], self.message.replace("{}", shown));
            finding.help(&self.help);
            finding.again.extend_from_slice(&spans[1..]);
        }
    }
}

/// Whether byte `at` is in code, a comment or a template mark.
fn is_code(doc: &Document<'_>, at: usize) -> bool {
    let body = &doc.body;
    if at < body.span.start {
        return false;
    }
    let in_code = body.code.iter().any(|code| code.span.contains(at));
    let kind = body.inline_at(at).map(|piece| piece.kind);
    in_code
        || matches!(kind, Some(InlineKind::Code | InlineKind::Directive))
        || body.comments.iter().any(|comment| comment.contains(at))
        || body.directives.iter().any(|directive| directive.span.contains(at))
}

/// The text with what is stuck to it: `【4†source】`, `turn0search12`, `CafÃ©`.
fn whole(doc: &Document<'_>, span: Span) -> Span {
    let text = doc.source.text();
    let reach = |chars: &mut dyn Iterator<Item = char>, more: &str| -> usize {
        chars.take(REACH).take_while(|&c| c.is_alphanumeric() || more.contains(c)).map(char::len_utf8).sum()
    };
    let before = reach(&mut text[..span.start].chars().rev(), "【†");
    let after = reach(&mut text[span.end..].chars(), "】[]{}:=_");
    Span::new(span.start - before, span.end + after)
}
