//! The programs whose commands are known.

use crate::checks::commands::command_error::{CommandError, CommandErrorKind};
use crate::checks::commands::grammar::CommandNode;
use crate::checks::commands::guesses::Guesses;
use crate::checks::commands::lexer::{SimpleCommand, Word};
use crate::checks::commands::name_index::ProgramNameIndex;
use crate::checks::commands::walk;
use crate::text::pattern::LiteralSet;
use crate::text::similarity::nearest;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

/// The specs of `rules/commands/`, encoded and compressed by `build.rs`: a program's names and its grammar.
const BUILT_IN: &[(&[&str], &[u8])] = include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// Decoded on first use.
static GRAMMARS: [OnceLock<CommandNode>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];

/// Their indexes, by name.
static INDEXES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
    // Of two with the same name, the first takes precedence.
    let programs = BUILT_IN.iter().enumerate().rev();
    programs.flat_map(|(index, (names, _))| names.iter().map(move |name| (*name, index))).collect()
});

/// The built-in programs with config keys at least two levels deep; listed here so that no grammar has to be decoded to
/// find out.
const PROGRAMS_WITH_KEYS: [&str; 1] = ["aws"];

/// The programs whose commands are known: the built-in ones and the site's custom ones.
#[derive(Default, Debug)]
pub(super) struct Programs {
    custom: Vec<CommandNode>,
    search: OnceLock<ProgramNameIndex>,
    hints: OnceLock<LiteralSet>,
}

impl Programs {
    /// The built-in programs and `custom` ones, which take precedence.
    pub(super) fn new(custom: Vec<CommandNode>) -> Self {
        Self { custom, ..Self::default() }
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let custom = self.custom.iter().flat_map(CommandNode::names);
        custom.chain(BUILT_IN.iter().flat_map(|(names, _)| names.iter().copied()))
    }

    /// The grammar of the program called `name`.
    pub(super) fn find(&self, name: &str) -> Option<&CommandNode> {
        if let Some(custom) = self.custom.iter().find(|custom| custom.names().any(|known| known == name)) {
            return Some(custom);
        }
        let index = *INDEXES.get(name)?;
        Some(GRAMMARS[index].get_or_init(|| {
            let encoded = miniz_oxide::inflate::decompress_to_vec(BUILT_IN[index].1).unwrap_or_default();
            CommandNode::decode(&String::from_utf8(encoded).unwrap_or_default())
        }))
    }

    /// The offsets in `text` of all known program names that stand as words before a space, in order.
    pub(super) fn find_program_names<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.search.get_or_init(|| ProgramNameIndex::new(self.names())).find_all(text)
    }

    /// Whether a known program name occurs in `text`.
    pub(super) fn occurs_in(&self, text: &str) -> bool {
        self.find_program_names(text).next().is_some()
    }

    /// The offsets in `text` where an option may start, which is after a space, or where a program with config keys is
    /// named: in order, each with whether it is an option.
    pub(super) fn find_options_and_keys<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, bool)> + 'a {
        let hints = self.hints.get_or_init(|| {
            let custom = self.custom.iter().filter(|custom| custom.accepts_keys()).flat_map(CommandNode::names);
            LiteralSet::new([" -"].into_iter().chain(PROGRAMS_WITH_KEYS).chain(custom))
        });
        hints.find_iter(text).map(|(which, range)| (range.start, which == 0))
    }

    /// The first error in a command. An unknown program is reported only where text is certainly or probably a command.
    pub(super) fn validate(&self, words: &SimpleCommand, place: Place, guesses: &Guesses) -> Option<CommandError> {
        let name = &words.first()?.text;
        let is_reported =
            |error: &CommandError, words: &[Word]| place == Place::Block || !looks_like_prose(error, words);
        if let Some(error) = self.repeated_word(words).filter(|_| place != Place::Prose) {
            return Some(error);
        }
        if let Some((root, words)) = self.wrapped(words) {
            return walk::first_error(root, words, guesses).filter(|error| is_reported(error, words));
        }
        match (self.find(name), place) {
            (Some(root), _) => walk::first_error(root, words, guesses).filter(|error| is_reported(error, words)),
            (None, Place::Block) => self.misspelled_program(words),
            (None, Place::InlineCode) => self.misspelled_program(words).filter(|_| !is_sentence(words)),
            (None, Place::Prose) => None,
        }
    }

    /// Whether inline code may be a command of a misspelled program: lower-case words, the first one long enough.
    pub(super) fn may_be_misspelled(code: &str) -> bool {
        let Some((first, rest)) = code.split_once(' ') else { return false };
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'-';
        first.len() > 4 && first.bytes().all(is_word) && rest.starts_with(|c: char| c.is_ascii_lowercase() || c == '-')
    }

    /// The program that another one runs with the same grammar: `docker-compose` is `docker compose`, and
    /// `python -m pip` is `pip`.
    fn wrapped<'a>(&self, words: &'a [Word]) -> Option<(&CommandNode, &'a [Word])> {
        let text = |index: usize| words.get(index).map(|word| word.text.as_str());
        match (text(0)?, text(1), text(2)) {
            ("docker-compose", _, _) => Some((self.find("docker")?.subcommand("compose")??, words)),
            ("python" | "python3" | "py", Some("-m"), Some("pip")) => Some((self.find("pip")?, &words[2..])),
            _ => None,
        }
    }

    /// `git git status`, `kubectl get get pods`: a program twice, and then one of its subcommands; a subcommand twice.
    fn repeated_word(&self, words: &SimpleCommand) -> Option<CommandError> {
        let [first, second, third, rest @ ..] = words.as_slice() else { return None };
        let is_plain = |word: &Word| word.plain && word.quoted.is_none();
        if first.text == second.text && is_plain(second) {
            let root = self.find(&first.text)?;
            let is_program = root.subcommand(&second.text).is_none() && root.subcommand(&third.text).is_some();
            return is_program.then(|| repeated(CommandErrorKind::RepeatedProgram, first, second));
        }
        if second.text == third.text && is_plain(third) && REPEATED.contains(&&*third.text) && !rest.is_empty() {
            let below = self.find(&first.text)?.subcommand(&second.text)?;
            let takes_it = below.is_some_and(|below| below.subcommand(&third.text).is_some());
            return (!takes_it).then(|| repeated(CommandErrorKind::RepeatedSubcommand, first, third));
        }
        None
    }

    /// `kubeclt get`, `gitcommit -m`: a misspelled program, or a missing space after it.
    fn misspelled_program(&self, words: &SimpleCommand) -> Option<CommandError> {
        let (first, second) = (words.first()?, words.get(1));
        let is_name = |word: &Word| {
            word.plain
                && word.quoted.is_none()
                && word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        if !is_name(first)
            || first.text.len() < 4
            || BUILT_IN_COMMANDS.contains(&&*first.text)
            || OTHER_PROGRAMS.contains(&&*first.text)
        {
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
        if let Some(second) = second
            && is_name(second)
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
            let below = root.subcommand(rest)?;
            // An option of that subcommand proves that it is one, and so do a long program and a long subcommand.
            let option = || below.zip(second).is_some_and(|(below, second)| below.option(&second.text).is_some());
            let is_long = name.len() > 4 && rest.len() > 3 && !first.text.contains('-');
            ((is_long || option()) && !root.is_look_alike(&first.text))
                .then(|| error(format!("{name} {rest}"), CommandErrorKind::MissingSpace, false))
        })
    }
}

/// Subcommands that aren't names of files, branches, or resources, so that they make no sense as their own argument.
const REPEATED: [&str; 14] = [
    "apply",
    "checkout",
    "clone",
    "commit",
    "describe",
    "exec",
    "get",
    "inspect",
    "install",
    "merge",
    "pull",
    "push",
    "rebase",
    "uninstall",
];

fn repeated(kind: CommandErrorKind, program: &Word, word: &Word) -> CommandError {
    CommandError {
        kind,
        span: word.span,
        written: word.text.clone(),
        suggestion: String::new(),
        command: program.text.clone(),
        depth: 1,
        noun: String::new(),
        certain: true,
    }
}

/// Commands of shells and debuggers that look like the names of programs.
const BUILT_IN_COMMANDS: [&str; 8] = ["bind", "echo", "exec", "hash", "help", "info", "make", "time"];

/// Programs that look like misspelled ones and have the same subcommands.
const OTHER_PROGRAMS: [&str; 22] = [
    "bunx", "crenv", "denv", "direnv", "exenv", "goenv", "hsenv", "jenv", "kubectx", "kubens", "luaenv", "ndenv",
    "nodenv", "phpenv", "pipx", "plenv", "pnpx", "raenv", "renv", "swiftenv", "tfenv", "tofu",
];

/// Where a command is, which decides how certain it is that it is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// A code block.
    Block,
    /// Inline code.
    InlineCode,
    /// Running text.
    Prose,
}

/// Whether one of the words is a small word of a sentence.
fn is_sentence(words: &[Word]) -> bool {
    words.iter().any(|word| SENTENCE_WORDS.contains(&word.text.as_str()))
}

const SENTENCE_WORDS: [&str; 20] = [
    "a", "an", "and", "are", "as", "can", "for", "from", "has", "in", "into", "is", "of", "or", "that", "the", "to",
    "was", "will", "with",
];

/// Whether text that isn't formatted as a command reads like a sentence about one: `git commits are …`.
fn looks_like_prose(error: &CommandError, words: &[Word]) -> bool {
    let short = error.kind == CommandErrorKind::Subcommand && error.written.len() < 5;
    let inflected = ["s", "es", "ed", "d", "ing", "er"]
        .iter()
        .any(|end| error.written.strip_suffix(end).is_some_and(|stem| error.suggestion.starts_with(stem)));
    short || (error.kind == CommandErrorKind::Subcommand && inflected) || is_sentence(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_with_keys_are_listed() {
        let programs = Programs::default();
        let keyed: Vec<&str> =
            programs.names().filter(|name| programs.find(name).is_some_and(CommandNode::accepts_keys)).collect();
        assert_eq!(keyed, PROGRAMS_WITH_KEYS);
    }
}
