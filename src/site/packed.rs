//! Short texts packed into one: what is kept of each of a million pages has to be small.

use std::fmt::Write;

/// What a note is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RecordTag {
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
const TAGS: [(u8, RecordTag, usize); 11] = [
    (b'k', RecordTag::Key, 1),
    (b't', RecordTag::Term, 2),
    (b'w', RecordTag::Whole, 3),
    (b's', RecordTag::Slug, 3),
    (b'a', RecordTag::Alias, 3),
    (b'p', RecordTag::Person, 1),
    (b'i', RecordTag::Picture, 2),
    (b'o', RecordTag::Own, 4),
    (b'd', RecordTag::Day, 1),
    (b'l', RecordTag::Language, 1),
    (b'h', RecordTag::Hidden, 0),
];

/// Most texts of one note.
const MOST: usize = 4;

/// Records in the order in which they are written: a tag's letter, then each text with its length before it.
#[derive(Default, Debug)]
pub(super) struct RecordWriter(String);

/// Records that are kept, without room for more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct PackedRecords(Box<str>);

impl RecordWriter {
    /// Takes down a note; `texts` are as many as its tag has.
    pub(super) fn put<const COUNT: usize>(&mut self, tag: RecordTag, texts: [&str; COUNT]) {
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

    pub(super) fn pack(self) -> PackedRecords {
        PackedRecords(self.0.into())
    }
}

impl From<&str> for PackedRecords {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl PackedRecords {
    /// As they are written.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// All notes, each with its texts; empty ones where a tag has fewer.
    pub(super) fn all(&self) -> impl Iterator<Item = (RecordTag, [&str; MOST])> {
        read(&self.0)
    }

    /// The notes with this tag.
    pub(super) fn of(&self, wanted: RecordTag) -> impl Iterator<Item = [&str; MOST]> {
        self.all().filter(move |(tag, _)| *tag == wanted).map(|(_, texts)| texts)
    }
}

/// The notes that were packed into `text`.
pub(super) fn read(mut text: &str) -> impl Iterator<Item = (RecordTag, [&str; MOST])> {
    std::iter::from_fn(move || {
        let letter = text.as_bytes().first()?;
        let (_, tag, count) = TAGS.iter().find(|(known, ..)| known == letter)?;
        text = &text[1..];
        let mut texts = [""; MOST];
        for slot in &mut texts[..*count] {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let length = text[..digits]
                .bytes()
                .try_fold(0_usize, |length, digit| length.checked_mul(10)?.checked_add(usize::from(digit - b'0')))?;
            (*slot, text) = text[digits..].strip_prefix(':')?.split_at_checked(length)?;
        }
        Some((*tag, texts))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let mut notes = RecordWriter::default();
        notes.put(RecordTag::Term, ["tags", "1:2, 개발\n"]);
        notes.put(RecordTag::Hidden, []);
        notes.put(RecordTag::Slug, ["slug", "", "12"]);
        let notes = notes.pack();
        let all: Vec<_> = notes.all().collect();
        assert_eq!(
            all,
            [
                (RecordTag::Term, ["tags", "1:2, 개발\n", "", ""]),
                (RecordTag::Hidden, [""; 4]),
                (RecordTag::Slug, ["slug", "", "12", ""]),
            ]
        );
        assert_eq!(notes.of(RecordTag::Slug).count(), 1);
    }
}
