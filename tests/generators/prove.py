"""Runs real programs over what the profiles in `rules/generators/` claim, and records what they did in `recorded/`.

    python3 tests/generators/prove.py PROGRAMS [readers|forms|SITE…]

PROGRAMS is the folder that `install.sh` made. `cargo test --lib inside::generators` compares the profiles with the records.
"""

import json
import pathlib
import subprocess
import sys

import forms
import sites

HERE = pathlib.Path(__file__).resolve().parent
RECORDED = HERE / "recorded"


def lines(name):
    return [line for line in (HERE / name).read_text().splitlines() if line and not line.startswith("# ")]


def record_readers(programs):
    """What each reader makes of each value without quotes, and of each broken one."""
    here = HERE / "readers"
    javascript = ["node", here / "javascript.mjs", programs / "js"]
    readers = {
        "pyyaml": [programs / "py/bin/python", here / "python.py"],
        "safeyaml": ["ruby", "-I", programs / "safe_yaml/lib", here / "ruby.rb", "safe_yaml"],
        "psych": ["ruby", here / "ruby.rb", "psych"],
        "goccy": ["python3", here / "hugo.py", programs / "py/bin/hugo"],
        "js-yaml3": [*javascript, "js-yaml3"],
        "js-yaml4": [*javascript, "js-yaml4"],
        "eemeli": [*javascript, "yaml"],
    }
    texts = lines("scalars.txt") + lines("broken.txt")
    record = {"programs": {}, "readings": {text: {} for text in texts}}
    for name, command in readers.items():
        run = subprocess.run([str(part) for part in command], input=json.dumps(texts), capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"{name}: {run.stderr}")
        result = json.loads(run.stdout)
        record["programs"][name] = result["program"]
        for text, reading in zip(texts, result["readings"], strict=True):
            record["readings"][text][name] = reading
    write("readers.json", record)


def write(name, record):
    RECORDED.mkdir(exist_ok=True)
    (RECORDED / name).write_text(json.dumps(record, indent=1, ensure_ascii=False, sort_keys=False) + "\n")


def main():
    programs = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:]
    if not wanted or "readers" in wanted:
        record_readers(programs)
    if not wanted or "forms" in wanted:
        write("forms.json", forms.record(programs))
    for name in wanted or sites.commands(programs):
        if name not in ("readers", "forms"):
            write(f"{name}.json", {"program": sites.version(name, programs), "pages": sites.record(name, programs)})


if __name__ == "__main__":
    main()
