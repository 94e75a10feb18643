//! What a check is, what it needs to know, and what it may look at.

use crate::checks::finding::Findings;
use crate::content::ContentType;
use crate::document::Document;
use crate::generator::profile::GeneratorProfile;
use crate::site::Site;
use std::sync::LazyLock;

/// Looks for one kind of problem. The struct that implements it holds the options of its rules.
pub(crate) trait Check: Send + Sync {
    /// Looks at one document and reports what it finds. A check does no I/O and knows neither its rule nor its level.
    fn check(&self, cx: &Context, found: &mut Findings);
}

/// What a check may look at.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The file.
    pub(crate) doc: &'a Document<'a>,
    /// The content type of the page; empty where the config declares none.
    pub(crate) content: &'a ContentType,
    /// The site the file belongs to.
    pub(crate) site: &'a Site,
    /// What is known of the generator that builds the page; nothing if none does.
    pub(crate) profile: &'a GeneratorProfile,
}

/// That of a file that no generator builds.
static UNBUILT: LazyLock<GeneratorProfile> = LazyLock::new(GeneratorProfile::default);

impl<'a> Context<'a> {
    /// A page of this type in this site.
    pub(crate) fn new(doc: &'a Document<'a>, content: &'a ContentType, site: &'a Site) -> Self {
        let is_built = site.builds(doc.source.path()) && !is_readme_only(doc, site.profile());
        let profile = if is_built { site.profile() } else { &*UNBUILT };
        Self { doc, content, site, profile }
    }
}

/// Whether a page without front matter has the name of a file for those who visit the repository: `README.md`.
fn is_readme_only(doc: &Document<'_>, profile: &GeneratorProfile) -> bool {
    let names = &profile.pages.only_with_front_matter;
    let stem = doc.source.path().file_stem().and_then(|stem| stem.to_str());
    doc.front_matter.is_none() && stem.is_some_and(|stem| names.iter().any(|name| name.eq_ignore_ascii_case(stem)))
}

/// What a check needs to know before it can report anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Scope {
    /// The page alone.
    Page,
    /// The site index, for which all pages have to be read first.
    Site,
    /// The disable comments of the page. The linter itself reports those without a reason.
    UnexplainedSuppressions,
    /// The findings of all other rules. The linter itself reports the disable comments that suppress none of them.
    UnusedSuppressions,
}
