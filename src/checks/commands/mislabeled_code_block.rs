//! A code block that is labeled as shell and holds something else.

use crate::checks::check::{Check, Context};
use crate::checks::commands::lexer::Dialect;
use crate::checks::commands::script::Language;
use crate::checks::finding::Findings;
use crate::diagnostic::Edit;
use crate::document::body::{CodeBlock, CodeKind};
use crate::source::Span;
use serde::Deserialize;

/// No options.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MislabeledCodeBlock {}

impl Check for MislabeledCodeBlock {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for code in cx.doc.body.code.iter().filter(|code| code.kind == CodeKind::Fenced) {
            if Language::from_info(cx.doc.slice(code.info)) != Language::Shell(Dialect::Posix) {
                continue;
            }
            let info = cx.doc.slice(code.info);
            // A console session may show output only.
            if !info.to_ascii_lowercase().contains("sh") {
                continue;
            }
            let Some((language, word)) = language_of(&lines(cx, code)) else { continue };
            let name = info.trim_start_matches(['{', '.', ' ']);
            let start = code.info.start + info.len() - name.len();
            let len = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
            let span = Span::new(start, start + len);
            let called = &name[..len];
            let finding = found.at(span, format!("code block labeled `{called}` contains {language}"));
            finding.label_primary("highlighted as shell").help(format!("use `{word}`"));
            finding.unsafe_fix(format!("Replace with `{word}`"), vec![Edit::replace(span, word)]);
        }
    }
}

/// The lines that aren't empty.
fn lines<'a>(cx: &Context<'a>, code: &CodeBlock) -> Vec<&'a str> {
    code.lines.iter().map(|line| cx.doc.slice(*line).trim_end()).filter(|line| !line.trim().is_empty()).collect()
}

/// The language that the lines certainly are, if not a shell: its name, and its info string.
fn language_of(lines: &[&str]) -> Option<(&'static str, &'static str)> {
    let (first, last) = (lines.first()?.trim(), lines.last()?.trim());
    if is_json(first, lines.get(1).map_or("", |line| line.trim()), last) {
        return Some(("JSON", "json"));
    }
    if is_markup(first, last, lines) {
        return Some(("XML", "xml"));
    }
    if is_dockerfile(first, lines) {
        return Some(("a Dockerfile", "dockerfile"));
    }
    if is_yaml(lines) {
        return Some(("YAML", "yaml"));
    }
    is_powershell(first).then_some(("PowerShell", "powershell"))
}

fn is_json(first: &str, second: &str, last: &str) -> bool {
    let inside = match first.as_bytes() {
        [b'{'] | [b'['] => second,
        [b'{' | b'[', ..] => first[1..].trim_start(),
        _ => return false,
    };
    let starts =
        inside.starts_with('"') && inside.contains("\":") || (first.starts_with('[') && inside.starts_with('{'));
    starts && last.ends_with(if first.starts_with('{') { '}' } else { ']' })
}

fn is_markup(first: &str, last: &str, lines: &[&str]) -> bool {
    let Some(name) = first.strip_prefix('<') else { return false };
    let opens =
        first.starts_with("<?xml") || (name.starts_with(|c: char| c.is_ascii_alphabetic()) && first.ends_with('>'));
    // Sections of Apache's config look similar.
    let section = name.starts_with(|c: char| c.is_ascii_uppercase()) && !first.contains('=');
    // `<name>` alone is a placeholder.
    opens && !section && lines.len() > 1 && last.starts_with("</") && last.ends_with('>')
}

fn is_dockerfile(first: &str, lines: &[&str]) -> bool {
    const STEPS: [&str; 7] = ["RUN ", "CMD ", "COPY ", "ADD ", "ENTRYPOINT ", "WORKDIR ", "EXPOSE "];
    let is_step = |line: &&str| STEPS.iter().any(|step| line.trim_start().starts_with(step));
    first.starts_with("FROM ") && lines.iter().any(is_step)
}

/// Whether every line is a key with a value, an item, or indented below one.
fn is_yaml(lines: &[&str]) -> bool {
    let bare = |line: &&&str| !line.trim_start().starts_with('#') && !line.starts_with("---");
    let lines: Vec<&str> = lines.iter().filter(bare).copied().collect();
    let key = |line: &str| {
        let (name, value) = line.trim_start_matches("- ").split_once(':')?;
        let plain =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
        (plain && (value.is_empty() || value.starts_with(' ')) && !name.starts_with('-')).then_some(value.is_empty())
    };
    let keys: Vec<Option<bool>> = lines.iter().map(|line| key(line.trim_start())).collect();
    let opens = keys.iter().flatten().any(|opens| *opens);
    lines.len() > 2
        && lines[0].starts_with(|c: char| c.is_ascii_alphabetic())
        && keys[0].is_some()
        && !lines[0].starts_with("Usage:")
        && opens
        && lines.iter().zip(&keys).all(|(line, key)| key.is_some() || line.starts_with([' ', '-', '\t']))
        && keys.iter().flatten().count() * 2 > lines.len()
}

fn is_powershell(first: &str) -> bool {
    const VERBS: [&str; 10] =
        ["Get-", "Set-", "New-", "Install-", "Import-", "Remove-", "Start-", "Invoke-", "Enable-", "Add-"];
    let cmdlet = |line: &str| {
        let rest = VERBS.iter().find_map(|verb| line.strip_prefix(verb));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    cmdlet(first) || (first.starts_with("$env:") && first.contains('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str) -> Option<&'static str> {
        language_of(&code.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>()).map(|(_, word)| word)
    }

    #[test]
    fn certainly_other_languages() {
        assert_eq!(of("{\n  \"a\": 1\n}"), Some("json"));
        assert_eq!(of("[{ \"a\": 1 }]"), Some("json"));
        assert_eq!(of("<project>\n  <name>x</name>\n</project>"), Some("xml"));
        assert_eq!(of("FROM alpine\nRUN apk add git"), Some("dockerfile"));
        assert_eq!(of("# x\napiVersion: v1\nmetadata:\n  name: x\n  labels:\n    - a"), Some("yaml"));
        assert_eq!(of("Get-ChildItem -Path C:\\"), Some("powershell"));
    }

    #[test]
    fn possibly_shell() {
        for code in [
            "{ git pull; }",
            "[ -f x ] && ls",
            "<your-command>",
            "FROM=1 make",
            "git log\nAuthor: me\nDate: today",
            "NAME: x",
            "get-it x",
            "export A=1\nls",
            "",
        ] {
            assert_eq!(of(code), None, "{code}");
        }
    }
}
