//! Texts broken as people and editors break them.

use super::posts::Random;

/// What is put in by mistake, or takes the place of a few bytes: marks of YAML, of Markdown, of templates, of our own.
pub(crate) const MISTAKES: &[&str] = &[
    ": ",
    "\t",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    "\n",
    " ",
    "- ",
    "#",
    " #",
    "@",
    "`",
    "%",
    "*a",
    "&a ",
    "!x ",
    "\\",
    "|",
    ">",
    "?",
    ",",
    "\0",
    "\r",
    "---\n",
    "+++\n",
    "\n\n",
    "title:x\n",
    "title: ",
    "<<<<<<< HEAD\n",
    "=======\n",
    "\u{a0}",
    "：",
    "“",
    "”",
    "’",
    "–",
    "\u{3000}",
    "\u{200b}",
    "\u{feff}",
    "😀",
    "가",
    "の",
    "é",
    "\u{301}",
    "\u{ad}",
    "{{ x }}",
    "{% raw %}",
    "{{< code >}}",
    "```",
    "```bash\n",
    "~~~\n",
    "    ",
    "> ",
    "## ",
    "===\n",
    "| a | b |\n|---|---|\n",
    "[x](",
    ")",
    "![](",
    "[]()",
    "](https://",
    "[^1]",
    "<div>",
    "<!-- ",
    " -->",
    "$ ",
    "sudo ",
    "--region",
    " — ",
    "***",
    "__",
    "~~",
    "$$\n",
    ":::\n",
    "TODO",
    "( 추후 업데이트 )",
    "(TBD)",
    "Lorem ipsum dolor sit amet",
    "aws s3 ls --regoin ap-northeast-2",
    "the the ",
    "…",
    "!!!",
    "<!-- matterlint-disable-next-line ",
    "<!-- matterlint-disable ",
    "<!-- matterlint-enable -->",
    "leftover-placeholder",
    ": reason -->",
    "# matterlint-disable-line duplicate-key: why\n",
    "matterlint-",
    "date: 2024-02-30\n",
    "tags: [a, a]\n",
];

/// A text after `mistakes` mistakes. `others` is where pieces are pasted from.
pub(crate) fn mutate(random: &mut Random, text: &mut String, others: &[String], mistakes: usize) {
    for _ in 0..mistakes {
        let at = text.floor_char_boundary(random.below(text.len() + 1));
        let most = if random.in_thousand(200) { 200 } else { 4 };
        let end = text.ceil_char_boundary((at + random.below(most)).min(text.len()));
        match random.below(8) {
            0 | 1 => text.replace_range(at..end, ""),
            2 | 3 => text.replace_range(at..end, random.pick(MISTAKES)),
            4 | 5 => text.insert_str(at, random.pick(MISTAKES)),
            6 => {
                let others = &others[random.below(others.len())];
                let from = others.floor_char_boundary(random.below(others.len() + 1));
                let to = others.ceil_char_boundary((from + random.below(120)).min(others.len()));
                text.insert_str(at, &others[from..to]);
            }
            _ => {
                let again = text[at..end].to_owned();
                text.insert_str(at, &again);
            }
        }
    }
}
