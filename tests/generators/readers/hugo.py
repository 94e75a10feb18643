"""What Hugo makes of each YAML text on standard input (a JSON list): a JSON list of readings. The argument is Hugo."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

HUGO = sys.argv[1]
TEMPLATE = '{{ range .Site.RegularPages }}{{ printf "%s\\t%T\\t%v\\n" .File.BaseFileName .Params.x .Params.x | safeHTML }}{{ end }}'


def reading(text, kind, value):
    if kind == "bool":
        return "bool " + value
    if kind == "<nil>":
        return "null"
    if kind.startswith(("int", "uint", "float")):
        return "number " + value
    if kind == "time.Time":
        return "time " + value
    return "text" if value == text else "other " + value


def read_all(texts):
    readings = [None] * len(texts)
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder)
        (site / "hugo.toml").write_text("baseURL = 'https://example.org/'\n[outputs]\nhome = ['html']\n")
        (site / "layouts").mkdir()
        (site / "layouts/index.html").write_text(TEMPLATE)
        (site / "content").mkdir()
        for index, text in enumerate(texts):
            (site / f"content/p{index}.md").write_text(f"---\nx: {text}\n---\n")
        while True:
            run = subprocess.run([HUGO, "--source", folder], capture_output=True, text=True)
            if run.returncode == 0:
                break
            # One page that can't be read stops the whole build: take it down, and go on without it.
            bad = re.search(r"content/p(\d+)\.md[^ ]* (.*)", run.stdout + run.stderr)
            index = int(bad.group(1))
            readings[index] = "refused " + bad.group(2).strip()
            (site / f"content/p{index}.md").unlink()
        for line in (site / "public/index.html").read_text().splitlines():
            page, kind, value = line.split("\t")
            index = int(page[1:])
            readings[index] = reading(texts[index], kind, value)
    return readings


version = subprocess.run([HUGO, "version"], capture_output=True, text=True).stdout
program = re.search(r"hugo v([\d.]+)", version)
print(json.dumps({"program": "Hugo " + program.group(1), "readings": read_all(json.load(sys.stdin))}))
