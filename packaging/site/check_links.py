"""Looks for broken links in the built site: pages, files, and anchors. Usage: check_links.py FOLDER URL_OF_THE_SITE"""

import pathlib
import sys
import urllib.parse
from html.parser import HTMLParser


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" or (tag == "a" and name == "name"):
                self.ids.add(value or "")
            elif name in ("href", "src") and value and tag != "base":
                self.links.append(value)


def main(folder: str, url: str) -> int:
    root = pathlib.Path(folder).resolve()
    pages = {path: Page(path.read_text("utf-8")) for path in root.rglob("*.html")}
    base = urllib.parse.urlsplit(url)
    broken, links = [], 0
    for path, page in sorted(pages.items()):
        here = url + path.relative_to(root).as_posix().removesuffix("index.html")
        if path.name == "404.html":
            continue
        for link in page.links:
            target = urllib.parse.urlsplit(urllib.parse.urljoin(here, link))
            if target.netloc != base.netloc or target.scheme != base.scheme:
                continue
            links += 1
            if not target.path.startswith(base.path):
                broken.append(f"{here}: {link} leaves the site")
                continue
            file = root / urllib.parse.unquote(target.path[len(base.path) :])
            file = file / "index.html" if file.is_dir() else file
            anchor = urllib.parse.unquote(target.fragment)
            if not file.is_file():
                broken.append(f"{here}: {link} is missing")
            elif anchor and file in pages and anchor not in pages[file].ids and not anchor.startswith("__"):
                broken.append(f"{here}: {link}: no such anchor")
    print("\n".join(broken))
    print(f"packaging/site/check_links.py: {len(pages)} pages, {links} links, {len(broken)} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
