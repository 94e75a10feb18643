"""Mistakes of people and editors, each applied to one post.

A mutation takes `(rng, post)` and returns whether it could be applied. It changes what was written (`bad`), and what was
meant (`good`) where the text as written is the best guess at it.
"""

import random
import re
from collections.abc import Callable

from posts import Block, Entry, Post, quoted

Mutation = Callable[[random.Random, Post], bool]
MUTATIONS: dict[str, Mutation] = {}

INVISIBLE = {
    "non-breaking space": "\u00a0",
    "ideographic space": "\u3000",
    "zero width space": "\u200b",
    "soft hyphen": "\u00ad",
    "zero width no-break space": "\ufeff",
    "word joiner": "\u2060",
    "zero width joiner": "\u200d",
    "left-to-right mark": "\u200e",
    "line separator": "\u2028",
    "narrow space": "\u202f",
    "backspace": "\u0008",
}
SPACES = {"non-breaking space", "ideographic space", "narrow space", "line separator"}


def mutation(name: str) -> Callable[[Mutation], Mutation]:
    def add(apply: Mutation) -> Mutation:
        assert name not in MUTATIONS, name
        MUTATIONS[name] = apply
        return apply

    return add


def entry(rng: random.Random, post: Post, *kinds: str, syntax: str = "yaml") -> Entry | None:
    """An entry of one of these kinds that no other mutation has changed."""
    if post.syntax not in syntax.split():
        return None
    found = [entry for entry in post.entries if entry.kind in kinds and entry.bad == entry.good]
    post.last = rng.choice(found) if found else None
    return post.last


def block(rng: random.Random, post: Post, *kinds: str) -> Block | None:
    found = [block for block in post.blocks if block.kind in kinds and block.bad == block.good]
    post.last = rng.choice(found) if found else None
    return post.last


def on_entry(name: str, *kinds: str, syntax: str = "yaml"):
    """Registers a function from an entry to its lines as written; `None` if it doesn't apply."""

    def register(change):
        @mutation(name)
        def apply(rng: random.Random, post: Post) -> bool:
            found = entry(rng, post, *kinds, syntax=syntax)
            lines = change(rng, found) if found else None
            if not lines or lines == found.bad:
                return False
            found.bad = lines
            return True

        return change

    return register


def on_block(name: str, *kinds: str):
    def register(change):
        @mutation(name)
        def apply(rng: random.Random, post: Post) -> bool:
            found = block(rng, post, *kinds)
            text = change(rng, found) if found else None
            if not text or text == found.bad:
                return False
            found.bad = text
            return True

        return change

    return register


def split(line: str) -> tuple[str, str, str]:
    """Key, colon with space, value of the first line of an entry."""
    key, colon, value = re.match(r"(\s*[^:=]+?)(\s*[:=] ?)(.*)", line, re.DOTALL).groups()
    return key, colon, value


def gap(rng: random.Random, text: str) -> tuple[str, str] | None:
    """The text before and after one space between two words."""
    places = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at], text[at + 1 :]


# --- Delimiters

@mutation("no closing delimiter")
def _(rng, post):
    if post.syntax == "json" or post.close[:3] not in ("---", "+++"):
        return False
    post.close = ""
    return True


def delimiter(name: str, which: str, write: Callable[[str], str]) -> None:
    @mutation(name)
    def _(rng, post):
        if post.syntax == "json" or post.open[3:] != "\n" or post.close[3:] != "\n":
            return False
        setattr(post, which, write(getattr(post, which)))
        return True


delimiter("closing delimiter indented", "close", lambda mark: "  " + mark)
delimiter("closing delimiter indented by one", "close", lambda mark: " " + mark)
delimiter("closing delimiter with trailing spaces", "close", lambda mark: mark.strip() + "  \n")
delimiter("closing delimiter with a non-breaking space", "close", lambda mark: mark.strip() + "\u00a0\n")
delimiter("closing delimiter with a zero width space before", "close", lambda mark: "\u200b" + mark)
delimiter("closing delimiter of four", "close", lambda mark: mark[0] * 4 + "\n")
delimiter("closing delimiter of two", "close", lambda mark: mark[0] * 2 + "\n")
delimiter("closing delimiter of em dashes", "close", lambda mark: "———\n" if mark[0] == "-" else mark)
delimiter("closing delimiter of an em dash and a hyphen", "close", lambda mark: "—-\n" if mark[0] == "-" else mark)
delimiter("closing delimiter of equals signs", "close", lambda mark: "===\n")
delimiter("closing delimiter of dots", "close", lambda mark: "...\n" if mark[0] == "-" else mark)
delimiter("opening delimiter missing", "open", lambda mark: "")
delimiter("opening delimiter indented", "open", lambda mark: " " + mark)
delimiter("opening delimiter of four", "open", lambda mark: mark[0] * 4 + "\n")
delimiter("opening delimiter of two", "open", lambda mark: mark[0] * 2 + "\n")
delimiter("opening delimiter of em dashes", "open", lambda mark: "———\n" if mark[0] == "-" else mark)
delimiter("opening delimiter with trailing spaces", "open", lambda mark: mark.strip() + " \t\n")
delimiter("opening delimiter with a non-breaking space", "open", lambda mark: mark.strip() + "\u00a0\n")
delimiter("opening delimiter with a name", "open", lambda mark: mark.strip() + "yaml\n" if mark[0] == "-" else mark)
delimiter("key on the opening line", "open", lambda mark: mark.strip() + " lang: x\n" if mark[0] == "-" else mark)
delimiter("opening delimiter twice", "open", lambda mark: mark + mark)


@mutation("closing delimiter joined to the text")
def _(rng, post):
    if post.syntax == "json" or post.close[3:] != "\n":
        return False
    post.close, post.gap = post.close.strip(), ""
    return True


@mutation("closing delimiter joined to the last value")
def _(rng, post):
    if post.syntax == "json" or post.entries[-1].kind not in ("word", "int", "bool"):
        return False
    last = post.entries[-1]
    last.bad = [*last.bad[:-1], last.bad[-1] + " " + post.close.strip()]
    post.close = ""
    return True


@mutation("no empty line after the front matter")
def _(rng, post):
    post.gap = ""
    return True


@mutation("empty lines before the front matter")
def _(rng, post):
    post.before = rng.choice(["\n", "\n\n", "  \n", "\u200b\n"])
    return not post.bom


@mutation("comment before the front matter")
def _(rng, post):
    post.before = "<!-- draft -->\n"
    return post.syntax == "yaml" and not post.bom


@mutation("byte-order mark twice")
def _(rng, post):
    post.before = "\ufeff"
    post.bom = True
    return True


@mutation("invisible character before the front matter")
def _(rng, post):
    post.before = rng.choice(["\u200b", "\u00a0", "\u200e", "\u2060"])
    return not post.bom


@mutation("second front matter")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    lines = post.entries[0].good + ["layout: page"]
    post.blocks.insert(0, Block("second", "---\n" + "\n".join(lines) + "\n---"))
    return True


@mutation("second front matter after a thematic break")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    post.blocks.insert(0, Block("second", "---\n\n" + "\n".join(post.entries[0].good) + "\nstatus:\n  - experimental\n---"))
    return True


@mutation("thematic break after the front matter")
def _(rng, post):
    post.blocks.insert(0, Block("hr", rng.choice(["---", "***", "- - -", "___"])))
    return True


@mutation("note between thematic breaks after the front matter")
def _(rng, post):
    post.blocks[:0] = [Block("hr", "---"), Block("para", "_" + rng.choice(post.words().titles) + "._"), Block("hr", "---")]
    return True


@mutation("setext heading at the start")
def _(rng, post):
    post.blocks.insert(0, Block("setext", rng.choice(post.words().titles) + "\n---"))
    return True


@mutation("delimiter inside the front matter")
def _(rng, post):
    found = entry(rng, post, "block-text")
    if not found:
        return False
    found.bad = found.good = [*found.good, "  ---"]
    return True


@mutation("mixed line ends")
def _(rng, post):
    found = entry(rng, post, "title")
    if not found or post.crlf:
        return False
    found.bad = found.good = [found.good[0] + "\r", *found.good[1:]]
    return True


# --- Quotes

@on_entry("closing quote missing", "title", "text", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + '"' + e.text.replace('"', "")] if len(e.good) == 1 else None


@on_entry("opening quote missing", "title", "text", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + e.text + '"'] if len(e.good) == 1 else None


@on_entry("opening single quote missing", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + e.text + "'"] if "'" not in e.text else None


@on_entry("closing single quote missing", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + "'" + e.text] if "'" not in e.text else None


@on_entry("mismatched quotes", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + '"' + e.text + "'"] if "'" not in e.text else None


@on_entry("quotes doubled", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + '""' + e.text + '""']


def quoting(name: str, opening: str, closing: str, *kinds: str, syntax: str = "yaml") -> None:
    @on_entry(name, *(kinds or ("title", "text", "quoted")), syntax=syntax)
    def _(rng, e):
        key, colon, _value = split(e.good[0])
        return [key + colon + opening + e.text + closing] if len(e.good) == 1 and "\n" not in e.good[0] else None


quoting("smart quotes for quotes", "“", "”", "quoted")
quoting("smart opening quote, straight closing quote", "“", '"')
quoting("straight opening quote, smart closing quote", '"', "”")
quoting("straight single quote, smart closing quote", "'", "’", "quoted")
quoting("smart quotes in TOML", "“", "”", "title", syntax="toml")
quoting("closing quote missing in TOML", '"', "", "title", syntax="toml")
quoting("opening quote missing in TOML", "", '"', "title", syntax="toml")
quoting("no quotes in TOML", "", "", "title", syntax="toml")
quoting("smart quotes in JSON", "“", "”", "title", syntax="json")
quoting("single quotes in JSON", "'", "'", "title", syntax="json")
quoting("backtick before a value", "`", "`", "word")


@mutation("smart quotes that belong to the title")
def _(rng, post):
    found = entry(rng, post, "title")
    if not found:
        return False
    key, colon, _value = split(found.good[0])
    text = rng.choice(["“{}” is what she said", "On “{}”", "“{}” and “more”", "«{}»", "‘{}’ revisited"]).format(found.text)
    found.bad = found.good = [key + colon + text]
    post.keep.append(text)
    return True


@mutation("quotation with its point inside a list")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    lines = ["verbatims:", "  - text: “She said so, and left.”", '  - text: "“Twice.”"']
    post.entries.append(Entry("verbatims", "meant", lines))
    post.keep += ["“She said so, and left.”", "“Twice.”"]
    return True


@on_entry("quote inside quotes", "title", "text")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    words = e.text.split(" ")
    if len(e.good) > 1 or len(words) < 3 or '"' in e.text:
        return None
    said = " ".join([words[0], f'"{words[1]}"', *words[2:]])
    e.good = [key + colon + quoted(said)]
    return [key + colon + '"' + said + '"']


@on_entry("apostrophe inside single quotes", "title")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    text = e.text.replace("'", "") + " it's here"
    e.good = [key + colon + quoted(text)]
    return [key + colon + "'" + text + "'"]


@on_entry("text after the closing quote", "title", "text")
def _(rng, e):
    if len(e.good) > 1 or '"' in e.text:
        return None
    key, colon, _value = split(e.good[0])
    text = f'"{e.text}" revisited'
    e.good = [key + colon + "'" + text.replace("'", "''") + "'"]
    return [key + colon + text]


@on_entry("backslashes in quotes", "quoted", "title")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    path = rng.choice(["C:\\temp\\new", "C:\\users\\a", "a\\d+\\s", "\\server\\data"])
    e.good = [key + colon + "'" + path + "'"]
    return [key + colon + '"' + path + '"']


@on_entry("spaces inside the quotes", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + rng.choice(['" ', '"  ']) + e.text + rng.choice(["  ", " "]) + '"'] if '"' not in e.text else None


@on_entry("non-breaking space before the closing quote", "title", "quoted")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    return [key + colon + '"' + e.text + '\u00a0"']


@on_entry("value over two lines in quotes, the first closed", "quoted-multi")
def _(rng, e):
    return [e.good[0] + '"', e.good[1]]


# --- Colons

@on_entry("colon in a value", "title", "text")
def _(rng, e):
    if len(e.good) > 1 or '"' in e.text or "\\" in e.text:
        return None
    key, colon, _value = split(e.good[0])
    text = f"Part {rng.randint(1, 9)}: {e.text}"
    e.good = [key + colon + quoted(text)]
    return [key + colon + text]


@on_entry("two colons in a value", "title", "text")
def _(rng, e):
    if len(e.good) > 1 or '"' in e.text:
        return None
    key, colon, _value = split(e.good[0])
    text = f"Part 2: {e.text}: a story"
    e.good = [key + colon + quoted(text)]
    return [key + colon + text]


@on_entry("colon at the end of a value", "title")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    e.good = [key + colon + quoted(e.text + ":")]
    return [key + colon + e.text + ":"]


@on_entry("colon and quotes in a value", "title")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    text = f'It\'s "new": {e.text}'
    e.good = [key + colon + quoted(text)]
    return [key + colon + text]


@on_entry("colon in a value over two lines", "multi")
def _(rng, e):
    first = e.good[0].replace(" ", ": ", 2).replace(": ", ":\0", 1).replace("\0", " ")
    if first.count(": ") < 2:
        return None
    key, colon, value = split(first)
    e.good = [f'{key}: "{value}', e.good[1] + '"'] if '"' not in value + e.good[1] else e.good
    return [first, e.good[1].rstrip('"')]


@on_entry("colon in the second line of a value", "multi")
def _(rng, e):
    words = e.good[1].split(" ")
    if len(words) < 5 or '"' in e.good[0] + e.good[1]:
        return None
    second = " ".join(words[:4]) + ": " + " ".join(words[4:])
    key, colon, value = split(e.good[0])
    e.good = [f'{key}: "{value}', second + '"']
    return [f"{key}: {value}", second]


@on_entry("colon in a list item", "block-list")
def _(rng, e):
    e.good = [e.good[0], *e.good[1:-1], e.good[-1].replace("- ", '- "', 1) + ': more"']
    return [*e.good[:-1], e.good[-1].replace('"', "")]


@on_entry("colon in a comment-like value", "title")
def _(rng, e):
    key, colon, _value = split(e.good[0])
    text = f"{e.text} #1: a start"
    e.good = [key + colon + quoted(text)] if '"' not in text else e.good
    return [key + colon + text] if '"' not in text else None


def colon_mark(name: str, mark: str, *kinds: str) -> None:
    @on_entry(name, *kinds)
    def _(rng, e):
        key, _colon, value = split(e.good[0])
        return [key + mark + value, *e.good[1:]]


SIMPLE = ("title", "bool", "int", "word", "date", "quoted")
colon_mark("no space after the colon", ":", *SIMPLE)
colon_mark("full-width colon", "：", *SIMPLE)
colon_mark("equals sign for a colon", " = ", *SIMPLE)
colon_mark("space before the colon", " : ", *SIMPLE, "map", "block-list")
colon_mark("two spaces before the colon", "  : ", *SIMPLE)
colon_mark("two colons", ":: ", *SIMPLE)
colon_mark("tab after the colon", ":\t", *SIMPLE)
colon_mark("non-breaking space after the colon", ":\u00a0", *SIMPLE, "flow-list")
colon_mark("ideographic space after the colon", ":\u3000", *SIMPLE, "flow-list")
colon_mark("zero width space after the colon", ":\u200b ", *SIMPLE, "flow-list")
colon_mark("non-breaking space and space after the colon", ":\u00a0 ", *SIMPLE)
colon_mark("no colon", " ", *SIMPLE)
colon_mark("semicolon for a colon", "; ", *SIMPLE)
colon_mark("colon in a list without a space", ":", "flow-list")
colon_mark("non-breaking space before the colon", "\u00a0: ", *SIMPLE)

# --- Two keys on one line

@mutation("two keys on one line")
def _(rng, post):
    simple = [i for i, e in enumerate(post.entries) if e.kind in ("title", "bool", "int", "word") and e.bad == e.good]
    pairs = [(i, i + 1) for i in simple if i + 1 in simple]
    if post.syntax != "yaml" or not pairs:
        return False
    one, two = rng.choice(pairs)
    joined = post.entries[one].good[0] + rng.choice([" ", ", ", "  ", "; "]) + post.entries[two].good[0]
    post.entries[one].bad, post.entries[two].bad = [joined], []
    return True


@mutation("two keys joined without a space")
def _(rng, post):
    found = [i for i, e in enumerate(post.entries[:-1]) if e.kind in ("bool", "int") and post.entries[i + 1].kind == "word"]
    if post.syntax != "yaml" or not found:
        return False
    one = found[0]
    post.entries[one].bad, post.entries[one + 1].bad = [post.entries[one].good[0] + post.entries[one + 1].good[0]], []
    return True


@mutation("value on the next line, not indented")
def _(rng, post):
    found = entry(rng, post, "title", "word")
    if not found:
        return False
    key, _colon, value = split(found.good[0])
    found.bad = [f"{key}:", value]
    return True


@on_entry("value on the next line, indented", "title", "word")
def _(rng, e):
    key, _colon, value = split(e.good[0])
    return [f"{key}:", "  " + value]


@on_entry("second line not indented", "multi", "block-text")
def _(rng, e):
    return [*e.good[:-1], e.good[-1].lstrip()]


@on_entry("second line indented less", "block-text")
def _(rng, e):
    return [*e.good[:-1], e.good[-1][1:]]


@on_entry("empty line within a value", "multi", "block-text")
def _(rng, e):
    e.good = [*e.good[:-1], "", e.good[-1]]
    return list(e.good) + [""]


@on_entry("block scalar mark without a space", "block-text")
def _(rng, e):
    return [e.good[0].replace(": ", ":", 1), *e.good[1:]]


# --- Indentation and tabs

@on_entry("key indented by one", *SIMPLE, "flow-list")
def _(rng, e):
    return [" " + e.good[0], *e.good[1:]]


@on_entry("key indented by two", *SIMPLE)
def _(rng, e):
    return ["  " + e.good[0], *e.good[1:]]


@on_entry("tab before a key", *SIMPLE)
def _(rng, e):
    return ["\t" + e.good[0], *e.good[1:]]


def indentation(name: str, by: str) -> None:
    @on_entry(name, "map", "maps", "block-list")
    def _(rng, e):
        return [re.sub("^ +", lambda indent: by * (len(indent[0]) // 2), line) for line in e.good]


indentation("tabs for indentation", "\t")
indentation("tabs and spaces for indentation", " \t")
indentation("non-breaking spaces for indentation", "\u00a0\u00a0")
indentation("non-breaking and plain spaces for indentation", "\u00a0 ")
indentation("ideographic spaces for indentation", "\u3000")
indentation("indentation of three", "   ")
indentation("indentation lost", "")


@on_entry("last line of a mapping indented less", "map", "maps")
def _(rng, e):
    return [*e.good[:-1], e.good[-1][1:]]


@on_entry("last line of a mapping indented more", "map", "maps")
def _(rng, e):
    return [*e.good[:-1], " " + e.good[-1]]


@on_entry("tab after a value", *SIMPLE)
def _(rng, e):
    return [e.good[0] + "\t", *e.good[1:]]


@on_entry("tab after a list mark", "block-list")
def _(rng, e):
    return [e.good[0], *(line.replace("- ", "-\t", 1) for line in e.good[1:])]


# --- Lists and brackets

def flow(name: str, change: Callable[[random.Random, str], str], syntax: str = "yaml") -> None:
    @on_entry(name, "flow-list", syntax=syntax)
    def _(rng, e):
        key, colon, value = split(e.good[0])
        return [key + colon + change(rng, value)]


def inner(value: str) -> str:
    return value.strip()[1:-1]


flow("closing bracket missing", lambda rng, v: v[:-1])
flow("opening bracket missing", lambda rng, v: v[1:])
flow("round closing bracket", lambda rng, v: v[:-1] + ")")
flow("curly closing bracket", lambda rng, v: v[:-1] + "}")
flow("round brackets", lambda rng, v: "(" + inner(v) + ")")
flow("no brackets", lambda rng, v: inner(v))
flow("closing bracket twice", lambda rng, v: v + "]")
flow("opening bracket twice", lambda rng, v: "[" + v)
flow("semicolon after a list", lambda rng, v: v + ";")
flow("comma after a list", lambda rng, v: v + ",")
flow("full stop after a list", lambda rng, v: v + ".")
flow("semicolons in a list", lambda rng, v: v.replace(", ", "; "))
flow("full-width commas in a list", lambda rng, v: v.replace(", ", "，"))
flow("ideographic commas in a list", lambda rng, v: v.replace(", ", "、"))
flow("no commas in a list", lambda rng, v: v.replace(", ", " "))
flow("comma at the end of a list", lambda rng, v: v[:-1] + ",]")
flow("comma twice in a list", lambda rng, v: v.replace(", ", ", , ", 1))
flow("smart quotes in a list", lambda rng, v: "[" + ", ".join(f"“{item.strip(chr(34) + chr(39))}”" for item in inner(v).split(", ")) + "]")
flow("closing quote missing in a list", lambda rng, v: v.replace('"]', "]"))
flow("no space after the commas in a list", lambda rng, v: v.replace(", ", ","))
flow("non-breaking spaces in a list", lambda rng, v: v.replace(", ", ",\u00a0"))
flow("zero width space in a list", lambda rng, v: v.replace("[", "[\u200b").replace("]", "\u200b]"))
flow("number in a list", lambda rng, v: v[:-1] + ", 2024]")
flow("number alone in a list", lambda rng, v: "[2024]")
flow("boolean in a list", lambda rng, v: v[:-1] + ", on, yes, null]")
flow("hashes in a list", lambda rng, v: "[" + ", ".join("#" + item.strip("\"'") for item in inner(v).split(", ")) + "]")
flow("hashes without brackets", lambda rng, v: " ".join("#" + item.strip("\"'") for item in inner(v).split(", ")))
flow("one hash in a list", lambda rng, v: v[:-1] + ", #x]")
flow("tag twice in a list", lambda rng, v: v[:-1] + ", " + inner(v).split(", ")[0] + "]")
flow("capital letters in a list", lambda rng, v: v.upper())
flow("tag twice in other capitals", lambda rng, v: v[:-1] + ", " + inner(v).split(", ")[0].capitalize() + "]")
flow("comma in a tag", lambda rng, v: '["' + ", ".join(item.strip("\"'") for item in inner(v).split(", ")) + '"]')
flow("flow list after an empty list", lambda rng, v: "[] " + v)
flow("quoted string of tags", lambda rng, v: '"' + ", ".join(item.strip("\"'") for item in inner(v).split(", ")) + '"')
flow("wiki links in a list", lambda rng, v: "[[" + inner(v).split(", ")[0].strip("\"'") + "]], [[b]]")
flow("placeholder after a list", lambda rng, v: v + " {{ more }}")
flow("at sign in a list", lambda rng, v: v[:-1] + ", @home]")
flow("closing bracket missing in TOML", lambda rng, v: v[:-1], syntax="toml")
flow("comma at the end of a list in JSON", lambda rng, v: v[:-1] + ",]", syntax="json")
flow("closing bracket missing in JSON", lambda rng, v: v[:-1], syntax="json")
flow("no commas in TOML", lambda rng, v: v.replace(", ", " "), syntax="toml")


@on_entry("list over several lines, closing bracket missing", "lines-list")
def _(rng, e):
    return e.good[:-1]


@on_entry("list over several lines, commas missing", "lines-list")
def _(rng, e):
    return [line.rstrip(",") for line in e.good]


def marks(name: str, mark: str) -> None:
    @on_entry(name, "block-list")
    def _(rng, e):
        return [e.good[0], *(line.replace("- ", mark, 1) for line in e.good[1:])]


marks("no space after the list mark", "-")
marks("en dash for the list mark", "– ")
marks("em dash for the list mark", "— ")
marks("asterisk for the list mark", "* ")
marks("bullet for the list mark", "• ")
marks("non-breaking space after the list mark", "-\u00a0")
marks("ideographic space after the list mark", "-\u3000")
marks("zero width space after the list mark", "- \u200b")
marks("two list marks", "- - ")
marks("hash in a block list", "- #")
marks("comma after the list mark", "-, ")


@on_entry("one list item without its mark", "block-list")
def _(rng, e):
    return [*e.good[:-1], e.good[-1].replace("- ", "", 1)] if len(e.good) > 2 else None


@on_entry("one list item without a space", "block-list")
def _(rng, e):
    return [*e.good[:-1], e.good[-1].replace("- ", "-", 1)] if len(e.good) > 2 else None


@on_entry("list items indented differently", "block-list")
def _(rng, e):
    return [*e.good[:-1], " " + e.good[-1]] if len(e.good) > 2 else None


@on_entry("commas after block list items", "block-list")
def _(rng, e):
    return [e.good[0], *(line + "," for line in e.good[1:])]


@on_entry("value and block list", "block-list")
def _(rng, e):
    return [e.good[0] + " x", *e.good[1:]]


@on_entry("item next to the key of a block list", "block-list")
def _(rng, e):
    return [e.good[0] + " - " + e.items[0], *e.good[2:]]


@on_entry("number in a block list", "block-list")
def _(rng, e):
    e.good = [*e.good, e.good[1].split("-")[0] + '- "2024"']
    return [line.replace('"', "") for line in e.good]


@on_entry("block list after the key without indentation", "block-list")
def _(rng, e):
    return [e.good[0], *(line.strip() for line in e.good[1:])]


# --- Comments, marks of YAML, values of another type

def plain_value(name: str, write: str, meant: str | None = None, kinds=("title",)) -> None:
    """The value as `write`; meant is the string `meant`, or else what was written."""

    @on_entry(name, *kinds)
    def _(rng, e):
        key, colon, _value = split(e.good[0])
        if len(e.good) > 1 or '"' in e.text or "'" in e.text or "\\" in e.text:
            return None
        e.good = [key + colon + (quoted(meant.format(e.text)) if meant is not None else write.format(e.text))]
        return [key + colon + write.format(e.text)]


plain_value("hash in a value", "{} #3", "{} #3")
plain_value("hash at the start of a value", "#{}", "#{}")
plain_value("C# in a value", "C# and {}", "C# and {}")
plain_value("issue number in a value", "Fix {} (#12)", "Fix {} (#12)")
plain_value("ampersand at the start of a value", "&{} x", "&{} x")
plain_value("asterisk at the start of a value", "*{}*", "*{}*")
plain_value("bold text in a value", "**{}** is here", "**{}** is here")
plain_value("exclamation mark at the start of a value", "!{} now", "!{} now")
plain_value("at sign at the start of a value", "@{}", "@{}")
plain_value("percent sign at the start of a value", "%{}", "%{}")
plain_value("question mark at the start of a value", "? {}", "? {}")
plain_value("bracket at the start of a value", "[Draft] {}", "[Draft] {}")
plain_value("brace at the start of a value", "{{Draft}} {}", "{{Draft}} {}")
plain_value("bar at the start of a value", "| {}", "| {}")
plain_value("angle at the start of a value", "> {}", "> {}")
plain_value("hyphen at the start of a value", "- {}", "- {}")
plain_value("backtick in a value", "`x` and {}", "`x` and {}")
plain_value("template in a value", "{{{{ page.x }}}}", None)
plain_value("double spaces in a value", "{}  twice", "{} twice")
plain_value("number for a title", "2024", "2024")
plain_value("date for a title", "2024-01-31", "2024-01-31")
plain_value("boolean for a title", "yes", "yes")
plain_value("Norway for a value", "no", "no")
plain_value("time for a value", "12:30", "12:30", ("quoted",))
plain_value("version for a value", "1.10", "1.10", ("quoted",))
plain_value("zeros before a number", "007", "007", ("quoted",))
plain_value("exponent for a value", "1e3", "1e3", ("quoted",))
plain_value("null for a title", "null", "null")
plain_value("tilde for a title", "~", None)
plain_value("emoji in a value", "{} 🎉", "{} 🎉")
plain_value("comment after a value", "{} # to do", None)
plain_value("Liquid in quotes", '"{{{{ site.title }}}} {}"', None)
plain_value("escape in quotes", '"{} \\u00e9 \\n x"', None)
plain_value("unknown escape in quotes", '"{} \\d \\w"', "{} \\d \\w")
plain_value("alias that doesn't exist", "*nowhere", "*nowhere")
plain_value("ellipsis twice", "{}....", None)
plain_value("exclamation marks", "{}!!!", None)


def value(name: str, kind: str, write: str, meant: str | None = None) -> None:
    @on_entry(name, kind)
    def _(rng, e):
        key, colon, _value = split(e.good[0])
        if meant is not None:
            e.good = [key + colon + meant]
        return [key + colon + write]


value("boolean misspelled", "bool", "flase", "false")
value("boolean with a full stop", "bool", "false.", "false")
value("boolean with a semicolon", "bool", "true;", "true")
value("boolean in capitals", "bool", "TRUE", "TRUE")
value("boolean in quotes", "bool", '"false"', "false")
value("boolean as yes", "bool", "yes", "true")
value("boolean after a zero width space", "bool", "\u200btrue", "true")
value("number in quotes", "int", '"3"', "3")
value("number with a unit", "int", "3px")
value("number after a non-breaking space", "int", "\u00a03", "3")
value("number with a comma", "int", "1,000")
value("date with slashes", "date", "2024/03/01")
value("date with dots", "date", "2024.03.01")
value("date without zeros", "date", "2024-3-1")
value("date that doesn't exist", "date", "2024-02-30")
value("date with a short time zone", "date", "2024-03-01 10:30:00 +900", "2024-03-01 10:30:00 +0900")
value("date with a non-breaking space", "date", "2024-03-01\u00a010:30:00", "2024-03-01 10:30:00")
value("date with an en dash", "date", "2024–03–01", "2024-03-01")
value("date with a comment", "date", "2024-03-01 # published")
value("date without seconds", "date", "2024-03-01 10:30")
value("date without a value", "date", "")

# --- Keys

def keys(name: str, change: Callable[[str], str], kinds=SIMPLE) -> None:
    @on_entry(name, *kinds)
    def _(rng, e):
        key, colon, rest = split(e.good[0])
        return [change(key) + colon + rest, *e.good[1:]]


keys("key with a capital letter", str.capitalize)
keys("key in capitals", str.upper)
keys("key misspelled", lambda key: key[:2] + key[3:] if len(key) > 4 else key, ("text", "flow-list", "block-list", "title"))
keys("key with letters swapped", lambda key: key[:2] + key[3:4] + key[2:3] + key[4:], ("text", "title", "map"))
keys("key in quotes", lambda key: f'"{key}"')
keys("key in smart quotes", lambda key: f"“{key}”")
keys("key with one quote", lambda key: f'"{key}')
keys("full-width key", lambda key: "".join(chr(ord(c) + 0xFEE0) for c in key), ("title", "bool"))
keys("key with a hyphen before", lambda key: f"-{key}")
keys("list mark before a key", lambda key: f"- {key}")
keys("comment mark before a key", lambda key: f"#{key}", ("int", "bool"))
keys("singular key", lambda key: key.rstrip("s"), ("flow-list", "block-list"))


@mutation("duplicate key")
def _(rng, post):
    found = entry(rng, post, "title", "bool", "word", "int", syntax="yaml toml")
    if not found:
        return False
    copy = Entry(found.key, "copy", found.good)
    copy.good = []
    post.entries.append(copy)
    return post.syntax == "yaml"


@mutation("duplicate key with another value")
def _(rng, post):
    found = entry(rng, post, "flow-list", "title")
    if not found:
        return False
    post.entries.insert(0, Entry(found.key, "copy", [f"{found.key}: other"]))
    return True


@mutation("HTML comment in the front matter")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    added = Entry("", "copy", ["<!-- layout: page -->"])
    added.good = []
    post.entries.insert(1, added)
    return True


@mutation("slashes before a comment")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    added = Entry("", "copy", ["// layout: page"])
    added.good = []
    post.entries.insert(1, added)
    return True


@mutation("merge conflict in the front matter")
def _(rng, post):
    found = entry(rng, post, "title")
    if not found:
        return False
    found.bad = ["<<<<<<< HEAD", found.good[0], "=======", "title: Other", ">>>>>>> main"]
    return True


@mutation("text in the front matter")
def _(rng, post):
    if post.syntax != "yaml":
        return False
    added = Entry("", "copy", [rng.choice(post.words().titles)])
    added.good = []
    post.entries.insert(rng.randint(1, len(post.entries)), added)
    return True


@mutation("title with the heading's text")
def _(rng, post):
    post.blocks.insert(0, Block("heading", "# " + post.entries[0].text))
    return bool(post.entries[0].text)


@mutation("comma missing in JSON")
def _(rng, post):
    found = entry(rng, post, "bool", "int", syntax="json")
    if not found:
        return False
    found.bad = [found.good[0].replace(":", "")]
    return True


@mutation("colon for an equals sign in TOML")
def _(rng, post):
    found = entry(rng, post, "bool", "int", "flow-list", "title", syntax="toml")
    if not found:
        return False
    found.bad = [found.good[0].replace(" = ", ": ", 1)]
    return True


# --- Invisible characters in the front matter

for _name, _char in INVISIBLE.items():

    def _register(name: str, char: str) -> None:
        is_space = name in SPACES

        @on_entry(f"{name} at the start of a value", *SIMPLE, "flow-list")
        def _(rng, e):
            key, colon, rest = split(e.good[0])
            return [key + colon + char + rest, *e.good[1:]]

        @on_entry(f"{name} at the end of a value", *SIMPLE, "flow-list")
        def _(rng, e):
            return [e.good[0] + char] if len(e.good) == 1 else None

        @on_entry(f"{name} before a key", *SIMPLE, "flow-list", syntax="yaml toml")
        def _(rng, e):
            return [char + e.good[0], *e.good[1:]]

        @on_entry(f"{name} in a key", *SIMPLE, syntax="yaml toml")
        def _(rng, e):
            return [e.good[0][:2] + char + e.good[0][2:], *e.good[1:]]

        @on_entry(f"{name} for a space in a value", "title", "text", syntax="yaml toml json")
        def _(rng, e):
            parts = gap(rng, split(e.good[0])[2])
            if not parts or len(e.good) > 1:
                return None
            key, colon, _rest = split(e.good[0])
            return [key + colon + parts[0] + (char if is_space else " " + char) + parts[1]]

        @on_entry(f"{name} before a comment mark", "title", "word")
        def _(rng, e):
            e.good = [e.good[0] + " # note"]
            return [e.good[0].replace(" #", char + "#")]

        @on_block(f"{name} at the start of a paragraph", "para")
        def _(rng, b):
            return char + b.good

        @on_block(f"{name} before a block mark", "heading", "list", "quote", "fence", "table", "nested")
        def _(rng, b):
            # Whether the mark was hidden on purpose can't be known: the text as written stands.
            b.good = char + b.good
            return b.good

        @on_block(f"{name} between words", "para", "list", "quote", "heading", "table")
        def _(rng, b):
            parts = gap(rng, b.good)
            return parts and parts[0] + (char if is_space else " " + char) + parts[1]

        @on_block(f"{name} next to a mark", "para", "list", "html")
        def _(rng, b):
            places = [match.start() for match in re.finditer(r"[*`\[\]()]", b.good)]
            if not places:
                return None
            at = rng.choice(places) + rng.randint(0, 1)
            b.good = b.good[:at] + char + b.good[at:]
            return b.good

        @on_block(f"{name} in code", "fence", "indented")
        def _(rng, b):
            at = b.good.find("\n") + 1
            b.good = b.good[:at] + char * 2 + b.good[at:]
            return b.good

    _register(_name, _char)

for _run in ("\u00a0 ", " \u00a0", "\u00a0\u00a0", "\u00a0 \u00a0 \u00a0 "):
    _label = _run.replace(" ", "s").replace("\u00a0", "n")

    def _register_run(run: str, label: str) -> None:
        @on_block(f"run of spaces ({label}) at a line start", "para", "nested", "indented", "list")
        def _(rng, b):
            lines = b.good.split("\n")
            at = rng.randrange(len(lines))
            lines[at] = run + lines[at]
            b.good = "\n".join(lines)
            return b.good

        @on_block(f"run of spaces ({label}) between words", "para", "table", "quote")
        def _(rng, b):
            parts = gap(rng, b.good)
            return parts and parts[0] + run + parts[1]

        @on_entry(f"run of spaces ({label}) in a value", "title", "text")
        def _(rng, e):
            parts = gap(rng, split(e.good[0])[2])
            key, colon, _rest = split(e.good[0])
            return [key + colon + parts[0] + run + parts[1]] if parts and len(e.good) == 1 else None

    _register_run(_run, _label)
