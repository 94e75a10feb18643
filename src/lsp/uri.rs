//! Files as editors name them. Editors differ in what they escape and how many slashes they write, so a file's path
//! counts, and its URI is kept as it was sent.

use crate::fs;
use crate::text::percent::decode_bytes;
use std::path::{Path, PathBuf};

/// The path that a URI names; for one that is no file (`untitled:Untitled-1`), a name in the workspace.
pub(super) fn path_of(uri: &str, workspace: &Path) -> PathBuf {
    let Some(rest) = file_part(uri) else {
        let name = uri.rsplit(['/', ':', '\\']).find(|part| !part.is_empty()).unwrap_or("untitled");
        return workspace.join(String::from_utf8_lossy(&decode_bytes(name)).as_ref());
    };
    // An authority is a host's name, which says nothing here.
    let path = match rest.strip_prefix("//") {
        Some(rest) => &rest[rest.find(['/', '\\']).unwrap_or(rest.len())..],
        None => rest,
    };
    let mut path = decode_bytes(path);
    if cfg!(windows) {
        // `/c:/…` is a drive's path.
        let is_drive = path.first() == Some(&b'/') && path.get(2) == Some(&b':');
        path.drain(..usize::from(is_drive));
    }
    fs::normalize(&fs::path_from_bytes(&path))
}

/// Whether a URI names a file.
pub(super) fn is_file(uri: &str) -> bool {
    file_part(uri).is_some()
}

/// What follows `file:`, in any case.
fn file_part(uri: &str) -> Option<&str> {
    let (scheme, rest) = uri.split_once(':')?;
    scheme.eq_ignore_ascii_case("file").then_some(rest)
}

/// The URI of a file.
pub(super) fn uri_of(path: &Path) -> String {
    let mut uri = String::from(if cfg!(windows) { "file:///" } else { "file://" });
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(*byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn uris_and_paths() {
        let here = Path::new("/w");
        for path in ["/a/b.md", "/가 나/%25#?.md", "/c:d/[x].md"] {
            assert_eq!(path_of(&uri_of(Path::new(path)), here), Path::new(path));
        }
        assert_eq!(path_of("file://host/a%20b.md", here), Path::new("/a b.md"));
        assert_eq!(path_of("untitled:Untitled-1", here), Path::new("/w/Untitled-1"));
        assert_eq!(path_of("untitled:", here), Path::new("/w/untitled"));
        assert_eq!(path_of("git:/x/y.md?ref=HEAD", here), Path::new("/w/y.md?ref=HEAD"));
    }

    #[test]
    fn variants_of_a_uri_name_the_same_file() {
        let here = Path::new("/w");
        for uri in [
            "file:///c:/a b.md",
            "file:///c%3A/a%20b.md",
            "file:/c%3a/a%20b.md",
            "FILE:///c:/a b.md",
            "file://localhost/c:/./a%20b.md",
        ] {
            assert_eq!(path_of(uri, here), Path::new("/c:/a b.md"), "{uri}");
            assert!(is_file(uri), "{uri}");
        }
        assert!(!is_file("untitled:file:x"));
    }
}
