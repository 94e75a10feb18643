"""Compares our tree with what real YAML readers make of the same front matter.

    cargo bench --features internals --bench front_matter_dump -- FOLDER > dump.jsonl
    python3 benches/compare_readers.py dump.jsonl [DIR_WITH_NODE_MODULES]

Needs PyYAML; with a directory in which `npm install js-yaml@4` was run, js-yaml too. Every scalar's text is checked
against the file's bytes under its span, and every value against the readers' values. A difference is either one of the
dialect differences named below, or printed.
"""

import collections
import datetime
import json
import math
import re
import subprocess
import sys

import yaml

JS = """
const yaml = require('js-yaml'), fs = require('fs');
const plain = v => v instanceof Date ? {date: v.toISOString()} : Array.isArray(v) ? v.map(plain)
  : v && typeof v === 'object' ? Object.fromEntries(Object.entries(v).map(([k, w]) => [k, plain(w)]))
  : typeof v === 'number' && !Number.isFinite(v) ? {float: String(v)} : v === undefined ? null : v;
for (const line of fs.readFileSync(0, 'utf8').split('\\n')) {
  if (!line) continue;
  try { console.log(JSON.stringify({value: plain(yaml.load(JSON.parse(line)))})); }
  catch (e) { console.log(JSON.stringify({error: String(e.reason || e)})); }
}
"""


def number(text):
    """The value of a number of the YAML 1.2 core schema."""
    text = text.lower()
    if re.fullmatch(r"0x[0-9a-f]+|0o[0-7]+", text):
        return int(text, 0)
    if text.lstrip("+-") in (".inf", ".nan"):
        return float(text.replace(".", ""))
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)


def compare(ours, theirs, where, differ):
    """Calls `differ(where, ours, theirs)` for every value that isn't the same."""
    todo = [(ours, theirs, where)]
    while todo:
        ours, theirs, where = todo.pop()
        if "entries" in ours:
            entries = [(k, v) for k, v in ours["entries"] if k.get("value") != "<<"]
            merged = len(entries) != len(ours["entries"])
            if not isinstance(theirs, dict):
                differ(where, ours, theirs)
                continue
            keys = {str(key): value for key, value in theirs.items()}
            seen = set()
            for key, value in entries:
                name = key.get("value")
                name = name if name in keys else key_as_read(name, keys)
                if name is None:
                    differ(where + "/" + str(key.get("value")), key, None)
                    continue
                seen.add(name)
                todo.append((value, keys[name], f"{where}/{name}"))
            if not merged and set(keys) - seen:
                differ(where, ours, sorted(set(keys) - seen))
        elif "items" in ours:
            if not isinstance(theirs, list) or len(theirs) != len(ours["items"]):
                differ(where, ours, theirs)
                continue
            todo += [(a, b, f"{where}[{i}]") for i, (a, b) in enumerate(zip(ours["items"], theirs))]
        elif not same(ours, theirs):
            differ(where, ours, theirs)


def key_as_read(name, keys):
    """A key that the reader takes for a number, a date or nothing."""
    for candidate in keys:
        try:
            if number(name) == number(candidate):
                return candidate
        except (ValueError, TypeError):
            pass
    return {"": "None", "null": "None", "true": "True", "false": "False"}.get(name)


def same(ours, theirs):
    kind, value = ours["kind"], ours["value"]
    if kind == "String":
        return theirs == value
    if kind == "Null":
        return theirs is None
    if kind == "Bool":
        return theirs is (value.lower() == "true")
    if kind in ("Int", "Float"):
        if isinstance(theirs, dict) and "float" in theirs:
            return True
        if isinstance(theirs, bool) or not isinstance(theirs, (int, float)):
            return False
        mine = number(value)
        return mine == theirs or (math.isnan(mine) and math.isnan(theirs)) or math.isclose(mine, theirs, rel_tol=1e-12)
    if isinstance(theirs, dict) and "date" in theirs:
        return True
    return isinstance(theirs, (datetime.date, datetime.datetime))


def dialect(ours, theirs):
    """The name of a known difference between readers, if this is one."""
    value = ours.get("value")
    if value is None:
        return None
    if ours["kind"] in ("Date", "DateTime") and theirs == value:
        return "date or offset form that this reader takes for text"
    if isinstance(theirs, bool) and value.lower() in ("yes", "no", "on", "off"):
        return "yes, no, on, off"
    if ours["kind"] == "Int" and re.fullmatch(r"[+-]?0\d+", value):
        return "leading zero"
    if ours["kind"] == "Float" and theirs == value and "e" in value.lower():
        return "exponent without point or sign"
    if isinstance(theirs, (int, float)) and ":" in value:
        return "sexagesimal"
    if isinstance(theirs, (int, float)) and "_" in value:
        return "underscore in a number"
    return None


def scalars(tree):
    todo = [tree]
    while todo:
        node = todo.pop()
        if "entries" in node:
            todo += [part for entry in node["entries"] for part in entry]
        elif "items" in node:
            todo += node["items"]
        else:
            yield node


def span_fits(scalar, data):
    """Whether the bytes under a scalar's span are the scalar, but for line folding."""
    start, end = scalar["span"]
    raw, value = data[start:end].decode("utf-8"), scalar["value"]
    squeeze = lambda text: "".join(text.split())
    match scalar["style"]:
        case "Plain" | "Literal" | "Folded":
            return squeeze(raw) == squeeze(value)
        case "SingleQuoted":
            return raw[:1] == raw[-1:] == "'" and squeeze(raw[1:-1].replace("''", "'")) == squeeze(value)
        case _:
            return raw[:1] == raw[-1:] == '"' and ("\\" in raw or squeeze(raw[1:-1]) == squeeze(value))


def main():
    pages = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    pages = [page for page in pages if page["syntax"] == "YAML"]
    counts = collections.Counter()
    blocks = []
    for page in pages:
        data = open(page["path"], "rb").read()
        start, end = page["inner"]
        blocks.append(data[start:end].decode("utf-8", "replace"))
        for scalar in scalars(page["tree"]) if page["tree"] and not page["problems"] else []:
            if scalar["alias"]:
                continue
            counts["scalars"] += 1
            if not span_fits(scalar, data):
                counts["spans that don't fit"] += 1
                print("SPAN", page["path"], scalar)

    results = {"PyYAML": []}
    for block in blocks:
        try:
            results["PyYAML"].append({"value": yaml.load(block, Loader=yaml.CSafeLoader)})
        except (yaml.YAMLError, ValueError) as error:
            results["PyYAML"].append({"error": str(error).splitlines()[0]})
    if len(sys.argv) > 2:
        lines = "\n".join(map(json.dumps, blocks))
        run = subprocess.run(["node", "-e", JS], input=lines, text=True, capture_output=True, cwd=sys.argv[2], check=True)
        results["js-yaml"] = [json.loads(line) for line in run.stdout.splitlines()]

    for reader, values in results.items():
        for page, result in zip(pages, values, strict=True):
            if "error" in result:
                known = "refused, and told by us" if page["problems"] else "refused, and taken by us"
                counts[f"{reader}: {known}"] += 1
                if not page["problems"]:
                    print("REFUSED", reader, page["path"], result["error"])
                continue
            if page["problems"]:
                counts[f"{reader}: taken, but told by us: {page['problems'][0]}"] += 1
                continue
            found = []
            if page["tree"] is None:
                if result["value"] is not None:
                    found.append(("", {}, result["value"]))
            else:
                compare(page["tree"], result["value"], "", lambda *difference: found.append(difference))
            unknown = 0
            for where, ours, theirs in found:
                name = dialect(ours, theirs)
                counts[f"{reader}: {name or 'UNEXPLAINED'}"] += 1
                if name is None:
                    unknown += 1
                    print("VALUE", reader, page["path"], where, json.dumps(ours, ensure_ascii=False)[:200], repr(theirs)[:200])
            counts[f"{reader}: blocks that are equal but for dialect"] += not unknown
    print(f"{len(pages)} YAML blocks")
    for name, count in sorted(counts.items()):
        print(f"{count:8} {name}")


if __name__ == "__main__":
    main()
