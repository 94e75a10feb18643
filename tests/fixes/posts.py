"""Generates posts as people write them: the same posts for the same seed on every machine.

Every part of a post is kept twice: as it was meant (`good`) and as it was written (`bad`). A mutation changes `bad`, and
`good` with it where the writer could only have meant something else.
"""

import json
import random
import re
from dataclasses import dataclass, field

from languages import LANGUAGES, Language

# Where each generator looks for posts, and the file by which it is recognized.
SITES = {
    "jekyll": ("_posts/2024-03-%02d-post-%05d.md", "_config.yml", "title: A site\n"),
    "hugo": ("content/posts/d%02d/post-%05d.md", "hugo.toml", 'baseURL = "https://example.com/"\ntitle = "A site"\n'),
    "docusaurus": ("docs/d%02d/post-%05d.md", "docusaurus.config.js", "module.exports = { title: 'A site' };\n"),
    "hexo": ("source/_posts/d%02d-post-%05d.md", "_config.yml", "title: A site\ntheme: landscape\n"),
    "mkdocs": ("docs/d%02d/post-%05d.md", "mkdocs.yml", "site_name: A site\n"),
    "none": ("d%02d/post-%05d.md", None, None),
}


@dataclass
class Entry:
    """One field of the front matter, or a comment."""

    key: str
    kind: str
    good: list[str]
    bad: list[str] = field(default_factory=list)
    text: str = ""
    items: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.bad = self.bad or list(self.good)


@dataclass
class Block:
    """One block of the body."""

    kind: str
    good: str
    bad: str = ""

    def __post_init__(self):
        self.bad = self.bad or self.good


@dataclass
class Post:
    language: str
    syntax: str
    entries: list[Entry]
    blocks: list[Block]
    open: str = "---\n"
    close: str = "---\n"
    gap: str = "\n"
    before: str = ""
    crlf: bool = False
    bom: bool = False
    keep: list[str] = field(default_factory=list)
    extra: str = ""
    mutations: list[str] = field(default_factory=list)

    def words(self) -> Language:
        return LANGUAGES[self.language]

    def text(self, bad: bool) -> str:
        entries = [entry.bad if bad else entry.good for entry in self.entries]
        blocks = [block.bad if bad else block.good for block in self.blocks]
        body = "\n\n".join(blocks) + "\n"
        if self.syntax == "json":
            joined = ",\n".join("\n".join(lines) for lines in entries)
            front = "{\n" + joined + "\n}\n"
            front = (self.before if bad else "") + front + (self.gap if bad else "\n")
        else:
            mark = {"yaml": "---\n", "toml": "+++\n"}[self.syntax]
            lines = "".join(line + "\n" for lines in entries for line in lines)
            if bad:
                front = self.before + self.open + lines + self.extra + self.close + self.gap
            else:
                front = mark + lines + mark + "\n"
        text = front + body
        if self.crlf:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        return ("\ufeff" if self.bom else "") + text


PLAIN = re.compile(r"[^\W\d_][^:#\[\]{},&*!|>'\"%@`\n]*[^\W_]")
WORDS_NOT_PLAIN = {"yes", "no", "on", "off", "true", "false", "null", "y", "n"}


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def scalar(rng: random.Random, text: str) -> str:
    """A string in one of the styles that can hold it."""
    styles = [quoted(text), single(text)]
    if PLAIN.fullmatch(text) and text.lower() not in WORDS_NOT_PLAIN:
        styles += [text] * 4
    return rng.choice(styles)


def key_line(key: str, value: str) -> list[str]:
    return [f"{key}: {value}"]


def yaml_entries(rng: random.Random, words: Language) -> list[Entry]:
    title = rng.choice(words.titles)
    entries = [Entry("title", "title", key_line("title", scalar(rng, title)), text=title)]
    day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    date = rng.choice([day, f"{day} 10:30:00", f"{day}T10:30:00+09:00", f"{day} 10:30:00 +0900", f'"{day}"'])
    entries.append(Entry("date", "date", key_line("date", date), text=date))
    tags = rng.sample(words.tags, rng.randint(1, 4))
    entries.append(yaml_list(rng, "tags", tags))
    optional = [
        lambda: yaml_text(rng, words),
        lambda: Entry("draft", "bool", [f"draft: {rng.choice(['false', 'true'])}"]),
        lambda: Entry("weight", "int", [f"weight: {rng.randint(1, 90)}"]),
        lambda: yaml_version(rng),
        lambda: yaml_list(rng, "categories", rng.sample(words.tags, rng.randint(1, 2))),
        lambda: Entry("layout", "word", ["layout: post"], text="post"),
        lambda: yaml_author(rng, words),
        lambda: Entry("", "comment", [f"# {rng.choice(words.headings)}: {rng.choice(words.titles)}"]),
        lambda: Entry(
            "image", "map",
            ["image:", f"  path: &image /img/{rng.choice(['a', 'b'])}.png", f"  alt: {scalar(rng, rng.choice(words.titles))}", "  teaser: *image"],
        ),
        lambda: Entry(
            "links", "maps",
            [line for name in rng.sample(words.headings, 2) for line in (f"  - name: {scalar(rng, name)}", f"    url: https://example.com/{rng.randint(1, 9)}?a=1#b")],
        ),
        lambda: Entry("url", "word", ["url: https://example.com/a/7"], text="https://example.com/a/7"),
        lambda: Entry("time", "quoted", ['time: "12:30"'], text="12:30"),
    ]
    for make in rng.sample(optional, rng.randint(1, 6)):
        entry = make()
        if entry.kind == "maps":
            entry.good = ["links:", *entry.good]
            entry.bad = list(entry.good)
        entries.append(entry)
    if rng.random() < 0.3:
        rest = entries[1:]
        rng.shuffle(rest)
        entries[1:] = rest
    return entries


def yaml_version(rng: random.Random) -> Entry:
    version = f"1.{rng.randint(1, 9)}0"
    return Entry("version", "quoted", key_line("version", quoted(version)), text=version)


def yaml_list(rng: random.Random, key: str, items: list[str]) -> Entry:
    style = rng.choice(["flow", "flow", "flow-quoted", "flow-lines", "block", "block", "block-flush"])
    if style == "flow":
        lines = [f"{key}: [" + ", ".join(items) + "]"]
    elif style == "flow-quoted":
        quote = rng.choice([quoted, single])
        lines = [f"{key}: [" + ", ".join(map(quote, items)) + "]"]
    elif style == "flow-lines":
        lines = [f"{key}: [", *(f"  {item}," for item in items), "]"]
    else:
        indent = "" if style == "block-flush" else "  "
        lines = [f"{key}:", *(f"{indent}- {item}" for item in items)]
    return Entry(key, style.split("-")[0] + "-list" if style != "flow-lines" else "lines-list", lines, items=items)


def yaml_text(rng: random.Random, words: Language) -> Entry:
    first, second = rng.sample(words.sentences, 2)
    bare = first.rstrip(".。")
    style = rng.choice(["plain", "quoted", "folded", "literal", "multi", "quoted-multi"])
    key = rng.choice(["description", "summary", "excerpt"])
    if style == "quoted" or (style in ("plain", "multi") and not PLAIN.fullmatch(bare.replace(",", ""))):
        return Entry(key, "text", key_line(key, quoted(bare)), text=bare)
    if style == "plain":
        return Entry(key, "text", key_line(key, bare), text=bare)
    if style in ("folded", "literal"):
        mark = {"folded": rng.choice([">", ">-"]), "literal": rng.choice(["|", "|-"])}[style]
        return Entry(key, "block-text", [f"{key}: {mark}", f"  {first}", f"  {second}"], text=first)
    if style == "multi":
        return Entry(key, "multi", [f"{key}: {bare}", "  " + second.replace(": ", " ")], text=bare)
    return Entry(key, "quoted-multi", [f'{key}: "{first}', f'  {second}"'], text=first)


def yaml_author(rng: random.Random, words: Language) -> Entry:
    name = rng.choice(words.names)
    if rng.random() < 0.4:
        return Entry("author", "text", key_line("author", scalar(rng, name)), text=name)
    return Entry("author", "map", ["author:", f"  name: {scalar(rng, name)}", f"  email: {rng.choice('abc')}@example.com"])


def toml_entries(rng: random.Random, words: Language) -> list[Entry]:
    title = rng.choice(words.titles)
    day = f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    tags = rng.sample(words.tags, rng.randint(1, 3))
    entries = [
        Entry("title", "title", ["title = " + (quoted(title) if "'" in title or rng.random() < 0.7 else f"'{title}'")], text=title),
        Entry("date", "date", [f"date = {rng.choice([day, day + 'T10:30:00+09:00', day + 'T10:30:00Z'])}"]),
        Entry("tags", "flow-list", ["tags = [" + ", ".join(map(quoted, tags)) + "]"], items=tags),
        Entry("draft", "bool", ["draft = false"]),
        Entry("weight", "int", [f"weight = {rng.randint(1, 9)}"]),
        Entry("description", "text", [f'description = """\n{rng.choice(words.sentences)}\n{rng.choice(words.sentences)}"""'], text="x"),
        Entry("", "comment", [f"# {rng.choice(words.headings)}"]),
        Entry("author", "map", ["[author]", f"name = {quoted(rng.choice(words.names))}"]),
        Entry("links", "maps", ["[[links]]", f"name = {quoted(rng.choice(words.headings))}", 'url = "https://example.com/#a"']),
    ]
    return [entry for index, entry in enumerate(entries) if index < 3 or rng.random() < 0.6]


def json_entries(rng: random.Random, words: Language) -> list[Entry]:
    title, tags = rng.choice(words.titles), rng.sample(words.tags, rng.randint(1, 3))
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    entries = [
        Entry("title", "title", [f'  "title": {dump(title)}'], text=title),
        Entry("date", "date", ['  "date": "2024-03-01"']),
        Entry("tags", "flow-list", [f'  "tags": {dump(tags)}'], items=tags),
        Entry("draft", "bool", ['  "draft": false']),
        Entry("weight", "int", ['  "weight": 3']),
        Entry("author", "map", ['  "author": {', f'    "name": {dump(rng.choice(words.names))}', "  }"]),
        Entry("description", "text", [f'  "description": {dump(rng.choice(words.sentences))}'], text="x"),
    ]
    return [entry for index, entry in enumerate(entries) if index < 3 or rng.random() < 0.6]


def body(rng: random.Random, words: Language, site: str, keep: list[str]) -> list[Block]:
    def sentence() -> str:
        chance = rng.random()
        if chance < 0.04:
            return rng.choice(words.doubled)
        if chance < 0.07:
            text = rng.choice(words.kept)
            keep.extend(re.findall("<([^>]*)>", text))
            return text.replace("<", "").replace(">", "")
        text = rng.choice(words.sentences)
        if chance < 0.25:
            mark = rng.choice(["**{}**", "*{}*", "`{}`", "[{}](https://example.com/a)", "[{}](https://example.com/a_(b))", "[{}][ref]"])
            text = f"{mark.format(rng.choice(words.headings))} {text}"
        return text

    def paragraph() -> Block:
        lines = [sentence() for _ in range(rng.randint(1, 3))]
        return Block("para", rng.choice(["\n", " ", "  \n"] if rng.random() < 0.3 else ["\n"]).join(lines))

    def listing() -> Block:
        mark = rng.choice(["-", "*", "+", "1."])
        lines = [f"{mark} {sentence()}" for _ in range(rng.randint(2, 4))]
        return Block("list", "\n".join(lines))

    def nested() -> Block:
        return Block("nested", "\n".join([f"- {sentence()}", f"  - {sentence()}", f"  - {sentence()}", "", f"    {sentence()}", f"- {sentence()}"]))

    def table() -> Block:
        a, b = rng.sample(words.headings, 2)
        return Block("table", f"| {a} | {b} |\n|---|:--|\n| {rng.choice(words.tags)} | 12 |\n| {rng.choice(words.tags)} | `a` |")

    def fence() -> Block:
        code = rng.choice([
            "```sh\naws s3 ls --region eu-west-1\ncurl -sSL https://example.com/x | tar xz\n```",
            "```python\ndef f(x):\n    return {'a': x, \"b\": [1, 2]}\n```",
            "```yaml\n---\ntitle: a  b\ntags: [a, b]\n---\n```",
            "~~~\nplain text  with two spaces ,, and the the\n~~~",
            "```js\nconst a = `x ${1} y`; // ...\n```",
            "    indented code\n    goes on",
        ])
        return Block("indented" if code.startswith(" ") else "fence", code)

    def quote() -> Block:
        return Block("quote", f"> {sentence()}\n> {sentence()}")

    def heading() -> Block:
        return Block("heading", f"{rng.choice(['##', '###'])} {rng.choice(words.headings)}")

    templates = {
        "jekyll": ["{% include note.html text=\"a\" %}", "{{ page.title }}", "{% highlight ruby %}\nputs 1\n{% endhighlight %}"],
        "hexo": ["{% asset_img a.png %}", "<!-- more -->"],
        "hugo": ['{{< figure src="https://example.com/a.png" >}}', '{{% notice %}}\nx\n{{% /notice %}}'],
    }

    def other() -> Block:
        return Block("html", rng.choice([
            "<div class=\"note\">\n" + sentence() + "\n</div>",
            "<!-- a comment -->",
            "![" + rng.choice(words.headings) + "](https://example.com/a.png)",
            "A sentence with a note.[^1]\n\n[^1]: " + sentence(),
            "***",
            *templates.get(site, ["> [!NOTE]\n> " + sentence()]),
        ]))

    makers = [paragraph, paragraph, paragraph, heading, listing, nested, table, fence, quote, other]
    blocks = [Block("para", sentence()), heading(), paragraph()]
    blocks += [rng.choice(makers)() for _ in range(rng.randint(1, 5))]
    blocks.append(Block("para", sentence()))
    blocks.append(Block("ref", "[ref]: https://example.com/ref"))
    return blocks


def generate(rng: random.Random, site: str) -> Post:
    language = rng.choice(list(LANGUAGES))
    words = LANGUAGES[language]
    syntaxes = ["yaml"] * 8 + (["toml", "toml", "json"] if site in ("hugo", "none") else [])
    syntax = rng.choice(syntaxes)
    entries = {"yaml": yaml_entries, "toml": toml_entries, "json": json_entries}[syntax](rng, words)
    keep: list[str] = []
    blocks = body(rng, words, site, keep)
    mark = {"yaml": "---\n", "toml": "+++\n", "json": ""}[syntax]
    return Post(
        language, syntax, entries, blocks, open=mark, close=mark, keep=keep,
        crlf=rng.random() < 0.12, bom=rng.random() < 0.04,
    )
