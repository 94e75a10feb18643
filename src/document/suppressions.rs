//! Suppression comments: `<!-- matterlint-disable-line rule: reason -->` and similar.

use crate::document::Document;
use crate::document::body::DirectiveKind;
use crate::source::{Source, Span};

/// What a switch is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SuppressionKind {
    /// `matterlint-disable-line`: off on the line that it is on.
    DisableLine,
    /// `matterlint-disable-next-line`: off on the next line that isn't blank.
    DisableNextLine,
    /// `matterlint-disable`: off from here on.
    Disable,
    /// `matterlint-enable`: on again from here on.
    Enable,
    /// `matterlint-disable-file`: off in the whole file, wherever it stands.
    DisableFile,
    /// `matterlint-` and a word that means nothing.
    Unknown,
}

/// A suppression comment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Suppression {
    /// What it is for.
    pub(crate) kind: SuppressionKind,
    /// The rules it names, as written, each with its span. May be empty: the linter reports that.
    pub(crate) rules: Vec<(String, Span)>,
    /// What follows the colon, if anything.
    pub(crate) reason: Option<Span>,
    /// The whole comment.
    pub(crate) span: Span,
}

impl Suppression {
    /// The line, from 1, that a suppression for one line applies to; none for the other kinds.
    pub(crate) fn line(&self, source: &Source) -> Option<usize> {
        match self.kind {
            SuppressionKind::DisableLine => Some(source.line_of(self.span.start)),
            SuppressionKind::DisableNextLine => {
                let below = source.line_of(self.span.end) + 1..=source.line_count();
                let is_blank = |line: &usize| source.slice(source.line_span(*line)).trim().is_empty();
                below.into_iter().find(|line| !is_blank(line))
            }
            SuppressionKind::Disable
            | SuppressionKind::Enable
            | SuppressionKind::DisableFile
            | SuppressionKind::Unknown => None,
        }
    }
}

/// The suppressions in a file's front matter and body, in file order.
pub(crate) fn parse_suppressions(doc: &Document<'_>) -> Vec<Suppression> {
    let front = doc.front_matter.iter().flat_map(|front| &front.tree.comments).copied();
    let expressions = doc.body.directives.iter().filter(|directive| directive.kind == DirectiveKind::Mdx);
    let body = doc.body.comments.iter().copied().chain(expressions.map(|directive| directive.span));
    let mut suppressions: Vec<Suppression> =
        front.chain(body).filter_map(|span| parse_comment(doc.source, span)).collect();
    suppressions.sort_by_key(|suppression| suppression.span.start);
    suppressions
}

/// Longer names first, because some are prefixes of others.
const NAMES: [(&str, SuppressionKind); 5] = [
    ("disable-next-line", SuppressionKind::DisableNextLine),
    ("disable-line", SuppressionKind::DisableLine),
    ("disable-file", SuppressionKind::DisableFile),
    ("disable", SuppressionKind::Disable),
    ("enable", SuppressionKind::Enable),
];

/// Parses the comment at `span`, whatever its delimiters are.
fn parse_comment(source: &Source, span: Span) -> Option<Suppression> {
    let comment = source.slice(span);
    let (open, close) = COMMENT_DELIMITERS.into_iter().find(|(open, _)| comment.starts_with(open))?;
    let inside = comment.strip_suffix(close).unwrap_or(comment).get(open.len()..)?;
    let rest = inside.trim_start().strip_prefix("matterlint-")?;
    let start = span.start + open.len() + (inside.len() - rest.len());
    let word = &rest[..rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len())];
    let kind = NAMES.iter().find(|(known, _)| *known == word).map_or(SuppressionKind::Unknown, |(_, kind)| *kind);
    let after = &rest[word.len()..];
    let (names, reason) = after.split_once(':').map_or((after, None), |(names, reason)| (names, Some(reason)));
    let place = |part: &str| {
        let at = start + (part.as_ptr() as usize - rest.as_ptr() as usize);
        Span::new(at, at + part.len())
    };
    let rules = names.split([',', ' ', '\t', '\r', '\n']).filter(|name| !name.is_empty());
    Some(Suppression {
        kind,
        rules: rules.map(|name| (name.to_owned(), place(name))).collect(),
        reason: reason.map(str::trim).filter(|reason| !reason.is_empty()).map(place),
        span,
    })
}

/// The delimiters of comments in HTML, MDX, YAML and TOML.
const COMMENT_DELIMITERS: [(&str, &str); 3] = [("<!--", "-->"), ("{/*", "*/}"), ("#", "")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::format::FrontMatterFormat;
    use crate::data::node::Tree;
    use crate::document::front_matter::FrontMatter;

    type Plain<'a> = (SuppressionKind, Vec<&'a str>, Option<&'a str>);

    fn plain<'a>(source: &'a Source, suppressions: &'a [Suppression]) -> Vec<Plain<'a>> {
        let names =
            |suppression: &'a Suppression| suppression.rules.iter().map(|(_, span)| source.slice(*span)).collect();
        suppressions.iter().map(|s| (s.kind, names(s), s.reason.map(|span| source.slice(span)))).collect()
    }

    #[test]
    fn comments_in_the_body_are_read() {
        let text = "<!-- matterlint-disable-next-line a, b-c: 이유: 둘 -->\n\n가 <!--matterlint-disable-line d-->\n\
                    <!-- matterlint-disable e -->\n<!-- matterlint-enable -->\n<!-- matterlint-disable-file: x -->\n\
                    <!-- matterlint-off y -->\n<!-- more -->\n`<!-- matterlint-disable z -->`\n";
        let source = Source::new("x.md", text.as_bytes().to_vec());
        let suppressions = parse_suppressions(&Document::parse(&source));
        let expected: [Plain<'_>; 6] = [
            (SuppressionKind::DisableNextLine, vec!["a", "b-c"], Some("이유: 둘")),
            (SuppressionKind::DisableLine, vec!["d"], None),
            (SuppressionKind::Disable, vec!["e"], None),
            (SuppressionKind::Enable, vec![], None),
            (SuppressionKind::DisableFile, vec![], Some("x")),
            (SuppressionKind::Unknown, vec!["y"], None),
        ];
        assert_eq!(plain(&source, &suppressions), expected);
        let lines: Vec<_> = suppressions.iter().map(|suppression| suppression.line(&source)).collect();
        assert_eq!(lines, [Some(3), Some(3), None, None, None, None]);
    }

    #[test]
    fn comments_in_mdx_are_read() {
        let source = Source::new("x.mdx", "{/* matterlint-disable-next-line a: b */}\n가\n".into());
        let suppressions = parse_suppressions(&Document::parse(&source));
        assert_eq!(plain(&source, &suppressions), [(SuppressionKind::DisableNextLine, vec!["a"], Some("b"))]);
    }

    #[test]
    fn comments_in_front_matter_are_read() {
        let text = "---\na: b # matterlint-disable-line c: d\n# e\n---\n<!-- matterlint-disable f -->\n";
        let source = Source::new("x.md", text.as_bytes().to_vec());
        let comment = |from: &str, to: &str| {
            let at = |part| text.find(part).expect("it is there");
            Span::new(at(from), at(to))
        };
        let tree = Tree { comments: vec![comment("# m", "\n# e"), comment("# e", "\n---\n<")], ..Tree::default() };
        let span = Span::default();
        let format = FrontMatterFormat::Yaml;
        let key_bits = crate::document::front_matter::key_bits(&tree);
        let front_matter = FrontMatter {
            format,
            span,
            opening_delimiter: span,
            content_span: span,
            closing_delimiter: None,
            tree,
            problems: vec![],
            key_bits,
        };
        let doc = Document { front_matter: Some(front_matter), ..Document::parse(&source) };
        let suppressions = parse_suppressions(&doc);
        let expected =
            [(SuppressionKind::DisableLine, vec!["c"], Some("d")), (SuppressionKind::Disable, vec!["f"], None)];
        assert_eq!(plain(&source, &suppressions), expected);
        assert_eq!(suppressions[0].line(&source), Some(2));
    }
}
