//! Text that was decoded with the wrong character encoding, and is meaningful in the right one.

use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::checks::support::prose_spans::is_code;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::source::Span;
use crate::text::encoding::{GBK_HINTS, Repaired, is_windows_1252, repair_gbk, repair_windows_1252};
use crate::text::pattern::LiteralSet;
use std::sync::LazyLock;

/// The maximum number of places in a file.
const MAX: usize = 100;

/// What most characters become that are decoded as Windows-1252: a lead byte of UTF-8 or EUC-KR and what follows it.
static HINTS: LazyLock<LiteralSet> = LazyLock::new(|| LiteralSet::new(GBK_HINTS));

/// A garbled text.
pub(super) struct Garbled {
    pub(super) span: Span,
    repaired: Repaired,
    written: String,
}

/// The garbled texts of a file from byte `from` on, in order.
pub(super) fn find(doc: &Document<'_>, from: usize) -> Vec<Garbled> {
    if doc.source.is_ascii() {
        return Vec::new();
    }
    let text = doc.source.text();
    let mut found = Vec::new();
    let mut end = from;
    // Every character of Windows-1252 beyond ASCII starts with one of these bytes; a garbled one is followed by another.
    for at in memchr::memchr3_iter(0xc2, 0xc3, 0xc5, &text.as_bytes()[from..]).map(|at| at + from) {
        if at < end || !text.is_char_boundary(at) {
            continue;
        }
        let run = Span::new(
            at,
            at + text[at..].chars().take_while(|&c| is_windows_1252(c)).map(char::len_utf8).sum::<usize>(),
        );
        end = run.end.max(at + 1);
        push(doc, run, repair_windows_1252, &mut found);
    }
    let mut end = from;
    for (_, range) in HINTS.find_iter(&text[from..]) {
        let hit = Span::from(range).shift(from);
        if hit.start < end {
            continue;
        }
        let is_part = |c: &char| !c.is_ascii() && !c.is_whitespace();
        let before: usize = text[end..hit.start].chars().rev().take_while(is_part).map(char::len_utf8).sum();
        let after: usize = text[hit.end..].chars().take_while(is_part).map(char::len_utf8).sum();
        let run = Span::new(hit.start - before, hit.end + after);
        end = run.end;
        push(doc, run, repair_gbk, &mut found);
    }
    found.sort_by_key(|one: &Garbled| one.span.start);
    found
}

fn push(doc: &Document<'_>, run: Span, repair: fn(&str) -> Option<Repaired>, found: &mut Vec<Garbled>) {
    let written = doc.slice(run);
    // `é »` ends a quotation in French, with a non-breaking space.
    let is_french = || written.chars().count() == 3 && written.ends_with("\u{a0}»");
    // A letter as a name, before a non-breaking space: `Å`. What `Ã` and `Â` stand for is never one.
    let is_name = || {
        let is_alone = !doc.source.text()[..run.start].ends_with(char::is_alphanumeric);
        is_alone && written.strip_suffix('\u{a0}').is_some_and(|letter| letter == "Å" || letter == "Ä")
    };
    if written.chars().nth(1).is_none() || found.len() >= MAX || is_french() || is_name() {
        return;
    }
    if let Some(repaired) = repair(written)
        && !is_code(doc, run.start)
    {
        found.push(Garbled { span: run, repaired, written: written.to_owned() });
    }
}

impl Garbled {
    /// Reports it, with what it was.
    pub(super) fn report(&self, found: &mut Findings) {
        let Repaired { text, cause } = &self.repaired;
        let meant = match text.trim().is_empty() {
            true => "a space".to_owned(),
            false => format!("`{}`", truncate(text)),
        };
        let message = format!("garbled text `{}`; it was probably {meant}", truncate(&self.written));
        found
            .at(self.span, message)
            .label_primary(*cause)
            .help("retype the text, or restore it from an earlier version of the file")
            .unsafe_fix(format!("Replace with `{}`", truncate(text)), vec![Edit::replace(self.span, text.as_str())]);
    }
}
