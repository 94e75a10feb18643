#!/usr/bin/env python3
"""Measures recall: injects one defect into a clean page, many times, and counts how often it is reported.

usage: recall.py BINARY [--folder DIR …] [--seed N] [--per-class N] [--only TEXT] [--write docs/recall.md] [--missed]

The pages are those of `fixtures/`, and of the sites below DIR, that have no finding; each is put into a small site of its
own, so that nothing but the defect changes. A defect is found if there is a finding on its lines that the page without
the defect doesn't have. The same seed makes the same pages.
"""

import argparse
import collections
import pathlib
import random
import tempfile

from defects import CLASSES
from sites import bodies, findings, page_of, unmarked, write_site

TARGETS = {"front matter": 92, "links": 85, "structure": 85, "placeholders": 70, "commands in code blocks": 70, "commands inline": 60}


class Injected:
    """A page with a defect: its class, its text, the bytes that are damaged, and the site without the defect."""

    def __init__(self, defect, text, places, baseline):
        self.defect, self.baseline = defect, baseline
        self.text = text
        self.bytes = text.encode(defect.encoding)
        self.places = [tuple(len(text[:edge].encode(defect.encoding)) for edge in place) for place in places]
        self.lines = {line for start, end in places for line in range(text.count("\n", 0, start) + 1, text.count("\n", 0, end) + 2)}

    def on_lines(self, found):
        if self.defect.encoding != "utf-8":
            return True
        return any(found["start"]["line"] <= line <= found["end"]["line"] for line in self.lines)

    def is_exact(self, found):
        """Whether the finding is at what is damaged: inside it, or around it by a few words of the same lines."""
        if self.defect.encoding != "utf-8":
            return True
        start, end = found["start"]["byte"], found["end"]["byte"]
        for first, last in self.places:
            inside = first <= start and end <= last
            around = start <= first and last <= end and end - start <= last - first + 60
            if inside or around:
                return True
        return False


def inject(defect, seed, per_class, texts):
    """The defects of a class, each on a page of its own, and the index of the page and the generator of each."""
    source = random.Random(f"{seed} {defect.group} {defect.name}")
    made, tries = [], 0
    while len(made) < per_class and tries < per_class * 20:
        tries += 1
        index, generator = source.randrange(len(texts)), source.choice(defect.generators)
        text = defect.make(source, page_of(texts[index], generator))
        if text is None:
            continue
        plain, places = unmarked(text)
        try:
            made.append(Injected(defect, plain, places, (index, generator)))
        except UnicodeEncodeError:
            continue
    return made


def new_findings(found, before):
    """The findings that the page without the defect doesn't have."""
    known = collections.Counter((old["rule"], old["message"]) for old in before)
    fresh = []
    for one in found:
        key = (one["rule"], one["message"])
        if known[key]:
            known[key] -= 1
        else:
            fresh.append(one)
    return fresh


def run(binary, sites, flags=()):
    """What is reported for each site: by its key, a list of findings."""
    with tempfile.TemporaryDirectory() as temporary:
        for key, (generator, content) in sites.items():
            write_site(pathlib.Path(temporary) / key, generator, content)
        return findings(binary, temporary, flags)


class Result:
    """The figures of a class."""

    def __init__(self, defect):
        self.defect = defect
        self.injected = self.default = self.preview = self.exact = self.cascades = 0
        self.missed, self.inexact, self.cascading = [], [], []

    def add(self, one, default, preview):
        self.injected += 1
        here = [found for found in default if one.on_lines(found)]
        self.default += bool(here)
        shown = here or [found for found in preview if one.on_lines(found)]
        self.preview += bool(shown)
        if not shown:
            self.missed.append((one, default))
            return
        if any(one.is_exact(found) for found in shown):
            self.exact += 1
        else:
            self.inexact.append((one, shown))
        all_ = default if here else preview
        if len(all_) > 2 or any(not one.on_lines(found) for found in all_):
            self.cascades += 1
            self.cascading.append((one, all_))


def clean(binary, texts):
    """The texts without a finding of any rule."""
    pages = {str(index): ("none", page_of(text, "none").text().encode()) for index, text in enumerate(texts)}
    dirty = run(binary, pages)
    return [text for index, text in enumerate(texts) if str(index) not in dirty]


def measure(binary, texts, seed, per_class, classes):
    injected = [one for defect in classes for one in inject(defect, seed, per_class, texts)]
    sites = {f"m{index}": (one.baseline[1], one.bytes) for index, one in enumerate(injected)}
    for index, generator in {one.baseline for one in injected}:
        sites[f"b{index}-{generator}"] = (generator, page_of(texts[index], generator).text().encode())
    default, preview = run(binary, sites), run(binary, sites, ["--preview"])
    results = {id(defect): Result(defect) for defect in classes}
    for index, one in enumerate(injected):
        before = f"b{one.baseline[0]}-{one.baseline[1]}"
        fresh = [new_findings(pages.get(f"m{index}", []), pages.get(before, [])) for pages in (default, preview)]
        results[id(one.defect)].add(one, *fresh)
    return [results[id(defect)] for defect in classes]


def share(part, whole):
    return f"{100 * part / max(whole, 1):.0f} %"


def table(results, command, pages):
    """The page with the figures: by group, and by class."""
    lines = [
        "# Recall", "",
        "How often a defect is reported if one is injected into a page that has none. The defects are those of",
        "`tests/recall/defects/`; within a group, a class has the same weight whatever its number of defects.", "",
        "```console", f"$ {command}", "", "```", "",
        "A defect is found if there is a new finding on its lines. A finding is exact if it covers what is damaged, and little",
        "more. A defect cascades if it has more than two new findings, or one somewhere else on the page.", "",
        "| group | classes | injected | by default | with `--preview` | exact | cascades | target |", "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    groups = {}
    for result in results:
        groups.setdefault(result.defect.group, []).append(result)

    def mean(group, figure):
        return f"{100 * sum(getattr(one, figure) / max(one.injected, 1) for one in group) / len(group):.0f} %"

    def row(name, group, target):
        injected, found = sum(one.injected for one in group), sum(one.preview for one in group)
        cells = [name, len(group), injected, mean(group, "default"), mean(group, "preview"), share(sum(one.exact for one in group), found)]
        return "| " + " | ".join(str(cell) for cell in [*cells, f"{100 * sum(one.cascades for one in group) / max(found, 1):.1f} %", target]) + " |"

    for name, group in groups.items():
        lines.append(row(name, group, f"{TARGETS[name]} %" if name in TARGETS else ""))
    lines += [row("all", results, ""), "", f"The defects are on {pages} pages.", ""]
    for name, group in groups.items():
        lines += [f"## {name[0].upper()}{name[1:]}", "", "| class | injected | by default | with `--preview` | exact | cascades |", "|---|--:|--:|--:|--:|--:|"]
        for one in group:
            figures = [share(one.default, one.injected), share(one.preview, one.injected), share(one.exact, one.preview), one.cascades]
            lines.append(f"| {one.defect.name} | {one.injected} | " + " | ".join(map(str, figures)) + " |")
        lines.append("")
    return "\n".join(lines)


def excerpt(one, found):
    """The damaged lines and what was reported instead, for a person who looks into a class."""
    lines = one.text.split("\n")
    first, last = min(one.lines, default=1), max(one.lines, default=1)
    print("\n".join("    " + line for line in lines[max(first - 2, 0) : last + 1][:12]))
    for other in found:
        start, end = other["start"], other["end"]
        print(f"    -> {start['line']}:{start['column']}-{end['line']}:{end['column']} {other['rule']}: {other['message']}")


def details(results, number):
    for result in results:
        kinds = [("missed", result.missed), ("inexact", result.inexact), ("cascade", result.cascading)]
        for kind, ones in kinds:
            for one, found in ones[:number]:
                print(f"--- {kind}: {result.defect.group}: {result.defect.name} ({one.baseline[1]})")
                excerpt(one, found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary")
    arguments.add_argument("--folder", action="append", default=[])
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--per-class", type=int, default=30)
    arguments.add_argument("--only", help="classes whose group and name contain this text")
    arguments.add_argument("--write", type=pathlib.Path)
    arguments.add_argument("--details", type=int, default=0, help="print this many missed defects, inexact findings, and cascades of each class")
    options = arguments.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    classes = [one for one in CLASSES if not options.only or options.only in f"{one.group}: {one.name}"]
    texts = clean(binary, bodies(options.folder, options.seed))
    results = measure(binary, texts, options.seed, options.per_class, classes)
    folders = "--folder SITES" if options.folder else ""
    command = " ".join(f"python3 tests/recall/recall.py target/debug/matterlint {folders} --seed {options.seed} --per-class {options.per_class} --write docs/recall.md".split())
    report = table(results, command, len(texts))
    print(report)
    details(results, options.details)
    if options.write:
        options.write.write_text(report)


if __name__ == "__main__":
    main()
