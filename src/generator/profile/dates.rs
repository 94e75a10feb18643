//! What a generator does with dates.

use crate::date::DateParser;
use serde::Deserialize;

/// What a generator does with dates.
#[derive(Clone, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Dates {
    /// The keys that hold dates.
    pub(crate) fields: Vec<String>,
    /// The key of the publication date, which takes precedence over the date in the file name.
    pub(crate) published: Option<String>,
    /// What it does if that differs from the date in the file name; none if that has no meaning.
    pub(crate) overrides_file_name: Option<String>,
    /// Whether a page without a date gets that of its file name.
    pub(crate) from_file_name: bool,
    /// The keys of the date of the last change.
    pub(crate) updated: Vec<String>,
    /// The keys of the expiry date.
    pub(crate) expires: Vec<String>,
    /// What happens to a page with a future date; none if nothing does.
    pub(crate) future: Option<String>,
    /// Whether a date without quotes is printed as it is written.
    pub(crate) printed_as_written: bool,
    /// What it makes of a quoted date; none if quotes don't matter.
    pub(crate) quoted: Option<String>,
    /// What it does with a date that doesn't exist in the calendar.
    pub(crate) invalid: Option<String>,
    /// What it does with a month 13 or a day 32, if that differs.
    pub(crate) out_of_range: Option<String>,
    /// What it does with a string that its parser rejects.
    pub(crate) unparsable: Option<String>,
    /// What date it uses for a post whose date is empty; none if that is no mistake.
    pub(crate) empty: Option<String>,
    /// Its parser of dates that are strings; none if a theme or a schema of the site decides.
    pub(crate) parser: Option<DateParser>,
    /// The keys whose values it parses, if they aren't all of `fields`.
    pub(crate) parsed_fields: Vec<String>,
    /// The folders, or nested folders, in which it parses them; everywhere if there are none.
    pub(crate) parsed_in: Vec<String>,
    /// The kinds of values that it rejects as it does a string that is no date.
    pub(crate) rejects: Vec<DateValueKind>,
}

/// A value in a date field that isn't a string, a number or a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum DateValueKind {
    /// `date:`, `date: null`, `date: ""`
    Empty,
    /// `date: true`
    Bool,
    /// `date: [2024-03-05]`
    List,
    /// `date: { year: 2024 }`
    Map,
}

/// A folder of posts whose names must begin with a date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Posts {
    /// The folder's name, at any depth.
    pub(crate) folder: String,
    /// What happens to a file with another name.
    pub(crate) explanation: String,
}
