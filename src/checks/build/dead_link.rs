//! A link to a page that doesn't exist, where the generator stops because of it.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::text::percent;
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::{Component, Path, PathBuf};

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeadLink {}

/// Settings that decide where pages are, or that allow dead links.
const SETTINGS: [&str; 5] = ["ignoreDeadLinks", "srcDir", "rewrites", "base:", "locales"];

impl Check for DeadLink {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(consequence) = &cx.site.profile().markup.dead_links else { return };
        let links = cx.doc.body.links.iter().filter(|link| !link.auto && !link.image);
        for link in links {
            let bare = link.dest.split(['#', '?']).next().unwrap_or_default();
            let is_template = bare.contains(['{', '<', '$', '[', '*']);
            if bare.is_empty() || is_template || has_scheme(bare) || bare.starts_with("//") || !is_page(bare) {
                continue;
            }
            if is_found(cx, &percent::decode(bare)) != Some(false) {
                continue;
            }
            let files = cx.site.build_files();
            if SETTINGS.iter().any(|setting| files.config_has(setting)) {
                return;
            }
            found
                .at(link.span, format!("page `{bare}` does not exist"))
                .help(format!("{consequence}: correct the link, or list it in `ignoreDeadLinks`"));
        }
    }
}

/// Whether a destination is that of a page, by its extension.
fn is_page(bare: &str) -> bool {
    let last = bare.rsplit('/').next().unwrap_or_default();
    match last.rsplit_once('.') {
        Some((_, extension)) => matches!(extension, "md" | "html"),
        None => true,
    }
}

/// Whether a page or a file of `public` is there; none if that can't be known.
fn is_found(cx: &Context, bare: &str) -> Option<bool> {
    let page = cx.site.from_root(cx.doc.source.path());
    let folder = if bare.starts_with('/') { Path::new("") } else { page.parent().unwrap_or(Path::new("")) };
    let target = normalized(&folder.join(bare.trim_start_matches('/')))?;
    let text = target.to_str()?;
    let stem = text.strip_suffix(".md").or_else(|| text.strip_suffix(".html")).unwrap_or(text);
    let index = if stem.is_empty() { "index.md".to_owned() } else { format!("{stem}/index.md") };
    let candidates = [format!("{stem}.md"), index, format!("public/{text}"), format!("public/{stem}.html"), format!("public/{stem}/index.html")];
    let is_dynamic = || cx.site.has_entry(target.parent().unwrap_or(Path::new(""))) && has_dynamic_route(cx, &target);
    Some(candidates.iter().any(|path| cx.site.has_source(Path::new(path))) || is_dynamic())
}

/// `[package].md` is any page of its folder.
fn has_dynamic_route(cx: &Context, target: &Path) -> bool {
    let folder = target.parent().and_then(Path::to_str).unwrap_or_default();
    cx.site.source_files(folder).iter().any(|file| file.contains('['))
}

/// A path without `.` and `..`; none if it leads out of the site.
fn normalized(path: &Path) -> Option<PathBuf> {
    let mut inside = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => inside.push(name),
            Component::ParentDir if inside.pop() => {}
            Component::CurDir => {}
            _ => return None,
        }
    }
    Some(inside)
}
