//! Bodies that are malicious or odd: bounded time on a small stack, whole spans, the same structure for either line
//! ending.

use crate::clock::Clock;
use crate::document::body;
use crate::document::body::Body;
use crate::source::{Source, Span};

/// Ten times what the slowest takes in a release build on the machine this was written on; debug builds get more.
const SECONDS: f64 = if cfg!(debug_assertions) { 10.0 } else { 1.0 };

/// As small as a thread may be made that must not overflow: nothing here recurses with the input's depth.
const STACK: usize = 256 * 1024;

fn hostile() -> Vec<(&'static str, String)> {
    let many = |part: &str, times: usize| part.repeat(times);
    let numbered = |part: fn(usize) -> String, times: usize| (0..times).map(part).collect::<String>();
    vec![
        ("emphasis", many("*a ", 8_000)),
        ("emphasis both ways", many("*a **b _c ", 8_000)),
        ("nested lists", (0..2_000).map(|depth| format!("{}- a\n", "  ".repeat(depth))).collect()),
        ("quotes", many(">", 50_000)),
        ("quotes over lines", many("> > > > a\n", 10_000)),
        ("brackets", many("[", 50_000)),
        ("closed brackets", many("[a](", 20_000)),
        ("images in images", many("![[]()", 50_000)),
        ("definitions", numbered(|i| format!("[a{i}]: /b{i}\n"), 20_000) + &numbered(|i| format!("[a{i}] "), 20_000)),
        ("wide table", many("|a", 2_000) + "|\n" + &many("|-", 2_000) + "|\n" + &many("|\n", 2_000)),
        ("outputs", many("{{", 50_000)),
        ("tags", many("{%", 50_000)),
        ("shortcodes", many("{{<", 50_000)),
        ("pairs", many("{% highlight a %}", 20_000)),
        ("pairs of shortcodes", many("{{< code >}} {{< note >}}", 20_000)),
        ("comments", many("<!--", 50_000)),
        ("comments after text", many("a <!-- ", 50_000)),
        ("admonitions", many(":::\n", 50_000)),
        ("indented admonitions", many("!!! a\n\n    b\n", 10_000)),
        ("math", many("$$", 50_000)),
        ("odd math", many("$$ a\n\n", 20_000)),
        ("preformatted", many("<pre>", 50_000)),
        ("erb", many("<%", 50_000)),
        ("braces", many("{", 50_000) + &many("{\n", 20_000)),
        ("attributes", many("{: a", 50_000)),
        ("tags of components", many("<A b={", 20_000)),
        ("statements", many("export const a = {\n", 20_000)),
        ("backticks", (1..400).map(|len| "`".repeat(len) + " ").collect()),
        ("odd backticks", many("` `` ", 20_000)),
        ("fences", many("```a\n~~~\n", 20_000)),
        ("fences in items", many("- ```\n", 20_000)),
        ("one long line", many("가나 a_b https://a.b/c {{ d }} <e> ", 30_000)),
        ("addresses", many("https://", 50_000)),
        ("colons", many("w://w:", 50_000)),
        ("entities", many("&amp;\\_", 50_000)),
        ("controls", (0..50_000_u32).filter_map(|i| char::from_u32(i % 32)).collect()),
        ("carriage returns", many("a\r", 50_000)),
        ("code with carriage returns", "```\r\n".to_owned() + &many("\r\n", 50_000)),
    ]
}

/// Our own writing, one of each construct, in several scripts.
const SAMPLES: [&str; 5] = [
    "# 제목 {#id}\n\n안녕 **하세요** 😀\\\n둘째 줄  \n셋째 `code` <https://a.b>\n\n- 하나\n  - [ ] 둘\n\n1. 셋\n\n   ```sh\n   ls\n\n   \tpwd\n   ```\n",
    "> こんにちは\n> ```\n> a\n>\n> b\n> ```\n\n{% highlight ruby %}\nputs 1\n\nputs 2\n{% endhighlight %}\n\n{% include a.html\n  b=\"c\" %}\n\n終わり\n",
    "| 표 | b |\n|---|---|\n| 가 | {{ x | y }} |\n\n!!! note \"제목\"\n\n    내용 *나*\n\n    ```py\n    x\n    ```\n\n\tindented\n\n\tcode\n",
    "<div>\n<!-- a\nb -->\n</div>\n\n中文 [链接](a.md \"b\") ![图](b.png)\n=====\n\n$$\nx\n$$\n\n:::tip\n\nc\n\n:::\n\n[^1]: 脚注\n\nd[^1]\n",
    "\u{feff}text\n***\n<pre>\na\n\nb\n</pre>\nimport a from 'b'\n\n<Tabs>\n  e {f} g\n</Tabs>\n",
];

fn read(name: &str, text: &str) -> (Source, Body) {
    let source = Source::new(name, text.as_bytes().to_vec());
    let body = body::read(&source, source.bom_len());
    (source, body)
}

fn spans(body: &Body) -> Vec<Span> {
    let mut spans = vec![body.span];
    spans.extend(body.blocks.iter().map(|block| block.span));
    spans.extend(body.inlines.iter().map(|inline| inline.span));
    spans.extend(body.code.iter().flat_map(|code| [code.span, code.info]));
    spans.extend(body.code.iter().flat_map(|code| &code.lines));
    spans.extend(body.links.iter().flat_map(|link| [link.span, link.text]));
    spans.extend(body.directives.iter().map(|directive| directive.span));
    spans.extend([&body.comments, &body.html, &body.tables, &body.thematic_breaks].into_iter().flatten());
    spans
}

/// What must hold for any body.
fn assert_sound(name: &str, source: &Source, body: &Body) {
    for span in spans(body) {
        assert!(source.text().get(span.range()).is_some(), "{name}: {span:?} isn't text");
    }
    let in_order = |spans: &mut dyn Iterator<Item = Span>| spans.is_sorted_by(|a, b| a.end <= b.start);
    assert!(in_order(&mut body.inlines.iter().map(|inline| inline.span)), "{name}: pieces overlap");
    assert!(in_order(&mut body.code.iter().map(|code| code.span)), "{name}: code overlaps");
    assert!(in_order(&mut body.directives.iter().map(|directive| directive.span)), "{name}: marks overlap");
    for code in &body.code {
        assert!(in_order(&mut code.lines.iter().copied()), "{name}: lines overlap");
    }
    assert!(body.blocks.is_sorted_by_key(|block| block.inlines.start), "{name}: blocks out of order");
    assert!(body.links.is_sorted_by_key(|link| link.span.start), "{name}: links out of order");
}

#[test]
fn hostile_bodies_end_soon_and_need_no_stack() {
    for (name, text) in hostile() {
        for file in ["x.md", "x.mdx"] {
            let text = text.clone();
            let work = move || {
                let clock = Clock::start();
                let (source, body) = read(file, &text);
                let took = clock.seconds();
                assert_sound(name, &source, &body);
                took
            };
            let thread = std::thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread can be started");
            let took = thread.join().unwrap_or_else(|_| panic!("{name} failed"));
            assert!(took < SECONDS, "{name} took {took} s");
        }
    }
}

#[test]
fn any_cut_of_a_body_is_sound() {
    for sample in SAMPLES {
        for (at, _) in sample.char_indices() {
            for text in [&sample[..at], &sample[at..]] {
                for text in [text.to_owned(), text.replace('\n', "\r\n"), text.replace('\n', "\r")] {
                    let (source, body) = read(if at % 2 == 0 { "x.md" } else { "x.mdx" }, &text);
                    assert_sound(&text, &source, &body);
                }
            }
        }
    }
}

/// Everything that is reported of a body, with line endings made alike.
fn structure(name: &str, text: &str) -> Vec<String> {
    let (source, body) = read(name, text);
    let shown = |span: Span| source.slice(span).replace("\r\n", "\n");
    let mut reported: Vec<String> = Vec::new();
    for block in &body.blocks {
        reported.push(format!("{:?} {:?} {} {}", block.kind, shown(block.span), block.in_quote, block.in_item));
        reported
            .extend(body.inlines_of(block).iter().map(|p| format!("{:?} {:?} {}", p.kind, shown(p.span), p.in_link)));
    }
    for code in &body.code {
        let lines: Vec<_> = code.lines.iter().map(|&line| shown(line)).collect();
        reported.push(format!(
            "{:?} {:?} {:?} {lines:?} {}",
            code.kind,
            shown(code.span),
            shown(code.info),
            code.closed
        ));
    }
    reported
        .extend(body.links.iter().map(|l| format!("{:?} {:?} {} {}", shown(l.span), shown(l.text), l.dest, l.image)));
    reported
        .extend(body.directives.iter().map(|directive| format!("{:?} {:?}", directive.kind, shown(directive.span))));
    for spans in [&body.comments, &body.html, &body.tables, &body.thematic_breaks] {
        reported.extend(spans.iter().map(|&span| shown(span)));
    }
    reported
}

#[test]
fn line_ends_make_no_difference() {
    for sample in SAMPLES {
        for name in ["x.md", "x.mdx"] {
            assert_eq!(structure(name, &sample.replace('\n', "\r\n")), structure(name, sample), "{name} {sample}");
        }
    }
}
