//! The same finding on many pages of a site is one finding: a template or a habit made it, and it is fixed in one place.

use crate::diagnostic::{Diagnostic, Level};
use crate::document::front_matter;
use crate::fs::absolute;
use crate::site::is_convention;
use crate::workspace::linted::LintedFile;
use crate::workspace::site_context::SiteResolver;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A finding without its place: the site, the rule, and the message without what differs from page to page.
type Key = (usize, Arc<str>, String);

/// Keeps one finding, as an info, for those in the bodies of many pages of a site. `checked` are all pages of the run,
/// `whole` the folders of which all pages are among them. Files are sorted by path, so that the first page is always the
/// same.
pub(super) fn group(files: &mut Vec<LintedFile>, sites: &SiteResolver, checked: &[PathBuf], whole: &[PathBuf]) {
    let cwd = &sites.configs().options().cwd;
    let site_of = |path: &Path| {
        let context = sites.for_file(path);
        let is_whole = context.is_site && whole.iter().any(|dir| context.root.starts_with(dir));
        is_whole.then_some(Arc::as_ptr(&context) as usize)
    };
    let mut found: HashMap<Key, usize> = HashMap::new();
    let mut keys: Vec<Vec<Option<Key>>> = Vec::with_capacity(files.len());
    for file in files.iter() {
        let site = absolute(&cwd.join(file.source.path())).ok().and_then(|path| site_of(&path));
        let (.., body) = front_matter::parse(&file.source);
        let key = |diagnostic: &Diagnostic| {
            let in_body = diagnostic.span.start >= body && !diagnostic.span.is_empty();
            in_body.then(|| Some((site?, diagnostic.rule.clone(), normalized(&diagnostic.message)))).flatten()
        };
        let own: Vec<Option<Key>> = file.diagnostics.iter().map(key).collect();
        for key in own.iter().flatten().collect::<HashSet<_>>() {
            *found.entry(key.clone()).or_default() += 1;
        }
        keys.push(own);
    }
    let mut pages: HashMap<usize, usize> = HashMap::new();
    if found.values().any(|count| is_convention(*count, *count)) {
        for site in checked.iter().filter_map(|path| site_of(path)) {
            *pages.entry(site).or_default() += 1;
        }
    }
    found.retain(|(site, ..), count| is_convention(*count, pages.get(site).copied().unwrap_or_default()));
    if found.is_empty() {
        return;
    }
    let mut reported = HashSet::new();
    for (file, keys) in files.iter_mut().zip(keys) {
        let mut keys = keys.into_iter();
        file.diagnostics.retain_mut(|diagnostic| {
            let Some((key, count)) = keys.next().flatten().and_then(|key| Some((found.get(&key)?, key))) else {
                return true;
            };
            let (count, key) = (*key, count);
            stand_for(diagnostic, count);
            reported.insert(key)
        });
    }
    files.retain(|file| !file.diagnostics.is_empty() || !file.omitted.is_empty());
}

/// Makes a finding stand for those on `count` pages.
fn stand_for(diagnostic: &mut Diagnostic, count: usize) {
    let rule = diagnostic.rule.clone();
    diagnostic.level = Level::Info;
    diagnostic.pages = Some(count);
    diagnostic.message.push_str(&format!(" (on {count} pages of this site; first here)"));
    let help = diagnostic.help.take().map(|help| format!("{help}; ")).unwrap_or_default();
    diagnostic.help = Some(format!("{help}if it is on purpose, disable `{rule}`; `--no-grouping` shows every page"));
}

/// A message without what differs from page to page: numbers, and what is quoted and looks like a path or a URL.
fn normalized(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    for (index, part) in message.split('`').enumerate() {
        let is_quoted = index % 2 == 1;
        if is_quoted && part.contains(['/', '.']) {
            out.push('…');
        } else {
            out.extend(part.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }));
        }
        out.push('`');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fs::Memory;
    use crate::workspace::{Options, RunOptions, Workspace};

    /// What a run over a site of `pages` pages, `odd` of them with the same defect, comes to.
    fn findings(pages: usize, odd: usize, group: bool) -> Vec<(String, Level, Option<usize>)> {
        let memory = Memory::default();
        memory.insert("/s/hugo.toml", "");
        for index in 0..pages {
            let link = if index < odd { format!("[](https://e.x/{index})") } else { "Text.".to_owned() };
            memory.insert(
                format!("/s/content/p{index:03}.md"),
                format!("---\ntitle: Page {index}\n---\n\nA page.\n\n{link}\n"),
            );
        }
        let workspace = Workspace::new(Arc::new(memory), Options::new("/s"));
        let options = RunOptions { group, ..RunOptions::default() };
        let outcome = workspace.run(&["/s".into()], options).expect("it runs");
        let all = outcome.files.iter().flat_map(|file| {
            let path = file.source.name().into_owned();
            file.diagnostics.iter().map(move |found| (path.clone(), found.level, found.pages))
        });
        all.collect()
    }

    #[test]
    fn a_finding_on_many_pages_is_one() {
        assert_eq!(findings(60, 12, true), [("content/p000.md".to_owned(), Level::Info, Some(12))]);
        assert_eq!(findings(60, 12, false).len(), 12);
        assert_eq!(findings(60, 9, true).len(), 9);
        assert_eq!(findings(200, 12, true).len(), 12);
    }

    #[test]
    fn what_differs_from_page_to_page_is_not_in_the_way() {
        assert_eq!(normalized("link to `/a/b` has no text"), normalized("link to `/c` has no text"));
        assert_ne!(normalized("repeated word `the`"), normalized("repeated word `is`"));
        assert_eq!(normalized("placeholder text `TBD` in 3 places"), normalized("placeholder text `TBD` in 2 places"));
    }
}
