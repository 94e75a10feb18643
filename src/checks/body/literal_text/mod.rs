//! Strings that are never intended: artifacts of programs and of the clipboard.

mod garbled;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::prose_spans::is_code;
use crate::document::Document;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Options: the strings, and the message.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct LiteralText {
    /// The strings, case-sensitive.
    strings: Vec<String>,
    /// Whether to search the front matter too.
    #[serde(default)]
    front_matter: bool,
    /// Words of pages about such strings, which may quote them; lower case, matched in either case.
    #[serde(default)]
    ignore_pages_containing: Vec<String>,
    /// Whether to search as well for text that becomes meaningful when it is read in another encoding.
    #[serde(default)]
    redecode: bool,
    /// The message, with `{}` where the string goes.
    message: String,
    /// The help.
    help: String,
    #[serde(skip)]
    search: OnceLock<LiteralSet>,
}

/// The maximum number of characters attached to the string that are marked with it.
const MAX_DISTANCE: usize = 24;

impl Check for LiteralText {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| LiteralSet::new(&self.strings));
        if search.cannot_match_ascii() && cx.doc.source.is_ascii() {
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
        let garbled = if self.redecode { garbled::find(cx.doc, from) } else { Vec::new() };
        let is_clean = places.is_empty() && garbled.is_empty();
        if !is_clean && !self.ignore_pages_containing.is_empty() {
            let page = text.to_ascii_lowercase();
            if self.ignore_pages_containing.iter().any(|word| page.contains(word)) {
                return;
            }
        }
        for one in &garbled {
            one.report(found);
        }
        let is_known = |span: &Span| garbled.iter().any(|one| one.span.start < span.end && span.start < one.span.end);
        places.values_mut().for_each(|spans| spans.retain(|span| !is_known(span)));
        for spans in places.values_mut().filter(|spans| !spans.is_empty()) {
            spans.dedup();
            let displayed = cx.doc.slice(spans[0]);
            let finding = found.at(spans[0], self.message.replace("{}", displayed));
            finding.help(&self.help);
            finding.also_at.extend_from_slice(&spans[1..]);
        }
    }
}

/// The string with what is attached to it: `【4†source】`, `turn0search12`, `CafÃ©`.
fn with_attached(doc: &Document<'_>, span: Span) -> Span {
    let text = doc.source.text();
    let attached_len = |chars: &mut dyn Iterator<Item = char>, more: &str| -> usize {
        chars.take(MAX_DISTANCE).take_while(|&c| c.is_alphanumeric() || more.contains(c)).map(char::len_utf8).sum()
    };
    let before = attached_len(&mut text[..span.start].chars().rev(), "【†");
    let after = attached_len(&mut text[span.end..].chars(), "】[]{}:=_");
    Span::new(span.start - before, span.end + after)
}
