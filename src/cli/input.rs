//! What `matterlint check` is given: paths, lists of paths, a text or a diff on standard input.

use crate::cli::Streams;
use crate::cli::args::CheckArgs;
use crate::fs::{self, FsError, MAX_FILE_SIZE, Os};
use crate::source::display_path;
use crate::workspace::{ChangedLines, Workspace};
use std::io::Read;
use std::path::{Path, PathBuf};

/// What to lint.
#[derive(Default)]
pub(super) struct Input {
    /// Files and folders.
    pub(super) paths: Vec<PathBuf>,
    /// A text instead of them.
    pub(super) text: Option<Vec<u8>>,
    /// The only lines that count, where not all do.
    pub(super) changed: Option<ChangedLines>,
}

/// Reads it.
///
/// # Errors
/// What can't be read, or doesn't go together.
pub(super) fn read(args: &CheckArgs, workspace: &Workspace, io: &mut Streams) -> Result<Input, String> {
    let mut paths = args.paths.clone();
    let is_stdin = |path: &PathBuf| path.as_os_str() == "-";
    if args.stdin_filename.is_some() && paths.is_empty() && args.files_from.is_none() {
        paths.push("-".into());
    }
    let lists = [args.files_from.as_ref(), args.diff_from.as_ref()];
    let lists_on_stdin = lists.into_iter().flatten().filter(|path| is_stdin(path)).count();
    if lists_on_stdin + usize::from(paths.iter().any(is_stdin)) > 1 {
        return Err("only one input can be read from standard input".to_owned());
    }
    let changed =
        args.diff_from.as_ref().map(|name| changed_lines(&bytes_of(name, workspace, io)?, workspace)).transpose()?;
    if paths.iter().any(is_stdin) {
        if paths.len() > 1 || args.files_from.is_some() {
            return Err("`-` reads standard input and cannot be combined with other paths".to_owned());
        }
        return Ok(Input { text: Some(text(io)?), changed, ..Input::default() });
    }
    if let Some(list) = &args.files_from {
        paths.extend(listed(&bytes_of(list, workspace, io)?));
    } else if paths.is_empty() {
        paths.push(".".into());
    }
    Ok(Input { paths, changed, text: None })
}

fn changed_lines(diff: &[u8], workspace: &Workspace) -> Result<ChangedLines, String> {
    ChangedLines::read(diff, workspace.cwd(), workspace.repository_root().as_deref()).map_err(|error| error.to_string())
}

/// The text on standard input.
fn text(io: &mut Streams) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    Read::take(&mut *io.stdin, MAX_FILE_SIZE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    if bytes.len() as u64 > MAX_FILE_SIZE {
        return Err(format!("standard input is larger than {} MiB", MAX_FILE_SIZE >> 20));
    }
    Ok(bytes)
}

/// The paths in a list: one per line, quoted if git quotes them, or separated by NUL.
fn listed(bytes: &[u8]) -> impl Iterator<Item = PathBuf> {
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(move |byte| *byte == separator);
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line)).filter(|line| !line.is_empty());
    lines.map(move |line| match separator {
        0 => fs::path_from_bytes(line),
        _ => fs::path_from_bytes(&fs::unquoted(line)),
    })
}

/// What a file holds, or with `-` standard input.
fn bytes_of(name: &Path, workspace: &Workspace, io: &mut Streams) -> Result<Vec<u8>, String> {
    if name.as_os_str() != "-" {
        let failed = |error: FsError| format!("{}: {error}", display_path(name));
        let path = fs::absolute(name).map_err(|error| failed(error.into()))?;
        // A shell's `<(…)` is a link to a pipe, but in no project.
        fs::check_links(&Os, workspace.cwd(), &path).map_err(failed)?;
        // Lists and diffs may be as long as they like.
        return std::fs::read(&path).map_err(|error| failed(error.into()));
    }
    let mut bytes = Vec::new();
    io.stdin.read_to_end(&mut bytes).map_err(|error| format!("cannot read standard input: {error}"))?;
    Ok(bytes)
}
