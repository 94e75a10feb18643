"""Damage done on purpose, to see that the judge finds it, and repairs, to see that it lets them pass."""

import random
import re
from collections import Counter
from pathlib import Path

import differential
from judge import Case, Edit, Fixed, Judge
from posts import SITES, Block, Post
from readers import Parts, processes

Damaged = str | None


def front(text: str, pattern: str, by, flags=re.MULTILINE) -> Damaged:
    """The text with the first match in the front matter replaced."""
    parts = Parts(text)
    if parts.syntax != "yaml":
        return None
    changed = re.sub(pattern, by, parts.front, count=1, flags=flags)
    return text.replace(parts.front, changed, 1) if changed != parts.front else None


def body(text: str, pattern: str, by) -> Damaged:
    parts = Parts(text)
    changed = re.sub(pattern, by, parts.body, count=1, flags=re.MULTILINE)
    return text[: len(text) - len(parts.body)] + changed if changed != parts.body else None


# What is done, and the outcomes of which the judge has to name one.
VALUE = ("key", "value", "type", "list", "punctuation", "line breaks", "invalid", "wrong repair", "still invalid", "letters")
DAMAGE = {
    "drops a key": (lambda t: front(t, r"^(weight|draft|layout|version|time): .*\n", ""), VALUE),
    "drops the title": (lambda t: front(t, r"^title: .*\n", ""), VALUE),
    "quotes a number": (lambda t: front(t, r"^weight: (\d+)", r'weight: "\1"'), VALUE),
    "quotes a boolean": (lambda t: front(t, r"^draft: (\w+)", r"draft: '\1'"), VALUE),
    "quotes a list": (lambda t: front(t, r"^tags: (\[[^\"'\n]*\])", r'tags: "\1"'), VALUE),
    "quotes a date": (lambda t: front(t, r"^date: (2024-\d\d-\d\d)(?=\r?$)", r'date: "\1"'), VALUE),
    "takes quotes from a version": (lambda t: front(t, r'^version: "(.*)"', r"version: \1"), VALUE),
    "takes quotes from a time": (lambda t: front(t, r'^time: "(.*)"', r"time: \1"), VALUE),
    "makes a list of a string": (lambda t: front(t, r"^layout: post", "layout: [post]"), VALUE),
    "drops a list item": (lambda t: front(t, r"^(tags: \[)[^,\]\n]+, ", r"\1"), VALUE),
    "drops an item of a block list": (lambda t: front(t, r"^(tags:\r?\n)\s*- .*\n(?=\s*- )", r"\1"), VALUE),
    "joins two list items": (lambda t: front(t, r"^(tags: \[[^,\]\n]+), ([^\"'])", r"\1 \2"), VALUE),
    "flips a boolean": (lambda t: front(t, r"^draft: (\w+)", lambda m: "draft: true" if m[1] == "false" else "draft: false"), VALUE),
    "changes a number": (lambda t: front(t, r"^weight: ", "weight: 1"), VALUE),
    "drops a word of the title": (lambda t: front(t, r"^(title: [\"']?\S+) \S+", r"\1"), VALUE),
    "adds a mark to the title": (lambda t: front(t, r"^title: (\w[^:#'\"\n]*?)(?=\r?$)", r"title: '\1\"'"), VALUE),
    "hides a value in a comment": (lambda t: front(t, r"^layout: ", "layout: # "), VALUE),
    "hides a value in an anchor": (lambda t: front(t, r"^layout: ", "layout: &"), VALUE),
    "renames a key": (lambda t: front(t, r"^layout:", "lay-out:"), VALUE),
    "swaps two values": (lambda t: front(t, r"^(title: )(.*?)(\r?\n(?:.*\n)*?layout: )(post)", r"\1\4\3\2"), VALUE),
    "leaves a quote open": (lambda t: front(t, r"^layout: ", 'layout: "'), VALUE),
    "indents a key": (lambda t: front(t, r"^layout: ", "  layout: "), VALUE),
    "repeats a key": (lambda t: front(t, r"^layout: post", "layout: post\ntitle: again"), (*VALUE, "line ends")),
    "joins two lines": (lambda t: front(t, r"^(layout: post)\r?\n(?=\w)", r"\1 "), VALUE),
    "quotes an anchor": (lambda t: front(t, r"path: (&image .*?)(?=\r?$)", r'path: "\1"'), VALUE),
    "flattens a mapping": (lambda t: front(t, r"^author:\r?\n  ", "author: x\n"), (*VALUE, "line ends")),
    "folds literal text": (lambda t: front(t, r": \|-?(?=\r?$)", ": >-"), VALUE),
    "drops a line of a block scalar": (lambda t: front(t, r"(: [>|]-?\r?\n)  .*\n", r"\1"), VALUE),
    "drops the closing delimiter": (lambda t: re.sub(r"\n---\r?\n", "\n", t, count=1) if Parts(t).syntax == "yaml" else None, ("front matter lost", "block", *VALUE)),
    "drops the opening delimiter": (lambda t: t.replace("---", "", 1) if Parts(t).syntax == "yaml" else None, ("front matter lost", "block", "text")),
    "closes the front matter too early": (lambda t: front(t, r"^(layout:|draft:|weight:)", r"---\n\1"), (*VALUE, "block", "line ends")),
    "destroys a table": (lambda t: body(t, r"^\|---\|:--\|\r?\n", ""), ("block",)),
    "drops a table row": (lambda t: body(t, r"^(\|---\|:--\|\r?\n)\|.*\n", r"\1"), ("block", "text")),
    "flattens a nested list": (lambda t: body(t, r"^  - ", "- "), ("block",)),
    "nests a list": (lambda t: body(t, r"^(- .*\n)- ", r"\1  - "), ("block",)),
    "opens a fence": (lambda t: body(t, r"^```\r?$", ""), ("block",)),
    "changes code": (lambda t: body(t, r"^curl -", "curl --"), ("text",)),
    "unindents code": (lambda t: body(t, r"^    return", "return"), ("text",)),
    "collapses spaces in code": (lambda t: body(t, r"^title: a  b", "title: a b"), ("text",)),
    "joins two paragraphs": (lambda t: body(t, r"(\w[.。]\r?\n)\r?\n(?=[^\W\d])", r"\1"), ("block", "text")),
    "drops a heading": (lambda t: body(t, r"^#+ .*\n", ""), ("block",)),
    "raises a heading": (lambda t: body(t, r"^## ", "# "), ("block",)),
    "makes a heading": (lambda t: body(t, r"^(\w.*[.。])(\r?)$", r"# \1\2"), ("block",)),
    "drops a word": (lambda t: body(t, r"^(\w+) \w+ ", r"\1 "), ("text",)),
    "doubles a word": (lambda t: body(t, r"^(\w+) ", r"\1 \1 "), ("text",)),
    "joins two words": (lambda t: body(t, r"(\w) (?=\w)", r"\1"), ("text", "block")),
    "drops a paragraph": (lambda t: body(t, r"^\w.*\n\r?\n", ""), ("block", "text")),
    "changes a link": (lambda t: body(t, r"\]\(https://example.com/a\)", "](https://example.com/b)"), ("links", "text")),
    "drops a link": (lambda t: body(t, r"\[([^\]]*)\]\(https://example.com/a\)", r"\1"), ("links", "text")),
    "makes a link": (lambda t: body(t, r"^(\w+) ", r"[\1](x) "), ("links", "text")),
    "drops a link's definition": (lambda t: body(t, r"^\[ref\]: .*", ""), ("links", "text", "block")),
    "drops bold marks": (lambda t: body(t, r"\*\*([^*\n]+)\*\*", r"\1"), ("links", "text")),
    "drops HTML": (lambda t: body(t, r"^<div.*\n", ""), ("block", "text")),
    "drops a hard line break": (lambda t: body(t, r"  (?=\r?\n\w)", ""), ("links", "text")),
    "renumbers a list": (lambda t: body(t, r"^1\. ", "2. "), ("block", "text")),
    "truncates the body": (lambda t: t[: -len(Parts(t).body) // 2] if len(Parts(t).body) > 40 else None, ("block", "text")),
    "makes a template": (lambda t: body(t, r"^(\w)", r"{{ x }} \1"), ("template",)),
    "mixes line ends": (lambda t: re.sub(r"\r\n", "\n", t, count=1) if "\r\n" in t else re.sub(r"\n", "\r\n", t, count=1), ("line ends", *VALUE)),
    "writes LF for CRLF": (lambda t: t.replace("\r\n", "\n") if "\r\n" in t else None, ("line ends",)),
}
# Damage that is harm even where an unsafe fix names it.
NEVER = {
    "quotes a list", "quotes a date", "makes a list of a string", "leaves a quote open", "repeats a key", "drops the closing delimiter",
    "destroys a table", "flattens a nested list", "opens a fence", "drops a heading", "makes a template", "mixes line ends",
}
# Outcomes that a page repaired as it was meant may still have: by design no safe fix renames a key.
BY_DESIGN = {"key renamed by a safe fix"}


def fixed(case: Case, text: str, again: str | None = None) -> Fixed:
    """A page after a fix whose finding names the whole page."""
    edit = Edit("damage", True, 0, len(case.bad.encode()), text * 2)
    return Fixed(text, text if again is None else again, [(case.bad, [edit])], True, set())


def run(modules: Path, count: int, seed: int) -> int:
    judge = Judge(processes(modules))
    done, caught, failures = Counter(), Counter(), []
    cases = []
    sites = list(SITES)
    for number in range(count):
        case = differential.make_case(seed, number, sites[number // differential.BATCH % len(sites)])
        if len(case.post.mutations) < 2:
            cases.append(case)
    rng = random.Random(seed)
    jobs = []
    for number, case in enumerate(cases):
        jobs.append((case, "repair", case.good, ()))
        # With damage to a page that had no mistake, and to one that is repaired otherwise.
        for name in rng.sample(list(DAMAGE), 4):
            damage, expected = DAMAGE[name]
            text = damage(case.good)
            # What is damaged has to be there as it was written, or the damage may be what was written already.
            there = damage(case.bad) is not None or Parts(case.bad).front is None and not name.endswith("delimiter")
            if text is not None and text != case.bad and text != case.good and there:
                jobs.append((case, name, text, expected))
    fronts = judge.fronts([(case.bad, text, case.good) for case, _, text, _ in jobs])
    fronts |= {Parts(case.good).front for case in cases if Parts(case.good).syntax == "yaml"}
    for reader in judge.processes.values():
        reader.learn(fronts)
    for case in cases:
        good = Parts(case.good)
        for name, reader in judge.readers(good.syntax or "yaml").items():
            if good.front is None or reader(good.front) is None:
                failures.append(f"{case.mutation}: {name} can't read what was meant:\n{good.front}")
    for case, name, text, expected in jobs:
        # An unsafe fix may replace what it names, and here the whole page is named: only some damage is harm then too.
        for unsafe in (False, True) if name == "repair" or name in NEVER else (False,):
            harms, _ = judge.judge(case, fixed(case, text), unsafe)
            outcomes = [harm.outcome for harm in harms]
            done[name] += 1
            if name == "repair":
                wrong = [harm for harm in harms if harm.outcome not in BY_DESIGN]
                caught[name] += not wrong
                failures += [f"{case.mutation}: a repair is harm: {harm.outcome}: {harm.detail}\n{case.bad}" for harm in wrong[:1]]
            elif any(word in outcome for word in expected for outcome in outcomes):
                caught[name] += 1
            else:
                failures.append(f"{name} ({case.mutation}): found {outcomes}\n{case.good}\n--- damaged ---\n{text}")
    case = cases[0]
    for name, harm in (
        ("second run changes more", judge.judge(case, fixed(case, case.good, case.good + "x"), False)[0]),
        ("change that no finding names", judge.judge(case, Fixed(case.good + "\nmore", case.good + "\nmore", [], False, set()), False)[0]),
        ("grows by more than the inserts", judge.judge(case, Fixed(case.good + "\nmore", case.good + "\nmore", [], True, set()), False)[0]),
    ):
        done[name] += 1
        caught[name] += any(found.outcome == name for found in harm)
        failures += [f"{name}: not found"] * (not any(found.outcome == name for found in harm))
    # The body begins with words that stand above it too, where there is no front matter yet.
    words = "The same words begin both."
    blocks = [Block("p", words), Block("p", "One, two.", "One,, two.")]
    bad = f"--- lang: x\nsummary: >\n  {words}\n---\n\n{words}\n\nOne,, two.\n"
    case = Case("x.md", Post("English", "yaml", [], blocks), bad, bad.replace("--- ", "---\n", 1).replace(",,", ","))
    harm = judge.judge(case, fixed(case, bad.replace(",,", ",")), True)[0]
    done["words of the body above it"] += 1
    caught["words of the body above it"] += not harm
    failures += [f"words of the body above it: {found.outcome}: {found.detail}" for found in harm]
    for name, times in sorted(done.items()):
        print(f"{name:40} {caught[name]:6} of {times:6} judged right")
    missing = [name for name in DAMAGE if not done[name]]
    failures += [f"{name}: never done" for name in missing]
    shown = Counter()
    for failure in failures:
        # A few of each kind.
        kind = failure.split(":")[0].split("(")[0]
        shown[kind] += 1
        if shown[kind] <= 2:
            print("WRONG", failure, "\n")
    print(f"{len(cases)} posts, {sum(done.values())} judgements, {len(failures)} wrong")
    return 1 if failures else 0
