//! The keys of front matter that pages of any generator have.

/// Keys that hardly occur elsewhere: text with two of them, each with a colon, is metadata.
pub(crate) const COMMON_KEYS: [&str; 24] = [
    "aliases",
    "author",
    "authors",
    "categories",
    "category",
    "date",
    "description",
    "draft",
    "excerpt",
    "id",
    "image",
    "lang",
    "layout",
    "permalink",
    "published",
    "sidebar_label",
    "slug",
    "summary",
    "tag",
    "tags",
    "title",
    "updated",
    "url",
    "weight",
];
