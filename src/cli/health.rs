//! The state of a site, from the workspace to the report.

use crate::report::{FieldCount, FieldCoverage, SiteHealth, TermCounts};
use crate::workspace::{Taxonomy, Workspace};
use std::path::PathBuf;

/// The state of these pages (absolute).
pub(super) fn of_pages(workspace: &Workspace, pages: &[PathBuf]) -> SiteHealth {
    let health = workspace.health(pages);
    let coverage = health.coverage.into_iter().map(|coverage| FieldCoverage {
        content_type: coverage.content_type,
        pages: coverage.pages,
        fields: coverage
            .fields
            .into_iter()
            .map(|(name, pages, required)| FieldCount { name, pages, required })
            .collect(),
    });
    SiteHealth {
        pages: health.pages,
        without_front_matter: health.without_front_matter,
        unreadable: health.unreadable,
        coverage: coverage.collect(),
        taxonomies: health.taxonomies.into_iter().map(counts).collect(),
        years: health.years.into_iter().collect(),
        undated: health.undated,
        without_description: health.without_description,
        without_description_paths: health.without_description_paths,
    }
}

fn counts(taxonomy: Taxonomy) -> TermCounts {
    let Taxonomy { field, terms, near } = taxonomy;
    TermCounts { field, terms: terms.into_iter().map(|term| (term.term, term.count)).collect(), near_duplicates: near }
}
