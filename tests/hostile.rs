//! Pages made to take long: every default rule and the formats that show most end in a time that grows with the page, not
//! with its square.

mod common;

use common::clock::Clock;
use common::matterlint;

/// How often a part is repeated in a page; an unoptimized build gets fewer.
const MANY: usize = if cfg!(debug_assertions) { 1_000 } else { 10_000 };

/// Ten times what the slowest takes in a release build on the machine this was written on; what was fixed here took
/// up to 30 seconds with so many parts, or had no end.
const SECONDS: f64 = if cfg!(debug_assertions) { 4.0 } else { 1.0 };

fn pages() -> Vec<(&'static str, String)> {
    let many = |part: &str| part.repeat(MANY);
    let each = |part: fn(usize) -> String| (0..MANY).map(part).collect::<String>();
    let front = |part: &str| format!("---\n{}---\n\nText.\n", part.repeat(60_000 / part.len()));
    let fenced = |lines: String| format!("```sh\n{lines}```\n");
    vec![
        ("places that aren't there", each(|n| format!("# Title {n}\n\n[a](#titel-{n})\n\n"))),
        ("ids that aren't meant", each(|n| format!("<a id=\"x{n}\"></a>\n\n[a](#y{n})\n\n"))),
        ("a long heading", format!("# {0} 🦀\n\n[b](#{0}b)\n", many("abcdefghij"))),
        ("headings in HTML that never end", format!("<div>\n{}\n\n[a](#b)\n", many("<h"))),
        ("ids that never end", format!("<div {}\n\n[a](#b)\n", many("id="))),
        ("typos in one line", many("`git sttaus` ")),
        ("typos, each another", each(|n| format!("`aws s3 ls --regoin{n} x`\n\n"))),
        ("equal typos", fenced(many("aws s3 ls --regoin x\n"))),
        ("commands nobody knows", fenced(each(|n| format!("git sttaus{n}\n")))),
        ("announcements", many("see the image below\n\n")),
        ("disable comments and what they suppress", {
            many("<!-- matterlint-disable-next-line leftover-placeholder: x -->\nTODO: a\n\n")
        }),
        ("disable comments without an end", many("<!-- matterlint-disable empty-link: x -->\n\n")),
        ("disable comments and blank lines", {
            many("<!-- matterlint-disable-next-line empty-link: x --> ") + &many("\n\n\n\n") + "TODO: a\n"
        }),
        ("sides of no conflict", many("<<<<<<< HEAD\n\n")),
        ("open fences", many("> ```\n\n")),
        ("findings in one line", many("the the ")),
        ("links in one line", many("[a]() ")),
        ("characters that can't be seen", front("k: a\u{200b}b\n")),
        ("equal keys", front("k: 1\n")),
        ("equal keys in TOML", format!("+++\n{}+++\n", "a = 1\n".repeat(10_000))),
        ("equal keys in JSON", format!("{{{}\"a\":1}}\n\nText.\n", "\"a\":1,".repeat(10_000))),
        ("aliases of nothing", front("a: *b\n")),
        ("tags of nothing", front("a: !b c\n")),
        ("commands with options that aren't", fenced(each(|n| format!("docker run --nam{n} x\n")))),
        ("commands with typographic dashes", fenced(each(|n| format!("aws s3 \u{2013}regio{n} x\n")))),
        ("links to pages", each(|n| format!("[a](b{n}.md) [c][r{n}]\n\n[r{n}]: d{n}.md\n\n"))),
        ("references in one line", many("[a][b]")),
        ("footnotes", each(|n| format!("a[^{n}] [^x{n}]\n\n[^{n}]: b\n\n"))),
        ("rows of a table", format!("|a|b|\n|-|-|\n{}", many("|[x]()|TODO|\n"))),
        ("cells in one row", format!("|{0}\n|{1}\n|{0}\n", many("a|"), many("-|"))),
        ("emphasis", many("*a **b ")),
        ("closed emphasis", many("**( a )** _b_ ")),
        ("quotes", format!("{} a\n", ">".repeat(MANY.min(2000)))),
        ("lists in lists", (0..MANY.min(500)).map(|n| format!("{}- a\n", "  ".repeat(n))).collect()),
        ("long headings", many(&format!("# {}\n\n", "heading of a page ".repeat(20)))),
        ("equal headings", many("# Title\n\n[a](#title-1)\n\n")),
        ("HTML", many("<div class=\"a\"><a href=\"\">b</a>\n\n")),
        ("HTML in one line", many("<b><i a='")),
        ("comments that never end", many("<!-- a ")),
        (
            "typos of fields",
            format!("---\n{}---\n\nText.\n", (0..2000).map(|n| format!("titl{n}: x\n")).collect::<String>()),
        ),
        (
            "tags",
            format!(
                "---\ntags: [{}]\n---\n\nText.\n",
                (0..5000).map(|n| format!("tag{n}, Tag {n}, ")).collect::<String>()
            ),
        ),
        ("misspelt words", each(|n| format!("the recieve and Recieve you are seperate{n} "))),
        ("misspelt words and code", many("`recieve` you are the comit ")),
        ("images", each(|n| format!("![](a{n}.png)\n\n"))),
        ("bare addresses", each(|n| format!("https://example.com/{n}? "))),
        ("code that never ends", each(|n| format!("{}a ", "`".repeat(n % 60 + 1)))),
        ("liquid that never ends", many("{% if a %}{{ b ")),
        ("shortcodes that never end", many("{{< a \"b ")),
        ("JSX that never ends", many("<A b={{c: [")),
        ("escapes of nothing", format!("+++\na = \"{}\"\n+++\n", "\\d".repeat(30_000))),
    ]
}

#[test]
fn hostile_pages_end_soon() {
    for (name, page) in pages() {
        for format in ["full", "json"] {
            let clock = Clock::start();
            let run = matterlint(&["check", "-", "--isolated", "--format", format], &page);
            let took = clock.seconds();
            assert!(run.status < 2, "{name}: {}", run.stderr);
            assert!(took < SECONDS, "{name} took {took} s as {format}");
        }
    }
}
