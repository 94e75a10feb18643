//! The options of a command, as they are packed and as they are looked up.

use std::sync::OnceLock;

/// Whether an option takes a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OptionArity {
    /// It takes none.
    None,
    /// It takes the next word, or what follows `=`.
    Required,
    /// It takes what follows `=`, if anything.
    Optional,
}

/// Options as they are packed, and taken apart on first use.
#[derive(Default, Debug)]
pub(super) struct OptionList {
    packed: Box<str>,
    parsed: OnceLock<Vec<(Box<str>, OptionArity)>>,
    /// Whether one has a name of several letters after a single dash.
    has_single_dash: OnceLock<bool>,
}

impl OptionList {
    /// The options in a text, with spaces between them.
    pub(super) fn new(packed: &str) -> Self {
        Self { packed: packed.into(), ..Self::default() }
    }

    /// Whether one of them is as in `-name`.
    pub(super) fn has_single_dash(&self) -> bool {
        *self.has_single_dash.get_or_init(|| self.all().iter().any(|(name, _)| is_single_dash(name)))
    }

    /// The length of that text.
    pub(super) fn len(&self) -> usize {
        self.packed.len()
    }

    /// The names of all options, each with whether it takes a value.
    pub(super) fn all(&self) -> &[(Box<str>, OptionArity)] {
        self.parsed.get_or_init(|| {
            let options = words(&self.packed).map(parse_option);
            options.map(|(name, arity)| (name.into(), arity)).collect()
        })
    }

    /// Whether the option called `name` takes a value; none if there is no such option.
    pub(super) fn find(&self, name: &str) -> Option<OptionArity> {
        self.all().iter().find(|(known, _)| **known == *name).map(|(_, arity)| *arity)
    }
}

/// The words of a text, with spaces between them. They are short, so that their bytes are looked at one by one.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(' ');
        let end = rest.bytes().position(|byte| byte == b' ').unwrap_or(rest.len());
        let word;
        (word, rest) = rest.split_at(end);
        (!word.is_empty()).then_some(word)
    })
}

/// Whether an option is as in `-name`, rather than `-n` or `--name`.
pub(super) fn is_single_dash(name: &str) -> bool {
    name.len() > 3 && !name.starts_with("--")
}

/// An option's name, and whether it takes a value, which a mark at its end tells.
fn parse_option(written: &str) -> (&str, OptionArity) {
    match written.as_bytes() {
        [.., b'='] => (&written[..written.len() - 1], OptionArity::Required),
        [.., before, b'?'] if *before != b'-' => (&written[..written.len() - 1], OptionArity::Optional),
        [b'?'] => ("", OptionArity::Optional),
        _ => (written, OptionArity::None),
    }
}
