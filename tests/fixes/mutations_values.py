"""Indentation, lists and brackets, values of another type, keys, and lines that don't belong in the front matter."""

import random
import re
from collections.abc import Callable

from mutations import SIMPLE, block, entry, mutation, on_entry, split
from posts import Block, Entry, quoted


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

def flow(name: str, change: Callable[[random.Random, str], str], meant=None, syntax: str = "yaml") -> None:
    @on_entry(name, "flow-list", syntax=syntax)
    def _(rng, e):
        key, colon, value = split(e.good[0])
        if meant:
            e.good = [key + colon + meant(value)]
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
flow("number in a list", lambda rng, v: v[:-1] + ", 2024]", lambda v: v[:-1] + ', "2024"]')
flow("number alone in a list", lambda rng, v: "[2024]", lambda v: '["2024"]')
flow("boolean in a list", lambda rng, v: v[:-1] + ", on, yes]", lambda v: v[:-1] + ', "on", "yes"]')
flow("hashes in a list", lambda rng, v: "[" + ", ".join("#" + item.strip("\"'") for item in inner(v).split(", ")) + "]")
flow("hashes without brackets", lambda rng, v: " ".join("#" + item.strip("\"'") for item in inner(v).split(", ")))
flow("one hash in a list", lambda rng, v: v[:-1] + ", #x]", lambda v: v[:-1] + ', "#x"]')
flow("tag twice in a list", lambda rng, v: v[:-1] + ", " + inner(v).split(", ")[0] + "]")
flow("capital letters in a list", lambda rng, v: v.upper())
flow("tag twice in other capitals", lambda rng, v: v[:-1] + ", " + inner(v).split(", ")[0].capitalize() + "]")
flow("comma in a tag", lambda rng, v: '["' + ", ".join(item.strip("\"'") for item in inner(v).split(", ")) + '"]')
flow("flow list after an empty list", lambda rng, v: "[] " + v)
flow("quoted string of tags", lambda rng, v: '"' + ", ".join(item.strip("\"'") for item in inner(v).split(", ")) + '"')
flow("wiki links in a list", lambda rng, v: "[[a]], [[b]]", lambda v: '["[[a]]", "[[b]]"]')
flow("at sign in a list", lambda rng, v: v[:-1] + ", @home]", lambda v: v[:-1] + ', "@home"]')
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
plain_value("backticks around a value", "`{}`", "`{}`", ("word",))
plain_value("backtick in a value", "`x` and {}", "`x` and {}")
plain_value("template in a value", "{{{{ page.x }}}}", "{{{{ page.x }}}}")
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
plain_value("escape in quotes", '"{} \\u00e9 x"', None)
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
    copy = Entry(found.key, "copy", [f"{found.key}: other"])
    copy.good = []
    post.entries.insert(0, copy)
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
