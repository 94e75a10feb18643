//! A link to a file of the project that doesn't exist.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::text::percent;
use crate::text::similarity;
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Options: which links are paths of files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct MissingPage {
    /// Extensions of files that the generator doesn't create.
    extensions: Vec<String>,
}

impl Default for MissingPage {
    fn default() -> Self {
        Self { extensions: ["md", "mdx", "markdown"].map(str::to_owned).to_vec() }
    }
}

impl Check for MissingPage {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = link.dest.contains(['{', '<', '$', '*']);
            let extension = Path::new(bare).extension().unwrap_or_default();
            let is_file = self.extensions.iter().any(|known| extension.eq_ignore_ascii_case(known));
            // An absolute path starts at the site's root, which only the generator knows.
            if !is_file || is_template || bare.starts_with(['/', '@', '~']) || has_scheme(bare) {
                continue;
            }
            let page = cx.site.inside(cx.doc.source.path());
            let page_folder = page.parent().unwrap_or(Path::new(""));
            let decoded = percent::decode(bare);
            match cx.site.has(&page_folder.join(&decoded)) {
                // Docusaurus also resolves paths from the root of the content.
                Some(false) if is_below_root(cx, bare, &decoded) => {}
                Some(false) if let Some(other) = cx.site.in_other_case(&page_folder.join(&decoded)) => {
                    found
                        .at(link.span, format!("file `{bare}` does not exist; did you mean `{other}`?"))
                        .help("match the case of the file name; it matters on most servers");
                }
                Some(false) if let Some(other) = cx.site.similar_file(&page_folder.join(&decoded)) => {
                    let finding = found.at(link.span, format!("file `{bare}` does not exist; did you mean `{other}`?"));
                    if other != decoded
                        && similarity::is_canonically_equal(&other, decoded.rsplit('/').next().unwrap_or_default())
                    {
                        finding.help("the letters of its name are composed in another way (Unicode NFC and NFD); type the link again");
                    } else {
                        finding.help(format!("looked for `{}`", normalized(page_folder, &decoded)));
                    }
                }
                Some(false) => {
                    found
                        .at(link.span, format!("file `{bare}` does not exist"))
                        .help(format!("looked for `{}`", normalized(page_folder, &decoded)));
                }
                // Reported without a look at the file system, so that a link can't probe for files outside the project.
                None => {
                    found
                        .at(link.span, format!("link to `{bare}` points outside the project"))
                        .help("link to its public URL");
                }
                Some(true) => {}
            }
        }
    }
}

/// Whether a path that isn't relative to the page exists below one of the folders that the generator searches.
fn is_below_root(cx: &Context, bare: &str, decoded: &str) -> bool {
    let roots = &cx.profile.asset_roots;
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
