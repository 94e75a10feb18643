//! A link to a file of the project that isn't there.

use super::{Check, Context, Found};
use crate::document::content::has_scheme;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Options: which files a link names as they are in the project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct MissingLinkTarget {
    /// Extensions of files that the generator takes as they are. Others may be made by it.
    extensions: Vec<String>,
}

impl Default for MissingLinkTarget {
    fn default() -> Self {
        Self { extensions: ["md", "mdx", "markdown"].map(str::to_owned).to_vec() }
    }
}

impl Check for MissingLinkTarget {
    fn check(&self, cx: &Context, found: &mut Found) {
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = link.dest.contains(['{', '<', '$', '*']);
            let extension = Path::new(bare).extension().unwrap_or_default();
            let is_file = self.extensions.iter().any(|known| extension.eq_ignore_ascii_case(known));
            // A path from the root is one of the site, and where the site's root is only its generator knows.
            if !is_file || is_template || bare.starts_with(['/', '@', '~']) || has_scheme(bare) {
                continue;
            }
            let beside = cx.doc.source.path().parent().unwrap_or(Path::new(""));
            let decoded = percent_decoded(bare);
            match cx.site.has(&beside.join(&decoded)) {
                Some(false) => {
                    found
                        .at(link.span, format!("there is no file `{bare}`"))
                        .help(format!("looked for `{}`", shown(beside, &decoded)));
                }
                // Said without a look at what is there, so that nothing outside can be asked about.
                None => {
                    found
                        .at(link.span, format!("`{bare}` leads out of the project"))
                        .help("link to its address on the web");
                }
                Some(true) => {}
            }
        }
    }
}

/// The path from the project's root, without `.` and `..`.
fn shown(beside: &Path, bare: &str) -> String {
    let mut path = PathBuf::new();
    for part in beside.join(bare).components() {
        match part {
            std::path::Component::ParentDir => drop(path.pop()),
            std::path::Component::CurDir => {}
            part => path.push(part),
        }
    }
    crate::source::display_path(&path).into_owned()
}

/// `my%20page.md` as a file is called.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes: Vec<u8> = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
