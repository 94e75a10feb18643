//! Checks of the front matter: its syntax, keys, values and dates.

pub mod ambiguous_scalar;
pub mod dates;
pub mod description;
pub mod empty_field;
pub mod field_order;
pub mod generator;
pub mod invalid_value;
pub mod malformed_tag;
pub mod miscased_field;
pub mod missing_asset;
pub mod missing_field;
pub mod missing_front_matter;
pub mod permalink;
pub mod placeholder_value;
pub mod schema_mismatch;
pub mod second_front_matter;
pub mod syntax;
pub mod tags;
pub mod titles;
pub mod unknown_field;
pub mod unknown_tag;
pub mod unread_front_matter;
pub mod wrong_type;
