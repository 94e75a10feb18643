//! A command that its program would reject.

use crate::checks::check::{Check, Context};
use crate::checks::commands::command_error::{CommandError, CommandErrorKind};
use crate::checks::commands::lexer::{SimpleCommand, Word};
use crate::checks::commands::mapped_text::MappedText;
use crate::checks::commands::page_context::PageContext;
use crate::checks::commands::programs::{Place, Programs};
use crate::checks::commands::prose;
use crate::checks::commands::script;
use crate::checks::commands::script::Language;
use crate::checks::commands::{lexer, load};
use crate::checks::finding::{Finding, Findings};
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::{CodeBlock, InlineKind};
use crate::document::prose::VisibleText;
use crate::source::Span;
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which programs, and which findings.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MalformedCommand {
    /// The programs whose commands are checked; all known ones if empty.
    programs: Vec<String>,
    /// Words that are correct on this site: aliases, plugins, custom subcommands.
    ignore: Vec<String>,
    /// Whether to report what hasn't been validated on enough blogs yet.
    preview: bool,
    /// Custom specs: paths in the config, by now replaced by the files' texts.
    specs: Vec<ValidSpec>,
    #[serde(skip)]
    all: OnceLock<Programs>,
}

/// The text of a valid spec.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct ValidSpec(String);

impl TryFrom<String> for ValidSpec {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match load::validate_spec(&text).first() {
            Some(error) => Err(error.message.clone()),
            None => Ok(Self(text)),
        }
    }
}

/// The maximum number of findings in a file. Each costs a search of the whole page.
const MAX_FINDINGS: usize = 2_500;

impl Check for MalformedCommand {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // One pass over the whole text, so that most of its parts needn't be searched.
        let hints = self.prose_hints(cx.doc.slice(cx.doc.body.span));
        let page = PageContext::new(cx.doc);
        self.code_blocks(cx.doc, &page, found);
        self.inline_code(cx.doc, &page, found);
        self.prose(cx.doc, &hints, &page, found);
    }
}

impl MalformedCommand {
    fn all(&self) -> &Programs {
        let own = |ValidSpec(text): &ValidSpec| load::read(text).ok();
        self.all.get_or_init(|| Programs::new(self.specs.iter().filter_map(own).collect()))
    }

    fn code_blocks(&self, doc: &Document<'_>, page: &PageContext<'_>, found: &mut Findings) {
        for code in &doc.body.code {
            let language = Language::from_info(doc.slice(code.info));
            let worthwhile = match language {
                Language::Shell(_) => true,
                Language::Unspecified => self.all().occurs_in(doc.slice(code.span)),
                Language::Other => false,
            };
            if !worthwhile {
                continue;
            }
            self.repeated_prompts(doc, code, found);
            script::commands(doc, code, language, |command| {
                // A line that may be output is like a sentence.
                let place = if command.certain { Place::Block } else { Place::Prose };
                self.check_command(doc, page, &command.words, place, found)
            });
        }
    }

    /// `$ $ git status`: a prompt that was typed before one that was pasted.
    fn repeated_prompts(&self, doc: &Document<'_>, code: &CodeBlock, found: &mut Findings) {
        for line in &code.lines {
            let text = doc.slice(*line);
            let indent = text.len() - text.trim_start().len();
            let Some(command) = text[indent..].strip_prefix("$ $ ") else { continue };
            let program = command.split_whitespace().next().unwrap_or_default();
            if found.len() < MAX_FINDINGS && self.all().find(program).is_some() {
                let second = Span::new(line.start + indent + 2, line.start + indent + 3);
                let edit = Edit::replace(Span::new(second.start, second.end + 1), "");
                let finding = found.at(second, "repeated prompt `$` before a command");
                finding.label_primary("copied literally").help("remove it").unsafe_fix("Remove the prompt", vec![edit]);
            }
        }
    }

    fn inline_code(&self, doc: &Document<'_>, page: &PageContext<'_>, found: &mut Findings) {
        for piece in doc.body.inlines.iter().filter(|piece| piece.kind == InlineKind::Code) {
            let raw = doc.slice(piece.span);
            if !self.all().occurs_in(raw) && !Programs::may_be_misspelled(raw.trim_matches(['`', ' '])) {
                continue;
            }
            let ticks = raw.len() - raw.trim_start_matches('`').len();
            let mut text = MappedText::default();
            text.push(doc.source, Span::new(piece.span.start + ticks, piece.span.end - ticks.min(raw.len() - ticks)));
            lexer::commands(&text, lexer::Dialect::Posix, false, |words| {
                script::program_first(words)
                    .into_iter()
                    .for_each(|words| self.check_command(doc, page, &words, Place::InlineCode, found));
            });
        }
    }

    fn check_command(
        &self,
        doc: &Document<'_>,
        page: &PageContext<'_>,
        words: &SimpleCommand,
        place: Place,
        found: &mut Findings,
    ) {
        if !self.wants(words) || found.len() >= MAX_FINDINGS || page.search_limit_reached() {
            return;
        }
        let mut linking = words.iter().filter(|word| word.text.contains(']'));
        if place != Place::Prose
            && self.all().find(&words[0].text).is_some()
            && let Some((span, right)) = words[1..].iter().find_map(|word| malformed_url(doc, word))
        {
            let wrong = doc.slice(span);
            let finding = found.at(span, format!("malformed URL scheme `{wrong}`; use `{right}`"));
            finding.unsafe_fix(format!("Replace with `{right}`"), vec![Edit::replace(span, right)]);
        } else if let Some(link) =
            linking.find_map(|word| link_in(doc, word)).filter(|_| self.all().find(&words[0].text).is_some())
        {
            report_link(&link, found);
        } else if self.preview
            && place == Place::Block
            && self.all().find(&words[0].text).is_some()
            && let Some(escape) = words.iter().find_map(|word| escape_in(doc, word))
        {
            let finding = found.at(escape, "Markdown escape in a command");
            finding.label_primary("copied literally").help("remove the `\\`");
            finding
                .unsafe_fix("Remove the backslash", vec![Edit::replace(Span::new(escape.start, escape.end - 1), "")]);
        } else if let Some(error) = self
            .all()
            .validate(words, place, &page.guesses)
            .filter(|error| self.is_reported(error) && !self.is_ignored(page, words, error))
        {
            report(&error, found);
        }
    }

    fn prose(&self, doc: &Document<'_>, hints: &[usize], page: &PageContext<'_>, found: &mut Findings) {
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
                if next.peek().is_some_and(|at| *at < span.end) && self.all().occurs_in(doc.slice(span)) {
                    self.prose_line(page, &VisibleText::from_line(doc.source, &line), found);
                }
            }
        }
    }

    /// The offsets in `text` of what a line of prose needs to be reported, in order: an option, or a program with
    /// config keys.
    fn prose_hints(&self, text: &str) -> Vec<usize> {
        if self.preview {
            return self.all().find_program_names(text).collect();
        }
        let is_option = |at: usize| {
            let mut name = text.as_bytes()[at + 1..].iter().skip_while(|byte| **byte == b'-');
            // Shorter options are never reported.
            name.next().is_some_and(u8::is_ascii_alphanumeric)
                && name.take(2).filter(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).count() == 2
        };
        let hints = self.all().find_options_and_keys(text).filter(|(at, option)| !option || is_option(*at));
        hints.map(|(at, _)| at).collect()
    }

    fn prose_line(&self, page: &PageContext<'_>, prose: &VisibleText, found: &mut Findings) {
        for at in self.all().find_program_names(prose.text()) {
            let Some(words) = prose::command_at(self.all(), prose, at).filter(|words| self.wants(words)) else {
                continue;
            };
            let Some(error) = self.all().validate(&words, Place::Prose, &page.guesses) else { continue };
            let proven = error.depth >= 3 && matches!(error.kind, CommandErrorKind::Option | CommandErrorKind::Key);
            let whole = at == 0;
            let likely = error.depth > 1 && prose::command_score(&words, error.depth, whole) > 2;
            if (proven || (self.preview && likely))
                && self.is_reported(&error)
                && !self.is_ignored(page, &words, &error)
            {
                report(&error, found);
            }
        }
    }

    fn wants(&self, words: &SimpleCommand) -> bool {
        self.programs.is_empty() || words.first().is_some_and(|word| self.programs.contains(&word.text))
    }

    fn is_reported(&self, error: &CommandError) -> bool {
        self.preview
            || match error.kind {
                CommandErrorKind::SingleDash => error.certain,
                CommandErrorKind::MissingParent => false,
                _ => true,
            }
    }

    /// Whether the word is correct: the config allows it, or the page defines it.
    fn is_ignored(&self, page: &PageContext<'_>, words: &SimpleCommand, error: &CommandError) -> bool {
        if self.ignore.contains(&error.written) {
            return true;
        }
        if !matches!(
            error.kind,
            CommandErrorKind::Subcommand | CommandErrorKind::MissingParent | CommandErrorKind::Program
        ) {
            return page.is_intentional(&error.written, "", std::iter::empty());
        }
        // Nobody makes the same typo each time.
        if error.kind == CommandErrorKind::Program && page.occurs_again(&error.written) {
            return true;
        }
        let program = &words[0].text;
        let traits = self.all().find(program).map(|root| &root.traits);
        let patterns = traits.iter().flat_map(|traits| traits.external.iter().chain(&traits.definitions));
        let patterns = patterns.map(|pattern| &**pattern).chain(["alias {}", "function {}", "{}()", "{} ="]);
        page.is_intentional(&error.written, program, patterns)
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
    // Within a longer string it belongs to that, such as a chat message.
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

/// The malformed scheme of a URL in a command, and its correction: `https//example.com`.
fn malformed_url(doc: &Document<'_>, word: &Word) -> Option<(Span, &'static str)> {
    let (wrong, right) = crate::url::malformed_scheme(doc.slice(word.span))?;
    Some((Span::new(word.span.start, word.span.start + wrong.len()), right))
}

/// `\_` in an unquoted word, an escape that Markdown needs outside code only.
fn escape_in(doc: &Document<'_>, word: &Word) -> Option<Span> {
    let raw = doc.slice(word.span);
    let at = raw.find("\\_").filter(|at| *at > 0 && !raw.contains(['"', '\'', '`']))?;
    Some(Span::new(word.span.start + at, word.span.start + at + 2))
}

fn report_link(link: &LinkInCode<'_>, found: &mut Findings) {
    let finding = found.at(link.span, "Markdown link in a command");
    finding.label_primary("copied literally").help(format!("use the bare URL: `{}`", link.dest));
    let edits = vec![Edit::replace(link.span, link.dest)];
    if link.text.trim_end_matches('/') == link.dest.trim_end_matches('/') {
        finding.fix("Replace with the bare URL", edits);
    } else {
        finding.unsafe_fix("Replace with the bare URL", edits);
    }
}

fn report(error: &CommandError, found: &mut Findings) {
    let CommandError { written, suggestion, command, noun, .. } = error;
    let message = match error.kind {
        CommandErrorKind::RepeatedProgram => format!("repeated program name `{written}`"),
        CommandErrorKind::RepeatedSubcommand => format!("repeated subcommand `{written}` of `{command}`"),
        CommandErrorKind::SplitOption => format!("space in the option `{written}`; did you mean `{suggestion}`?"),
        CommandErrorKind::Program => format!("unknown program `{written}`; did you mean `{suggestion}`?"),
        CommandErrorKind::Subcommand => {
            format!("`{command}` has no subcommand `{written}`; did you mean `{suggestion}`?")
        }
        CommandErrorKind::Option => format!("`{command}` has no option `{written}`; did you mean `{suggestion}`?"),
        CommandErrorKind::Key => format!("unknown {noun} `{written}`; did you mean `{suggestion}`?"),
        CommandErrorKind::MissingSpace => format!("missing space in `{written}`; did you mean `{suggestion}`?"),
        CommandErrorKind::SingleDash if error.certain => {
            format!("`{command}` has no option `{written}`; did you mean `{suggestion}`?")
        }
        CommandErrorKind::SingleDash => {
            format!("`{command}` parses `{written}` as single-letter options; did you mean `{suggestion}`?")
        }
        CommandErrorKind::MissingParent => {
            format!("`{command}` has no subcommand `{written}`; did you mean `{command} {suggestion}`?")
        }
    };
    let finding: &mut Finding = found.at(error.span, message);
    finding.label_primary(match error.kind {
        CommandErrorKind::MissingSpace => "missing space",
        CommandErrorKind::SingleDash => "single dash",
        CommandErrorKind::RepeatedProgram | CommandErrorKind::RepeatedSubcommand => "repeated",
        CommandErrorKind::SplitOption => "ends the options",
        _ => "unknown",
    });
    if matches!(error.kind, CommandErrorKind::RepeatedProgram | CommandErrorKind::RepeatedSubcommand) {
        let edit = Edit::replace(Span::new(error.span.start, error.span.end + 1), "");
        finding.help("remove it").unsafe_fix("Remove the repeated name", vec![edit]);
        return;
    }
    // The settings of git for `http` apply to `https`, and may be on the page already.
    let is_scheme = || written.strip_prefix("https").is_some_and(|rest| suggestion.strip_prefix("http") == Some(rest));
    if error.kind == CommandErrorKind::Key && is_scheme() {
        finding.help(format!("remove it, or use `{suggestion}` for both protocols"));
        return;
    }
    let edits = vec![Edit::replace(error.span, suggestion.as_str())];
    finding.unsafe_fix(format!("Replace with `{suggestion}`"), edits);
}
