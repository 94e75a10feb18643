//! A phrase that is used as a placeholder: alone on its line, in brackets, after a label.

mod context;
mod endings;
mod languages;
mod last_line;
mod links;
mod matcher;
mod notation;
mod phrase_set;
mod placeholder;
mod position;
mod repeated_label;
mod script;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::phrases::languages::Languages;
use crate::checks::phrases::notation::{Phrase, WordLists};
use crate::checks::phrases::phrase_set::PhraseSet;
use crate::checks::phrases::placeholder::{Placeholder, add_repeated_label, report_repeated_label, shorten};
use crate::checks::phrases::position::Position;
use crate::checks::phrases::script::DetectedLanguage;
use crate::document::Document;
use crate::document::body::{BlockKind, InlineKind, LeafBlock, Line};
use crate::document::prose::{VisibleText, text_without_html};
use serde::Deserialize;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::OnceLock;

/// Options: which phrases, and where.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Phrases {
    /// The languages whose built-in phrases are searched for.
    languages: Languages,
    /// The positions that are reported; all if empty.
    positions: Vec<Position>,
    /// The rule's own phrases.
    phrases: Vec<ConfiguredPhrase>,
    /// Phrases that a site adds.
    extend_phrases: Vec<ConfiguredPhrase>,
    /// Words before a colon at the start of a line, like `TODO:`.
    keywords: Vec<String>,
    /// Phrases that aren't reported.
    ignore: Vec<ConfiguredPhrase>,
    /// Whether a whole list item may be a placeholder; a single word is often one of several kinds.
    list_items: bool,
    /// Whether to check tables, where a single word in a cell is often data.
    table_cells: bool,
    /// The minimum number of times that a label is repeated with the same bracketed text to be reported; 0 for never.
    min_repetitions: usize,
    /// The message, with `{}` where the phrase goes.
    message: Option<String>,
    /// The help.
    help: Option<String>,
    #[serde(skip)]
    phrase_set: OnceLock<PhraseSet>,
}

/// The minimum length of a table cell that is searched where a single word is data, in bytes.
const MIN_CELL_LEN: usize = 9;

/// A phrase in a config, parsed when the config is loaded.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct ConfiguredPhrase(Phrase);

impl TryFrom<String> for ConfiguredPhrase {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Phrase::parse(&text, &WordLists::new()).map(Self)
    }
}

impl Check for Phrases {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if context::is_task_list(cx.doc) {
            return;
        }
        let phrase_set = self.phrase_set.get_or_init(|| self.phrase_set());
        let language = DetectedLanguage::new(cx.doc);
        let mut placeholders: Vec<Placeholder> = Vec::new();
        let body = &cx.doc.body;
        let active = phrase_set.active(&language);
        let code_words = OnceCell::new();
        let has_html = body.inlines.iter().any(|inline| inline.kind == InlineKind::Html);
        let mut repeated_labels: Vec<Placeholder> = Vec::new();
        for (index, block) in body.blocks.iter().enumerate() {
            for line in body.lines_of(block) {
                let raw = match line.span() {
                    Some(span) if !has_html => Cow::Borrowed(cx.doc.slice(span)),
                    _ => text_without_html(cx.doc.source, &line),
                };
                let raw = raw.trim();
                // A shorter cell is data.
                if !self.checks_block(block) && raw.len() < MIN_CELL_LEN {
                    continue;
                }
                let may_hold = active.may_match(cx.doc, &line, raw);
                let hit = may_hold.then(|| self.placeholder(phrase_set, cx.doc, &line, &language)).flatten();
                let is_reported = |hit: &Placeholder| {
                    self.is_reported(cx.doc, index, hit)
                        && !context::is_past_announcement(cx, &hit.text)
                        && !context::is_about_a_link(cx.doc, &line, hit)
                        && !context::is_abbreviation(cx.doc, &line, hit)
                        && !context::is_taught_below(cx.doc, index, &line, hit)
                        && !context::is_explained(code_words.get_or_init(|| context::code_words(cx.doc)), &hit.text)
                };
                let Some(hit) = hit.filter(is_reported) else {
                    if self.min_repetitions > 0
                        && self.checks_block(block)
                        && repeated_label::may_be_repeated_label(raw)
                    {
                        add_repeated_label(cx.doc, &line, &mut repeated_labels);
                    }
                    continue;
                };
                placeholder::add(hit, &mut placeholders);
            }
        }
        self.add_last_line(phrase_set, cx.doc, &language, &mut placeholders);
        self.add_links(phrase_set, &active, cx.doc, &language, &mut placeholders);
        for placeholder in placeholders {
            self.report(&placeholder, cx.doc, found);
        }
        for label in repeated_labels.iter().filter(|label| label.spans.len() >= self.min_repetitions) {
            report_repeated_label(label, cx.doc, found);
        }
    }
}

impl Phrases {
    fn phrase_set(&self) -> PhraseSet {
        let mut phrase_set = PhraseSet::default();
        match &self.languages {
            Languages::None => {}
            Languages::Auto => phrase_set.add_built_in(|_| true, true),
            Languages::Listed(codes) => phrase_set.add_built_in(|code| codes.iter().any(|known| known == code), false),
        }
        let own = self.phrases.iter().chain(&self.extend_phrases).map(|ConfiguredPhrase(phrase)| phrase);
        phrase_set.add_custom(own, &self.keywords);
        let ignored: Vec<Phrase> = self.ignore.iter().map(|ConfiguredPhrase(phrase)| phrase.clone()).collect();
        phrase_set.ignore(&ignored);
        phrase_set
    }

    /// Whether a phrase in this position of block `index` is a placeholder, as far as its context shows.
    fn is_reported(&self, doc: &Document<'_>, index: usize, hit: &Placeholder) -> bool {
        let Some(block) = doc.body.blocks.get(index) else { return false };
        let is_whole = matches!(hit.position, Position::Line | Position::Marker);
        // A status that is one of several, such as `Work in progress` on an agenda, isn't in brackets.
        let is_value = !self.checks_block(block) || !self.list_items && block.in_item && is_whole;
        (!is_value || hit.unambiguous) && !context::has_context(doc, index, hit.position)
    }

    fn checks_block(&self, block: &LeafBlock) -> bool {
        self.table_cells || !matches!(block.kind, BlockKind::TableCell { .. })
    }

    fn checks_position(&self, position: Position) -> bool {
        self.positions.is_empty() || self.positions.contains(&position)
    }

    fn placeholder(
        &self,
        phrase_set: &PhraseSet,
        doc: &Document<'_>,
        line: &Line<'_>,
        language: &DetectedLanguage<'_>,
    ) -> Option<Placeholder> {
        let prose = VisibleText::from_line(doc.source, line);
        let text = prose.text();
        let is_marked =
            phrase_set.has_marker(text) || position::whole_bracket(text).is_some_and(|it| phrase_set.has_marker(it));
        if self.checks_position(Position::Marker) && is_marked {
            let (text, spans) = (text.to_owned(), vec![prose.span(0..text.len())]);
            return Some(Placeholder { position: Position::Marker, text, spans, unambiguous: false });
        }
        let heading = matches!(line.block.kind, BlockKind::Heading(_));
        let hit = position::candidates(text, heading)
            .into_iter()
            .find(|one| self.checks_position(one.position) && phrase_set.matches(&text[one.core.clone()], language))
            .filter(|one| !context::is_part_of_sentence(text, one))?;
        let unambiguous = position::is_unambiguous(text, &hit);
        let span = prose.span(hit.displayed);
        Some(Placeholder {
            position: hit.position,
            text: text[hit.core].to_lowercase(),
            spans: vec![span],
            unambiguous,
        })
    }

    fn report(&self, placeholder: &Placeholder, doc: &Document<'_>, found: &mut Findings) {
        let Some((&first, others)) = placeholder.spans.split_first() else { return };
        let shown = shorten(doc.slice(first));
        let message = match &self.message {
            Some(message) => message.replace("{}", &shown),
            None if placeholder.position == Position::Marker => format!("TODO comment `{shown}`"),
            None if others.is_empty() => format!("placeholder text `{shown}`"),
            None => format!("placeholder text `{shown}` in {} places", placeholder.spans.len()),
        };
        let help = self.help.as_deref().unwrap_or(match placeholder.position {
            Position::Marker => "resolve it, or remove the note",
            _ => "add the content, or remove the note",
        });
        let finding = found.at(first, message);
        finding.label_primary("placeholder").help(help);
        for &span in others {
            finding.also_at(span);
        }
    }
}

#[cfg(test)]
mod tests;
