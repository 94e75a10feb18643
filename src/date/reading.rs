//! What a parser of dates makes of a text.

use crate::date::parser::Date;

/// What a parser makes of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum DateReading {
    /// A date.
    Date(Date),
    /// A date whose year, month or day isn't in the text: it is that of the day of the build.
    Incomplete,
    /// No date.
    Rejected,
    /// Something that isn't certain.
    Unknown,
}
