//! What the lexer makes of commands as posts write them.

use super::*;

fn all(text: &str, dialect: Dialect) -> Vec<SimpleCommand> {
    let mut all = Vec::new();
    commands(&MappedText::new(text), dialect, false, |words| all.push(words));
    all
}

/// Words as `text`, with `?` for what isn't known, commands parted by ` | `.
fn read(text: &str) -> String {
    read_as(text, Dialect::Posix)
}

fn read_as(text: &str, dialect: Dialect) -> String {
    let read = all(text, dialect);
    for word in read.iter().flatten().filter(|word| word.plain && word.quoted.is_none()) {
        assert_eq!(&text[word.span.range()], word.text, "the span is the word");
    }
    let word = |word: &Word| if word.plain { word.text.clone() } else { "?".to_owned() };
    read.iter().map(|words| words.iter().map(word).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(" | ")
}

#[test]
fn words_and_commands() {
    assert_eq!(read("git add . && git commit -m 'a b'; ls|wc -l &"), "git add . | git commit -m a b | ls | wc -l");
    assert_eq!(read("git log # the log\n# all\ngit push"), "git log | git push");
    assert_eq!(read("a#b"), "a#b");
    assert_eq!(read("git log 2>&1 > out.txt < in x"), "git log x");
    assert_eq!(read(r#"echo "it's \"so\"" don\'t"#), r#"echo it's "so" don't"#);
}

#[test]
fn what_goes_over_lines() {
    assert_eq!(read("docker run \\\n  -it \\  \n  x\nls"), "docker run -it x | ls");
    assert_eq!(read("docker run \\\r\n  -it\r\nls"), "docker run -it | ls");
    assert_eq!(read("git commit -m 'a\nb'\nls"), "git commit -m a\nb | ls");
    assert_eq!(read("cat <<EOF > x\ngit comit\nEOF\nls"), "cat | ls");
    assert_eq!(read("cat <<-'E'\ngit\n\tE\nls"), "cat | ls");
    assert_eq!(read("cat <<EOF\ngit comit"), "cat", "what has no end is never judged");
    assert_eq!(read_as("az vm list `\n  --all", Dialect::PowerShell), "az vm list --all");
    assert_eq!(read_as("cd C:\\x\\\ngit pull", Dialect::Cmd), "cd C:\\x\\ | git pull");
}

#[test]
fn what_stands_for_something_is_not_known() {
    assert_eq!(read("git clone <your repo> [-b <branch>] x"), "git clone ? ? x");
    assert_eq!(read("git push $REMOTE ${B} $(git x | y) `z`"), "git push ? ? ? ?");
    assert_eq!(read("helm install {{ .Name }} ... x…"), "helm install ? ? ?");
    assert_eq!(read("git commit -m \"$(echo \"a b\")\" x"), "git commit -m ? x");
    assert_eq!(read("git 커밋 x"), "git ? x");
    assert_eq!(read("[ -f x ]"), "[ -f x ]");
}

#[test]
fn what_never_closes_costs_one_line() {
    assert_eq!(read("echo it's\ngit pull"), "git pull");
    assert_eq!(read("echo $(x\ngit pull\n"), "git pull");
    let many = "it's\n".repeat(20_001);
    assert!(!read(&many).is_empty());
}

#[test]
fn spans_are_bytes_of_the_text() {
    let text = "git 커밋 ; npm 'i x' \\\n 😀 ok";
    let read = all(text, Dialect::Posix);
    let words: Vec<&str> = read.iter().flatten().map(|word| &text[word.span.range()]).collect();
    assert_eq!(words, ["git", "커밋", "npm", "'i x'", "😀", "ok"]);
}

#[test]
fn a_link_is_one_word() {
    let text = "git clone [https://x.y/z](https://x.y/z) d";
    let read = all(text, Dialect::Posix);
    assert_eq!(read[0][2].text, "[https://x.y/z](https://x.y/z)");
    assert_eq!(read[0][3].text, "d");
}
