//! The option that selects built-in phrases: none, those of the document's language, or a list of languages.

use crate::checks::phrases::phrase_set::CODES;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{Error, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// The languages whose built-in phrases are searched for.
#[derive(Default, Debug)]
pub(super) enum Languages {
    /// None.
    #[default]
    None,
    /// English, and the language of the document.
    Auto,
    /// These, whatever the language of the document.
    Listed(Vec<String>),
}

/// The two-letter code of a language with built-in phrases.
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
