#!/usr/bin/env python3
"""Asks agnix what is wrong with the front matter of skills, each with one mistake, and writes recorded/skills.json.

usage: skills.py AGNIX
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
LONG = "Walks the pier at low tide. " * 40
PAGES = {
    "good": "name: good\ndescription: Measures the tide",
    "all-fields": "name: all-fields\ndescription: Measures the tide\nlicense: MIT\ncompatibility: Needs a pier\nmetadata: { tide: low }\nallowed-tools: Read",
    "digits-2": "name: digits-2\ndescription: Measures the tide",
    "no-name": "description: Measures the tide",
    "empty-name": "name:\ndescription: Measures the tide",
    "no-description": "name: no-description",
    "empty-description": "name: empty-description\ndescription: \"\"",
    "space-description": "name: space-description\ndescription: \"  \"",
    "long-description": f"name: long-description\ndescription: {LONG}",
    "other-name": "name: another-name\ndescription: Measures the tide",
    "capitals": "name: Capitals\ndescription: Measures the tide",
    "snake_case": "name: snake_case\ndescription: Measures the tide",
    "spaces": "name: with spaces\ndescription: Measures the tide",
    "double--hyphen": "name: double--hyphen\ndescription: Measures the tide",
    "-leading": "name: -leading\ndescription: Measures the tide",
    "trailing-": "name: trailing-\ndescription: Measures the tide",
    "n" * 65: "name: " + "n" * 65 + "\ndescription: Measures the tide",
    "name-list": "name: [name-list]\ndescription: Measures the tide",
    "name-number": "name: 12\ndescription: Measures the tide",
    "description-list": "name: description-list\ndescription: [Measures, tides]",
    "unquoted-colon": "name: unquoted-colon\ndescription: Measures: the tide",
    "misspelled-description": "name: misspelled-description\ndescripton: Measures the tide",
    "misspelled-name": "nmae: misspelled-name\ndescription: Measures the tide",
    "misspelled-tools": "name: misspelled-tools\ndescription: Measures the tide\nallowed-tool: Read",
    "long-compatibility": "name: long-compatibility\ndescription: Measures the tide\ncompatibility: " + "x" * 501,
    "metadata-text": "name: metadata-text\ndescription: Measures the tide\nmetadata: low",
    "markup": "name: markup\ndescription: Measures <tide> levels",
    "no-front-matter": None,
}


def ask(agnix, folder, text):
    with tempfile.TemporaryDirectory() as root:
        page = pathlib.Path(root, ".claude", "skills", folder, "SKILL.md")
        page.parent.mkdir(parents=True)
        page.write_text(text)
        out = subprocess.run([agnix, "--format", "json", "."], cwd=root, capture_output=True, text=True).stdout
    found = json.loads(out)
    rules = sorted({one["rule"] for one in found["diagnostics"] if one["level"] in ("error", "warning")})
    return found["version"], rules


def main():
    record, version = [], ""
    for folder, front in PAGES.items():
        text = "Body.\n" if front is None else f"---\n{front}\n---\n\nBody.\n"
        version, rules = ask(sys.argv[1], folder, text)
        record.append({"folder": folder, "page": text, "reported": rules})
    out = {"agnix": version, "pages": record}
    (HERE / "recorded" / "skills.json").write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n")


main()
