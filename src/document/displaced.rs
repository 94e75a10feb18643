//! Front matter that no generator recognizes because of its place: below text, or in a code fence; and all of it on one
//! line.

use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::document::metadata_lines::{is_known_key, metadata_keys};
use crate::source::{Source, Span};
use crate::text::lines::{Line, lines};

/// The problem with the place of the front matter of a page that has none at its top.
pub(super) fn find(source: &Source) -> Option<SyntaxProblem> {
    let (text, start) = (source.text(), source.bom_len());
    // Pandoc reads metadata wherever it is.
    let is_pandoc = source.path().extension().is_some_and(|end| end == "qmd" || end.eq_ignore_ascii_case("rmd"));
    if is_pandoc {
        return None;
    }
    on_one_line(text, start).or_else(|| in_code_fence(text, start)).or_else(|| below_text(text, start))
}

/// `--- title: Hello date: 2024-01-31 ---`
fn on_one_line(text: &str, start: usize) -> Option<SyntaxProblem> {
    let first = lines(&text[start..]).next()?;
    let content = first.content(&text[start..]);
    let inside = content.strip_prefix("---")?.strip_suffix("---")?;
    let key = inside.trim_start().split_once(':').map(|(key, _)| key)?;
    let span = Span::new(start + first.first(), start + first.end);
    is_known_key(key).then(|| problem(SyntaxErrorKind::MalformedDelimiter, span, None, content))
}

/// A code block at the very top whose lines are metadata, two of them with known keys.
fn in_code_fence(text: &str, start: usize) -> Option<SyntaxProblem> {
    let top = &text[start..];
    if !top.starts_with("```") {
        return None;
    }
    let first = lines(top).next()?;
    let info = first.content(top).trim_start_matches('`').trim();
    if !matches!(info, "" | "yaml" | "yml") || first.next == first.end {
        return None;
    }
    let inner = &top[first.next..];
    let close = lines(inner).find(|line| line.content(inner) == "```")?;
    let block = &inner[..close.start];
    // Without its own delimiters, which are looked for elsewhere.
    let is_metadata = !block.starts_with("---") && metadata_keys(&format!("{block}---\n")) >= 2;
    let span = Span::new(start, start + first.end);
    is_metadata.then(|| problem(SyntaxErrorKind::MalformedDelimiter, span, None, first.content(top)))
}

/// Complete front matter with two known keys, further down.
fn below_text(text: &str, start: usize) -> Option<SyntaxProblem> {
    let rest = &text[start..];
    // Few pages without front matter have two lines that start with `---`.
    memchr::memmem::find_iter(rest.as_bytes(), b"---").nth(1)?;
    let mut above: Option<Line> = None;
    let mut code: Option<(Line, char, usize)> = None;
    for line in lines(rest) {
        let content = line.content(rest);
        if content == "---" && line.indent == 0 && above.is_some() {
            let is_first_in_code =
                code.as_ref().is_some_and(|(fence, ..)| above.is_some_and(|a| a.start == fence.start));
            let is_at_top = code.as_ref().is_none_or(|(fence, ..)| rest[..fence.start].trim().is_empty());
            if (code.is_none() || (is_first_in_code && is_at_top)) && metadata_keys(&rest[line.next..]) >= 2 {
                let fence = code.map(|(fence, ..)| fence);
                let first = fence.or_else(|| lines(rest).find(|line| !line.is_blank()))?;
                let span = Span::new(start + first.first(), start + first.end);
                let opening = Span::new(start + line.start, start + line.end);
                let detail = if fence.is_some() { "code fence" } else { "text" };
                return Some(problem(SyntaxErrorKind::NotAtStart, span, Some(opening), detail));
            }
        }
        if let Some(mark) = content.chars().next().filter(|mark| matches!(mark, '`' | '~') && line.indent < 4) {
            let length = content.len() - content.trim_start_matches(mark).len();
            match code {
                Some((_, open, least)) if open == mark && length >= least && content.len() == length => code = None,
                None if length >= 3 => code = Some((line, mark, length)),
                _ => {}
            }
        }
        if !line.is_blank() {
            above = Some(line);
        }
    }
    None
}

fn problem(kind: SyntaxErrorKind, span: Span, other: Option<Span>, detail: &str) -> SyntaxProblem {
    SyntaxProblem { kind, span, other, detail: detail.to_owned(), help: "", fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Option<(SyntaxErrorKind, String)> {
        let source = Source::new("post.md", page.as_bytes().to_vec());
        find(&source).map(|problem| (problem.kind, source.slice(problem.span).to_owned()))
    }

    #[test]
    fn complete_front_matter_is_found_below_text() {
        let front = "---\ntitle: Field notes\ntags: [walks]\n---\n";
        for (before, marked) in
            [("Notes first.\n\n", "Notes first."), ("# Walks\n\n", "# Walks"), ("```yaml\n", "```yaml")]
        {
            let page = format!("{before}{front}\nText.\n");
            assert_eq!(found(&page), Some((SyntaxErrorKind::NotAtStart, marked.to_owned())), "{page}");
        }
        let line = "--- title: Field notes date: 2024-01-31 ---";
        assert_eq!(found(line), Some((SyntaxErrorKind::MalformedDelimiter, line.to_owned())));
    }

    #[test]
    fn samples_and_thematic_breaks_are_left_alone() {
        let front = "---\ntitle: Field notes\ntags: [walks]\n---\n";
        for page in [
            format!("Write this:\n\n```yaml\n{front}```\n"),
            "Text.\n\n---\n\ntitle: not metadata\n\n---\n".to_owned(),
            "Text.\n\n---\nSpeaker: one\nAnswer: two\n---\n".to_owned(),
            "Text.\n\n---\ntitle: a page without an end\n".to_owned(),
        ] {
            assert_eq!(found(&page), None, "{page}");
        }
    }
}
