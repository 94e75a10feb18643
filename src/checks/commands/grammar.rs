//! What is known of a program, unpacked: a tree of commands with the names of what they take.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

/// Of so few names, the first to the last are looked at.
const FEW: usize = 32;

/// A command.
#[derive(Default, Debug)]
pub(crate) struct Node {
    names: Box<str>,
    flags: Option<Box<str>>,
    persistent: Option<Box<str>>,
    alone: Box<str>,
    /// Subcommands of which more than the name is known.
    nodes: Vec<Node>,
    /// Its switches and words.
    pub(crate) traits: Traits,
    /// What its first argument may be.
    pub(crate) keys: Vec<Keys>,
    /// What is asked of a command with many names, made when first asked.
    index: OnceLock<Index>,
    /// Its subcommands' subcommands, each with the places of those it is one of.
    parents: OnceLock<HashMap<Box<str>, Vec<usize>>>,
    /// The options of it and of all below.
    all_options: OnceLock<HashSet<Box<str>>>,
}

/// The names of a command's parts.
#[derive(Default, Debug)]
struct Index {
    /// Subcommands, with their places where more than the name is known.
    subcommands: HashMap<Box<str>, Option<usize>>,
    /// The same by their length in bytes, without hyphens.
    by_length: BTreeMap<usize, Vec<Box<str>>>,
    flags: HashMap<Box<str>, Takes>,
    persistent: HashMap<Box<str>, Takes>,
}

/// What is special about a command.
#[derive(Default, Debug)]
pub(crate) struct Traits {
    /// What follows the first argument belongs to another program.
    pub(crate) ends_at_argument: bool,
    /// Nothing below is looked at.
    pub(crate) disabled: bool,
    /// There may be subcommands that aren't listed.
    pub(crate) open: bool,
    /// There may be options that aren't listed.
    pub(crate) open_flags: bool,
    /// Options may be shortened.
    pub(crate) abbreviations: bool,
    /// Subcommands may be shortened.
    pub(crate) short_names: bool,
    /// Long options may be written with one dash.
    pub(crate) single_dash: bool,
    /// What shows that a name is a plugin's.
    pub(crate) external: Vec<Box<str>>,
    /// What shows that a name is defined in the same document.
    pub(crate) definitions: Vec<Box<str>>,
    /// Programs that are called nearly the same.
    pub(crate) look_alikes: Box<str>,
}

/// Keys that an argument may be; see [`crate::checks::commands::spec::Keys`].
#[derive(Default, Debug)]
pub(crate) struct Keys {
    pattern: Box<str>,
    /// What a key is called.
    pub(crate) noun: Box<str>,
    /// Whether a number at the key's end was meant as the next argument.
    pub(crate) split_number: bool,
    known: Box<str>,
    index: OnceLock<HashSet<Box<str>>>,
}

/// What an option takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// The next word, or what follows `=`.
    Value,
    /// Perhaps what follows `=`.
    Perhaps,
}

impl Node {
    /// Reads what [`crate::checks::commands::pack::pack`] writes.
    pub(crate) fn unpack(packed: &str) -> Self {
        let mut open: Vec<Node> = Vec::new();
        for line in packed.lines() {
            let Some(mark) = line.chars().next() else { continue };
            let rest = &line[mark.len_utf8()..];
            if let Some(depth) = mark.to_digit(10) {
                close(&mut open, (depth as usize).max(1));
                open.push(Node { names: rest.into(), ..Node::default() });
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
            'f' => self.flags = Some(rest.into()),
            'p' => self.persistent = Some(rest.into()),
            'n' => self.alone = rest.into(),
            'e' => traits.external = parts(),
            'a' => traits.definitions = parts(),
            'l' => traits.look_alikes = rest.into(),
            'k' => {
                let mut parts = rest.split('\t');
                let mut next = || parts.next().unwrap_or_default();
                let (pattern, noun, split_number) = (next().into(), next().into(), next() == "split");
                self.keys.push(Keys { pattern, noun, split_number, known: next().into(), index: OnceLock::new() });
            }
            'x' => {
                for switch in rest.split(' ') {
                    match switch {
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
    pub(crate) fn name(&self) -> &str {
        self.names.split(' ').next().unwrap_or_default()
    }

    /// Its name and its aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.split(' ')
    }

    /// Whether another program is called `name`, which is nearly its own.
    pub(crate) fn looks_like(&self, name: &str) -> bool {
        self.traits.look_alikes.split(' ').any(|other| other == name)
    }

    /// The names of its subcommands, aliases included.
    pub(crate) fn subcommands(&self) -> impl Iterator<Item = &str> + Clone {
        let names = self.nodes.iter().flat_map(|node| node.names.split(' '));
        names.chain(words(&self.alone))
    }

    /// Whether it has subcommands.
    pub(crate) fn has_subcommands(&self) -> bool {
        !self.nodes.is_empty() || !self.alone.is_empty()
    }

    /// Whether it has a subcommand called `name`, and what more is known of it.
    pub(crate) fn subcommand(&self, name: &str) -> Option<Option<&Node>> {
        if self.nodes.len() + self.alone.len() > FEW {
            return self.index().subcommands.get(name).map(|place| place.map(|place| &self.nodes[place]));
        }
        let node = self.nodes.iter().find(|node| node.names.split(' ').any(|known| known == name));
        match node {
            Some(node) => Some(Some(node)),
            None => words(&self.alone).any(|known| known == name).then_some(None),
        }
    }

    /// The names of subcommands that are nearly as long as `word`, hyphens left out: those that it may be a slip of.
    pub(crate) fn subcommands_like(&self, word: &str) -> Vec<&str> {
        let length = length(word);
        let near = self.index().by_length.range(length.saturating_sub(2)..=length + 2);
        near.flat_map(|(_, names)| names).map(|name| &**name).collect()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let mut index = Index::default();
            for name in words(&self.alone) {
                index.subcommands.insert(name.into(), None);
            }
            // The first that has a name is the one that is meant.
            for (place, node) in self.nodes.iter().enumerate().rev() {
                index.subcommands.extend(node.names.split(' ').map(|name| (name.into(), Some(place))));
            }
            for name in index.subcommands.keys() {
                index.by_length.entry(length(name)).or_default().push(name.clone());
            }
            let all = |flags: &Option<Box<str>>| -> HashMap<Box<str>, Takes> {
                let flags = flags.iter().flat_map(|flags| words(flags)).map(flag);
                flags.fold(HashMap::new(), |mut all, (name, takes)| {
                    all.entry(name.into()).or_insert(takes);
                    all
                })
            };
            (index.flags, index.persistent) = (all(&self.flags), all(&self.persistent));
            index
        })
    }

    /// The subcommands that have a subcommand called `name`.
    pub(crate) fn parents_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let parents = self.parents.get_or_init(|| {
            let mut parents: HashMap<Box<str>, Vec<usize>> = HashMap::new();
            for (place, node) in self.nodes.iter().enumerate() {
                for name in node.subcommands() {
                    let places = parents.entry(name.into()).or_default();
                    if places.last() != Some(&place) {
                        places.push(place);
                    }
                }
            }
            parents
        });
        parents.get(name).into_iter().flatten().map(|place| self.nodes[*place].name())
    }

    /// What its option `name` takes.
    pub(crate) fn option(&self, name: &str) -> Option<Takes> {
        if self.has_many_options() {
            let index = self.index();
            return index.flags.get(name).or_else(|| index.persistent.get(name)).copied();
        }
        self.options()?.find(|(known, _)| *known == name).map(|(_, takes)| takes)
    }

    /// What an option takes that its subcommands have too.
    pub(crate) fn persistent_option(&self, name: &str) -> Option<Takes> {
        if self.has_many_options() {
            return self.index().persistent.get(name).copied();
        }
        self.persistent().find(|(known, _)| *known == name).map(|(_, takes)| takes)
    }

    fn has_many_options(&self) -> bool {
        self.flags.iter().chain(&self.persistent).map(|flags| flags.len()).sum::<usize>() > 8 * FEW
    }

    /// Its own options, and those of its subcommands too; none where its options aren't known.
    pub(crate) fn options(&self) -> Option<impl Iterator<Item = (&str, Takes)>> {
        if self.flags.is_none() && self.persistent.is_none() {
            return None;
        }
        Some(self.flags.iter().chain(&self.persistent).flat_map(|flags| words(flags)).map(flag))
    }

    /// Whether it or a command below it has the option `name`.
    pub(crate) fn has_option(&self, name: &str) -> bool {
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

    /// Whether a subcommand of one of its subcommands, or one further below, takes keys.
    pub(crate) fn takes_keys_below(&self) -> bool {
        let mut open: Vec<&Node> = self.nodes.iter().flat_map(|node| &node.nodes).collect();
        while let Some(node) = open.pop() {
            if !node.keys.is_empty() {
                return true;
            }
            open.extend(&node.nodes);
        }
        false
    }

    /// The options of its subcommands too.
    pub(crate) fn persistent(&self) -> impl Iterator<Item = (&str, Takes)> {
        self.persistent.iter().flat_map(|flags| words(flags)).map(flag)
    }
}

impl Keys {
    /// Where in `argument` its key starts, if it has the pattern's shape.
    pub(crate) fn key_at(&self, argument: &str) -> Option<usize> {
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
    pub(crate) fn is_known(&self, key: &str) -> bool {
        self.index.get_or_init(|| words(&self.known).map(Box::from).collect()).contains(key)
    }

    /// The keys.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        words(&self.known)
    }
}

/// The length of a name in bytes, without what writers vary.
fn length(name: &str) -> usize {
    name.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b'.' | b'/')).count()
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(' ').filter(|word| !word.is_empty())
}

fn flag(written: &str) -> (&str, Takes) {
    if let Some(name) = written.strip_suffix('=') {
        return (name, Takes::Value);
    }
    written
        .strip_suffix('?')
        .filter(|name| !name.ends_with('-'))
        .map_or((written, Takes::Nothing), |name| (name, Takes::Perhaps))
}

/// Puts what is open below `depth` into its parents.
fn close(open: &mut Vec<Node>, depth: usize) {
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
    fn a_tree_is_unpacked() {
        let git = Node::unpack(PACKED);
        assert_eq!(git.name(), "git");
        assert!(git.traits.abbreviations);
        assert_eq!(git.subcommands().collect::<Vec<_>>(), ["remote", "configure", "add", "blame"]);
        assert!(matches!(git.subcommand("add"), Some(None)));
        let remote = git.subcommand("remote").flatten().expect("more is known");
        assert_eq!(
            remote.options().expect("known").collect::<Vec<_>>(),
            [("-v", Takes::Nothing), ("--verbose", Takes::Nothing)]
        );
        assert!(remote.subcommand("add").is_some());
        assert_eq!(git.parents_of("add").collect::<Vec<_>>(), ["remote"]);
    }

    #[test]
    fn a_key_is_found_by_its_pattern() {
        let git = Node::unpack(PACKED);
        let keys = &git.subcommand("configure").flatten().expect("more is known").keys[0];
        assert_eq!(keys.key_at("default.s3.a_b60"), Some(11));
        assert_eq!(keys.key_at("default.s4.a"), None);
        assert_eq!(keys.key_at("s3.a"), None);
        assert!(keys.split_number);
    }

    #[test]
    fn nonsense_is_no_grammar() {
        assert_eq!(Node::unpack("").name(), "");
        assert_eq!(Node::unpack("\u{1f600}\n9x\n9y\nf").name(), "x");
    }
}
