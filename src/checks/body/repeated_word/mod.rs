//! A repeated word.

mod cjk;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::prose_spans;
use crate::diagnostic::Edit;
use crate::document::body::InlineKind;
use crate::source::Span;
use crate::text::frequent_bytes::for_each_of;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RepeatedWord {
    /// Words that never occur twice in a row, in lower case.
    words: Vec<String>,
    #[serde(skip)]
    search: OnceLock<Search>,
}

/// The prepared search.
#[derive(Debug)]
struct Search {
    /// The words by their last byte.
    by_end: Vec<Vec<Box<[u8]>>>,
    /// For each last byte the first bytes of these words, as bits.
    starts: Vec<[u64; 4]>,
    /// The last bytes of the words.
    ends: Vec<u8>,
    /// The length of the longest word, in bytes.
    longest: usize,
}

impl Check for RepeatedWord {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let search = self.search.get_or_init(|| Search::new(&self.words));
        for part in prose_spans::prose_spans(&cx.doc.body) {
            search.check_part(cx, part, found);
        }
        for pieces in cx.doc.body.inlines.windows(3) {
            if pieces[1].kind == InlineKind::Break
                && let Some(word) = self.last_word(search, cx.doc.slice(pieces[0].span))
                && cx.doc.slice(pieces[2].span).starts_with(word)
            {
                let start = pieces[2].span.start;
                report(cx, word, Span::new(start, start + word.len()), found);
            }
        }
    }
}

impl Search {
    fn new(words: &[String]) -> Self {
        let (mut by_end, mut starts) = (vec![Vec::new(); 256], vec![[0; 4]; 256]);
        for word in words.iter().map(String::as_bytes) {
            let (Some(&first), Some(&last)) = (word.first(), word.last()) else { continue };
            by_end[usize::from(last)].push(Box::from(word));
            starts[usize::from(last)][usize::from(first) / 64] |= 1 << (first % 64);
        }
        let ends = words.iter().filter_map(|word| word.as_bytes().last().copied()).collect();
        Self { by_end, starts, ends, longest: words.iter().map(String::len).max().unwrap_or_default() }
    }

    /// Reports what is repeated after a space.
    fn check_part(&self, cx: &Context, part: Span, found: &mut Findings) {
        let text = cx.doc.slice(part);
        if text.is_ascii() {
            for_each_of(text.as_bytes(), [b' '], |space| self.check_space(cx, part, space, found));
            return;
        }
        let mut word = 0;
        for_each_of(text.as_bytes(), *b" \n", |at| {
            if text.as_bytes()[at] == b' ' {
                cjk::check_space(cx, part, word..at, found);
                self.check_space(cx, part, at, found);
            }
            word = at + 1;
        });
        cjk::check_doubled(cx, part, found);
    }

    #[inline]
    fn check_space(&self, cx: &Context, part: Span, space: usize, found: &mut Findings) {
        if let Some(word) = self.around(cx.doc.slice(part).as_bytes(), space) {
            let start = part.start + space + 1;
            let second = Span::new(start, start + word.len());
            report(cx, cx.doc.slice(second), second, found);
        }
    }

    /// The word that is on both sides of the space at `space`.
    #[inline]
    fn around(&self, bytes: &[u8], space: usize) -> Option<&[u8]> {
        let (before, after) = (&bytes[..space], &bytes[space + 1..]);
        let (last, first) = (usize::from(*before.last()?), *after.first()?);
        // Hardly any two words have such letters next to each other.
        if self.starts[last][usize::from(first) / 64] & 1 << (first % 64) == 0 {
            return None;
        }
        let mut words = self.by_end[last].iter().filter(|word| word[0] == first);
        words.find(|word| before.ends_with(word) && after.starts_with(word)).map(|word| &**word)
    }
}

impl RepeatedWord {
    /// The last word of a line, if it is in the list and not the only word.
    fn last_word<'a>(&self, search: &Search, line: &'a str) -> Option<&'a str> {
        // Most lines end with a comma or a period.
        if !line.as_bytes().last().is_some_and(|end| search.ends.contains(end)) {
            return None;
        }
        let tail = line.len().saturating_sub(search.longest + 1);
        let space = line.as_bytes()[tail..].iter().rposition(|&byte| byte == b' ')?;
        let word = &line[tail + space + 1..];
        self.words.iter().any(|known| known == word).then_some(word)
    }
}

/// Reports `word` at `second` if the same word precedes it.
fn report(cx: &Context, word: &str, second: Span, found: &mut Findings) {
    let text = cx.doc.source.text();
    let before = &text[..second.start];
    let before = ["\r\n", "\n", " "].iter().find_map(|between| before.strip_suffix(between)).unwrap_or(before);
    let Some(start) = before.strip_suffix(word).filter(|start| start.ends_with(' ')).map(str::len) else { return };
    let first = Span::new(start, before.len());
    let next = text[second.end..].chars().next().unwrap_or(' ');
    let is_text = |at| cx.doc.body.inline_at(at).is_some_and(|piece| piece.kind == InlineKind::Text);
    // `in in-memory`, `a a.out`: the second is part of a longer token.
    let is_whole = next.is_whitespace() || matches!(next, ',' | ';' | ':' | '!' | '?');
    if is_whole
        && is_text(first.start)
        && is_text(second.start)
        && !is_intentional(word, &text[..first.start])
        && !is_noun_phrase(word, &text[second.end..])
        && !is_accented_language(text_around(text, second))
    {
        let finding = found
            .at(second, format!("repeated word `{word}`"))
            .label_primary("repeated")
            .label(first, "first occurrence")
            .help("remove one of them");
        if !MAY_END_CLAUSE.contains(&word) {
            finding.unsafe_fix("Remove the repeated word", vec![Edit::replace(Span::new(first.end, second.end), "")]);
        }
    }
}

/// Words of which the first may end a clause, or stand where another word was meant: `the host to talk to to get it`.
/// There is no fix for them.
const MAY_END_CLAUSE: [&str; 7] = ["to", "is", "from", "for", "in", "of", "with"];

/// How much is read before and after a word to determine its language, in bytes.
const LANGUAGE_DISTANCE: usize = 300;

/// The text around `span`.
fn text_around(text: &str, span: Span) -> &str {
    let from = text.ceil_char_boundary(span.start.saturating_sub(LANGUAGE_DISTANCE));
    let to = text.floor_char_boundary((span.start + LANGUAGE_DISTANCE).min(text.len()));
    &text[from..to]
}

/// Whether a text is in a language with accented Latin letters, where `to to` may be correct.
fn is_accented_language(text: &str) -> bool {
    text.chars().filter(|c| ('\u{c0}'..='\u{24f}').contains(c)).take(3).count() == 3
}

/// Verbs and participles that `in` may belong to.
const TAKE_IN: [&str; 89] = [
    "log",
    "logs",
    "logged",
    "logging",
    "sign",
    "signs",
    "signed",
    "signing",
    "check",
    "checked",
    "checking",
    "opt",
    "opted",
    "built",
    "build",
    "plug",
    "plugged",
    "fill",
    "filled",
    "come",
    "comes",
    "coming",
    "came",
    "it",
    "live",
    "lives",
    "lived",
    "living",
    "zoom",
    "zoomed",
    "go",
    "goes",
    "going",
    "gone",
    "went",
    "get",
    "gets",
    "got",
    "getting",
    "be",
    "been",
    "am",
    "is",
    "are",
    "was",
    "were",
    "being",
    "i'm",
    "we're",
    "you're",
    "they're",
    "step",
    "stepped",
    "jump",
    "jumped",
    "dive",
    "believe",
    "believes",
    "believed",
    "interested",
    "put",
    "bring",
    "brought",
    "snuck",
    "sneak",
    "kick",
    "kicks",
    "kicked",
    "pull",
    "pulled",
    "move",
    "moved",
    "locked",
    "turned",
    "dropped",
    "handed",
    "joined",
    "broke",
    "crept",
    "settled",
    "tuned",
    "took",
    "take",
    "taken",
    "poured",
    "tied",
    "baked",
    "dug",
    "pitched",
];

/// Whether the first word ends a clause: `all it is is a file`, `the host you connect to to see it`.
fn is_intentional(word: &str, before: &str) -> bool {
    const OPENERS: [&str; 9] = ["all ", "what ", "whatever ", "which ", "who ", "where ", "why ", "how ", "that "];
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(80))..];
    let clause = near.rsplit(['.', ',', ';', ':', '\n']).next().unwrap_or(near);
    if word == "in" {
        // `log in in a new window`
        let verb = clause.split_whitespace().next_back().map(|verb| verb.replace('’', "'").to_lowercase());
        return verb.is_some_and(|verb| TAKE_IN.contains(&&*verb));
    }
    if word == "a" && clause.trim_end().ends_with(['"', '“', '`', '\'']) {
        return true;
    }
    let mut last = clause.split_whitespace().rev().skip(1);
    let is_relative =
        last.next().is_some_and(|subject| ["you", "we", "they", "I", "it", "he", "she"].contains(&subject));
    ["to", "for", "from", "of", "with"].contains(&word) && is_relative
        || word == "is" && {
            let clause = clause.to_lowercase();
            OPENERS.iter().any(|opener| clause.contains(opener))
        }
}

/// Whether the second `this` belongs to a phrase of its own: `put this this way`, `do this this time`.
fn is_noun_phrase(word: &str, after: &str) -> bool {
    const NOUNS: [&str; 13] = [
        "way",
        "time",
        "morning",
        "afternoon",
        "evening",
        "week",
        "weekend",
        "month",
        "year",
        "spring",
        "summer",
        "fall",
        "winter",
    ];
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word == "this" && NOUNS.contains(&next)
}

#[cfg(test)]
mod tests {
    use crate::checks::check::Context;
    use crate::checks::finding::Findings;
    use crate::checks::support::testing::create;
    use crate::content::ContentType;
    use crate::data::typed;
    use crate::document::Document;
    use crate::site::Site;
    use crate::source::Source;

    /// The marked words of `text`, each with its offset.
    fn marked(text: &str) -> Vec<(usize, String)> {
        let source = Source::new("a.md", text.as_bytes().to_vec());
        let options = typed::from_yaml("{ words: [the, an, is, this, to, for, in, a] }").expect("YAML");
        let check = create("repeated-word", options).expect("known").expect("fits");
        let (doc, content, site) = (Document::parse(&source), ContentType::default(), Site::alone());
        let mut found = Findings::default();
        check.check(&Context::new(&doc, &content, &site), &mut found);
        let spans = found.into_findings().into_iter().map(|finding| finding.span);
        spans.map(|span| (span.start, source.slice(span).to_owned())).collect()
    }

    #[test]
    fn repeated_words_are_found_within_and_across_lines() {
        assert_eq!(marked("At the the end"), [(7, "the".into())]);
        assert_eq!(marked("Kept in in a cache"), [(8, "in".into())]);
        assert_eq!(marked("It is a a test"), [(8, "a".into())]);
        assert_eq!(marked("주소를 통해 통해 갑니다"), [(17, "통해".into())]);
        assert_eq!(marked("값이 있습니다 있습니다."), [(20, "있습니다".into())]);
        assert_eq!(marked("这是长期的的合同"), [(15, "的".into())]);
        assert_eq!(marked("本をを読む"), [(6, "を".into())]);
        assert_eq!(marked("So this is is odd, and is is too"), [(11, "is".into()), (26, "is".into())]);
        assert_eq!(marked("go the the the way").len(), 2);
        assert_eq!(marked("한글 the\nthe end"), [(11, "the".into())]);
        assert_eq!(marked("It went to\r\nto the sea"), [(12, "to".into())]);
    }

    #[test]
    fn similar_words_are_not_reported() {
        for text in [
            "umí to to stejné, ale k tomu nabízí spoustu",
            "all a folder is is a file",
            "log in in a new window",
            "See what that is is up to you",
            "But which shape it is is up to you",
            "They snuck in in 1998",
            "Not sure what you are going in in terms of cost",
            "the state that we're in in 2024",
            "the letter “a” a few times",
            "빨리 빨리 하나씩 하나씩 먹고 먹고",
            "这是我们目的的一部分，的的确确",
            "滴滴和快的的补贴大战",
            "在通过通过率",
            "the host you connect to to see it",
            "the tool we reach for for small pieces",
            "bathe the dog",
            "I would put this this way.",
            "the\n\nthe",
            "`the the`",
            "is is-odd",
            "the The",
            "    go the the",
            "see the [the](x)",
        ] {
            assert_eq!(marked(text), [], "{text}");
        }
    }
}
