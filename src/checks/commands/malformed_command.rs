//! A command that a reader would copy and that its program would refuse.

use crate::checks::commands::lexer::{Simple, Word};
use crate::checks::commands::page::Page;
use crate::checks::commands::prose;
use crate::checks::commands::script;
use crate::checks::commands::script::Language;
use crate::checks::commands::text::Text;
use crate::checks::commands::walk::{Fault, Kind};
use crate::checks::commands::{Programs, lexer, load};
use crate::checks::{Check, Context, Finding, Found};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::PieceKind;
use crate::document::prose::Prose;
use crate::source::Span;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: whose commands, and how much of what is less certain.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MalformedCommand {
    /// Only the commands of these programs; of all known ones where it is empty.
    programs: Vec<String>,
    /// Words that are right on this site: aliases, plugins, a tool's own subcommands.
    known: Vec<String>,
    /// Whether to tell also what hasn't proved itself on enough blogs yet.
    preview: bool,
    /// A site's own specs: as the config has them, the files' texts.
    specs: Vec<Written>,
    #[serde(skip)]
    all: OnceLock<Programs>,
}

/// A spec that is known to be right, as its text.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Written(String);

impl TryFrom<String> for Written {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match load::mistakes(&text).first() {
            Some(mistake) => Err(mistake.message.clone()),
            None => Ok(Self(text)),
        }
    }
}

/// A file with more findings than this is no post, and each costs a look at the whole page.
const MOST: usize = 2_500;

impl Check for MalformedCommand {
    fn check(&self, cx: &Context, found: &mut Found) {
        // Reads the text once from end to end, which makes the looks at its parts cheap.
        let hints = self.prose_hints(cx.doc.slice(cx.doc.body.span));
        let page = Page::new(cx.doc);
        self.code_blocks(cx.doc, &page, found);
        self.inline_code(cx.doc, &page, found);
        self.prose(cx.doc, &hints, &page, found);
    }
}

impl MalformedCommand {
    fn all(&self) -> &Programs {
        let own = |Written(text): &Written| load::read(text).ok();
        self.all.get_or_init(|| Programs::new(self.specs.iter().filter_map(own).collect()))
    }

    fn code_blocks(&self, doc: &Document<'_>, page: &Page<'_>, found: &mut Found) {
        for code in &doc.body.code {
            let language = Language::of(doc.slice(code.info));
            let worthwhile = match language {
                Language::Shell(_) => true,
                Language::Unsaid => self.all().are_in(doc.slice(code.span)),
                Language::Other => false,
            };
            if !worthwhile {
                continue;
            }
            script::commands(doc, code, language, |command| {
                self.judge(doc, page, &command.words, command.certain, found)
            });
        }
    }

    fn inline_code(&self, doc: &Document<'_>, page: &Page<'_>, found: &mut Found) {
        for piece in doc.body.pieces.iter().filter(|piece| piece.kind == PieceKind::Code) {
            let raw = doc.slice(piece.span);
            if !self.all().are_in(raw) {
                continue;
            }
            let ticks = raw.len() - raw.trim_start_matches('`').len();
            let mut text = Text::default();
            text.push(doc.source, Span::new(piece.span.start + ticks, piece.span.end - ticks.min(raw.len() - ticks)));
            lexer::commands(&text, lexer::Dialect::Posix, false, |words| {
                script::program_first(words).into_iter().for_each(|words| self.judge(doc, page, &words, false, found));
            });
        }
    }

    fn judge(&self, doc: &Document<'_>, page: &Page<'_>, words: &Simple, certain: bool, found: &mut Found) {
        if !self.wants(words) || found.len() >= MOST || page.is_spent() {
            return;
        }
        let mut linking = words.iter().filter(|word| word.text.contains(']'));
        if let Some(link) =
            linking.find_map(|word| link_in(doc, word)).filter(|_| self.all().find(&words[0].text).is_some())
        {
            tell_link(&link, found);
        } else if self.preview
            && certain
            && self.all().find(&words[0].text).is_some()
            && let Some(escape) = words.iter().find_map(|word| escape_in(doc, word))
        {
            let finding = found.at(escape, "a Markdown escape stands in a command");
            finding.here("copied as it is written").help("take the `\\` out");
            finding.unsafe_fix("take the `\\` out", vec![Edit::replace(Span::new(escape.start, escape.end - 1), "")]);
        } else if let Some(fault) = self
            .all()
            .judge(words, certain, &page.guesses)
            .filter(|fault| self.is_told(fault) && !self.is_known(page, words, fault))
        {
            tell(&fault, found);
        }
    }

    fn prose(&self, doc: &Document<'_>, hints: &[usize], page: &Page<'_>, found: &mut Found) {
        let mut next = hints.iter().map(|at| doc.body.span.start + at).peekable();
        for block in &doc.body.blocks {
            while next.next_if(|at| *at < block.span.start).is_some() {}
            match next.peek() {
                None => return,
                Some(at) if *at >= block.span.end => continue,
                Some(_) => {}
            }
            for line in doc.body.lines_of(block) {
                let Some(span) = line.span() else { continue };
                while next.next_if(|at| *at < span.start).is_some() {}
                if next.peek().is_some_and(|at| *at < span.end) && self.all().are_in(doc.slice(span)) {
                    self.prose_line(page, &Prose::of_line(doc.source, &line), found);
                }
            }
        }
    }

    /// Where in `text` something stands without which nothing is told of a line of prose, in order: an option, or a
    /// program that takes keys.
    fn prose_hints(&self, text: &str) -> Vec<usize> {
        if self.preview {
            return self.all().mentions(text).collect();
        }
        let is_option = |at: usize| {
            let mut name = text.as_bytes()[at + 1..].iter().skip_while(|byte| **byte == b'-');
            // Shorter ones are never told.
            name.next().is_some_and(u8::is_ascii_alphanumeric)
                && name.take(2).filter(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count() == 2
        };
        let hints = self.all().options_and_keyed_in(text).filter(|(at, option)| !option || is_option(*at));
        hints.map(|(at, _)| at).collect()
    }

    fn prose_line(&self, page: &Page<'_>, prose: &Prose, found: &mut Found) {
        for at in self.all().mentions(prose.text()) {
            let Some(words) = prose::command_at(self.all(), prose, at).filter(|words| self.wants(words)) else {
                continue;
            };
            let Some(fault) = self.all().judge(&words, false, &page.guesses) else { continue };
            let proven = fault.depth >= 3 && matches!(fault.kind, Kind::Option | Kind::Key);
            let whole = at == 0;
            let likely = fault.depth > 1 && prose::likeness(&words, fault.depth, whole) > 2;
            if (proven || (self.preview && likely)) && self.is_told(&fault) && !self.is_known(page, &words, &fault) {
                tell(&fault, found);
            }
        }
    }

    fn wants(&self, words: &Simple) -> bool {
        self.programs.is_empty() || words.first().is_some_and(|word| self.programs.contains(&word.text))
    }

    fn is_told(&self, fault: &Fault) -> bool {
        self.preview || !matches!(fault.kind, Kind::Program | Kind::SingleDash | Kind::MissingParent)
    }

    /// Whether the word is right after all: the config says so, or the page itself defines it.
    fn is_known(&self, page: &Page<'_>, words: &Simple, fault: &Fault) -> bool {
        if self.known.contains(&fault.wrote) {
            return true;
        }
        if !matches!(fault.kind, Kind::Subcommand | Kind::MissingParent | Kind::Program) {
            return page.excuses(&fault.wrote, "", std::iter::empty());
        }
        let program = &words[0].text;
        let traits = self.all().find(program).map(|root| &root.traits);
        let patterns = traits.iter().flat_map(|traits| traits.external.iter().chain(&traits.definitions));
        let patterns = patterns.map(|pattern| &**pattern).chain(["alias {}", "function {}", "{}()", "{} ="]);
        page.excuses(&fault.wrote, program, patterns)
    }
}

/// A Markdown link in a command.
struct LinkInCode<'a> {
    span: Span,
    text: &'a str,
    dest: &'a str,
}

fn link_in<'a>(doc: &Document<'a>, word: &Word) -> Option<LinkInCode<'a>> {
    let raw = doc.slice(word.span);
    // Within a longer text it is that text's: a message for a chat.
    let start = raw.find('[').filter(|at| !raw[..*at].contains([' ', '!', '{', '\n']))?;
    let (text, rest) = raw[start + 1..].split_once("](")?;
    let dest = &rest[..rest.find(')')?];
    let is_address =
        |text: &str| text.starts_with("http://") || text.starts_with("https://") || text.starts_with("git@");
    let at = word.span.start + start;
    (is_address(dest) && !text.contains(['[', '\n'])).then(|| LinkInCode {
        span: Span::new(at, at + text.len() + dest.len() + 4),
        text,
        dest,
    })
}

/// `\_` within an unquoted word, as Markdown wants it outside code.
fn escape_in(doc: &Document<'_>, word: &Word) -> Option<Span> {
    let raw = doc.slice(word.span);
    let at = raw.find("\\_").filter(|at| *at > 0 && !raw.contains(['"', '\'', '`']))?;
    Some(Span::new(word.span.start + at, word.span.start + at + 2))
}

fn tell_link(link: &LinkInCode<'_>, found: &mut Found) {
    let finding = found.at(link.span, "a Markdown link stands in a command");
    finding.here("copied as it is written").help(format!("write the address alone: `{}`", link.dest));
    let edits = vec![Edit::replace(link.span, link.dest)];
    if link.text.trim_end_matches('/') == link.dest.trim_end_matches('/') {
        finding.fix("write the address alone", edits);
    } else {
        finding.unsafe_fix("write the address alone", edits);
    }
}

fn tell(fault: &Fault, found: &mut Found) {
    let Fault { wrote, meant, command, noun, .. } = fault;
    let mut help = format!("did you mean `{meant}`?");
    let message = match fault.kind {
        Kind::Program => format!("no known program is called `{wrote}`"),
        Kind::Subcommand => format!("`{command}` has no subcommand `{wrote}`"),
        Kind::Option => format!("`{command}` has no option `{wrote}`"),
        Kind::Key => format!("`{wrote}` is no {noun}"),
        Kind::Glued => {
            help = format!("write `{meant}`");
            format!("`{wrote}` runs two words together")
        }
        Kind::SingleDash => format!("`{command}` reads `{wrote}` as single letters"),
        Kind::MissingParent => {
            help = format!("did you mean `{command} {meant}`?");
            format!("`{command}` has no subcommand `{wrote}`")
        }
    };
    let finding: &mut Finding = found.at(fault.span, message);
    finding.here(if fault.kind == Kind::Glued { "no blank between" } else { "not known" }).help(help);
    let edits = vec![Edit::replace(fault.span, meant.as_str())];
    if fault.certain {
        finding.fix(format!("write `{meant}`"), edits);
    } else {
        finding.unsafe_fix(format!("write `{meant}`"), edits);
    }
}
