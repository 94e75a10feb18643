"""Mistakes in the body of a post. The tools are those of `mutations`."""

import random
import re

from mutations import gap, mutation, on_block
from posts import Block


def added(name: str, *texts: str, kind: str = "added", front: bool = False, meant: bool = True, good=None) -> None:
    """A block that stands in the body. `meant` says that the text is right as written; else `good` may say what is."""

    @mutation(name)
    def _(rng: random.Random, post) -> bool:
        text = rng.choice(texts)
        made = Block(kind, text)
        if good is not None:
            made.good = good[texts.index(text)]
        post.blocks.insert(0 if front else rng.randint(1, len(post.blocks) - 1), made)
        if meant and good is None:
            post.keep.append(text.replace("\r", ""))
        return True


def text(name: str, pattern: str, insert, *kinds: str) -> None:
    """The first match of `pattern`, written in another way; meant is the block as it was."""

    @on_block(name, *(kinds or ("para", "list", "quote")))
    def _(rng, b):
        changed = re.sub(pattern, insert, b.good, count=1)
        return changed if changed != b.good else None


@on_block("word doubled", "para", "list", "quote", "nested", "heading")
def _(rng, b):
    words = [m for m in re.finditer(r"(?<= )[^\W\d_]{2,}(?= )", b.good)]
    if not words:
        return None
    word = rng.choice(words)
    return b.good[: word.end()] + " " + word[0] + b.good[word.end() :]


@on_block("word doubled over a line end", "para")
def _(rng, b):
    words = [m for m in re.finditer(r"(?<= )[^\W\d_]{2,}(?= )", b.good)]
    if not words:
        return None
    word = rng.choice(words)
    return b.good[: word.end()] + "\n" + word[0] + b.good[word.end() :]


added("words doubled on purpose", "That that is, is that that is not, is not.", "He said that that was it.", "Bora Bora is far.",
      "It had had its time.", "The the in the title is an article of Old English.", "Tut tut, no no, bye bye!",
      "What it is is a list.", "This will only work the the pin is set.", "Log in in a new tab.", "Duran Duran and New York New York.",
      "An echo prints a a b b c c.", "Walla Walla had had it.", "Blah blah blah.", "정말 정말 좋아요.", "매일 매일 씁니다.")
text("comma doubled", r",", ",,")
text("full stop doubled", r"\.(?=\s|$)", "..")
text("ideographic full stop doubled", r"。", "。。")
text("question mark after a full stop", r"\.(?=\s|$)", ".?")
text("space before a comma", r"(?<=\w),", " ,")
text("space before a full stop", r"(?<=\w)\.(?=\s|$)", " .")
text("no space after a comma", r"(?<=[^\W\d]), ", ",")
added("punctuation doubled on purpose", "그런데,, 이게 될까..", "Wait.. what?", "See `a,,b` and a..b, or 1..9.", "Go up with `cd ..`.",
      "He wrote etc.. and left.", "`x`,, twice", "Really?! Yes!!", "ls ../.. and ../../a")
text("em dash for two hyphens in an option", r"--region", "—region", "fence")
text("en dash for an option", r"-sSL", "–sSL", "fence")
text("smart quotes in code", r"'a'", "‘a’", "fence")
added("smart quotes in a command", "```sh\necho “hello world”\n```", "```sh\ngrep ‘a b’ file\n```",
      good=('```sh\necho "hello world"\n```', "```sh\ngrep 'a b' file\n```"))
added("en dash before a word option", "```sh\nmytool –info file\n```", "```console\n$ git commit –amend\n```",
      good=("```sh\nmytool --info file\n```", "```console\n$ git commit --amend\n```"))
added("non-breaking space in a command", "```sh\naws s3\u00a0ls\n```", "```sh\n\u00a0\u00a0ls -l\n```", meant=False)
added("command misspelled", "```sh\naws s3 ls --regoin eu-west-1\n```", "```sh\ngit comit -m x\n```", "```sh\ndocker biuld .\n```",
      good=("```sh\naws s3 ls --region eu-west-1\n```", "```sh\ngit commit -m x\n```", "```sh\ndocker build .\n```"))
added("Python with non-breaking spaces", "```python\nif x:\n\u00a0\u00a0\u00a0\u00a0y()\n```", meant=False)

# Links
LINKED = ("para", "list", "quote", "nested")
text("space between link brackets", r"\]\(", "] (", *LINKED)
text("space in a link destination", r"\]\(https://example.com/a\)", "](https://example.com/a b)", *LINKED)
text("space after the opening parenthesis of a link", r"\]\(https", "]( https", *LINKED)
text("link brackets swapped", r"\[([^\]]*)\]\((https://example.com/a)\)", r"(\1)[\2]", *LINKED)
text("closing parenthesis of a link missing", r"(\]\(https://example.com/a)\)", r"\1", *LINKED)
text("closing bracket of a link missing", r"\[([^\]]*)\]\(", r"[\1(", *LINKED)
text("parenthesis doubled in a link", r"\]\(https://example.com/a\)", "]((https://example.com/a))", *LINKED)
text("parenthesis doubled after a link", r"(\]\(https://example.com/a\))", r"\1)", *LINKED)
text("link scheme with one slash", r"\]\(https://", "](https:/", *LINKED)
text("link scheme doubled", r"\]\(https://", "](https://https://", *LINKED)
text("link scheme misspelled", r"\]\(https://", "](htps://", *LINKED)
text("link scheme without a colon", r"\]\(https://", "](https//", *LINKED)
text("full-width parentheses in a link", r"\]\((https://example.com/a)\)", r"]（\1）", *LINKED)
text("non-breaking space in a link", r"\]\(https", "](\u00a0https", *LINKED)
text("zero width space in a link destination", r"example.com/a\)", "example\u200b.com/a)", *LINKED)
text("smart quotes in a link title", r"\]\((https://example.com/a)\)", r"](\1 “title”)", *LINKED)
text("square brackets of a link doubled", r"\[([^\]]*)\]\(", r"[[\1]](", *LINKED)
text("bold mark missing", r"\*\*([^*]*)\*\*", r"**\1*", *LINKED)
text("space inside bold marks", r"\*\*([^*]*)\*\*", r"** \1 **", *LINKED)
text("backtick missing", r"`([^`]*)`", r"`\1", *LINKED)
added("brackets that are no link", "* A film (https://example.com/a)\n* Sizes [46MB to 4MB] (https://example.com/b)",
      "See [1] (and [2]) for more.", "The array a[0](x) is called.", "Use `[a] (b)` here.", "(note)[x] and (a)[0]",
      "An interval [0, 1) and (0, 1].")
added("link without a destination", "[text]()", "[](https://example.com/x)", "![]()", "[text](TBD)")
added("bare address with marks", "See https://example.com/a_b_c, or (https://example.com/x).", "<https://example.com/a b>")
added("link to an anchor", "[up](#Setting-up)", "[up](#setting_up)", "[x](#nowhere)", meant=False)
added("image with a wrong path", "![a](./img/missing.png)", "![a](C:\\img\\a.png)", "![a](/img/a b.png)", meant=False)

# Blocks
text("no space after the heading mark", r"^(#+) ", r"\1", "heading")
text("heading mark followed by a non-breaking space", r"^(#+) ", "\\1\u00a0", "heading")
text("seven heading marks", r"^#+ ", "####### ", "heading")
text("heading of full-width marks", r"^#+ ", "＃＃ ", "heading")
text("bold heading mark", r"^(#+) (.*)$", r"\1 **\2**", "heading")
text("tab after the heading mark", r"^(#+) ", "\\1\t", "heading")
added("empty heading", "##", "### ", "##  ##", good=("", "", ""))
added("empty heading that carries an anchor", "## <!-- x -->", '## <a id="x"></a>', "## {#name}", "## ![](https://example.com/a.png)")
text("list mark without a space", r"^([-*+]) ", r"\1", "list")
text("list mark followed by a non-breaking space", r"^([-*+]) ", "\\1\u00a0", "list")
text("nested list indented by a tab", r"\n  - ", "\n\t- ", "nested")
text("nested list indented by non-breaking spaces", r"\n  - ", "\n\u00a0\u00a0- ", "nested")
text("nested list indented by one", r"\n  - ", "\n - ", "nested")
added("numbered list with non-breaking spaces", "5. The operator:\n   it works so.\n\u00a0 \u00a0 \u00a0 * If you add one, it sets one up\n\u00a0 \u00a0 \u00a0 * If not, not\n6. It also keeps copies.")
text("table row without its last bar", r" \|$", "", "table")
text("table row with non-breaking spaces", r"\| ", "|\u00a0", "table")
added("table with an empty header cell", "\u00a0        | Form     | Type\n---------|----------|-----\nLiteral  | `q`      | Tree",
      "| \u00a0 | b |\n|---|---|\n| a | \u00a0 |", "|  | b |\n|--|--|\n| a | 1 |")
text("table delimiter of em dashes", r"\|---\|", "|———|", "table")
text("table delimiter without dashes", r"\n\|---\|:--\|", "\n| | |", "table")
text("closing fence missing", r"\n(```|~~~)$", "", "fence")
text("closing fence with two marks", r"\n```$", "\n``", "fence")
text("closing fence of other marks", r"\n```$", "\n~~~", "fence")
text("closing fence with a name", r"\n```$", "\n```sh", "fence")
text("closing fence indented", r"\n```$", "\n ```", "fence")
text("closing fence indented by four", r"\n```$", "\n    ```", "fence")
text("closing fence after a zero width space", r"\n```$", "\n\u200b```", "fence")
text("opening fence with two marks", r"^```(\w+)", r"``\1", "fence")
text("opening fence with a wrong name", r"^```\w+", "```bassh", "fence")
added("empty fence", "```\n```", "```sh\n\n```")
added("fence shown by zero width spaces", "To write a fence:\n\n\u200b```js\ncode\n\u200b```\n\nAfter.", "\u200b# not a heading\n\n\u200b- not a list\n\n\u200b> no quote")
added("indented code with non-breaking spaces", "function f() {  \n\u00a0 \u00a0 \u00a0 return 1;  \n}", "\u200b    text and a [link](https://example.com/)", "\u200b\ttext")
text("code indented by non-breaking spaces", r"^    ", "\u00a0\u00a0\u00a0\u00a0", "indented")
text("quote mark without a space", r"^> ", ">", "quote")
text("quote mark after a non-breaking space", r"^> ", "\u00a0> ", "quote")
added("dashes under a paragraph", "A paragraph that is meant to stand above a break.\n---", "Two lines,\nand a break.\n---")
added("thematic break of em dashes", "———", "— — —")
added("unclosed HTML comment", "<!-- a note", "<!-- a note --", meant=False)
added("unclosed HTML element", "<div>\n\ntext", "<details><summary>x</summary>\n\ntext")
added("conflict marks", "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main", meant=False)
added("placeholder text", "TODO: write this", "( 추후 업데이트 )", "Slides: TBD", "Lorem ipsum dolor sit amet, consectetur.")
added("hidden Liquid", "I write {\u200b% raw %} and {\u200b{ page.title }} here.", "Use {\u2060{ x }} in the text.", "`{\u200b{ x }}`")
added("unclosed Liquid", "{{ page.title }", "{% if x }", meant=False)
added("mojibake", "La cafÃ©tÃ©ria est fermÃ©e Ã\u00a0 midi.", "Itâ€™s a test.", meant=False)
added("soft hyphens in words", "Donau\u00addampf\u00adschiff", "Validierungs\u00adbibliothek und e\u00adcommerce", "super\u00adcali\u00adfragi")
added("zero width spaces between words of Khmer and Thai", "ខ្ញុំ\u200bស្រឡាញ់\u200bភាសា", "ภาษา\u200bไทย\u200bง่าย")
added("zero width joiners that are needed", "👨\u200d👩\u200d👧 and می\u200cخواهم", "क्\u200dष")
added("marks beside zero width spaces", "- \u200b**\u200b<!--fees-->\u200b**\u200b**\u200b手续费\u200b**\u200b 在附件。", "日本\u200b**太字**\u200bです。", "**「太字」**\u200bです。")
added("line separator in a heading", '### The first talk\u2028"How it went" {#first-talk}', "A line\u2028and another\u2029and one more")
added("typographic spaces", "Oui\u00a0! Non\u00a0? «\u00a0Bon\u00a0»\u00a0; voilà.", "5\u00a0% of 10\u202f000 km", "§\u00a05, Nr.\u00a07, z.\u00a0B.")
added("repeated sentence with capitals", "THIS IS IT IT IS THIS", "A A is a size of battery, as is AA.")
added("abbreviations and numbers", "Version 1.1.1, e.g. at 12:30:30, i.e. 3.. or 5...", "1, 2, 3, , 5")
added("footnote without its text", "A note.[^nowhere]", meant=False)
added("math", "$$\na \\\\\nb\n$$", "Price $5 and $6, $x_1$.")
added("spaces at a line end", "Two spaces  \nhere and\ttab\t\nthere.")
added("backslash at a line end", "One\\\ntwo\\*three\\_")
added("numbered list from three", "3. three\n4. four\n\n7) seven")
added("Korean spacing and spelling", "할수 있다. 됬다. 몇일 뒤에 되요.", meant=False)
added("English misspelled", "We recieve teh data and seperate it.", meant=False)
added("product names miswritten", "Use github and javascript on aws with Kubernets.", meant=False)


@on_block("line of the body indented by four", "para")
def _(rng, b):
    lines = b.good.split("\n")
    lines[0] = "    " + lines[0]
    b.good = "\n".join(lines)
    return b.good


@on_block("paragraph split by a space-only line", "para")
def _(rng, b):
    parts = gap(rng, b.good)
    if not parts:
        return None
    b.good = parts[0] + "\n\n" + parts[1]
    return parts[0] + "\n" + rng.choice(["  ", "\u00a0", "\u200b", "\t"]) + "\n" + parts[1]
