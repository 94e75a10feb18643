//! A reference to a table, figure, listing or link above or below that doesn't exist.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::includes;
use crate::document::Document;
use crate::document::body::{Body, Directive, DirectiveKind, InlineKind, Link};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use memchr::memmem;
use serde::Deserialize;
use std::ops::Range;
use std::sync::OnceLock;

/// Options: the phrases that announce something, by direction.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct DanglingReference {
    /// Phrases for something below.
    below: ReferenceWords,
    /// Phrases for something above.
    above: ReferenceWords,
    #[serde(skip)]
    search: OnceLock<[DirectionSearch; 2]>,
}

/// Phrases by what they announce, matched literally.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
struct ReferenceWords {
    table: Vec<String>,
    figure: Vec<String>,
    code: Vec<String>,
}

/// The search for the phrases of one direction.
#[derive(Debug)]
struct DirectionSearch {
    /// ASCII phrases. They share few last words, which are searched for instead of whole phrases.
    latin: Vec<(String, Referent)>,
    last_words: Vec<memmem::Finder<'static>>,
    others: (LiteralSet, Vec<Referent>),
}

/// What a phrase can announce.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Referent {
    Table,
    Figure,
    Code,
}

impl Check for DanglingReference {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let sides = self.search.get_or_init(|| [&self.above, &self.below].map(DirectionSearch::new));
        for (direction, below) in sides.iter().zip([false, true]) {
            let part = search_span(&cx.doc.body, below);
            let mut mentions = Vec::new();
            direction.find_all(cx.doc.slice(part), |referent, range| {
                let span = Span::from(range).shift(part.start);
                mentions.extend(is_mention(cx.doc, span).then_some((referent, span)));
            });
            for referent in [Referent::Table, Referent::Figure, Referent::Code] {
                let same = mentions.iter().filter(|(mentions, _)| *mentions == referent).map(|(_, span)| *span);
                let missing = missing(cx.doc, same.collect(), referent, below);
                if !missing.is_empty() && !includes::is_partial(cx.doc) && !includes::has_include(cx.doc) {
                    missing.into_iter().for_each(|span| report(span, referent, below, found));
                }
            }
        }
    }
}

/// The mentions of a referent that doesn't exist. What exists below one mention exists below all earlier ones, so that
/// a binary search suffices.
fn missing(doc: &Document<'_>, mut mentions: Vec<Span>, referent: Referent, below: bool) -> Vec<Span> {
    mentions.sort_unstable();
    if below {
        mentions.split_off(mentions.partition_point(|span| exists(doc, *span, referent, below)))
    } else {
        mentions.truncate(mentions.partition_point(|span| !exists(doc, *span, referent, below)));
        mentions
    }
}

/// The part of the body that has nothing below or above it that could be a referent. Only this part has to be searched,
/// and it is usually short.
fn search_span(body: &Body, below: bool) -> Span {
    let is_mark = |mark: &&Directive| mark.kind != DirectiveKind::Attribute;
    let is_image = |link: &&Link| link.image;
    let (mut marks, mut images) = (body.directives.iter().filter(is_mark), body.links.iter().filter(is_image));
    let referents = if below {
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
    let referents = referents.into_iter().flatten().flatten();
    if below {
        Span::new(referents.map(|span| span.end).max().unwrap_or(body.span.start), body.span.end)
    } else {
        Span::new(body.span.start, referents.map(|span| span.start).min().unwrap_or(body.span.end))
    }
}

impl DirectionSearch {
    fn new(words: &ReferenceWords) -> Self {
        let all = [(&words.table, Referent::Table), (&words.figure, Referent::Figure), (&words.code, Referent::Code)];
        let all = all
            .into_iter()
            .flat_map(|(phrases, referent)| phrases.iter().map(move |phrase| (phrase.clone(), referent)));
        let (latin, others): (Vec<_>, Vec<_>) = all.partition(|(phrase, _)| phrase.is_ascii());
        let mut last_words: Vec<&str> = latin.iter().filter_map(|(phrase, _)| phrase.rsplit(' ').next()).collect();
        last_words.sort_unstable();
        last_words.dedup();
        let last_words = last_words.into_iter().map(|last_word| memmem::Finder::new(last_word).into_owned()).collect();
        let search = LiteralSet::new(others.iter().map(|(phrase, _)| phrase));
        Self { latin, last_words, others: (search, others.iter().map(|(_, referent)| *referent).collect()) }
    }

    /// Calls `report` for each mention in `text`.
    fn find_all(&self, text: &str, mut report: impl FnMut(Referent, Range<usize>)) {
        for last_word in &self.last_words {
            for at in last_word.find_iter(text.as_bytes()) {
                let before = &text[..at + last_word.needle().len()];
                if let Some((phrase, referent)) = self.latin.iter().find(|(phrase, _)| before.ends_with(phrase)) {
                    report(*referent, before.len() - phrase.len()..before.len());
                } else if let Some((referent, len)) = numbered(before) {
                    report(referent, before.len() - len..before.len());
                }
            }
        }
        let (search, referents) = &self.others;
        search.find_iter(text).for_each(|(which, range)| report(referents[which], range));
    }
}

/// `Table 3 below` at the end of a text: what it refers to, and its length.
fn numbered(text: &str) -> Option<(Referent, usize)> {
    let number = text.strip_suffix(" below").or_else(|| text.strip_suffix(" above"))?;
    let name = number.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | 'A'..='Z'));
    let (referent, word) = [(Referent::Table, "Table "), (Referent::Figure, "Figure "), (Referent::Code, "Listing ")]
        .into_iter()
        .find(|(_, word)| name.ends_with(word))?;
    (name.len() < number.len()).then(|| (referent, text.len() - name.len() + word.len()))
}

/// Whether the phrase is visible text and not part of a longer phrase.
fn is_mention(doc: &Document<'_>, span: Span) -> bool {
    let piece = doc.body.inline_at(span.start);
    piece.is_some_and(|piece| piece.kind == InlineKind::Text && !piece.in_link)
        && is_whole(doc, span)
        && !is_quoted(doc, span)
        && !is_control_flow(doc, span)
        && !is_on_something(doc, span)
}

/// Whether a quotation mark stands directly before or behind the phrase.
fn is_quoted(doc: &Document<'_>, span: Span) -> bool {
    let text = doc.source.text();
    let (before, after) = (text[..span.start].chars().next_back(), text[span.end..].chars().next());
    before.is_some_and(|c| "\"'“‘「『《«„".contains(c)) || after.is_some_and(|c| "\"”’」』》»".contains(c))
}

/// `GitHub 上のコード`: the code on something, not the one above.
fn is_on_something(doc: &Document<'_>, span: Span) -> bool {
    let before = doc.source.text()[..span.start].trim_end_matches(' ').chars().next_back();
    doc.slice(span).starts_with('上') && before.is_some_and(|c| c.is_alphanumeric())
}

/// `다음 코드를 실행한다`, `다음 코드로 넘어간다`: the statement that runs next, not code on the page.
fn is_control_flow(doc: &Document<'_>, span: Span) -> bool {
    const STEPS: [&str; 9] = ["실행", "넘어", "이동", "진행", "수행", "가지 않", "갈 ", "가기", "내려"];
    let rest = &doc.source.text()[span.end..];
    let follows = rest.trim_start_matches(['를', '로', '가', '은', '는', '을', ' ']);
    doc.slice(span).starts_with("다음") && STEPS.iter().any(|step| follows.starts_with(step))
}

fn report(span: Span, referent: Referent, below: bool, found: &mut Findings) {
    let what = referent.as_str();
    let place = if below { "below" } else { "above" };
    found
        .at(span, format!("reference to a {what} {place}, but there is none"))
        .help(format!("add the {what}, or reword the sentence"));
}

impl Referent {
    fn as_str(self) -> &'static str {
        match self {
            Referent::Table => "table",
            Referent::Figure => "figure",
            Referent::Code => "listing",
        }
    }
}

/// Whether the phrase isn't part of a longer word: `情况下表现`, `전위 표기법`, `目次の表示`.
fn is_whole(doc: &Document<'_>, span: Span) -> bool {
    let text = doc.source.text();
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    // Without an article, `code above` may be a verb and a preposition.
    if text[span.range()].is_ascii() {
        // `the diagram above the line` is spatial.
        let follows = &text[span.end..];
        let is_spatial =
            [" the ", " a ", " an ", " its ", " this ", " that "].iter().any(|word| follows.starts_with(word));
        let is_numbered = mention_is_numbered(&text[span.range()]);
        return (is_numbered || text[..span.start].ends_with("he "))
            && !after.is_ascii_alphanumeric()
            && after != '-'
            && !is_spatial;
    }
    let mention = &text[span.range()];
    let starts =
        !before.is_alphanumeric() || (is_han(mention.chars().next()) && "如见見在由从從据據は".contains(before));
    // `그런 다음 코드를 다듬고` means “then”, not “the following”.
    let comes_after = mention.starts_with("다음") && ends_in_n(text[..span.start].trim_end());
    let ends = match mention.chars().next_back() {
        // `下表单校验`, `下表现`.
        Some('表') => !"现現示面明达達情述決彰扬揚单單格".contains(after),
        // `上图，纪念一下` means “post a picture”.
        Some('图' | '圖' | '図') => {
            "如见見由".contains(before) || "所中是可的为為展显顯描给給里裡表のにでをがはと".contains(after)
        }
        // `아래 이미지만 나중에 읽는다` means “only the images below”, not “the next image”.
        Some('가'..='힣') => !after.is_alphanumeric() || "에는의를와과로처같참은을".contains(after),
        Some(last_word) => !last_word.is_ascii() || !after.is_ascii_alphanumeric(),
        None => true,
    };
    starts && ends && !comes_after
}

fn mention_is_numbered(mention: &str) -> bool {
    mention.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether the last syllable is the ending of a verb that modifies the next word: `한`, `그런`, `먹은`. The particle `는`
/// isn't.
fn ends_in_n(text: &str) -> bool {
    const FINALS: u32 = 28;
    const N: u32 = 4;
    let last_word = text.chars().next_back().filter(|c| ('가'..='힣').contains(c) && *c != '는');
    last_word.is_some_and(|c| (c as u32 - '가' as u32) % FINALS == N)
}

fn is_han(c: Option<char>) -> bool {
    c.is_some_and(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether anything that could be the referent exists after the mention, or before it. Content that Markdown doesn't
/// show (HTML, a template, an image of a table) may be it.
fn exists(doc: &Document<'_>, mention: Span, referent: Referent, below: bool) -> bool {
    let body = &doc.body;
    let beyond = |span: Span| if below { span.end > mention.end } else { span.start < mention.start };
    let marks = body.directives.iter().filter(|mark| mark.kind != DirectiveKind::Attribute).map(|mark| mark.span);
    let blocks =
        body.tables.iter().chain(&body.html).copied().chain(marks).chain(body.code.iter().map(|code| code.span));
    let is_shown = |kind| match kind {
        InlineKind::Image | InlineKind::Html | InlineKind::Directive => true,
        InlineKind::Code => referent == Referent::Code,
        _ => false,
    };
    let mut pieces = body.inlines.iter().filter(|piece| beyond(piece.span));
    let mut links = body.links.iter().filter(|link| beyond(link.span));
    blocks.into_iter().any(beyond)
        || pieces.any(|piece| is_shown(piece.kind))
        || links.any(|link| referent != Referent::Table || link.image)
        || referent != Referent::Figure && has_list(body, mention, below)
        || looks_drawn(
            doc,
            if below { Span::new(mention.end, body.span.end) } else { Span::new(body.span.start, mention.start) },
            referent,
        )
}

/// Whether a list follows, or exists before; some authors call a list a table.
fn has_list(body: &Body, mention: Span, below: bool) -> bool {
    let next = body.blocks.partition_point(|block| block.span.start < mention.end);
    let (before, after) = body.blocks.split_at(next);
    if below { after.first().is_some_and(|block| block.in_item) } else { before.iter().any(|block| block.in_item) }
}

/// Whether the text looks like rows pasted as text, a broken image, or code without a code block.
fn looks_drawn(doc: &Document<'_>, part: Span, referent: Referent) -> bool {
    let text = doc.slice(part);
    let is_statement = |line: &str| line.contains(';') && line.contains(['(', '=']);
    let is_code = |line: &str| referent == Referent::Code && (line.ends_with(['{', '}', ';']) || is_statement(line));
    let bars = |line: &str| line.trim().matches(['|', '\t']).count();
    // `[table]`, a plugin's placeholder.
    let is_mark = |line: &str| line.starts_with('[') && line.ends_with(']');
    // A two-column table has one bar per row.
    let is_drawn = |line: &str| bars(line) > 1 || line.contains("![") || is_mark(line.trim()) || is_code(line);
    text.lines().any(is_drawn) || text.lines().filter(|line| bars(line) == 1).count() > 1
}
