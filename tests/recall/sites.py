"""The small sites that defects are injected into, and what matterlint reports for them."""

import json
import pathlib
import random
import re
import subprocess
import sys

from defects.base import CLOSE, OPEN, Page

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = '{"dependencies": {"%s": "^%s"}}\n'

# For each generator: the path of the page, and the other files of its site.
SITES = {
    "hugo": ("content/posts/page.md", {"hugo.toml": 'title = "Notes"\n'}),
    "jekyll": ("_posts/2024-03-05-page.md", {"_config.yml": "title: Notes\n", "Gemfile": "gem 'jekyll'\n"}),
    "hexo": ("source/_posts/page.md", {"_config.yml": "title: Notes\n", "package.json": PACKAGE % ("hexo", "7.0.0")}),
    "eleventy": ("posts/page.md", {"eleventy.config.js": "export default function () {}\n", "package.json": PACKAGE % ("@11ty/eleventy", "3.0.0")}),
    "docusaurus": ("docs/page.md", {"docusaurus.config.js": "module.exports = {};\n", "package.json": PACKAGE % ("@docusaurus/core", "3.6.0")}),
    "mkdocs": ("docs/page.md", {"mkdocs.yml": "site_name: Notes\n"}),
    "none": ("page.md", {}),
}
FRONT = [
    'title: "Steps of a longer walk"', "date: 2024-03-05", 'description: "What we saw on the way, and what it took"', "tags: [golang, walking]", "draft: false",
]


def front_of(generator):
    """The front matter of a page without a defect; generators of documentation know fewer fields."""
    return [line for line in FRONT if generator not in ("docusaurus", "mkdocs") or line.startswith(("title", "description"))]


def body_of(text):
    """The text below the front matter."""
    matched = re.match(r"(---|\+\+\+)\n.*?\n\1[ \t]*\n", text, re.S)
    return text[matched.end() :] if matched else text


def bodies(folders, seed, limit=400):
    """Texts of the fixtures, and some of each folder below `folders`, that are long enough to hide a defect in."""
    sources = sorted((ROOT / "fixtures").glob("**/good*.md")) + sorted((ROOT / "fixtures").glob("site-*/**/*.md"))
    for folder in folders:
        sites = [path for path in sorted(pathlib.Path(folder).iterdir()) if path.is_dir()]
        for site in sites:
            pages = sorted(path for path in site.glob("**/*.md") if path.is_file())
            random.Random(f"{seed} {site.name}").shuffle(pages)
            sources += pages[: limit // max(len(sites), 1)]
    found = []
    for source in sources:
        text = source.read_bytes().decode("utf-8", "replace")
        body = body_of(text)
        if 200 < len(body) < 8_000 and "\r" not in text and OPEN not in text:
            found.append("\n" + body.strip("\n") + "\n")
    return found


def write_site(folder, generator, text):
    """Writes a site with one page, and returns nothing; `text` is what is on disk."""
    path, others = SITES[generator]
    page = folder / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_bytes(text)
    for name, content in others.items():
        (folder / name).write_text(content)
    other = "2024-01-02-other.md" if generator == "jekyll" else "other.md"
    front = "\n".join(line.replace("Steps of", "Notes after").replace("What we saw", "What came") for line in front_of(generator))
    (page.parent / other).write_text(f"---\n{front}\n---\n\nIt starts here.\n\n## Set it up\n\nThis is how it starts.\n")
    (page.parent / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")


def page_of(body, generator):
    return Page(front_of(generator), body, generator)


def unmarked(text):
    """The text without marks, and the marked places in it, in characters."""
    plain, places, opened = [], [], None
    length = 0
    for piece in re.split(f"([{OPEN}{CLOSE}])", text):
        if piece == OPEN:
            opened = length
        elif piece == CLOSE:
            places.append((opened, length))
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), places


def findings(binary, folder, flags=()):
    """The findings on the page of each site below a folder: by the folder's path, a list of diagnostics."""
    command = [binary, "check", ".", "--format", "json", "--isolated", "--no-exclude", "--max-findings", "0", *flags]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode > 1:
        sys.exit(f"{binary} failed:\n{run.stderr}")
    pages = {}
    for found in json.loads(run.stdout)["diagnostics"]:
        if found["path"].endswith("page.md"):
            pages.setdefault(found["path"].split("/")[0], []).append(found)
    return pages
