//! Shell code that ends in the middle of a command: after a `\`, within a quotation, within a here-document.

use crate::checks::check::{Check, Context};
use crate::checks::commands::lexer;
use crate::checks::commands::lexer::Dialect;
use crate::checks::commands::mapped_text::MappedText;
use crate::checks::commands::programs::Programs;
use crate::checks::commands::script;
use crate::checks::commands::script::Language;
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::body::CodeBlock;
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct UnfinishedCommand {
    #[serde(skip)]
    known: Programs,
}

impl Check for UnfinishedCommand {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for code in &cx.doc.body.code {
            // In other dialects a backslash belongs to a path, and an apostrophe is just that.
            if Language::from_info(cx.doc.slice(code.info)) == Language::Shell(Dialect::Posix) {
                report_dangling_backslash(cx.doc, code, found);
                self.report_unclosed(cx.doc, code, found);
            }
        }
    }
}

impl UnfinishedCommand {
    /// Reports what a command opens and never closes, in blocks without output.
    fn report_unclosed(&self, doc: &Document<'_>, code: &CodeBlock, found: &mut Findings) {
        if script::has_prompts(doc, code) {
            return;
        }
        let mut text = MappedText::default();
        for line in &code.lines {
            text.push(doc.source, *line);
        }
        lexer::find_unclosed(&text, Dialect::Posix, |open, words| {
            let mark = doc.slice(open);
            // Without a program before it, it is probably output or a comment.
            let written = words.iter().map(|word| word.text.as_str()).chain(line_to(doc, open).split_whitespace());
            let first = { written }.find(|word| *word != "sudo").unwrap_or_default();
            if !["cat", "tee"].contains(&first) && !self.known.names().any(|name| name == first) {
                return;
            }
            let (what, help) = match mark {
                "<<" => ("here-document delimiter", "add a line with the delimiter that follows `<<`"),
                "$" => ("closing parenthesis of the command substitution", "add the closing parenthesis"),
                _ => ("closing quote", "add the closing quote"),
            };
            found.at(open, format!("missing {what}")).label_primary("opened here").help(help);
        });
    }
}

/// The text before `place` on its line.
fn line_to<'a>(doc: &Document<'a>, place: Span) -> &'a str {
    let before = &doc.source.text()[..place.start];
    &before[before.rfind('\n').map_or(0, |end| end + 1)..]
}

fn report_dangling_backslash(doc: &Document<'_>, code: &CodeBlock, found: &mut Findings) {
    let Some((line, displayed)) = code
        .lines
        .iter()
        .rev()
        .map(|line| (line, doc.slice(*line).trim_end()))
        .find(|(_, displayed)| !displayed.is_empty())
    else {
        return;
    };
    let command = displayed.trim_end_matches('\\').trim_end();
    let backslashes = displayed.len() - displayed.trim_end_matches('\\').len();
    // `\\` is an escaped backslash, `C:\dir\` a path.
    if backslashes != 1
        || command.is_empty()
        || command.trim_start().starts_with('#')
        || command.contains(":\\")
        || command.ends_with(':')
    {
        return;
    }
    let span = Span::new(line.start + displayed.len() - 1, line.start + displayed.len());
    let finding = found.at(span, "line continuation `\\` at the end of the code block");
    finding.label_primary("nothing follows").help("complete the command, or remove the `\\`");
    let space_and_backslash = Span::new(line.start + command.len(), line.start + displayed.len());
    finding.unsafe_fix("Remove the backslash", vec![Edit::replace(space_and_backslash, "")]);
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, run};

    fn marked(code: &str) -> Vec<String> {
        let found = run("unfinished-command", &content([]), &format!("```sh\n{code}\n```\n"));
        found.into_iter().map(|seen| format!("{} {}", seen.marked, seen.message)).collect()
    }

    #[test]
    fn unclosed_parts_are_reported() {
        assert_eq!(marked("docker run \\\n  -it \\\n"), ["\\ line continuation `\\` at the end of the code block"]);
        assert_eq!(marked("git commit -m \"first"), ["\" missing closing quote"]);
        assert_eq!(marked("curl -H 'a: b"), ["' missing closing quote"]);
        assert_eq!(marked("git tag $(git log"), ["$ missing closing parenthesis of the command substitution"]);
        assert_eq!(marked("cat <<EOF > x\na"), ["<< missing here-document delimiter"]);
    }

    #[test]
    fn closed_parts_and_other_text_are_not_reported() {
        for code in [
            "docker run \\\n  x",
            "cd C:\\x\\",
            "x.exe D:\\",
            "x <<name>>",
            "# a \\",
            "echo \\\\",
            "it's done",
            "$ git log\nit's",
        ] {
            assert_eq!(marked(code), Vec::<String>::new(), "{code}");
        }
    }
}
