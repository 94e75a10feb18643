//! Smart punctuation in a command: dashes, quotation marks and spaces from a word processor that no shell understands.

use crate::checks::check::{Check, Context};
use crate::checks::commands::programs::Programs;
use crate::checks::commands::script;
use crate::checks::commands::script::Language;
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{CodeBlock, InlineKind};
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;
use std::sync::LazyLock;

/// Options: further programs whose commands are checked.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct SmartPunctuationInCommand {
    /// Programs that start a command, in addition to those with a grammar.
    programs: Vec<String>,
    #[serde(skip)]
    known: Programs,
}

impl Default for SmartPunctuationInCommand {
    fn default() -> Self {
        Self { programs: COMMON_PROGRAMS.iter().map(|&name| name.to_owned()).collect(), known: Programs::default() }
    }
}

/// Common programs without a grammar.
const COMMON_PROGRAMS: [&str; 60] = [
    "ansible",
    "awk",
    "bundle",
    "cat",
    "cd",
    "chmod",
    "chown",
    "composer",
    "conda",
    "cp",
    "dnf",
    "docker-compose",
    "dotnet",
    "echo",
    "export",
    "find",
    "gem",
    "go",
    "gpg",
    "gradle",
    "grep",
    "gulp",
    "java",
    "kill",
    "kustomize",
    "ln",
    "ls",
    "make",
    "minikube",
    "mkdir",
    "mount",
    "mv",
    "mvn",
    "mysql",
    "node",
    "npx",
    "openssl",
    "perl",
    "php",
    "ping",
    "podman",
    "psql",
    "ps",
    "python",
    "python3",
    "rails",
    "rm",
    "rsync",
    "ruby",
    "rustup",
    "scp",
    "sed",
    "ssh-keygen",
    "sudo",
    "tar",
    "touch",
    "unzip",
    "wget",
    "yum",
    "zip",
];

/// The maximum number of findings in a file. Each costs a search of a grammar.
const MAX_FINDINGS: usize = 1_000;

/// A typographic character in a command.
struct TypographicCharacter {
    /// What was most likely typed.
    plain: &'static str,
    /// Its name.
    name: &'static str,
    /// Whether nothing else can be meant.
    safe: bool,
}

/// Whether the program has an option, by its dashes and its name; none if the program isn't known.
type OptionLookup<'a> = dyn Fn(&str, &str) -> Option<bool> + 'a;

impl Check for SmartPunctuationInCommand {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for code in &cx.doc.body.code {
            let language = Language::from_info(cx.doc.slice(code.info));
            if language == Language::Other || !is_suspicious(cx.doc.slice(code.span)) || is_dockerfile(cx.doc, code) {
                continue;
            }
            script::commands(cx.doc, code, language, |command| {
                let Some((first, last)) = command.words.first().zip(command.words.last()) else { return };
                // `mysql>` is a prompt, but not of a shell.
                let prompt = cx.doc.source.text()[first.span.end..].starts_with('>');
                let likely = command.certain || starts_line(cx.doc, first.span);
                if likely && !prompt && self.starts_command(&first.text) {
                    self.check_command(cx.doc, code, first.span.join(last.span), command.certain, found);
                }
            });
        }
        self.inline_code(cx.doc, found);
    }
}

/// Docker allows spaces after the `\` of a continuation.
fn is_dockerfile(doc: &Document<'_>, code: &CodeBlock) -> bool {
    let mut written = code.lines.iter().map(|line| doc.slice(*line)).filter(|line| !line.trim().is_empty());
    written.next().is_some_and(|first| first.starts_with("FROM "))
}

/// Whether nothing but a wrapper precedes a word on its line; elsewhere `echo` may belong to another language.
fn starts_line(doc: &Document<'_>, word: Span) -> bool {
    let before = &doc.source.text()[..word.start];
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    !line.contains(['(', '{', ')', '}'])
}

/// The UTF-8 prefixes of everything that [`typographic_character`] reports: non-breaking space, soft hyphen, the block
/// of general punctuation, minus sign, ideographic space, byte-order mark. Also a backslash before a space.
const SUSPICIOUS_BYTES: [&[u8]; 9] = [
    b"\xc2\xa0",
    b"\xc2\xad",
    b"\xe2\x80",
    b"\xe2\x81",
    b"\xe2\x88\x92",
    b"\xe3\x80\x80",
    b"\xef\xbb\xbf",
    b"\\ ",
    b"\\\t",
];

/// Whether a text may have such a character; few code blocks do.
fn is_suspicious(text: &str) -> bool {
    static SEARCH: LazyLock<LiteralSet> = LazyLock::new(|| LiteralSet::new(SUSPICIOUS_BYTES));
    SEARCH.find_iter(text).next().is_some()
}

impl SmartPunctuationInCommand {
    /// Checks inline code that is a command: a known program with one of its subcommands, or with an option.
    fn inline_code(&self, doc: &Document<'_>, found: &mut Findings) {
        if doc.source.is_ascii() {
            return;
        }
        for piece in doc.body.inlines.iter().filter(|piece| piece.kind == InlineKind::Code) {
            let raw = doc.slice(piece.span);
            if raw.is_ascii() || !raw.starts_with('`') || !is_suspicious(raw) {
                continue;
            }
            let ticks = raw.len() - raw.trim_start_matches('`').len();
            let inner = Span::new(piece.span.start + ticks, piece.span.end - ticks.min(raw.len() - ticks));
            let written = doc.slice(inner).trim();
            let start = inner.start + doc.slice(inner).len() - doc.slice(inner).trim_start().len();
            let command = written.strip_prefix("$ ").or_else(|| written.strip_prefix("sudo ")).unwrap_or(written);
            let span = Span::new(start + written.len() - command.len(), start + written.len());
            let mut words = command.split([' ', '\t', '\u{a0}', '\u{3000}']).filter(|word| !word.is_empty());
            let (Some(program), Some(next)) = (words.next(), words.next()) else { continue };
            if self.starts_command(program) && self.continues_command(program, next) {
                self.check_line(doc, span, program, true, found);
            }
        }
    }

    /// Whether `next` can follow `program` in a command, rather than in a sentence.
    fn continues_command(&self, program: &str, next: &str) -> bool {
        let is_option = next
            .starts_with(['-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2212}'])
            && next.chars().nth(1).is_some_and(|c| c.is_ascii_alphanumeric() || c == '-');
        match self.known.find(program) {
            Some(root) if root.has_subcommands() => is_option || root.subcommand(next).is_some(),
            _ => true,
        }
    }

    fn starts_command(&self, word: &str) -> bool {
        let name = word.split(|c: char| !c.is_ascii()).next().unwrap_or_default();
        self.known.names().any(|known| known == name) || self.programs.iter().any(|known| known == name)
    }

    fn check_command(&self, doc: &Document<'_>, code: &CodeBlock, command: Span, certain: bool, found: &mut Findings) {
        let program = doc.slice(command).split([' ', '\t', '\u{a0}']).next().unwrap_or_default();
        let first = code.lines.partition_point(|line| line.end <= command.start);
        for (index, line) in code.lines.iter().enumerate().skip(first).take_while(|(_, line)| line.start < command.end)
        {
            let part = Span::new(line.start.max(command.start), line.end.min(command.end));
            self.check_line(doc, part, program, certain, found);
            if certain && index + 1 < code.lines.len() {
                space_after_continuation(doc, Span::new(part.start, line.end), found);
            }
        }
    }

    /// Reports the characters of one line, one finding for each name.
    fn check_line(&self, doc: &Document<'_>, part: Span, program: &str, certain: bool, found: &mut Findings) {
        let text = doc.slice(part);
        if text.is_ascii() || found.len() >= MAX_FINDINGS {
            return;
        }
        let mut characters = typographic_characters(text, program, &self.known);
        // Unusual spaces are common in pasted text, so they are reported only in certain commands.
        characters.retain(|(_, character)| certain || character.plain != " ");
        while let Some((_, TypographicCharacter { name, .. })) = characters.first() {
            let name = *name;
            let (same, others): (Vec<_>, Vec<_>) =
                characters.into_iter().partition(|(_, character)| character.name == name);
            report(part.start, &same, found);
            characters = others;
        }
    }
}

fn report(base: usize, characters: &[(Span, TypographicCharacter)], found: &mut Findings) {
    let Some(((first, character), others)) = characters.split_first() else { return };
    let finding = found.at(first.shift(base), format!("{} in a command", character.name));
    for (span, _) in others {
        finding.also_at(span.shift(base));
    }
    let (help, title) = match character.plain {
        "" => ("remove it".to_owned(), "Remove the invisible character".to_owned()),
        " " => ("replace it with a regular space".to_owned(), "Replace with a regular space".to_owned()),
        plain => (format!("use `{plain}`"), format!("Replace with `{plain}`")),
    };
    finding.label_primary("not shell syntax").help(help);
    let edits = characters.iter().map(|(span, character)| Edit::replace(span.shift(base), character.plain)).collect();
    // Which dashes an option takes, and whether a space was meant, is for its writer to decide.
    if characters.iter().all(|(_, character)| character.safe && matches!(character.plain, "'" | "\"")) {
        finding.fix(title, edits)
    } else {
        finding.unsafe_fix(title, edits)
    };
}

/// The typographic characters of a command, up to a comment or to words in another script.
fn typographic_characters(text: &str, program: &str, known: &Programs) -> Vec<(Span, TypographicCharacter)> {
    let (mut quoted, mut curly) = (false, false);
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
        let after_space = before.is_empty() || before.ends_with([' ', '\t', '\u{a0}']);
        match c {
            '"' => quoted = !quoted,
            '#' if after_space && !quoted => break,
            '/' if after_space && !quoted && after.starts_with('/') => break,
            '\u{2018}'..='\u{201f}' => curly = !curly,
            c if !c.is_ascii() && c.is_alphabetic() && !quoted && !curly => break,
            _ => {}
        }
        if let Some(character) = typographic_character(c, before, after, quoted, &|dash, name| {
            known.find(program).map(|root| root.has_option(&format!("{dash}{name}")))
        }) {
            found.push((Span::new(at, at + c.len_utf8()), character));
        }
    }
    found
}

fn typographic_character(
    c: char,
    before: &str,
    after: &str,
    quoted: bool,
    is_option: &OptionLookup<'_>,
) -> Option<TypographicCharacter> {
    let character = |plain, name, safe| Some(TypographicCharacter { plain, name, safe });
    let among_plain = || !is_foreign(after.chars()) && !is_foreign(before.chars().rev());
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' if before.ends_with([' ', '\t', '\u{a0}', '[']) && !quoted => {
            let (plain, safe) = dash(c, after, is_option)?;
            character(plain, "typographic dash", safe)
        }
        '\u{201c}' | '\u{201d}' | '\u{201e}'
            if !quoted && pairs(before, after, &['\u{201c}', '\u{201d}', '\u{201e}']) =>
        {
            character("\"", "typographic quotation mark", false)
        }
        '\u{2018}' | '\u{2019}'
            if !quoted && pairs(before, after, &['\u{2018}', '\u{2019}']) && !within_word(before, after) =>
        {
            character("'", "typographic quotation mark", false)
        }
        '\u{a0}' | '\u{3000}' | '\u{202f}' | '\u{2007}' if !quoted && among_plain() && !ends_line(after) => {
            character(" ", "non-breaking or full-width space", true)
        }
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'
            if among_plain() && !before.ends_with('…') =>
        {
            character("", "invisible character", true)
        }
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' if among_plain() => {
            character("", "invisible bidirectional control character", true)
        }
        _ => None,
    }
}

/// The ASCII form of a dash before `after`, and whether the program's grammar confirms it.
fn dash(c: char, after: &str, is_option: &OptionLookup<'_>) -> Option<(&'static str, bool)> {
    let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    if name.trim_start_matches('-').is_empty() {
        return None;
    }
    if name.starts_with('-') || name.len() == 1 {
        return Some(("-", true));
    }
    for dashes in ["--", "-"] {
        if is_option(dashes, &name) == Some(true) {
            return Some((dashes, true));
        }
    }
    // An em dash replaced two hyphens; a shorter dash before bundled options such as `zxvf` replaced one.
    let long = matches!(c, '\u{2014}' | '\u{2015}') || is_option("", "").is_some();
    Some((if long && name.starts_with(|c: char| c.is_ascii_lowercase()) { "--" } else { "-" }, false))
}

fn ends_line(after: &str) -> bool {
    let rest = after.trim_start();
    rest.trim_start_matches('-').is_empty() || rest.starts_with("//") || rest.starts_with('#')
}

/// Whether the text on the other side has such a mark too.
fn pairs(before: &str, after: &str, marks: &[char]) -> bool {
    before.contains(marks) || after.contains(marks)
}

fn within_word(before: &str, after: &str) -> bool {
    before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric)
}

/// Whether the next character is a letter of another script, whose own punctuation this is, or a box-drawing character.
/// Dashes of a bullet in between are skipped.
fn is_foreign(mut chars: impl Iterator<Item = char>) -> bool {
    chars
        .find(|c| !c.is_whitespace() && *c != '-')
        .is_some_and(|c| !c.is_ascii() && (c.is_alphanumeric() || is_drawing(c)))
}

fn is_drawing(c: char) -> bool {
    ('\u{2500}'..='\u{259f}').contains(&c) || ('\u{1f000}'..='\u{1faff}').contains(&c)
}

/// A `\` continues a line only if nothing follows it.
fn space_after_continuation(doc: &Document<'_>, line: Span, found: &mut Findings) {
    let text = doc.slice(line);
    let displayed = text.trim_end_matches(['\n', '\r']);
    let bare = displayed.trim_end_matches([' ', '\t', '\u{a0}']);
    if bare.len() == displayed.len() || !bare.ends_with('\\') || bare.ends_with("\\\\") || bare.ends_with(":\\") {
        return;
    }
    let spaces = Span::new(line.start + bare.len(), line.start + displayed.len());
    let finding = found.at(spaces, "trailing whitespace after a line continuation `\\`");
    finding.label_primary("command ends here").help("remove the trailing whitespace");
    finding.unsafe_fix("Remove the trailing whitespace", vec![Edit::replace(spaces, "")]);
}
