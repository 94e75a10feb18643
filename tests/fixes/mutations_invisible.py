"""Characters that can't be seen, in every place."""

import re

from mutations import SIMPLE, block, gap, on_block, on_entry, split


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
            return b.good[:at] + char + b.good[at:]

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
