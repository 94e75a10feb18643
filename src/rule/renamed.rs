//! Former ids of rules, which configs and disable comments may still use.

/// Former ids, each with the current one.
const RENAMED: [(&str, &str); 16] = [
    ("blank-before-punctuation", "space-before-punctuation"),
    ("bool-typo", "invalid-boolean"),
    ("chat-residue", "ai-chat-artifact"),
    ("collapsed-structure", "lost-formatting"),
    ("conflict-mark", "merge-conflict-marker"),
    ("fence-language", "mislabeled-code-block"),
    ("missing-link-target", "missing-page"),
    ("misspelt-field", "misspelled-field"),
    ("repeated-value", "duplicate-value"),
    ("setext-trap", "accidental-setext-heading"),
    ("swallowed-text", "truncated-value"),
    ("term-variants", "inconsistent-terminology"),
    ("typographic-command", "smart-punctuation-in-command"),
    ("unmarked-command", "unformatted-command"),
    ("unread-front-matter", "unsupported-front-matter"),
    ("untidy-title", "title-whitespace"),
];

/// The current id of the rule that was called `id`, if it was renamed.
pub(crate) fn current_id(id: &str) -> Option<&'static str> {
    let index = RENAMED.binary_search_by_key(&id, |(former, _)| former).ok()?;
    Some(RENAMED[index].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::ids;

    #[test]
    fn former_ids_lead_to_rules_and_are_free() {
        assert!(RENAMED.is_sorted());
        for (former, current) in RENAMED {
            assert!(ids().any(|id| id == current), "{current}");
            assert!(!ids().any(|id| id == former), "{former}");
            assert_eq!(current_id(former), Some(current));
        }
        assert_eq!(current_id("duplicate-value"), None);
    }
}
