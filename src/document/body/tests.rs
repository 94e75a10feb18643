//! What the Markdown pass calls prose, code, links and the rest, construct by construct.

use super::*;

/// Reads `text` as the body of a file called `name`.
fn read_as(name: &str, text: &str) -> (Source, Body) {
    let source = Source::new(name, text.as_bytes().to_vec());
    let body = read(&source, source.bom_len());
    (source, body)
}

fn inlines(text: &str) -> Vec<(InlineKind, String)> {
    pieces_as("x.md", text)
}

fn pieces_as(name: &str, text: &str) -> Vec<(InlineKind, String)> {
    let (source, body) = read_as(name, text);
    body.inlines.iter().map(|inline| (inline.kind, source.slice(inline.span).to_owned())).collect()
}

fn prose(text: &str) -> Vec<String> {
    prose_as("x.md", text)
}

fn prose_as(name: &str, text: &str) -> Vec<String> {
    let text_only = |(kind, text)| (kind == InlineKind::Text).then_some(text);
    pieces_as(name, text).into_iter().filter_map(text_only).collect()
}

fn code(text: &str) -> Vec<(CodeKind, String, Vec<String>, bool)> {
    let (source, body) = read_as("x.md", text);
    let lines = |code: &CodeBlock| code.lines.iter().map(|&line| source.slice(line).to_owned()).collect();
    body.code.iter().map(|code| (code.kind, source.slice(code.info).to_owned(), lines(code), code.closed)).collect()
}

fn blocks(text: &str) -> Vec<(BlockKind, String)> {
    let (source, body) = read_as("x.md", text);
    body.blocks.iter().map(|block| (block.kind, source.slice(block.span).to_owned())).collect()
}

use InlineKind::{Break, Code, Html, Image, Other, Text};

fn owned<K: Copy>(list: &[(K, &str)]) -> Vec<(K, String)> {
    list.iter().map(|&(kind, text)| (kind, text.to_owned())).collect()
}

#[test]
fn marks_of_emphasis_belong_to_no_piece() {
    assert_eq!(inlines("가 **나** _c_"), owned(&[(Text, "가 "), (Text, "나"), (Text, " "), (Text, "c")]));
}

#[test]
fn text_with_escapes_and_entities_is_one_piece() {
    assert_eq!(prose("a\\_b &amp; c[d ] *e"), ["a\\_b &amp; c[d ] *e"]);
    assert_eq!(prose("\\*a"), ["\\*a"]);
}

#[test]
fn breaks_are_line_ends_only() {
    let expected =
        [(Text, "a"), (Break, "\r\n"), (Text, "b"), (Break, "\r\n"), (Text, "c"), (Break, "\r\n"), (Text, "d")];
    assert_eq!(inlines("a  \r\nb\\\r\nc\r\nd"), owned(&expected));
}

#[test]
fn addresses_are_not_prose() {
    let expected =
        [(Text, "보기 "), (Other, "https://a.kr/b_c?d=1"), (Text, "에서. ("), (Other, "http://x.y/(z)"), (Text, ")")];
    assert_eq!(inlines("보기 https://a.kr/b_c?d=1 에서. (http://x.y/(z))").len(), 5);
    assert_eq!(inlines("보기 https://a.kr/b_c?d=1。에서").first(), Some(&(Text, "보기 ".to_owned())));
    assert_eq!(inlines("보기 https://a.kr/b_c?d=1 에서. (http://x.y/(z))")[1].1, expected[1].1);
    assert_eq!(inlines("보기 https://a.kr/b_c?d=1 에서. (http://x.y/(z))")[3].1, expected[3].1);
    let (source, body) = read_as("x.md", "<https://a.b> www.c.d, [https://e.f](g)");
    let links: Vec<_> =
        body.links.iter().map(|l| (source.slice(l.span), source.slice(l.text), l.dest.as_str(), l.auto)).collect();
    assert_eq!(
        links,
        [
            ("<https://a.b>", "https://a.b", "https://a.b", true),
            ("www.c.d", "", "www.c.d", true),
            ("[https://e.f](g)", "https://e.f", "g", false)
        ]
    );
}

#[test]
fn links_know_text_and_destination() {
    let text = "[a *b*]( <u v> \"t\") ![x [y](z)](w) [r][] [s][r] []()\n\n[r]: /d\\_e\n";
    let (source, body) = read_as("x.md", text);
    let links: Vec<_> =
        body.links.iter().map(|l| (source.slice(l.span), source.slice(l.text), l.dest.as_str(), l.image)).collect();
    assert_eq!(
        links,
        [
            ("[a *b*]( <u v> \"t\")", "a *b*", "u v", false),
            ("![x [y](z)](w)", "x [y](z)", "w", true),
            ("[r][]", "r", "/d_e", false),
            ("[s][r]", "s", "/d_e", false),
            ("[]()", "", "", false),
        ]
    );
    assert_eq!(prose(text), ["a ", "b", " ", " ", "r", " ", "s", " "]);
    assert!(body.inlines.iter().any(|inline| inline.in_link && source.slice(inline.span) == "b"));
    assert!(body.inlines.iter().any(|inline| inline.kind == Image && source.slice(inline.span) == "![x [y](z)](w)"));
}

#[test]
fn inline_code_and_html_are_not_prose() {
    let expected = [
        (Text, "a "),
        (Code, "`b`"),
        (Text, " "),
        (Html, "<kbd>"),
        (Code, "c"),
        (Html, "</kbd>"),
        (Text, " "),
        (Html, "<b>"),
        (Text, "d"),
        (Html, "</b>"),
    ];
    assert_eq!(inlines("a `b` <kbd>c</kbd> <b>d</b>"), owned(&expected));
}

#[test]
fn html_blocks_hold_no_prose() {
    let (source, body) = read_as("x.md", "<div>\n안녕 <!-- x -->\n</div>\n\ntext <!-- y\nz -->\n");
    assert_eq!(body.html.iter().map(|&s| source.slice(s)).collect::<Vec<_>>(), ["<div>\n안녕 <!-- x -->\n</div>"]);
    assert_eq!(body.comments.iter().map(|&s| source.slice(s)).collect::<Vec<_>>(), ["<!-- x -->", "<!-- y\nz -->"]);
    assert_eq!(prose("<div>\n안녕\n</div>\n\ntext"), ["text"]);
}

#[test]
fn blocks_know_what_they_are() {
    use BlockKind::{Heading, ListItem, Paragraph, TableCell};
    assert_eq!(blocks("## 가 ##\r\n\r\nb\r\nc  \r\n"), owned(&[(Heading(2), "## 가 ##"), (Paragraph, "b\r\nc")]));
    assert_eq!(blocks("a\n===\n"), owned(&[(Heading(1), "a\n===")]));
    assert_eq!(
        blocks("- a\n  - [ ] b *c*\n- d\n\n1. e\n\n   f\n"),
        owned(&[(ListItem, "a"), (ListItem, "[ ] b *c"), (ListItem, "d"), (Paragraph, "e"), (Paragraph, "f")])
    );
    assert_eq!(
        blocks("|a|b|\n|-|-|\n| c |  |\n"),
        owned(&[(TableCell { head: true }, "a"), (TableCell { head: true }, "b"), (TableCell { head: false }, " c ")])
    );
    let (_, body) = read_as("x.md", "> - a\n\nb\n\n[^1]: c\n\nd[^1]\n");
    let flags: Vec<_> = body.blocks.iter().map(|block| (block.in_quote, block.in_item)).collect();
    assert_eq!(flags, [(true, true), (false, false), (false, false), (false, false)]);
}

#[test]
fn fenced_code_knows_its_lines() {
    let line = |text: &str| text.to_owned();
    assert_eq!(
        code("> ```js x\r\n> a\r\n>  b\r\n>\r\n> ```\r\n"),
        [(CodeKind::Fenced, line("js x"), vec![line("a\r\n"), line(" b\r\n"), line("\r\n")], true)]
    );
    assert_eq!(code("~~~\na\n\nb"), [(CodeKind::Fenced, line(""), vec![line("a\n"), line("\n"), line("b")], false)]);
    assert_eq!(
        code("- ````\n  a\n  ```\n\nb"),
        [(CodeKind::Fenced, line(""), vec![line("a\n"), line("```\n"), line("\n")], false)]
    );
    assert_eq!(code("```\n```\n"), [(CodeKind::Fenced, line(""), vec![], true)]);
    assert_eq!(code("```sh"), [(CodeKind::Fenced, line("sh"), vec![], false)]);
    assert_eq!(
        code("    a\n\n      b\n\nc"),
        [(CodeKind::Indented, line(""), vec![line("a\n"), line("\n"), line("  b\n")], true)]
    );
}

#[test]
fn spans_are_bytes_of_the_file() {
    let text = "\u{feff}가나\n\n`b` c\n";
    let source = Source::new("x.md", text.as_bytes().to_vec());
    let body = read(&source, 3);
    assert_eq!(body.span, Span::new(3, text.len()));
    assert_eq!(body.inlines.iter().map(|inline| source.slice(inline.span)).collect::<Vec<_>>(), ["가나", "`b`", " c"]);
}

#[test]
fn a_fence_followed_by_a_tab_closes_its_block() {
    let [(_, _, lines, closed)] = &code("```sh\nls\n```\t\n\nAfter it.\n")[..] else { panic!("one block") };
    assert_eq!(lines, &["ls\n"]);
    assert!(closed);
}
