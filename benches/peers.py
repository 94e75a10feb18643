#!/usr/bin/env python3
"""CPU time of matterlint and of other linters over the same Markdown files, side by side in one run.

    python3 benches/peers.py [--rounds 3] [--files N] FOLDER…

Every peer runs with its defaults, from a copy of the files that holds nothing else, so that no site's config speaks;
rumdl twice: as it is by default and without its cache. A peer that isn't found is said so. Where they are looked for:
PATH, and whatever MATTERLINT, RUMDL, MADO, HYALO, MARKDOWNLINT_CLI2 and REMARK name. `--files N` takes every nth file
so that about N are left, for the slow ones. Seconds are those of the process and its children, user and system
together; of several rounds the least, as other work on the machine only adds to it.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SUFFIXES = {".md", ".mdx", ".markdown"}

SCHEMA = """{ "type": "object", "required": ["title"],
  "properties": { "title": { "type": "string" }, "tags": { "type": "array", "items": { "type": "string" } } } }
"""
REMARK_RC = """import schema from 'remark-lint-frontmatter-schema';
import frontmatter from 'remark-frontmatter';
export default { plugins: [frontmatter, [schema, { schemas: { './post.schema.json': ['**/*.md'] } }]] };
"""


def tools():
    """What is timed: name, environment variable or None, program, arguments."""
    return [
        ("matterlint", "MATTERLINT", "matterlint", ["check", ".", "--format", "concise"]),
        ("rumdl", "RUMDL", "rumdl", ["check", "--no-cache", "."]),
        ("rumdl, cache filled", "RUMDL", "rumdl", ["check", "."]),
        ("mado", "MADO", "mado", ["check", "."]),
        ("hyalo lint", "HYALO", "hyalo", ["lint"]),
        ("markdownlint-cli2", "MARKDOWNLINT_CLI2", "markdownlint-cli2", ["**/*.md", "#node_modules"]),
        ("remark + frontmatter schema", "REMARK", "remark", [".", "--quiet", "--frail"]),
    ]


def find(variable, program):
    path = os.environ.get(variable) or shutil.which(program)
    return os.path.abspath(path) if path and os.path.exists(path) else None


def copy(folders, limit, target):
    """Copies the Markdown files, each under its own name; gives their number and size."""
    files = sorted(
        path
        for folder in folders
        for path in pathlib.Path(folder).rglob("*")
        if path.suffix in SUFFIXES and path.is_file() and not path.is_symlink()
    )
    step = max(1, len(files) // limit) if limit else 1
    size = 0
    for number, path in enumerate(files[::step]):
        to = target / f"{number // 500:04}" / f"{number}-{path.name}"
        to.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, to)
        size += to.stat().st_size
    return len(files[::step]), size


def run(command, folder):
    """CPU seconds, peak memory in MiB, exit status, and what was said."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(max(0, said.seek(0, 2) - 300))
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, child.returncode, said.read()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        count, size = copy(args.folders, args.files, folder)
        (folder / "post.schema.json").write_text(SCHEMA)
        print(f"{count} files, {size / 1e6:.1f} MB, the least of {args.rounds} rounds")
        found = [(name, find(variable, program), more) for name, variable, program, more in tools()]
        for name, path, _ in found:
            if not path:
                print(f"not found: {name}", file=sys.stderr)
        found = [(name, path, more) for name, path, more in found if path]
        remark = next((path for name, path, _ in found if name.startswith("remark")), None)
        if remark:
            # Its plug-ins are looked for beside its config.
            (folder / ".remarkrc.mjs").write_text(REMARK_RC)
            modules = pathlib.Path(os.path.realpath(remark)).parent
            while modules.name != "node_modules" and modules != modules.parent:
                modules = modules.parent
            (folder / "node_modules").symlink_to(modules)
        best = {}
        # In turns, so that what else the machine does is shared; one round before fills the file cache and rumdl's own.
        for turn in range(args.rounds + 1):
            for name, path, more in found:
                result = run([path, *more], folder)
                if turn and (name not in best or result[0] < best[name][0]):
                    best[name] = result
        own = best.get("matterlint")
        print("| linter | CPU s | times matterlint's | peak MiB | exit |\n|---|--:|--:|--:|--:|")
        for name, (seconds, memory, status, _) in best.items():
            ratio = f"{seconds / own[0]:.1f}" if own else ""
            print(f"| {name} | {seconds:.2f} | {ratio} | {memory:.0f} | {status} |")
        for name, (_, _, _, said) in best.items():
            print(f"{name}: …{said.decode(errors='replace')[-160:].strip()!r}", file=sys.stderr)


main()
