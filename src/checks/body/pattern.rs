//! A regular expression: the check for custom rules.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::data::node::Value;
use crate::diagnostic::{Edit, FixEffect};
use crate::document::body::{BlockKind, InlineKind};
use crate::document::prose::VisibleText;
use crate::source::Span;
use crate::text::pattern::Pattern as Regex;
use serde::Deserialize;

/// The options, validated as a whole.
#[derive(Debug, Deserialize)]
#[serde(try_from = "PatternOptions")]
pub(crate) struct Pattern(PatternOptions);

/// Options: what to search for, where, and what to report.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct PatternOptions {
    /// A regular expression, applied to one line at a time. The text is matched as it is rendered: every kind of space is
    /// one space, full-width forms are normalized, the markup of emphasis and links is removed.
    pattern: RegexText,
    /// Lines that match this aren't reported.
    ignore: Option<RegexText>,
    /// Where to search.
    #[serde(default = "prose_and_headings")]
    scope: Vec<SearchScope>,
    /// Whether case is ignored.
    #[serde(default)]
    ignore_case: bool,
    /// The message, with `{}` where the matched text goes.
    message: String,
    /// The help.
    help: Option<String>,
    /// The replacement, with `$1` for the first group. Offered as an unsafe fix.
    replace: Option<String>,
}

impl TryFrom<PatternOptions> for Pattern {
    type Error = String;

    fn try_from(mut options: PatternOptions) -> Result<Self, String> {
        if options.ignore_case {
            options.pattern.0 = Regex::new(&format!("(?i:{})", options.pattern.0.as_str()))?;
        }
        let missing = options.replace.as_deref().and_then(|template| options.pattern.0.missing_group(template));
        match missing {
            Some(group) => Err(format!("`replace` refers to group `{group}`, which the pattern doesn't define")),
            None if options.message.trim().is_empty() => Err("empty `message`".to_owned()),
            None if has_group(&options.message) => {
                Err("`message` can't contain groups such as `$0`; use `{}` for the text that was found".to_owned())
            }
            None if options.scope.is_empty() => Err("empty `scope`".to_owned()),
            None => Ok(Self(options)),
        }
    }
}

/// The part of a page that is searched.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(try_from = "String")]
enum SearchScope {
    /// Paragraphs, list items and quotes.
    VisibleText,
    /// Headings.
    Heading,
    /// Table cells.
    Table,
    /// Inline code.
    InlineCode,
    /// Code blocks.
    Code,
    /// The values of all fields, or of one: `front-matter:title`.
    FrontMatter(Option<String>),
}

impl TryFrom<String> for SearchScope {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        Ok(match word.as_str() {
            "prose" => SearchScope::VisibleText,
            "heading" => SearchScope::Heading,
            "table" => SearchScope::Table,
            "inline-code" => SearchScope::InlineCode,
            "code" => SearchScope::Code,
            "front-matter" => SearchScope::FrontMatter(None),
            other => match other.strip_prefix("front-matter:") {
                Some(field) if !field.is_empty() => SearchScope::FrontMatter(Some(field.to_owned())),
                _ => {
                    // In the wording of serde, so that the nearest value is suggested.
                    let known =
                        "`prose`, `heading`, `table`, `inline-code`, `code`, `front-matter`, `front-matter:FIELD`";
                    return Err(format!("unknown variant `{other}`, expected one of {known}"));
                }
            },
        })
    }
}

/// A regular expression in a rule page, validated when the page is loaded.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct RegexText(Regex);

impl TryFrom<String> for RegexText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if let Some(c) = text.chars().find(|&c| c != ' ' && is_never_seen(c)) {
            return Err(format!("pattern can never match: U+{:04X} is normalized before matching", c as u32));
        }
        if text.contains("  ") || text.contains('\n') {
            return Err(
                "pattern can never match: consecutive spaces are collapsed and text is matched line by line".to_owned()
            );
        }
        Regex::new(&text).map(Self)
    }
}

/// Whether a template contains `$0` or `${…}`. A price such as `$5` isn't meant as a group.
fn has_group(template: &str) -> bool {
    template.contains("${")
        || template.match_indices("$0").any(|(at, zero)| {
            !template[at + zero.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_')
        })
}

fn prose_and_headings() -> Vec<SearchScope> {
    vec![SearchScope::VisibleText, SearchScope::Heading]
}

/// Characters that never occur in a line as it is rendered.
fn is_never_seen(c: char) -> bool {
    (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{ff01}'..='\u{ff5e}')
}

/// The maximum number of matches in one file.
const MAX_MATCHES: usize = 1000;

impl Check for Pattern {
    fn check(&self, cx: &Context, found: &mut Findings) {
        self.0.report_all(cx, found);
    }
}

impl PatternOptions {
    fn report_all(&self, cx: &Context, found: &mut Findings) {
        let mut spans = Vec::new();
        for block in &cx.doc.body.blocks {
            let scope = match block.kind {
                BlockKind::Heading(_) => SearchScope::Heading,
                BlockKind::TableCell { .. } => SearchScope::Table,
                BlockKind::Paragraph | BlockKind::ListItem => SearchScope::VisibleText,
            };
            for line in cx.doc.body.lines_of(block).filter(|_| self.scope.contains(&scope)) {
                let prose = VisibleText::from_line(cx.doc.source, &line);
                self.search(prose.text(), |range| prose.span(range), &mut spans);
            }
        }
        if self.scope.contains(&SearchScope::InlineCode) {
            for piece in cx.doc.body.inlines.iter().filter(|piece| piece.kind == InlineKind::Code) {
                self.search_raw(cx, piece.span, &mut spans);
            }
        }
        if self.scope.contains(&SearchScope::Code) {
            for line in cx.doc.body.code.iter().flat_map(|code| &code.lines) {
                self.search_raw(cx, *line, &mut spans);
            }
        }
        self.fields(cx, &mut spans);
        spans.truncate(MAX_MATCHES);
        for (span, insert) in spans {
            let finding = found.at(span, self.message.replace("{}", cx.doc.slice(span)));
            if let Some(help) = &self.help {
                finding.help(help.clone());
            }
            if let Some(insert) = insert {
                let title =
                    if insert.is_empty() { "Remove the match".to_owned() } else { format!("Replace with `{insert}`") };
                finding.unsafe_fix(title, vec![Edit::replace(span, insert)]).fix_effect(FixEffect::Structure);
            }
        }
    }
}

/// The matches, with their replacements.
type Matches = Vec<(Span, Option<String>)>;

impl PatternOptions {
    fn search(&self, line: &str, place: impl Fn(std::ops::Range<usize>) -> Span, matches: &mut Matches) {
        if matches.len() >= MAX_MATCHES {
            return;
        }
        let ranges = self.pattern.0.find_all(line, MAX_MATCHES);
        if ranges.is_empty() || self.ignore.as_ref().is_some_and(|ignore| ignore.0.is_match(line)) {
            return;
        }
        for range in ranges {
            let insert = self
                .replace
                .as_ref()
                .and_then(|template| self.pattern.0.expand_template(line, range.clone(), template));
            matches.push((place(range), insert));
        }
    }

    fn search_raw(&self, cx: &Context, span: Span, matches: &mut Matches) {
        self.search(
            cx.doc.slice(span).trim_end_matches(['\n', '\r']),
            |range| Span::from(range).shift(span.start),
            matches,
        );
    }

    fn fields(&self, cx: &Context, matches: &mut Matches) {
        let Some(front) = &cx.doc.front_matter else { return };
        for scope in &self.scope {
            let SearchScope::FrontMatter(field) = scope else { continue };
            let root = match field {
                Some(name) => front.get(name),
                None => front.root(),
            };
            // Iterative: the values still to be searched, the next one last.
            let mut rest: Vec<Value<'_>> = root.into_iter().collect();
            while let Some(value) = rest.pop().filter(|_| rest.len() < MAX_MATCHES) {
                match value.items() {
                    _ if value.is_alias() => {}
                    Some(items) => rest.extend(items),
                    None if value.is_map() => rest.extend(value.entries().map(|entry| entry.value)),
                    None => self.search_raw(cx, without_quotes(cx, value.span()), matches),
                }
            }
        }
    }
}

/// A value without its quotes, so that `^` and `$` match its ends.
fn without_quotes(cx: &Context, span: Span) -> Span {
    let text = cx.doc.slice(span);
    let quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('"') || quoted('\'') { Span::new(span.start + 1, span.end - 1) } else { span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::support::testing::create;
    use crate::content::ContentType;
    use crate::data::typed;
    use crate::document::Document;
    use crate::site::Site;
    use crate::source::Source;

    fn run(options: &str, text: &str) -> Vec<(String, Option<String>)> {
        let source = Source::new("a.md", text.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let check = create("pattern", typed::from_yaml(options).expect("YAML")).expect("known").expect("fits");
        let mut found = Findings::default();
        check.check(&Context::new(&doc, &ContentType::default(), &Site::alone()), &mut found);
        let shown = |finding: crate::checks::finding::Finding| {
            (source.slice(finding.span).to_owned(), finding.fix.map(|fix| fix.edits[0].insert.clone()))
        };
        found.into_findings().into_iter().map(shown).collect()
    }

    #[test]
    fn spaces_and_widths_are_normalized_in_prose() {
        let options = "{ pattern: '\\(후원 (\\w+)\\)', message: x, replace: '[$1]' }";
        let text = "문의는 （후원\u{a0} 안내） 로.\n\n    (후원 코드)\n\n`(후원 코드)`\n";
        assert_eq!(run(options, text), [("（후원\u{a0} 안내）".to_owned(), Some("[안내]".to_owned()))]);
    }

    #[test]
    fn scopes_are_separate() {
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
        let ignore = "{ pattern: 'TEL \\d', ignore: '4', message: x }";
        assert_eq!(run(ignore, text), [("TEL 3".to_owned(), None)]);
    }

    #[test]
    fn quotes_of_values_are_not_matched() {
        let options = "{ pattern: '^[a-z]+$|[^a-z]', message: x, scope: ['front-matter:slug'] }";
        assert_eq!(run(options, "---\nslug: \"post\"\n---\n"), [("post".to_owned(), None)]);
        assert_eq!(run(options, "---\nslug: 'Post'\n---\n"), [("P".to_owned(), None)]);
    }

    #[test]
    fn patterns_that_never_match_are_rejected() {
        for (options, says) in [
            ("{ pattern: 'a  b', message: x }", "can never match"),
            ("{ pattern: \"a\\u3000b\", message: x }", "can never match"),
            ("{ pattern: 'a(', message: x }", "unclosed group"),
            ("{ pattern: 'a', message: x, scope: [proze] }", "unknown value `proze`"),
            ("{ pattern: 'a', message: x, scope: prose }", "`scope` takes a list: `scope: [prose]`"),
            ("{ pattern: 'a', message: x, scope: [] }", "empty `scope`"),
            ("{ pattern: 'a', message: ' ' }", "empty `message`"),
            ("{ pattern: '(a)', message: x, replace: 'b$2' }", "group `2`"),
            ("{ pattern: '(a)', message: x, replace: '$1st' }", "group `1st`"),
        ] {
            let refused = create("pattern", typed::from_yaml(options).expect("YAML")).expect("known");
            let Err(error) = refused else { panic!("{options} is taken") };
            assert!(error.message.contains(says), "{}", error.message);
        }
    }
}
