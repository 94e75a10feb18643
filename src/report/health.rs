//! What the checked pages have in common: the state of a site, for reports that show more than findings.

/// The state of the checked pages, counted from their front matter.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct SiteHealth {
    /// How many pages there are.
    pub pages: usize,
    /// How many of them have no front matter.
    pub without_front_matter: usize,
    /// How many have front matter that can't be parsed; their fields aren't counted.
    pub unreadable: usize,
    /// The fields of each content type, the type with the most pages first.
    pub coverage: Vec<FieldCoverage>,
    /// The taxonomies, by name.
    pub taxonomies: Vec<TermCounts>,
    /// The number of pages per year of their date, by year.
    pub years: Vec<(u32, usize)>,
    /// How many pages have no date.
    pub undated: usize,
    /// How many pages have no description.
    pub without_description: usize,
    /// The first of these, as they are displayed.
    pub without_description_paths: Vec<String>,
}

/// How many pages of a content type fill in which field.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FieldCoverage {
    /// The name of the content type; empty for pages without one.
    pub content_type: String,
    /// How many pages of this type have front matter that can be parsed.
    pub pages: usize,
    /// The fields: the required ones first, then by number of pages.
    pub fields: Vec<FieldCount>,
}

/// How many pages fill in a field.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FieldCount {
    /// The name of the field.
    pub name: String,
    /// On how many pages it has a value.
    pub pages: usize,
    /// Whether the content type requires it.
    pub required: bool,
}

/// A taxonomy with the number of pages of its terms.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct TermCounts {
    /// The field, such as `tags`.
    pub field: String,
    /// The terms with their number of pages, the most used first.
    pub terms: Vec<(String, usize)>,
    /// Terms that differ only in case, spaces, hyphens, or number.
    pub near_duplicates: Vec<Vec<String>>,
}
