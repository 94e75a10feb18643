//! Checks of the front matter: its syntax, keys, values and dates.

pub(super) mod ambiguous_scalar;
pub(super) mod dates;
pub(super) mod deprecated_field;
pub(super) mod empty_field;
mod expected_type;
pub(super) mod front_matter_syntax;
pub(super) mod generator_fields;
pub(super) mod invalid_value;
pub(super) mod malformed_permalink;
pub(super) mod malformed_tag;
pub(super) mod metadata_lines;
pub(super) mod miscased_field;
pub(super) mod missing_asset;
pub(super) mod missing_field;
pub(super) mod missing_front_matter;
pub(super) mod placeholder_value;
pub(super) mod schema_mismatch;
pub(super) mod second_front_matter;
pub(super) mod tags;
pub(super) mod title_whitespace;
pub(super) mod unknown_field;
pub(super) mod unknown_tag;
pub(super) mod unordered_fields;
pub(super) mod unsupported_front_matter;
pub(super) mod weak_description;
pub(super) mod wrong_type;
