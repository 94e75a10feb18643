//! A command in a sentence that isn't marked as code.

use crate::checks::commands::{Programs, prose};
use crate::checks::{Check, Context, Found};
use crate::diagnostic::Edit;
use crate::document::body::BlockKind;
use crate::document::prose::VisibleText;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UnmarkedCommand {
    #[serde(skip)]
    known: Programs,
}

impl Check for UnmarkedCommand {
    fn check(&self, cx: &Context, found: &mut Found) {
        let doc = cx.doc;
        // A heading may be one whole command, and is marked as such.
        let blocks = doc.body.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_)));
        for line in blocks.flat_map(|block| doc.body.lines_of(block)) {
            if line.span().is_some_and(|span| self.known.are_in(doc.slice(span))) {
                self.look_at(&VisibleText::from_line(doc.source, &line), found);
            }
        }
    }
}

impl UnmarkedCommand {
    fn look_at(&self, prose: &VisibleText, found: &mut Found) {
        let mut end = 0;
        for at in self.known.mentions(prose.text()) {
            let Some(words) = prose::command_at(&self.known, prose, at) else { continue };
            let Some((first, last)) = words.first().zip(words.last()) else { continue };
            let span = Span::new(first.span.start, last.span.end);
            let knows_option = |name: &str| self.known.find(&first.text).is_some_and(|root| root.has_option(name));
            let option = words.iter().any(|word| word.text.starts_with('-') && knows_option(&word.text));
            if span.start < end || words.len() < 3 || !option || prose::likeness(&words, 2, at == 0) < 3 {
                continue;
            }
            end = span.end;
            let finding = found.at(span, "this command isn't marked as code");
            finding.here("read as prose: `--` may become a dash").help("put it between backticks");
            let edits = [span.start, span.end].map(|place| Edit::replace(Span::empty(place), "`"));
            finding.unsafe_fix("put it between backticks", edits.to_vec());
        }
    }
}
