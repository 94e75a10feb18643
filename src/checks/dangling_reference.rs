//! A table, figure, listing or link that the text announces, and that isn't there.

use super::{Check, Context, Found};
use crate::document::Document;
use crate::document::body::{DirectiveKind, PieceKind};
use crate::pattern::Literals;
use crate::source::Span;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: the words that announce something, by what they announce.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct DanglingReference {
    /// What stands further down.
    below: Words,
    /// What stood further up.
    above: Words,
    #[serde(skip)]
    search: OnceLock<[Search; 2]>,
}

/// Words that announce something, letter by letter.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Words {
    table: Vec<String>,
    figure: Vec<String>,
    code: Vec<String>,
}

/// Words, and for each what it announces and whether further down.
type Search = (Literals, Vec<(Thing, bool)>);

/// What can be announced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Thing {
    Table,
    Figure,
    Code,
}

impl Check for DanglingReference {
    fn check(&self, cx: &Context, found: &mut Found) {
        let [latin, others] = self.search.get_or_init(|| [self.search(true), self.search(false)]);
        let text = cx.doc.slice(cx.doc.body.span);
        look(cx, text, latin, found);
        if !text.is_ascii() {
            look(cx, text, others, found);
        }
    }
}

fn look(cx: &Context, text: &str, (search, kinds): &Search, found: &mut Found) {
    let body = &cx.doc.body;
    for (which, range) in search.find_iter(text) {
        let span = Span::from(range).shift(body.span.start);
        let is_said = body.piece_at(span.start).is_some_and(|piece| piece.kind == PieceKind::Text && !piece.in_link);
        let (thing, below) = kinds[which];
        if !is_said || !is_whole(cx.doc, span) || is_there(cx.doc, span, thing, below) {
            continue;
        }
        let what = thing.word();
        let (place, side) = if below { ("below", "from here on") } else { ("above", "up to here") };
        found
            .at(span, format!("this announces a {what} {place}, and there is none {side}"))
            .help(format!("put the {what} there, or mend the sentence"));
    }
}

impl DanglingReference {
    /// Words in Latin letters, or all others: few enough each to be searched many bytes at a time.
    fn search(&self, latin: bool) -> Search {
        let mut texts = Vec::new();
        let mut kinds = Vec::new();
        for (words, below) in [(&self.below, true), (&self.above, false)] {
            let all = [(&words.table, Thing::Table), (&words.figure, Thing::Figure), (&words.code, Thing::Code)];
            for (phrase, thing) in all.iter().flat_map(|(phrases, thing)| phrases.iter().map(move |one| (one, *thing)))
            {
                if phrase.is_ascii() == latin {
                    texts.push(phrase.as_str());
                    kinds.push((thing, below));
                }
            }
        }
        (Literals::new(texts), kinds)
    }
}

impl Thing {
    fn word(self) -> &'static str {
        match self {
            Thing::Table => "table",
            Thing::Figure => "figure",
            Thing::Code => "listing",
        }
    }
}

/// Whether it isn't part of a longer word: `情况下表现`, `전위 표기법`, `目次の表示`.
fn is_whole(doc: &Document<'_>, span: Span) -> bool {
    let text = doc.source.text();
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    // `code above` alone may set one thing above another: an article makes it a place.
    if text[span.range()].is_ascii() {
        return text[..span.start].ends_with("he ") && !after.is_ascii_alphanumeric() && after != '-';
    }
    let starts = !before.is_alphanumeric()
        || (is_han(text[span.start..].chars().next()) && "如见見在由从從据據は".contains(before));
    let ends = match text[..span.end].chars().next_back() {
        Some('표') => !after.is_alphanumeric() || "에는의를와과로처같도만참이".contains(after),
        Some('表') => !"现現示面明达達情述決彰扬揚".contains(after),
        Some(last) => !last.is_ascii() || !after.is_ascii_alphanumeric(),
        None => true,
    };
    starts && ends
}

fn is_han(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether something that can be the thing stands from `said` to the end of the file, or up to it from the start.
/// Anything that the page doesn't spell out (HTML, a template, a picture of a table) may be it.
fn is_there(doc: &Document<'_>, said: Span, thing: Thing, below: bool) -> bool {
    let body = &doc.body;
    let beyond = |span: Span| if below { span.end > said.end } else { span.start < said.start };
    let marks = body.directives.iter().filter(|mark| mark.kind != DirectiveKind::Attribute).map(|mark| mark.span);
    let blocks =
        body.tables.iter().chain(&body.html).copied().chain(marks).chain(body.code.iter().map(|code| code.span));
    let is_shown = |kind| match kind {
        PieceKind::Image | PieceKind::Html | PieceKind::Directive => true,
        PieceKind::Code => thing == Thing::Code,
        _ => false,
    };
    let mut pieces = body.pieces.iter().filter(|piece| beyond(piece.span));
    let mut links = body.links.iter().filter(|link| beyond(link.span));
    blocks.into_iter().any(beyond)
        || pieces.any(|piece| is_shown(piece.kind))
        || links.any(|link| thing == Thing::Figure || link.image)
        || looks_drawn(
            doc,
            if below { Span::new(said.end, body.span.end) } else { Span::new(body.span.start, said.start) },
        )
}

/// Rows pasted as text, a picture that didn't become one.
fn looks_drawn(doc: &Document<'_>, part: Span) -> bool {
    let is_row = |line: &str| line.trim().matches(['|', '\t']).count() > 1;
    doc.slice(part).lines().any(|line| is_row(line) || line.contains("!["))
}
