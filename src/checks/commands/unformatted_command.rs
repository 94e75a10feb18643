//! A command in a sentence that isn't formatted as code.

use crate::checks::check::{Check, Context};
use crate::checks::commands::{programs::Programs, prose};
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::BlockKind;
use crate::document::prose::VisibleText;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UnformattedCommand {
    #[serde(skip)]
    known: Programs,
}

impl Check for UnformattedCommand {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let doc = cx.doc;
        // A heading may be a command as a whole.
        let blocks = doc.body.blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Heading(_)));
        for line in blocks.flat_map(|block| doc.body.lines_of(block)) {
            if line.span().is_some_and(|span| self.known.occurs_in(doc.slice(span))) {
                self.check_line(&VisibleText::from_line(doc.source, &line), found);
            }
        }
    }
}

impl UnformattedCommand {
    fn check_line(&self, prose: &VisibleText, found: &mut Findings) {
        let mut end = 0;
        for at in self.known.find_program_names(prose.text()) {
            let Some(words) = prose::command_at(&self.known, prose, at) else { continue };
            let Some((first, last)) = words.first().zip(words.last()) else { continue };
            let span = Span::new(first.span.start, last.span.end);
            let knows_option = |name: &str| self.known.find(&first.text).is_some_and(|root| root.has_option(name));
            let option = words.iter().any(|word| word.text.starts_with('-') && knows_option(&word.text));
            if span.start < end || words.len() < 3 || !option || prose::command_score(&words, 2, at == 0) < 3 {
                continue;
            }
            end = span.end;
            let finding = found.at(span, "command not formatted as code");
            finding.label_primary("`--` may become a dash").help("enclose it in backticks");
            let edits = [span.start, span.end].map(|place| Edit::replace(Span::empty(place), "`"));
            finding.unsafe_fix("Enclose in backticks", edits.to_vec());
        }
    }
}
