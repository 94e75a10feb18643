//! What is known of programs, and how commands are found and read: in code blocks, in inline code and in prose.

use crate::checks::commands::grammar::CommandNode;
use crate::checks::commands::lexer::{SimpleCommand, Word};
use crate::checks::commands::name_index::ProgramNameIndex;
use crate::checks::commands::walk;
use crate::checks::commands::walk::{CommandError, CommandErrorKind};
use crate::text::pattern::Literals;
use crate::text::words::nearest;
use std::sync::OnceLock;

/// The specs of `rules/commands/`, packed and deflated by `build.rs`: a program's names and its grammar.
const BUILT_IN: &[(&[&str], &[u8])] = include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// Unpacked when first asked for.
static GRAMMARS: [OnceLock<CommandNode>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];

/// The built-in programs with a subcommand of a subcommand that takes keys; known ahead so that none is unpacked to see.
const PROGRAMS_WITH_KEYS: [&str; 1] = ["aws"];

/// The programs whose commands are known: those that are built in, and a site's own.
#[derive(Default, Debug)]
pub(crate) struct Programs {
    custom: Vec<CommandNode>,
    search: OnceLock<ProgramNameIndex>,
    hints: OnceLock<Literals>,
}

impl Programs {
    /// The built-in programs and `own`, which win over them.
    pub(crate) fn new(custom: Vec<CommandNode>) -> Self {
        Self { custom, ..Self::default() }
    }

    /// Their names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let custom = self.custom.iter().flat_map(CommandNode::names);
        custom.chain(BUILT_IN.iter().flat_map(|(names, _)| names.iter().copied()))
    }

    /// What is known of the program called `name`.
    pub(crate) fn find(&self, name: &str) -> Option<&CommandNode> {
        if let Some(custom) = self.custom.iter().find(|custom| custom.names().any(|known| known == name)) {
            return Some(custom);
        }
        let index = BUILT_IN.iter().position(|(names, _)| names.contains(&name))?;
        Some(GRAMMARS[index].get_or_init(|| {
            let encoded = miniz_oxide::inflate::decompress_to_vec(BUILT_IN[index].1).unwrap_or_default();
            CommandNode::decode(&String::from_utf8(encoded).unwrap_or_default())
        }))
    }

    /// Where in `text` the name of a known program stands as a word before a blank, in order.
    pub(crate) fn find_program_names<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.search.get_or_init(|| ProgramNameIndex::new(self.names())).find_all(text)
    }

    /// Whether `text` mentions a known program.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        self.find_program_names(text).next().is_some()
    }

    /// Where in `text` an option may start, which is after a blank, or a program is named whose subcommands take keys: in
    /// order, each with whether it is an option.
    pub(crate) fn find_options_and_keys<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, bool)> + 'a {
        let hints = self.hints.get_or_init(|| {
            let custom = self.custom.iter().filter(|custom| custom.accepts_keys()).flat_map(CommandNode::names);
            Literals::new([" -"].into_iter().chain(PROGRAMS_WITH_KEYS).chain(custom))
        });
        hints.find_iter(text).map(|(which, range)| (range.start, which == 0))
    }

    /// The first thing in a command that can't be right. A program that isn't known is only judged where it is
    /// `certain` that this is a command.
    pub(crate) fn validate(&self, words: &SimpleCommand, certain: bool) -> Option<CommandError> {
        let name = &words.first()?.text;
        match self.find(name) {
            Some(root) => walk::first_error(root, words).filter(|error| certain || !looks_like_prose(error, words)),
            None if certain => self.misspelled_program(words),
            None => None,
        }
    }

    /// `kubeclt get`, `gitcommit -m`: the program, or the program and its subcommand.
    fn misspelled_program(&self, words: &SimpleCommand) -> Option<CommandError> {
        let (first, second) = (words.first()?, words.get(1)?);
        let is_name = |word: &Word| {
            word.plain
                && word.quoted.is_none()
                && word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        if !is_name(first) || first.text.len() < 4 {
            return None;
        }
        let error = |suggestion: String, kind, certain| {
            let written = first.text.clone();
            CommandError {
                kind,
                span: first.span,
                written,
                suggestion,
                command: String::new(),
                depth: 0,
                noun: String::new(),
                certain,
            }
        };
        if is_name(second)
            && second.text.len() > 2
            && let Some(near) = nearest(&first.text, self.names())
        {
            let root = self.find(near)?;
            let suggestion = !root.is_look_alike(&first.text) && root.subcommand(&second.text).is_some();
            return suggestion.then(|| error(near.to_owned(), CommandErrorKind::Program, false));
        }
        self.names().find_map(|name| {
            let rest = first.text.strip_prefix(name).filter(|rest| rest.len() > 2)?;
            let root = self.find(name)?;
            let below = root.subcommand(rest)??;
            // Only an option of that very subcommand shows that it is one.
            let option = below.options()?.any(|(known, _)| known == second.text);
            (option && !root.is_look_alike(&first.text))
                .then(|| error(format!("{name} {rest}"), CommandErrorKind::MissingSpace, false))
        })
    }
}

/// Whether what isn't marked as a command reads like a sentence about one: `git commits are …`.
fn looks_like_prose(error: &CommandError, words: &SimpleCommand) -> bool {
    const SENTENCE_WORDS: [&str; 20] = [
        "a", "an", "and", "are", "as", "can", "for", "from", "has", "in", "into", "is", "of", "or", "that", "the",
        "to", "was", "will", "with",
    ];
    let short = error.kind == CommandErrorKind::Subcommand && error.written.len() < 5;
    let inflected = ["s", "es", "ed", "d", "ing", "er"]
        .iter()
        .any(|end| error.written.strip_suffix(end).is_some_and(|stem| error.suggestion.starts_with(stem)));
    short
        || (error.kind == CommandErrorKind::Subcommand && inflected)
        || words.iter().any(|word| SENTENCE_WORDS.contains(&word.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_that_take_keys_are_known_ahead() {
        let programs = Programs::default();
        let keyed: Vec<&str> =
            programs.names().filter(|name| programs.find(name).is_some_and(CommandNode::accepts_keys)).collect();
        assert_eq!(keyed, PROGRAMS_WITH_KEYS);
    }
}
