//! Values that must be unique among the pages of a content type, but occur on two.

use crate::site::PageFacts;
use crate::site::finding::{SiteFinding, SiteFindings};
use std::collections::HashMap;

pub(super) fn find_duplicate_values(pages: &[PageFacts], remarks: &mut SiteFindings) {
    let mut first: HashMap<(&str, &str, &str), (u32, usize)> = HashMap::new();
    for (index, page) in (0_u32..).zip(pages) {
        for own in page.unique_values() {
            let (other, line) = *first.entry((own.kind, own.field, own.value)).or_insert((index, own.line));
            if other != index {
                remarks.push((
                    index,
                    SiteFinding::DuplicateValue {
                        field: own.field.into(),
                        value: own.value.into(),
                        other: pages[other as usize].path.to_path_buf(),
                        line,
                    },
                ));
            }
        }
    }
}
