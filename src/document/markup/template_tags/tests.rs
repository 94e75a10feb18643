//! What is a template mark, what is code, and what stays prose around them.

use crate::document::body;
use crate::document::body::{BlockKind, Body, CodeKind, DirectiveKind, InlineKind};
use crate::source::Source;

fn read(name: &str, text: &str) -> (Source, Body) {
    let source = Source::new(name, text.as_bytes().to_vec());
    let body = body::read(&source, 0);
    (source, body)
}

fn prose_of(name: &str, text: &str) -> Vec<String> {
    let (source, body) = read(name, text);
    let prose = body.inlines.iter().filter(|inline| inline.kind == InlineKind::Text);
    prose.map(|inline| source.slice(inline.span).to_owned()).collect()
}

fn prose(text: &str) -> Vec<String> {
    prose_of("x.md", text)
}

fn directives_of(name: &str, text: &str) -> Vec<(DirectiveKind, String)> {
    let (source, body) = read(name, text);
    body.directives.iter().map(|directive| (directive.kind, source.slice(directive.span).to_owned())).collect()
}

fn directives(text: &str) -> Vec<String> {
    directives_of("x.md", text).into_iter().map(|(_, text)| text).collect()
}

fn code(text: &str) -> Vec<(CodeKind, String, String, String)> {
    let (source, body) = read("x.md", text);
    let code = body.code.iter();
    code.map(|code| {
        let lines: String = code.lines.iter().map(|&line| source.slice(line)).collect();
        (code.kind, source.slice(code.info).to_owned(), lines, source.slice(code.span).to_owned())
    })
    .collect()
}

#[test]
fn marks_are_found_by_kind() {
    use DirectiveKind::{Admonition, Attribute, Erb, Math, Output, Shortcode, Tag};
    for (text, kind, mark) in [
        ("a {% include x.html a=\"|\" %} b", Tag, "{% include x.html a=\"|\" %}"),
        ("a {{ site.url | x }} b", Output, "{{ site.url | x }}"),
        ("a {{< ref \"b.md\" >}} b", Shortcode, "{{< ref \"b.md\" >}}"),
        ("{{% note\n  a=\"b\"\n\n%}}\ntext", Shortcode, "{{% note\n  a=\"b\"\n\n%}}"),
        ("a <%= b %> c", Erb, "<%= b %>"),
        ("## 제목 {#id}\n", Attribute, "{#id}"),
        ("text\n{: .note}\n", Attribute, "{: .note}"),
        ("::: tip 제목\ntext\n:::", Admonition, "::: tip 제목"),
        ("$$\nx\n\ny\n$$\n\n가", Math, "$$\nx\n\ny\n$$"),
        ("a $$x_1 * y_2$$ b * c", Math, "$$x_1 * y_2$$"),
    ] {
        assert_eq!(directives_of("x.md", text).first(), Some(&(kind, mark.to_owned())), "{text}");
        assert!(!prose(text).concat().contains(&mark[..2]), "{text}");
    }
}

#[test]
fn text_around_marks_stays_prose() {
    assert_eq!(prose("a {{ b }} c **{{ d }}** e"), ["a ", " c ", " e"]);
    assert_eq!(prose("{{< note >}}\n가 *나*\n{{< /note >}}"), ["가 ", "나"]);
    assert_eq!(prose(":::note\n\n가\n\n:::\n"), ["가"]);
    assert_eq!(prose("{% if a %}\n- b\n{% endif %}\n"), ["b"]);
    assert_eq!(prose("{{< t >}}\n| a | b |\n|---|---|\n| c | {{< d \"|\" >}} |\n{{< /t >}}"), ["a", "b", "c"]);
    assert_eq!(prose("{% raw %}\n가 {{ b }}\n{% endraw %}"), ["가 "]);
}

#[test]
fn what_is_never_closed_swallows_nothing() {
    for text in
        ["a {{ b", "a {% b", "a {{< b", "a <% b", "a $$ b", "a {{ b\n\nc }}", "a <pre> b", "a {: b", "$5 {b} $$"]
    {
        assert!(directives(text).is_empty(), "{text}");
        assert!(prose(text).concat().starts_with(['a', '$']), "{text}");
    }
    assert_eq!(prose("{% highlight rb %}\n\n가"), ["가"]);
    assert_eq!(directives("a {{ b {{ c }} d }}"), ["{{ c }}"]);
}

#[test]
fn marks_in_code_are_code() {
    assert!(directives("Use `{{` and `}}` here, ``{% a %}``.").is_empty());
    assert_eq!(prose("Use `{{` and `}}` here."), ["Use ", " and ", " here."]);
    assert!(directives("```\n{{ a }}\n```\n\n    {% b %}\n\n- ~~~\n  {{< c >}}\n  ~~~\n\n<!-- {{ d }} -->").is_empty());
    assert_eq!(directives("```\n{{ a }}\n```\n{{ b }}"), ["{{ b }}"]);
    assert_eq!(directives("~~~\na\n~~~\n~~~b\nc\n~~~\nd {{ e }}"), ["{{ e }}"]);
    assert_eq!(code("    {% b %}\n")[0].2, "{% b %}\n");
}

#[test]
fn pairs_that_hold_code_are_code_blocks() {
    let liquid = "{% highlight ruby linenos %}\r\ndef a # 가\r\n\r\n{{ b }}\r\n{% endhighlight %}";
    let expected = (CodeKind::Marked, "ruby".to_owned(), "def a # 가\r\n\r\n{{ b }}\r\n".to_owned(), liquid.to_owned());
    assert_eq!(code(&format!("a\r\n\r\n{liquid}\r\n\r\nb")), [expected]);
    assert_eq!(prose(&format!("a\r\n\r\n{liquid}\r\n\r\nb")), ["a", "b"]);
    assert_eq!(code("{{< highlight go \"linenos=1\" >}}\nx\n{{< /highlight >}}")[0].1, "go");
    assert_eq!(code("{{< code lang=\"go\" >}}\nx\n{{</ code >}}\n")[0].1, "");
    assert_eq!(code("{% code title=\"a\" %}\n```js\nb\n```\n{% endcode %}").len(), 1);
    assert_eq!(code("{% code title=\"a\" %}\n```js\nb\n```\n{% endcode %}")[0].0, CodeKind::Fenced);
    assert_eq!(prose("{% set a %}\nb\n{% endset %}\n{% set c = 1 %}\nd {% set e %}f{% endset %}"), ["d "]);
    assert_eq!(prose("a\n\n{% comment %}\nb\n\nc\n{% endcomment %}\n\nd"), ["a", "d"]);
}

#[test]
fn raw_elements_hold_no_prose() {
    let text =
        "<div>\n<pre class=\"x\">\na\n\nb *c*\n</pre>\n</div>\n\nd <pre>e</pre> f\n\n<style>\ng\n\nh\n</style>\n";
    assert_eq!(prose(text), ["d ", " f"]);
    assert_eq!(code(text)[0].2, "a\n\nb *c*\n");
    assert_eq!(code(text)[1].3, "<pre>e</pre>");
}

#[test]
fn content_of_an_admonition_is_prose() {
    let text = "앞\n\n!!! note \"제목\"\n\n    가 *나*\n\n    ??? tip\n        다\n\n    ```sh\n    ls\n    ```\n\n뒤";
    assert_eq!(prose(text), ["앞", "가 ", "나", "다", "뒤"]);
    assert_eq!(directives(text), ["!!! note \"제목\"", "??? tip"]);
    assert_eq!(code(text)[0].2, "ls\n");
    let (_, body) = read("x.md", text);
    assert!(body.blocks.iter().all(|block| block.kind == BlockKind::Paragraph && !block.in_item));
    assert_eq!(prose("!!! 뭐\n??? what\n\n!!! a"), ["!!! 뭐", "??? what", "!!! a"]);
    assert_eq!(prose("=== \"탭\"\n\n    - 가\n"), ["가"]);
}

#[test]
fn mdx_statements_expressions_and_tags_are_not_prose() {
    let text = "import {A} from 'a'\nexport const b = {\n\n  c: 1,\n}\n\n# 가 {d.e}\n\n<Tabs\n  a={{b: '>'}}\n\n  c=\"d\">\n\n  나 <B c=\"d\" /> 다\n\n</Tabs>\n\n{/* 라\n\n마 */}\n";
    assert_eq!(prose_of("x.mdx", text), ["가 ", "나 ", " 다"]);
    let all = directives_of("x.mdx", text);
    assert!(all.iter().all(|(kind, _)| *kind == DirectiveKind::Mdx));
    assert_eq!(
        all.first().map(|(_, text)| text.as_str()),
        Some("import {A} from 'a'\nexport const b = {\n\n  c: 1,\n}")
    );
    assert_eq!(prose_of("x.mdx", "a {b\n\nc <D e\n"), ["a {b", "c <D e"]);
    assert_eq!(prose("import x from y"), ["import x from y"]);
}

#[test]
fn marks_in_destinations_are_kept() {
    let (_, body) = read("x.md", "[a]({{ site.url }}/b) ![c]({% link d.md %} \"e\") [f][]\n\n[f]: {{< ref \"g\" >}}\n");
    let dests: Vec<_> = body.links.iter().map(|link| link.dest.as_str()).collect();
    assert_eq!(dests, ["{{ site.url }}/b", "{% link d.md %}", "{{< ref \"g\" >}}"]);
}
