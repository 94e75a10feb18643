//! A link to a file of the project that doesn't exist.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::document::body::Link;
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

/// Extensions of images.
const IMAGES: [&str; 8] = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp"];

/// Plugins of `MkDocs` that resolve links in another way.
const LINK_PLUGINS: [&str; 3] = ["autolinks", "ezlinks", "roamlinks"];

impl Check for MissingPage {
    fn check(&self, cx: &Context, found: &mut Findings) {
        // These plugins find a file by its name.
        if LINK_PLUGINS.iter().any(|plugin| cx.site.build_files().config_has(plugin)) {
            return;
        }
        let page = cx.site.inside(cx.doc.source.path());
        let folder = page.parent().unwrap_or(Path::new(""));
        for link in cx.doc.body.links.iter().filter(|link| !link.auto) {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = link.dest.contains(['{', '<', '$', '*']);
            // An absolute path starts at the site's root, which only the generator knows.
            if is_template || bare.contains("://") || bare.starts_with(['/', '@', '~']) || has_scheme(bare) {
                continue;
            }
            let decoded = percent::decode(bare);
            let is_checked = self.is_checked(cx, link, bare);
            // A name in another Unicode form is an error whatever the file is.
            if !is_checked && (decoded.is_ascii() || bare.is_empty()) {
                continue;
            }
            let path = folder.join(&decoded);
            match cx.site.has(&path) {
                // Docusaurus also resolves paths from the root of the content.
                Some(false) if !is_below_root(cx, bare, &decoded) => {
                    let is_reported = report_unicode_form(cx, link, bare, &path, found);
                    if is_checked && !is_reported {
                        report(cx, link, bare, &path, found);
                    }
                }
                // Reported without a look at the file system, so that a link can't probe for files outside the project.
                None if !link.image && is_checked => {
                    found
                        .at(link.span, format!("link to `{bare}` points outside the project"))
                        .help("link to its public URL");
                }
                _ => {}
            }
        }
    }
}

impl MissingPage {
    /// Whether a link is a path of a file, by its extension. The generator may look for an image somewhere else, unless it
    /// is known to resolve paths relative to the page.
    fn is_checked(&self, cx: &Context, link: &Link, bare: &str) -> bool {
        let extension = Path::new(bare).extension().unwrap_or_default();
        let is_one_of = |known: &str| extension.eq_ignore_ascii_case(known);
        let is_image = link.image && cx.profile.markup.dead_images.is_none() && IMAGES.into_iter().any(is_one_of);
        is_image || self.extensions.iter().any(|known| is_one_of(known))
    }
}

/// Reports a link to a file whose name has the same letters in another Unicode form.
fn report_unicode_form(cx: &Context, link: &Link, bare: &str, path: &Path, found: &mut Findings) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let other = (!name.is_ascii()).then(|| cx.site.similar_file(path)).flatten();
    let is_same_text = other.is_some_and(|other| similarity::is_canonically_equal(&other, name));
    if is_same_text {
        found.at(link.span, format!("file `{bare}` does not exist: its name has another Unicode form")).help(
            "type the path again: the letters are composed in one name and decomposed in the other (NFC and NFD)",
        );
    }
    is_same_text
}

/// Reports a link to a file that doesn't exist. `path` is relative to the project's root.
fn report(cx: &Context, link: &Link, bare: &str, path: &Path, found: &mut Findings) {
    let message = format!("file `{bare}` does not exist");
    let suggestion = |name: &str| format!("{message}; did you mean `{name}`?");
    if let Some(other) = cx.site.in_other_case(path) {
        let help = "match the case of the file name; it matters on most servers";
        found.at(link.span, suggestion(&other)).help(help);
    } else if let Some(other) = cx.site.similar_file(path) {
        let help = format!("looked for `{}`", normalized(path));
        found.at(link.span, suggestion(&other)).help(help);
    } else if !link.image || cx.profile.relative_images {
        found.at(link.span, message).help(format!("looked for `{}`", normalized(path)));
    }
}

/// Whether a path that isn't relative to the page exists below one of the folders that the generator searches.
fn is_below_root(cx: &Context, bare: &str, decoded: &str) -> bool {
    let roots = &cx.profile.asset_roots;
    !bare.starts_with('.') && roots.iter().any(|root| cx.site.has(&Path::new(root).join(decoded)) == Some(true))
}

/// The path without `.` and `..`.
fn normalized(path: &Path) -> String {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => drop(out.pop()),
            std::path::Component::CurDir => {}
            part => out.push(part),
        }
    }
    crate::source::display_path(&out).into_owned()
}
