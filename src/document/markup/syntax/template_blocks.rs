//! The structure of a template: which blocks are open, and which tags have no place or aren't known.

use crate::document::markup::syntax::template_lexer::{Token, TokenKind};
use crate::generator::markup::TemplateTags;
use std::collections::HashMap;

/// An error in the structure of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StructureError {
    /// The token, as an index.
    pub(crate) token: usize,
    pub(crate) kind: StructureErrorKind,
}

/// What is wrong with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StructureErrorKind {
    /// A delimiter is never closed.
    Unclosed,
    /// A tag without a name.
    Nameless,
    /// A tag that the generator doesn't have.
    Unknown,
    /// A block that is never closed.
    NeverClosed,
    /// An end, or a part of a block, without that block.
    Stray,
    /// An end of another block than the one that is open, which is the token of this index.
    Crossed(usize),
    /// A tag without its argument.
    NoArgument,
}

/// The names that exist besides those of the language.
pub(crate) trait TagNames {
    /// Whether the site defines a tag of this name.
    fn defines(&self, name: &str) -> bool;
}

/// Checks the tokens of a page in order.
pub(crate) fn check(text: &str, tokens: &[Token], tags: &TemplateTags, site: &dyn TagNames) -> Vec<StructureError> {
    let mut errors = Vec::new();
    let mut open = OpenBlocks::default();
    for (index, token) in tokens.iter().enumerate() {
        let mut report = |kind| errors.push(StructureError { token: index, kind });
        match token.kind {
            TokenKind::Unclosed => report(StructureErrorKind::Unclosed),
            TokenKind::Tag => {
                let name = &text[token.name.range()];
                let in_comment = open.contains("comment");
                if name.is_empty() {
                    // `{% # a comment %}`
                    if !text[token.arguments.range()].starts_with('#') && !in_comment {
                        report(StructureErrorKind::Nameless);
                    }
                } else if tags.blocks.contains_key(name) {
                    if !is_assignment(text, token, tags, name) {
                        open.push(index, name);
                    }
                    if needs_argument(text, token, tags, name) && !in_comment {
                        report(StructureErrorKind::NoArgument);
                    }
                } else if let Some(ended) = name.strip_prefix("end") {
                    end(tags, site, &mut open, ended, &mut report);
                } else if is_part(tags, name) {
                    let inner = open.blocks.last().and_then(|(_, block)| tags.blocks.get(*block));
                    if !inner.is_some_and(|parts| parts.iter().any(|part| part == name)) && !in_comment {
                        report(StructureErrorKind::Stray);
                    }
                } else if !in_comment && !site.defines(name) {
                    if !tags.tags.iter().any(|known| known == name) {
                        report(StructureErrorKind::Unknown);
                    } else if needs_argument(text, token, tags, name) {
                        report(StructureErrorKind::NoArgument);
                    }
                }
            }
            TokenKind::Output | TokenKind::Comment | TokenKind::Raw => {}
        }
    }
    errors
        .extend(open.blocks.iter().map(|&(token, _)| StructureError { token, kind: StructureErrorKind::NeverClosed }));
    errors.sort_by_key(|error| error.token);
    errors
}

fn needs_argument(text: &str, token: &Token, tags: &TemplateTags, name: &str) -> bool {
    let arguments = &text[token.arguments.range()];
    let is_missing = arguments.is_empty() || name == "assign" && !arguments.contains('=');
    is_missing && tags.arguments.iter().any(|known| known == name)
}

fn is_assignment(text: &str, token: &Token, tags: &TemplateTags, name: &str) -> bool {
    tags.assignments.iter().any(|known| known == name) && text[token.arguments.range()].contains('=')
}

fn is_part(tags: &TemplateTags, name: &str) -> bool {
    tags.blocks.values().any(|parts| parts.iter().any(|part| part == name))
}

/// An end closes the innermost block; where it closes one further out, those within are never closed.
fn end(
    tags: &TemplateTags,
    site: &dyn TagNames,
    open: &mut OpenBlocks,
    ended: &str,
    report: &mut impl FnMut(StructureErrorKind),
) {
    let innermost = open.blocks.last().copied();
    match innermost {
        Some((_, name)) if name == ended => drop(open.pop()),
        Some((token, _)) if open.contains(ended) => {
            report(StructureErrorKind::Crossed(token));
            while open.pop().is_some_and(|name| name != ended) {}
        }
        _ if !tags.blocks.contains_key(ended) && site.defines(ended) => {}
        _ if !tags.blocks.contains_key(ended) => report(StructureErrorKind::Unknown),
        Some((token, _)) => {
            open.pop();
            report(StructureErrorKind::Crossed(token));
        }
        None => report(StructureErrorKind::Stray),
    }
}

/// The blocks that are open at a token: each with its own token and its name, outermost first.
#[derive(Default)]
struct OpenBlocks<'a> {
    blocks: Vec<(usize, &'a str)>,
    /// How many of each name: a page may open thousands, and each tag asks.
    counts: HashMap<&'a str, usize>,
}

impl<'a> OpenBlocks<'a> {
    fn push(&mut self, token: usize, name: &'a str) {
        self.blocks.push((token, name));
        *self.counts.entry(name).or_default() += 1;
    }

    /// Closes the innermost block, and gives its name.
    fn pop(&mut self) -> Option<&'a str> {
        let (_, name) = self.blocks.pop()?;
        if let Some(count) = self.counts.get_mut(name) {
            *count -= 1;
        }
        Some(name)
    }

    fn contains(&self, name: &str) -> bool {
        self.counts.get(name).is_some_and(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markup::syntax::template_lexer;
    use crate::generator::markup::TemplateLanguage;
    use crate::source::Span;
    use std::collections::BTreeMap;

    struct NoNames;

    impl TagNames for NoNames {
        fn defines(&self, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn an_assignment_with_an_equals_sign_has_no_end() {
        let blocks = BTreeMap::from([("set".to_owned(), vec![])]);
        let tags = TemplateTags { blocks, assignments: vec!["set".to_owned()], ..TemplateTags::default() };
        let kinds = |text: &str| {
            let tokens = template_lexer::tokens(text, Span::new(0, text.len()), TemplateLanguage::Nunjucks);
            check(text, &tokens, &tags, &NoNames).into_iter().map(|error| error.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds("{% set a = 1 %} {% set b %}text{% endset %}"), []);
        assert_eq!(kinds("{% set a = 1 %}{% endset %}"), [StructureErrorKind::Stray]);
        assert_eq!(kinds("{% set b %}text"), [StructureErrorKind::NeverClosed]);
    }
}
