//! Checks that need the site index: what other pages have.

pub(super) mod site_findings;
