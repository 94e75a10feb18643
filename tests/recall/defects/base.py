"""What the classes of defects have in common: how a defect is described, and where it is put.

A defect is a function from a random source and a page to the page with the defect, or to `None` if the page has no
place for it. In the texts, `⟦` and `⟧` enclose what is damaged; the harness removes them and expects the finding there.
"""

from dataclasses import dataclass
from typing import Callable

OPEN, CLOSE = "⟦", "⟧"

WORDS = {
    "ko": ["배포", "설정", "서버", "캐시", "인증", "로그", "설치", "검색"],
    "en": ["deploy", "cache", "token", "index", "proxy", "build", "queue", "router"],
    "zh": ["重要", "安全", "速度", "缓存", "部署", "设置", "认证", "搜索"],
    "ja": ["配信", "設定", "認証", "検索", "速度", "手順", "更新", "確認"],
    "host": ["example.com", "docs.example.org", "blog.example.net"],
}


@dataclass
class Page:
    """A page that is taken apart: the lines of its front matter, its body, its language, and the generator of its site."""

    front: list[str]
    body: str
    generator: str
    fence: str = "---"

    def text(self):
        return "\n".join([self.fence, *self.front, self.fence, self.body])


@dataclass
class Defect:
    """A class of defects. `generators` are those that it is injected under."""

    group: str
    name: str
    make: Callable
    generators: tuple[str, ...] = ("hugo", "jekyll", "hexo", "eleventy", "none")
    encoding: str = "utf-8"


def fill(source, text):
    """The text with its `<ko>`, `<en>` … replaced with words."""
    for name, words in WORDS.items():
        text = text.replace(f"<{name}>", source.choice(words))
    return text


def places(lines):
    """The blank lines of a body at which a paragraph may be inserted: outside code and HTML, and not between items."""
    found, fence = [], None
    for index, line in enumerate(lines):
        mark = line.strip()[:3]
        if mark in ("```", "~~~"):
            fence = None if fence == mark else fence or mark
        following = lines[index + 1] if index + 1 < len(lines) else ""
        before = lines[index - 1] if index else ""
        starts = (" ", "\t", "<", "{", ":", "!", ">", "|", "-", "*", "+", "1")
        if fence is None and not line.strip() and not before.startswith(starts) and not following.startswith(starts):
            found.append(index)
    return found


def block(*texts, at="anywhere"):
    """A defect that is one of `texts`, put between two paragraphs of the body, or at its end."""

    def make(source, page):
        lines = page.body.split("\n")
        candidates = places(lines)
        if not candidates:
            return None
        index = len(lines) if at == "end" else source.choice(candidates)
        inserted = ["", *fill(source, source.choice(texts)).split("\n"), ""]
        page.body = "\n".join(lines[:index] + inserted + lines[index:])
        return page.text()

    return make


def front(*edits):
    """A defect that is one of `edits`: functions from a random source and the lines of the front matter to new ones."""

    def make(source, page):
        page.front = source.choice(edits)(source, list(page.front))
        return None if page.front is None else page.text()

    return make


def line(key, *texts):
    """An edit that replaces the line of `key`, and those that belong to it, with one of `texts`."""

    def edit(source, lines):
        at = next((index for index, old in enumerate(lines) if old.startswith(f"{key}:")), None)
        if at is None:
            return None
        end = at + 1
        while end < len(lines) and lines[end].startswith((" ", "-")):
            end += 1
        value = lines[at].split(":", 1)[1].strip()
        text = fill(source, source.choice(texts)).replace("<value>", value)
        return lines[:at] + text.split("\n") + lines[end:]

    return edit


def added(*texts):
    """An edit that adds one of `texts` at the end of the front matter."""
    return lambda source, lines: [*lines, *fill(source, source.choice(texts)).split("\n")]


def whole(*texts):
    """A defect that replaces everything above the body; `<title>` is the title, and `<date>` the date."""

    def make(source, page):
        values = dict(old.split(": ", 1) for old in page.front if ": " in old)
        text = fill(source, source.choice(texts))
        for name, value in values.items():
            text = text.replace(f"<{name}>", value.strip("\""))
        return text + "\n" + page.body

    return make
