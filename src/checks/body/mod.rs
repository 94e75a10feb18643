//! Checks of the Markdown body.

pub(super) mod accidental_setext_heading;
pub(super) mod broken_encoding;
pub(super) mod code_fences;
pub(super) mod dangling_reference;
pub(super) mod empty_heading;
pub(super) mod empty_link;
pub(super) mod invisible_character;
pub(super) mod leading_thematic_break;
pub(super) mod leftover_instruction;
pub(super) mod link_destination;
pub(super) mod literal_text;
pub(super) mod long_text;
pub(super) mod lorem_ipsum;
pub(super) mod malformed_link;
pub(super) mod merge_conflict_marker;
pub(super) mod missing_anchor;
pub(super) mod missing_page;
pub(super) mod missing_quantity;
pub(super) mod misspelling;
pub(super) mod pattern;
pub(super) mod repeated_punctuation;
pub(super) mod repeated_title;
pub(super) mod repeated_word;
pub(super) mod space_before_punctuation;
pub(super) mod terminology;
pub(super) mod weekday_mismatch;
