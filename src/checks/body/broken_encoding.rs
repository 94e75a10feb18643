//! Bytes that aren't valid UTF-8.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::{EncodingError, Span};
use serde::Deserialize;

/// No options.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BrokenEncoding {}

impl Check for BrokenEncoding {
    fn check(&self, cx: &Context, found: &mut Findings) {
        report_carriage_returns(cx, found);
        let damage = cx.doc.source.encoding_errors();
        let mut runs = Vec::new();
        for damage in damage {
            match damage {
                EncodingError::InvalidUtf8(span) => runs.push(*span),
                EncodingError::OtherEncoding(name) => {
                    found
                        .at(Span::empty(0), format!("file is encoded as {name}, not UTF-8"))
                        .help("save it as UTF-8; nothing else in it is checked until then");
                }
            }
        }
        // A file in a legacy encoding has thousands of such runs, all with one cause.
        let Some((first, rest)) = runs.split_first() else { return };
        let message = match cx.doc.source.likely_encoding() {
            Some(name) => format!("invalid UTF-8: the file is probably encoded as {name}"),
            None => "invalid UTF-8".to_owned(),
        };
        let finding = found.at(*first, message);
        finding
            .help("save the file as UTF-8 or retype the character; matterlint checks such a file but never changes it");
        for span in rest.iter().take(MAX_SHOWN) {
            finding.also_at(*span);
        }
    }
}

/// Reports line ends of a single carriage return, where the generator reads the front matter as one line because of them.
fn report_carriage_returns(cx: &Context, found: &mut Findings) {
    let bytes = cx.doc.source.text().as_bytes();
    let is_old = cx.profile.is_known()
        && !cx.profile.errors.accepts_carriage_returns
        && cx.doc.front_matter.is_some()
        && memchr::memchr(b'\n', bytes).is_none();
    if let Some(first) = memchr::memchr(b'\r', bytes).filter(|_| is_old) {
        found
            .at(Span::new(first, first + 1), "lines end with a carriage return alone")
            .help(format!("save the file with line feeds: {} finds no front matter in it", cx.profile.name));
    }
}

/// The maximum number of further places in a finding.
const MAX_SHOWN: usize = 9;
