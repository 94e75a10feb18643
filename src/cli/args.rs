//! The command line: what can be said, and its help.

use crate::date::Date;
use crate::report::{Format, UnknownFormat};
use crate::rule::RuleLevel;
use crate::url::has_scheme;
use clap::builder::{OsStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const EXAMPLES: &str = "\
Examples:
  matterlint check               Lint the Markdown files of this folder
  matterlint check --fix _posts  Apply the safe fixes
  matterlint explain RULE        Show what a rule reports, and why

Exit status of `check`: 0 without findings at or above `--fail-on`, 1 with such findings, 2 after an error.";

/// A linter for Markdown front matter and content
#[derive(Parser, Debug)]
#[command(name = "matterlint", version, max_term_width = 100, propagate_version = true, after_help = EXAMPLES)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Lint files and directories
    #[command(alias = "lint")]
    Check(Box<CheckArgs>),
    /// Show the documentation of a rule
    Explain(ExplainArgs),
    /// Create a config based on the existing pages
    Init(InitArgs),
    /// List all tags and categories, including near duplicates, or rename one
    Tags(TagsArgs),
    /// List the rules with their levels, including custom ones
    Rules(RulesArgs),
    /// Run the language server (LSP over standard input and output)
    Server(ServerArgs),
    /// Print the JSON Schema of the config file
    Schema,
    /// Generate shell completions
    Completions(CompletionsArgs),
    /// Generate the man page
    Man,
    /// Run the examples of custom rules
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
    /// Errors only
    Error,
    /// Never fail because of findings
    Never,
}

/// When to use colors.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(crate) enum Color {
    /// Only on a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// `matterlint check`
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Files or directories to check; `-` reads standard input [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Path to use for standard input when looking up the config, excludes, and overrides; need not exist
    #[arg(long, value_name = "PATH", value_parser = OsStringValueParser::new().map(PathBuf::from))]
    pub(crate) stdin_filename: Option<PathBuf>,
    /// Apply safe fixes; with standard input, print the fixed text to standard output
    #[arg(long)]
    pub(crate) fix: bool,
    /// Also apply unsafe fixes, which may change the meaning
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,
    /// Print the fixes as a unified diff instead of applying them
    #[arg(long)]
    pub(crate) diff: bool,
    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["stdin_filename", "diff", "write_baseline", "diff_from", "files_from", "show_settings"])]
    pub(crate) watch: bool,
    /// Ignore the findings recorded in this file instead of the `baseline` of the config
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Record all current findings in the baseline file [default: `baseline` of the config, otherwise matterlint-baseline.json]
    #[arg(long, conflicts_with_all = ["fix", "diff", "diff_from"])]
    pub(crate) write_baseline: bool,
    /// Remove fixed findings from the baseline file
    #[arg(long, conflicts_with_all = ["write_baseline", "select", "ignore", "level", "diff", "diff_from", "stdin_filename"])]
    pub(crate) update_baseline: bool,
    /// Report only findings on lines changed by this unified diff; `-` reads it from standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["fix", "diff"])]
    pub(crate) diff_from: Option<PathBuf>,
    /// Path to a config file, or a KEY=VALUE setting that overrides the config (repeatable)
    #[arg(long, value_name = "FILE|KEY=VALUE")]
    pub(crate) config: Vec<String>,
    /// Ignore all config files
    #[arg(long)]
    pub(crate) isolated: bool,
    /// Run only these rules or groups (comma-separated)
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Disable these rules or groups (comma-separated)
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Set the level of a rule: off, info, warning, or error (repeatable)
    #[arg(long, value_name = "RULE=LEVEL", value_parser = parse_level)]
    pub(crate) level: Vec<(String, RuleLevel)>,
    /// Also run preview rules, which are not stable yet
    #[arg(long)]
    pub(crate) preview: bool,
    /// Output format [default: full on a terminal, otherwise concise]
    #[arg(long, value_name = "FORMAT", env = "MATTERLINT_FORMAT", value_parser = formats())]
    pub(crate) format: Option<Format>,
    /// Also write the report in this format to a file (repeatable)
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub(crate) output: Vec<(Format, PathBuf)>,
    /// Minimum level that makes the run fail with exit status 1
    #[arg(long, value_name = "LEVEL", value_enum, default_value = "warning")]
    pub(crate) fail_on: FailOn,
    /// Fail if there are more than N warnings, even with --fail-on error
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub(crate) max_warnings: Option<usize>,
    /// Maximum number of findings to keep per file; the rest are counted; 0 keeps all [default: 1000]
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub(crate) max_findings: Option<usize>,
    /// Show every page of a finding that many pages of a site have, not only the first
    #[arg(long)]
    pub(crate) no_grouping: bool,
    /// Exit with status 0 even if there are findings
    #[arg(long)]
    pub(crate) exit_zero: bool,
    /// Exit with status 2 if no files were checked
    #[arg(long)]
    pub(crate) error_on_empty: bool,
    /// Print findings only, without a summary
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print the number of findings per rule instead of the findings
    #[arg(long)]
    pub(crate) statistics: bool,
    /// Read the paths to check from a file, separated by newlines or NUL; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// Also check files that the config or an ignore file excludes
    #[arg(long, conflicts_with = "force_exclude")]
    pub(crate) no_exclude: bool,
    /// Apply excludes to paths given on the command line as well
    #[arg(long, action = clap::ArgAction::Count)]
    pub(crate) force_exclude: u8,
    /// Ignore disable comments
    #[arg(long)]
    pub(crate) no_inline_config: bool,
    /// When to use colors
    #[arg(long, value_name = "WHEN", value_enum, default_value = "auto")]
    pub(crate) color: Color,
    /// Number of threads [default: number of CPU cores]
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub(crate) threads: Option<usize>,
    /// Read every page of the site again, and keep nothing for the next run
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Date to use as today, such as 2024-01-31
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    pub(crate) now: Option<Date>,
    /// Hide the progress indicator
    #[arg(long)]
    pub(crate) no_progress: bool,
    /// Print the settings that apply to a path, without checking it
    #[arg(long)]
    pub(crate) show_settings: bool,
    /// Also print the config, the generator, and the number of files checked and excluded
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// `matterlint server`
#[derive(Args, Debug)]
pub(crate) struct ServerArgs {
    /// Standard input and output are the only channel; editors name it all the same
    #[arg(long, hide = true)]
    stdio: bool,
    /// The editor's process, which some editors name
    #[arg(long = "clientProcessId", hide = true)]
    client_process_id: Option<String>,
}

/// `matterlint explain`
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// Rule to explain
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    /// Print the URL of the documentation instead
    #[arg(long, conflicts_with = "format")]
    pub(crate) url: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint init`
#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// Print the config to standard output instead of writing matterlint.yaml
    #[arg(long)]
    pub(crate) stdout: bool,
    /// Overwrite an existing config
    #[arg(long)]
    pub(crate) force: bool,
    /// Take over excludes, required fields, and schemas from the config of another program
    #[arg(long, value_name = "PROGRAM", value_parser = ["markdownlint", "rumdl", "front-matter-cms", "remark-lint-frontmatter-schema"])]
    pub(crate) from: Option<String>,
}

/// `matterlint tags`
#[derive(Args, Debug)]
pub(crate) struct TagsArgs {
    /// Files or directories to look at [default: .]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Rename a tag on all pages
    #[arg(long, value_name = "OLD=NEW", value_parser = parse_rename)]
    pub(crate) rename: Option<(String, String)>,
    /// Taxonomy to rename in [default: tags]
    #[arg(long, value_name = "FIELD", requires = "rename")]
    pub(crate) field: Option<String>,
    /// Print the renaming as a unified diff instead of applying it
    #[arg(long, requires = "rename")]
    pub(crate) diff: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint rules`
#[derive(Args, Debug)]
pub(crate) struct RulesArgs {
    /// List only the rules of these groups (comma-separated)
    #[arg(long, value_name = "GROUP", value_delimiter = ',')]
    pub(crate) group: Vec<String>,
    /// List only the rules with these levels (comma-separated)
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = RuleLevel::NAMES)]
    pub(crate) level: Vec<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", value_parser = ["text", "json"], default_value = "text")]
    pub(crate) format: String,
}

/// `matterlint completions`
#[derive(Args, Debug)]
pub(crate) struct CompletionsArgs {
    /// Shell to generate completions for
    #[arg(value_name = "SHELL", value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// `matterlint test`
#[derive(Args, Debug)]
pub(crate) struct TestArgs {
    /// Directory with the custom rules [default: `rule-dirs` of the config]
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
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>, color: bool) -> Result<Cli, (String, bool)> {
    Cli::try_parse_from(args).map_err(|error| {
        let text = error.render();
        let mut text = if color { text.ansi().to_string() } else { text.to_string() };
        text.push_str(&path_hint(&error).unwrap_or_default());
        (text, !error.use_stderr())
    })
}

/// What to type if the word in place of a command is a path.
fn path_hint(error: &clap::Error) -> Option<String> {
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    let is_path = word.contains(['/', '.']) || Path::new(word).exists();
    is_path.then(|| format!("\nTo check it, run `matterlint check {word}`.\n"))
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::WORDS.iter().map(|(word, _)| *word)).try_map(|word| word.parse::<Format>())
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    let (word, path) = text.split_once('=').ok_or("expected FORMAT=FILE, such as `sarif=report.sarif`")?;
    Ok((word.parse().map_err(|error: UnknownFormat| error.to_string())?, PathBuf::from(path)))
}

fn parse_day(text: &str) -> Result<Date, String> {
    let day = crate::date::parse(text).filter(|day| day.validation_error().is_none());
    day.ok_or_else(|| format!("invalid date `{text}`; use the format `2024-01-31`"))
}

fn parse_rename(text: &str) -> Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("expected OLD=NEW, such as `js=javascript`")?;
    let (old, new) = (old.trim(), new.trim());
    let is_valid = |term: &str| !term.is_empty() && !term.contains(char::is_control);
    match is_valid(old) && is_valid(new) && old != new {
        true => Ok((old.to_owned(), new.to_owned())),
        false => Err("expected two different tags".to_owned()),
    }
}

fn parse_number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("invalid number `{text}`; use a whole number such as `10`"))
}

fn parse_level(text: &str) -> Result<(String, RuleLevel), String> {
    let (rule, word) = text.split_once('=').ok_or("expected RULE=LEVEL, such as `leftover-placeholder=error`")?;
    let level = RuleLevel::from_name(word)
        .ok_or_else(|| format!("unknown level `{word}`; expected one of {}", RuleLevel::NAMES.join(", ")))?;
    Ok((rule.to_owned(), level))
}
