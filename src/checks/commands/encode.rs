//! A spec as a compact text: a line for each command with its depth and names, then lines for what it takes.
//!
//! ```text
//! 0git            depth and names
//! f-C= --bare     own options        p…  options of its subcommands too
//! nadd blame      subcommands known by name alone
//! xnon-interspersed closed …         switches
//! e… a… l…        plugins, definitions, look-alikes, parted by tabs
//! k*⇥noun⇥split⇥a b    keys
//! ```

use super::spec::{Parsing, Spec};
use std::fmt::Write as _;

/// Deeper commands than this aren't packed; no program has them.
pub(crate) const MAX_DEPTH: usize = 9;

/// The spec as text, with every name that holds a line end or tab left out.
pub(crate) fn encode_spec(spec: &Spec) -> String {
    let mut encoded = String::new();
    // Commands still to be written, the next one last.
    let mut open = vec![(0, spec)];
    while let Some((depth, command)) = open.pop() {
        write_command(&mut encoded, depth, command);
        if depth < MAX_DEPTH {
            open.extend(command.commands.iter().rev().map(|below| (depth + 1, below)));
        }
    }
    encoded
}

fn write_command(encoded: &mut String, depth: usize, command: &Spec) {
    // The format allows for a whole usage line as the name: `tool [-a] FILE`.
    let name = command.name.split_whitespace().next().unwrap_or_default();
    let names = std::iter::once(name).chain(command.aliases.iter().map(String::as_str));
    line(encoded, &format!("{depth}"), names, ' ');
    if let Some(flags) = &command.flags {
        line(
            encoded,
            "f",
            flags.keys().flat_map(|names| flag_names(names)).collect::<Vec<_>>().iter().map(String::as_str),
            ' ',
        );
    }
    if let Some(flags) = &command.persistentflags {
        line(
            encoded,
            "p",
            flags.keys().flat_map(|names| flag_names(names)).collect::<Vec<_>>().iter().map(String::as_str),
            ' ',
        );
    }
    let lint = &command.lint;
    let switches = [
        (command.parsing == Parsing::NonInterspersed, "non-interspersed"),
        (command.parsing == Parsing::Disabled, "disabled"),
        (lint.closed == Some(false), "open"),
        (lint.open_flags, "open-flags"),
        (lint.abbreviations, "abbreviations"),
        (lint.short_names, "short-names"),
        (lint.single_dash, "single-dash"),
    ];
    let on: Vec<&str> = switches.iter().filter(|(on, _)| *on).map(|(_, name)| *name).collect();
    for (mark, words, between) in [
        ("n", lint.names.iter().collect::<Vec<_>>(), ' '),
        ("x", on, ' '),
        ("e", lint.external.iter().collect(), '\t'),
        ("a", lint.aliases_in_document.iter().collect(), '\t'),
        ("l", lint.look_alikes.iter().collect(), ' '),
    ] {
        if !words.is_empty() {
            line(encoded, mark, words.into_iter(), between);
        }
    }
    for keys in &lint.keys {
        let split = if keys.split_trailing_number { "split" } else { "" };
        let known = keys.known.iter().collect::<Vec<_>>().join(" ");
        line(encoded, "k", [keys.pattern.as_str(), &keys.noun, split, &known].into_iter(), '\t');
    }
}

fn line<'a>(encoded: &mut String, mark: &str, words: impl Iterator<Item = &'a str>, between: char) {
    let words: Vec<&str> = words.filter(|word| !word.contains(['\n', '\r'])).collect();
    // Writing to a string can't fail.
    let _ = writeln!(encoded, "{mark}{}", words.join(&between.to_string()));
}

/// `-a, --all=` → `-a=`, `--all=`: what each name takes, `=` a value, `?` perhaps one.
pub(crate) fn flag_names(written: &str) -> Vec<String> {
    let bare = written.trim_end_matches(['=', '?', '*', '!', '&']);
    let marks = &written[bare.len()..];
    let value = ["=", "?"].into_iter().find(|mark| marks.contains(mark)).unwrap_or_default();
    bare.split(',').map(|name| format!("{}{value}", name.trim())).filter(|name| name.starts_with('-')).collect()
}
