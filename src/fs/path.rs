//! Paths: made absolute, seen from a folder, named by bytes.

use std::io;
use std::path::{Component, Path, PathBuf};

/// What a Markdown file's name ends in.
const EXTENSIONS: [&str; 8] = ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd", "Rmd"];

/// Whether a file's name says that it is Markdown.
pub(crate) fn is_markdown(path: &Path) -> bool {
    path.extension().and_then(|ext| ext.to_str()).is_some_and(|ext| EXTENSIONS.contains(&ext))
}

/// `path` made absolute, without `.` and with `..` resolved by name.
///
/// # Errors
/// Where the working directory is gone.
pub(crate) fn absolute(path: &Path) -> io::Result<PathBuf> {
    Ok(normalize(&std::path::absolute(path)?))
}

/// `path` without `.`, and with `..` resolved by name.
pub(crate) fn normalize(path: &Path) -> PathBuf {
    if is_normal(path) {
        return path.to_owned();
    }
    if let Some(text) = path.to_str().filter(|text| cfg!(unix) && text.starts_with('/')) {
        return normalize_text(text);
    }
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

/// The same for an absolute path with `/` between its parts, which takes less time as text.
fn normalize_text(path: &str) -> PathBuf {
    let mut out = String::with_capacity(path.len());
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match out.rfind('/').filter(|at| part == ".." && &out[at + 1..] != "..") {
            Some(last) => out.truncate(last),
            None => {
                out.push('/');
                out.push_str(part);
            }
        }
    }
    PathBuf::from(if out.is_empty() { "/".to_owned() } else { out })
}

/// `path` from `folder`, where it is below it, without a look at each of its parts: none also where that takes one.
pub(crate) fn below<'a>(path: &'a Path, folder: &Path) -> Option<&'a str> {
    let rest = path.to_str()?.strip_prefix(folder.to_str()?)?.strip_prefix('/')?;
    let is_plain = !rest.is_empty() && !rest.starts_with(['/', '.', '\\']) && !folder.as_os_str().is_empty();
    is_plain.then_some(rest)
}

/// Whether an absolute path surely has nothing that [`normalize`] changes.
fn is_normal(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let is_odd = |rest: &[u8]| {
        let dots = rest.iter().take(2).take_while(|byte| **byte == b'.').count();
        matches!(rest.get(dots), None | Some(b'/'))
    };
    let has_odd_part = || memchr::memchr_iter(b'/', bytes).any(|at| is_odd(&bytes[at + 1..]));
    cfg!(unix) && bytes.first() == Some(&b'/') && !has_odd_part()
}

/// `path` as seen from `from`, both absolute: with `../` if it is outside.
pub(crate) fn relative(path: &Path, from: &Path) -> PathBuf {
    if let Some(below) = below(path, from) {
        return PathBuf::from(below);
    }
    if is_normal(path)
        && is_normal(from)
        && let (Some(path), Some(from)) = (path.to_str(), from.to_str())
    {
        return relative_text(path, from);
    }
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

/// The same for normal paths that are text.
fn relative_text(path: &str, from: &str) -> PathBuf {
    let parts = || path[1..].split('/').zip(from[1..].split('/'));
    let common: usize = parts().take_while(|(a, b)| a == b).map(|(part, _)| part.len() + 1).sum();
    let (below, above) = (path.get(common + 1..).unwrap_or_default(), from.get(common + 1..).unwrap_or_default());
    let mut out = String::with_capacity(path.len());
    for _ in above.split('/').filter(|part| !part.is_empty()) {
        out.push_str("../");
    }
    out.push_str(below);
    match out.trim_end_matches('/') {
        "" => PathBuf::from("."),
        out => PathBuf::from(out),
    }
}

/// A name without the quotes and escapes of git: `"b/\352\260\200.md"`. One without quotes is given as it is.
pub(crate) fn unquoted(name: &[u8]) -> Vec<u8> {
    let Some(inside) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_vec();
    };
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(&byte) = inside.get(at) {
        let octal = inside.get(at + 1..at + 4).and_then(|digits| std::str::from_utf8(digits).ok());
        let octal = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok());
        let (byte, length) = match (byte, octal, inside.get(at + 1)) {
            (b'\\', Some(byte), _) => (byte, 4),
            (b'\\', None, Some(&escaped)) => (control(escaped).unwrap_or(escaped), 2),
            _ => (byte, 1),
        };
        out.push(byte);
        at += length;
    }
    out
}

/// The control character that a letter after a backslash stands for.
fn control(letter: u8) -> Option<u8> {
    let letters = [(b'a', 7), (b'b', 8), (b't', b'\t'), (b'n', b'\n'), (b'v', 11), (b'f', 12), (b'r', b'\r')];
    letters.into_iter().find_map(|(known, byte)| (known == letter).then_some(byte))
}

/// The path that these bytes name; on a system whose paths are Unicode, with what isn't text replaced.
pub(crate) fn path_from_bytes(bytes: &[u8]) -> PathBuf {
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
