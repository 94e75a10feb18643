//! `--diff-from`: the lines that a unified diff adds or changes, so that only findings on them are reported.

use crate::diagnostic::{Diagnostic, retain_places};
use crate::fs;
use crate::source::{Source, Span};
use crate::workspace::error::Error;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// Changed lines, from 1, by absolute path.
#[derive(Default, Debug)]
pub struct ChangedLines {
    lines: HashMap<PathBuf, BTreeSet<usize>>,
}

impl ChangedLines {
    /// Reads a unified diff, as `git diff` or `diff -u` prints it. Its paths are relative to the repository's top or to
    /// `cwd`: both are tried.
    ///
    /// # Errors
    /// That it isn't one.
    pub fn read(diff: &[u8], cwd: &Path, repository: Option<&Path>) -> Result<Self, Error> {
        let mut changed = Self::default();
        let (mut paths, mut next, mut left) = (Vec::new(), 0, 0);
        let mut hunks = 0;
        for line in diff.split(|byte| *byte == b'\n') {
            if left > 0 {
                match line.first() {
                    Some(b'+') => {
                        for path in &paths {
                            changed.lines.entry(PathBuf::clone(path)).or_default().insert(next);
                        }
                        (next, left) = (next + 1, left - 1);
                    }
                    Some(b'-' | b'\\') => {}
                    _ => (next, left) = (next + 1, left - 1),
                }
            } else if let Some(name) = line.strip_prefix(b"+++ ") {
                paths = candidate_paths(name, cwd, repository.unwrap_or(cwd));
            } else if line.starts_with(b"@@ ") {
                (next, left) = hunk(line).ok_or(Error::MalformedHunk)?;
                hunks += 1;
            }
        }
        let is_empty = diff.iter().all(u8::is_ascii_whitespace);
        // A change of modes, names or binary files alone has no hunk.
        if hunks == 0 && !is_empty && !diff.starts_with(b"diff ") {
            return Err(Error::NoHunk);
        }
        Ok(changed)
    }

    /// Whether any line of the file at `path` (absolute) is changed.
    pub(crate) fn contains_file(&self, path: &Path) -> bool {
        self.lines.contains_key(path)
    }

    /// Drops findings on no changed line of the file at `path`. One that stands several times keeps the places that are.
    pub(crate) fn retain_changed(&self, path: &Path, source: &Source, found: &mut Vec<Diagnostic>) {
        let lines = self.lines.get(path);
        let is_changed = |span: Span| {
            let last = if span.is_empty() { span.start } else { span.end - 1 };
            let range = source.line_of(span.start)..=source.line_of(last);
            lines.is_some_and(|lines| lines.range(range).next().is_some())
        };
        found.retain_mut(|Diagnostic { span, also_at, message, fix, .. }| {
            retain_places(span, also_at, message, fix, is_changed)
        });
        found.sort_by(|a, b| (a.span, &a.rule, &a.message).cmp(&(b.span, &b.rule, &b.message)));
    }
}

/// First line and number of lines of a hunk's new side: `@@ -1,2 +3,4 @@`.
fn hunk(line: &[u8]) -> Option<(usize, usize)> {
    let text = std::str::from_utf8(line.get(3..)?).ok()?;
    let new = text.split(' ').find_map(|part| part.strip_prefix('+'))?;
    let (first, count) = new.split_once(',').unwrap_or((new, "1"));
    Some((first.parse().ok()?, count.parse().ok()?))
}

/// Where the file of a `+++` line may be: none for one that is gone.
fn candidate_paths(name: &[u8], cwd: &Path, top: &Path) -> Vec<PathBuf> {
    let name = name.strip_suffix(b"\r").unwrap_or(name);
    // `diff -u` puts a time after a tab; git puts names with odd bytes in quotes.
    let name = name.split(|byte| *byte == b'\t').next().unwrap_or(name);
    let name = fs::unquoted(name);
    if name == b"/dev/null" {
        return Vec::new();
    }
    let stripped = name.strip_prefix(b"b/").map(<[u8]>::to_vec);
    let names = stripped.into_iter().chain([name]);
    let all = names.flat_map(|name| [top, cwd].map(|dir| dir.join(fs::path_from_bytes(&name))));
    all.filter_map(|path| fs::absolute(&path).ok()).collect()
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn lines(diff: &str) -> Vec<(String, Vec<usize>)> {
        let changed = ChangedLines::read(diff.as_bytes(), Path::new("/w"), None).expect("a diff");
        let mut lines: Vec<_> = changed
            .lines
            .iter()
            .map(|(path, lines)| (path.display().to_string(), lines.iter().copied().collect()))
            .collect();
        lines.sort();
        lines
    }

    #[test]
    fn added_lines_by_file() {
        let diff = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -1,3 +1,4 @@ # t\n a\n-b\n+c\n+d\n e\n@@ -9 +10 @@\n\
                    -f\n+++ g\n\\ No newline at end of file\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        assert_eq!(lines(diff), [("/w/b/x.md".into(), vec![2, 3, 10]), ("/w/x.md".into(), vec![2, 3, 10])]);
        let quoted = "--- /dev/null\n+++ \"b/\\352\\260\\200 \\\".md\"\n@@ -0,0 +1,2 @@\n+a\n+b\n";
        assert_eq!(lines(quoted)[1], ("/w/가 \".md".into(), vec![1, 2]));
        let dated = "--- x.md\t2024-01-01\n+++ x.md\t2024-01-02 10:00:00\n@@ -1 +1 @@\n-a\n+b\n";
        assert_eq!(lines(dated), [("/w/x.md".into(), vec![1])]);
        assert!(lines("").is_empty());
        assert!(lines("diff --git a/x b/x\nold mode 100644\nnew mode 100755\n").is_empty());
    }

    #[test]
    fn what_is_no_diff_is_refused() {
        for text in ["hello\n", "--- a\n+++ b\n@@ x @@\n", "x.md\n"] {
            assert!(ChangedLines::read(text.as_bytes(), Path::new("/w"), None).is_err(), "{text}");
        }
    }
}
