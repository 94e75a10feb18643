//! What is wrong with a command.

use crate::source::Span;

/// An error in a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct CommandError {
    /// What kind of error it is.
    pub(super) kind: CommandErrorKind,
    /// The span of the word, or of the part that is wrong.
    pub(super) span: Span,
    /// The word as written.
    pub(super) written: String,
    /// What was most likely intended.
    pub(super) suggestion: String,
    /// The command up to that word: `git commit`.
    pub(super) command: String,
    /// The number of known words in that path: 1 for the program alone.
    pub(super) depth: usize,
    /// The noun for a key, for [`CommandErrorKind::Key`].
    pub(super) noun: String,
    /// Whether the grammar leaves no doubt about the suggestion.
    pub(super) certain: bool,
}

/// The kind of an error.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CommandErrorKind {
    /// An unknown program.
    Program,
    /// An unknown subcommand.
    Subcommand,
    /// An unknown option.
    Option,
    /// An unknown config key.
    Key,
    /// A missing space between two words.
    MissingSpace,
    /// A long option with a single dash.
    SingleDash,
    /// A subcommand without the command it belongs to: `git pop`.
    MissingParent,
    /// The program's name twice: `git git status`.
    RepeatedProgram,
    /// A subcommand twice: `kubectl get get pods`.
    RepeatedSubcommand,
    /// A space between the hyphens and the name of an option: `-- force`.
    SplitOption,
}
