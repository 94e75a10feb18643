//! How to look for a problem: one check per file. Rule pages name the check they use and give it its options.

mod body;
mod build;
mod check;
mod commands;
mod finding;
mod front_matter;
mod phrases;
mod site;
mod support;
mod suppressions;

pub(crate) use crate::checks::check::{Check, Context, Scope};
pub(crate) use crate::checks::commands::load::{SpecError, validate_spec};
pub(crate) use crate::checks::finding::{Finding, Findings};
pub(crate) use crate::checks::front_matter::front_matter_syntax::describe as describe_syntax_error;
pub(crate) use crate::checks::support::rewrite;

use crate::data::typed;
use crate::data::typed::{DeserializeError, Options};
use serde::de::DeserializeOwned;

/// A check as rule pages name it.
pub(crate) struct CheckDefinition {
    /// The name of its module, in kebab case.
    pub(crate) name: &'static str,
    /// What it needs to know.
    pub(crate) scope: Scope,
    /// Creates it from its options, or says which option doesn't fit.
    pub(crate) create: fn(Options) -> Result<Box<dyn Check>, DeserializeError>,
}

/// The definition of the check called `name`.
pub(crate) fn find(name: &str) -> Option<&'static CheckDefinition> {
    let index = CHECKS.binary_search_by(|check| check.name.cmp(name)).ok()?;
    Some(&CHECKS[index])
}

/// The names of all checks, sorted.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|check| check.name)
}

fn create<C: Check + DeserializeOwned + 'static>(options: Options) -> Result<Box<dyn Check>, DeserializeError> {
    Ok(Box::new(typed::from_options::<C>(options)?))
}

/// The last but one segment of a path.
macro_rules! module_of {
    ($module:ident :: $check:ident) => { stringify!($module) };
    ($group:ident :: $($rest:ident)::+) => { module_of!($($rest)::+) };
}

/// Builds the table from the paths of the checks, so that a check's name can't differ from its module's. A check looks
/// at the page alone unless a scope follows its path.
macro_rules! checks {
    ($($($segment:ident)::+ $(=> $scope:ident)?,)+) => {
        /// Every check, sorted by name.
        const CHECKS: &[CheckDefinition] = &[$(CheckDefinition {
            name: {
                const MODULE: &str = module_of!($($segment)::+);
                const NAME: [u8; MODULE.len()] = kebab_case(MODULE);
                match std::str::from_utf8(&NAME) {
                    Ok(name) => name,
                    Err(_) => MODULE,
                }
            },
            scope: checks!(@scope $($scope)?),
            create: create::<$($segment)::+>,
        }),+];
    };
    (@scope) => { Scope::Page };
    (@scope $scope:ident) => { Scope::$scope };
}

/// `missing_field` → `missing-field`; `N` is its length.
const fn kebab_case<const N: usize>(name: &str) -> [u8; N] {
    let mut kebab = [0; N];
    let mut index = 0;
    while index < N {
        let byte = name.as_bytes()[index];
        kebab[index] = if byte == b'_' { b'-' } else { byte };
        index += 1;
    }
    kebab
}

checks! {
    body::accidental_setext_heading::AccidentalSetextHeading,
    front_matter::ambiguous_scalar::AmbiguousScalar,
    body::broken_encoding::BrokenEncoding,
    body::code_fences::CodeFences,
    body::dangling_announcement::DanglingAnnouncement,
    body::dangling_reference::DanglingReference,
    front_matter::dates::Dates,
    build::dead_link::DeadLink,
    front_matter::deprecated_field::DeprecatedField => Site,
    build::dropped_html::DroppedHtml,
    front_matter::empty_field::EmptyField,
    body::empty_heading::EmptyHeading,
    body::empty_link::EmptyLink,
    front_matter::front_matter_syntax::FrontMatterSyntax,
    front_matter::generator_fields::GeneratorFields,
    front_matter::invalid_value::InvalidValue,
    body::invisible_character::InvisibleCharacter,
    body::leading_thematic_break::LeadingThematicBreak,
    body::leftover_instruction::LeftoverInstruction,
    body::link_destination::LinkDestination,
    body::literal_text::LiteralText,
    body::localhost_link::LocalhostLink,
    body::long_text::LongText,
    body::lorem_ipsum::LoremIpsum,
    build::lost_text::LostText,
    commands::malformed_command::MalformedCommand,
    body::malformed_link::MalformedLink,
    front_matter::malformed_permalink::MalformedPermalink,
    body::malformed_table::MalformedTable,
    front_matter::malformed_tag::MalformedTag,
    body::markdown_in_html_block::MarkdownInHtmlBlock,
    build::mdx_names::MdxNames,
    build::mdx_syntax::MdxSyntax,
    body::merge_conflict_marker::MergeConflictMarker,
    front_matter::metadata_lines::MetadataLines,
    front_matter::miscased_field::MiscasedField => Site,
    commands::mislabeled_code_block::MislabeledCodeBlock,
    build::misrendered_markup::MisrenderedMarkup,
    body::missing_anchor::MissingAnchor,
    front_matter::missing_asset::MissingAsset,
    front_matter::missing_field::MissingField,
    front_matter::missing_front_matter::MissingFrontMatter,
    body::missing_page::MissingPage,
    body::missing_page_anchor::MissingPageAnchor,
    body::missing_quantity::MissingQuantity,
    build::missing_template_target::MissingTemplateTarget,
    body::misspelling::Misspelling,
    body::pattern::Pattern,
    phrases::Phrases,
    front_matter::placeholder_value::PlaceholderValue,
    body::repeated_punctuation::RepeatedPunctuation,
    body::repeated_title::RepeatedTitle => Site,
    body::repeated_word::RepeatedWord,
    front_matter::schema_mismatch::SchemaMismatch,
    front_matter::second_front_matter::SecondFrontMatter,
    build::shortcode_syntax::ShortcodeSyntax,
    site::site_findings::SiteFindings => Site,
    commands::smart_punctuation_in_command::SmartPunctuationInCommand,
    body::space_before_punctuation::SpaceBeforePunctuation,
    body::starter_post::StarterPost,
    body::stray_jamo::StrayJamo,
    front_matter::tags::Tags,
    build::template_syntax::TemplateSyntax,
    body::terminology::Terminology,
    front_matter::title_whitespace::TitleWhitespace,
    build::unclosed_comment::UnclosedComment,
    body::undefined_reference::UndefinedReference,
    build::undefined_variable::UndefinedVariable,
    suppressions::unexplained_suppression::UnexplainedSuppression => UnexplainedSuppressions,
    commands::unfinished_command::UnfinishedCommand,
    commands::unformatted_command::UnformattedCommand,
    build::unknown_element::UnknownElement,
    front_matter::unknown_field::UnknownField,
    front_matter::unknown_tag::UnknownTag,
    front_matter::unordered_fields::UnorderedFields,
    body::unrendered_emphasis::UnrenderedEmphasis,
    body::unrendered_heading::UnrenderedHeading,
    front_matter::unsupported_front_matter::UnsupportedFrontMatter,
    build::unsupported_markup::UnsupportedMarkup,
    suppressions::unused_suppression::UnusedSuppression => UnusedSuppressions,
    build::vue_syntax::VueSyntax,
    front_matter::weak_description::WeakDescription,
    body::weekday_mismatch::WeekdayMismatch,
    front_matter::wrong_type::WrongType,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_module_names_and_sorted() {
        assert!(CHECKS.is_sorted_by(|a, b| a.name < b.name), "{:?}", names().collect::<Vec<_>>());
        assert_eq!(find("missing-field").map(|check| check.scope), Some(Scope::Page));
        assert_eq!(find("site-findings").map(|check| check.scope), Some(Scope::Site));
        assert!(find("missing_field").is_none());
    }
}
