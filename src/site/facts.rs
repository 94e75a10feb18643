//! What a page tells about itself that other pages may have to know: little, and from its front matter alone.

use crate::document::content::{ContentType, Unique};
use crate::document::front_matter::FrontMatter;
use crate::document::node::Value;
use crate::document::profile::{Profile, TextAs};
use crate::source::Source;
use std::path::PathBuf;

/// As many keys and terms of one page are kept. More are nothing that a writer chose.
const MOST: usize = 500;

/// A word of a taxonomy, as one page writes it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term {
    /// The taxonomy's key, in the plural.
    pub field: Box<str>,
    /// The word.
    pub text: Box<str>,
}

/// An address that a page claims.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Claim {
    pub(super) kind: Kind,
    pub(super) key: Box<str>,
    /// Without slashes at its ends.
    pub(super) address: Box<str>,
    /// Where it is written, from 1.
    pub(super) line: usize,
}

/// What kind of address it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// The page's own, all of it.
    Whole,
    /// The last part of the page's own, within its folder.
    Slug,
    /// A further one.
    Alias,
}

/// A file that a page names as its picture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Picture {
    pub(super) key: Box<str>,
    pub(super) file: Box<str>,
}

/// A value that no other page of this kind may have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Own {
    /// The kind of page.
    pub(super) kind: Box<str>,
    pub(super) field: Box<str>,
    pub(super) value: Box<str>,
    /// Where it is written, from 1.
    pub(super) line: usize,
}

/// What is kept of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The page, as its source is called.
    pub path: PathBuf,
    /// Its keys, in order.
    pub keys: Vec<Box<str>>,
    /// The words of its taxonomies.
    pub terms: Vec<Term>,
    pub(super) claims: Vec<Claim>,
    pub(super) people: Vec<Box<str>>,
    pub(super) pictures: Vec<Picture>,
    /// The values that no other page of this kind may have.
    pub(super) own: Vec<Own>,
    /// Its day and its language, which part addresses that look the same.
    pub(super) day: Option<Box<str>>,
    pub(super) language: Option<Box<str>>,
    pub(super) is_published: bool,
}

/// Keys that name a picture of the page, whatever the generator.
const PICTURES: [&str; 14] = [
    "image",
    "cover",
    "thumbnail",
    "thumb",
    "banner",
    "hero",
    "heroImage",
    "featured_image",
    "featuredImage",
    "cover_image",
    "coverImage",
    "header_image",
    "og_image",
    "social_image",
];

impl Facts {
    /// What the front matter of a page of this kind tells.
    pub fn of(source: &Source, front: Option<&FrontMatter>, profile: &Profile, content: &ContentType) -> Self {
        let mut facts = Self {
            path: source.path().to_owned(),
            keys: Vec::new(),
            terms: Vec::new(),
            claims: Vec::new(),
            people: Vec::new(),
            pictures: Vec::new(),
            own: Vec::new(),
            day: None,
            language: None,
            is_published: true,
        };
        let Some(root) = front.and_then(FrontMatter::root) else { return facts };
        for entry in root.entries().take(MOST) {
            let Some(key) = entry.key.text() else { continue };
            facts.keys.push(key.into());
            let lower;
            let name = if profile.folds_case {
                lower = key.to_ascii_lowercase();
                lower.as_str()
            } else {
                key
            };
            facts.take(name, entry.value, source, profile);
        }
        facts.take_own(root, source, content);
        facts
    }

    fn take_own(&mut self, root: Value<'_>, source: &Source, content: &ContentType) {
        for field in content.fields.iter().filter(|field| field.shape.unique == Some(Unique::Pages)) {
            for (text, span) in root.get(&field.name).into_iter().flat_map(texts) {
                let value = text.trim();
                if !value.is_empty() {
                    let line = source.text()[..span.start].matches('\n').count() + 1;
                    let (kind, field) = (content.name.as_str().into(), field.name.as_str().into());
                    self.own.push(Own { kind, field, value: value.into(), line });
                }
            }
        }
    }

    fn take(&mut self, key: &str, value: Value<'_>, source: &Source, profile: &Profile) {
        if value.is_map() {
            for entry in value.entries().take(MOST) {
                if let Some(below) = entry.key.text() {
                    self.terms_of(&format!("{key}.{below}"), entry.value, profile);
                }
            }
            return;
        }
        self.terms_of(key, value, profile);
        let text = value.text().unwrap_or_default();
        match key {
            "date" => self.day = text.get(..10).map(Into::into),
            "lang" | "locale" | "language" => self.language = Some(text.into()),
            "draft" if text.eq_ignore_ascii_case("true") => self.is_published = false,
            "published" if text.eq_ignore_ascii_case("false") => self.is_published = false,
            _ => {}
        }
        let has = |keys: &[String]| keys.iter().any(|known| known == key);
        let kind = if has(&profile.addresses.whole) {
            Some(Kind::Whole)
        } else if has(&profile.addresses.slug) {
            Some(Kind::Slug)
        } else if has(&profile.addresses.aliases) {
            Some(Kind::Alias)
        } else {
            None
        };
        if let Some(kind) = kind {
            for (text, span) in texts(value) {
                if let Some(address) = address(text) {
                    let line = source.text()[..span.start].matches('\n').count() + 1;
                    self.claims.push(Claim { kind, key: key.into(), address, line });
                }
            }
        }
        if has(&profile.authors.fields) {
            self.people
                .extend(texts(value).map(|(text, _)| text.trim()).filter(|text| !text.is_empty()).map(Into::into));
        }
        if PICTURES.contains(&key) && is_local(text) {
            self.pictures.push(Picture { key: key.into(), file: text.trim().into() });
        }
    }

    fn terms_of(&mut self, key: &str, value: Value<'_>, profile: &Profile) {
        for text in terms(key, value, profile) {
            if self.terms.len() < MOST {
                self.terms.push(Term { field: plural(key).into(), text: text.into() });
            }
        }
    }
}

/// The words of a taxonomy's value, as the generator would take them apart; none for a key that is no taxonomy's.
fn terms<'a>(key: &str, value: Value<'a>, profile: &Profile) -> Vec<&'a str> {
    let known = profile.taxonomy(key);
    if known.is_none() && (profile.terms.iter().any(|terms| terms.field.contains('.')) || !is_taxonomy(key)) {
        return Vec::new();
    }
    if let Some(items) = value.items() {
        return items.filter_map(Value::text).map(str::trim).filter(|text| !text.is_empty()).collect();
    }
    let Some(text) = value.text().filter(|_| !value.is_null()) else { return Vec::new() };
    match known.map_or(TextAs::One, |terms| terms.text) {
        TextAs::Blanks => text.split_whitespace().collect(),
        TextAs::Commas | TextAs::TrimmedCommas => {
            text.split(',').map(str::trim).filter(|text| !text.is_empty()).collect()
        }
        TextAs::One | TextAs::Refused => Some(text.trim()).filter(|text| !text.is_empty()).into_iter().collect(),
    }
}

/// The keys that are a taxonomy's wherever they are met.
fn is_taxonomy(key: &str) -> bool {
    matches!(key, "tags" | "categories")
}

fn plural(key: &str) -> &str {
    match key {
        "tag" => "tags",
        "category" => "categories",
        key => key,
    }
}

/// A text, or the texts of a list.
fn texts<'a>(value: Value<'a>) -> impl Iterator<Item = (&'a str, crate::source::Span)> {
    let own = value.text().filter(|_| !value.is_null()).map(|text| (text, value.span()));
    let items = value.items().into_iter().flatten().take(MOST);
    own.into_iter().chain(items.filter_map(|item| Some((item.text()?, item.span()))))
}

/// An address as it can be compared; none where a template makes it, or where it leads elsewhere.
fn address(text: &str) -> Option<Box<str>> {
    let text = text.trim();
    let is_made = text.contains("{{") || text.contains("{%") || text.contains("://") || text.contains(':');
    let bare = text.trim_end_matches("index.html").trim_matches('/');
    (!is_made && !text.is_empty() && text.len() < 300 && text != "false").then(|| bare.into())
}

/// Whether a value names a file of the site.
fn is_local(text: &str) -> bool {
    let text = text.trim();
    let name = text.rsplit('/').next().unwrap_or(text);
    let has_ending = name.rsplit_once('.').is_some_and(|(stem, end)| !stem.is_empty() && (2..=5).contains(&end.len()));
    has_ending
        && text.len() < 300
        && !text.contains("://")
        && !text.starts_with("//")
        && !text.starts_with("data:")
        && !text.contains(['{', '$', '<', '\n', '?'])
        && !text.starts_with(['~', '@'])
}
