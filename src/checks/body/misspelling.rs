//! English words that the typos project knows as misspelt.

use crate::checks::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{Block, PieceKind};
use crate::source::Span;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Misspelling {
    /// Words that are right on this site, in small letters.
    ignore: Vec<String>,
}

/// Each misspelt word, `>`, and what is meant, with commas between: a line each, sorted. `build.rs` packs it from the
/// typos project's dictionary.
static WORDS: LazyLock<String> = LazyLock::new(|| {
    const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/misspellings.packed"));
    let text = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
});

static LINES: LazyLock<Vec<(&str, &str)>> =
    LazyLock::new(|| WORDS.lines().filter_map(|line| line.split_once('>')).collect());

/// Shorter ones are units, names and sounds more often than slips.
const SHORTEST: usize = 4;

/// A shorter word with a capital is a name, though the page has the other word too.
const SHORTEST_NAME: usize = 6;

/// Words that are in any English sentence or two, and in those of no other language: `is`, `of` and `was` are Dutch too.
const ENGLISH: [&str; 16] = [
    "the", "and", "that", "with", "this", "from", "have", "are", "you", "not", "which", "when", "your", "they",
    "there", "should",
];

/// As many bytes of a page are searched for its words in code. A page with so many different misspelt words is no text.
const FUEL: usize = 64 << 20;

impl Check for Misspelling {
    fn check(&self, cx: &Context, found: &mut Found) {
        let body = &cx.doc.body;
        let mut page = Page::new(cx.doc);
        for block in &body.blocks {
            let mut is_english = None;
            for piece in body.pieces_of(block).iter().filter(|piece| piece.kind == PieceKind::Text) {
                let text = cx.doc.slice(piece.span);
                for (at, word) in words(text) {
                    let Some(meant) = meant(word).filter(|meant| self.is_misspelt(&mut page, word, meant)) else {
                        continue;
                    };
                    let start = piece.span.start + at;
                    if is_alone(cx.doc, Span::new(start, start + word.len()))
                        && *is_english.get_or_insert_with(|| page.is_english(block))
                    {
                        tell(Span::new(start, start + word.len()), word, meant, found);
                    }
                }
            }
        }
    }
}

impl Misspelling {
    /// Whether the word is no name, not in code, and not one of the site's own. Asked once for each word of a page.
    fn is_misspelt<'a>(&self, page: &mut Page<'a>, word: &'a str, meant: &str) -> bool {
        if let Some(known) = page.judged.get(word) {
            return *known;
        }
        let lower = word.to_ascii_lowercase();
        // `Tham`, `Winn`, `Dota` are none of `than`, `win`, `data`.
        let is_name = lower != word && (word.len() < SHORTEST_NAME || !page.stands_right(meant));
        let is_misspelt = !is_name && !self.ignore.contains(&lower) && !page.is_in_code(word);
        page.judged.insert(word, is_misspelt);
        is_misspelt
    }
}

/// A page, with what was asked of it so far.
struct Page<'a> {
    doc: &'a Document<'a>,
    judged: HashMap<&'a str, bool>,
    /// Its text in small letters.
    lower: Option<String>,
    /// How many words it has, and how many of them are English ones.
    share: Option<(usize, usize)>,
    fuel: usize,
}

impl<'a> Page<'a> {
    fn new(doc: &'a Document<'a>) -> Self {
        Self { doc, judged: HashMap::new(), lower: None, share: None, fuel: FUEL }
    }

    /// Whether that much may still be searched.
    fn spend(&mut self, bytes: usize) -> bool {
        let left = self.fuel.checked_sub(bytes);
        self.fuel = left.unwrap_or_default();
        left.is_some()
    }

    /// Whether a word stands in code, inline or in blocks; also where the page has been searched enough.
    fn is_in_code(&mut self, word: &str) -> bool {
        let body = &self.doc.body;
        let blocks = body.code.iter().map(|code| code.span);
        let inline = body.pieces.iter().filter(|piece| piece.kind == PieceKind::Code).map(|piece| piece.span);
        for code in blocks.chain(inline) {
            // A short piece costs more than its length.
            if !self.spend(code.len() + 64) || self.doc.slice(code).contains(word) {
                return true;
            }
        }
        // The pieces in between were looked through too.
        !self.spend(body.pieces.len())
    }

    /// Whether the page has the right word too, so that a word with a capital is no name.
    fn stands_right(&mut self, meant: &str) -> bool {
        let text = self.doc.slice(self.doc.body.span);
        !meant.contains(',')
            && self.spend(text.len())
            && self.lower.get_or_insert_with(|| text.to_ascii_lowercase()).contains(meant)
    }

    /// Whether the Latin words of a block are English: it is in letters of East Asia, or among its words are English ones.
    /// Asked of few blocks, those with a word that would be told.
    fn is_english(&mut self, block: &Block) -> bool {
        let text = self.doc.slice(block.span);
        let is_eastern =
            |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
        if text.chars().any(is_eastern) {
            return true;
        }
        let (all, known) = share(text);
        // In few words there may be none of them by chance: then the page tells.
        let page = self.doc.slice(self.doc.body.span);
        let (all, known) = if all < 12 { *self.share.get_or_insert_with(|| share(page)) } else { (all, known) };
        known * 14 >= all
    }
}

/// How many words a text has, and how many of them are in any English sentence.
fn share(text: &str) -> (usize, usize) {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (mut all, mut known) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        known += usize::from(ENGLISH.iter().any(|english| english.eq_ignore_ascii_case(word)));
    }
    (all, known)
}

/// Says it.
fn tell(span: Span, word: &str, meant: &str, found: &mut Found) {
    let in_case = |meant: &str| {
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            format!("{}{}", meant[..1].to_ascii_uppercase(), &meant[1..])
        } else {
            meant.to_owned()
        }
    };
    let all: Vec<String> = meant.split(',').map(in_case).collect();
    let finding = found.at(span, format!("`{word}` is misspelt"));
    let edit = vec![Edit::replace(span, &all[0])];
    match all.as_slice() {
        [only] => finding.help(format!("write `{only}`")).fix(format!("write `{only}`"), edit),
        [first, ..] => {
            finding.help(format!("did you mean `{}`?", all.join("` or `"))).unsafe_fix(format!("write `{first}`"), edit)
        }
        [] => finding,
    };
}

/// The words of a text that may be looked up, with where they begin: of ASCII letters, small but for the first.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter_map(move |word| {
        let at = from + text[from..].find(word)?;
        from = at + word.len();
        // Particles and words of other scripts are written to a Latin word.
        let len = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (own, rest) = word.split_at(len);
        let is_word = len >= SHORTEST
            && own.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
            && rest.chars().next().is_none_or(|c| c >= '\u{1100}');
        is_word.then_some((at, own))
    })
}

/// What is meant by a misspelt word.
fn meant(word: &str) -> Option<&'static str> {
    let lower = word.to_ascii_lowercase();
    let at = LINES.binary_search_by(|(wrong, _)| (*wrong).cmp(lower.as_str())).ok()?;
    Some(LINES[at].1)
}

/// Whether a word stands between blanks, plain marks of punctuation or letters of other scripts: no part of a compound,
/// an address, a file name; and not in quotes, where it is spoken about.
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
    fn a_misspelt_word_is_found_in_prose() {
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
    fn one_correction_is_written_several_are_offered() {
        let seen = only("misspelling", &ContentType::default(), "This is what you recieve from it.");
        assert_eq!(seen.safely(), "This is what you receive from it.");
        assert_eq!(seen.help, "write `receive`");
    }

    #[test]
    fn what_may_be_right_is_left_alone() {
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
