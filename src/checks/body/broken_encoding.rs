//! Bytes that aren't text in UTF-8.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::{Damage, Span};
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BrokenEncoding {}

impl Check for BrokenEncoding {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let damage = cx.doc.source.damage();
        let mut runs = Vec::new();
        for damage in damage {
            match damage {
                Damage::InvalidUtf8(span) => runs.push(*span),
                Damage::OtherEncoding(name) => {
                    found
                        .at(Span::empty(0), format!("this file is {name}, not UTF-8"))
                        .help("save it as UTF-8; until then nothing else in it is checked");
                }
            }
        }
        // A file in an old encoding has thousands of such runs and one cause.
        let Some((first, rest)) = runs.split_first() else { return };
        let finding = found.at(*first, "these bytes aren't UTF-8 text");
        finding.help("save the file as UTF-8, or write the character again; the file is checked, but never fixed");
        for span in rest.iter().take(MAX_SHOWN) {
            finding.also_at(*span);
        }
    }
}

/// How many further places are shown.
const MAX_SHOWN: usize = 9;
