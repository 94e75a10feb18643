//! Shell code that ends in the middle of a command: after a `\`, within a quotation, within a here-document.

use crate::checks::commands::programs::Programs;
use crate::checks::commands::lexer;
use crate::checks::commands::lexer::Dialect;
use crate::checks::commands::script;
use crate::checks::commands::script::Language;
use crate::checks::commands::mapped_text::Text;
use crate::checks::check::{Check, Context};
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
            // Elsewhere a backslash is a path's, and an apostrophe is one.
            if Language::of(cx.doc.slice(code.info)) == Language::Shell(Dialect::Posix) {
                dangling_backslash(cx.doc, code, found);
                self.unclosed(cx.doc, code, found);
            }
        }
    }
}

impl UnfinishedCommand {
    /// What a command opens and never closes, where the block shows no output.
    fn unclosed(&self, doc: &Document<'_>, code: &CodeBlock, found: &mut Findings) {
        if script::has_prompts(doc, code) {
            return;
        }
        let mut text = Text::default();
        for line in &code.lines {
            text.push(doc.source, *line);
        }
        lexer::unclosed(&text, Dialect::Posix, |open, words| {
            let mark = doc.slice(open);
            // Without a program before it, it is most likely output or a note.
            let written = words.iter().map(|word| word.text.as_str()).chain(line_to(doc, open).split_whitespace());
            let first = { written }.find(|word| *word != "sudo").unwrap_or_default();
            if !["cat", "tee"].contains(&first) && !self.known.names().any(|name| name == first) {
                return;
            }
            let (what, help) = match mark {
                "<<" => ("the end of this here-document", "write the word after `<<` on a line of its own"),
                "$" => ("the end of this substitution", "close the bracket"),
                _ => ("the other one of this quotation mark", "close the quotation"),
            };
            found.at(open, format!("{what} is missing")).label_primary("opens here").help(help);
        });
    }
}

/// What stands on a line before `place`.
fn line_to<'a>(doc: &Document<'a>, place: Span) -> &'a str {
    let before = &doc.source.text()[..place.start];
    &before[before.rfind('\n').map_or(0, |end| end + 1)..]
}

fn dangling_backslash(doc: &Document<'_>, code: &CodeBlock, found: &mut Findings) {
    let Some((line, shown)) =
        code.lines.iter().rev().map(|line| (line, doc.slice(*line).trim_end())).find(|(_, shown)| !shown.is_empty())
    else {
        return;
    };
    let command = shown.trim_end_matches('\\').trim_end();
    let backslashes = shown.len() - shown.trim_end_matches('\\').len();
    // `\\` is a backslash, `C:\dir\` a path.
    if backslashes != 1
        || command.is_empty()
        || command.trim_start().starts_with('#')
        || command.contains(":\\")
        || command.ends_with(':')
    {
        return;
    }
    let span = Span::new(line.start + shown.len() - 1, line.start + shown.len());
    let finding = found.at(span, "the command goes on after its last `\\`");
    finding.label_primary("nothing follows").help("write the rest, or take the `\\` out");
    let blank = Span::new(line.start + command.len(), line.start + shown.len());
    finding.unsafe_fix("take the `\\` out", vec![Edit::replace(blank, "")]);
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, run};

    fn marked(code: &str) -> Vec<String> {
        let found = run("unfinished-command", &content([]), &format!("```sh\n{code}\n```\n"));
        found.into_iter().map(|seen| format!("{} {}", seen.marked, seen.message)).collect()
    }

    #[test]
    fn what_is_open_is_told() {
        assert_eq!(marked("docker run \\\n  -it \\\n"), ["\\ the command goes on after its last `\\`"]);
        assert_eq!(marked("git commit -m \"first"), ["\" the other one of this quotation mark is missing"]);
        assert_eq!(marked("curl -H 'a: b"), ["' the other one of this quotation mark is missing"]);
        assert_eq!(marked("git tag $(git log"), ["$ the end of this substitution is missing"]);
        assert_eq!(marked("cat <<EOF > x\na"), ["<< the end of this here-document is missing"]);
    }

    #[test]
    fn what_is_closed_or_no_command_is_not() {
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
