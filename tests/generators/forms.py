"""Asks each generator what it makes of a date in each of the forms in `forms.txt`: which day, or that it takes none."""

import pathlib
import re
import shutil
import tempfile

import sites

# Generators whose own code reads dates; the others leave that to a schema or a theme of the site's.
NAMES = ["jekyll", "hugo", "eleventy", "hexo", "pelican", "material"]


def good_page(name):
    pages = [page for page in sites.pages_of(sites.FIXTURES / f"site-{name}") if page.stem.endswith("good")]
    return next(page for page in pages if re.search("post|blog|content", str(page.relative_to(sites.FIXTURES))) or len(pages) == 1)


def ask(name, programs, form):
    """The day that a page is of, `none` where it has no day of its own, or `refused`."""
    good, site = good_page(name), sites.FIXTURES / f"site-{name}"
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "site"
        shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.md", "site.snap"))
        page = copy / good.relative_to(site)
        page.parent.mkdir(parents=True, exist_ok=True)
        lines = [line for line in good.read_text().splitlines() if not re.match("date:", line, re.I)]
        page.write_text("\n".join([lines[0], f"date: {form}", *lines[1:]]) + "\n")
        is_built, said, pages, _ = sites.build(name, programs, [page], copy)
        shown = page.relative_to(copy).as_posix()
        of_page = [known for known in pages if known["path"] == shown]
        if not is_built or not of_page:
            return "refused"
        return of_page[0].get("date") or "none"


def record(programs):
    forms = [line for line in (sites.HERE / "forms.txt").read_text().splitlines() if line and not line.startswith("# ")]
    programs_of = {name: sites.version(name, programs) for name in NAMES}
    return {"programs": programs_of, "days": {form: {name: ask(name, programs, form) for name in NAMES} for form in forms}}
