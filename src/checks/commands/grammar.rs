//! The decoded grammar of a program: a tree of commands with their options and arguments.

use crate::checks::commands::option_list::{OptionArity, OptionList, words};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// The maximum number of names that are searched one by one; more are indexed.
const MAX_SCANNED: usize = 32;

/// A command.
#[derive(Default, Debug)]
pub(super) struct CommandNode {
    names: Box<str>,
    flags: Option<OptionList>,
    persistent: Option<OptionList>,
    leaf_names: Box<str>,
    /// Subcommands with a grammar of their own.
    nodes: Vec<CommandNode>,
    /// How it is parsed, and what is known about its names.
    pub(super) traits: ParsingTraits,
    /// The config keys that its first argument may be.
    pub(super) keys: Vec<ConfigKeys>,
    /// Its names by hash, for a command with many; made on first use.
    index: OnceLock<NameIndex>,
    /// The names of its subcommands' subcommands, each with the indexes of the subcommands that have it.
    parents: OnceLock<HashMap<Box<str>, Vec<usize>>>,
    /// The options of it and of all commands below it.
    all_options: OnceLock<HashSet<Box<str>>>,
}

/// The names of a command's subcommands and options.
#[derive(Default, Debug)]
struct NameIndex {
    /// Subcommands, with the indexes of those that have a grammar of their own.
    subcommands: HashMap<Box<str>, Option<usize>>,
    /// The same by their length in bytes, without hyphens.
    by_length: BTreeMap<usize, Vec<Box<str>>>,
    flags: HashMap<Box<str>, OptionArity>,
    persistent: HashMap<Box<str>, OptionArity>,
}

/// How a command is parsed, and what is known about its names.
#[derive(Default, Debug)]
pub(super) struct ParsingTraits {
    /// What follows the first argument belongs to another program.
    pub(super) ends_at_argument: bool,
    /// Nothing below this command is checked.
    pub(super) disabled: bool,
    /// There may be subcommands that aren't listed.
    pub(super) open: bool,
    /// There may be options that aren't listed.
    pub(super) open_flags: bool,
    /// Options may be abbreviated.
    pub(super) abbreviations: bool,
    /// Subcommands may be abbreviated.
    pub(super) short_names: bool,
    /// Long options may have a single dash.
    pub(super) single_dash: bool,
    /// Patterns that show that a name is a plugin's.
    pub(super) external: Vec<Box<str>>,
    /// Patterns that show that a name is defined in the same document.
    pub(super) definitions: Vec<Box<str>>,
    /// Programs with similar names.
    pub(super) look_alikes: Box<str>,
}

/// Config keys that an argument may be; see [`crate::checks::commands::spec::Keys`].
#[derive(Default, Debug)]
pub(super) struct ConfigKeys {
    pattern: Box<str>,
    /// The noun for a key in messages.
    pub(super) noun: Box<str>,
    /// Whether a number at the end of a key is probably the next argument.
    pub(super) split_number: bool,
    known: Box<str>,
    index: OnceLock<HashSet<Box<str>>>,
}

impl CommandNode {
    /// Decodes what [`crate::checks::commands::encode::encode_spec`] writes.
    pub(super) fn decode(encoded: &str) -> Self {
        let mut open: Vec<CommandNode> = Vec::new();
        for line in encoded.lines() {
            let Some(mark) = line.chars().next() else { continue };
            let rest = &line[mark.len_utf8()..];
            if let Some(depth) = mark.to_digit(10) {
                close(&mut open, (depth as usize).max(1));
                open.push(CommandNode { names: rest.into(), ..CommandNode::default() });
            } else if let Some(node) = open.last_mut() {
                node.take(mark, rest);
            }
        }
        close(&mut open, 1);
        open.pop().unwrap_or_default()
    }

    fn take(&mut self, mark: char, rest: &str) {
        let parts = || rest.split('\t').map(Box::from).collect();
        let traits = &mut self.traits;
        match mark {
            'f' => self.flags = Some(OptionList::new(rest)),
            'p' => self.persistent = Some(OptionList::new(rest)),
            'n' => self.leaf_names = rest.into(),
            'e' => traits.external = parts(),
            'a' => traits.definitions = parts(),
            'l' => traits.look_alikes = rest.into(),
            'k' => {
                let mut parts = rest.split('\t');
                let mut next = || parts.next().unwrap_or_default();
                let (pattern, noun, split_number) = (next().into(), next().into(), next() == "split");
                self.keys.push(ConfigKeys {
                    pattern,
                    noun,
                    split_number,
                    known: next().into(),
                    index: OnceLock::new(),
                });
            }
            'x' => {
                for name in rest.split(' ') {
                    match name {
                        "non-interspersed" => traits.ends_at_argument = true,
                        "disabled" => traits.disabled = true,
                        "open" => traits.open = true,
                        "open-flags" => traits.open_flags = true,
                        "abbreviations" => traits.abbreviations = true,
                        "short-names" => traits.short_names = true,
                        "single-dash" => traits.single_dash = true,
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    /// Its name.
    pub(super) fn name(&self) -> &str {
        self.names.split(' ').next().unwrap_or_default()
    }

    /// Its name and its aliases.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.split(' ')
    }

    /// Whether another program with a similar name is called `name`.
    pub(super) fn is_look_alike(&self, name: &str) -> bool {
        self.traits.look_alikes.split(' ').any(|other| other == name)
    }

    /// The names of its subcommands, aliases included.
    pub(super) fn subcommands(&self) -> impl Iterator<Item = &str> + Clone {
        let names = self.nodes.iter().flat_map(|node| node.names.split(' '));
        names.chain(words(&self.leaf_names))
    }

    /// Whether it has subcommands.
    pub(super) fn has_subcommands(&self) -> bool {
        !self.nodes.is_empty() || !self.leaf_names.is_empty()
    }

    /// Whether it has a subcommand called `name`, and that subcommand's grammar if there is one.
    pub(super) fn subcommand(&self, name: &str) -> Option<Option<&CommandNode>> {
        if self.nodes.len() + self.leaf_names.len() > MAX_SCANNED {
            return self.index().subcommands.get(name).map(|at| at.map(|at| &self.nodes[at]));
        }
        let node = self.nodes.iter().find(|node| node.names.split(' ').any(|known| known == name));
        match node {
            Some(node) => Some(Some(node)),
            None => words(&self.leaf_names).any(|known| known == name).then_some(None),
        }
    }

    /// The names of subcommands that are nearly as long as `word`, without hyphens: those that it may be a misspelling of.
    pub(super) fn subcommands_like(&self, word: &str) -> Vec<&str> {
        let length = length(word);
        let near = self.index().by_length.range(length.saturating_sub(2)..=length + 2);
        near.flat_map(|(_, names)| names).map(|name| &**name).collect()
    }

    fn index(&self) -> &NameIndex {
        self.index.get_or_init(|| {
            let mut index = NameIndex::default();
            for name in words(&self.leaf_names) {
                index.subcommands.insert(name.into(), None);
            }
            // Of two with the same name, the first takes precedence.
            for (at, node) in self.nodes.iter().enumerate().rev() {
                index.subcommands.extend(node.names.split(' ').map(|name| (name.into(), Some(at))));
            }
            for name in self.subcommands() {
                index.by_length.entry(length(name)).or_default().push(name.into());
            }
            let all = |flags: &Option<OptionList>| -> HashMap<Box<str>, OptionArity> {
                let flags = flags.iter().flat_map(OptionList::all);
                flags.fold(HashMap::new(), |mut all, (name, arity)| {
                    all.entry(name.clone()).or_insert(*arity);
                    all
                })
            };
            (index.flags, index.persistent) = (all(&self.flags), all(&self.persistent));
            index
        })
    }

    /// The subcommands that have a subcommand called `name`.
    pub(super) fn parents_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let parents = self.parents.get_or_init(|| {
            let mut parents: HashMap<Box<str>, Vec<usize>> = HashMap::new();
            for (at, node) in self.nodes.iter().enumerate() {
                for name in node.subcommands() {
                    let indexes = parents.entry(name.into()).or_default();
                    if indexes.last() != Some(&at) {
                        indexes.push(at);
                    }
                }
            }
            parents
        });
        parents.get(name).into_iter().flatten().map(|at| self.nodes[*at].name())
    }

    /// Whether its option `name` takes a value; none if it has no such option.
    pub(super) fn option(&self, name: &str) -> Option<OptionArity> {
        if self.has_many_options() {
            let index = self.index();
            return index.flags.get(name).or_else(|| index.persistent.get(name)).copied();
        }
        self.flags.iter().chain(&self.persistent).find_map(|options| options.find(name))
    }

    /// Whether the option `name` that it shares with its subcommands takes a value; none if it has no such option.
    pub(super) fn persistent_option(&self, name: &str) -> Option<OptionArity> {
        if self.has_many_options() {
            return self.index().persistent.get(name).copied();
        }
        self.persistent.as_ref()?.find(name)
    }

    fn has_many_options(&self) -> bool {
        self.flags.iter().chain(&self.persistent).map(|flags| flags.len()).sum::<usize>() > 8 * MAX_SCANNED
    }

    /// Its own options and those it shares with its subcommands; none if its options aren't known.
    pub(super) fn options(&self) -> Option<impl Iterator<Item = (&str, OptionArity)>> {
        if self.flags.is_none() && self.persistent.is_none() {
            return None;
        }
        Some(self.flags.iter().chain(&self.persistent).flat_map(OptionList::all).map(|(name, arity)| (&**name, *arity)))
    }

    /// Whether one of its options is as in `-name`; with `shared`, of those it shares with its subcommands.
    pub(super) fn has_single_dash_options(&self, shared: bool) -> bool {
        let own = self.flags.iter().filter(|_| !shared);
        own.chain(&self.persistent).any(OptionList::has_single_dash)
    }

    /// Whether it or a command below it has the option `name`.
    pub(super) fn has_option(&self, name: &str) -> bool {
        let all = self.all_options.get_or_init(|| {
            let (mut all, mut open) = (HashSet::new(), vec![self]);
            while let Some(node) = open.pop() {
                for (name, _) in node.options().into_iter().flatten() {
                    if !all.contains(name) {
                        all.insert(name.into());
                    }
                }
                open.extend(&node.nodes);
            }
            all
        });
        all.contains(name)
    }

    /// Whether a command at least two levels below it takes config keys.
    pub(super) fn accepts_keys(&self) -> bool {
        let mut open: Vec<&CommandNode> = self.nodes.iter().flat_map(|node| &node.nodes).collect();
        while let Some(node) = open.pop() {
            if !node.keys.is_empty() {
                return true;
            }
            open.extend(&node.nodes);
        }
        false
    }

    /// The options it shares with its subcommands.
    pub(super) fn persistent(&self) -> impl Iterator<Item = (&str, OptionArity)> {
        self.persistent.iter().flat_map(OptionList::all).map(|(name, arity)| (&**name, *arity))
    }
}

impl ConfigKeys {
    /// The offset of the key in `argument`, if that matches the pattern.
    pub(super) fn key_at(&self, argument: &str) -> Option<usize> {
        let mut rest = argument;
        for part in self.pattern.split('.') {
            if part == "*" {
                return Some(argument.len() - rest.len());
            }
            let (first, next) = rest.split_once('.')?;
            if first.is_empty() || (part != "{}" && part != first) {
                return None;
            }
            rest = next;
        }
        None
    }

    /// Whether it is one of the keys.
    pub(super) fn is_known(&self, key: &str) -> bool {
        self.index.get_or_init(|| words(&self.known).map(Box::from).collect()).contains(key)
    }

    /// The keys.
    pub(super) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        words(&self.known)
    }
}

/// The length of a name in bytes, without punctuation that writers vary.
fn length(name: &str) -> usize {
    name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b'.' | b'/')).count()
}

/// Moves open commands below `depth` into their parents.
fn close(open: &mut Vec<CommandNode>, depth: usize) {
    while open.len() > depth {
        let Some(node) = open.pop() else { return };
        if let Some(parent) = open.last_mut() {
            parent.nodes.push(node);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: &str = "0git g\npx -c= --git-dir=\nnadd blame\nxabbreviations\n1remote\nf-v --verbose\n2add\n1configure\nk{}.s3.*\tsetting\tsplit\ta_b c\n";

    #[test]
    fn a_tree_is_decoded() {
        let git = CommandNode::decode(PACKED);
        assert_eq!(git.name(), "git");
        assert!(git.traits.abbreviations);
        assert_eq!(git.subcommands().collect::<Vec<_>>(), ["remote", "configure", "add", "blame"]);
        assert!(matches!(git.subcommand("add"), Some(None)));
        let remote = git.subcommand("remote").flatten().expect("more is known");
        assert_eq!(
            remote.options().expect("known").collect::<Vec<_>>(),
            [("-v", OptionArity::None), ("--verbose", OptionArity::None)]
        );
        assert!(remote.subcommand("add").is_some());
        assert_eq!(git.parents_of("add").collect::<Vec<_>>(), ["remote"]);
    }

    #[test]
    fn a_key_is_found_by_its_pattern() {
        let git = CommandNode::decode(PACKED);
        let keys = &git.subcommand("configure").flatten().expect("more is known").keys[0];
        assert_eq!(keys.key_at("default.s3.a_b60"), Some(11));
        assert_eq!(keys.key_at("default.s4.a"), None);
        assert_eq!(keys.key_at("s3.a"), None);
        assert!(keys.split_number);
    }

    #[test]
    fn invalid_input_is_an_empty_grammar() {
        assert_eq!(CommandNode::decode("").name(), "");
        assert_eq!(CommandNode::decode("\u{1f600}\n9x\n9y\nf").name(), "x");
    }
}
