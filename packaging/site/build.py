"""Builds the documentation site from docs/ and rules/ with Zensical. Usage: build.py [OUT_FOLDER]

The pages are as they are in the repository; only links to files that aren't pages of the site become links to the
repository, and rule pages get a heading from their front matter. Needs PyYAML and Zensical; see requirements.txt.
"""

import pathlib
import posixpath
import re
import shutil
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / "target" / "site"
CARGO = (ROOT / "Cargo.toml").read_text("utf-8")

NAV = [
    ("Getting started", ["getting-started", "adopting", "configuration", "content-types", "json-schema", "custom-rules", "commands"]),
    ("Where it runs", ["editors", "pre-commit", "ci"]),
    ("Reference", ["builds", "faq", "versioning"]),
    ("Measurements", ["precision", "recall", "performance", "scale", "dependencies"]),
]


def field(name: str) -> str:
    return re.search(rf'^{name} = "(.*)"$', CARGO, re.MULTILINE)[1]


def pages() -> dict[str, str]:
    """The path of each page in the repository, with its path in the site."""
    found = {"README.md": "index.md", "rules/README.md": "rules/index.md", "CHANGELOG.md": "changelog.md", "SECURITY.md": "security.md"}
    found |= {f"docs/{path.name}": path.name for path in (ROOT / "docs").glob("*.md")}
    found |= {f"rules/{path.name}": f"rules/{path.name}" for path in (ROOT / "rules").glob("*.md") if path.stem != "README"}
    return found


def outside_code(text: str, change) -> str:
    """Changes the text outside of fenced code blocks."""
    out, plain, fence = [], [], None
    for line in text.splitlines(keepends=True):
        mark = re.match(r" {0,3}(`{3,}|~{3,})", line)
        if fence is None and mark:
            out.append(change("".join(plain)))
            plain, fence = [], mark[1]
            out.append(line)
        elif fence is not None:
            out.append(line)
            if mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and line.strip() == mark[1]:
                fence = None
        else:
            plain.append(line)
    out.append(change("".join(plain)))
    return "".join(out)


def relink(source: str, target: str, known: dict[str, str]):
    """A function that changes the links of a page."""

    def link(match: re.Match) -> str:
        start, destination, end = match.group("start", "destination", "end")
        if start is None:
            return match[0]
        path, mark, anchor = destination.partition("#")
        if not path or re.match(r"[a-z]+:", destination) or path.startswith("/"):
            return match[0]
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        if inside in known:
            return f"{start}{posixpath.relpath(known[inside], posixpath.dirname(target) or '.')}{mark}{anchor}{end}"
        if inside.startswith("docs/images/"):
            return f"{start}{posixpath.relpath(inside.removeprefix('docs/'), posixpath.dirname(target) or '.')}{end}"
        if not (ROOT / inside).exists():
            raise SystemExit(f"{source}: {destination} links to nothing")
        return f"{start}{field('repository')}/tree/main/{inside}{mark}{anchor}{end}"

    # What is in code is no link.
    code = r"(?P<marks>`+)(?!`).+?(?<!`)(?P=marks)(?!`)"
    links = r"(?P<start>!?\[(?:[^\[\]]|\[[^\]]*\])*\]\()(?P<destination>[^()\s]+)(?P<end>\))"
    return lambda text: re.sub(f"{code}|{links}", link, text, flags=re.DOTALL)


def rule(text: str, id: str) -> str:
    """A rule's page with a heading and its defaults."""
    _, front, body = text.split("---\n", 2)
    head = yaml.safe_load(front)
    level = head["level"] if head["level"] is not False else "off"
    fix = {"safe": "safe", "unsafe": "unsafe"}.get(head.get("fix"), "none")
    facts = f"Level: `{level}`. Group: `{head['group']}`. Fix: {fix}. Since {head.get('since', '')}."
    if head.get("preview"):
        facts += " Preview: enable it with `--preview`, or set its level."
    title = head["summary"].replace('"', '\\"')
    return f'---\ntitle: {id}\ndescription: "{title}"\n---\n\n# {id}\n\n{head["summary"]}\n\n{facts}\n{body}'


def config(known: dict[str, str]) -> str:
    groups: dict[str, list[str]] = {}
    for source in sorted(known):
        if source.startswith("rules/") and source != "rules/README.md":
            head = yaml.safe_load((ROOT / source).read_text("utf-8").split("---\n", 2)[1])
            groups.setdefault(head["group"], []).append(pathlib.Path(source).stem)
    nav = ['  { "Home" = "index.md" },']
    for title, names in NAV:
        nav.append(f'  {{ "{title}" = [{", ".join(chr(34) + name + ".md" + chr(34) for name in names)}] }},')
    rules = ['"rules/index.md"']
    for group in sorted(groups):
        rules.append(f'{{ "{group}" = [{", ".join(f"{chr(34)}rules/{id}.md{chr(34)}" for id in groups[group])}] }}')
    nav.append(f'  {{ "Rules" = [{", ".join(rules)}] }},')
    nav.append('  { "Project" = ["changelog.md", "security.md"] },')
    listed = {f"{name}.md" for _, names in NAV for name in names}
    missing = {target for source, target in known.items() if source.startswith("docs/")} - listed
    assert not missing, f"not in the navigation: {missing}"
    return f"""[project]
site_name = "matterlint"
site_url = "{field('homepage')}"
site_description = "{field('description')}"
repo_url = "{field('repository')}"
docs_dir = "pages"
site_dir = "html"
nav = [
{chr(10).join(nav)}
]

[project.theme]
language = "en"
font = false
features = ["navigation.indexes", "navigation.top", "search.highlight", "content.code.copy", "toc.follow"]

[[project.theme.palette]]
media = "(prefers-color-scheme: light)"
scheme = "default"
toggle.icon = "lucide/sun"
toggle.name = "Dark mode"

[[project.theme.palette]]
media = "(prefers-color-scheme: dark)"
scheme = "slate"
toggle.icon = "lucide/moon"
toggle.name = "Light mode"

[project.markdown_extensions.toc]
permalink = true
slugify = {{ object = "pymdownx.slugs.slugify", kwds = {{ case = "lower" }} }}

[project.markdown_extensions.tables]
[project.markdown_extensions.pymdownx.superfences]
[project.markdown_extensions.pymdownx.highlight]
[project.markdown_extensions.pymdownx.inlinehilite]
"""


def main(out: str | None) -> None:
    shutil.rmtree(WORK, ignore_errors=True)
    sources = WORK / "pages"
    known = pages()
    for source, target in known.items():
        text = (ROOT / source).read_text("utf-8")
        if source.startswith("rules/") and source != "rules/README.md":
            text = rule(text, pathlib.Path(source).stem)
        # A fence's info string may name a path, which the generator doesn't know.
        text = re.sub(r"^( {0,3}(?:`{3,}|~{3,}))(\w+)[ \t]+\S.*$", r"\1\2", text, flags=re.MULTILINE)
        path = sources / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(outside_code(text, relink(source, target, known)), "utf-8")
    shutil.copytree(ROOT / "docs" / "images", sources / "images")
    (WORK / "zensical.toml").write_text(config(known), "utf-8")
    subprocess.run([pathlib.Path(sys.executable).with_name("zensical"), "build", "--clean"], cwd=WORK, check=True)
    if out is not None:
        shutil.copytree(WORK / "html", out, dirs_exist_ok=True)
    print(f"packaging/site/build.py: {len(known)} pages")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
