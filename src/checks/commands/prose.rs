//! A command in a line of prose: from a program's name to the first word that can't belong to it.

use crate::checks::commands::lexer::{SimpleCommand, Word};
use crate::checks::commands::programs::Programs;
use crate::document::prose::{OBJECT, Prose};

/// Words that end a command in a sentence.
const STOP_WORDS: [&str; 36] = [
    "a", "after", "all", "an", "and", "are", "as", "at", "before", "but", "by", "can", "command", "commands", "does",
    "for", "from", "has", "if", "in", "into", "is", "of", "on", "or", "so", "that", "the", "then", "to", "was", "when",
    "which", "will", "with", "you",
];

/// A sentence holds no longer command than this, in words.
const MAX_WORDS: usize = 40;

/// The command that starts at byte `at` of a line's readable form with the name of a known program: its words up to
/// the end of what can be one. None unless a known subcommand follows.
pub(crate) fn command_at(programs: &Programs, prose: &Prose, at: usize) -> Option<SimpleCommand> {
    let text = prose.text();
    if !starts_command(&text[..at]) {
        return None;
    }
    let mut words: SimpleCommand = Vec::new();
    let mut rest = at;
    for token in text[at..].split(' ') {
        let start = rest;
        rest += token.len() + 1;
        // A letter of another script starts the sentence again; an object is code or an image.
        let end = token.find(|c: char| !c.is_ascii() || c == OBJECT).unwrap_or(token.len());
        let bare = token[..end].trim_end_matches(['.', ',', ':', ';', '!', '?', ')', '"', '\'']);
        if bare.is_empty() || words.len() > MAX_WORDS || (words.len() > 1 && STOP_WORDS.contains(&bare)) {
            break;
        }
        let plain = !bare.contains(['<', '>', '$', '{', '}', '[', ']', '(', '|', '&', '*', '"', '\'', '`']);
        words.push(Word { text: bare.to_owned(), span: prose.span(start..start + bare.len()), plain, quoted: None });
        if bare.len() < token.len() || !plain {
            break;
        }
    }
    let root = programs.find(&words.first()?.text)?;
    root.subcommand(&words.get(1)?.text)?;
    Some(words)
}

/// How much a line's words look like a command rather than a sentence that names a program.
pub(crate) fn command_score(words: &SimpleCommand, depth: usize, whole: bool) -> usize {
    let data = |word: &Word| {
        let text = word.text.as_str();
        text.contains("://") || text.contains('/') || text.contains('=') || (text.contains('.') && !text.ends_with('.'))
    };
    let options = words.iter().filter(|word| word.text.starts_with('-')).count();
    2 * options
        + 2 * words.iter().skip(2).filter(|word| data(word)).count()
        + usize::from(depth >= 3)
        + usize::from(whole)
}

/// Whether a command may start after `before`: at the line's start, after a mark, after another script, after a verb.
fn starts_command(before: &str) -> bool {
    let trimmed = before.trim_end_matches(' ');
    let Some(last) = trimmed.chars().next_back() else { return true };
    if !last.is_ascii() || matches!(last, '.' | ':' | ',' | ';' | '(' | '"' | '\'' | '$' | '>' | '-' | '*') {
        return true;
    }
    let word = trimmed.rsplit(' ').next().unwrap_or_default();
    matches!(
        word.to_ascii_lowercase().as_str(),
        "run" | "use" | "type" | "enter" | "execute" | "try" | "sudo" | "running" | "using"
    )
}
