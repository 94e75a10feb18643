//! Authors whom the site's list doesn't have.

use super::Facts;
use super::survey::{People, Remark, Remarks};
use crate::words;
use std::collections::HashSet;

/// Where so large a share of the names isn't in the list, the list isn't what the pages' names are from.
const MOST_UNKNOWN: f64 = 0.2;

pub(super) fn compare(pages: &[Facts], people: &People, remarks: &mut Remarks) {
    let known: HashSet<&str> = people.names.iter().map(String::as_str).collect();
    let all = || (0_u32..).zip(pages).flat_map(|(index, page)| page.people.iter().map(move |name| (index, name)));
    let (mut met, mut unknown) = (0_usize, 0_usize);
    for (_, name) in all() {
        met += 1;
        unknown += usize::from(!known.contains(&**name));
    }
    if met == unknown || unknown as f64 > (met as f64 * MOST_UNKNOWN).max(1.0) {
        return;
    }
    for (index, name) in all().filter(|(_, name)| !known.contains(&***name)) {
        let meant = words::nearest(name, people.names.iter().map(String::as_str)).map(Into::into);
        remarks.push((index, Remark::Author { name: name.clone(), meant, file: people.file.as_str().into() }));
    }
}
