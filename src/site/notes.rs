//! Short texts packed into one: what is kept of each of a million pages has to be small.

use std::fmt::Write;

/// What a note is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tag {
    Key,
    Term,
    Whole,
    Slug,
    Alias,
    Person,
    Picture,
    Own,
    Day,
    Language,
    Hidden,
}

/// Each tag as it is written, with the number of texts that follow it.
const TAGS: [(u8, Tag, usize); 11] = [
    (b'k', Tag::Key, 1),
    (b't', Tag::Term, 2),
    (b'w', Tag::Whole, 3),
    (b's', Tag::Slug, 3),
    (b'a', Tag::Alias, 3),
    (b'p', Tag::Person, 1),
    (b'i', Tag::Picture, 2),
    (b'o', Tag::Own, 4),
    (b'd', Tag::Day, 1),
    (b'l', Tag::Language, 1),
    (b'h', Tag::Hidden, 0),
];

/// Most texts of one note.
const MOST: usize = 4;

/// Notes in the order in which they are taken: a tag's letter, then each text with its length before it.
#[derive(Default, Debug)]
pub(super) struct Notes(String);

/// Notes to be kept, without room for more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Packed(Box<str>);

impl Notes {
    /// Takes down a note; `texts` are as many as its tag has.
    pub(super) fn put<const COUNT: usize>(&mut self, tag: Tag, texts: [&str; COUNT]) {
        let known = TAGS.iter().find(|(_, known, count)| *known == tag && *count == COUNT);
        debug_assert!(known.is_some(), "{tag:?} has another number of texts");
        let Some((letter, ..)) = known else { return };
        self.0.push(char::from(*letter));
        for text in texts {
            // Writing into a text can't fail.
            let _ = write!(self.0, "{}:{text}", text.len());
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn pack(self) -> Packed {
        Packed(self.0.into())
    }
}

impl Packed {
    /// All notes, each with its texts; empty ones where a tag has fewer.
    pub(super) fn all(&self) -> impl Iterator<Item = (Tag, [&str; MOST])> {
        read(&self.0)
    }

    /// The notes with this tag.
    pub(super) fn of(&self, wanted: Tag) -> impl Iterator<Item = [&str; MOST]> {
        self.all().filter(move |(tag, _)| *tag == wanted).map(|(_, texts)| texts)
    }
}

/// The notes that were packed into `text`.
pub(super) fn read(mut text: &str) -> impl Iterator<Item = (Tag, [&str; MOST])> {
    std::iter::from_fn(move || {
        let letter = text.as_bytes().first()?;
        let (_, tag, count) = TAGS.iter().find(|(known, ..)| known == letter)?;
        text = &text[1..];
        let mut texts = [""; MOST];
        for slot in &mut texts[..*count] {
            let (length, rest) = text.split_once(':')?;
            (*slot, text) = rest.split_at_checked(length.parse().ok()?)?;
        }
        Some((*tag, texts))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let mut notes = Notes::default();
        notes.put(Tag::Term, ["tags", "1:2, 개발\n"]);
        notes.put(Tag::Hidden, []);
        notes.put(Tag::Slug, ["slug", "", "12"]);
        let notes = notes.pack();
        let all: Vec<_> = notes.all().collect();
        assert_eq!(
            all,
            [(Tag::Term, ["tags", "1:2, 개발\n", "", ""]), (Tag::Hidden, [""; 4]), (Tag::Slug, ["slug", "", "12", ""]),]
        );
        assert_eq!(notes.of(Tag::Slug).count(), 1);
    }
}
