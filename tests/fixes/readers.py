"""Readers that matterlint has no part in: of front matter, and of Markdown.

Data are flattened to `{path: (type, value)}`, with one entry for each list and mapping, so that two readings can be
compared value by value. A text that a reader refuses is `None`.
"""

import datetime
import json
import re
import shutil
import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path

import yaml

try:
    import tomllib
except ImportError:
    tomllib = None
try:
    from markdown_it import MarkdownIt
except ImportError:
    MarkdownIt = None
try:
    from mdit_py_plugins.footnote import footnote_plugin
except ImportError:
    footnote_plugin = None

Data = dict[tuple, tuple[str, object]]

JS = r"""
const yaml = require('js-yaml');
const flat = v => v === null || v === undefined ? ['null', null] : v instanceof Date ? ['date', isNaN(v) ? 'x' : v.toISOString()]
  : Array.isArray(v) ? ['list', v.map(flat)] : typeof v === 'object' ? ['map', Object.keys(v).map(k => [k, flat(v[k])])]
  : typeof v === 'number' ? [Number.isInteger(v) ? 'int' : 'float', String(v)] : typeof v === 'boolean' ? ['bool', v] : ['str', v];
for (const line of require('fs').readFileSync(0, 'utf8').split('\n')) {
  if (!line) continue;
  try { console.log(JSON.stringify(flat(yaml.load(JSON.parse(line))))); } catch (e) { console.log('null'); }
}
"""

RUBY = r"""
require 'yaml'; require 'json'; require 'date'
def flat(v)
  case v
  when nil then ['null', nil]
  when Hash then ['map', v.map { |k, w| [k.to_s, flat(w)] }]
  when Array then ['list', v.map { |w| flat(w) }]
  when true, false then ['bool', v]
  when Integer then ['int', v.to_s]
  when Float then ['float', v.to_s]
  when Date, Time, DateTime then ['date', v.iso8601 ]
  else ['str', v.to_s]
  end
end
require 'time'
STDIN.set_encoding('UTF-8'); STDOUT.set_encoding('UTF-8')
STDIN.each_line do |line|
  begin
    puts JSON.generate(flat(YAML.safe_load(JSON.parse(line), permitted_classes: [Date, Time, Symbol], aliases: true)))
  rescue StandardError, SyntaxError
    puts 'null'
  end
end
"""


def flatten(typed: list | tuple | None) -> Data | None:
    if typed is None:
        return None
    flat: Data = {}
    todo = [((), typed)]
    while todo:
        path, (kind, value) = todo.pop()
        if kind == "map":
            flat[path] = ("map", None)
            todo += [((*path, str(key)), inner) for key, inner in value]
        elif kind == "list":
            flat[path] = ("list", len(value))
            todo += [((*path, index), inner) for index, inner in enumerate(value)]
        else:
            flat[path] = (kind, value)
    return flat


def typed(value: object) -> tuple:
    match value:
        case None:
            return ("null", None)
        case bool():
            return ("bool", value)
        case int():
            return ("int", str(value))
        case float():
            return ("float", repr(value))
        case datetime.date() | datetime.time():
            return ("date", value.isoformat())
        case list() | tuple():
            return ("list", [typed(item) for item in value])
        case dict():
            return ("map", [(key, typed(item)) for key, item in value.items()])
    return ("str", value if isinstance(value, str) else repr(value))


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=20000)
def pyyaml(text: str) -> Data | None:
    try:
        return flatten(typed(yaml.load(text, Loader=LOADER)))
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, AttributeError, OverflowError):
        return None


@lru_cache(maxsize=4000)
def toml(text: str) -> Data | None:
    try:
        return flatten(typed(tomllib.loads(text.replace("\r\n", "\n"))))
    except (ValueError, RecursionError):
        return None


@lru_cache(maxsize=4000)
def json_text(text: str) -> Data | None:
    try:
        return flatten(typed(json.loads(text)))
    except (ValueError, RecursionError):
        return None


class Process:
    """A reader in another language, asked about many texts at once."""

    def __init__(self, command: list[str], folder: Path | None = None):
        self.command, self.folder, self.known = command, folder, {}

    def learn(self, texts: set[str]) -> None:
        asked = sorted(texts - self.known.keys())
        if not asked:
            return
        lines = "".join(json.dumps(text) + "\n" for text in asked)
        run = subprocess.run(self.command, input=lines, text=True, encoding="utf-8", capture_output=True, cwd=self.folder)
        answers = run.stdout.split("\n")[:-1]
        if len(answers) != len(asked):
            raise RuntimeError(f"{self.command[0]}: {len(answers)} answers for {len(asked)} texts: {run.stderr[-300:]}")
        self.known |= {text: flatten(json.loads(answer)) for text, answer in zip(asked, answers)}

    def __call__(self, text: str) -> Data | None:
        return self.known[text]


def processes(modules: Path) -> dict[str, Process]:
    """Psych and js-yaml, as far as they are installed."""
    found = {}
    if shutil.which("ruby"):
        found["Psych"] = Process(["ruby", "-e", RUBY])
    if shutil.which("node") and (modules / "node_modules/js-yaml").exists():
        found["js-yaml"] = Process(["node", "-e", JS], modules)
    return found


class Parts:
    """A page, taken apart as a generator does it: syntax, front matter, and body."""

    __slots__ = ("syntax", "front", "body")

    def __init__(self, text: str):
        text = text.removeprefix("\ufeff")
        self.syntax, self.front, self.body = None, None, text
        if text.startswith("{"):
            try:
                _, end = json.JSONDecoder().raw_decode(text)
            except ValueError:
                return
            self.syntax, self.front, self.body = "json", text[:end], text[end:]
            return
        for syntax, mark, end in (("yaml", "---", r"(?:---|\.\.\.)"), ("toml", r"\+\+\+", r"\+\+\+")):
            found = re.match(rf"{mark}[ \t]*\r?\n(.*?)(?:^{end}[ \t]*(?:\r?\n|\Z))", text, re.DOTALL | re.MULTILINE)
            if found:
                self.syntax, self.front, self.body = syntax, found[1], text[found.end() :]


def parser():
    if MarkdownIt is None:
        raise SystemExit("differential.py: markdown-it-py is missing; run tests/fixes/install.sh")
    made = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return made.use(footnote_plugin) if footnote_plugin else made


MARKDOWN = None


def visible(text: str) -> str:
    """The words of a text with one space between them, without characters that can't be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if char in "\u2028\u2029" or category == "Zs" else "" if category in ("Cf", "Cc") and not char.isspace() else char
        for char, category in ((char, unicodedata.category(char)) for char in text)
    )
    return " ".join(kept.split())


class Tree:
    """What a Markdown body is, by another implementation: its blocks, what stands in them, and their text."""

    __slots__ = ("blocks", "inlines", "texts")

    def __init__(self, text: str):
        global MARKDOWN
        MARKDOWN = MARKDOWN or parser()
        self.blocks, self.inlines, self.texts = [], [], []
        known: dict = {}
        for token in MARKDOWN.parse(text.replace("\r\n", "\n").replace("\r", "\n"), known):
            if token.type == "inline":
                parts, words = [], []
                for child in token.children or []:
                    if child.type in ("text", "softbreak", "hardbreak"):
                        words.append(child.content if child.type == "text" else "\n")
                        if child.type == "hardbreak":
                            parts.append("br")
                        continue
                    words.append(child.content if child.type != "image" else "")
                    attributes = [str(value) for _, value in sorted((child.attrs or {}).items())]
                    if child.type == "image":
                        words.append(child.content)
                    parts.append(" ".join([child.type, *attributes]))
                self.inlines.append(parts)
                self.texts.append(visible("".join(words)))
            else:
                # Code and HTML keep their lines; what can't be seen in them is compared as text.
                attributes = " ".join(f"{key}={value}" for key, value in (token.attrs or {}).items())
                self.blocks.append(f"{token.type} {token.tag} {token.info} {token.level} {attributes}".strip())
                if token.type in ("fence", "code_block", "html_block"):
                    self.inlines.append([])
                    self.texts.append(code(token.content))
        for name, reference in sorted(known.get("references", {}).items()):
            self.blocks.append(f"definition {name} {reference['href']}")

    def __eq__(self, other):
        return (self.blocks, self.inlines, self.texts) == (other.blocks, other.inlines, other.texts)


def code(content: str) -> str:
    """The lines of code with their indentation: in code a space counts, what can't be seen doesn't."""
    lines = []
    for line in content.split("\n"):
        line = "".join(" " if unicodedata.category(c) == "Zs" else "" if unicodedata.category(c) == "Cf" else c for c in line)
        lines.append(line.rstrip())
    return "\n".join(lines)


@lru_cache(maxsize=3000)
def tree(text: str) -> Tree:
    return Tree(text)
