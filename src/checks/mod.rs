//! How to look: one kind of fault per file. A check does no I/O and knows neither its id nor its level.

mod address;
mod ambiguous_scalar;
mod blank_before_punctuation;
mod broken_encoding;
mod commands;
mod conflict_mark;
mod dangling_reference;
mod dates;
mod description;
mod destination;
mod empty_field;
mod empty_heading;
mod empty_link;
mod fence_language;
mod fences;
mod field_order;
mod fields;
mod fragment;
mod generator;
mod invalid_value;
mod invisible_character;
mod leading_thematic_break;
mod leftover_instruction;
mod linter;
mod literals;
mod long_text;
mod lorem_ipsum;
mod malformed_command;
mod malformed_link;
mod malformed_tag;
mod miscased_field;
mod missing_anchor;
mod missing_asset;
mod missing_field;
mod missing_front_matter;
mod missing_link_target;
mod missing_quantity;
mod misspelling;
mod neighbours;
mod outside_code;
mod pattern;
mod permalink;
mod phrases;
mod placeholder_value;
mod repeated_punctuation;
mod repeated_title;
mod repeated_word;
mod rewrite;
mod schema_mismatch;
mod second_front_matter;
mod setext_trap;
pub(crate) mod syntax;
mod tags;
#[cfg(test)]
mod testing;
mod titles;
mod typographic_command;
mod unfinished_command;
mod unknown_field;
mod unknown_tag;
mod unmarked_command;
mod unread_front_matter;
mod variants;
mod vocabulary;
mod weekday_mismatch;
mod wrong_type;
pub(crate) use commands::load::{Mistake, mistakes as spec_mistakes};

use crate::diagnostic::{Edit, Fix, Label};
use crate::document::Document;
use crate::document::content::ContentType;
use crate::document::typed::{self, Options, OptionsError};
use crate::site::Site;
use crate::source::Span;

/// A way to look for one kind of fault. The struct behind it is its options.
pub trait Check: Send + Sync {
    /// Looks at one document and says what it found.
    fn check(&self, cx: &Context, found: &mut Found);
}

/// What a check may look at.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The file.
    pub doc: &'a Document<'a>,
    /// What the config says of this kind of page; an empty content type where it says nothing.
    pub content: &'a ContentType,
    /// The files around it.
    pub site: &'a Site,
}

/// A finding before the linter stamps rule and level on it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The thing itself.
    pub span: Span,
    /// What.
    pub message: String,
    /// A few words beside the marked text.
    pub here: Option<String>,
    /// Where the same thing stands again: one finding, several places.
    pub again: Vec<Span>,
    /// Second places.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// An edit that does it.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A further place where the same thing stands.
    pub fn again(&mut self, span: Span) -> &mut Self {
        self.again.push(span);
        self
    }

    /// A few words beside the marked text.
    pub fn here(&mut self, text: impl Into<String>) -> &mut Self {
        self.here = Some(text.into());
        self
    }

    /// A second place.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// What to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Edits that can't change what was meant.
    pub fn fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: true, edits });
        self
    }

    /// Edits that are a guess at what was meant.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: false, edits });
        self
    }
}

/// Where a check puts what it finds.
#[derive(Default, Debug)]
pub struct Found {
    findings: Vec<Finding>,
}

impl Found {
    /// Starts a finding at `span`.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        let finding =
            Finding { span, message: message.into(), here: None, again: vec![], labels: vec![], help: None, fix: None };
        let index = self.findings.len();
        self.findings.push(finding);
        &mut self.findings[index]
    }

    /// How much was found so far.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether nothing was found so far.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// What was found, in the order of finding.
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// Makes a check from its options.
type Build = fn(Options) -> Result<Box<dyn Check>, OptionsError>;

/// Every check by the name that rule pages use.
const CHECKS: &[(&str, Build)] = &[
    ("ambiguous-scalar", build::<ambiguous_scalar::AmbiguousScalar>),
    ("blank-before-punctuation", build::<blank_before_punctuation::BlankBeforePunctuation>),
    ("broken-encoding", build::<broken_encoding::BrokenEncoding>),
    ("conflict-mark", build::<conflict_mark::ConflictMark>),
    ("dangling-reference", build::<dangling_reference::DanglingReference>),
    ("date", build::<dates::Dates>),
    ("description", build::<description::Description>),
    ("destination", build::<destination::Destination>),
    ("empty-field", build::<empty_field::EmptyField>),
    ("empty-heading", build::<empty_heading::EmptyHeading>),
    ("empty-link", build::<empty_link::EmptyLink>),
    ("fence-language", build::<fence_language::FenceLanguage>),
    ("fences", build::<fences::Fences>),
    ("field-order", build::<field_order::FieldOrder>),
    ("generator", build::<generator::Generator>),
    ("invalid-value", build::<invalid_value::InvalidValue>),
    ("invisible-character", build::<invisible_character::InvisibleCharacter>),
    ("leading-thematic-break", build::<leading_thematic_break::LeadingThematicBreak>),
    ("leftover-instruction", build::<leftover_instruction::LeftoverInstruction>),
    ("linter", build::<linter::Linter>),
    ("literals", build::<literals::Literals>),
    ("long-text", build::<long_text::LongText>),
    ("lorem-ipsum", build::<lorem_ipsum::LoremIpsum>),
    ("malformed-command", build::<malformed_command::MalformedCommand>),
    ("malformed-link", build::<malformed_link::MalformedLink>),
    ("malformed-tag", build::<malformed_tag::MalformedTag>),
    ("miscased-field", build::<miscased_field::MiscasedField>),
    ("missing-anchor", build::<missing_anchor::MissingAnchor>),
    ("missing-asset", build::<missing_asset::MissingAsset>),
    ("missing-field", build::<missing_field::MissingField>),
    ("missing-front-matter", build::<missing_front_matter::MissingFrontMatter>),
    ("missing-link-target", build::<missing_link_target::MissingLinkTarget>),
    ("missing-quantity", build::<missing_quantity::MissingQuantity>),
    ("misspelling", build::<misspelling::Misspelling>),
    ("pattern", build::<pattern::Search>),
    ("permalink", build::<permalink::Permalink>),
    ("phrases", build::<phrases::Phrases>),
    ("placeholder-value", build::<placeholder_value::PlaceholderValue>),
    ("repeated-punctuation", build::<repeated_punctuation::RepeatedPunctuation>),
    ("repeated-title", build::<repeated_title::RepeatedTitle>),
    ("repeated-word", build::<repeated_word::RepeatedWord>),
    ("schema-mismatch", build::<schema_mismatch::SchemaMismatch>),
    ("second-front-matter", build::<second_front_matter::SecondFrontMatter>),
    ("setext-trap", build::<setext_trap::SetextTrap>),
    ("site", build::<neighbours::Neighbours>),
    ("syntax", build::<syntax::Syntax>),
    ("tags", build::<tags::Tags>),
    ("titles", build::<titles::Titles>),
    ("typographic-command", build::<typographic_command::TypographicCommand>),
    ("unfinished-command", build::<unfinished_command::UnfinishedCommand>),
    ("unknown-field", build::<unknown_field::UnknownField>),
    ("unknown-tag", build::<unknown_tag::UnknownTag>),
    ("unread-front-matter", build::<unread_front_matter::UnreadFrontMatter>),
    ("unmarked-command", build::<unmarked_command::UnmarkedCommand>),
    ("variants", build::<variants::Variants>),
    ("weekday-mismatch", build::<weekday_mismatch::WeekdayMismatch>),
    ("wrong-type", build::<wrong_type::WrongType>),
];

/// The check called `name` with the given options; none where there is no such check.
pub fn make(name: &str, options: Options) -> Option<Result<Box<dyn Check>, OptionsError>> {
    let (_, build) = CHECKS.iter().find(|(known, _)| *known == name)?;
    Some(build(options))
}

/// Whether the check called `name` asks what other pages have.
pub fn asks_site(name: &str) -> bool {
    name == "site"
}

/// The names of all checks.
pub fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(name, _)| *name)
}

fn build<C: Check + serde::de::DeserializeOwned + 'static>(options: Options) -> Result<Box<dyn Check>, OptionsError> {
    Ok(Box::new(typed::from_options::<C>(options)?))
}
