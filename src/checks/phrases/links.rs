//! Placeholders in the alternative text of images, and in links without a destination.

use crate::checks::phrases::Phrases;
use crate::checks::phrases::phrase_set::{ActivePhrases, PhraseSet};
use crate::checks::phrases::placeholder::{self, Placeholder};
use crate::checks::phrases::position::{self, Candidate, Position};
use crate::checks::phrases::script::DetectedLanguage;
use crate::document::Document;
use crate::document::body::Link;
use crate::document::prose::VisibleText;

/// Destinations of links that have none yet.
const NOWHERE: [&str; 5] = ["", "#", "TODO", "TBD", "javascript:void(0)"];

/// The maximum length of a text that is searched, in bytes.
const MAX_LEN: usize = 120;

impl Phrases {
    /// Adds the placeholders in images and links.
    pub(super) fn add_links(
        &self,
        phrase_set: &PhraseSet,
        active: &ActivePhrases<'_>,
        doc: &Document<'_>,
        language: &DetectedLanguage<'_>,
        placeholders: &mut Vec<Placeholder>,
    ) {
        for link in doc.body.links.iter().filter(|link| !link.auto && (1..MAX_LEN).contains(&link.text.len())) {
            let position = match link.image {
                true => Position::AltText,
                false if NOWHERE.contains(&link.dest.trim()) => Position::LinkText,
                false => continue,
            };
            let raw = doc.slice(link.text);
            if !self.checks_position(position) || !active.may_hold(raw) || link.image && names_its_file(raw, link) {
                continue;
            }
            let prose = VisibleText::from_text(raw);
            let text = prose.text();
            let is_phrase = |one: &Candidate| phrase_set.matches(&text[one.core.clone()], language);
            let whole = |one: &Candidate| one.position == Position::Line && is_phrase(one);
            let found = phrase_set.has_marker(text) || position::candidates(text, false).iter().any(whole);
            // A link's text is its line where the line has nothing else.
            let is_known = placeholders
                .iter()
                .flat_map(|one| &one.spans)
                .any(|span| link.span.start <= span.start && span.end <= link.span.end);
            if found && !is_known {
                let hit =
                    Placeholder { position, text: text.to_lowercase(), spans: vec![link.text], unambiguous: true };
                placeholder::add(hit, placeholders);
            }
        }
    }
}

/// Whether the alternative text describes an image that displays the phrase: `![Coming soon](coming-soon.png)`.
fn names_its_file(text: &str, image: &Link) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let name = image.dest.rsplit('/').next().unwrap_or_default();
    let text = letters(text);
    !text.is_empty() && letters(name).contains(&text)
}
