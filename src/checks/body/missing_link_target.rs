//! A link to a file of the project that isn't there.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::percent::percent_decode;
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Options: which files a link names as they are in the project.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingLinkTarget {
    /// Extensions of files that the generator takes as they are. Others may be made by it.
    extensions: Vec<String>,
}

impl Default for MissingLinkTarget {
    fn default() -> Self {
        Self { extensions: ["md", "mdx", "markdown"].map(str::to_owned).to_vec() }
    }
}

impl Check for MissingLinkTarget {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = link.dest.contains(['{', '<', '$', '*']);
            let extension = Path::new(bare).extension().unwrap_or_default();
            let is_file = self.extensions.iter().any(|known| extension.eq_ignore_ascii_case(known));
            // A path from the root is one of the site, and where the site's root is only its generator knows.
            if !is_file || is_template || bare.starts_with(['/', '@', '~']) || has_scheme(bare) {
                continue;
            }
            let page = cx.site.inside(cx.doc.source.path());
            let page_folder = page.parent().unwrap_or(Path::new(""));
            let decoded = percent_decode(bare);
            match cx.site.has(&page_folder.join(&decoded)) {
                // Docusaurus, for one, looks from the root of the content too.
                Some(false) if is_below_root(cx, bare, &decoded) => {}
                Some(false) if let Some(other) = cx.site.in_other_case(&page_folder.join(&decoded)) => {
                    found
                        .at(link.span, format!("there is no file `{bare}`, only `{other}`"))
                        .help("write its name as it is: on most servers upper and lower case make two files");
                }
                Some(false) => {
                    found
                        .at(link.span, format!("there is no file `{bare}`"))
                        .help(format!("looked for `{}`", normalized(page_folder, &decoded)));
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

/// Whether a path that doesn't start at the page is there from one of the folders that the generator looks in.
fn is_below_root(cx: &Context, bare: &str, decoded: &str) -> bool {
    let roots = &cx.site.profile().asset_roots;
    !bare.starts_with('.') && roots.iter().any(|root| cx.site.has(&Path::new(root).join(decoded)) == Some(true))
}

/// The path from the project's root, without `.` and `..`.
fn normalized(page_folder: &Path, bare: &str) -> String {
    let mut path = PathBuf::new();
    for part in page_folder.join(bare).components() {
        match part {
            std::path::Component::ParentDir => drop(path.pop()),
            std::path::Component::CurDir => {}
            part => path.push(part),
        }
    }
    crate::source::display_path(&path).into_owned()
}
