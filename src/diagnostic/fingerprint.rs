//! A name for a finding that survives its moving to another line.

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use std::borrow::Cow;
use std::collections::HashMap;

/// Characters of the marked text that count: enough to tell findings apart, and bounded.
const MARKED: usize = 1000;

/// Names the findings of one file. Two that would share a name are distinguished by their order.
pub(crate) struct Fingerprints<'a> {
    source: &'a Source,
    name: Cow<'a, str>,
    seen: HashMap<u64, u32>,
}

/// The names of all findings of a file, in their order, as if the file were called `name`.
pub(crate) fn all(source: &Source, name: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut names = Fingerprints { source, name: name.into(), seen: HashMap::new() };
    diagnostics.iter().map(|diagnostic| names.next(diagnostic)).collect()
}

impl<'a> Fingerprints<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self { source, name: source.name(), seen: HashMap::new() }
    }

    /// Sixteen hexadecimal digits: FNV-1a over the path, a NUL, the rule, a NUL, and the marked text with every run of
    /// runs of spaces as one; a second finding of that name is hashed with a NUL and `2` after it, and so on.
    pub(crate) fn next(&mut self, diagnostic: &Diagnostic) -> String {
        let marked: String = self.source.slice(diagnostic.span).chars().take(MARKED).collect();
        let marked: Vec<&str> = marked.split_whitespace().collect();
        let hash = fnv1a(START, &format!("{}\0{}\0{}", self.name, diagnostic.rule, marked.join(" ")));
        let occurrence = self.seen.entry(hash).and_modify(|count| *count += 1).or_insert(1);
        let name = if *occurrence == 1 { hash } else { fnv1a(hash, &format!("\0{occurrence}")) };
        format!("{name:016x}")
    }
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The Fowler–Noll–Vo hash, variant 1a, of 64 bits: fixed for ever, unlike the standard library's.
fn fnv1a(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;
    use crate::source::Span;

    #[test]
    fn the_published_test_values() {
        assert_eq!(fnv1a(START, ""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(START, "foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn moving_changes_nothing_and_twins_differ() {
        let names = |text: &str| -> Vec<String> {
            let source = Source::new("a.md", text.as_bytes().to_vec());
            let mut names = Fingerprints::new(&source);
            let spans = text.match_indices("todo").map(|(at, word)| Span::new(at, at + word.len()));
            spans.map(|span| names.next(&finding(span))).collect()
        };
        let before = names("todo and todo");
        assert_ne!(before[0], before[1]);
        assert_eq!(before, names("\n\nnew lines\ntodo\nand\ntodo"));
    }

    fn finding(span: Span) -> Diagnostic {
        let rule = "leftover-placeholder".into();
        let message = String::new();
        Diagnostic {
            rule,
            level: Level::Info,
            message,
            span,
            label: None,
            also_at: vec![],
            pages: None,
            labels: vec![],
            help: None,
            fix: None,
        }
    }
}
