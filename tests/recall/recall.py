#!/usr/bin/env python3
"""Measures recall: injects one defect into a clean page, many times, and counts how often it is reported.

usage: recall.py BINARY [--folder DIR] [--seed N] [--per-class N] [--write docs/recall.md] [--missed]

The pages are those of `fixtures/` that have no finding, and those below DIR if it is given. A defect counts as found if
a finding that the clean page doesn't have touches its lines. The same seed makes the same pages.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from defects import CLASSES

ROOT = pathlib.Path(__file__).resolve().parents[2]


def findings(binary, folder, flags=()):
    """The findings of each page of a folder, as (first line, last line, rule)."""
    command = [binary, "check", ".", "--format", "json", "--isolated", "--no-exclude", "--max-findings", "0", *flags]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode > 1:
        sys.exit(f"{binary} failed:\n{run.stderr}")
    pages = {}
    for found in json.loads(run.stdout)["diagnostics"]:
        place = (found["start"]["line"], found["end"]["line"], found["rule"])
        pages.setdefault(found["path"], []).append(place)
    return pages


def clean_pages(binary, folder):
    """Texts of pages without a finding, long enough to hide a defect in."""
    sources = sorted((ROOT / "fixtures").glob("**/good*.md")) + sorted((ROOT / "fixtures").glob("site-*/**/*.md"))
    sources += sorted(pathlib.Path(folder).glob("**/*.md")) if folder else []
    texts = []
    for source in sources:
        text = source.read_bytes().decode("utf-8", "replace")
        if 200 < len(text) < 60_000 and "\r" not in text:
            texts.append(text)
    with tempfile.TemporaryDirectory() as temporary:
        for index, text in enumerate(texts):
            (pathlib.Path(temporary) / f"{index}.md").write_text(text, newline="")
        dirty = findings(binary, temporary)
    return [text for index, text in enumerate(texts) if f"{index}.md" not in dirty]


def places(text):
    """The blank lines of the body at which a paragraph may be inserted: outside code, front matter and HTML."""
    lines = text.split("\n")
    start = 0
    if lines[0].strip() in ("---", "+++"):
        start = next((index + 1 for index, line in enumerate(lines[1:], 1) if line.strip() == lines[0].strip()), 0)
    found, fence = [], None
    for index, line in enumerate(lines):
        mark = line.strip()[:3]
        if mark in ("```", "~~~"):
            fence = None if fence == mark else fence or mark
        following = lines[index + 1] if index + 1 < len(lines) else ""
        before = lines[index - 1] if index else ""
        plain = all(not near.startswith((" ", "\t", "<", "{", ":", "!", ">", "|")) for near in (before, following))
        if fence is None and index >= start and not line.strip() and plain:
            found.append(index)
    return found


def inject(random_source, text, defect):
    """The page with the defect, and the lines that it is on; none if it doesn't fit."""
    candidates = places(text)
    if not candidates:
        return None
    at = random_source.choice(candidates)
    block = defect(random_source)
    if block is None:
        return None
    lines = text.split("\n")
    inserted = ["", *block.split("\n"), ""]
    changed = lines[:at] + inserted + lines[at:]
    return "\n".join(changed), (at + 1, at + len(inserted) + 1)


def measure(binary, texts, seed, per_class):
    """For each class its injected defects, those found by default and with preview rules, and the blocks that were missed."""
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        injected = {}
        for name, defect in CLASSES.items():
            random_source = random.Random(f"{seed} {name}")
            tries = 0
            while sum(key.startswith(f"{name}/") for key in injected) < per_class and tries < per_class * 20:
                tries += 1
                made = inject(random_source, random_source.choice(texts), defect)
                if made is None:
                    continue
                path = f"{name}/{tries}.md"
                file = pathlib.Path(temporary) / path
                file.parent.mkdir(exist_ok=True)
                file.write_bytes(made[0].encode("utf-8", "surrogateescape"))
                injected[path] = made
        found, preview = findings(binary, temporary), findings(binary, temporary, ["--preview"])

        def is_found(pages, path):
            first, last = injected[path][1]
            return any(start <= last and end >= first for start, end, _ in pages.get(path, []))

        for name in CLASSES:
            mine = {path: made for path, made in injected.items() if path.startswith(f"{name}/")}
            by_default = sum(is_found(found, path) for path in mine)
            missed = [
                "\n".join(text.split("\n")[first - 1 : last])
                for path, (text, (first, last)) in mine.items()
                if not is_found(preview, path)
            ]
            results.append((name, len(mine), by_default, len(mine) - len(missed), missed))
    return results


def table(results, seed, pages):
    lines = [
        "# Recall",
        "",
        "How often a defect is reported if one is injected into a page that has none. The defects are those of",
        "`tests/recall/defects.py`; a class has the same weight whatever its number of defects.",
        "",
        "```console",
        f"$ python3 tests/recall/recall.py target/debug/matterlint --seed {seed} --write docs/recall.md",
        "",
        "```",
        "",
        "| class | injected | by default | with `--preview` |",
        "|---|--:|--:|--:|",
    ]
    def share(part, all_):
        return f"{100 * part / max(all_, 1):.0f} %"

    for name, injected, by_default, preview, _ in results:
        lines.append(f"| {name.replace('-', ' ')} | {injected} | {share(by_default, injected)} | {share(preview, injected)} |")
    means = [sum(result[column] / max(result[1], 1) for result in results) / len(results) for column in (2, 3)]
    lines += ["", f"Mean of {len(results)} classes on {pages} pages: {100 * means[0]:.0f} % by default, {100 * means[1]:.0f} % with `--preview`."]
    return "\n".join(lines) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("binary")
    arguments.add_argument("--folder")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--per-class", type=int, default=20)
    arguments.add_argument("--write", type=pathlib.Path)
    arguments.add_argument("--missed", action="store_true", help="print what was missed")
    options = arguments.parse_args()
    binary = str(pathlib.Path(options.binary).resolve())
    texts = clean_pages(binary, options.folder)
    results = measure(binary, texts, options.seed, options.per_class)
    report = table(results, options.seed, len(texts))
    print(report)
    if options.missed:
        for name, *_, missed in results:
            for block in missed[:5]:
                print(f"--- {name}\n{block}")
    if options.write:
        options.write.write_text(report)


if __name__ == "__main__":
    main()
