//! Paths: made absolute, seen from a folder, named by bytes.

use std::io;
use std::path::{Component, Path, PathBuf};

/// What a Markdown file's name ends in.
const EXTENSIONS: [&str; 8] = ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd", "Rmd"];

/// Whether a file's name says that it is Markdown.
pub fn is_markdown(path: &Path) -> bool {
    path.extension().and_then(|ext| ext.to_str()).is_some_and(|ext| EXTENSIONS.contains(&ext))
}

/// `path` made absolute, without `.` and with `..` resolved by name.
///
/// # Errors
/// Where the working directory is gone.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    Ok(normalize(&std::path::absolute(path)?))
}

/// `path` without `.`, and with `..` resolved by name.
pub fn normalize(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// `path` as seen from `from`, both absolute: with `../` where it lies outside.
pub fn relative(path: &Path, from: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix(from) {
        return if below.as_os_str().is_empty() { PathBuf::from(".") } else { below.to_owned() };
    }
    let common = path.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return path.to_owned();
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

/// The path that these bytes name; on a system whose paths are Unicode, with what isn't text replaced.
pub fn path_from_bytes(bytes: &[u8]) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
    }
    #[cfg(not(unix))]
    {
        PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
    }
}
