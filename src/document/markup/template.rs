//! Where template tags end, and which pairs of them contain code.

use crate::source::Span;

/// The maximum length of a tag, in bytes: an unclosed one must not swallow the page.
const LIMIT: usize = 4096;
const LIMIT_LINES: usize = 20;

/// Pairs that contain code or a drawing, whatever the site's theme calls them.
const CODE_NAMES: [&str; 36] = [
    "bash",
    "chart",
    "cmd",
    "code",
    "code-block",
    "codeblock",
    "command",
    "console",
    "css",
    "diagram",
    "dot",
    "goat",
    "graphviz",
    "high",
    "highlight",
    "html",
    "javascript",
    "js",
    "json",
    "katex",
    "latex",
    "math",
    "mermaid",
    "output",
    "plantuml",
    "pre",
    "prism",
    "rawhtml",
    "schema",
    "script",
    "shell",
    "snippet",
    "style",
    "svg",
    "terminal",
    "yaml",
];

/// Pairs whose content isn't displayed in place; what is stored for later is code more often than prose.
const HIDDEN_NAMES: [&str; 3] = ["comment", "capture", "set"];

/// HTML elements whose content isn't Markdown, even across blank lines.
const RAW_ELEMENTS: [&str; 3] = ["pre", "script", "style"];

/// The name in a tag that opens a pair with content other than prose.
pub(crate) fn special_name(inside: &str) -> Option<&'static str> {
    let name = first_word(inside);
    // `{% set a = b %}` has no end.
    if name == "set" && inside.contains('=') {
        return None;
    }
    // `{{< tab header="Go" codelang="go" >}}`: Docsy's tabs hold code where they name its language.
    if name == "tab" && inside.contains("codelang=") {
        return Some("tab");
    }
    CODE_NAMES.iter().chain(&HIDDEN_NAMES).find(|known| name.eq_ignore_ascii_case(known)).copied()
}

/// Whether the content of a pair isn't displayed in place.
pub(crate) fn is_hidden(name: &str) -> bool {
    HIDDEN_NAMES.contains(&name)
}

/// The element that the tag at `at` opens, if its content isn't Markdown, and where the tag ends.
pub(crate) fn raw_element(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let rest = &text.as_bytes()[at + 1..];
    let name = RAW_ELEMENTS.into_iter().find(|name| {
        rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            && rest.get(name.len()).is_some_and(|next| next.is_ascii_whitespace() || *next == b'>')
    })?;
    let window = &rest[..rest.len().min(LIMIT)];
    let end = memchr::memchr(b'>', window)?;
    (!window[..end].ends_with(b"/")).then_some((name, at + 1 + end + 1))
}

/// The next `</name` from `at` on.
pub(crate) fn element_close(text: &str, at: usize, name: &str) -> Option<Span> {
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(&bytes[at..], b"</").map(|start| at + start).find_map(|start| {
        let after = &bytes[start + 2..];
        let is_name = after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
        let end = memchr::memchr(b'>', &after[..after.len().min(64)])?;
        is_name.then(|| Span::new(start, start + 2 + end + 1))
    })
}

/// The end of a tag that starts at `at` with `open` and ends with `close`; none if another one opens first, or if it is
/// too long.
pub(crate) fn tag_end(text: &str, at: usize, open: &[u8], close: &[u8]) -> Option<usize> {
    let bytes = &text.as_bytes()[at..text.len().min(at + LIMIT)];
    let mut from = open.len();
    loop {
        let next = from + memchr::memchr2(open[0], close[0], bytes.get(from..)?)?;
        if bytes[next..].starts_with(close) {
            let lines = memchr::memchr_iter(b'\n', &bytes[..next]).count();
            return (lines < LIMIT_LINES).then_some(at + next + close.len());
        }
        if bytes[next..].starts_with(open) {
            return None;
        }
        from = next + 1;
    }
}

/// The tag that closes the pair called `name`: `{% endname %}` for Liquid, `{% end %}` for Zola, `{{< /name >}}` for Hugo.
pub(crate) fn closing_tag(text: &str, at: usize, name: &str, liquid: bool) -> Option<Span> {
    let bytes = text.as_bytes();
    let opener: &[u8] = if liquid { b"{%" } else { b"{{" };
    memchr::memmem::find_iter(&bytes[at..], opener).map(|start| at + start).find_map(|start| {
        let inside = text[start + 2..].trim_start_matches(['<', '%', '-', ' ', '\t']);
        let closes = if liquid {
            let end = first_word(inside).strip_prefix("end");
            // Zola closes every shortcode with `{% end %}`.
            end == Some(name) || end == Some("")
        } else {
            inside.strip_prefix('/').is_some_and(|rest| first_word(rest.trim_start()).eq_ignore_ascii_case(name))
        };
        let close: &[u8] = if liquid { b"%}" } else { b"}}" };
        let end = closes.then(|| tag_end(text, start, opener, close)).flatten()?;
        Some(Span::new(start, end))
    })
}

/// The language in `{% highlight rust linenos %}`: the first word after the name.
pub(crate) fn language(text: &str, inside: Span) -> Span {
    let written = &text[inside.range()];
    let name = first_word(written).len();
    let after = &written[name..];
    let word = after.trim_start().trim_start_matches(['"', '\'', '`']);
    let start = inside.start + name + (after.len() - word.len());
    let end = word.find(|c: char| !(c.is_alphanumeric() || "+#-_.".contains(c))).unwrap_or(word.len());
    // `lang="rust"` and `lang:rust`: an option, not a language.
    let is_option = word[end..].starts_with(['=', ':']);
    if is_option { Span::empty(start) } else { Span::new(start, start + end) }
}

fn first_word(text: &str) -> &str {
    &text[..text.find(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')).unwrap_or(text.len())]
}
