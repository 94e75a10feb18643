//! Loads a user's command spec as a grammar, or reports every error in it.

use crate::checks::commands::encode;
use crate::checks::commands::encode::MAX_DEPTH;
use crate::checks::commands::grammar::CommandNode;
use crate::checks::commands::spec::Spec;
use crate::data::limits::Limits;
use crate::data::node::{ScalarType, Value};
use crate::data::{typed, yaml};
use crate::source::Span;
use crate::text::similarity::did_you_mean;

/// An error in a command spec.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct SpecError {
    /// Its place, in bytes of the spec.
    pub(crate) span: Span,
    /// What is wrong.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

/// The type of a key's value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ExpectedType {
    Text,
    Switch,
    Words,
    Flags,
    Commands,
    Parsing,
    Lint,
    Keys,
    Anything,
}

/// The keys of a command.
const COMMAND: &[(&str, ExpectedType)] = &[
    ("name", ExpectedType::Text),
    ("aliases", ExpectedType::Words),
    ("description", ExpectedType::Anything),
    ("group", ExpectedType::Anything),
    ("hidden", ExpectedType::Switch),
    ("parsing", ExpectedType::Parsing),
    ("flags", ExpectedType::Flags),
    ("persistentflags", ExpectedType::Flags),
    ("exclusiveflags", ExpectedType::Anything),
    ("completion", ExpectedType::Anything),
    ("documentation", ExpectedType::Anything),
    ("examples", ExpectedType::Anything),
    ("run", ExpectedType::Anything),
    ("commands", ExpectedType::Commands),
    ("x-lint", ExpectedType::Lint),
];

/// The keys of the extension block.
const LINT: &[(&str, ExpectedType)] = &[
    ("closed", ExpectedType::Switch),
    ("open-flags", ExpectedType::Switch),
    ("names", ExpectedType::Words),
    ("external", ExpectedType::Words),
    ("aliases-in-document", ExpectedType::Words),
    ("abbreviations", ExpectedType::Switch),
    ("short-names", ExpectedType::Switch),
    ("single-dash", ExpectedType::Switch),
    ("look-alikes", ExpectedType::Words),
    ("keys", ExpectedType::Keys),
    ("source", ExpectedType::Anything),
];

/// The keys of an entry of `keys`.
const KEYS: &[(&str, ExpectedType)] = &[
    ("pattern", ExpectedType::Text),
    ("known", ExpectedType::Words),
    ("noun", ExpectedType::Text),
    ("split-trailing-number", ExpectedType::Switch),
];

/// Parses a spec.
///
/// # Errors
/// Every mistake in it, in the order of the file.
pub(super) fn read(text: &str) -> Result<CommandNode, Vec<SpecError>> {
    let errors = validate_spec(text);
    if !errors.is_empty() {
        return Err(errors);
    }
    let whole = |message: String| vec![SpecError { span: Span::new(0, text.len()), message, help: None }];
    let spec: Spec = typed::from_yaml(text).map_err(|error| whole(error.message))?;
    Ok(CommandNode::decode(&encode::encode_spec(&spec)))
}

/// All errors in a spec, in the order of the file.
pub(crate) fn validate_spec(text: &str) -> Vec<SpecError> {
    let (tree, problems) = yaml::parse(text, 0, Limits::ProjectFile);
    let mut found = SpecErrors::default();
    for problem in &problems {
        found.at(problem.span, format!("invalid YAML: {}", problem.detail));
    }
    if !problems.is_empty() {
        return found.errors;
    }
    match tree.root() {
        Some(root) if root.is_map() => {
            let mut open = vec![(0, root)];
            while let Some((depth, command)) = open.pop() {
                found.command(command, depth, &mut open);
                found.names += names(command);
                if found.names > MAX_NAMES {
                    let message = format!("too many names: a spec has at most {MAX_NAMES} commands, options, and keys");
                    found.at(Span::new(command.span().start, command.span().start + 1), message);
                    break;
                }
            }
        }
        Some(root) => found.at(root.span(), "expected a mapping with `name`"),
        None => found.at(Span::empty(0), "expected a mapping with `name`"),
    }
    found.errors.sort_by_key(|error| error.span);
    found.errors
}

/// The most names that a spec may have.
const MAX_NAMES: usize = 10_000;

/// How many names a command adds: its own, its options', and those that `x-lint` lists.
fn names(command: Value<'_>) -> usize {
    let length = |value: Option<Value<'_>>| {
        let words = |text: &str| text.split_whitespace().count();
        value.map_or(0, |value| value.text().map_or_else(|| value.items().map_or(0, Iterator::count), words))
    };
    let lint = command.get("x-lint");
    let keys = lint.and_then(|lint| lint.get("keys")).and_then(Value::items).into_iter().flatten();
    let keys: usize = keys.map(|keys| length(keys.get("known"))).sum();
    let flags = ["flags", "persistentflags"].map(|key| command.get(key).map_or(0, |flags| flags.entries().count()));
    1 + length(command.get("aliases"))
        + length(lint.and_then(|lint| lint.get("names")))
        + keys
        + flags.iter().sum::<usize>()
}

#[derive(Default)]
struct SpecErrors {
    errors: Vec<SpecError>,
    names: usize,
}

impl SpecErrors {
    fn at(&mut self, span: Span, message: impl Into<String>) {
        self.errors.push(SpecError { span, message: message.into(), help: None });
    }

    fn command<'a>(&mut self, command: Value<'a>, depth: usize, open: &mut Vec<(usize, Value<'a>)>) {
        if !command.is_map() {
            return self.at(command.span(), "expected a mapping with `name` for each command");
        }
        if depth > MAX_DEPTH {
            return self.at(command.span(), format!("commands nested more than {MAX_DEPTH} levels deep"));
        }
        if command.get("name").is_none_or(Value::is_null) {
            self.at(Span::new(command.span().start, command.span().start + 1), "missing `name` of the command");
        }
        for (holds, value) in self.map(command, COMMAND) {
            match holds {
                ExpectedType::Flags => self.flags(value),
                ExpectedType::Commands => match value.items() {
                    Some(items) => open.extend(items.map(|item| (depth + 1, item))),
                    None => self.at(value.span(), "`commands` must be a list"),
                },
                ExpectedType::Lint if !value.is_map() => self.at(value.span(), "`x-lint` must be a mapping"),
                ExpectedType::Lint => self.lint(value),
                holds => self.plain(holds, value),
            }
        }
        self.repeated(command);
    }

    fn lint(&mut self, block: Value<'_>) {
        for (holds, value) in self.map(block, LINT) {
            if holds != ExpectedType::Keys {
                self.plain(holds, value);
                continue;
            }
            let Some(items) = value.items() else {
                self.at(value.span(), "`keys` must be a list");
                continue;
            };
            for item in items {
                for (holds, value) in self.map(item, KEYS) {
                    self.plain(holds, value);
                }
                match item.get("pattern").and_then(Value::text) {
                    Some(pattern)
                        if pattern.split('.').filter(|part| *part == "*").count() == 1 && pattern.ends_with('*') => {}
                    _ => {
                        self.at(item.span(), "invalid `pattern`: separate parts with dots and end with `*` for the key")
                    }
                }
            }
        }
    }

    /// The values of a mapping with their expected types. Unknown keys are reported.
    fn map<'a>(&mut self, map: Value<'a>, known: &[(&str, ExpectedType)]) -> Vec<(ExpectedType, Value<'a>)> {
        let mut values = Vec::new();
        for entry in map.entries() {
            let name = entry.key.text().unwrap_or_default();
            match known.iter().find(|(known, _)| *known == name) {
                Some((_, holds)) => values.push((*holds, entry.value)),
                None => {
                    let help = did_you_mean(name, known.iter().map(|(known, _)| *known));
                    self.errors.push(SpecError {
                        span: entry.key.span(),
                        message: format!("unknown key `{name}`"),
                        help,
                    });
                }
            }
        }
        values
    }

    fn plain(&mut self, holds: ExpectedType, value: Value<'_>) {
        let fits = match holds {
            ExpectedType::Text => value.scalar_type() == Some(ScalarType::String),
            ExpectedType::Switch => value.bool().is_some(),
            ExpectedType::Words => {
                value.text().is_some() || value.items().is_some_and(|mut items| items.all(|item| item.text().is_some()))
            }
            ExpectedType::Parsing => matches!(value.text(), Some("interspersed" | "non-interspersed" | "disabled")),
            _ => true,
        };
        let expected = match holds {
            ExpectedType::Text => "expected a quoted string",
            ExpectedType::Switch => "expected `true` or `false`",
            ExpectedType::Words => "expected a list of words",
            _ => "expected `interspersed`, `non-interspersed`, or `disabled`",
        };
        if !fits {
            self.at(value.span(), expected);
        }
    }

    fn flags(&mut self, flags: Value<'_>) {
        if !flags.is_map() && !flags.is_null() {
            return self.at(flags.span(), "expected a mapping of options such as `-a, --all=` to descriptions");
        }
        for entry in flags.entries() {
            let name = entry.key.text().unwrap_or_default();
            let bare = name.trim_end_matches(['=', '?', '*', '!', '&']);
            let is_flag = |name: &str| name.len() > 1 && name.starts_with('-') && !name.contains([' ', '=', '\t']);
            if !bare.split(',').all(|name| is_flag(name.trim())) {
                self.at(
                    entry.key.span(),
                    format!(
                        "invalid option `{name}`: write `-a`, `--all`, or `-a, --all`, optionally followed by `=`, `?`, `*`, `!`, or `&`"
                    ),
                );
            }
        }
    }

    fn repeated(&mut self, command: Value<'_>) {
        let mut seen = std::collections::HashSet::new();
        for below in command.get("commands").and_then(Value::items).into_iter().flatten() {
            let aliases = below.get("aliases").and_then(Value::items).into_iter().flatten();
            for name in below.get("name").into_iter().chain(aliases) {
                if let Some(text) = name.text().and_then(|text| text.split_whitespace().next())
                    && !seen.insert(text)
                {
                    self.at(name.span(), format!("duplicate command `{text}`"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_reported_at_its_place() {
        let text = "name: x\nflag: {}\nhidden: maybe\nparsing: wild\nflags:\n  all: \"\"\n  -a, --b=: fine\ncommands:\n  - name: a\n  - aliases: [a]\n  - x\nx-lint:\n  closd: true\n  keys:\n    - pattern: a.b\n";
        let reported: Vec<(&str, String)> =
            validate_spec(text).into_iter().map(|error| (&text[error.span.range()], error.message)).collect();
        let marked: Vec<&str> = reported.iter().map(|(marked, _)| *marked).collect();
        assert_eq!(marked, ["flag", "maybe", "wild", "all", "a", "a", "x", "closd", "pattern: a.b"], "{reported:#?}");
        let help: Vec<Option<String>> = validate_spec(text).into_iter().map(|error| error.help).collect();
        assert_eq!(help[7].as_deref(), Some("did you mean `closed`?"));
        assert!(!validate_spec("name: [").is_empty());
        assert!(!validate_spec("").is_empty());
        assert!(!validate_spec("- name: x").is_empty());
    }

    #[test]
    fn built_in_specs_are_valid() {
        for text in [
            include_str!("../../../rules/commands/docker.yaml"),
            include_str!("../../../rules/commands/kubectl.yaml"),
            include_str!("../../../rules/commands/npm.yaml"),
            include_str!("../../../rules/commands/ssh.yaml"),
        ] {
            assert_eq!(validate_spec(text), []);
        }
    }

    #[test]
    fn a_spec_with_every_key_is_loaded() {
        let text = "name: x\ndescription: y\naliases: [z]\npersistentflags:\n  -v, --verbose: more\n  --level=: \"\"\nexclusiveflags:\n  - [a, b]\ncompletion:\n  positional:\n    - [\"$files\"]\ncommands:\n  - name: run\n    parsing: non-interspersed\n    flags: {--all*: {description: a, nargs: 2}}\nx-lint:\n  names: one two\n";
        let node = read(text).expect("right");
        assert_eq!(node.name(), "x");
        assert_eq!(node.subcommands().collect::<Vec<_>>(), ["run", "one", "two"]);
        assert!(node.subcommand("run").flatten().expect("known").traits.ends_at_argument);
    }
}
