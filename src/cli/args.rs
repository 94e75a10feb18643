//! The command line: what can be said, and its help.

use crate::date::Date;
use crate::report::{Format, UnknownFormat};
use crate::rule::RuleLevel;
use crate::url::has_scheme;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// A linter for Markdown with front matter.
#[derive(Parser, Debug)]
#[command(name = "matterlint", version, max_term_width = 100, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Lint files and folders
    Check(Box<CheckArgs>),
    /// Show a rule's page: what it looks for, why, with examples
    Explain(ExplainArgs),
    /// Write a config that says what the pages here have in common
    Init(InitArgs),
    /// List the tags and categories of all pages, and those that are nearly the same
    Tags(TagsArgs),
    /// List all rules
    Rules(RulesArgs),
    /// Speak the language server protocol on standard input and output
    Server,
    /// Print the JSON Schema of the config
    Schema,
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
    /// Run the examples on your own rule pages
    Test(TestArgs),
}

impl CheckArgs {
    /// The name of what comes on standard input; none where an editor gives an empty one for a buffer without a name.
    pub(crate) fn stdin_name(&self) -> Option<&Path> {
        self.stdin_filename.as_deref().filter(|name| !name.as_os_str().is_empty())
    }

    /// Whether what comes on standard input is no page: an editor's own view, such as `fugitive:///…` or `git:/…`.
    pub(crate) fn is_editor_view(&self) -> bool {
        let name = self.stdin_name().and_then(Path::to_str).unwrap_or_default();
        let is_page = name.starts_with("file:") || name.starts_with("untitled:");
        has_scheme(name) && !is_page && (name.contains(":/") || name.starts_with("git:"))
    }
}

/// How findings are shown and counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum FailOn {
    /// Warnings and errors
    Warning,
    /// Errors
    Error,
    /// Nothing: findings never fail the run
    Never,
}

/// When to colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `matterlint check`
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Files and folders; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The name of what comes on standard input: drives config, excludes and rules by path; need not exist
    #[arg(long, value_name = "PATH", value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Fix what can be fixed; with standard input, the fixed text goes to standard output
    #[arg(long)]
    pub(crate) fix: bool,
    /// Also apply fixes that are a guess at what was meant
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Show what --fix would change, as a unified diff, and change nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Leave out the findings that this file knows; it shrinks as they are mended
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Make all findings of today known: write them to the baseline (matterlint-baseline.json by default)
    #[arg(long, conflicts_with_all = ["fix", "diff", "diff_from"])]
    pub(crate) write_baseline: bool,
    /// Tell only findings on lines that a unified diff changes; `-` reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    pub(crate) diff_from: Option<PathBuf>,
    /// A config file instead of the one that would be found, or KEY=VALUE on top of it (repeatable)
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    pub(crate) config: Vec<String>,
    /// Use no config file
    #[arg(long)]
    pub(crate) isolated: bool,
    /// Run only these rules or groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave out these rules or groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Set a rule's level: off, info, warning, error
    #[arg(long, value_name = "RULE=LEVEL", value_parser = parse_level)]
    pub(crate) level: Vec<(String, RuleLevel)>,
    /// How to print findings; full on a terminal, else concise
    #[arg(long, value_name = "FORMAT", env = "MATTERLINT_FORMAT", value_parser = formats())]
    pub(crate) format: Option<Format>,
    /// Also write a format to a file (repeatable)
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// The least level that makes the exit status 1
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "warning")]
    pub(crate) fail_on: FailOn,
    /// Fail when there are more warnings than this, even with --fail-on error
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub(crate) max_warnings: Option<usize>,
    /// Exit with 0 even when there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Exit with 2 when there was no file to look at
    #[arg(long)]
    pub(crate) error_on_empty: bool,
    /// Print findings only
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print how often each rule spoke instead of the findings
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Read the paths from a file, or from standard input with `-`; one a line, or NUL between them
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// Lint also what the config excludes
    #[arg(long, conflicts_with = "force_exclude")]
    pub(crate) no_exclude: bool,
    /// Exclude also files that are named
    #[arg(long, action = clap::ArgAction::Count)]
    pub(crate) force_exclude: u8,
    /// Heed no comment that switches rules off
    #[arg(long)]
    pub(crate) no_inline_config: bool,
    /// When to colour
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    pub(crate) color: Colour,
    /// How many threads to use; as many as there are cores by default
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub(crate) threads: Option<usize>,
    /// Look at the site as on this day, instead of today: 2024-01-31
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(crate) now: Option<Date>,
    /// Show no progress
    #[arg(long)]
    pub(crate) no_progress: bool,
    /// Show for the named file (or the working directory) which config and which rules hold, and check nothing
    #[arg(long)]
    pub(crate) show_settings: bool,
    /// Also print the config and the generator that were found, and how many files were checked and left out
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// `matterlint explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The rule
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    /// Text for a terminal, or JSON
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint init`
#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// Print it instead of writing `matterlint.yaml`
    #[arg(long)]
    pub(crate) stdout: bool,
    /// Write it even where there is a config
    #[arg(long)]
    pub(crate) force: bool,
}

/// `matterlint tags`
#[derive(Args, Debug)]
pub(crate) struct TagsArgs {
    /// Text for a terminal, or JSON
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint rules`
#[derive(Args, Debug)]
pub(crate) struct RulesArgs {
    /// Text for a terminal, or JSON
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint completions`
#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// `matterlint test`
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    /// The folder with the pages; those of the config's `rule-dirs` by default
    #[arg(value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// The command line as clap knows it.
pub(crate) fn command() -> clap::Command {
    Cli::command()
}

/// Reads the command line.
///
/// # Errors
/// The text to print, and whether it is help that was asked for (else a mistake).
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>, colour: bool) -> Result<Cli, (String, bool)> {
    Cli::try_parse_from(args).map_err(|error| {
        let text = error.render();
        (if colour { text.ansi().to_string() } else { text.to_string() }, !error.use_stderr())
    })
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::WORDS.iter().map(|(word, _)| *word)).try_map(|word| word.parse::<Format>())
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (word, path) = text.split_once('=').ok_or("write FORMAT=FILE, such as `sarif=report.sarif`")?;
    Ok((word.parse().map_err(|error: UnknownFormat| error.to_string())?, PathBuf::from(path)))
}

fn parse_day(text: &str) -> Result<Date, String> {
    let day = crate::date::parse(text).filter(|day| day.validation_error().is_none());
    day.ok_or_else(|| format!("`{text}` isn't a day; write it like `2024-01-31`"))
}

fn parse_number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("`{text}` isn't a whole number"))
}

fn parse_level(text: &str) -> Result<(String, RuleLevel), String> {
    let (rule, word) = text.split_once('=').ok_or("write RULE=LEVEL, such as `leftover-placeholder=error`")?;
    let level = RuleLevel::from_name(word)
        .ok_or_else(|| format!("`{word}` isn't a level; the levels are {}", RuleLevel::NAMES.join(", ")))?;
    Ok((rule.to_owned(), level))
}
