//! A line of prose as a reader sees it, with each character mapped to its bytes in the file.
//!
//! Every kind of space is one space, invisible characters are omitted, decomposed letters are composed (macOS
//! decomposes them), and full-width forms are plain ones: `（추후　업데이트）` becomes `(추후 업데이트)`.

pub(crate) mod line_key;

use crate::document::body::{InlineKind, InlineSpan, Line};
use crate::source::{Source, Span};
use crate::text::fold::visible_form;
use crate::text::similarity;
use std::borrow::Cow;
use std::ops::Range;

/// Represents an object in a line that is displayed but isn't prose: code, an image, a URL.
pub(crate) const OBJECT_PLACEHOLDER: char = '\u{fffc}';

/// The visible text of a line, without spaces at its ends.
#[derive(Clone, Default, Debug)]
pub(crate) struct VisibleText {
    text: String,
    units: Vec<Unit>,
}

/// A character of the visible text.
#[derive(Clone, Copy, Debug)]
struct Unit {
    /// Its first byte in the visible text.
    at: usize,
    /// The bytes it represents in the file.
    span: Span,
}

impl VisibleText {
    /// Reads a line of a leaf block. Markers of emphasis and links aren't part of it, as they lie between inline spans.
    pub(crate) fn from_line(source: &Source, line: &Line<'_>) -> Self {
        let mut prose = Self::default();
        for inline in line.inlines {
            match inline.kind {
                InlineKind::Text => prose.push_text(source.slice(inline.span), inline.span.start),
                InlineKind::Html | InlineKind::Break => prose.push(' ', inline.span),
                InlineKind::Other if is_task_box(source, inline) => {}
                InlineKind::Code | InlineKind::Directive | InlineKind::Image | InlineKind::Other => {
                    prose.push(OBJECT_PLACEHOLDER, inline.span);
                }
            }
        }
        prose.trim_end();
        prose
    }

    /// Reads a single string, such as a title; spans count from its start.
    pub(crate) fn from_text(text: &str) -> Self {
        let mut prose = Self::default();
        prose.push_text(text, 0);
        prose.trim_end();
        prose
    }

    /// The readable form.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the file for `range` of the visible text.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let first = self.units.partition_point(|unit| unit.at < range.start);
        let past = self.units.partition_point(|unit| unit.at < range.end);
        match self.units.get(first..past) {
            Some([one]) => one.span,
            Some([first, .., last]) => first.span.join(last.span),
            _ => Span::default(),
        }
    }

    fn push_text(&mut self, text: &str, base: usize) {
        let mut rest = text;
        loop {
            rest = self.push_plain(rest, base + text.len() - rest.len());
            let Some(c) = rest.chars().next() else { return };
            let (read, len) = match c {
                '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => (None, 1),
                '&' => entity(rest).map_or((Some('&'), 1), |(c, len)| (visible_form(c), len)),
                _ => (visible_form(c), c.len_utf8()),
            };
            let start = base + text.len() - rest.len();
            if let Some(read) = read {
                self.push(read, Span::new(start, start + len));
            }
            rest = &rest[len..];
            // A character after a backslash is literal, be it another backslash or an ampersand.
            if c == '\\' && read.is_none() {
                let next = rest.chars().next().unwrap_or(c);
                self.push(next, Span::new(start, start + len + next.len_utf8()));
                rest = &rest[next.len_utf8()..];
            }
        }
    }

    /// Pushes the characters at the start of `text` that stand for themselves, and single spaces; gives the rest.
    fn push_plain<'a>(&mut self, text: &'a str, start: usize) -> &'a str {
        let mut last = self.text.bytes().next_back().unwrap_or(b' ');
        let mut len = 0;
        for byte in text.bytes() {
            if !is_plain(byte) && (byte != b' ' || last == b' ') {
                break;
            }
            last = byte;
            len += 1;
        }
        let at = self.text.len();
        let unit = |index| Unit { at: at + index, span: Span::new(start + index, start + index + 1) };
        self.units.extend((0..len).map(unit));
        self.text.push_str(&text[..len]);
        &text[len..]
    }

    fn push(&mut self, c: char, span: Span) {
        let last = self.text.chars().next_back();
        if c == ' ' && (last.is_none() || last == Some(' ')) {
            return;
        }
        // Two ASCII characters never compose, which saves a lookup in almost every text.
        let whole = if c.is_ascii() { None } else { last.and_then(|last| similarity::compose(last, c)) };
        match (whole, self.units.last_mut()) {
            (Some(whole), Some(unit)) => {
                self.text.truncate(unit.at);
                unit.span = unit.span.join(span);
                self.text.push(whole);
            }
            _ => {
                self.units.push(Unit { at: self.text.len(), span });
                self.text.push(c);
            }
        }
    }

    fn trim_end(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            self.units.pop();
        }
    }
}

/// Whether a byte is a character that stands for itself.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'&')
}

/// A line as written, without its HTML: a long comment at its end doesn't make it a long line.
pub(crate) fn text_without_html<'a>(source: &'a Source, line: &Line<'_>) -> Cow<'a, str> {
    let Some(whole) = line.span() else { return Cow::Borrowed("") };
    let mut rest = whole.start;
    let mut text = String::new();
    for html in line.inlines.iter().filter(|inline| inline.kind == InlineKind::Html) {
        text.push_str(source.slice(Span::new(rest, html.span.start)));
        rest = html.span.end;
    }
    let rest = source.slice(Span::new(rest, whole.end));
    if text.is_empty() { Cow::Borrowed(rest) } else { Cow::Owned(text + rest) }
}

/// The character of an entity at the start of `text`, and the entity's length: those that are used for layout. Others
/// are letters and don't occur in what is searched for.
fn entity(text: &str) -> Option<(char, usize)> {
    const ENTITIES: [(&str, char); 8] = [
        ("&nbsp;", ' '),
        ("&#160;", ' '),
        ("&emsp;", ' '),
        ("&ensp;", ' '),
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
    ];
    ENTITIES.iter().find(|(name, _)| text.starts_with(name)).map(|(name, c)| (*c, name.len()))
}

fn is_task_box(source: &Source, inline: &InlineSpan) -> bool {
    matches!(source.slice(inline.span), "[ ]" | "[x]" | "[X]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_forms_are_folded_and_mapped_back() {
        let text = "\u{a0}슬라이드\u{a0}\t：　（ 추후\u{200b}  업데이트 ） ";
        let prose = VisibleText::from_text(text);
        assert_eq!(prose.text(), "슬라이드 : ( 추후 업데이트 )");
        let at = prose.text().find('(').expect("a bracket");
        assert_eq!(&text[prose.span(at..prose.text().len()).range()], "（ 추후\u{200b}  업데이트 ）");
    }

    #[test]
    fn letters_taken_apart_are_put_together() {
        let text = similarity::to_nfd("나중에 é 한글");
        let prose = VisibleText::from_text(&text);
        assert_eq!(prose.text(), "나중에 é 한글");
        let at = prose.text().find('한').expect("한");
        assert_eq!(&text[prose.span(at..at + 3).range()], similarity::to_nfd("한"));
        assert_eq!(prose.span(0..prose.text().len()), Span::new(0, text.len()));
    }

    #[test]
    fn escapes_and_entities_are_what_they_stand_for() {
        let text = r"\[ＴＢＤ&nbsp;x\]&";
        let prose = VisibleText::from_text(text);
        assert_eq!(prose.text(), "[TBD x]&");
        assert_eq!(&text[prose.span(0..7).range()], r"\[ＴＢＤ&nbsp;x\]");
        assert_eq!(VisibleText::from_text(r"\").text(), r"\");
        assert_eq!(VisibleText::from_text("").span(0..0), Span::default());
    }
}
