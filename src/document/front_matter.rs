//! The front matter of a file, and everything that is wrong with it.

use crate::data::format::FrontMatterFormat;
use crate::data::limits::Limits;
use crate::data::node::{Tree, Value};
use crate::data::problem::{SyntaxErrorKind, SyntaxProblem};
use crate::diagnostic::Edit;
use crate::document::delimiters;
use crate::document::delimiters::DelimitedBlock;
use crate::document::displaced;
use crate::document::json_block;
use crate::document::metadata_lines;
use crate::source::{Source, Span};

/// The block of metadata at the top of a file.
#[derive(Clone, Debug)]
pub(crate) struct FrontMatter {
    /// What it is written in.
    pub(crate) format: FrontMatterFormat,
    /// From the first byte of the opening delimiter to the last byte of the closing one, without its line ending.
    pub(crate) span: Span,
    /// The line of the opening delimiter: where a finding about something absent points.
    pub(crate) opening_delimiter: Span,
    /// Between the fences.
    pub(crate) content_span: Span,
    /// The closing delimiter; none if the block is unclosed, and for bare JSON.
    pub(crate) closing_delimiter: Option<Span>,
    /// What could be parsed, whatever is broken.
    pub(crate) tree: Tree,
    /// All problems, in file order.
    pub(crate) problems: Vec<SyntaxProblem>,
    /// A bit for each of its keys, by which most absent names are ruled out.
    pub(crate) key_bits: u64,
}

impl FrontMatter {
    /// The outermost mapping, if there is one.
    pub(crate) fn root(&self) -> Option<Value<'_>> {
        self.tree.root().filter(|root| root.is_map())
    }

    /// Whether `name` may be one of its keys, case-insensitively: false for most names that aren't.
    #[inline]
    pub(crate) fn may_contain_key(&self, name: &str) -> bool {
        self.key_bits & key_bit(name) != 0
    }

    /// The value of field `name`.
    pub(crate) fn get(&self, name: &str) -> Option<Value<'_>> {
        self.root()?.get(name)
    }
}

/// A bit for the first letter and the length of a key.
#[inline]
fn key_bit(key: &str) -> u64 {
    let first = key.as_bytes().first().map_or(0, |first| usize::from(first.to_ascii_lowercase()));
    1 << ((first * 7 + key.len()) % 64)
}

/// A bit for each key of the outermost mapping.
pub(crate) fn key_bits(tree: &Tree) -> u64 {
    let entries = tree.root().into_iter().flat_map(Value::entries);
    entries.filter_map(|entry| entry.key.text()).fold(0, |bits, key| bits | key_bit(key))
}

/// Finds and parses the front matter. Also returns problems with its position, and the byte at which the body starts.
pub(crate) fn parse(source: &Source) -> (Option<FrontMatter>, Vec<SyntaxProblem>, usize) {
    parse_with_limits(source, Limits::FrontMatter)
}

/// As [`parse`], with other limits.
pub(crate) fn parse_with_limits(source: &Source, limits: Limits) -> (Option<FrontMatter>, Vec<SyntaxProblem>, usize) {
    let text = source.text();
    let Some(mut block) = delimiters::find_front_matter(text, source.bom_len()) else {
        return (None, displaced::find(source).into_iter().collect(), source.bom_len());
    };
    if let Some(front_matter) = with_wrong_delimiters(text, &block, limits) {
        return (Some(front_matter), block.placement_problems, block.body_start);
    }
    let (mut tree, mut problems) = parse_block(text, &block, limits);
    if !problems.is_empty()
        && let Some(shorter) = delimiters::without_swallowed_body(text, &block)
    {
        let (shorter_tree, shorter_problems) = parse_block(text, &shorter, limits);
        if shorter_problems.len() < problems.len() {
            (block, tree, problems) = (shorter, shorter_tree, shorter_problems);
        }
    }
    let DelimitedBlock {
        format,
        opening_delimiter,
        content_span,
        closing_delimiter,
        body_start,
        placement_problems,
        is_unclosed,
    } = block;
    problems.extend(not_a_mapping(text, &tree));
    if is_unclosed {
        // The parsed lines and those below them show whether the first certainly are the whole block.
        let is_sure = problems.is_empty()
            && tree.root().is_some_and(Value::is_map)
            && !delimiters::continues(&text[content_span.end..], format);
        let line_end = source.line_end();
        let ends_short = !text[..content_span.end].ends_with(['\n', '\r']);
        let own_line = if ends_short { line_end } else { "" };
        // The opening delimiter may be malformed.
        let mark = if text[opening_delimiter.range()].starts_with('+') { "+++" } else { "---" };
        let fix = is_sure.then(|| Edit::replace(Span::empty(content_span.end), format!("{own_line}{mark}{line_end}")));
        problems.push(SyntaxProblem {
            kind: SyntaxErrorKind::Unclosed,
            span: opening_delimiter,
            other: None,
            detail: mark.to_owned(),
            help: "",
            fix,
        });
    }
    problems.sort_by_key(|problem| problem.span);
    let span = Span::new(opening_delimiter.start, closing_delimiter.map_or(content_span.end, |close| close.end));
    let key_bits = key_bits(&tree);
    let front_matter =
        FrontMatter { format, span, opening_delimiter, content_span, closing_delimiter, tree, problems, key_bits };
    (Some(front_matter), placement_problems, body_start)
}

/// The opening delimiter of a second block of metadata at the start of the body, which begins at byte `body`.
pub(crate) fn second_block(source: &Source, body: usize) -> Option<Span> {
    let text = source.text();
    let start = body + text[body..].len() - text[body..].trim_start().len();
    // A body that starts with a delimiter is rare, and nothing else is examined.
    if !text[start..].starts_with("---") && !text[start..].starts_with("+++") {
        return None;
    }
    delimiters::second_block(text, start)
}

/// The first of the lines of metadata between a `...` and a `---` at the start of the body, which begins at byte
/// `body`.
pub(crate) fn fields_after_document_end(source: &Source, body: usize) -> Option<Span> {
    delimiters::fields_after_document_end(source.text(), body)
}

/// The first of the lines of metadata, one of them with a known key, between the front matter and a second `---`, where the
/// body begins at byte `body`.
pub(crate) fn fields_below(source: &Source, body: usize) -> Option<Span> {
    let rest = &source.text()[body..];
    (metadata_lines::metadata_keys(rest) > 0).then(|| delimiters::fields_after_document_end(source.text(), body))?
}

/// Whether `text` begins with metadata, a title among it, and a `---` below it.
pub(crate) fn is_second_metadata(text: &str) -> bool {
    metadata_lines::is_second_metadata(text)
}

/// YAML between the delimiters of TOML, or the other way round.
fn with_wrong_delimiters(text: &str, block: &DelimitedBlock, limits: Limits) -> Option<FrontMatter> {
    let closing_delimiter = block.closing_delimiter?;
    let format = metadata_lines::format_of_wrong_delimiters(&text[block.content_span.range()], block.format)?;
    let (tree, problems) = format.parse(&text[block.content_span.range()], block.content_span.start, limits);
    let is_whole = tree.root().is_some_and(Value::is_map) && problems.iter().all(|problem| problem.kind.is_misread());
    is_whole.then(|| FrontMatter {
        format,
        span: Span::new(block.opening_delimiter.start, closing_delimiter.end),
        opening_delimiter: block.opening_delimiter,
        content_span: block.content_span,
        closing_delimiter: block.closing_delimiter,
        key_bits: key_bits(&tree),
        tree,
        problems: vec![SyntaxProblem {
            kind: SyntaxErrorKind::WrongDelimiter,
            span: block.opening_delimiter,
            other: None,
            detail: block.format.name().to_owned(),
            help: "",
            fix: None,
        }],
    })
}

/// The first error of a page that is parsed as JSON because it begins with `{`.
pub(crate) fn json_problem(source: &Source) -> Option<SyntaxProblem> {
    let text = source.text();
    let start = text.len() - text[source.bom_len()..].trim_start().len();
    let end = text[start..].starts_with('{').then(|| json_block::end_of_object(text, start).unwrap_or(text.len()))?;
    let (_, problems) = FrontMatterFormat::Json.parse(&text[start..end], start, Limits::FrontMatter);
    problems.into_iter().find(|problem| problem.kind == SyntaxErrorKind::Other)
}

fn parse_block(text: &str, block: &DelimitedBlock, limits: Limits) -> (Tree, Vec<SyntaxProblem>) {
    block.format.parse(&text[block.content_span.range()], block.content_span.start, limits)
}

fn not_a_mapping(text: &str, tree: &Tree) -> Option<SyntaxProblem> {
    let root = tree.root().filter(|root| !root.is_map() && !root.is_null())?;
    let whole = &text[root.span().range()];
    let first_line = whole.split(['\n', '\r']).next().unwrap_or(whole).trim_end();
    let span = Span::new(root.span().start, root.span().start + first_line.len());
    let what = if root.items().is_some() { "a list" } else { "a string" };
    Some(SyntaxProblem {
        kind: SyntaxErrorKind::NotAMapping,
        span,
        other: None,
        detail: what.to_owned(),
        help: "",
        fix: None,
    })
}
