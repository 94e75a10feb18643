"""The delimiters of the front matter, and what stands right before and after it."""

from collections.abc import Callable

from mutations import entry, gap, mutation
from posts import Block


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
    # Another mutation may have removed its lines.
    if not last.bad:
        return False
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
