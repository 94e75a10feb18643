//! What is known of a program, unpacked: a tree of commands with the names of what they take.

/// A command.
#[derive(Default, Debug)]
pub(crate) struct CommandNode {
    names: Box<str>,
    flags: Option<Box<str>>,
    persistent: Option<Box<str>>,
    leaf_names: Box<str>,
    /// Subcommands of which more than the name is known.
    nodes: Vec<CommandNode>,
    /// Its switches and words.
    pub(crate) traits: ParsingTraits,
    /// What its first argument may be.
    pub(crate) keys: Vec<ConfigKeys>,
}

/// What is special about a command.
#[derive(Default, Debug)]
pub(crate) struct ParsingTraits {
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
pub(crate) struct ConfigKeys {
    pattern: Box<str>,
    /// What a key is called.
    pub(crate) noun: Box<str>,
    /// Whether a number at the key's end was meant as the next argument.
    pub(crate) split_number: bool,
    known: Box<str>,
}

/// What an option takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum OptionArity {
    /// Nothing.
    None,
    /// The next word, or what follows `=`.
    Required,
    /// Perhaps what follows `=`.
    Optional,
}

impl CommandNode {
    /// Reads what [`crate::checks::commands::pack::pack`] writes.
    pub(crate) fn decode(encoded: &str) -> Self {
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
            'f' => self.flags = Some(rest.into()),
            'p' => self.persistent = Some(rest.into()),
            'n' => self.leaf_names = rest.into(),
            'e' => traits.external = parts(),
            'a' => traits.definitions = parts(),
            'l' => traits.look_alikes = rest.into(),
            'k' => {
                let mut parts = rest.split('\t');
                let mut next = || parts.next().unwrap_or_default();
                let (pattern, noun, split_number) = (next().into(), next().into(), next() == "split");
                self.keys.push(ConfigKeys { pattern, noun, split_number, known: next().into() });
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
    pub(crate) fn name(&self) -> &str {
        self.names.split(' ').next().unwrap_or_default()
    }

    /// Its name and its aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.split(' ')
    }

    /// Whether another program is called `name`, which is nearly its own.
    pub(crate) fn is_look_alike(&self, name: &str) -> bool {
        self.traits.look_alikes.split(' ').any(|other| other == name)
    }

    /// The names of its subcommands, aliases included.
    pub(crate) fn subcommands(&self) -> impl Iterator<Item = &str> + Clone {
        let names = self.nodes.iter().flat_map(|node| node.names.split(' '));
        names.chain(words(&self.leaf_names))
    }

    /// Whether it has subcommands.
    pub(crate) fn has_subcommands(&self) -> bool {
        !self.nodes.is_empty() || !self.leaf_names.is_empty()
    }

    /// Whether it has a subcommand called `name`, and what more is known of it.
    pub(crate) fn subcommand(&self, name: &str) -> Option<Option<&CommandNode>> {
        let node = self.nodes.iter().find(|node| node.names.split(' ').any(|known| known == name));
        match node {
            Some(node) => Some(Some(node)),
            None => words(&self.leaf_names).any(|known| known == name).then_some(None),
        }
    }

    /// The subcommands that have a subcommand called `name`.
    pub(crate) fn parents_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.nodes.iter().filter(move |node| node.subcommand(name).is_some()).map(CommandNode::name)
    }

    /// Its own options, and those of its subcommands too; none where its options aren't known.
    pub(crate) fn options(&self) -> Option<impl Iterator<Item = (&str, OptionArity)>> {
        if self.flags.is_none() && self.persistent.is_none() {
            return None;
        }
        Some(self.flags.iter().chain(&self.persistent).flat_map(|flags| words(flags)).map(parse_option))
    }

    /// Whether it or a command below it has the option `name`.
    pub(crate) fn has_option(&self, name: &str) -> bool {
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            if node.options().is_some_and(|mut options| options.any(|(known, _)| known == name)) {
                return true;
            }
            open.extend(&node.nodes);
        }
        false
    }

    /// Whether a subcommand of one of its subcommands, or one further below, takes keys.
    pub(crate) fn accepts_keys(&self) -> bool {
        let mut open: Vec<&CommandNode> = self.nodes.iter().flat_map(|node| &node.nodes).collect();
        while let Some(node) = open.pop() {
            if !node.keys.is_empty() {
                return true;
            }
            open.extend(&node.nodes);
        }
        false
    }

    /// The options of its subcommands too.
    pub(crate) fn persistent(&self) -> impl Iterator<Item = (&str, OptionArity)> {
        self.persistent.iter().flat_map(|flags| words(flags)).map(parse_option)
    }
}

impl ConfigKeys {
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

    /// The keys.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> + Clone {
        words(&self.known)
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    text.split(' ').filter(|word| !word.is_empty())
}

fn parse_option(written: &str) -> (&str, OptionArity) {
    if let Some(name) = written.strip_suffix('=') {
        return (name, OptionArity::Required);
    }
    written
        .strip_suffix('?')
        .filter(|name| !name.ends_with('-'))
        .map_or((written, OptionArity::None), |name| (name, OptionArity::Optional))
}

/// Puts what is open below `depth` into its parents.
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
    fn a_tree_is_unpacked() {
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
    fn nonsense_is_no_grammar() {
        assert_eq!(CommandNode::decode("").name(), "");
        assert_eq!(CommandNode::decode("\u{1f600}\n9x\n9y\nf").name(), "x");
    }
}
