//! Repeated words of languages whose words may be repeated for emphasis: Korean, Japanese and Chinese. Only those that
//! never are get reported.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::InlineKind;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Endings of Korean words that aren't repeated for emphasis, unlike `빨리 빨리`: particles and endings of verbs.
const ENDINGS: [&str; 35] = [
    "을",
    "를",
    "에서",
    "에서는",
    "에게",
    "에는",
    "으로",
    "통해",
    "통한",
    "통하여",
    "대해",
    "대한",
    "대하여",
    "위해",
    "위한",
    "위하여",
    "의해",
    "의한",
    "따라",
    "따른",
    "있는",
    "하는",
    "되는",
    "습니다",
    "합니다",
    "됩니다",
    "입니다",
    "한다",
    "된다",
    "있다",
    "때문에",
    "것은",
    "것이",
    "및",
    "그리고",
];

/// Japanese and Chinese words that aren't repeated.
const DOUBLED: [&str; 9] =
    ["をを", "的的", "我们我们", "他们他们", "可以可以", "因为因为", "但是但是", "如果如果", "所以所以"];

static DOUBLED_SEARCH: LazyLock<LiteralSet> = LazyLock::new(|| LiteralSet::new(DOUBLED));

/// Reports Japanese and Chinese words that are repeated in `part` of the body.
pub(super) fn check_doubled(cx: &Context, part: Span, found: &mut Findings) {
    let text = cx.doc.slice(part);
    for (which, range) in DOUBLED_SEARCH.find_iter(text) {
        let span = Span::from(range).shift(part.start);
        let (before, after) = (&text[..span.start - part.start], &text[span.end - part.start..]);
        // `目的的` is “of the purpose”, `的的确确` “indeed”.
        let is_word = DOUBLED[which] == "的的"
            && (before.ends_with(['目', '标', '標', '有', '中', '端', '快', '的'])
                || after.starts_with(['确', '確', '的', '士'])
                || !after.starts_with(is_han)
                || !before.ends_with(is_han));
        if !is_word && cx.doc.body.is_prose(span.start) {
            let half = span.start + span.len() / 2;
            report(cx, Span::new(span.start, half), Span::new(half, span.end), found);
        }
    }
}

/// Reports the Korean word at `word`, relative to `part`, if it is repeated after the space that follows it.
#[inline]
pub(super) fn check_space(cx: &Context, part: Span, word: Range<usize>, found: &mut Findings) {
    let bytes = cx.doc.slice(part).as_bytes();
    let (at, after) = (part.start + word.start, &bytes[word.end + 1..]);
    let word = &bytes[word];
    // Hangul syllables have three bytes and start with one of these.
    let is_korean = word.len() >= 3 && matches!(word[0], 0xea..=0xed);
    if is_korean && word.first_chunk::<3>() == after.first_chunk() && after.starts_with(word) {
        repeated(cx, Span::new(at, at + word.len()), found);
    }
}

/// Reports the word at `first`, which the same letters follow after a space.
fn repeated(cx: &Context, first: Span, found: &mut Findings) {
    let second = first.shift(first.len() + 1);
    let written = cx.doc.slice(first);
    let after = cx.doc.source.text()[second.end..].chars().next().unwrap_or(' ');
    let before = cx.doc.source.text()[..first.start].chars().next_back().unwrap_or(' ');
    let is_whole = !after.is_alphanumeric() && before.is_whitespace();
    let is_error = ENDINGS.iter().any(|ending| written.ends_with(ending)) && (written.len() > 3 || written == "및");
    let is_text = |at| cx.doc.body.inline_at(at).is_some_and(|piece| piece.kind == InlineKind::Text);
    if is_whole && is_error && is_text(first.start) && is_text(second.start) {
        report(cx, first, second, found);
    }
}

fn report(cx: &Context, first: Span, second: Span, found: &mut Findings) {
    found
        .at(second, format!("repeated word `{}`", cx.doc.slice(second)))
        .label(first, "first occurrence")
        .help("remove one of them")
        .unsafe_fix("Remove the repeated word", vec![Edit::replace(Span::new(first.end, second.end), "")]);
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}
