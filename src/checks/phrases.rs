//! A phrase that was written to be replaced and still stands alone: on its line, in brackets, after a label.

mod lexicon;
mod notation;
mod script;
mod shape;

use super::{Check, Context, Found};
use crate::document::Document;
use crate::document::body::{Block, BlockKind, Line};
use crate::prose::Prose;
use crate::source::Span;
use lexicon::{Lexicon, Members};
use notation::{Phrase, Words};
use script::Tongue;
use serde::Deserialize;
use shape::Shape;
use std::cell::OnceCell;
use std::sync::OnceLock;

/// Lines longer than this, in bytes, hold more than a phrase and a label; only their ends are searched.
const SHORT: usize = 240;

/// Options: which phrases, and where.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Phrases {
    /// Whose ready-made phrases to look for.
    languages: Languages,
    /// In which places; all where it is empty.
    shapes: Vec<Shape>,
    /// A page's own phrases.
    phrases: Vec<Written>,
    /// Phrases that a site adds.
    extend: Vec<Written>,
    /// Words that start a line before a colon, as `TODO:` does.
    marks: Vec<String>,
    /// Phrases that are left alone.
    remove: Vec<Written>,
    /// Whether to look into tables, where a word alone in a cell is often data.
    table_cells: bool,
    /// What to say instead, with `{}` where the phrase goes.
    message: Option<String>,
    /// What to do, instead.
    help: Option<String>,
    #[serde(skip)]
    lexicon: OnceLock<Lexicon>,
}

/// Whose ready-made phrases to look for.
#[derive(Default, Debug, Deserialize)]
#[serde(untagged)]
enum Languages {
    /// Nobody's.
    #[default]
    None,
    /// English, and what the document is written in.
    Auto(Auto),
    /// These, whatever the document is written in.
    These(Vec<String>),
}

/// The word `auto`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Auto {
    Auto,
}

/// A phrase in a config, read when the config is.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct Written(Phrase);

impl TryFrom<String> for Written {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Phrase::parse(&text, &Words::new()).map(Self)
    }
}

/// A leftover in one file, and where it stands again.
struct Leftover {
    shape: Shape,
    /// Its readable form, which makes two of them the same.
    text: String,
    spans: Vec<Span>,
}

impl Check for Phrases {
    fn check(&self, cx: &Context, found: &mut Found) {
        let lexicon = self.lexicon.get_or_init(|| self.lexicon());
        let tongue = OnceCell::new();
        let mut leftovers: Vec<Leftover> = Vec::new();
        let body = &cx.doc.body;
        for block in body.blocks.iter().filter(|block| self.looks_into(block)) {
            for line in body.lines_of(block) {
                let Some(mut hit) = self.leftover(lexicon, cx.doc, &line, &tongue) else { continue };
                // Few files hold more than a handful, and a scan of more than this many says nothing new.
                let known = leftovers.iter_mut().take(100).find(|one| (one.shape, &one.text) == (hit.shape, &hit.text));
                match known {
                    Some(known) => known.spans.append(&mut hit.spans),
                    None => leftovers.push(hit),
                }
            }
        }
        for leftover in leftovers {
            self.tell(&leftover, cx.doc, found);
        }
    }
}

impl Phrases {
    fn lexicon(&self) -> Lexicon {
        let mut lexicon = Lexicon::default();
        match &self.languages {
            Languages::None => {}
            Languages::Auto(Auto::Auto) => lexicon.add_ready_made(|_| true, true),
            Languages::These(codes) => lexicon.add_ready_made(|code| codes.iter().any(|known| known == code), false),
        }
        let own = self.phrases.iter().chain(&self.extend).map(|Written(phrase)| phrase);
        lexicon.add_own(own, &self.marks);
        lexicon.leave_alone(self.remove.iter().map(|Written(phrase)| phrase));
        lexicon.seal();
        lexicon
    }

    fn looks_into(&self, block: &Block) -> bool {
        self.table_cells || !matches!(block.kind, BlockKind::Cell { .. })
    }

    fn looks_at(&self, shape: Shape) -> bool {
        self.shapes.is_empty() || self.shapes.contains(&shape)
    }

    fn leftover(
        &self,
        lexicon: &Lexicon,
        doc: &Document<'_>,
        line: &Line<'_>,
        tongue: &OnceCell<Tongue>,
    ) -> Option<Leftover> {
        let members = members_in(lexicon, doc.slice(line.span()?));
        let members = lexicon.spoken(members, || tongue.get_or_init(|| Tongue::of(doc)));
        if members.is_empty() {
            return None;
        }
        let prose = Prose::of_line(doc.source, line);
        let text = prose.text();
        if self.looks_at(Shape::Marker) && lexicon.is_marked(text) {
            let (text, spans) = (text.to_owned(), vec![prose.span(0..text.len())]);
            return Some(Leftover { shape: Shape::Marker, text, spans });
        }
        let heading = matches!(line.block.kind, BlockKind::Heading(_));
        let hit = shape::candidates(text, heading)
            .into_iter()
            .find(|one| self.looks_at(one.shape) && lexicon.holds(members, &text[one.core.clone()]))?;
        let span = prose.span(hit.shown);
        Some(Leftover { shape: hit.shape, text: text[hit.core].to_lowercase(), spans: vec![span] })
    }

    fn tell(&self, leftover: &Leftover, doc: &Document<'_>, found: &mut Found) {
        let Some((&first, others)) = leftover.spans.split_first() else { return };
        let shown = shorten(doc.slice(first));
        let message = match &self.message {
            Some(message) => message.replace("{}", &shown),
            None if others.is_empty() => format!("`{shown}` is still to be filled in"),
            None => format!("`{shown}` is still to be filled in, in {} places", leftover.spans.len()),
        };
        let help = self.help.as_deref().unwrap_or(match leftover.shape {
            Shape::Marker => "do it, or take the note out",
            _ => "write what belongs here, or take the note out",
        });
        let finding = found.at(first, message);
        finding.here("left here").help(help);
        for &span in others {
            finding.label(span, "and here");
        }
    }
}

/// `text` on one line, and short enough for a message.
fn shorten(text: &str) -> String {
    const LIMIT: usize = 40;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LIMIT {
        return text;
    }
    text.chars().take(LIMIT - 1).chain(['…']).collect()
}

/// Which members of the lexicon have a keyword where a line's shape could hold one of their phrases.
fn members_in(lexicon: &Lexicon, raw: &str) -> Members {
    if raw.len() <= SHORT {
        return lexicon.members_in(raw);
    }
    let head = lexicon.members_in(&raw[..raw.floor_char_boundary(16)]);
    if shape::may_end_with_bracket(raw) {
        head.or(lexicon.members_in(&raw[raw.ceil_char_boundary(raw.len() - SHORT)..]))
    } else {
        head
    }
}
