//! The commands in a code block, without prompts and output.

use crate::checks::commands::lexer;
use crate::checks::commands::lexer::{Dialect, SimpleCommand};
use crate::checks::commands::mapped_text::MappedText;
use crate::document::Document;
use crate::document::body::CodeBlock;
use crate::source::Span;

/// What the info string of a code block declares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Language {
    /// Commands of a shell.
    Shell(Dialect),
    /// Nothing.
    Unspecified,
    /// Something else.
    Other,
}

impl Language {
    /// Parses the info string of a code block.
    pub(super) fn from_info(info: &str) -> Self {
        let name = info
            .trim_start_matches(['{', '.', ' '])
            .split([' ', '{', '}', ',', ':', '=', '\t'])
            .next()
            .unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "sh" | "bash" | "shell" | "zsh" | "fish" | "ksh" | "console" | "terminal" | "shell-session"
            | "shellsession" | "sh-session" | "bash-session" | "shellscript" | "command" | "commandline"
            | "command-line" | "cli" => Self::Shell(Dialect::Posix),
            "powershell" | "pwsh" | "ps1" | "posh" | "ps" => Self::Shell(Dialect::PowerShell),
            "cmd" | "bat" | "batch" | "dos" | "doscon" | "winbatch" => Self::Shell(Dialect::Cmd),
            "" | "a string" | "txt" | "plain" | "plaintext" | "none" | "no-highlight" | "nohighlight" => {
                Self::Unspecified
            }
            _ => Self::Other,
        }
    }
}

/// A command, and whether it certainly is one.
pub(super) struct Command {
    /// Its words, the program first.
    pub(super) words: SimpleCommand,
    /// Whether the block is labeled as shell, or a prompt precedes the command.
    pub(super) certain: bool,
}

/// Calls `each` for the commands in a code block, in order, without what precedes the program.
pub(super) fn commands(doc: &Document<'_>, code: &CodeBlock, language: Language, mut each: impl FnMut(Command)) {
    let dialect = match language {
        Language::Shell(dialect) => dialect,
        Language::Unspecified => Dialect::Posix,
        Language::Other => return,
    };
    let shell = language != Language::Unspecified;
    let mut read = |text: &MappedText, dialect, one_line, certain| {
        lexer::commands(text, dialect, one_line, |words| {
            program_first(words).map(|words| Command { words, certain }).into_iter().for_each(&mut each);
        });
    };
    let prompts: Vec<Option<Prompt>> = code.lines.iter().map(|line| Prompt::parse(doc.slice(*line))).collect();
    if !prompts.iter().any(Option::is_some) {
        let mut text = MappedText::default();
        for line in &code.lines {
            text.push(doc.source, *line);
        }
        return read(&text, dialect, false, shell);
    }
    for (index, prompt) in prompts.iter().enumerate() {
        let Some(prompt) = prompt else { continue };
        let mut text = MappedText::default();
        let line = code.lines[index];
        text.push(doc.source, Span::new(line.start + prompt.len, line.end));
        for (line, _) in code.lines[index + 1..]
            .iter()
            .zip(&prompts[index + 1..])
            .take(MAX_CONTINUATION_LINES)
            .take_while(|(_, next)| next.is_none())
        {
            let second = doc.slice(*line).strip_prefix("> ").map_or(0, |_| 2);
            text.push(doc.source, Span::new(line.start + second, line.end));
        }
        read(&text, prompt.dialect.unwrap_or(dialect), true, true);
    }
}

/// Whether a code block has prompts, and may therefore have output.
pub(super) fn has_prompts(doc: &Document<'_>, code: &CodeBlock) -> bool {
    code.lines.iter().any(|line| Prompt::parse(doc.slice(*line)).is_some())
}

/// The maximum number of continuation lines of a command after a prompt.
const MAX_CONTINUATION_LINES: usize = 30;

/// The prompt of a shell.
struct Prompt {
    /// Its length in bytes, including the space after it.
    len: usize,
    /// The shell's dialect, if the prompt shows it.
    dialect: Option<Dialect>,
}

impl Prompt {
    fn parse(line: &str) -> Option<Self> {
        const MAX_PROMPT_LEN: usize = 100;
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        let line = &line[indent..line.len().min(line.floor_char_boundary(indent + MAX_PROMPT_LEN))];
        for sign in ["$ ", "❯ ", "➜ ", "% ", "λ ", "» "] {
            if line.starts_with(sign) {
                return Some(Self { len: indent + sign.len(), dialect: None });
            }
        }
        let windows =
            (line.starts_with("PS ") || line.starts_with("PS>") || line.get(1..3) == Some(":\\")) && line.contains('>');
        if windows {
            let end = line.find('>')? + 1;
            let dialect = if line.starts_with("PS") { Dialect::PowerShell } else { Dialect::Cmd };
            let spaces = line[end..].len() - line[end..].trim_start_matches(' ').len();
            return (!line[end..].trim().is_empty())
                .then_some(Self { len: indent + end + spaces, dialect: Some(dialect) });
        }
        let is_sign = |pair: &[u8]| matches!(pair, [b'$' | b'#' | b'%' | b'>', b' ']);
        let at = line.as_bytes().windows(2).position(is_sign)?;
        let (before, dollar) = (&line[..at], line[at..].starts_with('$'));
        let named = (before.contains('@') && !before.contains("://") && !before.starts_with('-'))
            || (dollar && (before.ends_with('~') || before.starts_with("bash-") || before.starts_with("sh-")))
            || (before.starts_with('(') && before.trim_end().ends_with(')') && dollar)
            || (before.starts_with('[') && before.trim_end().ends_with(']') && dollar);
        // A prompt is a word or two; anything longer is a sentence.
        (named && before.split_whitespace().count() <= 3 && !before.contains(['"', '\'', '=']))
            .then_some(Self { len: indent + at + 2, dialect: None })
    }
}

/// A command from its program on: without assignments, `sudo`, `time` and shell keywords.
pub(super) fn program_first(mut words: SimpleCommand) -> Option<SimpleCommand> {
    let mut start = 0;
    let mut wrapped = false;
    while let Some(word) = words.get(start) {
        let text = word.text.as_str();
        match text {
            "sudo" | "doas" | "env" | "time" | "nohup" | "exec" | "command" | "builtin" => wrapped = true,
            "if" | "then" | "else" | "elif" | "do" | "while" | "until" | "!" | "{" | "RUN" | "CMD" | "run:" | "-" => {
                wrapped = false
            }
            "-u" | "-g" if wrapped => start += 1,
            _ if wrapped && text.starts_with('-') => {}
            _ if is_assignment(text) => {}
            _ => break,
        }
        start += 1;
    }
    words.drain(..start.min(words.len()));
    (!words.is_empty()).then_some(words)
}

fn is_assignment(text: &str) -> bool {
    text.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            && !name.starts_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The commands of the first code block, one per line; uncertain ones in brackets.
    fn read(text: &str) -> Vec<String> {
        let source = Source::new("x.md", text.as_bytes().to_vec());
        let doc = Document::parse(&source);
        let code = &doc.body.code[0];
        let written = |command: Command| {
            let words: Vec<&str> = command.words.iter().map(|word| source.slice(word.span)).collect();
            if command.certain { words.join(" ") } else { format!("({})", words.join(" ")) }
        };
        let mut all = Vec::new();
        commands(&doc, code, Language::from_info(doc.slice(code.info)), |command| all.push(written(command)));
        all
    }

    #[test]
    fn prompts_and_output_are_removed() {
        assert_eq!(
            read("```console\n$ git commit -m 'a\nb'\n[main 1234] a\n$ ls\n```"),
            ["git commit -m 'a\nb'", "ls"]
        );
        assert_eq!(
            read("```\n(venv) $ pip list\nPackage Version\nuser@host:~/x$ git pull\n[root@h ~]# dnf x\n```"),
            ["pip list", "git pull", "dnf x"]
        );
        assert_eq!(read("```powershell\nPS C:\\x> az vm list\nName\n```"), ["az vm list"]);
        assert_eq!(read("```\nC:\\Users\\x>git pull\nAlready up to date.\n```"), ["git pull"]);
        assert_eq!(read("> ```sh\n> $ docker run \\\n>     -it x\n> ok\n> ```"), ["docker run -it x"]);
    }

    #[test]
    fn without_prompts_every_line_is_a_command() {
        assert_eq!(read("```sh\n# all\nA=1 sudo -E git pull && npm i\n```"), ["git pull", "npm i"]);
        assert_eq!(read("    git pull\n    time cargo build\n"), ["(git pull)", "(cargo build)"]);
        assert!(read("```python\ngit = 1\n```").is_empty());
        assert_eq!(read("{% highlight bash %}\ngit pull\n{% endhighlight %}\n"), ["git pull"]);
    }

    #[test]
    fn languages_come_from_the_info_string() {
        for info in ["sh", "Bash", "{.bash}", "bash{1,2}", "shell script", "console title=\"x\"", "bash,ignore"] {
            assert_eq!(Language::from_info(info), Language::Shell(Dialect::Posix), "{info}");
        }
        assert_eq!(Language::from_info("ps1"), Language::Shell(Dialect::PowerShell));
        assert_eq!(Language::from_info(""), Language::Unspecified);
        assert_eq!(Language::from_info("yaml"), Language::Other);
    }
}
