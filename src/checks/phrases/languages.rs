//! Whose ready-made phrases a page wants: nobody's, those of the document's own language, or some by name.

use crate::checks::phrases::phrase_set::CODES;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// Whose ready-made phrases to look for.
#[derive(Default, Debug)]
pub(super) enum Languages {
    /// Nobody's.
    #[default]
    None,
    /// English, and what the document is written in.
    Auto,
    /// These, whatever the document is written in.
    Listed(Vec<String>),
}

/// A language that has phrases, by its two letters.
struct Code(String);

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        if CODES.contains(&code.as_str()) { Ok(Self(code)) } else { Err(D::Error::unknown_variant(&code, &CODES)) }
    }
}

impl<'de> Deserialize<'de> for Languages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LanguagesVisitor;
        impl<'de> Visitor<'de> for LanguagesVisitor {
            type Value = Languages;
            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("`auto` or a list of languages")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Languages, E> {
                match text {
                    "auto" => Ok(Languages::Auto),
                    other => Err(E::invalid_value(Unexpected::Str(other), &self)),
                }
            }
            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Languages, A::Error> {
                let codes = Vec::<Code>::deserialize(SeqAccessDeserializer::new(seq))?;
                Ok(Languages::Listed(codes.into_iter().map(|Code(code)| code).collect()))
            }
        }
        deserializer.deserialize_any(LanguagesVisitor)
    }
}
