//! Checks of the Markdown body.

pub mod blank_before_punctuation;
pub mod broken_encoding;
pub mod conflict_mark;
pub mod dangling_reference;
pub mod destination;
pub mod empty_heading;
pub mod empty_link;
pub mod fences;
pub mod invisible_character;
pub mod leading_thematic_break;
pub mod leftover_instruction;
pub mod literals;
pub mod long_text;
pub mod lorem_ipsum;
pub mod malformed_link;
pub mod missing_anchor;
pub mod missing_link_target;
pub mod missing_quantity;
pub mod misspelling;
pub mod pattern;
pub mod repeated_punctuation;
pub mod repeated_title;
pub mod repeated_word;
pub mod setext_trap;
pub mod variants;
pub mod weekday_mismatch;
