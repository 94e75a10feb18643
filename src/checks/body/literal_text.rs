//! Exact texts that are never meant: what a program or a clipboard left behind.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::Document;
use crate::document::body::PieceKind;
use crate::source::Span;
use crate::text::pattern::Literals;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Options: what to look for, and what to say of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LiteralText {
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
    search: OnceLock<Literals>,
}

/// How much around a text is marked with it, in characters, as long as it is one word.
const MAX_DISTANCE: usize = 24;

impl Check for LiteralText {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| Literals::new(&self.texts));
        if search.none_in_ascii() && cx.doc.source.is_ascii() {
            return;
        }
        let from = if self.front_matter { cx.doc.source.bom_len() } else { cx.doc.body.span.start };
        let text = &cx.doc.source.text()[from..];
        let mut places: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
        for (which, range) in search.find_iter(text) {
            let span = Span::from(range).shift(from);
            if !is_code(cx.doc, span.start) {
                places.entry(which).or_default().push(with_attached(cx.doc, span));
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
            let displayed = cx.doc.slice(spans[0]);
            let finding = found.at(spans[0], self.message.replace("{}", displayed));
            finding.help(&self.help);
            finding.also_at.extend_from_slice(&spans[1..]);
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
    let kind = body.piece_at(at).map(|piece| piece.kind);
    in_code
        || matches!(kind, Some(PieceKind::Code | PieceKind::Directive))
        || body.comments.iter().any(|comment| comment.contains(at))
        || body.directives.iter().any(|directive| directive.span.contains(at))
}

/// The text with what is stuck to it: `【4†source】`, `turn0search12`, `CafÃ©`.
fn with_attached(doc: &Document<'_>, span: Span) -> Span {
    let text = doc.source.text();
    let attached_len = |chars: &mut dyn Iterator<Item = char>, more: &str| -> usize {
        chars.take(MAX_DISTANCE).take_while(|&c| c.is_alphanumeric() || more.contains(c)).map(char::len_utf8).sum()
    };
    let before = attached_len(&mut text[..span.start].chars().rev(), "【†");
    let after = attached_len(&mut text[span.end..].chars(), "】[]{}:=_");
    Span::new(span.start - before, span.end + after)
}
