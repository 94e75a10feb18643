//! The comments that switch rules off: `<!-- matterlint-disable-line rule: reason -->` and its kin.

use crate::document::Document;
use crate::document::body::DirectiveKind;
use crate::source::{Source, Span};

/// What a switch is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SwitchKind {
    /// `matterlint-disable-line`: off on the line that it is on.
    Line,
    /// `matterlint-disable-next-line`: off on the next line that isn't blank.
    NextLine,
    /// `matterlint-disable`: off from here on.
    Off,
    /// `matterlint-enable`: on again from here on.
    On,
    /// `matterlint-disable-file`: off in the whole file, wherever it stands.
    File,
    /// `matterlint-` and a word that means nothing.
    Unknown,
}

/// A comment that switches rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Switch {
    /// What it is for.
    pub kind: SwitchKind,
    /// The rules it names, as written, each with its place. May be empty: that is for the linter to report.
    pub rules: Vec<(String, Span)>,
    /// What follows the colon, if anything does.
    pub reason: Option<Span>,
    /// The whole comment.
    pub span: Span,
}

impl Switch {
    /// The line, from 1, that a switch for one line is about; none for the other kinds.
    pub fn line(&self, source: &Source) -> Option<usize> {
        match self.kind {
            SwitchKind::Line => Some(source.line_of(self.span.start)),
            SwitchKind::NextLine => {
                let below = source.line_of(self.span.end) + 1..=source.line_count();
                let is_blank = |line: &usize| source.slice(source.line_span(*line)).trim().is_empty();
                below.into_iter().find(|line| !is_blank(line))
            }
            SwitchKind::Off | SwitchKind::On | SwitchKind::File | SwitchKind::Unknown => None,
        }
    }
}

/// The switches in a file's front matter and body, in file order.
pub fn read(doc: &Document<'_>) -> Vec<Switch> {
    let front = doc.front_matter.iter().flat_map(|front| &front.tree.comments).copied();
    let expressions = doc.body.directives.iter().filter(|directive| directive.kind == DirectiveKind::Mdx);
    let body = doc.body.comments.iter().copied().chain(expressions.map(|directive| directive.span));
    let mut switches: Vec<Switch> = front.chain(body).filter_map(|span| parse(doc.source, span)).collect();
    switches.sort_by_key(|switch| switch.span.start);
    switches
}

/// Longer words first, as one starts with another.
const WORDS: [(&str, SwitchKind); 5] = [
    ("disable-next-line", SwitchKind::NextLine),
    ("disable-line", SwitchKind::Line),
    ("disable-file", SwitchKind::File),
    ("disable", SwitchKind::Off),
    ("enable", SwitchKind::On),
];

/// Reads the comment at `span`, whatever its marks are.
fn parse(source: &Source, span: Span) -> Option<Switch> {
    let comment = source.slice(span);
    let (open, close) = MARKS.into_iter().find(|(open, _)| comment.starts_with(open))?;
    let inside = comment.strip_suffix(close).unwrap_or(comment).get(open.len()..)?;
    let rest = inside.trim_start().strip_prefix("matterlint-")?;
    let start = span.start + open.len() + (inside.len() - rest.len());
    let word = &rest[..rest.find(|c: char| c.is_whitespace() || c == ':').unwrap_or(rest.len())];
    let kind = WORDS.iter().find(|(known, _)| *known == word).map_or(SwitchKind::Unknown, |(_, kind)| *kind);
    let after = &rest[word.len()..];
    let (names, reason) = after.split_once(':').map_or((after, None), |(names, reason)| (names, Some(reason)));
    let place = |part: &str| {
        let at = start + (part.as_ptr() as usize - rest.as_ptr() as usize);
        Span::new(at, at + part.len())
    };
    let rules = names.split([',', ' ', '\t', '\r', '\n']).filter(|name| !name.is_empty());
    Some(Switch {
        kind,
        rules: rules.map(|name| (name.to_owned(), place(name))).collect(),
        reason: reason.map(str::trim).filter(|reason| !reason.is_empty()).map(place),
        span,
    })
}

/// How comments open and close in HTML, MDX, YAML and TOML.
const MARKS: [(&str, &str); 3] = [("<!--", "-->"), ("{/*", "*/}"), ("#", "")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::node::Tree;
    use crate::data::problem::Syntax;
    use crate::document::front_matter::FrontMatter;

    type Plain<'a> = (SwitchKind, Vec<&'a str>, Option<&'a str>);

    fn plain<'a>(source: &'a Source, switches: &'a [Switch]) -> Vec<Plain<'a>> {
        let names = |switch: &'a Switch| switch.rules.iter().map(|(_, span)| source.slice(*span)).collect();
        switches.iter().map(|s| (s.kind, names(s), s.reason.map(|span| source.slice(span)))).collect()
    }

    #[test]
    fn comments_in_the_body_are_read() {
        let text = "<!-- matterlint-disable-next-line a, b-c: 이유: 둘 -->\n\n가 <!--matterlint-disable-line d-->\n\
                    <!-- matterlint-disable e -->\n<!-- matterlint-enable -->\n<!-- matterlint-disable-file: x -->\n\
                    <!-- matterlint-off y -->\n<!-- more -->\n`<!-- matterlint-disable z -->`\n";
        let source = Source::new("x.md", text.as_bytes().to_vec());
        let switches = read(&Document::parse(&source));
        let expected: [Plain<'_>; 6] = [
            (SwitchKind::NextLine, vec!["a", "b-c"], Some("이유: 둘")),
            (SwitchKind::Line, vec!["d"], None),
            (SwitchKind::Off, vec!["e"], None),
            (SwitchKind::On, vec![], None),
            (SwitchKind::File, vec![], Some("x")),
            (SwitchKind::Unknown, vec!["y"], None),
        ];
        assert_eq!(plain(&source, &switches), expected);
        let lines: Vec<_> = switches.iter().map(|switch| switch.line(&source)).collect();
        assert_eq!(lines, [Some(3), Some(3), None, None, None, None]);
    }

    #[test]
    fn comments_in_mdx_are_read() {
        let source = Source::new("x.mdx", "{/* matterlint-disable-next-line a: b */}\n가\n".into());
        let switches = read(&Document::parse(&source));
        assert_eq!(plain(&source, &switches), [(SwitchKind::NextLine, vec!["a"], Some("b"))]);
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
        let syntax = Syntax::Yaml;
        let keys = crate::document::front_matter::keys(&tree);
        let front_matter =
            FrontMatter { syntax, span, fence: span, inner: span, close: None, tree, problems: vec![], keys };
        let doc = Document { front_matter: Some(front_matter), ..Document::parse(&source) };
        let switches = read(&doc);
        let expected = [(SwitchKind::Line, vec!["c"], Some("d")), (SwitchKind::Off, vec!["f"], None)];
        assert_eq!(plain(&source, &switches), expected);
        assert_eq!(switches[0].line(&source), Some(2));
    }
}
