//! A Hangul letter that isn't part of a syllable, within or behind a word: a key that was pressed too often or too late.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use memchr::memmem;
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StrayJamo {}

/// The number of places from which on a page is about the letters themselves.
const MANY: usize = 5;

impl Check for StrayJamo {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if cx.doc.source.is_ascii() {
            return;
        }
        let body = &cx.doc.body;
        let text = cx.doc.source.text();
        let bytes = &text.as_bytes()[body.span.range()];
        let mut hits: Vec<Span> = [b"\xe3\x84".as_slice(), b"\xe3\x85"]
            .iter()
            .flat_map(|prefix| memmem::find_iter(bytes, *prefix))
            .map(|at| Span::new(body.span.start + at, body.span.start + at + 3))
            .filter(|span| is_stray(text, *span) && body.is_prose(span.start))
            .collect();
        if hits.len() >= MANY {
            return;
        }
        hits.sort_unstable();
        for span in hits {
            let letter = cx.doc.slice(span);
            found
                .at(span, format!("stray Hangul letter `{letter}` in a word"))
                .label_primary("not part of a syllable")
                .help("remove it, or complete the syllable");
        }
    }
}

/// Whether the letter is directly behind a syllable, and its use isn't a common one: `ㅋㅋ`, `ㅎ`, `ㅠ`, a list `ㄱ, ㄴ`.
fn is_stray(text: &str, span: Span) -> bool {
    let Some(letter) = text[span.range()].chars().next() else { return false };
    let before = text[..span.start].chars().next_back().unwrap_or(' ');
    let after = text[span.end..].chars().next().unwrap_or(' ');
    let is_syllable = |c: char| ('가'..='힣').contains(&c);
    let is_vowel = ('ㅏ'..='ㅣ').contains(&letter);
    let is_letter = ('ㄱ'..='ㅎ').contains(&letter) || is_vowel;
    let is_emotion = matches!(letter, 'ㅋ' | 'ㅎ' | 'ㅠ' | 'ㅜ' | 'ㅡ' | 'ㅗ' | 'ㅣ' | 'ㅉ');
    if !is_letter || is_emotion || !is_syllable(before) {
        return false;
    }
    // A vowel is typed behind its syllable, a consonant before the next one.
    is_syllable(after)
        || !is_vowel && after == ' ' && text[span.end + 1..].starts_with(is_syllable) && !is_named(text, span)
}

/// Whether the word before the letter may introduce it: `자음 ㄱ`, `받침ㄴ`.
fn is_named(text: &str, span: Span) -> bool {
    ["자음", "모음", "받침", "글자", "초성", "종성", "중성"].iter().any(|word| text[..span.start].ends_with(word))
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{assert_silent, run};
    use crate::content::ContentType;

    #[test]
    fn stray_letters_are_found() {
        for (text, letter) in [("값을ㅇ 확인한다", "ㅇ"), ("서버ㅓ를 켠다", "ㅓ")] {
            let found = run("stray-jamo", &ContentType::default(), text);
            let marked: Vec<_> = found.iter().map(|finding| (finding.marked.as_str(), &finding.fixed)).collect();
            assert_eq!(marked, [(letter, &None)], "the letter may be a part of another syllable");
        }
    }

    #[test]
    fn letters_of_their_own_are_not_reported() {
        let texts = [
            "좋아요ㅋㅋ 감사합니다ㅎ 슬퍼요ㅠㅠ",
            "자음 ㄱ과 ㄴ, 받침ㄴ 이 있다",
            "ㅇㅇ 그래",
            "`값을ㅇ 확인`",
            "가ㄱ가 나ㄴ나 다ㄷ다 라ㄹ라 마ㅁ마",
            "넵ㄷㄷ",
        ];
        assert_silent("stray-jamo", &texts);
    }
}
