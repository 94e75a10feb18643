//! Authors whom the site's list doesn't have.

use crate::site::PageFacts;
use crate::site::finding::{AuthorList, SiteFinding, SiteFindings};
use crate::text::similarity;
use std::collections::HashSet;

/// Where so large a share of the names isn't in the list, the list isn't what the pages' names are from.
const MOST_UNKNOWN: f64 = 0.2;

/// `is_one_field` says that nothing but keys of the list can be meant.
pub(super) fn find_unknown_authors(
    pages: &[PageFacts],
    people: &AuthorList,
    is_one_field: bool,
    remarks: &mut SiteFindings,
) {
    let known: HashSet<&str> = people.names.iter().map(String::as_str).collect();
    // Some themes take several names in one text.
    let is_known = |name: &str| known.contains(name) || name.split([',', '&']).all(|name| known.contains(name.trim()));
    let all = || (0_u32..).zip(pages).flat_map(|(index, page)| page.people().map(move |name| (index, name)));
    let (mut met, mut unknown) = (0_usize, 0_usize);
    for (_, name) in all() {
        met += 1;
        unknown += usize::from(!is_known(name));
    }
    if met == unknown || unknown as f64 > (met as f64 * MOST_UNKNOWN).max(1.0) {
        return;
    }
    // A key and the name it stands for are often the same word, and then neither would be the nearest.
    let is_first = |(at, name): &(usize, &String)| !people.names[..*at].iter().any(|n| n.eq_ignore_ascii_case(name));
    let keys = people.names.iter().enumerate().filter(is_first).map(|(_, name)| name.as_str());
    for (index, name) in all().filter(|(_, name)| !is_known(name)) {
        let meant = similarity::nearest(name, keys.clone()).map(Into::into);
        // If a page has both `author: The data team` and `authors: [hana]`, it shows the former.
        if meant.is_none() && !is_one_field && pages[index as usize].people().any(is_known) {
            continue;
        }
        remarks
            .push((index, SiteFinding::UnknownAuthor { name: name.into(), meant, file: people.file.as_str().into() }));
    }
}
