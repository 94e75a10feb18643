"""What fixing does to many posts, and whether the output is always the same. Usage: tests/corpus.py MATTERLINT DIR.

Works on copies of DIR (any folder of posts) and says what it counted:
- `--fix` writes what `--diff` shows, by the word of `patch`; nothing else changes, and a second run nothing at all;
- front matter that PyYAML (if there is one) read before holds the same data after, but for the keys of changed lines;
- killed at any moment, every file is old or new;
- for 1, 2 and 8 threads and any order of the arguments the output is the same, byte for byte.
"""

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import yaml
except ImportError:
    yaml = None

KILLS = 50
RUNS = 20


def run(program: str, folder: Path, *options: str) -> subprocess.CompletedProcess:
    return subprocess.run([program, "check", "--no-progress", *options], cwd=folder, capture_output=True)


def texts(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def copy(folder: Path, parent: Path, name: str) -> Path:
    """A copy in which every file may be written: those that may not are left alone, which is another test's."""
    made = Path(shutil.copytree(folder, parent / name, symlinks=True))
    for path in [made, *made.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | 0o200)
    return made


def front(text: bytes) -> tuple[dict, list[str]] | None:
    """The YAML front matter of a post as data, and its lines; none where there is none that PyYAML reads."""
    lines = text.decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    if yaml is None or not lines or lines[0].rstrip() != "---" or "---" not in [line.rstrip() for line in lines[1:]]:
        return None
    end = [line.rstrip() for line in lines[1:]].index("---") + 1
    try:
        data = yaml.safe_load("\n".join(lines[1:end]))
    except (yaml.YAMLError, ValueError):
        return None
    return (data, lines[1:end]) if isinstance(data, dict) else None


def keys_of_changes(before: list[str], after: list[str]) -> set[str]:
    """The top-level keys under which lines differ."""

    def by_key(lines: list[str]) -> dict[str, list[str]]:
        sections: dict[str, list[str]] = {}
        key = ""
        for line in lines:
            if line[:1] not in (" ", "\t", "-", "#", "") and ":" in line:
                key = line.split(":")[0].strip("'\" ")
            sections.setdefault(key, []).append(line)
        return sections

    one, other = by_key(before), by_key(after)
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def fixing(program: str, source: Path, parent: Path) -> None:
    shown, fixed = copy(source, parent, "shown"), copy(source, parent, "fixed")
    before = texts(source)
    diff = run(program, shown, "--diff")
    assert texts(shown) == before, "--diff changes nothing"
    patched = subprocess.run(["patch", "-p0", "--binary", "--quiet"], cwd=shown, input=diff.stdout, capture_output=True)
    assert not diff.stdout or patched.returncode == 0, (patched.stdout + patched.stderr)[-500:]
    first = run(program, fixed, "--fix", "--quiet")
    after = texts(fixed)
    wanted = texts(shown)
    assert after == wanted, [name for name in after if after[name] != wanted.get(name)][:5]
    changed = [name for name in before if before[name] != after[name]]
    run(program, fixed, "--fix", "--quiet")
    assert texts(fixed) == after, "a second run changes nothing"
    readable = same = 0
    for name in changed:
        old, new = front(before[name]), front(after[name])
        if old is None:
            continue
        readable += 1
        assert new is not None, f"{name}: front matter that could be read no longer can"
        edited = keys_of_changes(old[1], new[1])
        rest = [{key: value for key, value in data.items() if str(key) not in edited} for data, _ in (old, new)]
        assert rest[0] == rest[1], f"{name}: more than {edited} differs"
        same += 1
    print(f"fixing: {len(changed)} of {len(before)} files changed, as --diff says; a second run changes none")
    if yaml is None:
        print("fixing: there is no PyYAML here, so the data before and after wasn't compared")
    else:
        print(f"fixing: of {readable} front matters that PyYAML read before, {same} hold the same data but for edited keys")
    assert first.returncode in (0, 1, 2), first.stderr


def killing(program: str, source: Path, parent: Path) -> None:
    work = copy(source, parent, "killed")
    old = texts(source)
    start = time.monotonic()
    run(program, work, "--fix", "--quiet")
    takes = time.monotonic() - start
    new = texts(work)
    changed = [name for name in old if old[name] != new[name]]
    halfway = 0
    for _ in range(KILLS):
        for name in changed:
            (work / name).write_bytes(old[name])
        child = subprocess.Popen([program, "check", "--fix", "--quiet"], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(random.uniform(0, takes * 1.1))
        child.kill()
        child.wait()
        left = [path for path in work.rglob(".matterlint-*")]
        for path in left:
            path.unlink()
        now = texts(work)
        assert now.keys() == old.keys(), "no file comes or goes"
        assert all(now[name] in (old[name], new[name]) for name in now), "every file is old or new"
        done = sum(now[name] == new[name] for name in changed)
        halfway += 0 < done < len(changed)
    print(f"killing: {KILLS} runs killed, {halfway} of them halfway; every file is old or new")


def sameness(program: str, source: Path) -> None:
    entries = sorted(path.name for path in source.iterdir() if not path.name.startswith("."))
    seen = set()
    for index in range(RUNS):
        named = random.sample(entries, len(entries))
        threads = str([1, 2, 8][index % 3])
        out = run(program, source, "--no-progress", "--threads", threads, "--format", "json", "--", *named)
        seen.add((out.returncode, hashlib.sha256(out.stdout).hexdigest(), out.stderr))
    assert len(seen) == 1, f"{len(seen)} different outputs"
    print(f"sameness: {RUNS} runs with 1, 2 and 8 threads and shuffled arguments, one output")


def main() -> None:
    program, source = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as parent:
        fixing(program, source, Path(parent))
        killing(program, source, Path(parent))
    sameness(program, source)


if __name__ == "__main__":
    main()
