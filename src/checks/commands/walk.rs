//! Walks the words of a command down a program's grammar, up to the first word that can't be what it says.
//!
//! Only near misses are faults. What is unknown and far from everything known is a plugin, an alias or a newer
//! version, and ends the walk: nothing is said of what follows.

use crate::checks::commands::grammar::{Node, Takes};
use crate::checks::commands::lexer::Word;
use crate::source::Span;
use crate::text::words::nearest;
use std::cell::Cell;

/// How many names words of one page are compared with: a page with more slips than that is no post.
const COMPARED: usize = 2_000_000;

/// The comparisons that are left for a page.
#[derive(Debug)]
pub(crate) struct Guesses(Cell<usize>);

impl Default for Guesses {
    fn default() -> Self {
        Self(Cell::new(COMPARED))
    }
}

impl Guesses {
    /// The one of `candidates` that `word` was meant to be, as [`nearest`] finds it, while there are comparisons left.
    fn nearest<'a>(&self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let left = &self.0;
        if left.get() == 0 {
            return None;
        }
        nearest(word, candidates.into_iter().inspect(|_| left.set(left.get().saturating_sub(1))))
    }

    fn are_left(&self) -> bool {
        self.0.get() > 0
    }
}

/// Something in a command that can't be right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Fault {
    /// What kind of word it is.
    pub(crate) kind: Kind,
    /// The word, or the part of it that is wrong.
    pub(crate) span: Span,
    /// As it is written.
    pub(crate) wrote: String,
    /// What it was most likely meant to be.
    pub(crate) meant: String,
    /// The command up to that word: `git commit`.
    pub(crate) command: String,
    /// How many words of that path are known: 1 for the program alone.
    pub(crate) depth: usize,
    /// What a key is called, for [`Kind::Key`].
    pub(crate) noun: String,
    /// Whether the grammar leaves no doubt about the mending.
    pub(crate) certain: bool,
}

/// What kind of word a fault is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A program.
    Program,
    /// A subcommand.
    Subcommand,
    /// An option.
    Option,
    /// A key.
    Key,
    /// Two words without the blank between them.
    Glued,
    /// A long option with one dash.
    SingleDash,
    /// A subcommand of a subcommand that isn't named: `git pop`.
    MissingParent,
}

/// The first fault of a command whose program is `root`; `words` starts with the program.
pub(crate) fn fault(root: &Node, words: &[Word], guesses: &Guesses) -> Option<Fault> {
    let mut walk = Walk {
        guesses,
        root,
        path: vec![root],
        names: vec![words.first()?.text.as_str()],
        argument: false,
        sure: true,
        known: true,
    };
    let mut rest = words[1..].iter();
    while let Some(word) = rest.next() {
        if word.text == "--" {
            return None;
        }
        let step =
            if word.text.starts_with('-') && word.text.len() > 1 { walk.option(word) } else { walk.argument(word) };
        match step {
            Step::On => {}
            Step::Value => {
                rest.next();
            }
            Step::Stop => return None,
            Step::Fault(fault) => return Some(*fault),
        }
    }
    None
}

/// What a word means for those after it.
enum Step {
    On,
    /// The next word is this one's.
    Value,
    Stop,
    Fault(Box<Fault>),
}

struct Walk<'a> {
    guesses: &'a Guesses,
    root: &'a Node,
    path: Vec<&'a Node>,
    names: Vec<&'a str>,
    /// Whether the command has had an argument.
    argument: bool,
    /// Whether every option so far is known, so that no word can be an option's value.
    sure: bool,
    /// Whether more than the name of the command is known.
    known: bool,
}

impl<'a> Walk<'a> {
    fn node(&self) -> &'a Node {
        self.path.last().copied().unwrap_or(self.root)
    }

    fn options(&self) -> impl Iterator<Item = (&'a str, Takes)> {
        let own = self.known.then(|| self.node().options()).flatten();
        let above = self.path.len() - usize::from(self.known);
        own.into_iter()
            .flatten()
            .chain(self.path[..above.min(self.path.len())].iter().flat_map(|node| node.persistent()))
    }

    fn takes(&self, name: &str) -> Option<Takes> {
        let own = self.known.then(|| self.node().option(name)).flatten();
        let above = self.path.len() - usize::from(self.known);
        own.or_else(|| self.path[..above.min(self.path.len())].iter().find_map(|node| node.persistent_option(name)))
    }

    fn option(&mut self, word: &'a Word) -> Step {
        if self.node().traits.disabled {
            return Step::Stop;
        }
        // A placeholder within the name says nothing; one after `=` says enough.
        let (name, value) = word.text.split_once('=').map_or((word.text.as_str(), false), |(name, _)| (name, true));
        if !word.plain && !value {
            return self.unknown_option();
        }
        if let Some(takes) = self.takes(name) {
            return if takes == Takes::Value && !value { Step::Value } else { Step::On };
        }
        if name.strip_prefix("--no-").is_some_and(|bare| self.takes(&format!("--{bare}")).is_some()) {
            return Step::On;
        }
        // Programs that take both spell an option with one dash or two.
        if name.len() > 4 && name.strip_prefix('-').is_some_and(|one| one.starts_with('-') && self.takes(one).is_some())
        {
            return Step::On;
        }
        match self.misspelt_option(word, name) {
            Some(fault) => Step::Fault(Box::new(fault)),
            None => self.unknown_option(),
        }
    }

    /// An option nobody knows may have taken the next word.
    fn unknown_option(&mut self) -> Step {
        self.sure = false;
        if self.node().has_subcommands() && !self.argument { Step::Stop } else { Step::On }
    }

    fn misspelt_option(&self, word: &Word, name: &str) -> Option<Fault> {
        let node = self.node();
        let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let complete =
            self.known && node.options().is_some() && !node.traits.open_flags && !self.root.traits.open_flags;
        let bare = name.trim_start_matches('-');
        if bare.len() < 3 || !self.guesses.are_left() {
            return None;
        }
        // Says itself what it is, whatever else may be an option.
        if let Some(fault) = self.glued_option(word, name) {
            return Some(fault);
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
                self.takes(&long).is_some() && !self.root.traits.single_dash && !matches!(bare, "help" | "version");
            if single {
                return Some(self.fault(Kind::SingleDash, part(word, 0, name.len()), name, &long, false));
            }
        }
        let abbreviated = |known: &str| known.starts_with(name);
        if self.root.traits.abbreviations && self.options().any(|(known, _)| abbreviated(known)) {
            return None;
        }
        let same_dashes =
            |known: &&str| if two { known.starts_with("--") } else { !known.starts_with("--") && known.len() > 3 };
        let candidates: Vec<&str> = self
            .options()
            .map(|(known, _)| known)
            .filter(same_dashes)
            .map(|known| known.trim_start_matches('-'))
            .collect();
        let near = self.guesses.nearest(bare, candidates.iter().copied()).filter(|near| !varies(bare, near))?;
        let meant = format!("{}{near}", &name[..name.len() - bare.len()]);
        Some(self.fault(Kind::Option, part(word, 0, name.len()), name, &meant, false))
    }

    /// `--filter"name=x"`: the value without anything between.
    fn glued_option(&self, word: &Word, name: &str) -> Option<Fault> {
        let at = word.quoted.filter(|at| *at > 3)?;
        let option = word.text.get(..at)?;
        let takes = self.takes(option)?;
        if takes == Takes::Nothing || option.contains('=') || !name.starts_with("--") {
            return None;
        }
        let span = Span::new(word.span.start, word.span.start + at);
        Some(self.fault(Kind::Glued, span, option, &format!("{option}="), true))
    }

    fn argument(&mut self, word: &'a Word) -> Step {
        if !self.argument && self.known && self.node().has_subcommands() {
            return self.subcommand(word);
        }
        if !self.argument
            && self.known
            && let Some(fault) = self.wrong_key(word)
        {
            return Step::Fault(Box::new(fault));
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
        if !self.sure || node.subcommands().any(is_short) {
            return Step::Stop;
        }
        // What is run together says so itself, whatever else may be a subcommand.
        let open = node.traits.open;
        match self.glued_subcommand(word).or_else(|| if open { None } else { self.misspelt_subcommand(word) }) {
            Some(fault) => Step::Fault(Box::new(fault)),
            None => Step::Stop,
        }
    }

    fn misspelt_subcommand(&self, word: &Word) -> Option<Fault> {
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
            return Some(self.fault(Kind::Subcommand, word.span, &word.text, near, false));
        }
        let mut parents = node.parents_of(&word.text);
        let (parent, more) = (parents.next()?, parents.next());
        if more.is_some() || word.text.len() < 3 {
            return None;
        }
        Some(self.fault(Kind::MissingParent, word.span, &word.text, &format!("{parent} {}", word.text), false))
    }

    /// `commit-m`, `clonehttps://…`
    fn glued_subcommand(&self, word: &Word) -> Option<Fault> {
        let (node, text) = (self.node(), word.text.as_str());
        let marks = ["https://", "http://", "git@", "ssh://"].into_iter().filter_map(|mark| text.find(mark));
        let address = marks.min().filter(|at| *at > 1 && node.subcommand(&text[..*at]).is_some());
        // A subcommand may hold hyphens itself.
        let option = || {
            let mut hyphens = text.match_indices('-').map(|(at, _)| at).filter(|at| *at > 1);
            hyphens.find(|at| self.takes_option(&text[..*at], &text[*at..]))
        };
        let at = address.or_else(option)?;
        let meant = format!("{} {}", &text[..at], &text[at..]);
        Some(self.fault(Kind::Glued, word.span, text, &meant, at > 2))
    }

    /// Whether `subcommand` is one here and takes `option`, which may have a value.
    fn takes_option(&self, subcommand: &str, option: &str) -> bool {
        let name = option.split('=').next().unwrap_or_default();
        // `-all` is read as an option by nobody: one letter, or two dashes. One letter may be part of a script's name.
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

    fn wrong_key(&self, word: &Word) -> Option<Fault> {
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
                let mut fault = self.fault(Kind::Key, span, key, &format!("{near} {number}"), near == stem);
                fault.noun = keys.noun.to_string();
                return Some(fault);
            }
        }
        let near = self
            .guesses
            .nearest(key, keys.known())
            .filter(|near| !near.eq_ignore_ascii_case(key) && !extends(key, near))?;
        let mut fault = self.fault(Kind::Key, span, key, near, false);
        fault.noun = keys.noun.to_string();
        Some(fault)
    }

    fn fault(&self, kind: Kind, span: Span, wrote: &str, meant: &str, certain: bool) -> Fault {
        Fault {
            kind,
            span,
            wrote: wrote.to_owned(),
            meant: meant.to_owned(),
            command: self.names.join(" "),
            depth: self.names.len(),
            noun: String::new(),
            certain,
        }
    }
}

/// `len` bytes of an unquoted word, from byte `at` of it.
fn part(word: &Word, at: usize, len: usize) -> Span {
    Span::new(word.span.start + at, word.span.start + at + len)
}

/// Whether a word is a known one with a word of its own before or behind it: `myplugin`.
fn extends(word: &str, near: &str) -> bool {
    word.len() > near.len() + 1 && (word.ends_with(near) || word.starts_with(near))
}

/// Words that differ as two versions of one name do, not as a slip: `label` and `labels`, `baseUrl` and `baseURL`.
fn varies(word: &str, near: &str) -> bool {
    let (long, short) = if word.len() > near.len() { (word, near) } else { (near, word) };
    word.eq_ignore_ascii_case(near) || long.strip_suffix('s') == Some(short)
}
