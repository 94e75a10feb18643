//! What a caller says of a whole workspace: where it is, which config counts, what is left out.

use crate::date::Date;
use crate::rule::RuleLevel;
use crate::workspace::baseline::BaselineSource;
use std::path::PathBuf;

/// Which config file counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum ConfigSource {
    /// The nearest one upward from each file.
    #[default]
    Discover,
    /// None: what is built in.
    BuiltIn,
    /// This one, for all files.
    File(PathBuf),
}

/// How a workspace is linted. The default is what `matterlint check` does without options.
///
/// ```
/// use matterlint::workspace::{ConfigSource, Date, Options, RuleLevel};
///
/// let options = Options {
///     config: ConfigSource::BuiltIn,
///     levels: vec![("leftover-placeholder".to_owned(), RuleLevel::Error)],
///     today: Some(Date { year: 2026, month: 1, day: 31, time: None }),
///     ..Options::new("/site")
/// };
/// assert!(options.ignore_files);
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that paths are shown from, absolute. It is also the root where neither a config nor a repository is
    /// found.
    pub cwd: PathBuf,
    /// Which config file counts.
    pub config: ConfigSource,
    /// Further layers of config on top, each a name for messages and YAML text.
    pub overrides: Vec<(String, String)>,
    /// Only these rules or groups; all where it is empty.
    pub select: Vec<String>,
    /// Without these rules or groups.
    pub ignore: Vec<String>,
    /// Levels by rule or group.
    pub levels: Vec<(String, RuleLevel)>,
    /// Whether preview rules run.
    pub preview: bool,
    /// Whether the config's `exclude` is applied.
    pub exclude: bool,
    /// Whether it is applied to named files too.
    pub force_exclude: bool,
    /// Whether `.gitignore` and `.ignore` are applied.
    pub ignore_files: bool,
    /// Whether comments in a page can suppress findings.
    pub suppressions: bool,
    /// The maximum number of findings that are kept per file, 0 for all; the config's where none is given.
    pub max_findings: Option<usize>,
    /// Which recorded findings are left out.
    pub baseline: BaselineSource,
    /// The day that counts as today; by the clock, in UTC, where none is given.
    pub today: Option<Date>,
    /// How many threads to use; as many as there are cores where none is given.
    pub threads: Option<usize>,
    /// The user's home folder, above which no config is looked for.
    pub home: Option<PathBuf>,
}

impl Options {
    /// The defaults, for a run in `cwd` (absolute).
    pub fn new(cwd: impl Into<PathBuf>) -> Self {
        Self {
            cwd: cwd.into(),
            config: ConfigSource::Discover,
            overrides: Vec::new(),
            select: Vec::new(),
            ignore: Vec::new(),
            levels: Vec::new(),
            preview: false,
            exclude: true,
            force_exclude: false,
            ignore_files: true,
            suppressions: true,
            max_findings: None,
            baseline: BaselineSource::Config,
            today: None,
            threads: None,
            home: None,
        }
    }
}
