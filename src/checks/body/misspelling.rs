//! English misspellings known to the typos project.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{InlineKind, LeafBlock};
use crate::source::Span;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Misspelling {
    /// Words that are correct on this site, in lower case.
    ignore: Vec<String>,
}

/// `rules/misspelling.txt`, the dictionary of the typos project, as packed by `build.rs`: one line per misspelling, sorted,
/// with `>` and the corrections separated by commas.
static DICTIONARY: LazyLock<String> = LazyLock::new(|| {
    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/misspellings.packed"));
    let text = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
});

static ENTRIES: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| DICTIONARY.lines().filter_map(|line| line.split_once('>')).collect());

/// The minimum length of a word: shorter ones are often units, names and sounds.
const MIN_LEN: usize = 4;

/// The minimum length of a capitalized word: a shorter one is a name, even if the page has the correction too.
const MIN_NAME_LEN: usize = 6;

/// Words that occur in nearly every English sentence and in no other language; `is`, `of` and `was` are Dutch too.
const ENGLISH: [&str; 16] = [
    "the", "and", "that", "with", "this", "from", "have", "are", "you", "not", "which", "when", "your", "they",
    "there", "should",
];

/// The maximum number of bytes that are searched for a page's words in code. A page that needs more is generated.
const MAX_SEARCHED_BYTES: usize = 64 << 20;

impl Check for Misspelling {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let mut page = Page::new(cx.doc);
        for block in &body.blocks {
            let mut is_english = None;
            for piece in body.inlines_of(block).iter().filter(|piece| piece.kind == InlineKind::Text) {
                let text = cx.doc.slice(piece.span);
                for (at, word) in words(text) {
                    let Some(correction) =
                        correction(word).filter(|correction| self.is_misspelled(&mut page, word, correction))
                    else {
                        continue;
                    };
                    let start = piece.span.start + at;
                    if is_alone(cx.doc, Span::new(start, start + word.len()))
                        && *is_english.get_or_insert_with(|| page.is_english(block))
                    {
                        report(Span::new(start, start + word.len()), word, correction, found);
                    }
                }
            }
        }
    }
}

impl Misspelling {
    /// Whether the word is not a name, not in code, and not in the site's list. Computed once for each word of a page.
    fn is_misspelled<'a>(&self, page: &mut Page<'a>, word: &'a str, correction: &str) -> bool {
        if let Some(known) = page.judged.get(word) {
            return *known;
        }
        let lower = word.to_ascii_lowercase();
        // `Tham`, `Winn`, `Dota` aren't misspellings of `than`, `win`, `data`.
        let is_name = lower != word && (word.len() < MIN_NAME_LEN || !page.has_spelled_right(correction));
        let is_misspelled = !is_name && !self.ignore.contains(&lower) && !page.has_in_code(word);
        page.judged.insert(word, is_misspelled);
        is_misspelled
    }
}

/// A page, with the answers so far.
struct Page<'a> {
    doc: &'a Document<'a>,
    judged: HashMap<&'a str, bool>,
    /// Its text in lower case.
    lower: Option<String>,
    /// The number of its words, and of common English ones among them.
    english_share: Option<(usize, usize)>,
    bytes_left: usize,
}

impl<'a> Page<'a> {
    fn new(doc: &'a Document<'a>) -> Self {
        Self { doc, judged: HashMap::new(), lower: None, english_share: None, bytes_left: MAX_SEARCHED_BYTES }
    }

    /// Whether that much may still be searched.
    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes);
        self.bytes_left = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether a word occurs in code, inline or in blocks. Also true once the page has been searched enough.
    fn has_in_code(&mut self, word: &str) -> bool {
        let body = &self.doc.body;
        let blocks = body.code.iter().map(|code| code.span);
        let inline = body.inlines.iter().filter(|piece| piece.kind == InlineKind::Code).map(|piece| piece.span);
        for code in blocks.chain(inline) {
            // A short piece costs more than its length.
            if !self.spend(code.len() + 64) || self.doc.slice(code).contains(word) {
                return true;
            }
        }
        // The pieces in between were iterated over too.
        !self.spend(body.inlines.len())
    }

    /// Whether the page has the correction too, so that a capitalized word isn't a name.
    fn has_spelled_right(&mut self, correction: &str) -> bool {
        let text = self.doc.slice(self.doc.body.span);
        !correction.contains(',')
            && self.spend(text.len())
            && self.lower.get_or_insert_with(|| text.to_ascii_lowercase()).contains(correction)
    }

    /// Whether the Latin words of a block are English: the block has East Asian letters, or common English words. Only
    /// called for blocks with a misspelling.
    fn is_english(&mut self, block: &LeafBlock) -> bool {
        let text = self.doc.slice(block.span);
        let is_eastern =
            |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
        if text.chars().any(is_eastern) {
            return true;
        }
        let (all, known) = english_share(text);
        // A short block may lack common words by chance, so the page decides.
        let page = self.doc.slice(self.doc.body.span);
        let (all, known) =
            if all < 12 { *self.english_share.get_or_insert_with(|| english_share(page)) } else { (all, known) };
        known * 14 >= all
    }
}

/// The number of words of a text, and of common English ones among them.
fn english_share(text: &str) -> (usize, usize) {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut known) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        known += usize::from(ENGLISH.iter().any(|english| english.eq_ignore_ascii_case(word)));
    }
    (all, known)
}

/// Reports a misspelling.
fn report(span: Span, word: &str, correction: &str, found: &mut Findings) {
    let in_case = |correction: &str| {
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            format!("{}{}", correction[..1].to_ascii_uppercase(), &correction[1..])
        } else {
            correction.to_owned()
        }
    };
    let all: Vec<String> = correction.split(',').map(in_case).collect();
    let message = format!("misspelled word `{word}`; did you mean `{}`?", all.join("` or `"));
    found.at(span, message).unsafe_fix(format!("Replace with `{}`", all[0]), vec![Edit::replace(span, &all[0])]);
}

/// The words of a text that are looked up, with their offsets: ASCII letters, lower case except for the first.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter_map(move |word| {
        let at = from + text[from..].find(word)?;
        from = at + word.len();
        // Particles and words of other scripts are attached to Latin words.
        let len = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (own, rest) = word.split_at(len);
        let is_word = len >= MIN_LEN
            && own.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
            && rest.chars().next().is_none_or(|c| c >= '\u{1100}');
        is_word.then_some((at, own))
    })
}

/// The corrections of a misspelled word, separated by commas.
fn correction(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let at = ENTRIES.binary_search_by(|(wrong, _)| (*wrong).cmp(lower.as_str())).ok()?;
    Some(ENTRIES[at].1)
}

/// Whether spaces, punctuation or letters of other scripts surround a word. Parts of compounds, URLs and file
/// names don't count, nor do words in quotation marks, which are mentioned rather than used.
fn is_alone(doc: &Document<'_>, span: Span) -> bool {
    let text = doc.source.text();
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let mut rest = text[span.end..].chars();
    let (after, next) = (rest.next().unwrap_or(' '), rest.next().unwrap_or(' '));
    let is_end =
        matches!(after, ',' | '.' | ';' | ':' | '!' | '?' | ')') && (next.is_whitespace() || next >= '\u{1100}');
    let starts = before.is_whitespace() || before == '(' || before >= '\u{1100}';
    starts && (after.is_whitespace() || is_end || after >= '\u{1100}')
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{only, run};
    use crate::content::ContentType;

    fn misspelt(text: &str) -> Vec<String> {
        run("misspelling", &ContentType::default(), text).into_iter().map(|seen| seen.marked).collect()
    }

    #[test]
    fn a_misspelled_word_is_found_in_prose() {
        for (text, word) in [
            ("This is what you recieve from the server.", "recieve"),
            ("All that we have seperated, and you will see.", "seperated"),
            ("# The enviroment that you are in", "enviroment"),
            ("서버가 recieve한 값입니다.", "recieve"),
            ("Resource를 묶은 Resouce Group입니다.", "Resouce"),
        ] {
            assert_eq!(misspelt(text), [word], "{text}");
        }
    }

    #[test]
    fn a_single_correction_has_a_fix() {
        let seen = only("misspelling", &ContentType::default(), "This is what you recieve from it.");
        assert_eq!(seen.unsafely(), "This is what you receive from it.");
        assert_eq!(seen.message, "misspelled word `recieve`; did you mean `receive`?");
    }

    #[test]
    fn possible_words_are_not_reported() {
        for text in [
            "`recieve` is what you will not find in the text.",
            "```\nrecieve\n```",
            "The header is \"recieve\" and that is it.",
            "The [file](https://example.com/recieve) is there.",
            "See recieve.txt and the recieve-all of it.",
            "The method is recieve, so call `x.recieve()` when you can.",
            "This is by Mr Recieve, who was there.",
            "RECIEVE and reCieve are what you have.",
            "Je recieve une lettre de ma tante et je la lis dans le jardin avec elle.",
            "Wir recieve noch einmal, damit alle sehen, wie das hier im Haus gemacht wird.",
        ] {
            assert_eq!(misspelt(text), Vec::<String>::new(), "{text}");
        }
    }
}
