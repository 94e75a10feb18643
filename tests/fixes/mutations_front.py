"""Quotes, colons, keys that share a line, and values over several lines."""

from mutations import SIMPLE, entry, mutation, on_entry, split
from posts import Entry, quoted


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
