//! A text that a page describes by a regular expression: how users write rules of their own without code.

use crate::checks::{Check, Context, Found};
use crate::data::node::Value;
use crate::diagnostic::Edit;
use crate::document::body::{BlockKind, PieceKind};
use crate::document::prose::Prose;
use crate::source::Span;
use crate::text::pattern::Pattern;
use serde::Deserialize;

/// The options, which fit together.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Wanted")]
pub(crate) struct Search(Wanted);

/// Options: what to look for, where, and what to say.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Wanted {
    /// A regular expression, for one line at a time. Prose is matched as a reader sees it: blanks of every kind are
    /// one blank, full-width forms are plain, marks of emphasis and links are away.
    pattern: Written,
    /// Lines that match this are left alone.
    unless: Option<Written>,
    /// Where to look.
    #[serde(default = "prose_and_headings")]
    scope: Vec<Scope>,
    /// Whether capitals and small letters are the same.
    #[serde(default)]
    ignore_case: bool,
    /// What to say, with `{}` where the matched text goes.
    message: String,
    /// What to do.
    help: Option<String>,
    /// What to put instead, with `$1` for the first group. Offered as an unsafe fix.
    replace: Option<String>,
}

impl TryFrom<Wanted> for Search {
    type Error = String;

    fn try_from(mut wanted: Wanted) -> Result<Self, String> {
        if wanted.ignore_case {
            wanted.pattern.0 = Pattern::new(&format!("(?i:{})", wanted.pattern.0.as_str()))?;
        }
        let missing = wanted.replace.as_deref().and_then(|template| wanted.pattern.0.missing_group(template));
        match missing {
            Some(group) => Err(format!("`replace` puts in the group `{group}`, which the pattern hasn't")),
            None if wanted.message.trim().is_empty() => Err("the message is empty: say what is wrong".to_owned()),
            None if wanted.scope.is_empty() => Err("the scope is empty: nothing would be looked at".to_owned()),
            None => Ok(Self(wanted)),
        }
    }
}

/// Where in a post a pattern is looked for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "String")]
enum Scope {
    /// Paragraphs, list items and quotes.
    Prose,
    /// Headings.
    Heading,
    /// Cells of tables.
    Table,
    /// Inline code.
    InlineCode,
    /// Blocks of code.
    Code,
    /// The values of all fields, or of one: `front-matter:title`.
    FrontMatter(Option<String>),
}

impl TryFrom<String> for Scope {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Ok(match word.as_str() {
            "prose" => Scope::Prose,
            "heading" => Scope::Heading,
            "table" => Scope::Table,
            "inline-code" => Scope::InlineCode,
            "code" => Scope::Code,
            "front-matter" => Scope::FrontMatter(None),
            other => match other.strip_prefix("front-matter:") {
                Some(field) if !field.is_empty() => Scope::FrontMatter(Some(field.to_owned())),
                _ => {
                    // In the words of the reader of options, which knows how to find the nearest.
                    let known =
                        "`prose`, `heading`, `table`, `inline-code`, `code`, `front-matter`, `front-matter:FIELD`";
                    return Err(format!("unknown variant `{other}`, expected one of {known}"));
                }
            },
        })
    }
}

/// A pattern in a page, read when the page is.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Written(Pattern);

impl TryFrom<String> for Written {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some(c) = text.chars().find(|&c| c != ' ' && is_never_seen(c)) {
            return Err(format!("this can never match: U+{:04X} is read as its plain form", c as u32));
        }
        if text.contains("  ") || text.contains('\n') {
            return Err("this can never match: blanks in a row are one blank, and lines come one at a time".to_owned());
        }
        Pattern::new(&text).map(Self)
    }
}

fn prose_and_headings() -> Vec<Scope> {
    vec![Scope::Prose, Scope::Heading]
}

/// Characters that a line as a reader sees it never holds.
fn is_never_seen(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{ff01}'..='\u{ff5e}')
}

/// More matches than this in one file say nothing new.
const MOST: usize = 1000;

impl Check for Search {
    fn check(&self, cx: &Context, found: &mut Found) {
        self.0.look(cx, found);
    }
}

impl Wanted {
    fn look(&self, cx: &Context, found: &mut Found) {
        let mut spans = Vec::new();
        for block in &cx.doc.body.blocks {
            let scope = match block.kind {
                BlockKind::Heading(_) => Scope::Heading,
                BlockKind::Cell { .. } => Scope::Table,
                BlockKind::Paragraph | BlockKind::Item => Scope::Prose,
            };
            for line in cx.doc.body.lines_of(block).filter(|_| self.scope.contains(&scope)) {
                let prose = Prose::of_line(cx.doc.source, &line);
                self.search(prose.text(), |range| prose.span(range), &mut spans);
            }
        }
        if self.scope.contains(&Scope::InlineCode) {
            for piece in cx.doc.body.pieces.iter().filter(|piece| piece.kind == PieceKind::Code) {
                self.search_raw(cx, piece.span, &mut spans);
            }
        }
        if self.scope.contains(&Scope::Code) {
            for line in cx.doc.body.code.iter().flat_map(|code| &code.lines) {
                self.search_raw(cx, *line, &mut spans);
            }
        }
        self.fields(cx, &mut spans);
        spans.truncate(MOST);
        for (span, insert) in spans {
            let finding = found.at(span, self.message.replace("{}", cx.doc.slice(span)));
            if let Some(help) = &self.help {
                finding.help(help.clone());
            }
            if let Some(insert) = insert {
                let title = if insert.is_empty() { "take it out".to_owned() } else { format!("write `{insert}`") };
                finding.unsafe_fix(title, vec![Edit::replace(span, insert)]);
            }
        }
    }
}

/// What was found, with what to put instead.
type Hits = Vec<(Span, Option<String>)>;

impl Wanted {
    fn search(&self, line: &str, place: impl Fn(std::ops::Range<usize>) -> Span, hits: &mut Hits) {
        if hits.len() >= MOST {
            return;
        }
        let matches = self.pattern.0.find_all(line, MOST);
        if matches.is_empty() || self.unless.as_ref().is_some_and(|unless| unless.0.is_match(line)) {
            return;
        }
        for range in matches {
            let insert = self.replace.as_ref().and_then(|template| self.pattern.0.fill(line, range.clone(), template));
            hits.push((place(range), insert));
        }
    }

    fn search_raw(&self, cx: &Context, span: Span, hits: &mut Hits) {
        self.search(
            cx.doc.slice(span).trim_end_matches(['\n', '\r']),
            |range| Span::from(range).shift(span.start),
            hits,
        );
    }

    fn fields(&self, cx: &Context, hits: &mut Hits) {
        let Some(front) = &cx.doc.front_matter else { return };
        for scope in &self.scope {
            let Scope::FrontMatter(field) = scope else { continue };
            let root = match field {
                Some(name) => front.get(name),
                None => front.root(),
            };
            // Without recursion: what is still to be looked at, the last first.
            let mut rest: Vec<Value<'_>> = root.into_iter().collect();
            while let Some(value) = rest.pop().filter(|_| rest.len() < MOST) {
                match value.items() {
                    _ if value.is_alias() => {}
                    Some(items) => rest.extend(items),
                    None if value.is_map() => rest.extend(value.entries().map(|entry| entry.value)),
                    None => self.search_raw(cx, without_quotes(cx, value.span()), hits),
                }
            }
        }
    }
}

/// A value as a writer thinks of it: quotes are no part of it, so `^` and `$` are its own ends.
fn without_quotes(cx: &Context, span: Span) -> Span {
    let text = cx.doc.slice(span);
    let quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') { Span::new(span.start + 1, span.end - 1) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::make;
    use crate::content::ContentType;
    use crate::data::typed;
    use crate::document::Document;
    use crate::site::Site;
    use crate::source::Source;

    fn run(options: &str, text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::new("a.md", text.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let check = make("pattern", typed::from_yaml(options).expect("YAML")).expect("known").expect("fits");
        let mut found = Found::default();
        check.check(&Context { doc: &doc, content: &ContentType::default(), site: &Site::alone() }, &mut found);
        let shown = |finding: crate::checks::Finding| {
            (source.slice(finding.span).to_owned(), finding.fix.map(|fix| fix.edits[0].insert.clone()))
        };
        found.into_findings().into_iter().map(shown).collect()
    }

    #[test]
    fn blanks_and_widths_dont_matter_in_prose() {
        let options = "{ pattern: '\\(후원 (\\w+)\\)', message: x, replace: '[$1]' }";
        let text = "문의는 （후원\u{a0} 안내） 로.\n\n    (후원 코드)\n\n`(후원 코드)`\n";
        assert_eq!(run(options, text), [("（후원\u{a0} 안내）".to_owned(), Some("[안내]".to_owned()))]);
    }

    #[test]
    fn each_scope_is_its_own() {
        let text =
            "---\ntitle: TEL 1\ntags: [TEL 2]\n---\n# TEL 3\n\nTEL 4 `TEL 5`\n\n```\nTEL 6\n```\n\n|TEL 7|\n|--|\n";
        for (scope, expected) in [
            ("[prose]", vec!["TEL 4"]),
            ("[heading]", vec!["TEL 3"]),
            ("[inline-code]", vec!["TEL 5"]),
            ("[code]", vec!["TEL 6"]),
            ("[table]", vec!["TEL 7"]),
            ("['front-matter:title']", vec!["TEL 1"]),
            ("[front-matter]", vec!["TEL 2", "TEL 1"]),
        ] {
            let found = run(&format!("{{ pattern: 'tel \\d', ignore-case: true, message: x, scope: {scope} }}"), text);
            assert_eq!(found.into_iter().map(|hit| hit.0).collect::<Vec<_>>(), expected, "{scope}");
        }
        let unless = "{ pattern: 'TEL \\d', unless: '4', message: x }";
        assert_eq!(run(unless, text), [("TEL 3".to_owned(), None)]);
    }

    #[test]
    fn a_quoted_value_is_looked_at_without_its_quotes() {
        let options = "{ pattern: '^[a-z]+$|[^a-z]', message: x, scope: ['front-matter:slug'] }";
        assert_eq!(run(options, "---\nslug: \"post\"\n---\n"), [("post".to_owned(), None)]);
        assert_eq!(run(options, "---\nslug: 'Post'\n---\n"), [("P".to_owned(), None)]);
    }

    #[test]
    fn what_can_never_match_is_refused() {
        for (options, says) in [
            ("{ pattern: 'a  b', message: x }", "can never match"),
            ("{ pattern: \"a\\u3000b\", message: x }", "can never match"),
            ("{ pattern: 'a(', message: x }", "unclosed group"),
            ("{ pattern: 'a', message: x, scope: [proze] }", "unknown value `proze`"),
            ("{ pattern: 'a', message: x, scope: prose }", "a list belongs here"),
            ("{ pattern: 'a', message: x, scope: [] }", "the scope is empty"),
            ("{ pattern: 'a', message: ' ' }", "the message is empty"),
            ("{ pattern: '(a)', message: x, replace: 'b$2' }", "the group `2`"),
            ("{ pattern: '(a)', message: x, replace: '$1st' }", "the group `1st`"),
        ] {
            let refused = make("pattern", typed::from_yaml(options).expect("YAML")).expect("known");
            let Err(error) = refused else { panic!("{options} is taken") };
            assert!(error.message.contains(says), "{}", error.message);
        }
    }
}
