"""Mistakes of people and editors, each applied to one post.

A mutation takes `(rng, post)` and returns whether it could be applied. It changes what was written (`bad`), and what was
meant (`good`) where the text as written is the best guess at it.
"""

import random
import re
from collections.abc import Callable

from posts import Block, Entry, Post

Mutation = Callable[[random.Random, Post], bool]
MUTATIONS: dict[str, Mutation] = {}

# Kinds of entries that are a single value on one line.
SIMPLE = ("title", "bool", "int", "word", "date", "quoted")


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
    return rng.choice(found) if found else None


def block(rng: random.Random, post: Post, *kinds: str) -> Block | None:
    found = [block for block in post.blocks if block.kind in kinds and block.bad == block.good]
    return rng.choice(found) if found else None


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
