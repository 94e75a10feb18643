//! What people see: marks under the right cells, true places, and nothing that drives a terminal or a CI runner.

#[path = "common/clock.rs"]
mod clock;

use clock::Clock;
use matterlint::diagnostic::{Diagnostic, Edit, Fix, FixEffect, Label, Level, Omitted};
use matterlint::report::{FileReport, Format, Report, Style, write};
use matterlint::source::{Source, Span};
use unicode_width::UnicodeWidthStr;

#[test]
fn the_mark_is_under_the_marked_cells() {
    let long = "가나다라 마바사 ".repeat(40);
    let cases: Vec<(String, &str)> = vec![
        ("슬라이드 : ( 나중에 올릴게요 )".into(), "나중에 올릴게요"),
        ("資料は後日公開します、未定です。".into(), "未定"),
        ("😀 party 🎉 here".into(), "here"),
        ("👨‍👩‍👧 family ❤️ and 👍🏽 todo".into(), "todo"),
        ("\tindented\tby tabs".into(), "by"),
        ("\u{1112}\u{1161}\u{11ab}글 NFD".into(), "NFD"),
        ("ｆｕｌｌ width 일부".into(), "width"),
        ("e\u{301}te\u{301} now".into(), "now"),
        ("a\u{a0}b\u{1b}[31mc".into(), "c"),
        (format!("{long}표시{long}"), "표시"),
        (format!("{long}끝"), "끝"),
        (format!("처음{long}"), "처음"),
    ];
    for (line, marked) in &cases {
        for width in [60, 80, 120] {
            for label in [None, Some("여기 it is")] {
                let text = format!("앞줄\n{line}\n뒷줄\n");
                let at = text.rfind(marked).expect("the mark is in the text");
                let mut diagnostic = finding(Span::new(at, at + marked.len()));
                diagnostic.label = label.map(String::from);
                let out = full(&text, vec![diagnostic], Style { width, ..Style::default() });
                let (shown, marks) = marked_line(&out, 2);
                assert_eq!(cells(&shown, &marks), *marked, "{width}\n{out}");
                assert!(shown.width() + 5 <= width, "{} cells at {width}\n{out}", shown.width() + 5);
                assert!(out.contains(&format!("[x.md:2:{}]", text[4 + 3..at].chars().count() + 1)), "{out}");
            }
        }
    }
}

#[test]
fn what_cannot_be_seen_is_named_where_it_is_found() {
    let out = full("zero\u{200b}width\n", vec![finding(Span::new(4, 7))], Style::default());
    let (shown, marks) = marked_line(&out, 1);
    assert_eq!(cells(&shown, &marks), "<U+200B>");
}

#[test]
fn an_empty_place_has_a_mark() {
    for (text, at, line) in [("", 0, 1), ("a\n", 2, 2), ("a\nb\n", 1, 1), ("a\nb\n", 2, 2)] {
        let out = full(text, vec![finding(Span::empty(at))], Style::default());
        let (_, marks) = marked_line(&out, line);
        assert_eq!(marks.trim(), "▲", "{out}");
    }
}

#[test]
fn a_whole_block_is_marked_by_its_first_line() {
    let text = "a\n```sh\nls\n```\nb\n";
    let out = full(text, vec![finding(Span::new(2, 14))], Style::default());
    assert_eq!(
        out,
        "  warning[a-rule]: a message\n   ╭─[x.md:2:1]\n 1 │ a\n 2 │ ```sh\n   · ─────\n 3 │ ls\n   ╰────\n\n\
         Found 1 problem (1 warning) in 1 of 1 file.\n"
    );
}

#[test]
fn the_findings_own_place_comes_first() {
    let text = "one\n\n\n\n\n\n\n\nnine\n";
    let mut diagnostic = finding(Span::new(11, 15));
    diagnostic.labels.push(Label { span: Span::new(0, 3), text: "first said here".into() });
    let out = full(text, vec![diagnostic], Style::default());
    let (own, second) = (out.find("[x.md:9:1]"), out.find("[x.md:1:1]"));
    assert!(own.is_some() && own < second, "{out}");
}

#[test]
fn the_fix_is_suggested() {
    let mut diagnostic = finding(Span::new(0, 1));
    diagnostic.help = Some("write it as `b`".into());
    let edits = vec![Edit::replace(diagnostic.span, "b")];
    diagnostic.fix = Some(Fix { title: "put `b`".into(), safe: false, edits, effect: FixEffect::Spelling });
    let out = full("a\n", vec![diagnostic], Style::default());
    assert!(out.contains("  help: write it as `b` (fixable with --fix --unsafe-fixes)\n"), "{out}");
    assert!(out.ends_with("; 1 fixable with --fix --unsafe-fixes.\n"), "{out}");
}

#[test]
fn ascii_frames_when_asked() {
    let style = Style { unicode: false, ..Style::default() };
    let text = format!("{}\n", "word ".repeat(90));
    let out = full(&text, vec![finding(Span::new(200, 204))], style);
    assert!(out.is_ascii(), "{out}");
}

#[test]
fn concise_is_one_line_a_finding() {
    let out = text_of(Format::Concise, "안녕 x\n", vec![finding(Span::new(7, 8))], Style::default());
    assert_eq!(out, "x.md:1:4: warning[a-rule] a message\nFound 1 problem (1 warning) in 1 of 1 file.\n");
    for (safe, mark) in [(true, "[*]"), (false, "[*unsafe]")] {
        let fix = Fix { title: "put `b`".into(), safe, edits: vec![], effect: FixEffect::Spelling };
        let fixable = Diagnostic { fix: Some(fix), ..finding(Span::new(0, 1)) };
        let out = text_of(Format::Concise, "a\n", vec![fixable], Style::default());
        assert!(out.starts_with(&format!("x.md:1:1: warning[a-rule] a message {mark}\n")), "{out}");
    }
    let out = text_of(Format::Concise, "", vec![], Style::default());
    assert_eq!(out, "No problems in 1 file.\n");
}

/// Output minus our own colors has no control but the newline, nothing that turns a line round, and no line that a
/// runner obeys; no line of an excerpt is wider than the terminal; and the same comes out twice.
#[test]
fn strangers_texts_are_harmless() {
    let mut random = Random(7);
    for round in 0..500 {
        let text: String = (0..random.below(60)).map(|_| PIECES[random.below(PIECES.len())]).collect();
        let span = |random: &mut Random| {
            let (a, b) = (random.below(text.len() + 1), random.below(text.len() + 1));
            Span::new(a.min(b), a.max(b))
        };
        let phrase = |random: &mut Random| PIECES[random.below(PIECES.len())].repeat(1 + random.below(5));
        let diagnostic = Diagnostic {
            message: phrase(&mut random),
            label: Some(phrase(&mut random)),
            also_at: vec![],
            pages: None,
            labels: vec![Label { span: span(&mut random), text: phrase(&mut random) }],
            help: Some(phrase(&mut random)),
            fix: Some(Fix { title: phrase(&mut random), safe: true, edits: vec![], effect: FixEffect::Spelling }),
            ..finding(span(&mut random))
        };
        let path = format!("{}.md", phrase(&mut random));
        let style =
            Style { width: 40 + random.below(100), color: round % 2 == 0, unicode: round % 3 != 0, summary: true };
        for (word, format) in Format::WORDS {
            let report = Report {
                files: vec![FileReport {
                    source: Source::new(path.clone(), text.clone().into_bytes()),
                    diagnostics: vec![diagnostic.clone()],
                    omitted: Omitted::default(),
                }],
                checked: 1,
                ..Report::default()
            };
            let out = render(*format, &report, style);
            assert_eq!(out, render(*format, &report, style));
            let plain = without_colors(&out);
            let bad = plain.chars().find(|&c| c != '\n' && (c.is_control() || turns(c)));
            assert_eq!(bad, None, "{word}: {plain:?}");
            if *format == Format::Full {
                let wide = plain.lines().find(|line| is_excerpt(line) && line.width() > style.width);
                assert_eq!(wide, None, "at {}", style.width);
            }
            if !matches!(format, Format::Github | Format::Azure) {
                let obeyed = plain.lines().find(|line| is_command(line));
                assert_eq!(obeyed, None, "{word}: {plain:?}");
            }
        }
    }
}

const PIECES: &[&str] = &[
    "\u{1b}[31m",
    "\u{1b}]0;title\u{7}",
    "\u{1b}]8;;http://x\u{1b}\\",
    "\u{202e}",
    "\u{2066}",
    "\u{200e}",
    "\0",
    "\u{2028}",
    "\u{85}",
    "\u{9b}",
    "\r",
    "\r\n",
    "\n",
    "\t",
    "👨‍👩‍👧",
    "❤️",
    "\u{1112}\u{1161}\u{11ab}",
    "ｆｕｌｌ",
    "한글",
    "日本",
    "a b",
    "::error::x",
    "::",
    "##[set-output name=x]",
    "##vso[task.x]y",
    "##teamcity[z]",
    "##",
    "[",
    "\u{200b}",
    "\u{fe0f}",
    "#",
    ":",
    "\u{301}",
    "\u{feff}",
    "\u{ffff}",
    "]]>",
    "<a b='c'>&",
    "%0A",
    "\"",
    "\\",
    " ",
    "word ",
];

/// Ten thousand findings in 900 kB, on many lines and all on one: time grows with neither.
#[test]
fn many_findings_in_a_large_file() {
    for end in ["\n", " "] {
        let text = format!(
            "슬라이드 : ( 나중에 ) and then some more words of text in a line, like so, on and on it goes{end}"
        )
        .repeat(9000);
        let diagnostics: Vec<_> = (0..10_000).map(|n| text.floor_char_boundary(n * text.len() / 10_001)).collect();
        let diagnostics =
            diagnostics.into_iter().map(|at| finding(Span::new(at, text.ceil_char_boundary(at + 9)))).collect();
        let report = report(&text, diagnostics);
        for format in [Format::Full, Format::Concise, Format::Json, Format::Sarif] {
            let clock = Clock::start();
            let out = render(format, &report, Style::default());
            let took = clock.seconds();
            assert!(out.len() > 300_000, "{format:?}");
            assert!(took < 10.0, "{format:?} took {took} s");
        }
    }
}

fn finding(span: Span) -> Diagnostic {
    Diagnostic {
        rule: "a-rule".into(),
        level: Level::Warning,
        message: "a message".into(),
        span,
        label: None,
        also_at: vec![],
        pages: None,
        labels: vec![],
        help: None,
        fix: None,
    }
}

fn report(text: &str, diagnostics: Vec<Diagnostic>) -> Report {
    let source = Source::new("x.md", text.as_bytes().to_vec());
    Report {
        files: vec![FileReport { source, diagnostics, omitted: Omitted::default() }],
        checked: 1,
        ..Report::default()
    }
}

fn render(format: Format, report: &Report, style: Style) -> String {
    let mut out = Vec::new();
    write(format, &mut out, report, &style).expect("a vector can be written to");
    String::from_utf8(out).expect("output is UTF-8")
}

fn text_of(format: Format, text: &str, diagnostics: Vec<Diagnostic>, style: Style) -> String {
    render(format, &report(text, diagnostics), style)
}

fn full(text: &str, diagnostics: Vec<Diagnostic>, style: Style) -> String {
    text_of(Format::Full, text, diagnostics, style)
}

/// The text shown of a line, and the line of marks below it.
fn marked_line(out: &str, number: usize) -> (String, String) {
    let lines: Vec<&str> = out.lines().collect();
    let start = format!(" {number} │");
    let at =
        lines.iter().position(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no line {number}\n{out}"));
    let strip = |line: &str, edge: char| line.split_once(edge).expect("a frame").1.get(1..).unwrap_or("").to_owned();
    (strip(lines[at], '│'), strip(lines[at + 1], '·'))
}

/// The text in the cells that have a mark below.
fn cells(shown: &str, marks: &str) -> String {
    let from = marks.chars().take_while(|&c| c == ' ').count();
    let to = marks.trim_end().chars().count();
    let mut cell = 0;
    let mut out = String::new();
    for c in shown.chars() {
        let width = c.to_string().width();
        if cell >= from && cell + width <= to && (width > 0 || !out.is_empty()) {
            out.push(c);
        }
        cell += width;
    }
    out
}

fn without_colors(out: &str) -> String {
    let mut plain = String::new();
    let mut rest = out;
    while let Some(at) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..at]);
        let code = &rest[at + 2..];
        let end = code.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(code.len());
        if code[end..].starts_with('m') {
            rest = &code[end + 1..];
        } else {
            plain.push('\u{1b}');
            rest = code;
        }
    }
    plain + rest
}

fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// ` 22 │ …`
fn is_excerpt(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let numbered = words.next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    numbered && matches!(words.next(), Some("│" | "|"))
}

/// As the runners look for commands: `ActionCommand.TryParse` and `TryParseV2` of GitHub's, and the like of others.
fn is_command(line: &str) -> bool {
    let first_form = line.find("##[").is_some_and(|at| line[at..].contains(']'));
    let trimmed = line.trim_start();
    let second_form = trimmed.strip_prefix("::").is_some_and(|rest| rest.contains("::"));
    first_form || second_form || line.contains("##vso[") || line.contains("##teamcity[")
}

/// A fixed sequence: the same texts in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }
}
