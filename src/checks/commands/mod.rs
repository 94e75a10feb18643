//! What is known of programs, and how commands are found and read: in code blocks, in inline code and in prose.

pub mod fence_language;
pub mod grammar;
pub mod lexer;
pub mod load;
pub mod malformed_command;
pub mod names;
pub mod pack;
pub mod page;
pub mod prose;
pub mod scan;
pub mod script;
pub mod spec;
pub mod text;
pub mod typographic_command;
pub mod unfinished_command;
pub mod unmarked_command;
pub mod walk;

use crate::checks::commands::grammar::Node;
use crate::checks::commands::lexer::{Simple, Word};
use crate::checks::commands::names::Names;
use crate::checks::commands::walk::{Fault, Guesses, Kind};
use crate::text::pattern::Literals;
use crate::text::words::nearest;
use std::sync::OnceLock;

/// The specs of `rules/commands/`, packed and deflated by `build.rs`: a program's names and its grammar.
const BUILT_IN: &[(&[&str], &[u8])] = include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// Unpacked when first asked for.
static GRAMMARS: [OnceLock<Node>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];

/// The built-in programs with a subcommand of a subcommand that takes keys; known ahead so that none is unpacked to see.
const KEYED: [&str; 1] = ["aws"];

/// The programs whose commands are known: those that are built in, and a site's own.
#[derive(Default, Debug)]
pub(crate) struct Programs {
    own: Vec<Node>,
    search: OnceLock<Names>,
    hints: OnceLock<Literals>,
}

impl Programs {
    /// The built-in programs and `own`, which win over them.
    pub(crate) fn new(own: Vec<Node>) -> Self {
        Self { own, ..Self::default() }
    }

    /// Their names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let own = self.own.iter().flat_map(Node::names);
        own.chain(BUILT_IN.iter().flat_map(|(names, _)| names.iter().copied()))
    }

    /// What is known of the program called `name`.
    pub(crate) fn find(&self, name: &str) -> Option<&Node> {
        if let Some(own) = self.own.iter().find(|own| own.names().any(|known| known == name)) {
            return Some(own);
        }
        let index = BUILT_IN.iter().position(|(names, _)| names.contains(&name))?;
        Some(GRAMMARS[index].get_or_init(|| {
            let packed = miniz_oxide::inflate::decompress_to_vec(BUILT_IN[index].1).unwrap_or_default();
            Node::unpack(&String::from_utf8(packed).unwrap_or_default())
        }))
    }

    /// Where in `text` the name of a known program stands as a word before a blank, in order.
    pub(crate) fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.search.get_or_init(|| Names::new(self.names())).places(text)
    }

    /// Whether `text` mentions a known program.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.mentions(text).next().is_some()
    }

    /// Where in `text` an option may start, which is after a blank, or a program is named whose subcommands take keys: in
    /// order, each with whether it is an option.
    pub(crate) fn options_and_keyed_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, bool)> + 'a {
        let hints = self.hints.get_or_init(|| {
            let own = self.own.iter().filter(|own| own.takes_keys_below()).flat_map(Node::names);
            Literals::new([" -"].into_iter().chain(KEYED).chain(own))
        });
        hints.find_iter(text).map(|(which, range)| (range.start, which == 0))
    }

    /// The first thing in a command that can't be right. A program that isn't known is only judged where it is
    /// `certain` that this is a command.
    pub(crate) fn judge(&self, words: &Simple, certain: bool, guesses: &Guesses) -> Option<Fault> {
        let name = &words.first()?.text;
        match self.find(name) {
            Some(root) => walk::fault(root, words, guesses).filter(|fault| certain || !reads_as_prose(fault, words)),
            None if certain => self.misspelt_program(words),
            None => None,
        }
    }

    /// `kubeclt get`, `gitcommit -m`: the program, or the program and its subcommand.
    fn misspelt_program(&self, words: &Simple) -> Option<Fault> {
        let (first, second) = (words.first()?, words.get(1)?);
        let is_name = |word: &Word| {
            word.plain
                && word.quoted.is_none()
                && word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        };
        if !is_name(first) || first.text.len() < 4 {
            return None;
        }
        let fault = |meant: String, kind, certain| {
            let wrote = first.text.clone();
            Fault {
                kind,
                span: first.span,
                wrote,
                meant,
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
            let meant = !root.looks_like(&first.text) && root.subcommand(&second.text).is_some();
            return meant.then(|| fault(near.to_owned(), Kind::Program, false));
        }
        self.names().find_map(|name| {
            let rest = first.text.strip_prefix(name).filter(|rest| rest.len() > 2)?;
            let root = self.find(name)?;
            let below = root.subcommand(rest)??;
            // Only an option of that very subcommand shows that it is one.
            let option = below.options()?.any(|(known, _)| known == second.text);
            (option && !root.looks_like(&first.text)).then(|| fault(format!("{name} {rest}"), Kind::Glued, false))
        })
    }
}

/// Whether what isn't marked as a command reads like a sentence about one: `git commits are …`.
fn reads_as_prose(fault: &Fault, words: &Simple) -> bool {
    const SMALL: [&str; 20] = [
        "a", "an", "and", "are", "as", "can", "for", "from", "has", "in", "into", "is", "of", "or", "that", "the",
        "to", "was", "will", "with",
    ];
    let short = fault.kind == Kind::Subcommand && fault.wrote.len() < 5;
    let inflected = ["s", "es", "ed", "d", "ing", "er"]
        .iter()
        .any(|end| fault.wrote.strip_suffix(end).is_some_and(|stem| fault.meant.starts_with(stem)));
    short
        || (fault.kind == Kind::Subcommand && inflected)
        || words.iter().any(|word| SMALL.contains(&word.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_that_take_keys_are_known_ahead() {
        let programs = Programs::default();
        let keyed: Vec<&str> =
            programs.names().filter(|name| programs.find(name).is_some_and(Node::takes_keys_below)).collect();
        assert_eq!(keyed, KEYED);
    }
}
