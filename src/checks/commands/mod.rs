//! What is known of programs, and how commands are found and read: in code blocks, in inline code and in prose.

mod grammar;
pub(super) mod lexer;
pub(super) mod load;
pub(super) mod pack;
pub(super) mod prose;
pub(super) mod script;
pub(super) mod spec;
pub(super) mod text;
pub(super) mod walk;

use crate::pattern::Keywords;
use crate::words::nearest;
use grammar::Node;
use lexer::{Simple, Word};
use std::sync::{LazyLock, OnceLock};
use walk::{Fault, Kind};

/// The specs of `rules/commands/`, packed and deflated by `build.rs`: a program's names and its grammar.
const BUILT_IN: &[(&[&str], &[u8])] = include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// Unpacked when first asked for.
static GRAMMARS: [OnceLock<Node>; BUILT_IN.len()] = [const { OnceLock::new() }; BUILT_IN.len()];

/// What may stand before a command in prose, found in one pass: each program's name and a blank.
static NAMES: LazyLock<(Keywords, Vec<&'static str>)> = LazyLock::new(|| {
    let names: Vec<&'static str> = names().collect();
    let blanks = [" ", "\u{a0}"];
    let words: Vec<String> =
        blanks.iter().flat_map(|blank| names.iter().map(move |name| format!("{name}{blank}"))).collect();
    (Keywords::exact(&words), names)
});

/// The names of all programs whose commands are known.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().flat_map(|(names, _)| names.iter().copied())
}

/// Where in `text` the name of a known program stands as a word before a blank, with the name, in order.
pub(super) fn mentions(text: &str) -> Vec<(usize, &'static str)> {
    let (keywords, names) = &*NAMES;
    let before = |at: usize| {
        !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | '@'))
    };
    keywords
        .places(text)
        .filter(|(_, range)| before(range.start))
        .map(|(word, range)| (range.start, names[word % names.len()]))
        .collect()
}

/// What is known of the program called `name`.
pub(super) fn program(name: &str) -> Option<&'static Node> {
    let index = BUILT_IN.iter().position(|(names, _)| names.contains(&name))?;
    Some(GRAMMARS[index].get_or_init(|| {
        let packed = miniz_oxide::inflate::decompress_to_vec(BUILT_IN[index].1).unwrap_or_default();
        Node::unpack(&String::from_utf8(packed).unwrap_or_default())
    }))
}

/// Whether the program that starts a command has an option of that name, with its dashes, in any of its commands.
pub(super) fn has_option(name: &str, option: &str) -> bool {
    program(name).is_some_and(|root| root.has_option(option))
}

/// The first thing in a command that can't be right. A program that isn't known is only judged where it is `certain`
/// that this is a command.
pub(super) fn judge(words: &Simple, certain: bool) -> Option<Fault> {
    let name = &words.first()?.text;
    match program(name) {
        Some(root) => walk::fault(root, words).filter(|fault| certain || !reads_as_prose(fault, words)),
        None if certain => misspelt_program(words),
        None => None,
    }
}

/// `kubeclt get`, `gitcommit -m`: the program, or the program and its subcommand.
fn misspelt_program(words: &Simple) -> Option<Fault> {
    let (first, second) = (words.first()?, words.get(1)?);
    let is_name = |word: &Word| {
        word.plain && word.quoted.is_none() && word.text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    };
    if !is_name(first) || first.text.len() < 4 {
        return None;
    }
    let fault = |meant: String, kind, certain| {
        let wrote = first.text.clone();
        Fault { kind, span: first.span, wrote, meant, command: String::new(), depth: 0, noun: String::new(), certain }
    };
    if let Some(near) = nearest(&first.text, names()).filter(|_| is_name(second) && second.text.len() > 2) {
        let root = program(near)?;
        let other = root.traits.look_alikes.split(' ').any(|other| other == first.text);
        return (!other && root.subcommand(&second.text).is_some())
            .then(|| fault(near.to_owned(), Kind::Program, false));
    }
    names().find_map(|name| {
        let rest = first.text.strip_prefix(name).filter(|rest| rest.len() > 2)?;
        let root = program(name)?;
        let other = root.traits.look_alikes.split(' ').any(|other| other == first.text);
        let below = root.subcommand(rest)??;
        // Only an option of that very subcommand shows that it is one.
        let option = below.options()?.any(|(known, _)| known == second.text);
        (option && !other).then(|| fault(format!("{name} {rest}"), Kind::Glued, false))
    })
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
