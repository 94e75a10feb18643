//! Front matter from bytes to a tree: every cause at its place, whatever the line ends and the script.

use crate::data::node::ScalarType;
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::document::Document;
use crate::source::Source;

/// A block with one mistake, and what is to be said and read.
struct Case {
    cause: SyntaxErrorKind,
    /// The text between the delimiters.
    block: &'static str,
    /// The text under the problem's span.
    span: &'static str,
    /// A key and the value that it must still hold.
    key: &'static str,
    value: &'static str,
    /// Whether a fix is offered.
    fixed: bool,
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case { cause: SyntaxErrorKind::UnquotedColon, block: "title: Rust: the book\ndate: 2024-01-31\n", span: ":", key: "title", value: "Rust: the book", fixed: true },
    Case { cause: SyntaxErrorKind::UnquotedColon, block: "date: 2024-01-31\ntitle: 러스트: 첫걸음 🦀 # 초안\ntags: [a]\n", span: ":", key: "title", value: "러스트: 첫걸음 🦀", fixed: true },
    Case { cause: SyntaxErrorKind::UnquotedColon, block: "title: 다시 쓰는 이유:\ndate: 2024-01-31\n", span: ":", key: "title", value: "다시 쓰는 이유:", fixed: true },
    Case { cause: SyntaxErrorKind::UnquotedColon, block: "title: say \"hi\": now\nx: 1\n", span: ":", key: "title", value: "say \"hi\": now", fixed: true },
    Case { cause: SyntaxErrorKind::TabIndentation, block: "title: a\ntags:\n\t- 러스트\n\t- go\n", span: "\t", key: "title", value: "a", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedQuote, block: "title: \"Hello\ndate: 2024-01-31\ntags: [a]\n", span: "\"Hello", key: "title", value: "Hello", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedQuote, block: "title: \"안녕 😀\ndescription: \"b\"\n", span: "\"안녕 😀", key: "title", value: "안녕 😀", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedQuote, block: "date: 2024-01-31\ntitle: \"Hello\n", span: "\"Hello", key: "title", value: "Hello", fixed: true },
    Case { cause: SyntaxErrorKind::TextAfterQuote, block: "title: 'It's here'\nx: 1\n", span: "s here'", key: "title", value: "It's here", fixed: true },
    Case { cause: SyntaxErrorKind::TextAfterQuote, block: "title: \"A\" and \"B\"\nx: 1\n", span: "and \"B\"", key: "title", value: "\"A\" and \"B\"", fixed: true },
    Case { cause: SyntaxErrorKind::TextAfterQuote, block: "title: \"그가 \"안녕\"이라 했다\"\nx: 1\n", span: "안녕\"이라 했다\"", key: "title", value: "그가 \"안녕\"이라 했다", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedBracket, block: "tags: [rust, go\ntitle: x\n", span: "[", key: "title", value: "x", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedBracket, block: "title: x\ntags: [a, b\n", span: "[", key: "title", value: "x", fixed: true },
    Case { cause: SyntaxErrorKind::UnclosedBracket, block: "tags: [\n  a,\n  b\ntitle: x\n", span: "[", key: "title", value: "x", fixed: false },
    Case { cause: SyntaxErrorKind::TextAfterBracket, block: "title: [공지] 첫 글\nx: 1\n", span: "첫 글", key: "title", value: "[공지] 첫 글", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "title:Hello\ndate: 2024-01-31\n", span: ":", key: "title", value: "Hello", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "date: 2024-01-31\ntitle:안녕\n", span: ":", key: "title", value: "안녕", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "title:안녕\n", span: ":", key: "title", value: "안녕", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "title： 안녕\ndate: 2024-01-31\n", span: "：", key: "title", value: "안녕", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "date: 2024-01-31\n제목：안녕\n", span: "：", key: "제목", value: "안녕", fixed: true },
    Case { cause: SyntaxErrorKind::NoSpaceAfterColon, block: "title:\u{a0}안녕\ndate: 2024-01-31\n", span: ":\u{a0}", key: "title", value: "안녕", fixed: true },
    Case { cause: SyntaxErrorKind::InconsistentIndentation, block: "title: a\n  date: 2024-01-31\nx: 1\n", span: "date", key: "date", value: "2024-01-31", fixed: false },
    Case { cause: SyntaxErrorKind::InconsistentIndentation, block: "tags:\n  - 하나\n - 둘\ntitle: a\n", span: "- 둘", key: "title", value: "a", fixed: false },
    Case { cause: SyntaxErrorKind::InconsistentIndentation, block: " title: a\ndate: 2024-01-31\n", span: "title", key: "date", value: "2024-01-31", fixed: false },
    Case { cause: SyntaxErrorKind::NonBreakingIndentation, block: "author:\n\u{a0}\u{a0}name: 김\nx: 1\n", span: "\u{a0}\u{a0}", key: "x", value: "1", fixed: true },
    Case { cause: SyntaxErrorKind::NonBreakingIndentation, block: "title: a\ntags:\n\u{3000}- 하나\n", span: "\u{3000}", key: "title", value: "a", fixed: true },
    Case { cause: SyntaxErrorKind::DuplicateKey, block: "title: a\ndate: 2024-01-31\ntitle: b\n", span: "title", key: "title", value: "a", fixed: false },
    Case { cause: SyntaxErrorKind::SmartQuotes, block: "author: “김”\ntitle: b\n", span: "“김”", key: "author", value: "김", fixed: true },
    Case { cause: SyntaxErrorKind::UnquotedColon, block: "title: “Rust: 첫걸음”\nx: b\n", span: ":", key: "title", value: "Rust: 첫걸음", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "author: @김\nx: b\n", span: "@", key: "author", value: "@김", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "title: `cargo` 쓰기\nx: b\n", span: "`", key: "title", value: "`cargo` 쓰기", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "x: b\ntitle: %d 쓰기\n", span: "%", key: "title", value: "%d 쓰기", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "title: > 큰 글\nx: b\n", span: ">", key: "title", value: "> 큰 글", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "title: - 글\nx: b\n", span: "-", key: "title", value: "- 글", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "title: & 글\nx: b\n", span: "&", key: "title", value: "& 글", fixed: true },
    Case { cause: SyntaxErrorKind::ReservedCharacter, block: "title: a\ntags: [@a, b]\n", span: "@", key: "title", value: "a", fixed: true },
    Case { cause: SyntaxErrorKind::UndefinedAlias, block: "title: *중요* 소식\nx: b\n", span: "*중요*", key: "title", value: "*중요* 소식", fixed: true },
    Case { cause: SyntaxErrorKind::UndefinedAlias, block: "title: *중요*\nx: b\n", span: "*중요*", key: "title", value: "*중요*", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsAnchorOrTag, block: "title: &R 이야기\nx: b\n", span: "&R", key: "title", value: "&R 이야기", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsAnchorOrTag, block: "title: !중요 소식\nx: b\n", span: "!중요", key: "title", value: "!중요 소식", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsComment, block: "title: #1 팁\nx: b\n", span: "#1 팁", key: "title", value: "#1 팁", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsComment, block: "title: 이슈 #12 고치기\nx: b\n", span: "#12 고치기", key: "title", value: "이슈 #12 고치기", fixed: true },
    Case { cause: SyntaxErrorKind::MergeConflictMarker, block: "title: a\n<<<<<<< HEAD\ndate: 2024-01-31\n=======\ndate: 2024-02-01\n>>>>>>> topic\nx: b\n", span: "<<<<<<< HEAD", key: "date", value: "2024-01-31", fixed: false },
    Case { cause: SyntaxErrorKind::InvalidEscape, block: "path: \"C:\\Users\\김\"\nx: b\n", span: "\\U", key: "path", value: "C:\\Users\\김", fixed: true },
    Case { cause: SyntaxErrorKind::UnrenderedTemplate, block: "title: {{ title }}\nx: b\n", span: "{{ title }}", key: "x", value: "b", fixed: false },
    Case { cause: SyntaxErrorKind::UnrenderedTemplate, block: "title: {{ title }} 글\nx: b\n", span: "{{ title }}", key: "x", value: "b", fixed: false },
    Case { cause: SyntaxErrorKind::MissingKey, block: "title: a\n그냥 글입니다\nx: b\n", span: "그냥 글입니다", key: "x", value: "b", fixed: false },
    Case { cause: SyntaxErrorKind::MissingKey, block: "title: a\n그냥 글\n입니다\nx: b\n", span: "그냥 글", key: "x", value: "b", fixed: false },
    Case { cause: SyntaxErrorKind::MissingKey, block: "title: a\n- b\nx: c\n", span: "- b", key: "x", value: "c", fixed: false },
    Case { cause: SyntaxErrorKind::MergedListItem, block: "tags:\n  - 산책\n    - harbor\nx: b\n", span: "- harbor", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::MergedListItem, block: "tags: walks\n  - harbor\nx: b\n", span: "- harbor", key: "x", value: "b", fixed: false },
    Case { cause: SyntaxErrorKind::NoSpaceAfterHyphen, block: "tags:\n  -산책\n  -harbor\nx: b\n", span: "-산책", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::TabAfterHyphen, block: "tags:\n  -\tharbor\nx: b\n", span: "\t", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::UnopenedBracket, block: "tags: 산책, harbor]\nx: b\n", span: "]", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::StrayQuote, block: "title: Harbor walks\"\nx: b\n", span: "\"", key: "title", value: "Harbor walks", fixed: true },
    Case { cause: SyntaxErrorKind::DoubledColon, block: "title:: 산책\nx: b\n", span: ":", key: "title", value: "산책", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsComment, block: "tags:\n  - #harbor\n  - walks\nx: b\n", span: "#harbor", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsComment, block: "tags: [walks, #harbor]\nx: b\n", span: "#harbor", key: "x", value: "b", fixed: true },
    Case { cause: SyntaxErrorKind::ParsedAsComment, block: "title: # 산책\nx: b\n", span: "# 산책", key: "title", value: "# 산책", fixed: true },
    Case { cause: SyntaxErrorKind::MissingKey, block: "x: b\nlayout post\ny: c\n", span: "layout post", key: "layout", value: "post", fixed: true },
    Case { cause: SyntaxErrorKind::MissingKey, block: "x: b\ntitle = 산책\ny: c\n", span: "title = 산책", key: "title", value: "산책", fixed: true },
];

fn source(text: &str) -> Source {
    Source::new("post.md", text.as_bytes().to_vec())
}

/// The ways in which the same page can be written.
fn writings(block: &str) -> [(&'static str, String); 4] {
    let page = format!("---\n{block}---\n본문 😀\n");
    [
        ("as it is", page.clone()),
        ("CRLF", page.replace('\n', "\r\n")),
        ("BOM", format!("\u{feff}{page}")),
        ("no final newline", page.trim_end().to_owned()),
    ]
}

fn problems<'d>(doc: &'d Document<'_>) -> Vec<&'d SyntaxProblem> {
    doc.front_matter.iter().flat_map(|front| &front.problems).collect()
}

#[test]
fn every_cause_is_reported_at_its_place_and_fixed() {
    let mut failures = Vec::new();
    for case in CASES {
        for (how, page) in writings(case.block) {
            let source = source(&page);
            let doc = Document::parse(&source);
            let reported: Vec<_> = problems(&doc).iter().map(|p| (p.kind, source.slice(p.span))).collect();
            if reported != [(case.cause, case.span)] {
                failures.push(format!(
                    "{how}: {:?}: reported {reported:?}, not {:?}",
                    case.block,
                    (case.cause, case.span)
                ));
                continue;
            }
            let value = doc.field(case.key).and_then(|value| value.text());
            if value != Some(case.value) {
                failures.push(format!("{how}: {:?}: `{}` is {value:?}", case.block, case.key));
            }
            let fix = problems(&doc)[0].fix.clone();
            if fix.is_some() != case.fixed {
                failures.push(format!("{how}: {:?}: fix is {fix:?}", case.block));
            }
            if let Some(edit) = fix {
                let mut fixed = page.clone();
                fixed.replace_range(edit.span.range(), &edit.insert);
                let fixed = self::source(&fixed);
                let doc = Document::parse(&fixed);
                let left = problems(&doc);
                let value = doc.field(case.key).and_then(|value| value.text());
                if !left.is_empty() || value != Some(case.value) {
                    failures.push(format!("{how}: {:?}: fixed to {:?}: {value:?}, {left:?}", case.block, fixed.text()));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn fixes_have_the_exact_span_of_the_text() {
    for (block, key, span, kind) in [
        ("title: Rust: the book\n", "title", "Rust: the book", ScalarType::String),
        ("title: @x\n", "title", "@x", ScalarType::String),
        ("title: \"Hello\nx: 1\n", "title", "\"Hello", ScalarType::String),
        ("title: 'It's here'\n", "title", "'It's here'", ScalarType::String),
        ("date:2024-01-31\nx: 1\n", "date", "2024-01-31", ScalarType::Date),
        ("tags: [a, b\nx: 1\n", "x", "1", ScalarType::Int),
    ] {
        let page = format!("---\n{block}---\n");
        let source = source(&page);
        let doc = Document::parse(&source);
        let value = doc.field(key).unwrap_or_else(|| panic!("{block:?} has {key}"));
        assert_eq!((source.slice(value.span()), value.scalar_type()), (span, Some(kind)), "{block:?}");
    }
    let source = source("---\ntags: [rust, go\ntitle: x\n---\n");
    let doc = Document::parse(&source);
    let tags = doc.field("tags").expect("tags are there");
    let items: Vec<_> = tags.items().expect("a list").map(|item| source.slice(item.span())).collect();
    assert_eq!((source.slice(tags.span()), items), ("[rust, go", vec!["rust", "go"]));
}

#[test]
fn every_mistake_of_a_block_is_reported() {
    let source =
        source("---\ntitle: Rust: the book\nauthor: @kim\ndate:2024-01-31\ntags: [a, b\nsummary: \"open\nx: 1\n---\n");
    let doc = Document::parse(&source);
    let causes: Vec<_> = problems(&doc).iter().map(|problem| problem.kind).collect();
    let wanted = [
        SyntaxErrorKind::UnquotedColon,
        SyntaxErrorKind::ReservedCharacter,
        SyntaxErrorKind::NoSpaceAfterColon,
        SyntaxErrorKind::UnclosedBracket,
        SyntaxErrorKind::UnclosedQuote,
    ];
    assert_eq!(causes, wanted);
    let keys: Vec<_> = doc
        .front_matter
        .as_ref()
        .and_then(|front| front.root())
        .expect("a map")
        .entries()
        .filter_map(|e| e.key.text())
        .collect();
    assert_eq!(keys, ["title", "author", "date", "tags", "summary", "x"]);
}

#[test]
fn what_all_readers_take_is_no_problem() {
    for block in [
        "",
        "# nothing yet\n",
        "title: a\n",
        "title: \"one\n  two\"\nx: 1\n",
        "title: 'it''s'\n",
        "description: \"first line\nsecond line\"\nx: 1\n",
        "description: first\n  second - third\n  # no\nx: 1\n",
        "url: https://example.com:80/a:b\ntime: 10:00:00\n",
        "tags:\n- a\n- b\nx: 1\n",
        "tags: [a, 'b', \"c, d\"] # three\nx: {a: 1, b: [2]}\n",
        "text: |\n  a: b: c\n   @x\n\n  \"open\nx: 1\n",
        "text: >-\n\n  folded: yes\nx: 1\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\nb: !!int '2'\n",
        "title: C# in depth\nx: a#b\n",
        "draft: false #true\n",
        "title: a # the title\n",
        "weight: 10 #1 of all\n",
        "title: “인생은 짧다”\n",
        "title: \"“a” and “b”\"\n",
        "\"quoted key\": 1\n'other': 2\n",
        "a:\n  - b: 1\n    c: 2\n  -\n    d: 3\n",
        "title:\tx\n",
        "한글 키: 값\n",
        "? a\n: b\n",
        "<<: {a: 1}\nb: 2\n",
        "title: 5' 11\"\n",
        "title: the \"best\"\n",
        "title: C++ 중의 和\"\n",
        "description: first\n  second - third\n",
        "x: -5\ny:\n  -5\n",
        "matrix: a[0], b[1]\n",
        "a::b: c\n",
    ] {
        for (how, page) in writings(block) {
            let source = source(&page);
            let doc = Document::parse(&source);
            assert!(doc.front_matter.is_some(), "{how} {block:?}");
            let reported: Vec<_> = problems(&doc).iter().map(|p| (p.kind, source.slice(p.span))).collect();
            assert!(reported.is_empty(), "{how} {block:?}: {reported:?}");
        }
    }
}

#[test]
fn fences() {
    type Wanted<'a> = Option<(&'a str, Option<SyntaxErrorKind>, &'a str)>;
    let cases: &[(&str, Wanted<'_>)] = &[
        ("", None),
        ("# Title\n", None),
        ("---\n\n# Slide\n\n---\n", None),
        ("---\n\nText after a break.\n", None),
        ("---\nText: after a break.\n\nMore.\n", None),
        ("---", None),
        ("---\n", None),
        ("---\n---", Some(("", None, ""))),
        ("---\n---\nbody", Some(("", None, "body"))),
        ("---\r\na: 1\r\n---\r\nbody", Some(("a: 1\r\n", None, "body"))),
        ("---\ra: 1\r---\rbody", Some(("a: 1\r", None, "body"))),
        ("--- \na: 1\n---\t\nbody", Some(("a: 1\n", None, "body"))),
        ("---\na: 1\n...\nbody\n---\n", Some(("a: 1\n", None, "body\n---\n"))),
        ("\u{feff}---\na: 1\n---\nbody", Some(("a: 1\n", Some(SyntaxErrorKind::ByteOrderMark), "body"))),
        ("\n\n---\ntitle: 1\n---\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::NotAtStart), "body"))),
        ("<!-- 메모 -->\n---\ntitle: 1\n---\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::NotAtStart), "body"))),
        ("----\ntitle: 1\n---\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::MalformedDelimiter), "body"))),
        ("—-\ntitle: 1\n---\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::MalformedDelimiter), "body"))),
        (" ---\ntitle: 1\n---\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::MalformedDelimiter), "body"))),
        ("---\ntitle: 1\n----\nbody", Some(("title: 1\n", Some(SyntaxErrorKind::MalformedDelimiter), "body"))),
        ("++++\ntitle = 1\n+++\nbody", Some(("title = 1\n", Some(SyntaxErrorKind::MalformedDelimiter), "body"))),
        ("--\ntext\n--\n", None),
        (
            "---\ntitle: 1\ntags: [a]\n\nbody",
            Some(("title: 1\ntags: [a]\n", Some(SyntaxErrorKind::Unclosed), "\nbody")),
        ),
        (
            "---\ntitle: 1\n\n# 머리\n\n글.\n\n---\n",
            Some(("title: 1\n", Some(SyntaxErrorKind::Unclosed), "\n# 머리\n\n글.\n\n---\n")),
        ),
        ("---\ntitle: 1", Some(("title: 1", Some(SyntaxErrorKind::Unclosed), ""))),
        ("+++\na = 1\n+++\nbody", Some(("a = 1\n", None, "body"))),
        ("{\"a\": {\"b\": \"}\"}}\nbody", Some(("{\"a\": {\"b\": \"}\"}}", None, "body"))),
        ("{{< figure >}}\n", None),
        ("{% raw %}\n", None),
        ("{: .no_toc}\n", None),
        ("{}\n", Some(("{}", None, ""))),
        ("---json\n{\"a\": 1}\n---\nbody", Some(("{\"a\": 1}\n", None, "body"))),
        ("---toml\na = 1\n---\nbody", Some(("a = 1\n", None, "body"))),
        ("---\n- a\n---\nbody", Some(("- a\n", Some(SyntaxErrorKind::NotAMapping), "body"))),
        ("---\njust text\n---\nbody", Some(("just text\n", Some(SyntaxErrorKind::NotAMapping), "body"))),
    ];
    for (page, wanted) in cases {
        let source = source(page);
        let doc = Document::parse(&source);
        let cause = doc.placement_problems.iter().chain(problems(&doc)).map(|problem| problem.kind).next();
        let got = doc.front_matter.as_ref().map(|front| (source.slice(front.content_span), cause));
        assert_eq!(got, wanted.map(|(inner, cause, _)| (inner, cause)), "{page:?}");
        // The body starts where the block ends.
        if let Some((_, _, body)) = wanted {
            assert_eq!(source.slice(crate::source::Span::new(doc.body.span.start, page.len())), *body, "{page:?}");
        }
    }
}

#[test]
fn toml_and_json() {
    let page =
        "+++\ntitle = \"책 😀\" # 초안\ndate = 2024-01-31T10:00:00+09:00\ntags = [\"a\", 'b']\n[extra]\nn = 1.5\n+++\n";
    let source = source(page);
    let doc = Document::parse(&source);
    assert_eq!(problems(&doc), Vec::<&SyntaxProblem>::new());
    let field = |name: &str| doc.field(name).expect("is there");
    assert_eq!((field("title").text(), source.slice(field("title").span())), (Some("책 😀"), "\"책 😀\""));
    assert_eq!(
        (field("date").scalar_type(), field("extra").get("n").and_then(|n| n.number())),
        (Some(ScalarType::DateTime), Some(1.5))
    );
    let keys: Vec<_> = doc
        .front_matter
        .as_ref()
        .and_then(|f| f.root())
        .expect("a map")
        .entries()
        .filter_map(|e| e.key.text())
        .collect();
    assert_eq!(keys, ["title", "date", "tags", "extra"]);
    for (page, span, cause) in [
        ("+++\ntitle = 안녕\nx = 1\n+++\n", "안녕", SyntaxErrorKind::Other),
        ("+++\ntitle = hello\nx = 1\n+++\n", "hello", SyntaxErrorKind::Other),
        ("+++\na = 1\na = 2\n+++\n", "a", SyntaxErrorKind::DuplicateKey),
        ("+++\ndate = 2024-13-01\n+++\n", "2024-13-01", SyntaxErrorKind::Other),
        ("{\"a\": 1,}\n", ",", SyntaxErrorKind::Other),
        ("{\"a\": 1, \"a\": 2}\n", "\"a\"", SyntaxErrorKind::DuplicateKey),
    ] {
        let source = self::source(page);
        let doc = Document::parse(&source);
        let reported: Vec<_> = problems(&doc).iter().map(|p| (source.slice(p.span), p.kind)).collect();
        assert_eq!(reported, [(span, cause)], "{page:?} {:?}", problems(&doc));
    }
}
