//! Checks of commands in code blocks, in inline code and in prose, and what they know about programs.

mod command_error;
pub(super) mod encode;
pub(super) mod grammar;
mod guesses;
pub(super) mod lexer;
pub(super) mod load;
pub(super) mod malformed_command;
pub(super) mod mapped_text;
pub(super) mod mislabeled_code_block;
pub(super) mod name_index;
mod option_list;
pub(super) mod page_context;
pub(super) mod programs;
pub(super) mod prose;
pub(super) mod scan;
pub(super) mod script;
pub(super) mod smart_punctuation_in_command;
pub(super) mod spec;
pub(super) mod unfinished_command;
pub(super) mod unformatted_command;
pub(super) mod walk;
