//! Invisible characters in prose and in front matter.

mod kinds;

use crate::checks::body::invisible_character::kinds::{
    IDLE, InvisibleCharacterKind, KINDS, NON_BREAKING_SPACE, SYMBOL,
};
use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Options: which non-breaking spaces are reported.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct InvisibleCharacter {
    /// Whether to report every non-breaking space. By default only those at the ends of lines, in front matter, next to
    /// another space, and in lines of Korean, Japanese or Chinese are.
    all_non_breaking_spaces: bool,
    /// Whether to report characters in the text that have no effect: spaces between words that aren't regular ones, soft
    /// hyphens, and zero-width characters next to a space or a punctuation mark.
    without_effect: bool,
}

/// The maximum distance at which the line around a space is searched, in bytes.
const MAX_LINE_DISTANCE: usize = 300;

/// The first ones are single bytes and are searched for separately, because they would slow the search for the others.
const SINGLE_BYTES: usize = 29;

static CHARACTER_SEARCH: LazyLock<LiteralSet> =
    LazyLock::new(|| LiteralSet::new(KINDS[SINGLE_BYTES..].iter().map(|kind| kind.character.to_string())));

impl Check for InvisibleCharacter {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let bom = cx.doc.source.bom_len();
        let text = &cx.doc.source.text()[bom..];
        let right_to_left = OnceCell::new();
        let has_wiki_links = memchr::memmem::find(text.as_bytes(), b"[[").is_some();
        let mut places: BTreeMap<(usize, bool), Vec<Span>> = BTreeMap::new();
        let bytes = control_characters(text.as_bytes());
        let rest = if cx.doc.source.is_ascii() { "" } else { text };
        let others = CHARACTER_SEARCH.find_iter(rest).map(|(which, range)| (which + SINGLE_BYTES, range));
        for (which, range) in bytes.chain(others) {
            let span = Span::from(range).shift(bom);
            let in_front = span.start < cx.doc.body.span.start;
            let is_text = if in_front { is_metadata(cx, span) } else { cx.doc.body.is_prose(span.start) };
            let is_reported = self.without_effect
                || self.all_non_breaking_spaces && KINDS[which].character == NON_BREAKING_SPACE
                || in_front && !(KINDS[which].character == NON_BREAKING_SPACE && is_in_summary(cx, span))
                || has_effect(cx, &KINDS[which], span);
            if is_text
                && is_reported
                && !(has_wiki_links && is_in_wiki_link(text, span.start - bom))
                && self.is_problem(cx, (which, span, in_front), &right_to_left)
            {
                places.entry((which, !in_front)).or_default().push(span);
            }
        }
        for ((which, in_body), spans) in places {
            let is_space = KINDS[which].character == NON_BREAKING_SPACE;
            if in_body && is_space && !self.all_non_breaking_spaces && !is_pasted(text, bom, &spans) {
                continue;
            }
            report(cx, &KINDS[which], &spans, found);
        }
    }
}

/// Fields of text that nothing is made of but what readers see.
const SUMMARIES: [&str; 6] = ["abstract", "description", "excerpt", "intro", "subtitle", "summary"];

/// Whether a character is between the words of a description.
fn is_in_summary(cx: &Context, span: Span) -> bool {
    let root = cx.doc.front_matter.as_ref().and_then(|front| front.root());
    let entry = root.and_then(|root| root.entries().find(|entry| entry.value.span().contains_span(span)));
    let is_summary = entry.and_then(|entry| entry.key.text()).is_some_and(|key| SUMMARIES.contains(&key));
    let text = cx.doc.source.text();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let is_word = |c: char| !c.is_whitespace() && !matches!(c, '"' | '\'');
    is_summary && before.ends_with(is_word) && after.starts_with(is_word)
}

/// Whether a character of the text changes what is displayed or found.
fn has_effect(cx: &Context, kind: &InvisibleCharacterKind, span: Span) -> bool {
    let text = cx.doc.source.text();
    let is_same = |c: char| c == kind.character;
    let before = text[..span.start].trim_end_matches(is_same).chars().next_back().unwrap_or('\n');
    let after = text[span.end..].trim_start_matches(is_same).chars().next().unwrap_or('\n');
    let is_in_word = before.is_alphanumeric() && after.is_alphanumeric();
    let splits_word = matches!(kind.character, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}');
    let line = text[..span.start].rfind('\n').map_or(0, |end| end + 1);
    let starts_line = text[line..span.start].chars().all(|c| c == ' ' || c == '\t' || is_same(c));
    let is_mark = matches!(after, '#' | '`' | '~' | '*' | '>' | '-' | '+' | '|') || after.is_ascii_digit();
    !IDLE.contains(&kind.character) || splits_word && is_in_word || starts_line && is_mark
}

/// Whether byte `at` is in `[[…]]`, which may name a file with such a character.
fn is_in_wiki_link(text: &str, at: usize) -> bool {
    const MAX_LEN: usize = 200;
    let before = &text[text.floor_char_boundary(at.saturating_sub(MAX_LEN))..at];
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.rfind("[[").is_some_and(|open| !line[open..].contains("]]"))
}

/// How many words non-breaking spaces join where a whole paragraph was pasted with them; fewer have no visible effect.
const MIN_JOINTS: usize = 5;

/// Whether the non-breaking spaces at `spans` join so many words that lines can't be broken where they should be.
fn is_pasted(text: &str, bom: usize, spans: &[Span]) -> bool {
    let joins = |span: &&Span| {
        let (before, after) = (&text[..span.start - bom], &text[span.end - bom..]);
        before.ends_with(|c: char| !c.is_whitespace()) && after.starts_with(|c: char| !c.is_whitespace())
    };
    spans.iter().filter(joins).take(MIN_JOINTS).count() == MIN_JOINTS
}

/// The single bytes of [`KINDS`] in `bytes`, each with its index there.
fn control_characters(bytes: &[u8]) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + '_ {
    const CHUNK: usize = 64;
    // Hardly any page has one.
    let bytes = if holds_control(bytes) { bytes } else { &[] };
    let suspicious = bytes.chunks(CHUNK).enumerate().filter(|(_, chunk)| holds_control(chunk));
    suspicious.flat_map(|(index, chunk)| {
        let hits = chunk.iter().enumerate().filter(|(_, byte)| is_control(**byte) != 0);
        hits.filter_map(move |(at, &byte)| {
            let which = KINDS[..SINGLE_BYTES].iter().position(|kind| u32::from(kind.character) == u32::from(byte))?;
            let at = index * CHUNK + at;
            Some((which, at..at + 1))
        })
    })
}

/// Without branches, the test is vectorized.
fn holds_control(bytes: &[u8]) -> bool {
    bytes.iter().fold(0, |any, &byte| any | is_control(byte)) != 0
}

fn is_control(byte: u8) -> u8 {
    let is = |known: u8| u8::from(byte == known);
    u8::from(byte < 0x20) & !(is(b'\t') | is(b'\n') | is(0x0c) | is(b'\r')) | is(0x7f)
}

impl InvisibleCharacter {
    fn is_problem(&self, cx: &Context, hit: (usize, Span, bool), right_to_left: &OnceCell<bool>) -> bool {
        let (which, span, in_front) = hit;
        let text = cx.doc.source.text();
        let before = text[..span.start].chars().next_back().unwrap_or('\n');
        let after = text[span.end..].chars().next().unwrap_or('\n');
        match KINDS[which].character {
            // The second half of a letter that was decoded in the wrong way, as in `Ã `.
            NON_BREAKING_SPACE if matches!(before, 'Â' | 'Ã') => false,
            NON_BREAKING_SPACE => {
                // French puts one there. Korean, Japanese and Chinese use none.
                let belongs = matches!(after, ':' | ';' | '!' | '?' | '»' | '%' | '€' | '–' | '—') || before == '«';
                let at_edge = matches!(before, '\n' | ' ' | NON_BREAKING_SPACE)
                    || matches!(after, '\n' | '\r' | ' ' | NON_BREAKING_SPACE);
                let is_odd = in_front || self.all_non_breaking_spaces || at_edge;
                let line = line_around(text, span);
                let is_wide = line.chars().any(is_wide);
                if in_front && is_in_key(cx, span) {
                    return true;
                }
                let is_typography =
                    || !is_wide && !at_edge && joins_words(line, &text[..span.start], &text[span.end..]);
                (is_odd && !belongs || is_wide) && !keeps_cell_open(text, span) && !is_typography()
            }
            // Line break opportunities in scripts without spaces, and directional marks in right-to-left text.
            '\u{200b}' | '\u{2060}' => {
                // At the end of a word it has no effect, unless it hides a mark of Markdown.
                let is_idle =
                    (before.is_whitespace() || after.is_whitespace()) && !matches!(after, '#' | '`' | '*' | '>' | '-');
                (in_front || !is_idle) && !line_around(text, span).chars().any(is_unspaced)
            }
            // Where a long word may be broken.
            '\u{ad}' if !in_front && is_latin(before) && is_latin(after) => !is_german(cx, line_around(text, span)),
            // Arabic and Indic scripts and emoji need joiners.
            '\u{200c}' | '\u{200d}' => needs_no_joiner(before) && needs_no_joiner(after),
            '\u{200e}' | '\u{200f}' | '\u{202a}' | '\u{202b}' | '\u{202c}' => {
                !*right_to_left.get_or_init(|| is_right_to_left(text))
            }
            _ => true,
        }
    }
}

/// Whether a non-breaking space between two words is typography: in Cyrillic text, behind short words in French, Czech,
/// Polish and the like, and between a number and what it counts.
fn joins_words(line: &str, before: &str, after: &str) -> bool {
    let word_before: Vec<char> = before.chars().rev().take_while(|c| c.is_alphanumeric()).take(4).collect();
    let next: Vec<char> = after.chars().take_while(|c| c.is_alphanumeric()).take(4).collect();
    let ends_in_digit = word_before.first().is_some_and(char::is_ascii_digit);
    let starts_with_digit = next.first().is_some_and(char::is_ascii_digit);
    let is_cyrillic = line.chars().any(|c| ('\u{400}'..='\u{52f}').contains(&c));
    let is_accented = line.chars().any(|c| ('\u{c0}'..='\u{24f}').contains(&c));
    let is_short = (1..=2).contains(&word_before.len());
    let is_unit = ends_in_digit && (1..=3).contains(&next.len()) || before.ends_with(['№', '§', '©', '«', '“']);
    is_cyrillic || is_accented && is_short || is_unit || ends_in_digit && starts_with_digit
}

/// Whether the space is all there is in a cell of a table, which it keeps open.
fn keeps_cell_open(text: &str, span: Span) -> bool {
    let is_space = |c: char| c == ' ' || c == '\t' || c == NON_BREAKING_SPACE;
    let from = text.ceil_char_boundary(span.start.saturating_sub(MAX_LINE_DISTANCE));
    let to = text.floor_char_boundary((span.end + MAX_LINE_DISTANCE).min(text.len()));
    let before = text[from..span.start].trim_end_matches(is_space).chars().next_back().unwrap_or('\n');
    let after = text[span.end..to].trim_start_matches(is_space).chars().next().unwrap_or('\n');
    let is_edge = |c: char| matches!(c, '|' | '\n' | '\r');
    is_edge(before) && is_edge(after) && (before == '|' || after == '|')
}

fn is_latin(c: char) -> bool {
    c.is_alphabetic() && c < '\u{250}'
}

/// Whether a page or a line is in German, whose long words authors break.
fn is_german(cx: &Context, line: &str) -> bool {
    let says = |key: &str| cx.doc.field(key).and_then(|value| value.text()).is_some_and(|text| text.starts_with("de"));
    ["lang", "language", "locale"].into_iter().any(says) || line.contains(['ä', 'ö', 'ü', 'ß', 'Ä', 'Ö', 'Ü'])
}

/// Whether `span` is in a key or a value of the front matter.
fn is_metadata(cx: &Context, span: Span) -> bool {
    let Some(front) = &cx.doc.front_matter else { return false };
    let comments = &front.tree.comments;
    let next = comments.partition_point(|comment| comment.end <= span.start);
    front.content_span.contains_span(span) && !comments.get(next).is_some_and(|comment| comment.contains_span(span))
}

/// Whether `span` is in a key of the front matter, which makes it a different key.
fn is_in_key(cx: &Context, span: Span) -> bool {
    let root = cx.doc.front_matter.as_ref().and_then(|front| front.root());
    root.is_some_and(|root| root.entries().any(|entry| entry.key.span().contains_span(span)))
}

/// Korean, Japanese and Chinese characters.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ff60}')
}

/// Latin letters, digits, and Korean, Japanese and Chinese characters, whose form never depends on the next one.
fn needs_no_joiner(c: char) -> bool {
    c.is_alphanumeric() && (c < '\u{250}' || is_wide(c))
}

/// Thai, Lao, Khmer, Burmese and Tibetan characters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether the text has Hebrew or Arabic letters.
fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// The line that `span` is on, up to a maximum distance.
fn line_around(text: &str, span: Span) -> &str {
    let from = text.ceil_char_boundary(span.start.saturating_sub(MAX_LINE_DISTANCE));
    let to = text.floor_char_boundary((span.end + MAX_LINE_DISTANCE).min(text.len()));
    let before = text[from..span.start].rfind('\n').map_or(from, |at| from + at + 1);
    let after = text[span.end..to].find('\n').map_or(to, |at| span.end + at);
    &text[before..after]
}

fn report(cx: &Context, kind: &InvisibleCharacterKind, spans: &[Span], found: &mut Findings) {
    let InvisibleCharacterKind { character, name, replacement } = kind;
    let code = format!("U+{:04X}", u32::from(*character));
    let message = match spans.len() {
        1 => format!("{name} ({code}) in {}", place(cx, spans[0])),
        many => format!("{name} ({code}) in {many} places"),
    };
    let (what, title) = match *replacement {
        _ if *name == SYMBOL => ("replace it with a list marker or another character", "Remove the character"),
        "" => ("remove it", "Remove the invisible character"),
        " " => ("replace it with a regular space", "Replace with a regular space"),
        _ => ("replace it with a line break", "Replace with a line break"),
    };
    let finding = found.at(spans[0], message);
    let edits = spans.iter().map(|&span| Some(Edit::replace(span, replacement_at(cx, span, replacement)?)));
    let edits: Option<Vec<Edit>> = edits.collect();
    let label = match *replacement {
        " " => "not a regular space",
        _ if *name == SYMBOL => "displayed only by a symbol font",
        _ => "invisible",
    };
    finding.label_primary(label).help(what);
    // The fix would leave the field empty, which is its author's decision.
    let invisible = invisible_values(cx, spans[0]);
    let empties = spans.iter().any(|span| invisible.iter().any(|value| value.contains_span(*span)));
    if let Some(edits) = edits.filter(|_| !empties) {
        finding.unsafe_fix(title, edits);
    }
    finding.also_at.extend_from_slice(&spans[1..]);
}

/// The field or the part of the file that `span` is in, for a message.
fn place(cx: &Context, span: Span) -> String {
    let Some(front) = cx.doc.front_matter.as_ref().filter(|front| front.content_span.contains_span(span)) else {
        return "the text".to_owned();
    };
    let entry = front.root().and_then(|root| root.entries().find(|entry| entry.value.span().contains_span(span)));
    entry.and_then(|entry| entry.key.text()).map_or("the front matter".to_owned(), |key| format!("`{key}`"))
}

/// The values of the front matter that consist of invisible characters only, if `span` is in the front matter.
fn invisible_values(cx: &Context, span: Span) -> Vec<Span> {
    let front = cx.doc.front_matter.iter().filter(|front| front.content_span.contains_span(span));
    let is_invisible = |c: char| c.is_whitespace() || KINDS.iter().any(|kind| kind.character == c);
    let scalars = front.flat_map(|front| front.tree.values()).filter_map(|value| value.scalar());
    scalars.filter(|scalar| scalar.value.chars().all(is_invisible)).map(|scalar| scalar.span).collect()
}

/// What replaces the character at `span`: nothing next to another space or at either end of a line, where it is no
/// indentation. None where that can't be known: before a `#`, which may start a comment, and in the middle of a key.
fn replacement_at(cx: &Context, span: Span, replacement: &'static str) -> Option<String> {
    let text = cx.doc.source.text();
    let is_space = |c: char| c == ' ' || c == '\n' || c == '\r' || c == NON_BREAKING_SPACE;
    let before = text[..span.start].chars().next_back().unwrap_or('\n');
    let after = text[span.end..].chars().next().unwrap_or('\n');
    let in_front = span.start < cx.doc.body.span.start;
    if in_front && replacement == " " && is_indentation(text, span) {
        return Some(if is_nested(text, span) { " " } else { "" }.to_owned());
    }
    let is_in_key = || before.is_alphanumeric() && after.is_alphanumeric() && is_in_key(cx, span);
    if in_front && (after == '#' || !replacement.is_empty() && is_in_key()) {
        return None;
    }
    let is_first = matches!(before, '\n' | '\r') && replacement.starts_with('\n');
    let ends_value = in_front
        && matches!(after, '"' | '\'')
        && text[span.end + 1..].trim_start_matches(' ').starts_with(['\n', '\r']);
    Some(if is_first || is_space(after) || ends_value && replacement == " " {
        String::new()
    } else {
        replacement.replace('\n', cx.doc.source.line_end())
    })
}

/// Whether only spaces are before `span` on its line.
fn is_indentation(text: &str, span: Span) -> bool {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    text[line..span.start].chars().all(|c| c == ' ' || c == NON_BREAKING_SPACE)
}

/// Whether the line that `span` is on is part of the value of a field above it: that line ends in a colon, or is indented.
fn is_nested(text: &str, span: Span) -> bool {
    let above = text[..span.start].lines().rev().skip(1).find(|line| !line.trim().is_empty());
    above.is_some_and(|line| {
        line.trim_end().ends_with([':', '|', '>', '-']) || line.starts_with([' ', NON_BREAKING_SPACE])
    })
}
