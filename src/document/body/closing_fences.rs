//! Tabs after a closing fence. `CommonMark` allows them ("may be followed only by spaces or tabs"), and markdown-it,
//! kramdown, and Goldmark accept them; `pulldown_cmark` keeps the block open.

use std::borrow::Cow;

/// The text with the tabs after each line of fence characters replaced by spaces, so that every offset stays the same.
pub(super) fn without_tabs(text: &str) -> Cow<'_, str> {
    let mut result = Cow::Borrowed(text);
    let mut from = 0;
    while let Some(tab) = memchr::memchr(b'\t', &text.as_bytes()[from..]).map(|at| from + at) {
        let line_start = memchr::memrchr(b'\n', &text.as_bytes()[..tab]).map_or(0, |at| at + 1);
        let line_end = memchr::memchr(b'\n', &text.as_bytes()[tab..]).map_or(text.len(), |at| tab + at);
        let trailing = trailing_whitespace(&text[line_start..line_end]);
        if trailing > 0 {
            let spaces = " ".repeat(trailing);
            let end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
            result.to_mut().replace_range(end - trailing..end, &spaces);
        }
        from = line_end;
    }
    result
}

/// The number of bytes of whitespace after the fence, if the line consists of a fence without an info string.
fn trailing_whitespace(line: &str) -> usize {
    let line = line.trim_end_matches('\r');
    let fence = line.trim_end_matches([' ', '\t']);
    let marks = fence.trim_start_matches([' ', '\t', '>']);
    let is_fence = marks.len() >= 3 && ["`", "~"].iter().any(|mark| marks.trim_start_matches(mark).is_empty());
    if is_fence { line.len() - fence.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::without_tabs;

    #[test]
    fn replaces_tabs_after_a_fence_only() {
        assert_eq!(without_tabs("```\t\n"), "``` \n");
        assert_eq!(without_tabs("> ~~~ \t\r\n\tx\n"), "> ~~~  \r\n\tx\n");
        for text in ["```sh\t\n", "a\t\n", "``\t\n", "~~`\t\n", "\t```\n"] {
            assert_eq!(without_tabs(text), text);
        }
    }
}
