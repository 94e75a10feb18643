//! A table, figure, listing or link that the text announces, and that isn't there.

use crate::checks::support::fragment;
use crate::checks::{Check, Context, Found};
use crate::document::Document;
use crate::document::body::{Body, Directive, DirectiveKind, InlineKind, Link};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use memchr::memmem;
use serde::Deserialize;
use std::ops::Range;
use std::sync::OnceLock;

/// Options: the words that announce something, by what they announce.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct DanglingReference {
    /// What stands further down.
    below: Words,
    /// What stood further up.
    above: Words,
    #[serde(skip)]
    search: OnceLock<[Side; 2]>,
}

/// Words that announce something, letter by letter.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct Words {
    table: Vec<String>,
    figure: Vec<String>,
    code: Vec<String>,
}

/// The words for what stands in one direction, each with what it announces.
#[derive(Debug)]
struct Side {
    /// In Latin letters. They are few, and end in fewer words, which are looked for alone.
    latin: Vec<(String, Thing)>,
    lasts: Vec<memmem::Finder<'static>>,
    others: (LiteralSet, Vec<Thing>),
}

/// What can be announced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Thing {
    Table,
    Figure,
    Code,
}

impl Check for DanglingReference {
    fn check(&self, cx: &Context, found: &mut Found) {
        let sides = self.search.get_or_init(|| [&self.above, &self.below].map(Side::new));
        for (side, below) in sides.iter().zip([false, true]) {
            let part = bare(&cx.doc.body, below);
            let mut said = Vec::new();
            side.look(cx.doc.slice(part), |thing, range| {
                let span = Span::from(range).shift(part.start);
                said.extend(is_said(cx.doc, span).then_some((thing, span)));
            });
            for thing in [Thing::Table, Thing::Figure, Thing::Code] {
                let same = said.iter().filter(|(said, _)| *said == thing).map(|(_, span)| *span);
                let missing = missing(cx.doc, same.collect(), thing, below);
                if !missing.is_empty() && !fragment::is_part_of_a_page(cx.doc) && !fragment::takes_in_others(cx.doc) {
                    missing.into_iter().for_each(|span| tell(span, thing, below, found));
                }
            }
        }
    }
}

/// Those of the places that announce a thing which isn't there. What one place has below it, every place before has
/// too, so that few of many need be looked at.
fn missing(doc: &Document<'_>, mut said: Vec<Span>, thing: Thing, below: bool) -> Vec<Span> {
    said.sort_unstable();
    if below {
        said.split_off(said.partition_point(|span| is_there(doc, *span, thing, below)))
    } else {
        said.truncate(said.partition_point(|span| !is_there(doc, *span, thing, below)));
        said
    }
}

/// The part of the body that has nothing below it, or above it, which could be what is announced. It is all that has to
/// be searched, and mostly short.
fn bare(body: &Body, below: bool) -> Span {
    let is_mark = |mark: &&Directive| mark.kind != DirectiveKind::Attribute;
    let is_image = |link: &&Link| link.image;
    let (mut marks, mut images) = (body.directives.iter().filter(is_mark), body.links.iter().filter(is_image));
    let things = if below {
        let marked = [marks.next_back().map(|mark| mark.span), images.next_back().map(|link| link.span)];
        [
            marked,
            [body.tables.last().copied(), body.html.last().copied()],
            [body.code.last().map(|code| code.span), None],
        ]
    } else {
        let marked = [marks.next().map(|mark| mark.span), images.next().map(|link| link.span)];
        [
            marked,
            [body.tables.first().copied(), body.html.first().copied()],
            [body.code.first().map(|code| code.span), None],
        ]
    };
    let things = things.into_iter().flatten().flatten();
    if below {
        Span::new(things.map(|span| span.end).max().unwrap_or(body.span.start), body.span.end)
    } else {
        Span::new(body.span.start, things.map(|span| span.start).min().unwrap_or(body.span.end))
    }
}

impl Side {
    fn new(words: &Words) -> Self {
        let all = [(&words.table, Thing::Table), (&words.figure, Thing::Figure), (&words.code, Thing::Code)];
        let all =
            all.into_iter().flat_map(|(phrases, thing)| phrases.iter().map(move |phrase| (phrase.clone(), thing)));
        let (latin, others): (Vec<_>, Vec<_>) = all.partition(|(phrase, _)| phrase.is_ascii());
        let mut lasts: Vec<&str> = latin.iter().filter_map(|(phrase, _)| phrase.rsplit(' ').next()).collect();
        lasts.sort_unstable();
        lasts.dedup();
        let lasts = lasts.into_iter().map(|last| memmem::Finder::new(last).into_owned()).collect();
        let search = LiteralSet::new(others.iter().map(|(phrase, _)| phrase));
        Self { latin, lasts, others: (search, others.iter().map(|(_, thing)| *thing).collect()) }
    }

    /// Tells of each place in `text` where something is announced.
    fn look(&self, text: &str, mut tell: impl FnMut(Thing, Range<usize>)) {
        for last in &self.lasts {
            for at in last.find_iter(text.as_bytes()) {
                let said = &text[..at + last.needle().len()];
                if let Some((phrase, thing)) = self.latin.iter().find(|(phrase, _)| said.ends_with(phrase)) {
                    tell(*thing, said.len() - phrase.len()..said.len());
                }
            }
        }
        let (search, things) = &self.others;
        search.find_iter(text).for_each(|(which, range)| tell(things[which], range));
    }
}

/// Whether it stands in the text that a reader reads, as a phrase of its own.
fn is_said(doc: &Document<'_>, span: Span) -> bool {
    let piece = doc.body.inline_at(span.start);
    piece.is_some_and(|piece| piece.kind == InlineKind::Text && !piece.in_link) && is_whole(doc, span)
}

fn tell(span: Span, thing: Thing, below: bool, found: &mut Found) {
    let what = thing.word();
    let (place, side) = if below { ("below", "from here on") } else { ("above", "up to here") };
    found
        .at(span, format!("this announces a {what} {place}, and there is none {side}"))
        .help(format!("put the {what} there, or mend the sentence"));
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
        // `the diagram above the line` lies there.
        let follows = &text[span.end..];
        let is_spatial =
            [" the ", " a ", " an ", " its ", " this ", " that "].iter().any(|word| follows.starts_with(word));
        return text[..span.start].ends_with("he ") && !after.is_ascii_alphanumeric() && after != '-' && !is_spatial;
    }
    let said = &text[span.range()];
    let starts = !before.is_alphanumeric() || (is_han(said.chars().next()) && "如见見在由从從据據は".contains(before));
    // `그런 다음 코드를 다듬고` does one thing after another.
    let comes_after = said.starts_with("다음") && ends_in_n(text[..span.start].trim_end());
    let ends = match said.chars().next_back() {
        // `下表单校验`, `下表现`.
        Some('表') => !"现現示面明达達情述決彰扬揚单單格".contains(after),
        // `上图，纪念一下` puts a picture up.
        Some('图' | '圖' | '図') => {
            "如见見由".contains(before) || "所中是可的为為展显顯描给給里裡表のにでをがはと".contains(after)
        }
        // `아래 이미지만 나중에 읽는다` is about pictures, not about the next one.
        Some('가'..='힣') => !after.is_alphanumeric() || "에는의를와과로처같참은을".contains(after),
        Some(last) => !last.is_ascii() || !after.is_ascii_alphanumeric(),
        None => true,
    };
    starts && ends && !comes_after
}

/// Whether the last syllable is one that a verb ends in before a word it describes: `한`, `그런`, `먹은`. The particle
/// `는` is none.
fn ends_in_n(text: &str) -> bool {
    const FINALS: u32 = 28;
    const N: u32 = 4;
    let last = text.chars().next_back().filter(|c| ('가'..='힣').contains(c) && *c != '는');
    last.is_some_and(|c| (c as u32 - '가' as u32) % FINALS == N)
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
        InlineKind::Image | InlineKind::Html | InlineKind::Directive => true,
        InlineKind::Code => thing == Thing::Code,
        _ => false,
    };
    let mut pieces = body.inlines.iter().filter(|piece| beyond(piece.span));
    let mut links = body.links.iter().filter(|link| beyond(link.span));
    blocks.into_iter().any(beyond)
        || pieces.any(|piece| is_shown(piece.kind))
        || links.any(|link| thing != Thing::Table || link.image)
        || thing == Thing::Table && has_list(body, said, below)
        || looks_drawn(
            doc,
            if below { Span::new(said.end, body.span.end) } else { Span::new(body.span.start, said.start) },
            thing,
        )
}

/// Whether a list comes next, or stood before, which some call a table.
fn has_list(body: &Body, said: Span, below: bool) -> bool {
    let next = body.blocks.partition_point(|block| block.span.start < said.end);
    let (before, after) = body.blocks.split_at(next);
    if below { after.first().is_some_and(|block| block.in_item) } else { before.iter().any(|block| block.in_item) }
}

/// Rows pasted as text, a picture that didn't become one, code that isn't marked as such.
fn looks_drawn(doc: &Document<'_>, part: Span, thing: Thing) -> bool {
    let text = doc.slice(part);
    let is_statement = |line: &str| line.contains(';') && line.contains(['(', '=']);
    let is_code = |line: &str| thing == Thing::Code && (line.ends_with(['{', '}', ';']) || is_statement(line));
    let bars = |line: &str| line.trim().matches(['|', '\t']).count();
    // `[table]`, as plug-ins have it.
    let is_mark = |line: &str| line.starts_with('[') && line.ends_with(']');
    // A table of two columns has one bar in each row.
    let is_drawn = |line: &str| bars(line) > 1 || line.contains("![") || is_mark(line.trim()) || is_code(line);
    text.lines().any(is_drawn) || text.lines().filter(|line| bars(line) == 1).count() > 1
}
