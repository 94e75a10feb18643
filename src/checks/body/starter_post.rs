//! A page that a generator or a theme creates as an example, published as it is.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields::truncate;
use crate::source::Span;
use crate::text::pattern::LiteralSet;
use serde::Deserialize;

/// Options: the sentences by which such pages are known.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, from = "Options")]
pub(crate) struct StarterPost {
    sentences: LiteralSet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    sentences: Vec<String>,
}

impl From<Options> for StarterPost {
    fn from(options: Options) -> Self {
        Self { sentences: LiteralSet::new(options.sentences) }
    }
}

impl Check for StarterPost {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let body = &cx.doc.body;
        let start = body.span.start;
        let spans = self.sentences.find_iter(cx.doc.slice(body.span)).map(|(_, range)| Span::from(range).shift(start));
        // A sentence in code or quotation marks is about the example.
        let is_quoted = |span: &Span| cx.doc.source.text()[..span.start].ends_with(['"', '“', '«', '「']);
        let Some(span) = spans.into_iter().find(|span| body.is_prose(span.start) && !is_quoted(span)) else { return };
        found
            .at(span, format!("text of an example page: `{}`", truncate(cx.doc.slice(span))))
            .help("replace it with your own, or delete the page");
    }
}
