//! Template marks in a body, found by their letters before the Markdown reader sees it: Liquid, Hugo, MDX, admonitions.
//!
//! The reader gets a copy in which each mark is filler of the same length, so that a `|`, a quote or a blank line in a
//! mark can't disturb what it sees, and no offset moves.

mod code;
mod mask;
mod walk;

use super::blocks::{CodeBlock, Directive, PieceKind};
use crate::pattern::Literals;
use crate::source::Span;
use mask::mask;
use std::sync::LazyLock;
use walk::{Scan, unquoted};

/// The template marks of a body, in order, and the text in which they can't disturb the Markdown reader.
#[derive(Default)]
pub(super) struct Marks {
    /// What is covered by filler, in order, never overlapping.
    pub(super) covered: Vec<Cover>,
    /// The marks themselves.
    pub(super) directives: Vec<Directive>,
    /// Code that a template marks.
    pub(super) code: Vec<CodeBlock>,
    /// The body with filler for what is covered: as long as the body, byte by byte. None where nothing is covered.
    pub(super) masked: Option<String>,
}

impl Marks {
    /// Turns bytes of the body into bytes of the file, in which the body starts at byte `by`.
    pub(super) fn shift(&mut self, by: usize) {
        let covered = self.covered.iter_mut().map(|cover| &mut cover.span);
        let directives = self.directives.iter_mut().map(|directive| &mut directive.span);
        let code =
            self.code.iter_mut().flat_map(|code| [&mut code.span, &mut code.info].into_iter().chain(&mut code.lines));
        for span in covered.chain(directives).chain(code) {
            *span = span.shift(by);
        }
    }
}

/// A part of the body that the Markdown reader sees as filler.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cover {
    /// Where, in bytes of the body.
    pub(super) span: Span,
    /// What it is in a leaf block.
    pub(super) role: Role,
}

/// What something covered is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// A template mark.
    Mark,
    /// Code between two marks.
    Code,
    /// The content of an HTML element that holds no Markdown: its tags stay, so the filler must keep it in one line.
    Element,
    /// Something between two marks that isn't shown where it stands.
    Hidden,
    /// A line such as `!!! note`, whose indented content is prose. The reader sees a list item there.
    Admonition,
}

impl Role {
    /// What it is as a piece of a leaf block, if it is one.
    pub(super) fn piece(self) -> Option<PieceKind> {
        match self {
            Role::Mark => Some(PieceKind::Directive),
            Role::Code | Role::Element => Some(PieceKind::Code),
            Role::Hidden | Role::Admonition => None,
        }
    }
}

/// Finds the marks in `text`; all spans are bytes of it.
pub(super) fn find(text: &str, mdx: bool) -> Marks {
    let outlook = Outlook::of(text, mdx);
    if !outlook.any {
        return Marks::default();
    }
    let mut scan = Scan::new(text, mdx);
    if outlook.by_line {
        scan.run_by_line();
    } else {
        scan.run();
    }
    let mut marks = scan.marks;
    if !marks.covered.is_empty() {
        marks.masked = Some(mask(text, &marks.covered));
    }
    marks
}

/// What a walk has to look for in a body. Most bodies hold little of it, and each search saves a slower one.
struct Outlook {
    /// Marks that only the start of a line makes, which the walk then has to see.
    by_line: bool,
    /// Anything at all.
    any: bool,
}

/// How marks start, but for `{`: formulas, what stands at the start of a line as admonitions do, and ERB and the tags whose
/// content isn't Markdown. One search for all of them takes less than a look at each line.
static STARTS: LazyLock<Literals> = LazyLock::new(|| Literals::new([MATH].iter().chain(&SIGNS).chain(&TAGS)));

const MATH: &str = "$$";
const SIGNS: [&str; 4] = [":::", "!!!", "???", "==="];
const TAGS: [&str; 4] = ["<%", "<pre", "<script", "<style"];

impl Outlook {
    fn of(text: &str, mdx: bool) -> Self {
        let bytes = text.as_bytes();
        let (mut math, mut signs, mut tags) = (false, false, false);
        for (which, _) in STARTS.find_iter(text) {
            match which {
                0 => math = true,
                1..=4 => signs = true,
                _ => tags = true,
            }
        }
        let marked = mdx || math || (signs && starts_line_mark(bytes));
        let any = marked || tags || memchr::memchr(b'{', bytes).is_some();
        // Fences of tildes are looked for at the start of lines, too.
        let has_tildes = || memchr::memchr_iter(b'~', bytes).any(|at| bytes.get(at + 1) == Some(&b'~'));
        Self { by_line: marked || (any && has_tildes()), any }
    }
}

/// Whether a line starts with three signs as admonitions do.
fn starts_line_mark(bytes: &[u8]) -> bool {
    let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|end| end + 1));
    line_starts.into_iter().any(|start| {
        let line = unquoted(&bytes[start..]);
        SIGNS.iter().any(|signs| line.starts_with(signs.as_bytes()))
    })
}

#[cfg(test)]
#[path = "directives_tests.rs"]
mod tests;
