//! Hostile and randomly broken front matter: no panic, no span outside the text, no long wait.
//!
//! `MATTERLINT_ROUNDS=200000 cargo test --release --lib inside::front_matter_faults -- --nocapture` runs the long version.
#![allow(clippy::print_stdout, reason = "the long version reports its figures")]

use super::mutate::MISTAKES;
use crate::clock::Clock;
use crate::data::problem::SyntaxErrorKind;
use crate::document::Document;
use crate::source::{Source, Span};

const BLOCKS: &[&str] = &[
    "layout: post\ntitle: 러스트로 시작하는 하루\ndate: 2024-01-31 10:00:00 +0900\ntags: [rust, 시작]\nauthor: 김하늘\n",
    "title: \"A day with Rust: part one\"\ndate: 2024-02-03\ndraft: false\ntags:\n  - rust\n  - 'first steps'\ndescription: >-\n  What I learnt,\n  and what I didn't.\n",
    "title: 'It''s alive'\ncategories:\n- 개발\n- 회고\nimage:\n  path: /assets/a.png\n  alt: 그림 하나\nurl: https://example.com/a?b=c\n",
    "id: 7\ntitle: 한국어 & English — 둘 다 😀\nslug: both\naliases: [/a/, /b/]\nweight: 3.5\nmenu: {main: {name: 글, weight: 10}}\n",
    "# 글 머리\ntitle: Notes # working title\nauthors:\n  - name: Kim\n    url: https://example.com\n  - name: Lee\n    url: https://example.org\nlast_modified_at: 2024-05-06T07:08:09Z\n",
    "title: 설정 파일\r\nsummary: |\r\n  첫 줄: 그대로\r\n  둘째 줄\r\ntags: [a, b]\r\npublished: true\r\n",
    "base: &base {lang: ko, toc: true}\npage:\n  <<: *base\n  title: 목차\nkeywords: \"a, b\"\ntoc: ~\n",
];

/// xorshift: the same rounds on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

fn rounds(few: usize) -> usize {
    std::env::var("MATTERLINT_ROUNDS").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

/// Reads a page and checks every span in it.
fn check(page: &str) -> (Source, bool, Vec<SyntaxErrorKind>) {
    let source = Source::new("x.md", page.as_bytes().to_vec());
    let doc = Document::parse(&source);
    let fits = |span: Span| {
        assert!(page.get(span.range()).is_some(), "{span:?} doesn't fit {page:?}");
    };
    let mut causes = Vec::new();
    for problem in doc.placement_problems.iter().chain(doc.front_matter.iter().flat_map(|front| &front.problems)) {
        fits(problem.span);
        problem.other.map(fits);
        causes.push(problem.kind);
        if let Some(fix) = &problem.fix {
            fits(fix.span);
        }
    }
    let mut is_map = false;
    if let Some(front) = &doc.front_matter {
        is_map = front.root().is_some();
        fits(front.span);
        fits(front.content_span);
        front.tree.values().for_each(|value| fits(value.span()));
        front.tree.comments.iter().copied().for_each(fits);
    }
    drop(doc);
    (source, is_map, causes)
}

#[test]
fn a_malformed_delimiter_may_be_unclosed_too() {
    for fence in ["--", "-–", "–-", "—-", "++", "----"] {
        let page = format!("{fence}\ntitle: a\n\nhello there\n{fence}\n");
        let (.., causes) = check(&page);
        assert!(causes.contains(&SyntaxErrorKind::Unclosed) || fence == "++", "{page:?}: {causes:?}");
    }
}

#[test]
fn the_text_below_an_unclosed_block_is_no_error_of_its_own() {
    let (_, is_map, causes) = check("---\ntitle: a\nSome text of the page\n\nMore: of it.\n");
    assert_eq!((is_map, causes), (true, vec![SyntaxErrorKind::Unclosed]));
    let (_, is_map, causes) = check("---\ntitle: a\ndraft: false---\nText: of the page\n");
    assert_eq!((is_map, causes), (true, vec![SyntaxErrorKind::MalformedDelimiter]));
    let (.., causes) = check("---\ntags:\n  - a\n\t- b\n---\n");
    assert_eq!(causes, [SyntaxErrorKind::TabIndentation]);
}

#[test]
fn a_text_cut_short_holds_no_half_of_a_line_end() {
    let read = |page: &str| {
        let source = Source::new("a.md", page.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let values = doc.front_matter.iter().flat_map(|front| front.tree.values());
        values.filter_map(|value| value.text().map(str::to_owned)).collect::<Vec<_>>()
    };
    let page = "+++\ntags = [\"rem#\note\"]\n+++\n";
    assert_eq!(read(&page.replace('\n', "\r\n")), read(page));
}

#[test]
fn mutated_blocks_are_read_without_panic_or_delay() {
    let mut random = Random(0x5EED_2024_0131_0007);
    let (mut slowest, mut slowest_page) = (0.0, String::new());
    let (mut broken, mut maps) = (0, 0);
    for round in 0..rounds(4_000) {
        let mut block = BLOCKS[random.below(BLOCKS.len())].to_owned();
        let mistakes = if round % 2 == 0 { 1 } else { 1 + random.below(6) };
        for _ in 0..mistakes {
            let at = block.floor_char_boundary(random.below(block.len() + 1));
            let end = block.ceil_char_boundary((at + random.below(4)).min(block.len()));
            match random.below(4) {
                0 => block.replace_range(at..end, ""),
                1 => block.replace_range(at..end, MISTAKES[random.below(MISTAKES.len())]),
                _ => block.insert_str(at, MISTAKES[random.below(MISTAKES.len())]),
            }
        }
        let page = format!("---\n{block}\n---\nbody\n");
        let clock = Clock::start();
        let (_, is_map, causes) = check(&page);
        let took = clock.seconds();
        if took > slowest {
            (slowest, slowest_page) = (took, page.clone());
        }
        if mistakes == 1 && !causes.is_empty() && !page.starts_with("---\n---") {
            broken += 1;
            maps += usize::from(is_map);
        }
    }
    println!("slowest {slowest} s {slowest_page:?}; of {broken} broken by one mistake {maps} give a map");
    assert!(slowest < 2.0, "{slowest} s for {slowest_page:?}");
    assert!(maps * 100 >= broken * 99, "{maps} of {broken}");
}

#[test]
fn hostile_blocks_end_soon() {
    let mut laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        laughs += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(","));
    }
    let chain: String =
        (1..2_000).fold("a0: &a0 {k: v}\n".to_owned(), |text, n| text + &format!("a{n}: &a{n} {{x: *a{}}}\n", n - 1));
    let nested = |depth: usize| (0..depth).fold(String::new(), |text, level| text + &" ".repeat(level) + "a:\n");
    let cases: Vec<(&str, String, Option<SyntaxErrorKind>)> = vec![
        ("alias bomb", laughs, Some(SyntaxErrorKind::TooManyAliases)),
        ("alias chain", chain, None),
        ("self alias", "a: &a [*a]\n".into(), None),
        ("flow depth", "a: ".to_owned() + &"[".repeat(60_000), Some(SyntaxErrorKind::TooLarge)),
        ("flow maps", "a: ".to_owned() + &"{a: ".repeat(15_000), Some(SyntaxErrorKind::TooLarge)),
        ("dashes", "- ".repeat(20_000), Some(SyntaxErrorKind::TooLarge)),
        ("question marks", "? ".repeat(20_000), Some(SyntaxErrorKind::TooLarge)),
        ("indents", nested(300), Some(SyntaxErrorKind::TooLarge)),
        ("10 MB scalar", "a: ".to_owned() + &"x".repeat(10_000_000), Some(SyntaxErrorKind::TooLarge)),
        ("100,000 keys", (0..100_000).map(|n| format!("k{n}: 1\n")).collect(), Some(SyntaxErrorKind::TooLarge)),
        ("equal keys", "k: 1\n".repeat(12_000), Some(SyntaxErrorKind::DuplicateKey)),
        ("reserved", "k: @x\n".repeat(10_000), None),
        ("open quote", "a: \"x\n".to_owned() + &"y\n".repeat(30_000), None),
        ("open quotes", "a: \"x\n".repeat(10_000), None),
        ("open brackets", "a: [\n".repeat(60), None),
        ("tabs", "\t- a\n".repeat(12_000), None),
        ("apostrophes", "a: 'b' c\n".repeat(7_000), None),
        ("colons", "a: b: c\n".repeat(8_000), None),
        ("full-width colons", "a：b\n".repeat(10_000), None),
        ("texts", "some text\n".repeat(6_000), None),
        ("comments", "a: #1\n".repeat(9_000), None),
        ("smart quotes", "a: “x”\n".repeat(6_000), None),
        ("anchors", "a: &x y\n".repeat(8_000), None),
        ("anchors in a row", "a: ".to_owned() + &"&x ".repeat(20_000) + "@y\n", None),
        ("conflicts", "<<<<<<< a\nx: 1\n=======\nx: 2\n>>>>>>> b\n".repeat(1_500), None),
        ("blanks", " ".repeat(60_000), None),
        ("dedents", (1..300).rev().map(|n| " ".repeat(n) + "a: 1\n").collect(), None),
    ];
    for (name, block, cause) in cases {
        let clock = Clock::start();
        let (_, _, causes) = check(&format!("---\nk: 1\n{block}\n---\nbody\n"));
        let took = clock.seconds();
        println!("{name}: {took} s, {} problems", causes.len());
        assert!(took < 10.0, "{name} took {took} s");
        if let Some(cause) = cause {
            assert!(causes.contains(&cause), "{name}: {:?}", causes.first());
        }
    }
    for page in [
        "+++\na = ".to_owned() + &"[".repeat(100_000) + "\n+++\n",
        "{\"a\": ".to_owned() + &"[".repeat(100_000) + &"]".repeat(100_000) + "}\n",
        "---json\n".to_owned() + &"{\"a\":".repeat(10_000) + "\n---\n",
        "{\"a\": ".repeat(100_000),
    ] {
        let clock = Clock::start();
        check(&page);
        assert!(clock.seconds() < 5.0, "{:?}", &page[..20]);
    }
}
