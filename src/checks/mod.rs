//! How to look: one kind of fault per file. A check does no I/O and knows neither its id nor its level.

pub mod body;
pub mod commands;
pub mod front_matter;
pub mod linter;
pub mod phrases;
pub mod site;
pub mod support;

pub(crate) use crate::checks::commands::load::{Mistake, mistakes as spec_mistakes};

use crate::content::ContentType;
use crate::data::typed;
use crate::data::typed::{Options, OptionsError};
use crate::diagnostic::{Edit, Fix, FixEffect, Label};
use crate::document::Document;
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
        self.fix = Some(Fix { title: title.into(), safe: true, edits, effect: FixEffect::default() });
        self
    }

    /// What the fix may change besides the characters at its edits.
    pub fn effect(&mut self, effect: FixEffect) -> &mut Self {
        if let Some(fix) = &mut self.fix {
            fix.effect = effect;
        }
        self
    }

    /// Edits that are a guess at what was meant.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: false, edits, effect: FixEffect::default() });
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
    ("ambiguous-scalar", build::<front_matter::ambiguous_scalar::AmbiguousScalar>),
    ("blank-before-punctuation", build::<body::blank_before_punctuation::BlankBeforePunctuation>),
    ("broken-encoding", build::<body::broken_encoding::BrokenEncoding>),
    ("conflict-mark", build::<body::conflict_mark::ConflictMark>),
    ("dangling-reference", build::<body::dangling_reference::DanglingReference>),
    ("date", build::<front_matter::dates::Dates>),
    ("description", build::<front_matter::description::Description>),
    ("destination", build::<body::destination::Destination>),
    ("empty-field", build::<front_matter::empty_field::EmptyField>),
    ("empty-heading", build::<body::empty_heading::EmptyHeading>),
    ("empty-link", build::<body::empty_link::EmptyLink>),
    ("fence-language", build::<commands::fence_language::FenceLanguage>),
    ("fences", build::<body::fences::Fences>),
    ("field-order", build::<front_matter::field_order::FieldOrder>),
    ("generator", build::<front_matter::generator::Generator>),
    ("invalid-value", build::<front_matter::invalid_value::InvalidValue>),
    ("invisible-character", build::<body::invisible_character::InvisibleCharacter>),
    ("leading-thematic-break", build::<body::leading_thematic_break::LeadingThematicBreak>),
    ("leftover-instruction", build::<body::leftover_instruction::LeftoverInstruction>),
    ("linter", build::<linter::Linter>),
    ("literals", build::<body::literals::Literals>),
    ("long-text", build::<body::long_text::LongText>),
    ("lorem-ipsum", build::<body::lorem_ipsum::LoremIpsum>),
    ("malformed-command", build::<commands::malformed_command::MalformedCommand>),
    ("malformed-link", build::<body::malformed_link::MalformedLink>),
    ("malformed-tag", build::<front_matter::malformed_tag::MalformedTag>),
    ("miscased-field", build::<front_matter::miscased_field::MiscasedField>),
    ("missing-anchor", build::<body::missing_anchor::MissingAnchor>),
    ("missing-asset", build::<front_matter::missing_asset::MissingAsset>),
    ("missing-field", build::<front_matter::missing_field::MissingField>),
    ("missing-front-matter", build::<front_matter::missing_front_matter::MissingFrontMatter>),
    ("missing-link-target", build::<body::missing_link_target::MissingLinkTarget>),
    ("missing-quantity", build::<body::missing_quantity::MissingQuantity>),
    ("misspelling", build::<body::misspelling::Misspelling>),
    ("pattern", build::<body::pattern::Search>),
    ("permalink", build::<front_matter::permalink::Permalink>),
    ("phrases", build::<phrases::Phrases>),
    ("placeholder-value", build::<front_matter::placeholder_value::PlaceholderValue>),
    ("repeated-punctuation", build::<body::repeated_punctuation::RepeatedPunctuation>),
    ("repeated-title", build::<body::repeated_title::RepeatedTitle>),
    ("repeated-word", build::<body::repeated_word::RepeatedWord>),
    ("schema-mismatch", build::<front_matter::schema_mismatch::SchemaMismatch>),
    ("second-front-matter", build::<front_matter::second_front_matter::SecondFrontMatter>),
    ("setext-trap", build::<body::setext_trap::SetextTrap>),
    ("site", build::<site::neighbours::Neighbours>),
    ("syntax", build::<front_matter::syntax::Syntax>),
    ("tags", build::<front_matter::tags::Tags>),
    ("titles", build::<front_matter::titles::Titles>),
    ("typographic-command", build::<commands::typographic_command::TypographicCommand>),
    ("unfinished-command", build::<commands::unfinished_command::UnfinishedCommand>),
    ("unknown-field", build::<front_matter::unknown_field::UnknownField>),
    ("unknown-tag", build::<front_matter::unknown_tag::UnknownTag>),
    ("unread-front-matter", build::<front_matter::unread_front_matter::UnreadFrontMatter>),
    ("unmarked-command", build::<commands::unmarked_command::UnmarkedCommand>),
    ("variants", build::<body::variants::Variants>),
    ("weekday-mismatch", build::<body::weekday_mismatch::WeekdayMismatch>),
    ("wrong-type", build::<front_matter::wrong_type::WrongType>),
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
