//! What a page tells about itself that other pages may have to know: little, and from its front matter alone.

use crate::content::{ContentType, UniqueScope};
use crate::data::node::Value;
use crate::document::front_matter::FrontMatter;
use crate::document::meta::PageMeta;
use crate::generator::profile::GeneratorProfile;
use crate::site::fact_changes::FactChanges;
use crate::site::packed;
use crate::site::packed::{PackedRecords, RecordTag, RecordWriter};
use crate::site::stored::StoredFacts;
use crate::site::taxonomy_terms;
use crate::source::Source;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

/// As many keys and terms of one page are kept. More are nothing that a writer chose.
const MOST: usize = 500;

/// A URL that a page claims.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClaimedUrl<'a> {
    pub(super) kind: UrlKind,
    pub(super) key: &'a str,
    /// Without slashes at its ends.
    pub(super) address: &'a str,
    /// Where it is written, from 1.
    pub(super) line: usize,
}

/// What kind of URL it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UrlKind {
    /// The page's own, all of it.
    Whole,
    /// The last part of the page's own, within its folder.
    Slug,
    /// A further one.
    Alias,
}

/// A value that no other page of this kind may have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct UniqueValue<'a> {
    /// The kind of page.
    pub(super) kind: &'a str,
    pub(super) field: &'a str,
    pub(super) value: &'a str,
    /// Where it is written, from 1.
    pub(super) line: usize,
}

/// What is kept of a page: a few hundred bytes, as a site may have a million of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PageFacts {
    /// The page, as its source is called.
    pub(crate) path: Box<Path>,
    /// Its keys. Most pages have the same, and then share this.
    keys: Arc<str>,
    notes: PackedRecords,
    /// Whether a key differs from a known one in case alone, or is deprecated.
    has_odd_key: bool,
    /// Whether its text begins with its title.
    pub(super) repeats_title: bool,
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

/// Whether a key names a picture of the page.
pub(crate) fn is_picture(key: &str) -> bool {
    PICTURES.contains(&key)
}

impl PageFacts {
    /// What the front matter of a page of this kind tells.
    pub(crate) fn of(
        source: &Source,
        front: Option<&FrontMatter>,
        profile: &GeneratorProfile,
        content: &ContentType,
    ) -> Self {
        let (mut keys, mut taker) =
            (RecordWriter::default(), Taker { source, profile, notes: RecordWriter::default(), terms: 0 });
        let root = front.and_then(FrontMatter::root);
        for entry in root.into_iter().flat_map(Value::entries).take(MOST) {
            let Some(key) = entry.key.text() else { continue };
            keys.put(RecordTag::Key, [key]);
            let lower;
            let name = if profile.folds_case {
                lower = key.to_ascii_lowercase();
                lower.as_str()
            } else {
                key
            };
            taker.take(name, entry.value);
        }
        if let Some(root) = root {
            taker.take_own(root, content);
        }
        if PageMeta::read(front, source.path(), profile).is_draft() {
            taker.notes.put(RecordTag::Hidden, []);
        }
        let keys_of_page = || root.into_iter().flat_map(Value::entries).filter_map(|entry| entry.key.text());
        let has_odd_key = keys_of_page().any(|key| is_odd(key, profile, content));
        let repeats_title = front.is_some_and(|front| repeats_title(source, front));
        Self {
            path: source.path().into(),
            keys: keys.as_str().into(),
            notes: taker.notes.pack(),
            has_odd_key,
            repeats_title,
        }
    }

    /// What is kept of them from one run to the next.
    pub(crate) fn stored(&self) -> StoredFacts<'_> {
        let (keys, notes) = (&*self.keys, self.notes.as_str());
        StoredFacts { keys, notes, has_odd_key: self.has_odd_key, repeats_title: self.repeats_title }
    }

    /// What was kept of the page that is called `path` now.
    pub(crate) fn restored(path: &Path, stored: &StoredFacts<'_>) -> Self {
        let StoredFacts { keys, notes, has_odd_key, repeats_title } = *stored;
        Self { path: path.into(), keys: keys.into(), notes: PackedRecords::from(notes), has_odd_key, repeats_title }
    }

    /// Takes the keys from `pool` where another page has the same, and puts them there where none has.
    pub(crate) fn intern_keys(&mut self, pool: &mut HashSet<Arc<str>>) {
        match pool.get(&self.keys) {
            Some(same) => self.keys = same.clone(),
            None => drop(pool.insert(self.keys.clone())),
        }
    }

    /// In what these facts differ from those of the same page at another time.
    pub(crate) fn changes(&self, other: &Self) -> FactChanges {
        let differs = |tag: RecordTag| !self.notes.of(tag).eq(other.notes.of(tag));
        let any = |tags: &[RecordTag]| tags.iter().any(|tag| differs(*tag));
        if self == other {
            return FactChanges::default();
        }
        FactChanges {
            terms: differs(RecordTag::Term),
            keys: self.keys != other.keys
                || self.has_odd_key != other.has_odd_key
                || self.repeats_title != other.repeats_title,
            urls: any(&[RecordTag::Whole, RecordTag::Slug, RecordTag::Alias, RecordTag::Day])
                || any(&[RecordTag::Language, RecordTag::Hidden]),
            values: differs(RecordTag::Own),
            authors: differs(RecordTag::Person),
            images: differs(RecordTag::Picture),
        }
    }

    /// Whether the page may have a finding that depends on the conventions of the site.
    pub(super) fn depends_on_conventions(&self) -> bool {
        self.has_odd_key || self.repeats_title
    }

    /// The page's keys, the same text for pages with the same keys in the same order.
    pub(super) fn packed_keys(&self) -> &str {
        &self.keys
    }

    /// The page's keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        packed::read(&self.keys).map(|(_, [key, ..])| key)
    }

    /// The words of the page's taxonomies, each with the taxonomy's key in the plural.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes.of(RecordTag::Term).map(|[field, text, ..]| (field, text))
    }

    pub(super) fn urls(&self) -> impl Iterator<Item = ClaimedUrl<'_>> {
        self.notes.all().filter_map(|(tag, [key, address, line, _])| {
            let kind = match tag {
                RecordTag::Whole => UrlKind::Whole,
                RecordTag::Slug => UrlKind::Slug,
                RecordTag::Alias => UrlKind::Alias,
                _ => return None,
            };
            Some(ClaimedUrl { kind, key, address, line: line.parse().unwrap_or(1) })
        })
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &str> {
        self.notes.of(RecordTag::Person).map(|[name, ..]| name)
    }

    /// The files that the page names as its pictures, each with the key.
    pub(super) fn images(&self) -> impl Iterator<Item = (&str, &str)> {
        self.notes.of(RecordTag::Picture).map(|[key, file, ..]| (key, file))
    }

    /// The values that no other page of this kind may have.
    pub(super) fn unique_values(&self) -> impl Iterator<Item = UniqueValue<'_>> {
        let own = self.notes.of(RecordTag::Own);
        own.map(|[kind, field, value, line]| UniqueValue { kind, field, value, line: line.parse().unwrap_or(1) })
    }

    /// Its day and its language, which distinguish URLs that look the same.
    pub(super) fn day(&self) -> Option<&str> {
        self.notes.of(RecordTag::Day).last().map(|[day, ..]| day)
    }

    pub(super) fn language(&self) -> Option<&str> {
        self.notes.of(RecordTag::Language).last().map(|[language, ..]| language)
    }

    pub(super) fn is_published(&self) -> bool {
        self.notes.of(RecordTag::Hidden).next().is_none()
    }
}

/// Whether a key differs from a known one in case alone, or is deprecated.
fn is_odd(key: &str, profile: &GeneratorProfile, content: &ContentType) -> bool {
    let is_miscased = |known: &str| known != key && known.eq_ignore_ascii_case(key);
    let has_capital = key.bytes().any(|byte| byte.is_ascii_uppercase());
    profile.renamed.contains_key(key)
        || content.field(key).is_some_and(|field| field.constraints.deprecated.is_some())
        || has_capital && profile.fields.keys().any(|known| is_miscased(known))
        || has_capital && content.fields.iter().any(|field| is_miscased(&field.name))
}

/// As many lines with text are compared with the title: comments and thematic breaks may precede it.
const FIRST_LINES: usize = 8;

/// Whether one of the first lines below the front matter is the page's title.
fn repeats_title(source: &Source, front: &FrontMatter) -> bool {
    let Some(title) = front.get("title").and_then(Value::text).filter(|title| letters(title).next().is_some()) else {
        return false;
    };
    let body = source.text().get(front.span.end..).unwrap_or_default();
    let mut lines = body.lines().filter(|line| !line.trim().is_empty()).take(FIRST_LINES);
    // Only a line of about the title's length can be it. Most differ in their first letters.
    let is_as_long = |line: &str| line.len() < letters(title).map(char::len_utf8).sum::<usize>() * 3 + 40;
    lines.any(|line| letters(line).eq(letters(title)) && is_as_long(line))
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The line of byte `at`, from 1.
fn line_of(source: &Source, at: usize) -> usize {
    memchr::memchr_iter(b'\n', &source.text().as_bytes()[..at]).count() + 1
}

/// Takes down what a page's fields tell.
struct Taker<'a> {
    source: &'a Source,
    profile: &'a GeneratorProfile,
    notes: RecordWriter,
    terms: usize,
}

impl Taker<'_> {
    fn take_own(&mut self, root: Value<'_>, content: &ContentType) {
        for field in content.fields.iter().filter(|field| field.constraints.unique == Some(UniqueScope::Pages)) {
            for (text, span) in root.get(&field.name).into_iter().flat_map(texts) {
                let value = text.trim();
                if !value.is_empty() {
                    let line = line_of(self.source, span.start);
                    self.notes.put(RecordTag::Own, [&content.name, &field.name, value, &line.to_string()]);
                }
            }
        }
    }

    fn take(&mut self, key: &str, value: Value<'_>) {
        let (source, profile) = (self.source, self.profile);
        if value.is_map() {
            for entry in value.entries().take(MOST) {
                if let Some(below) = entry.key.text() {
                    self.terms_of(&format!("{key}.{below}"), entry.value);
                }
            }
            return;
        }
        self.terms_of(key, value);
        let text = value.text().unwrap_or_default();
        match key {
            "date" => text.get(..10).into_iter().for_each(|day| self.notes.put(RecordTag::Day, [day])),
            "lang" | "locale" | "language" => self.notes.put(RecordTag::Language, [text]),
            _ => {}
        }
        let has = |keys: &[String]| keys.iter().any(|known| known == key);
        let tag = if has(&profile.urls.permalink) {
            Some(RecordTag::Whole)
        } else if has(&profile.urls.slug) {
            Some(RecordTag::Slug)
        } else if has(&profile.urls.aliases) {
            Some(RecordTag::Alias)
        } else {
            None
        };
        if let Some(tag) = tag {
            // Where such an alias leads isn't known from here.
            let is_relative =
                |text: &str| tag == RecordTag::Alias && profile.urls.relative_aliases && !text.starts_with('/');
            for (text, span) in texts(value).filter(|(text, _)| !is_relative(text)) {
                if let Some(address) = address(text) {
                    let line = line_of(source, span.start);
                    self.notes.put(tag, [key, address, &line.to_string()]);
                }
            }
        }
        if has(&profile.authors.fields) {
            let people = texts(value).map(|(text, _)| text.trim()).filter(|text| !text.is_empty());
            people.for_each(|name| self.notes.put(RecordTag::Person, [name]));
        }
        if is_picture(key) && is_local(text) {
            self.notes.put(RecordTag::Picture, [key, text.trim()]);
        }
    }

    fn terms_of(&mut self, key: &str, value: Value<'_>) {
        for (_, text) in taxonomy_terms::terms(key, value, self.profile) {
            if self.terms < MOST {
                self.notes.put(RecordTag::Term, [taxonomy_terms::plural(key), text]);
                self.terms += 1;
            }
        }
    }
}

/// A text, or the texts of a list.
fn texts<'a>(value: Value<'a>) -> impl Iterator<Item = (&'a str, crate::source::Span)> {
    let own = value.text().filter(|_| !value.is_null()).map(|text| (text, value.span()));
    let items = value.items().into_iter().flatten().take(MOST);
    own.into_iter().chain(items.filter_map(|item| Some((item.text()?, item.span()))))
}

/// A URL as it can be compared; none if it contains a template tag, or refers to another site.
fn address(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_made = text.contains("{{") || text.contains("{%") || text.contains("://") || text.contains(':');
    let bare = text.trim_end_matches("index.html").trim_matches('/');
    (!is_made && !text.is_empty() && text.len() < 300 && text != "false").then_some(bare)
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
