"""Judges what a fix did to a page, by the readers of others.

A page is known in three forms: as it was meant, as it was written, and as it is after the fixes. Each value and each block
of the fixed page has to be what was written or what was meant. Everything else is harm, except that an unsafe fix may
replace what its finding names.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from posts import Post
from readers import Data, Parts, Tree, json_text, pyyaml, toml, tree, visible

# What an unsafe fix of these rules is for: it adds, removes, or replaces whole blocks.
STRUCTURAL = {
    "leading-thematic-break", "empty-heading", "repeated-title", "accidental-setext-heading", "second-front-matter", "unclosed-fence",
    "misplaced-front-matter", "unclosed-front-matter", "malformed-table",
}


@dataclass(frozen=True)
class Edit:
    rule: str
    safe: bool
    start: int
    end: int
    insert: str


@dataclass
class Case:
    """A page and what is known about it before a fix."""

    path: str
    post: Post
    bad: str
    good: str
    findings: list[dict] = field(default_factory=list)

    @property
    def mutation(self) -> str:
        return " + ".join(self.post.mutations) or "none"


@dataclass
class Fixed:
    """A page after a fix. `edits` are those of each pass, against the text of that pass."""

    text: str
    again: str
    passes: list[tuple[str, list[Edit]]]
    explained: bool
    rules_after: set[str]


@dataclass(frozen=True)
class Harm:
    outcome: str
    rules: tuple[str, ...]
    detail: str


def letters(text: str) -> str:
    return "".join(sorted(char for char in unicodedata.normalize("NFKC", text) if char.isalnum()))


def between(before: str, after: str, good: str) -> bool:
    """Whether each letter is in `after` as often as in `before` or in `good`, or something between."""
    counts = [Counter(letters(text)) for text in (before, after, good)]
    return all(min(a, c) <= b <= max(a, c) for a, b, c in ((counts[0][k], counts[1][k], counts[2][k]) for k in set().union(*counts)))


def same(one: tuple | None, other: tuple | None) -> bool:
    """Whether two values are the same but for characters that can't be seen and runs of spaces. Line breaks count."""
    if one == other:
        return True
    if one is None or other is None or one[0] != other[0]:
        return False
    return one[0] == "str" and visible(one[1]) == visible(other[1]) and one[1].strip().count("\n") == other[1].strip().count("\n")


def named_keys(text: str, edits: list[Edit]) -> set[str]:
    """The top-level keys that edits of the front matter touch, by the lines of the text."""
    data = text.encode()
    named: set[str] = set()
    for edit in edits:
        start = data.rfind(b"\n", 0, edit.start) + 1
        end = data.find(b"\n", edit.end)
        lines = data[start : end if end >= 0 else len(data)].decode("utf-8", "replace").split("\n")
        above = data[:start].decode("utf-8", "replace").split("\n")[:-1]
        for line in lines:
            named.update(keys_of(line))
        if not top_level(lines[0]):
            for line in reversed(above):
                named.update(keys_of(line))
                if top_level(line):
                    break
    return named


def keys_of(line: str) -> list[str]:
    found = re.findall(r"""[\w-]+(?=["'”\s\u200b\ufeff]*[:=：])|(?<=\[)\w+(?=\])""", visible(line))
    return [key for name in found for key in (name, name.lower())]


def top_level(line: str) -> bool:
    return bool(re.match(r"""["'“]?[^\s#\-\]}]""", line)) and bool(keys_of(line))


class Judge:
    def __init__(self, processes: dict):
        self.processes = processes

    def readers(self, syntax: str) -> dict:
        if syntax == "toml":
            return {"tomllib": toml}
        if syntax == "json":
            return {"json": json_text}
        return {"PyYAML": pyyaml, **self.processes}

    def fronts(self, pages: list[tuple[str, str, str]]) -> set[str]:
        """The YAML front matters to read, of pages before and after a fix and as they were meant."""
        found = set()
        for page in pages:
            before, after, good = map(Parts, page)
            if (before.syntax, before.front) != (after.syntax, after.front):
                found |= {part.front for part in (before, after, good) if part.syntax == "yaml"}
        return found

    def judge(self, case: Case, fixed: Fixed, unsafe: bool) -> tuple[list[Harm], str]:
        """The harm, and in one word what became of the page where there is none."""
        before, after, good = Parts(case.bad), Parts(fixed.text), Parts(case.good)
        harms: list[tuple[str, str, str]] = []
        self.guess = False
        self.whole(case, fixed, before, harms)
        if before.front is not None and after.front is None:
            harms.append(("front matter lost", "front", ""))
        elif after.front is not None and (before.front != after.front or before.syntax != after.syntax):
            self.front(case, fixed, before, after, good, unsafe, harms)
        if before.body != after.body and not (before.front is not None and after.front is None):
            self.body(case, fixed, before, after, good, unsafe, harms)
        if not unsafe:
            plain = [text.replace("\r\n", "\n") for text in (case.bad, fixed.text)]
            lost = [kept for kept in case.post.keep if plain[0].count(kept) > plain[1].count(kept)]
            harms += [("intended text changed", "body" if kept in before.body else "front", repr(kept)) for kept in lost[:1]]
        kinds = {}
        for outcome, part, detail in harms:
            kinds.setdefault(outcome, Harm(outcome, self.rules(case, fixed, part, before), detail))
        word = "repaired" if fixed.text == case.good else "guess" if self.guess else "fixed"
        return list(kinds.values()), word

    @staticmethod
    def rules(case: Case, fixed: Fixed, part: str, before: Parts) -> tuple[str, ...]:
        border = len(case.bad.encode()) - len(before.body.encode())
        all_rules, here = set(), set()
        for number, (text, edits) in enumerate(fixed.passes):
            for edit in edits:
                all_rules.add(edit.rule)
                in_front = edit.start < border
                if part == "all" or in_front == (part == "front"):
                    here.add(edit.rule)
        return tuple(sorted(here or all_rules))

    def whole(self, case: Case, fixed: Fixed, before: Parts, harms: list) -> None:
        if fixed.again != fixed.text:
            harms.append(("second run changes more", "all", f"{len(fixed.text)} → {len(fixed.again)} characters"))
        if not fixed.explained:
            harms.append(("change that no finding names", "all", ""))
        inserts = sum(len(edit.insert.encode()) for _, edits in fixed.passes for edit in edits)
        grown = len(fixed.text.encode()) - len(case.bad.encode())
        if grown > max(inserts, 0):
            harms.append(("grows by more than the inserts", "all", f"{grown} > {inserts}"))
        for mark, name in (("\r\n", "CRLF"), ("\n", "LF")):
            only = case.bad.count("\n") == case.bad.count("\r\n") if name == "CRLF" else "\r" not in case.bad
            kept = fixed.text.count("\n") == fixed.text.count("\r\n") if name == "CRLF" else "\r" not in fixed.text
            if only and not kept:
                harms.append(("line ends mixed", "all", name))
        marks = [len(re.findall(r"\{\{|\{%", text)) for text in (case.bad, fixed.text, case.good)]
        if marks[1] not in (marks[0], marks[2]):
            harms.append(("template marks changed", "all", f"{marks[0]} → {marks[1]}"))

    def front(self, case, fixed, before, after, good, unsafe, harms) -> None:
        single = len(case.post.mutations) < 2
        named: set[str] = set()
        for text, edits in fixed.passes:
            border = len(text.encode()) - len(Parts(text).body.encode())
            inside = [edit for edit in edits if edit.start <= border]
            named |= named_keys(text, inside)
            named |= {word for edit in inside for word in re.findall(r"[\w-]+", edit.insert)}
        was_valid, restored = False, after.front == good.front
        # For a reader, front matter that isn't closed may go on into the body.
        written = ["---", *(line for entry in case.post.entries for line in entry.bad), "---"]
        # What one reader refuses, another may read; then it is compared there.
        refused = before.front is None or all(read(before.front) is None for read in self.readers(before.syntax).values())
        for name, reader in self.readers(after.syntax).items():
            was = reader(before.front) if before.syntax == after.syntax and before.front is not None else None
            now = reader(after.front)
            meant = reader(good.front) if good.syntax == after.syntax and good.front is not None else None
            restored = restored or now is not None and meant is not None and self.as_meant(now, meant) is None
            if was is not None:
                was_valid = True
                if now is None:
                    harms.append(("valid front matter made invalid", "front", name))
                    continue
                self.compare(was, now, meant or {}, named, unsafe, True, name, harms)
            elif now is None:
                if before.front is not None and refused and single and self.first_change(case, fixed) < len(written):
                    harms.append(("front matter changed, still invalid", "front", name))
                elif before.front is None and single and meant is not None:
                    harms.append(("wrong repair: front matter that can't be read", "front", name))
            elif meant is not None and single:
                self.compare(meant, now, meant, named, unsafe, False, name, harms)
            elif before.front is not None and not unsafe and not between(before.front, after.front, good.front or ""):
                harms.append(("wrong repair: letters lost or added", "front", name))
        fresh = fixed.rules_after - {finding["rule"] for finding in case.findings}
        if was_valid and fresh and not restored:
            harms.append(("new finding after the fix", "all", ", ".join(sorted(fresh))))

    @staticmethod
    def first_change(case: Case, fixed: Fixed) -> int:
        """The first line that differs."""
        lines = zip(case.bad.split("\n"), fixed.text.split("\n"))
        return next((number for number, (old, new) in enumerate(lines) if old != new), 0)

    def compare(self, was: Data, now: Data, meant: Data, named: set[str], unsafe: bool, valid: bool, reader: str, harms: list) -> None:
        """Each value of `now` has to be that of `was` or of `meant`."""
        begin = "" if valid else "wrong repair: "
        restored = self.restored(was, now, meant)
        for old, new in restored.items():
            if not unsafe and letters(old) != letters(new):
                harms.append(("key renamed by a safe fix", "front", f"{reader}: {old} → {new}"))
        right = self.as_meant(now, meant)
        if right is None:
            return
        for path in sorted(was.keys() | now.keys(), key=lambda path: [str(part) for part in path]):
            old, new = was.get(path), now.get(path)
            if old == new or path[:1] in right or path and path[0] in restored:
                continue
            detail = f"{reader}: {'.'.join(map(str, path)) or 'all'}: {old} → {new}"
            is_named = self.is_named(path, named)
            if same(old, new) or same(new, meant.get(path)) and path in meant:
                # What can't be seen may change where a finding says so.
                if valid and not is_named and not same(new, meant.get(path)):
                    harms.append(("value that no finding names changed", "front", detail))
                continue
            if unsafe and valid and is_named and self.is_rename(was, now, path, old, new):
                self.guess = True
            elif unsafe and is_named and (valid and old == ("null", None) or self.is_hashtag(old, new)):
                self.guess = True
            elif new is None:
                harms.append((begin + "key lost", "front", detail))
            elif old is None:
                harms.append((begin + "key added", "front", detail))
            elif old[0] != new[0]:
                harms.append((begin + "type changed", "front", detail))
            elif valid and not is_named:
                harms.append(("value that no finding names changed", "front", detail))
            elif unsafe and valid:
                self.guess = True
            elif new[0] == "list":
                harms.append((begin + "list items lost or added", "front", detail))
            elif new[0] == "str" and visible(old[1]) == visible(new[1]):
                harms.append((begin + "line breaks of a value changed", "front", detail))
            elif new[0] == "str" and letters(str(old[1])) == letters(str(new[1])):
                harms.append((begin + "punctuation of a value changed", "front", detail))
            else:
                harms.append((begin + "value changed", "front", detail))

    @staticmethod
    def is_hashtag(old, new) -> bool:
        """Whether only the `#` before a tag is gone."""
        return bool(old and new) and old[0] == new[0] == "str" and old[1].lstrip("#") == new[1]

    @staticmethod
    def as_meant(now: Data, meant: Data) -> set[tuple] | None:
        """The top-level keys whose values are what was meant; none if that is all of them, and no other is there."""
        parts: dict[tuple, list] = {}
        for path in now.keys() | meant.keys():
            parts.setdefault(path[:1], []).append(path)
        right = {top for top, paths in parts.items() if top and all(same(now.get(path), meant.get(path)) for path in paths)}
        return None if meant and len(right) == len(parts) - (() in parts) else right

    @staticmethod
    def restored(was: Data, now: Data, meant: Data) -> dict[str, str]:
        """The top-level keys that were miswritten, and now are what they were meant to be."""
        top = lambda data: {path[0] for path in data if path}
        gone, come = top(was) - top(now), top(now) - top(was)
        under = lambda data, key: {path: value for path, value in data.items() if path[:1] == (key,)}
        right = [key for key in come if key in top(meant) and all(same(under(now, key).get(p), v) for p, v in under(meant, key).items())]
        gone -= top(meant)
        found = {}
        for key in sorted(gone, key=str):
            near = [other for other in right if other not in found.values()]
            near.sort(key=lambda other: -len(set(str(other).lower()) & set(visible(str(key)).lower())))
            # A key that wasn't indented, because its line starts with characters that aren't spaces for YAML.
            inner = visible(str(key)).strip(" -")
            is_below = lambda data: any(inner in path[1:] for path in data)
            if near:
                found[key] = near[0]
            elif inner != key and is_below(now) and is_below(meant):
                found[key] = inner
        return found

    @staticmethod
    def is_named(path: tuple, named: set[str]) -> bool:
        keys = {str(part) for part in path if isinstance(part, str)}
        return any(key in named or visible(key).strip("\"'“” ") in named for key in keys) or not path

    @staticmethod
    def is_rename(was: Data, now: Data, path: tuple, old, new) -> bool:
        """Whether a key has another name for the same value, or a list's items are the same letters, taken apart."""
        if len(path) >= 1 and (old is None or new is None):
            fewer = lambda data, other: {p[1:]: v for p, v in data.items() if p[:1] not in {q[:1] for q in other} and p}
            if path[:1] not in (q[:1] for q in (now if new is None else was)):
                gone, come = fewer(was, now), fewer(now, was)
                return bool(gone) and letters(str(sorted(map(str, gone.values())))) == letters(str(sorted(map(str, come.values()))))
        under = lambda data: letters("".join(str(v[1]) for p, v in data.items() if p[:1] == path[:1] and v[0] not in ("map", "list")))
        both_lists = was.get(path[:1], ("",))[0] == now.get(path[:1], ("",))[0] == "list"
        return both_lists and set(under(now)) <= set(under(was)) or both_lists and under(was) == under(now)

    def body(self, case, fixed, before, after, good, unsafe, harms) -> None:
        now, meant = tree(after.body), tree(good.body)
        if now == meant:
            return
        was = tree(before.body)
        if before.front is None and case.post.blocks:
            # A front matter that isn't one yet is text for these readers. Only what stands below it is compared.
            written = "\n\n".join(block.bad for block in case.post.blocks) + "\n"
            was = tree(written)
            if after.front is None:
                # The body may begin with words that the front matter has too.
                pages = [page.replace("\r\n", "\n") for page in (case.bad, fixed.text)]
                above = pages[0][: max(pages[0].rfind(written), 0)].count(written[:12])
                heads = [page.split(written[:12])[: above + 1] for page in pages]
                starts = [len(written[:12].join(head)) for head in heads]
                if starts[1] >= len(pages[1]):
                    was = tree(before.body)
                else:
                    now = tree(pages[1][starts[1] :])
                    heads = [page[:start] for page, start in zip(pages, starts)]
                    if not unsafe and not between(*heads, Parts(case.good).front or ""):
                        harms.append(("text of the body changed", "front", "above the body"))
        if now in (was, meant):
            return
        if now.blocks not in (was.blocks, meant.blocks):
            mixed = len(now.blocks) == len(was.blocks) == len(meant.blocks)
            if not mixed or any(c not in (a, b) for a, b, c in zip(was.blocks, meant.blocks, now.blocks)):
                if unsafe and {edit.rule for _, edits in fixed.passes for edit in edits} & STRUCTURAL:
                    self.guess = True
                else:
                    at = next((i for i, (a, c) in enumerate(zip(was.blocks, now.blocks)) if a != c), min(len(was.blocks), len(now.blocks)))
                    harms.append(("block structure changed", "body", f"block {at}: {was.blocks[at : at + 1]} → {now.blocks[at : at + 1]}"))
                return
        # Each stretch of text, with its links and marks, is as it was written, or as it was meant at its place. Where the
        # fix changes the blocks of a part only, the places differ: then one of the same stretches has to be meant.
        old, right = list(zip(was.inlines, was.texts)), list(zip(meant.inlines, meant.texts))
        for at, new in enumerate(zip(now.inlines, now.texts)):
            if at < len(old) == len(now.texts) and new == old[at] or at < len(right) == len(now.texts) and new == right[at]:
                continue
            if (len(old) != len(now.texts) or len(right) != len(now.texts)) and new in right:
                continue
            if unsafe:
                self.guess = True
                continue
            before_it = old[at] if at < len(old) else ([], "")
            links = before_it[0] != new[0] and before_it[1] == new[1]
            detail = f"{before_it[0]} → {new[0]}" if links else f"{before_it[1]!r} → {new[1]!r}"
            harms.append(("links or emphasis changed" if links else "text of the body changed", "body", detail))
