//! A placeholder at the start of the last line of a page: `待续，敬请关注。`

use crate::checks::phrases::Phrases;
use crate::checks::phrases::phrase_set::PhraseSet;
use crate::checks::phrases::placeholder::{self, Placeholder};
use crate::checks::phrases::position;
use crate::checks::phrases::script::DetectedLanguage;
use crate::document::Document;
use crate::document::body::BlockKind;
use crate::document::prose::VisibleText;

/// The maximum length of a last line that starts with a phrase, in bytes.
const MAX_LAST_LINE: usize = 240;

impl Phrases {
    /// Adds the phrase that the last line of the page starts with.
    pub(super) fn add_last_line(
        &self,
        phrase_set: &PhraseSet,
        doc: &Document<'_>,
        language: &DetectedLanguage<'_>,
        placeholders: &mut Vec<Placeholder>,
    ) {
        let last = doc.body.blocks.last().filter(|block| block.kind == BlockKind::Paragraph && !block.in_item);
        let line = last.and_then(|block| doc.body.lines_of(block).last());
        let Some(line) = line.filter(|line| line.span().is_some_and(|span| span.len() < MAX_LAST_LINE)) else { return };
        let prose = VisibleText::from_line(doc.source, &line);
        let text = prose.text();
        let is_phrase = |core: &str| phrase_set.matches(core, language);
        let hit = position::opening(text).filter(|hit| is_phrase(&text[hit.core.clone()]));
        let Some(hit) = hit.or_else(|| position::closing_marker(text)) else { return };
        let span = prose.span(hit.displayed);
        let is_known = placeholders
            .iter()
            .flat_map(|one| &one.spans)
            .any(|known| known.end > span.start && known.start < span.end);
        if !is_known && self.checks_position(hit.position) {
            let text = text[hit.core].to_lowercase();
            placeholder::add(
                Placeholder { position: hit.position, text, spans: vec![span], unambiguous: true },
                placeholders,
            );
        }
    }
}
