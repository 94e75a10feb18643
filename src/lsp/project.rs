//! The configs of an editor's workspace: each read once, and again when it may have changed.

use crate::config::Faults;
use crate::files;
use crate::project::Scope;
use crate::source::Source;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The scopes that were asked for so far.
#[derive(Default)]
pub(super) struct Scopes {
    by_root: HashMap<(Option<PathBuf>, PathBuf), Arc<Scope>>,
    /// What is wrong with the configs.
    faults: Vec<(PathBuf, Faults)>,
}

impl Scopes {
    /// The scope of a file (absolute). `workspace` is the root where no config and no repository is found.
    pub(super) fn of(&mut self, path: &Path, workspace: &Path) -> Arc<Scope> {
        let dir = path.parent().unwrap_or(path);
        let file = files::find_config(dir);
        let root = match &file {
            Some(file) => file.parent().unwrap_or(dir).to_owned(),
            None => files::repository_top(dir).unwrap_or(workspace).to_owned(),
        };
        let key = (file, root);
        if let Some(scope) = self.by_root.get(&key) {
            return scope.clone();
        }
        let (scope, broken) = Scope::open(key.0.clone(), key.1.clone(), &[], workspace);
        self.faults.extend(broken.faults.into_iter().map(|faults| (workspace.join(faults.source.path()), faults)));
        let scope = Arc::new(scope);
        self.by_root.insert(key, scope.clone());
        scope
    }

    /// What is wrong with configs that were read since this was last asked, each with its file.
    pub(super) fn take_faults(&mut self) -> Vec<(PathBuf, Faults)> {
        std::mem::take(&mut self.faults)
    }

    /// Forgets everything read.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}

/// The path that a URI names; for one that is no file (`untitled:Untitled-1`), a name in the workspace.
pub(super) fn path_of(uri: &str, workspace: &Path) -> PathBuf {
    let Some(rest) = uri.strip_prefix("file://") else {
        let name = uri.rsplit(['/', ':', '\\']).find(|part| !part.is_empty()).unwrap_or("untitled");
        return workspace.join(String::from_utf8_lossy(&decode(name)).as_ref());
    };
    // An authority is a host's name, which says nothing here.
    let path = decode(&rest[rest.find('/').unwrap_or(rest.len())..]);
    // `/c:/…` is a drive's path.
    let path = if cfg!(windows) { path.get(1..).unwrap_or_default().to_vec() } else { path };
    files::path_from_bytes(&path)
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

fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| byte == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// A text under the name that findings and rules by path see: as seen from the root of its scope.
pub(super) fn source(path: &Path, scope: &Scope, text: String) -> Source {
    Source::new(files::relative(path, &scope.root), text.into_bytes())
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
}
