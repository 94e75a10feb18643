//! Matches the words of a command with a program's grammar, up to the first error.
//!
//! Only near misses are errors. A word that is unlike any known one is a plugin, an alias or from a newer version, and
//! ends the walk: nothing after it is checked.

use crate::checks::commands::command_error::{CommandError, CommandErrorKind};
use crate::checks::commands::grammar::CommandNode;
use crate::checks::commands::guesses::Guesses;
use crate::checks::commands::lexer::Word;
use crate::checks::commands::option_list::{OptionArity, is_single_dash};
use crate::source::Span;

/// How many levels of subcommands nearly all commands have.
const MAX_USUAL_DEPTH: usize = 4;

/// The first error of a command whose program is `root`; `words` starts with the program.
pub(super) fn first_error(root: &CommandNode, words: &[Word], guesses: &Guesses) -> Option<CommandError> {
    let (mut path, mut names) = (Vec::with_capacity(MAX_USUAL_DEPTH), Vec::with_capacity(MAX_USUAL_DEPTH));
    path.push(root);
    names.push(words.first()?.text.as_str());
    let mut walk = Walker { guesses, root, path, names, argument: false, options_known: true, known: true };
    let mut rest = words[1..].iter();
    while let Some(word) = rest.next() {
        if word.text == "--" {
            return walk.split_option(word, rest.next());
        }
        let step =
            if word.text.starts_with('-') && word.text.len() > 1 { walk.option(word) } else { walk.argument(word) };
        match step {
            Step::On => {}
            Step::Value => {
                rest.next();
            }
            Step::Stop => return None,
            Step::CommandError(error) => return Some(*error),
        }
    }
    None
}

/// How to go on after a word.
enum Step {
    On,
    /// The next word is the value of this one.
    Value,
    Stop,
    CommandError(Box<CommandError>),
}

struct Walker<'a> {
    guesses: &'a Guesses,
    root: &'a CommandNode,
    path: Vec<&'a CommandNode>,
    names: Vec<&'a str>,
    /// Whether the command has had an argument.
    argument: bool,
    /// Whether all options so far are known, so that no word can be the value of an unknown one.
    options_known: bool,
    /// Whether the grammar of the command is known, and not just its name.
    known: bool,
}

impl<'a> Walker<'a> {
    fn node(&self) -> &'a CommandNode {
        self.path.last().copied().unwrap_or(self.root)
    }

    fn options(&self) -> impl Iterator<Item = (&'a str, OptionArity)> {
        let own = self.known.then(|| self.node().options()).flatten();
        let above = self.path.len() - usize::from(self.known);
        own.into_iter()
            .flatten()
            .chain(self.path[..above.min(self.path.len())].iter().flat_map(|node| node.persistent()))
    }

    /// Whether one of the options is as in `-name`.
    fn has_single_dash_options(&self) -> bool {
        let above = self.path.len() - usize::from(self.known);
        self.known && self.node().has_single_dash_options(false)
            || self.path[..above.min(self.path.len())].iter().any(|node| node.has_single_dash_options(true))
    }

    fn arity_of(&self, name: &str) -> Option<OptionArity> {
        let own = self.known.then(|| self.node().option(name)).flatten();
        let above = self.path.len() - usize::from(self.known);
        own.or_else(|| self.path[..above.min(self.path.len())].iter().find_map(|node| node.persistent_option(name)))
    }

    fn option(&mut self, word: &'a Word) -> Step {
        if self.node().traits.disabled {
            return Step::Stop;
        }
        // A placeholder within the name hides it; one after `=` doesn't.
        let (name, value) = word.text.split_once('=').map_or((word.text.as_str(), false), |(name, _)| (name, true));
        if !word.plain && !value {
            return self.unknown_option();
        }
        if let Some(arity) = self.arity_of(name) {
            return if arity == OptionArity::Required && !value { Step::Value } else { Step::On };
        }
        if name.strip_prefix("--no-").is_some_and(|bare| self.arity_of(&format!("--{bare}")).is_some()) {
            return Step::On;
        }
        // Programs that accept both forms take an option with one dash or two.
        if name.len() > 4
            && name.strip_prefix('-').is_some_and(|one| one.starts_with('-') && self.arity_of(one).is_some())
        {
            return Step::On;
        }
        match self.misspelled_option(word, name) {
            Some(error) => Step::CommandError(Box::new(error)),
            None => self.unknown_option(),
        }
    }

    /// An unknown option may take the next word as its value.
    fn unknown_option(&mut self) -> Step {
        self.options_known = false;
        if self.node().has_subcommands() && !self.argument { Step::Stop } else { Step::On }
    }

    fn misspelled_option(&self, word: &Word, name: &str) -> Option<CommandError> {
        let node = self.node();
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let complete =
            self.known && node.options().is_some() && !node.traits.open_flags && !self.root.traits.open_flags;
        let bare = name.trim_start_matches('-');
        if bare.len() < 3 || !self.guesses.are_left() {
            return None;
        }
        // This error is certain even if the program has unknown options.
        if let Some(error) = self.option_without_space(word, name) {
            return Some(error);
        }
        if !complete {
            return None;
        }
        if !is_name(name) || name.starts_with("---") || word.quoted.is_some_and(|at| at < name.len()) {
            return None;
        }
        let two = name.starts_with("--");
        if !two {
            let long = format!("-{name}");
            let single =
                self.arity_of(&long).is_some() && !self.root.traits.single_dash && !matches!(bare, "help" | "version");
            if single {
                // A program that doesn't have the first letter as an option rejects it.
                // Neither does anybody write so many single letters that happen to be the name of an option.
                let certain = bare.len() > 5 || name.get(..2).is_some_and(|short| self.arity_of(short).is_none());
                return Some(self.error(CommandErrorKind::SingleDash, part(word, 0, name.len()), name, &long, certain));
            }
        }
        // Letters that aren't a name have none that is similar.
        if !two && !self.has_single_dash_options() {
            return None;
        }
        let abbreviated = |known: &str| known.starts_with(name);
        if self.root.traits.abbreviations && self.options().any(|(known, _)| abbreviated(known)) {
            return None;
        }
        let same_dashes = |known: &&str| if two { known.starts_with("--") } else { is_single_dash(known) };
        let candidates: Vec<&str> = self
            .options()
            .map(|(known, _)| known)
            .filter(same_dashes)
            .map(|known| known.trim_start_matches('-'))
            .collect();
        let near = self.guesses.nearest(bare, candidates.iter().copied()).filter(|near| !is_variant(bare, near))?;
        let suggestion = format!("{}{near}", &name[..name.len() - bare.len()]);
        Some(self.error(CommandErrorKind::Option, part(word, 0, name.len()), name, &suggestion, false))
    }

    /// `docker ps -- filter x`: an option with a space behind its hyphens. Behind an argument, or in a command that runs another
    /// one, they end the options.
    fn split_option(&self, hyphens: &Word, next: Option<&Word>) -> Option<CommandError> {
        const RUNNERS: [&str; 12] =
            ["add", "bench", "checkout", "diff", "exec", "grep", "log", "run", "shell", "ssh", "start", "test"];
        let next = next.filter(|word| word.plain && word.quoted.is_none() && word.text.len() > 3)?;
        let runs =
            self.names.iter().any(|name| RUNNERS.contains(name)) || self.root.traits.open || self.node().traits.open;
        let name = format!("--{}", next.text.split('=').next().unwrap_or_default());
        if self.argument || runs || !self.known || self.arity_of(&name).is_none() {
            return None;
        }
        let span = Span::new(hyphens.span.start, next.span.start + name.len() - 2);
        Some(self.error(CommandErrorKind::SplitOption, span, &format!("-- {}", &name[2..]), &name, true))
    }

    /// `--filter"name=x"`: no space or `=` before the value.
    fn option_without_space(&self, word: &Word, name: &str) -> Option<CommandError> {
        let at = word.quoted.filter(|at| *at > 3)?;
        let option = word.text.get(..at)?;
        let arity = self.arity_of(option)?;
        if arity == OptionArity::None || option.contains('=') || !name.starts_with("--") {
            return None;
        }
        let span = Span::new(word.span.start, word.span.start + at);
        Some(self.error(CommandErrorKind::MissingSpace, span, option, &format!("{option}="), true))
    }

    fn argument(&mut self, word: &'a Word) -> Step {
        if !self.argument && self.known && self.node().has_subcommands() {
            return self.subcommand(word);
        }
        if !self.argument
            && self.known
            && let Some(error) = self.wrong_key(word)
        {
            return Step::CommandError(Box::new(error));
        }
        self.argument = true;
        if self.known && self.node().traits.ends_at_argument { Step::Stop } else { Step::On }
    }

    fn subcommand(&mut self, word: &'a Word) -> Step {
        if !word.plain || word.quoted.is_some() {
            return Step::Stop;
        }
        let node = self.node();
        if let Some(known) = node.subcommand(&word.text) {
            self.names.push(&word.text);
            match known {
                Some(below) => self.path.push(below),
                None => self.known = false,
            }
            return Step::On;
        }
        let is_short = |name: &str| self.root.traits.short_names && name.starts_with(&word.text);
        if !self.options_known || node.subcommands().any(is_short) {
            return Step::Stop;
        }
        // A missing space is certain even if the program has unknown subcommands.
        let open = node.traits.open;
        match self.subcommand_without_space(word).or_else(|| if open { None } else { self.misspelled_subcommand(word) })
        {
            Some(error) => Step::CommandError(Box::new(error)),
            None => Step::Stop,
        }
    }

    fn misspelled_subcommand(&self, word: &Word) -> Option<CommandError> {
        let node = self.node();
        let looks_like_one = word.text.starts_with(|c: char| c.is_ascii_lowercase())
            && word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !looks_like_one || !self.guesses.are_left() {
            return None;
        }
        if let Some(near) = self
            .guesses
            .nearest(&word.text, node.subcommands_like(&word.text))
            .filter(|near| !extends(&word.text, near))
        {
            return Some(self.error(CommandErrorKind::Subcommand, word.span, &word.text, near, false));
        }
        let mut parents = node.parents_of(&word.text);
        let (parent, more) = (parents.next()?, parents.next());
        if more.is_some() || word.text.len() < 3 {
            return None;
        }
        Some(self.error(
            CommandErrorKind::MissingParent,
            word.span,
            &word.text,
            &format!("{parent} {}", word.text),
            false,
        ))
    }

    /// `commit-m`, `clonehttps://…`
    fn subcommand_without_space(&self, word: &Word) -> Option<CommandError> {
        let (node, text) = (self.node(), word.text.as_str());
        let marks = ["https://", "http://", "git@", "ssh://"].into_iter().filter_map(|mark| text.find(mark));
        let address = marks.min().filter(|at| *at > 1 && node.subcommand(&text[..*at]).is_some());
        // A subcommand may contain hyphens.
        let option = || {
            let mut hyphens = text.match_indices('-').map(|(at, _)| at).filter(|at| *at > 1);
            hyphens.find(|at| self.takes_option(&text[..*at], &text[*at..]))
        };
        let at = address.or_else(option)?;
        let suggestion = format!("{} {}", &text[..at], &text[at..]);
        Some(self.error(CommandErrorKind::MissingSpace, word.span, text, &suggestion, at > 2))
    }

    /// Whether `subcommand` exists here and takes `option`, which may have a value.
    fn takes_option(&self, subcommand: &str, option: &str) -> bool {
        let name = option.split('=').next().unwrap_or_default();
        // `-all` isn't a plausible option: it has one letter, or two dashes. One letter may be part of a script's name.
        let short = name.len() == 2 && !self.node().traits.open;
        let long = name.starts_with("--") && name.len() > 4;
        if !short && !long {
            return false;
        }
        let Some(below) = self.node().subcommand(subcommand).flatten() else { return false };
        if below.options().is_none() {
            return false;
        }
        below.option(name).is_some() || self.path.iter().any(|node| node.persistent_option(name).is_some())
    }

    fn wrong_key(&self, word: &Word) -> Option<CommandError> {
        if !word.plain || word.quoted.is_some() {
            return None;
        }
        let (keys, at) = self.node().keys.iter().find_map(|keys| Some((keys, keys.key_at(&word.text)?)))?;
        let key = &word.text[at..];
        let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'));
        if !is_key || keys.is_known(key) {
            return None;
        }
        if !self.guesses.are_left() {
            return None;
        }
        let span = part(word, at, key.len());
        if keys.split_number
            && let Some(digits) = key.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 3)
            && key[digits..].bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            let (stem, number) = key.split_at(digits);
            if let Some(near) =
                keys.known().find(|known| *known == stem).or_else(|| self.guesses.nearest(stem, keys.known()))
            {
                let mut error = self.error(CommandErrorKind::Key, span, key, &format!("{near} {number}"), near == stem);
                error.noun = keys.noun.to_string();
                return Some(error);
            }
        }
        let near = self
            .guesses
            .nearest(key, keys.known())
            .filter(|near| !near.eq_ignore_ascii_case(key) && !extends(key, near))?;
        let mut error = self.error(CommandErrorKind::Key, span, key, near, false);
        error.noun = keys.noun.to_string();
        Some(error)
    }

    fn error(
        &self,
        kind: CommandErrorKind,
        span: Span,
        written: &str,
        suggestion: &str,
        certain: bool,
    ) -> CommandError {
        CommandError {
            kind,
            span,
            written: written.to_owned(),
            suggestion: suggestion.to_owned(),
            command: self.names.join(" "),
            depth: self.names.len(),
            noun: String::new(),
            certain,
        }
    }
}

/// The span of `len` bytes of an unquoted word, from its byte `at`.
fn part(word: &Word, at: usize, len: usize) -> Span {
    Span::new(word.span.start + at, word.span.start + at + len)
}

/// Whether a word is a known one with a prefix or suffix: `myplugin`.
fn extends(word: &str, near: &str) -> bool {
    word.len() > near.len() + 1 && (word.ends_with(near) || word.starts_with(near))
}

/// Whether two words differ like versions of one name rather than by a typo: `label` and `labels`, `baseUrl` and
/// `baseURL`.
fn is_variant(word: &str, near: &str) -> bool {
    let (long, short) = if word.len() > near.len() { (word, near) } else { (near, word) };
    word.eq_ignore_ascii_case(near) || long.strip_suffix('s') == Some(short)
}
