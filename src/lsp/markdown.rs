//! The Markdown of a rule's documentation as an editor may show it. A rule page may come from a repository that nobody trusts:
//! its text, code and `https:` links are shown, and nothing else of it has an effect.

/// `page` without raw HTML, images, and links to anything but `https:`, which are shown as written.
pub(super) fn harmless(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    // The fence that is open.
    let mut open: Option<&str> = None;
    for line in page.split_inclusive('\n') {
        let fence = fence_of(line);
        match open {
            Some(fence_open) => {
                out.push_str(line);
                let closes = fence.is_some_and(|fence| fence.len() >= fence_open.len() && line.trim() == fence)
                    && line.trim_start().starts_with(&fence_open[..1]);
                open = open.filter(|_| !closes);
            }
            None if let Some(fence) = fence => {
                open = Some(fence);
                // What follows the backticks may be shown by an editor that reads the line otherwise.
                let info: String = line.trim_start()[fence.len()..].trim().chars().filter(|c| is_plain(*c)).collect();
                out.push_str(&format!("{fence}{info}\n"));
            }
            // Not all readers distinguish indented code from the text of a list in the same way.
            None => text(line, &mut out),
        }
    }
    if open.is_some() {
        out.push('\n');
        out.push_str(open.unwrap_or_default());
        out.push('\n');
    }
    out
}

/// The backticks or tildes that open or close a block of code on this line.
fn fence_of(line: &str) -> Option<&str> {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let line = &line[indent..];
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(mark).len();
    // Deeper, it is code by its indentation; backticks after backticks are code in a line.
    (length >= 3 && indent < 4 && !(mark == '`' && line[length..].contains('`'))).then(|| &line[..length])
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '/')
}

/// A line of text: code in it, and links to `https:`, as they are; of the rest, what has an effect is escaped.
fn text(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '`' => code(rest, out).or_else(|| {
                // Without an end, none of the backticks has an effect.
                let ticks = rest.len() - rest.trim_start_matches('`').len();
                out.push_str(&"\\`".repeat(ticks));
                Some(ticks)
            }),
            '[' => link(rest, out),
            _ => None,
        };
        if let Some(length) = length {
            rest = &rest[length..];
            continue;
        }
        match c {
            '<' => out.push_str("&lt;"),
            '>' if !is_quote(line, rest) => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '[' | ']' | '!' | '\\' => out.extend(['\\', c]),
            // Some readers turn bare URLs into links.
            ':' if is_scheme(line, rest) => out.push_str("&#58;"),
            _ => out.push(c),
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// Whether the `>` at `rest` starts a quote.
fn is_quote(line: &str, rest: &str) -> bool {
    line[..line.len() - rest.len()].chars().all(|c| matches!(c, ' ' | '>'))
}

/// Whether the colon at `rest` ends the name of a scheme that isn't `https`.
fn is_scheme(line: &str, rest: &str) -> bool {
    let before = &line[..line.len() - rest.len()];
    let name =
        before.rsplit(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.')).next().unwrap_or_default();
    let after = rest[1..].chars().next().unwrap_or(' ');
    name.len() > 1 && !after.is_whitespace() && !name.eq_ignore_ascii_case("https")
}

/// Writes the code at the start of `rest`; gives its length. None where there is none on this line.
fn code(rest: &str, out: &mut String) -> Option<usize> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let mut at = ticks;
    loop {
        let start = at + rest[at..].find('`')?;
        let run = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        at = start + run;
        if run == ticks {
            out.push_str(&rest[..at]);
            return Some(at);
        }
    }
}

/// Writes the link to `https:` at the start of `rest`; gives its length. None where there is no such link.
fn link(rest: &str, out: &mut String) -> Option<usize> {
    let end = rest.find("](https://")?;
    let label = &rest[1..end];
    let to = end + 2;
    let length = rest[to..].find(')')?;
    let address = &rest[to..to + length];
    let is_address =
        address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'\\' | b'(' | b'"'));
    if label.contains(['[', ']', '!', '<', '\\', '\n']) || label.matches('`').count() % 2 == 1 || !is_address {
        return None;
    }
    out.push('[');
    text(label, out);
    out.push_str(&format!("]({address})"));
    Some(to + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_code_and_links_stay() {
        for page in [
            "Plain *text* with `code <b>` and ``a ` b``.\n",
            "See [the guide](https://example.com/a#b) and [`x`](https://example.com).\n",
            "## Bad\n\n```md\n<b>[x](command:y)</b>\n```\n\n> quoted\n",
            "- [a](https://example.com)\n1. one\n| a | b |\n",
            "https://example.com\n",
        ] {
            assert_eq!(harmless(page), page);
        }
    }

    #[test]
    fn nothing_else_has_an_effect() {
        for (page, shown) in [
            ("[run](command:workbench.x)\n", "\\[run\\](command&#58;workbench.x)\n"),
            ("![i](https://example.com/i.png)\n", "\\![i](https://example.com/i.png)\n"),
            ("<img src=x onerror=y>\n", "&lt;img src=x onerror=y&gt;\n"),
            ("<command:x>\n", "&lt;command&#58;x&gt;\n"),
            ("[a]: command:x\n", "\\[a\\]: command&#58;x\n"),
            ("[a](file:///etc/passwd)", "\\[a\\](file&#58;///etc/passwd)"),
            ("[a](https://x \"t\")", "\\[a\\](https://x \"t\")"),
            ("\\[a](command:x)", "\\\\\\[a\\](command&#58;x)"),
            ("`open [a](command:x)\n", "\\`open \\[a\\](command&#58;x)\n"),
            ("```md\n[a](command:x)\n", "```md\n[a](command:x)\n\n```\n"),
            ("```a`[b](command:x)\n", "\\`\\`\\`a\\`\\[b\\](command&#58;x)\n"),
            ("    [a](command:x)\n", "    \\[a\\](command&#58;x)\n"),
            ("&lt;b&#91;\n", "&amp;lt;b&amp;#91;\n"),
        ] {
            assert_eq!(harmless(page), shown, "{page}");
        }
    }
}
