"""Fixes generated posts with mistakes in them, and lets other programs judge what became of the posts.

    tests/fixes/install.sh
    target/fixes/venv/bin/python tests/fixes/differential.py target/debug/matterlint --count 2000 --seed 1

The exit status is 1 if a fix did harm. See README.md.
"""

import argparse
import collections
import difflib
import json
import multiprocessing
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True

import mutations
import mutations_body, mutations_delimiters, mutations_front, mutations_invisible, mutations_values  # noqa: E401, F401
from judge import Case, Edit, Fixed, Harm, Judge
from posts import SITES, Post, generate
from readers import Parts, processes

ROOT = Path(__file__).resolve().parents[2]
# Files in memory, where there is a folder for them.
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
BATCH = 500
PASSES = 10
NAMES = list(mutations.MUTATIONS)


class Failure(Exception):
    """A run of the program that was no run."""


class Program:
    """matterlint, run over folders. `levels` are options that enable every rule."""

    def __init__(self, path: str, fixes: str = "all", timeout: int = 300):
        self.path, self.timeout = str(Path(path).resolve()), timeout
        # Whether unsafe fixes are applied, for each run over a folder.
        self.modes = {"safe": [False], "unsafe": [True], "all": [False, True]}[fixes]
        rules = json.loads(subprocess.run([self.path, "rules", "--format", "json"], capture_output=True, check=True).stdout)
        self.levels = [f"--level={rule['id']}=warning" for rule in rules if rule["level"] == "off"]

    def check(self, folder: Path, every_rule: bool, *options: str) -> dict[str, list[dict]]:
        """The findings of each file. Fails if the exit status is 2 for another reason than a finding `internal-error`."""
        command = [self.path, "check", "--format=jsonl", "--no-progress", "--quiet", "--threads=1", "--now=2026-01-31"]
        command += [*(self.levels if every_rule else []), *options, "."]
        run = subprocess.run(command, cwd=folder, capture_output=True, timeout=self.timeout)
        found = collections.defaultdict(list)
        for line in run.stdout.splitlines():
            finding = json.loads(line)
            found[finding["path"]].append(finding)
        # An internal error is reported for its page, and sets the exit status too.
        internal = any(finding["rule"] == "internal-error" for findings in found.values() for finding in findings)
        if run.returncode not in ((0, 1, 2) if internal else (0, 1)):
            raise Failure(f"exit status {run.returncode}: {run.stderr.decode('utf-8', 'replace')[-600:]}")
        return found


def make_case(seed: int, number: int, site: str) -> Case:
    """Post `number`: 1 in 20 without a mistake, 3 in 4 with one, the others with two."""
    rng = random.Random(f"{seed}/{number}")
    wanted = 0 if number % 20 == 0 else 2 if number % 5 == 0 else 1
    # The first mutation goes round all of them, with as many posts as are needed to find one that it applies to.
    name = NAMES[(number * 7919) % len(NAMES)]
    for _ in range(40):
        post = generate(rng, site)
        if not wanted:
            break
        if mutations.MUTATIONS[name](rng, post):
            post.mutations.append(name)
            break
    while wanted and len(post.mutations) < wanted:
        post = post if post.mutations else generate(rng, site)
        name = rng.choice(NAMES)
        if mutations.MUTATIONS[name](rng, post):
            post.mutations.append(name)
    return case_of(post, SITES[site][0] % (number % 28 + 1, number))


def case_of(post: Post, path: str) -> Case:
    return Case(path, post, post.text(bad=True), post.text(bad=False))


def edits_of(findings: list[dict], unsafe: bool) -> list[list[Edit]]:
    fixes = []
    for finding in findings:
        fix = finding.get("fix")
        if fix and (unsafe or fix["safe"]):
            fixes.append([Edit(finding["rule"], fix["safe"], e["start"]["byte"], e["end"]["byte"], e["insert"]) for e in fix["edits"]])
    return fixes


def apply(text: str, fixes: list[list[Edit]]) -> tuple[str, list[Edit]]:
    """One pass: of fixes that overlap, the first wins."""
    taken: list[Edit] = []
    for fix in sorted(fixes, key=lambda fix: (fix[0].start, fix[0].end)):
        meets = lambda a, b: a.start < b.end and b.start < a.end or a.start == b.start or a.start == b.end != b.start or b.start == a.end != a.start
        if not any(meets(edit, other) for edit in fix for other in taken):
            taken += fix
    data = text.encode()
    for edit in sorted(taken, key=lambda edit: edit.start, reverse=True):
        data = data[: edit.start] + edit.insert.encode() + data[edit.end :]
    return data.decode("utf-8", "replace"), taken


def changed_lines(before: str, after: str) -> set[int]:
    changed = set()
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    for kind, start, end, _, _ in matcher.get_opcodes():
        if kind != "equal":
            changed.update(range(start, max(end, start + 1)))
    return changed


class Batch:
    """Posts of one generator in one folder."""

    def __init__(self, program, judge: Judge, site: str, every_rule: bool, cases: list[Case]):
        self.program, self.judge, self.site, self.every_rule, self.cases = program, judge, site, every_rule, cases
        self.failures: list[tuple[Case, str, Harm]] = []

    def write(self, folder: Path, texts: dict[str, str]) -> Path:
        _, config, content = SITES[self.site]
        folder.mkdir()
        (folder / ".git").mkdir()
        if config:
            (folder / config).write_text(content)
        if self.every_rule:
            shutil.copy(Path(__file__).with_name("matterlint.yaml"), folder)
        made = set()
        for path, text in texts.items():
            file = folder / path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_bytes(text.encode())
        return folder

    def read(self, folder: Path, paths) -> dict[str, str]:
        return {path: (folder / path).read_bytes().decode("utf-8", "replace") for path in paths}

    def check(self, folder: Path, *options: str) -> dict[str, list[dict]]:
        found = self.program.check(folder, self.every_rule, *options)
        for path, findings in found.items():
            for finding in findings:
                if finding["rule"] == "internal-error":
                    self.internal[path] = finding["message"]
        return found

    def run(self, parent: Path) -> list[tuple[Case, bool, list[Harm], str, str]]:
        """For each post and each kind of fix: the harm, and what became of the post."""
        results = []
        self.internal: dict[str, str] = {}
        texts = {case.path: case.bad for case in self.cases}
        folder = self.write(parent / "site", texts)
        first = self.check(folder)
        for case in self.cases:
            case.findings = first.get(case.path, [])
        for unsafe in self.program.modes:
            options = ["--fix", "--unsafe-fixes"] if unsafe else ["--fix"]
            left = self.check(folder, *options)
            once = self.read(folder, texts)
            self.check(folder, *options)
            twice = self.read(folder, texts)
            for path, text in texts.items():
                if twice[path] != text:
                    (folder / path).write_bytes(text.encode())
            trails = self.trails(parent, once, unsafe)
            changed = [case for case in self.cases if once[case.path] != case.bad or twice[case.path] != case.bad]
            paths = {case.path for case in changed}
            fronts = self.judge.fronts([(case.bad, once[case.path], case.good) for case in changed])
            for reader in self.judge.processes.values():
                reader.learn(fronts)
            for case in self.cases:
                harms, word = [], "unchanged"
                if case.path in paths:
                    passes, explained = trails[case.path]
                    rules = {finding["rule"] for finding in left.get(case.path, [])}
                    fixed = Fixed(once[case.path], twice[case.path], passes, explained, rules)
                    harms, word = self.judge.judge(case, fixed, unsafe)
                if case.path in self.internal:
                    harms.append(Harm("internal error", (), self.internal[case.path]))
                results.append((case, unsafe, harms, word, once[case.path]))
            self.internal = {}
        return results

    def trails(self, parent: Path, once: dict[str, str], unsafe: bool) -> dict:
        """For each changed page the edits of each pass, as `check` offers them, and whether they explain the change."""
        trails, open_texts = {}, {}
        for case in self.cases:
            text, taken = apply(case.bad, edits_of(case.findings, unsafe))
            # Where the first pass touches every line that changed, the others need not be followed.
            passes = [(case.bad, taken)]
            grown = len(once[case.path].encode()) - len(case.bad.encode())
            touched = bool(taken) and grown <= sum(len(edit.insert.encode()) for edit in taken)
            explained = text == once[case.path] or touched and self.lines_explained(case.bad, once[case.path], passes)
            trails[case.path] = (passes, explained)
            if not explained and once[case.path] != case.bad and text != once[case.path] and taken:
                open_texts[case.path] = text
        for number in range(PASSES):
            if not open_texts:
                break
            # The other pages are needed too: what a site's pages have in common decides on some fixes.
            pages = {case.path: case.bad for case in self.cases} | open_texts
            found = self.check(self.write(parent / f"pass-{unsafe}-{number}", pages))
            after = {}
            for path, text in open_texts.items():
                new, taken = apply(text, edits_of(found.get(path, []), unsafe))
                trails[path] = ([*trails[path][0], (text, taken)], new == once[path])
                if taken and new != once[path] and len(new) < 20000:
                    after[path] = new
            open_texts = after
        bad = {case.path: case.bad for case in self.cases}
        for path, (passes, explained) in trails.items():
            # Passes may be cut in another way than here: then each changed line has to be one that some edit touches.
            if not explained and once[path] != bad[path]:
                trails[path] = (passes, self.lines_explained(bad[path], once[path], passes))
        return trails

    @staticmethod
    def lines_explained(before: str, after: str, passes) -> bool:
        touched: set[str] = set()
        for text, edits in passes:
            data = text.encode()
            lines = text.split("\n")
            for edit in edits:
                first, last = data.count(b"\n", 0, edit.start), data.count(b"\n", 0, edit.end)
                touched.update(lines[max(first - 1, 0) : last + 2])
        lines = before.split("\n")
        return all(number >= len(lines) or lines[number] in touched for number in changed_lines(before, after))


def real_cases(folder: Path) -> list[Case]:
    """The pages below a folder. As written is as meant."""
    cases = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".md", ".markdown", ".mdx") and path.is_file() and not path.is_symlink():
            try:
                text = path.read_bytes().decode()
            except UnicodeDecodeError:
                continue
            cases.append(Case(str(path.relative_to(folder)), Post("", "", [], [], mutations=["real page"]), text, text))
    return cases


def run_batch(work) -> tuple[list, str | None]:
    path, fixes, modules, seed, start, site, every_rule, size = work
    if isinstance(seed, list):
        cases = seed
    else:
        cases = [make_case(seed, number, site) for number in range(start, start + size)]
    with tempfile.TemporaryDirectory(prefix="matterlint-fixes-", dir=MEMORY) as parent:
        batch = Batch(Program(path, fixes), Judge(processes(modules)), site, every_rule, cases)
        try:
            results = batch.run(Path(parent))
        except (Failure, subprocess.TimeoutExpired) as failure:
            return [], f"posts {start}–{start + size - 1} for {site}: {failure}"
    return [(case, unsafe, harms, word, text, site, every_rule) for case, unsafe, harms, word, text in results], None


class Report:
    def __init__(self):
        self.counts = collections.defaultdict(collections.Counter)
        self.kinds: dict[tuple, list] = collections.defaultdict(list)
        self.totals = collections.Counter()
        self.posts = collections.Counter()
        self.aborted: list[str] = []

    def add(self, results) -> None:
        for case, unsafe, harms, word, text, site, every_rule in results:
            outcomes = [harm.outcome for harm in harms] or [word]
            mode = "unsafe" if unsafe else "safe"
            for name in case.post.mutations or ["none"]:
                self.counts[name].update(outcomes)
                self.counts[name].update(["HARM " + mode] if harms else [])
            self.posts[mode, "posts"] += 1
            self.posts[mode, "harmed"] += bool(harms)
            self.posts[mode, "changed"] += word != "unchanged"
            for harm in harms:
                self.totals[harm.outcome, mode] += 1
                examples = self.kinds[harm.outcome, harm.rules]
                examples.append((mode, case, harm, text, site, every_rule))
                examples.sort(key=lambda example: (len(example[1].post.mutations), len(example[1].bad)))
                count = self.totals["kind", harm.outcome, harm.rules]
                self.totals["kind", harm.outcome, harm.rules] = count + 1
                del examples[12:]

    def merge(self) -> None:
        """Counts a kind of harm with several rules as that of one of them, where it is known of this one alone."""
        for outcome, rules in list(self.kinds):
            alone = [(outcome, (rule,)) for rule in rules if (outcome, (rule,)) in self.kinds]
            if len(rules) > 1 and alone:
                del self.kinds[outcome, rules]
                self.totals["kind", *alone[0]] += self.totals["kind", outcome, rules]

    def print_counts(self) -> None:
        print(f"{'mutation':58} {'unchanged':>9} {'repaired':>9} {'fixed':>9} {'guess':>9}  harm")
        for name, counts in sorted(self.counts.items()):
            harms = [f"{outcome}: {count}" for outcome, count in sorted(counts.items()) if outcome not in ("unchanged", "repaired", "fixed", "guess")]
            figures = " ".join(f"{counts[word]:9}" for word in ("unchanged", "repaired", "fixed", "guess"))
            print(f"{name:58} {figures}  {'; '.join(harms)}")

    def print_totals(self) -> None:
        print()
        for (outcome, mode), count in sorted((key, count) for key, count in self.totals.items() if len(key) == 2):
            print(f"{count:8} {mode:7} {outcome}")
        for mode in ("safe", "unsafe"):
            if not self.posts[mode, "posts"]:
                continue
            figures = {name: self.posts[mode, name] for name in ("posts", "changed", "harmed")}
            print(f"--fix{' --unsafe-fixes' if mode == 'unsafe' else ''}: {figures['posts']} posts, {figures['changed']} changed, {figures['harmed']} harmed")
        for text in self.aborted:
            print(f"ABORTED {text}")


def shrink(program: Program, judge: Judge, examples: list) -> list:
    """The examples with what no mutation changed taken away, where the harm stays the same."""
    smaller = []
    for number, (mode, case, harm, text, site, every_rule) in enumerate(examples):
        post = case.post
        if not post.blocks:
            continue
        entries = [e for e in post.entries if e.bad != e.good] or post.entries[:1]
        blocks = [b for b in post.blocks if b.bad != b.good or b.kind in ("added", "second", "hr", "setext")]
        for kept_entries, kept_blocks in ((entries, blocks), (entries, post.blocks), (post.entries, blocks or post.blocks[:1])):
            made = Post(**{**post.__dict__, "entries": kept_entries, "blocks": kept_blocks or [post.blocks[0]]})
            smaller.append((number, case_of(made, f"{len(smaller)}/" + case.path)))
    best = list(examples)
    groups = collections.defaultdict(list)
    for number, case in smaller:
        mode, _, _, _, site, every_rule = examples[number]
        groups[site, every_rule].append((number, case))
    for (site, every_rule), members in groups.items():
        for start in range(3):
            part = members[start::3]
            for _, case in part:
                case.path = re.sub(r"^\d+/", "", case.path)
            unique = {}
            for number, case in part:
                while case.path in unique:
                    case.path = case.path.replace(".md", "x.md")
                unique[case.path] = (number, case)
            with tempfile.TemporaryDirectory(prefix="matterlint-fixes-", dir=MEMORY) as parent:
                batch = Batch(program, judge, site, every_rule, [case for _, case in unique.values()])
                try:
                    results = batch.run(Path(parent))
                except (Failure, subprocess.TimeoutExpired):
                    continue
            for case, unsafe, harms, _, text in results:
                number = unique[case.path][0]
                mode, old, harm = best[number][:3]
                found = [h for h in harms if h.outcome == harm.outcome]
                if found and (mode == "unsafe") == unsafe and len(case.bad) < len(old.bad):
                    best[number] = (mode, case, found[0], text, site, every_rule)
    return best


def shown(line: str) -> str:
    """A line with what can't be seen as an escape."""
    return "".join(char if char.isprintable() and char != "\u3000" else char.encode("unicode_escape").decode() for char in line)


def save(folder: Path, report: Report, program: Program, judge: Judge) -> None:
    """The smallest example of each kind of harm, as files, and all of them in one text."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chosen = []
    for examples in report.kinds.values():
        seen = set()
        for example in examples:
            case = example[1]
            example_of = case.mutation if case.post.blocks else case.path
            if example_of not in seen and len(seen) < 4:
                seen.add(example_of)
                chosen.append(example)
    small = shrink(program, judge, chosen)
    order = sorted(zip(chosen, small), key=lambda pair: (pair[1][2].outcome, pair[1][2].rules, len(pair[1][1].bad)))
    index = []
    for number, (original, (mode, case, harm, text, site, every_rule)) in enumerate(order, 1):
        name = f"{number:03}-" + re.sub(r"\W+", "-", f"{harm.outcome}-{'+'.join(harm.rules)}")[:80].strip("-")
        place = folder / name
        place.mkdir()
        (place / "before.md").write_bytes(case.bad.encode())
        (place / "after.md").write_bytes(text.encode())
        (place / "meant.md").write_bytes(case.good.encode())
        lines = [[shown(line) for line in page.split("\n")] for page in (case.bad, text)]
        diff = "\n".join(difflib.unified_diff(*lines, "before", "after", lineterm="", n=1))
        total = report.totals["kind", original[2].outcome, original[2].rules]
        index.append(
            f"## {number}. {harm.outcome} ({mode}; {', '.join(harm.rules) or 'no rule'}; {total} times)\n"
            f"{case.mutation}; page: {case.path}; site: {site}; every rule: {every_rule}\n{harm.detail}\n```diff\n{diff}\n```\n"
        )
        (place / "harm.txt").write_text(index[-1])
    (folder / "index.md").write_text("\n".join(index))
    print(f"{len(order)} examples of {len(report.kinds)} kinds of harm: {folder}/index.md")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("program", nargs="?", help="the matterlint executable")
    arguments.add_argument("--count", type=int, default=2000, help="number of posts")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--jobs", type=int, default=1, help="number of processes")
    arguments.add_argument("--output", type=Path, default=ROOT / "target/fixes/harm", help="folder for the examples of harm")
    arguments.add_argument("--modules", type=Path, default=ROOT / "target/fixes", help="folder with node_modules/js-yaml")
    arguments.add_argument("--fixes", choices=["safe", "unsafe", "all"], default="all", help="the fixes to apply")
    arguments.add_argument("--self-test", action="store_true", help="judge damage that was done on purpose")
    arguments.add_argument("--posts", type=Path, help="judge the fixes of the pages in this folder, instead of generated posts")
    options = arguments.parse_args()
    if options.self_test:
        import selftest

        return selftest.run(options.modules, options.count, options.seed)
    if not options.program:
        arguments.error("the matterlint executable is missing")
    started = time.monotonic()
    judge = Judge(processes(options.modules))
    print(f"{len(NAMES)} mutations; YAML readers: {', '.join(judge.readers('yaml'))}")
    sites = list(SITES)
    work = []
    if options.posts:
        cases = real_cases(options.posts)
        options.count = len(cases)
        parts = [cases[start : start + BATCH] for start in range(0, len(cases), BATCH)]
        work = [(options.program, options.fixes, options.modules, part, 0, "none", every, len(part)) for part in parts for every in (False, True)]
    for number, start in enumerate(range(0, 0 if options.posts else options.count, BATCH)):
        size = min(BATCH, options.count - start)
        site = sites[number % len(sites)]
        # Every other round over the generators enables all rules, those included that need a content type.
        work.append((options.program, options.fixes, options.modules, options.seed, start, site, number // len(sites) % 2 == 1, size))
    report = Report()
    with multiprocessing.Pool(options.jobs) as pool:
        for results, failure in pool.imap(run_batch, work):
            report.add(results)
            if failure:
                report.aborted.append(failure)
    report.merge()
    report.print_counts()
    report.print_totals()
    harmed = report.posts["safe", "harmed"] + report.posts["unsafe", "harmed"]
    if report.kinds:
        save(options.output, report, Program(options.program, options.fixes), judge)
    made = f"pages in {options.posts}" if options.posts else f"posts with seed {options.seed}"
    print(f"{options.count} {made} in {time.monotonic() - started:.0f} s")
    return 1 if harmed or report.aborted else 0


if __name__ == "__main__":
    sys.exit(main())
