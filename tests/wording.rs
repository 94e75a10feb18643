//! The wording of everything that a person reads: plain technical English, American spelling, the terms of the field.

#[path = "common/pages.rs"]
mod pages;

use pages::{ROOT_PAGES, line_of, pages_in, printed_by, prose, read};
use regex::Regex;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// A pattern, in which a space matches any white space; what to write instead; a sentence that it must find.
type Forbidden = (&'static str, &'static str, &'static str);

const FORBIDDEN: &[Forbidden] = &[
    // Words with a term of their own in the field.
    (r"\bno-break\b", "non-breaking", "a no-break space"),
    (r"\bblanks?\b", "space", "a blank before the comma"),
    (r"\bmend(s|ed|ing)?\b", "fix", "the value is mended"),
    (r"\b(un)?told\b", "reported", "nothing is told of it"),
    (r"\b(rules?|checks?|linter|it) tells?\b", "report", "the rule tells of slips"),
    (r"\b(speaks?|spoke)\b", "report", "the rule speaks on this page"),
    (r"\b(rule|check|config|schema|page) says\b", "report, define", "what the config says"),
    (
        r"\b(known finding|findings? of today|findings? (is|are) known)\b",
        "existing finding, baseline",
        "2 findings are known",
    ),
    (r"\bheed(s|ed|ing)?\b", "use", "this key is heeded"),
    (r"\bread as\b", "interpreted as, parsed as", "it is read as a number"),
    (r"\btak(es?|en|ing) (it |this |that |them |\w+ )?for\b", "interpret as, treat as", "YAML takes it for a comment"),
    (r"\bslips?\b", "typo", "a slip in a field"),
    (r"\b(is|are|stands?) there (twice|already)\b", "appears twice, duplicate", "the key is there twice"),
    (r"\bagreed on\b", "allowed", "the values agreed on"),
    (r"\ba text\b", "a string", "the value is a text"),
    (r"\btexts\b", "strings", "a list of texts"),
    (r"\b(a|the|this|that|its|which) maps?\b", "a mapping", "the value is a map"),
    (r"\baddress(es)?\b", "URL, permalink, link destination", "the address of the page"),
    (r"\brule across the page\b", "thematic break", "a rule across the page"),
    (r"\bfences?( of code)?\b", "code fence, code block, delimiter", "a fence of code"),
    (r"\b(upper|up) and lower case\b", "case, capitalization", "but for upper and lower case"),
    (r"\bout of date\b", "deprecated", "the field is out of date"),
    (r"\bswitch(es|ed|ing)? (\w+ ){0,3}off\b", "disable", "this switches the rule off"),
    (r"\bthe switch(es)?\b", "disable comment", "the switches of a page"),
    (r"\bleast level\b", "minimum level", "the least level that fails"),
    (r"\bleftovers?\b", "placeholder text", "the usual leftovers"),
    (r"\b(leads?|led|leading) (to|out|nowhere|through|into)\b", "links to, causes", "the link leads to a page"),
    (r"\bthere (is|are) no [^.]{0,40}\bhere\b", "missing …", "there is no field `x` here"),
    (r"\bwhat holds\b", "name the thing", "this is what holds"),
    (r"\bright of (read|told)\b", "precision", "right of told"),
    (r"\bthe (floor|bar)s?\b", "baseline cost, target", "below the bar"),
    (r"\bone's own\b", "custom", "rules of one's own"),
    (r"\bof (your|its|their) own\b[^ ]", "custom", "a rule of your own."),
    (r"\bbeside\b", "next to, in the same directory", "the file beside it"),
    (r"\b(mis)?spelt\b", "spelled", "a misspelt word"),
    // Phrases of the former style.
    (r"\bway out\b", "help, fix", "the way out is shown"),
    (r"\bfaults? of ours\b", "bug", "a fault of ours"),
    (r"\bfor sure\b", "safe", "what can be fixed for sure"),
    (r"\bin vain\b", "without a result", "it is looked for in vain"),
    (r"\bits kin\b", "similar", "the line comment and its kin"),
    (r"\bcan't be had\b", "isn't available", "the list can't be had"),
    (r"\bthat (is|are) none\b", "invalid", "a date that is none"),
    (r"\b(takes?|took) (it|them|one|this|that) out\b", "remove", "take it out"),
    (r"\bput (it |them |\w+ )?in quotes\b", "quote", "put it in quotes"),
    (r"\bone a (line|page|rule|file|run)\b", "one per …", "one a line"),
    (r"\b(lies?|lay) (in|there|here|below|above|inside|outside)\b", "is in", "the file lies in a folder"),
    (
        r"\bstands? (in|at|on|there|here|before|behind|alone|under|right|below|above|between|twice)\b",
        "is",
        "it stands in the text",
    ),
    // American spelling.
    (r"\b\w*(colour|behaviour|favour|neighbour|flavour|honour|labour)\w*\b", "-or", "when to colour"),
    (
        r"\b(un)?(normal|recogn|organ|optim|minim|maxim|initial|serial|summar|character|special|custom|capital|real|general|categor|penal|prior|synchron|util|visual|author|emphas)is(e[sdr]?|ing|ations?)\b",
        "-ize",
        "it is recognised",
    ),
    (
        r"\b(analyse|catalogue|artefact|judgement|grey|licence|centre|whilst|amongst|programme)[sd]?\b",
        "American spelling",
        "the licence",
    ),
    (r"\b(label|cancel|model|travel|signal)l(ed|ing)\b", "-led, -ing with one l", "a labelled span"),
    // Tone.
    (r"\w!(\s|$)", "no exclamation marks", "It works!"),
    (r"\b(sorry|unfortunately|please note|simply|obviously)\b", "leave it out", "Unfortunately, it fails"),
];

/// What is right although a pattern finds it: the phrase, in which a space matches any white space, and why.
const ALLOWED: &[(&str, &str)] = &[
    (r"\b(non)?blank lines?\b", "a line without text is a blank line"),
    (r"\b(is|isn't|are|aren't|not) blank\b", "of a line"),
    (r"\b(email|IP|MAC|browser|reader's) address(es)?( bar)?\b", "no URL"),
    (r"\baddress bar\b", "no URL"),
    (r"\b(un)?closed (code )?fences?\b|\b(code|longer) fences?\b|\bfenced code\b", "the terms of CommonMark"),
    (r"\bleftover-(placeholder|instruction)\b", "names of rules"),
];

static PATTERNS: LazyLock<Vec<(Regex, &'static str)>> =
    LazyLock::new(|| FORBIDDEN.iter().map(|(pattern, instead, _)| (compiled(pattern), *instead)).collect());

static EXCEPTIONS: LazyLock<Vec<Regex>> =
    LazyLock::new(|| ALLOWED.iter().map(|(pattern, _)| compiled(pattern)).collect());

fn compiled(pattern: &str) -> Regex {
    let pattern = format!("(?i){}", pattern.replace(' ', r"\s+"));
    Regex::new(&pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Everything in `text` that should be worded differently: the byte offset, the words, and what to write instead.
fn faults(text: &str) -> Vec<(usize, String, &'static str)> {
    let allowed: Vec<_> =
        EXCEPTIONS.iter().flat_map(|exception| exception.find_iter(text)).map(|m| m.range()).collect();
    let is_allowed = |range: &Range<usize>| allowed.iter().any(|one| one.start <= range.start && range.end <= one.end);
    let mut faults = Vec::new();
    for (pattern, instead) in PATTERNS.iter() {
        for found in pattern.find_iter(text).filter(|found| !is_allowed(&found.range())) {
            let words = found.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
            faults.push((found.start(), words, *instead));
        }
    }
    faults.sort();
    faults
}

/// Fails with all faults in these texts, each under its name.
fn hold(texts: impl IntoIterator<Item = (String, String)>) {
    let mut lines = Vec::new();
    for (name, text) in texts {
        for (at, words, instead) in faults(&text) {
            lines.push(format!("{name}:{}: “{words}” → {instead}", line_of(&text, at)));
        }
    }
    assert!(lines.is_empty(), "{} places:\n{}", lines.len(), lines.join("\n"));
}

/// A page with its name; code, destinations, and metadata masked.
fn page(path: impl AsRef<Path>) -> (String, String) {
    let path = path.as_ref();
    (path.display().to_string(), prose(&read(path)))
}

#[test]
fn planted_sentences_are_caught() {
    for (pattern, _, sentence) in FORBIDDEN {
        assert!(compiled(pattern).is_match(sentence), "{pattern} misses {sentence:?}");
        assert!(!faults(sentence).is_empty(), "an exception allows {sentence:?}");
    }
    for sentence in [
        "A blank line ends the paragraph, and a line that isn't blank starts one.",
        "An unclosed code fence swallows the rest of the page.",
        "`leftover-placeholder` and leftover-instruction report placeholder text.",
        "The email address of the author is required.",
        "The next line is 80 characters long and has the same color.",
    ] {
        assert_eq!(faults(&prose(sentence)), [], "{sentence}");
    }
    assert_eq!(faults("a value\nagreed\n  on").len(), 1, "across lines");
    assert_eq!(faults(&prose("The key `a text` and\n\n```\na slip\n```\n")), [], "code isn't prose");
}

#[test]
fn every_exception_is_needed() {
    for (pattern, reason) in ALLOWED {
        assert!(!reason.is_empty());
        let exception = compiled(pattern);
        let overlaps = |text: &str| {
            exception.find_iter(text).any(|found| PATTERNS.iter().any(|(one, _)| one.is_match(found.as_str())))
        };
        let examples = [
            "a blank line",
            "is blank",
            "an email address",
            "the address bar",
            "an unclosed code fence",
            "leftover-placeholder",
        ];
        assert!(examples.iter().any(|text| overlaps(text)), "{pattern} allows nothing that is forbidden");
    }
}

#[test]
fn the_documentation_is_worded_plainly() {
    let root = ROOT_PAGES.iter().filter(|page| **page != "CONTRIBUTING.md").map(PathBuf::from);
    hold(root.chain(pages_in("docs")).map(page));
}

#[test]
fn the_metadata_of_hooks_and_actions_is_worded_plainly() {
    hold(["action.yml", ".pre-commit-hooks.yaml"].map(|path| (path.to_owned(), read(path))));
}

#[test]
fn the_guide_for_contributors_is_worded_plainly() {
    hold([page("CONTRIBUTING.md")]);
}

#[test]
fn the_pages_of_rules_are_worded_plainly() {
    let pages: Vec<PathBuf> =
        pages_in("rules").into_iter().chain([PathBuf::from("rules/commands/README.md")]).collect();
    // The metadata is masked in the page; its words for people are held to the same.
    let worded = Regex::new(r"(?m)^\s*(summary|message|help|label): .*$").expect("a pattern");
    let head = |path: &PathBuf| {
        let text = read(path);
        let end = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---")).unwrap_or(0);
        let words = |line: &str| if worded.is_match(line) { line.to_owned() } else { String::new() };
        let lines: Vec<String> = text[..end].lines().map(words).collect();
        (path.display().to_string(), lines.join("\n"))
    };
    hold(pages.iter().map(page).chain(pages.iter().map(head)));
}

#[test]
fn the_help_of_the_command_line_is_worded_plainly() {
    let help = printed_by(&["help"]);
    let section = help.split("Commands:\n").nth(1).and_then(|text| text.split("\n\n").next()).expect("the commands");
    let commands = section.lines().filter_map(|line| line.split_whitespace().next()).filter(|word| *word != "help");
    let long = commands.map(|command| (format!("matterlint help {command}"), printed_by(&["help", command])));
    hold(std::iter::once(("matterlint help".to_owned(), help.clone())).chain(long));
}

#[test]
fn the_messages_are_worded_plainly() {
    let mut texts = Vec::new();
    for dir in ["src/checks", "src/config", "src/cli", "src/report", "src/lsp"] {
        for path in sources(Path::new(dir)) {
            let text = read(&path);
            texts.push((path.display().to_string(), masked_but_for_sentences(&text)));
        }
    }
    assert!(texts.len() > 50, "the sources moved");
    hold(texts);
}

/// What is right in a comment although it isn't in the documentation: terms of Rust, of parsers, and of `CommonMark`.
const ALLOWED_IN_COMMENTS: &[&str] =
    &["text", "texts", "map", "maps", "fence", "fences", "fences of code", "lead to", "leads to", "address", "own"];

#[test]
fn comments_are_worded_plainly() {
    let mut lines = Vec::new();
    let mut comments = 0;
    for path in ["src", "tests"].iter().flat_map(|dir| sources(Path::new(dir))) {
        if path.ends_with("tests/wording.rs") {
            continue;
        }
        for (number, line) in read(&path).lines().enumerate() {
            let line = line.trim_start();
            if !line.starts_with("//") {
                continue;
            }
            comments += 1;
            for (_, words, instead) in faults(&without_code(line)) {
                let last = words.trim_end_matches(['.', ',', ';', ':']).rsplit(' ').next().unwrap_or_default();
                if !ALLOWED_IN_COMMENTS.contains(&last) && !ALLOWED_IN_COMMENTS.contains(&&*words.to_lowercase()) {
                    lines.push(format!("{}:{}: “{words}” → {instead}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(comments > 3000, "only {comments} comments were found");
    assert!(lines.is_empty(), "{} places:\n{}", lines.len(), lines.join("\n"));
}

#[test]
fn only_string_literals_outside_of_tests_are_messages() {
    let source = r##"
//! A slip in a comment /* and */ "a text" in it.
const A: &str = "a slip here"; // "a slip"
/* "a slip" /* nested "a slip" */ */
fn f<'a>(x: &'a str, c: char) -> bool { c == '"' || x == r#"a "quoted" slip"# || x == b"raw a slip" || x == "word" }
let escaped = "a \"slip\" \
    over lines";
let pattern = Regex::new(r"\bslip\b a");
#[cfg(test)]
mod tests {
    const B: &str = "a slip } in a test";
    fn g() { if true { h("{ a slip") } }
}
const C: &str = "another slip";
"##;
    let masked = masked_but_for_sentences(source);
    assert_eq!(masked.len(), source.len(), "offsets stay valid");
    let lines: Vec<usize> = faults(&masked).into_iter().map(|(at, ..)| line_of(source, at)).collect();
    assert_eq!(lines, [3, 5, 5, 6, 14], "{masked}");
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "testing.rs" {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Rust source in which everything but sentences is masked: string literals with a space, outside of comments, test
/// modules, and regular expressions. What is in backticks inside a sentence is code, and masked too.
fn masked_but_for_sentences(source: &str) -> String {
    let mut masked: Vec<u8> = source.bytes().map(|byte| if byte == b'\n' { b'\n' } else { b' ' }).collect();
    let bytes = source.as_bytes();
    let (mut at, mut test_from, mut depth) = (0, None, 0_usize);
    while at < bytes.len() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("/*") {
            at += comment_length(rest);
        } else if let Some(literal) = literal(source, at) {
            let text = &source[literal.text.clone()];
            if test_from.is_none() && text.trim().contains(' ') && !is_regex(source, at, text) {
                masked[literal.text].copy_from_slice(without_code(text).as_bytes());
            }
            at = literal.end;
        } else if let Some(length) = char_length(rest) {
            at += length;
        } else {
            if rest.starts_with("#[cfg(test)]") && test_from.is_none() {
                let item = rest["#[cfg(test)]".len()..].trim_start();
                if item.starts_with("mod ")
                    && item.find('{').is_some_and(|brace| item.find(';').is_none_or(|end| brace < end))
                {
                    test_from = Some(depth);
                }
            }
            match bytes[at] {
                b'{' => depth += 1,
                b'}' => {
                    depth = depth.saturating_sub(1);
                    test_from = test_from.filter(|from| *from != depth);
                }
                _ => {}
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    String::from_utf8(masked).expect("whole literals are kept")
}

/// Block comments nest.
fn comment_length(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if rest.starts_with("*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// A string literal: where its text is, and where it ends with its quote.
struct Literal {
    text: Range<usize>,
    end: usize,
}

/// The string literal that begins at `at`.
fn literal(source: &str, at: usize) -> Option<Literal> {
    let rest = &source[at..];
    let plain = rest.strip_prefix(['b', 'c']).unwrap_or(rest);
    let has_prefix = plain.len() < rest.len() || plain.starts_with('r');
    if has_prefix && source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let start = at + rest.len() - plain.len();
    if let Some(raw) = plain.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let open = start + 1 + hashes + 1;
        raw[hashes..].strip_prefix('"')?;
        let length = source[open..].find(&format!("\"{}", "#".repeat(hashes)))?;
        return Some(Literal { text: open..open + length, end: open + length + 1 + hashes });
    }
    plain.strip_prefix('"')?;
    let mut escaped = false;
    let length = source[start + 1..].find(|c: char| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some(Literal { text: start + 1..start + 1 + length, end: start + 2 + length })
}

/// The length of a character literal; none for a lifetime.
fn char_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let skip = escape.chars().next().map_or(0, char::len_utf8);
        return escape[skip..].find('\'').map(|end| 2 + skip + end + 1);
    }
    let c = inside.chars().next()?;
    inside[c.len_utf8()..].starts_with('\'').then(|| 2 + c.len_utf8())
}

/// Whether a literal is no sentence but a pattern: a raw one with an escape, or an argument of `Regex` and `Pattern`.
fn is_regex(source: &str, at: usize, text: &str) -> bool {
    let before = source[..at].trim_end();
    let is_raw = source[at..].starts_with('r');
    is_raw && text.contains('\\') || before.ends_with("Regex::new(") || before.ends_with("Pattern::new(")
}

/// A sentence with what is in backticks masked. An escaped quote or line break becomes a space.
fn without_code(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut code = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        code ^= c == '`';
        match c {
            '\\' => {
                masked.push(' ');
                if let Some(escaped) = chars.next() {
                    masked.push_str(&if escaped == '\n' { "\n".to_owned() } else { " ".repeat(escaped.len_utf8()) });
                }
            }
            '\n' => masked.push('\n'),
            c if code && c != '`' => masked.push_str(&"x".repeat(c.len_utf8())),
            c => masked.push(c),
        }
    }
    masked
}
