//! What a site does on many pages is its convention, not a defect: keys that many pages have, titles that they repeat.

use crate::site::PageFacts;
use std::collections::{HashMap, HashSet};

/// On fewer pages than this nothing is a convention.
const LEAST_PAGES: usize = 10;

/// The pages that could have a convention, divided by those that have it, at most.
const ONE_IN: usize = 10;

/// In a small site, what this many pages have and at least half of all is one too.
const LEAST_PAGES_OF_FEW: usize = 4;

/// Whether something on `count` of `pages` pages is a convention of the site.
pub(crate) fn is_convention(count: usize, pages: usize) -> bool {
    count >= LEAST_PAGES && count * ONE_IN >= pages
}

/// The conventions of a site.
#[derive(Debug, Default)]
pub(crate) struct Conventions {
    keys: HashSet<Box<str>>,
    common_keys: HashSet<Box<str>>,
    repeats_titles: bool,
}

impl Conventions {
    /// Learns them from all pages.
    pub(super) fn of(pages: &[PageFacts]) -> Self {
        // Most pages have the same keys as another.
        let mut alike: HashMap<&str, (usize, &PageFacts)> = HashMap::new();
        pages.iter().for_each(|page| alike.entry(page.packed_keys()).or_insert((0, page)).0 += 1);
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut with_keys = 0;
        for (count, page) in alike.into_values() {
            let own: HashSet<&str> = page.keys().collect();
            with_keys += if own.is_empty() { 0 } else { count };
            own.into_iter().for_each(|key| *counts.entry(key).or_default() += count);
        }
        let titles = pages.iter().filter(|page| page.repeats_title).count();
        let is_common = |count: usize| count >= LEAST_PAGES_OF_FEW && count * 2 >= with_keys;
        let those = |is: &dyn Fn(usize) -> bool| -> HashSet<Box<str>> {
            counts.iter().filter(|(_, count)| is(**count)).map(|(key, _)| (*key).into()).collect()
        };
        Self {
            keys: those(&|count| is_convention(count, with_keys)),
            common_keys: those(&is_common),
            repeats_titles: is_convention(titles, with_keys) || is_common(titles),
        }
    }

    /// Whether the site has this key on purpose.
    pub(crate) fn has_key(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// Whether the site has this key on purpose, or it is small and most of its pages have it.
    pub(crate) fn has_common_key(&self, key: &str) -> bool {
        self.has_key(key) || self.common_keys.contains(key)
    }

    /// Whether the site's pages begin with their titles on purpose.
    pub(crate) fn repeats_titles(&self) -> bool {
        self.repeats_titles
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::ContentType;
    use crate::document::front_matter;
    use crate::generator::profile::GeneratorProfile;
    use crate::source::Source;

    fn site(pages: &[(&str, usize)]) -> Conventions {
        let mut facts = Vec::new();
        for (text, count) in pages {
            for index in 0..*count {
                let source = Source::new(format!("{index}-{}.md", facts.len()), (*text).into());
                let (front, ..) = front_matter::parse(&source);
                let (profile, content) = (GeneratorProfile::default(), ContentType::default());
                facts.push(PageFacts::of(&source, front.as_ref(), &profile, &content));
            }
        }
        Conventions::of(&facts)
    }

    #[test]
    fn a_key_on_many_pages_is_a_convention() {
        let (own, usual) = ("---\nDescription: x\n---\n", "---\ndescription: x\n---\n");
        assert!(site(&[(own, 10), (usual, 80)]).has_key("Description"));
        assert!(!site(&[(own, 9), (usual, 9)]).has_key("Description"));
        assert!(!site(&[(own, 10), (usual, 200)]).has_key("Description"));
        assert!(site(&[(own, 5), (usual, 2)]).has_common_key("Description"));
        assert!(!site(&[(own, 2), (usual, 1)]).has_common_key("Description"));
    }

    #[test]
    fn titles_that_many_pages_repeat_are_a_convention() {
        let (own, usual) = ("---\ntitle: A day\n---\n\n## A day\n\nText.\n", "---\ntitle: A day\n---\n\nText.\n");
        assert!(site(&[(own, 12), (usual, 50)]).repeats_titles());
        assert!(!site(&[(own, 3), (usual, 5)]).repeats_titles());
    }
}
