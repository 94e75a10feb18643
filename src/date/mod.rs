//! Dates and times as authors write them and site generators read them.

mod format;
pub(crate) mod lexer;
mod parser;
mod parsers;
mod reading;

pub(crate) use crate::date::format::{DateFormat, detect_format};
pub use crate::date::parser::Date;
pub(crate) use crate::date::parser::parse;
pub(crate) use crate::date::parsers::DateParser;
pub(crate) use crate::date::reading::DateReading;
