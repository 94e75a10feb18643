"""What fixing does to many posts, and whether the output is always the same. Usage: tests/corpus.py MATTERLINT DIR.

Works on copies of DIR (any folder of posts) and says what it counted:
- `--fix` writes what `--diff` shows, by the word of `patch`; nothing else changes, and a second run nothing at all;
- killed at any moment, every file is old or new;
- for 1, 2 and 8 threads and any order of the arguments the output is the same, byte for byte.

What fixes do to the data and the text of a page is judged by `tests/fixes/differential.py --posts DIR`.
"""

import hashlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
    print(f"fixing: {len(changed)} of {len(before)} files changed, as --diff says; a second run changes none")
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
