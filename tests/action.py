"""The steps of action.yml, run as GitHub's runner runs them. Usage: python tests/action.py WHEEL (needs PyYAML)."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
BAD = "---\ntitle: 러스트: 첫걸음\n---\n\n::error::x <b>`$(touch pwned)`</b>\n\n( 추후 업데이트 )\n"
GOOD = "---\ntitle: 봄날\n---\n\n산책을 했다.\n"


def run(site: pathlib.Path, **given: str):
    """Gives exit status, log, outputs and summary."""
    temp = pathlib.Path(tempfile.mkdtemp())
    files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.touch()
    inputs = {name: given.get(name.replace("-", "_"), input["default"]) for name, input in ACTION["inputs"].items()}
    log, status = "", 0
    for step in ACTION["runs"]["steps"]:
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "no expression in a script: it would be pasted into it"
        added = [line for line in files["GITHUB_PATH"].read_text().splitlines() if line]
        env = {
            "PATH": os.pathsep.join(added[::-1] + [os.environ["PATH"]]),
            "HOME": os.environ.get("HOME", "/"),
            "GITHUB_ACTIONS": "true",
            "CI": "true",
            "RUNNER_TEMP": str(temp),
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "someone/site",
            "GITHUB_SHA": "0" * 40,
            **{name: str(path) for name, path in files.items()},
        }
        for name, value in step.get("env", {}).items():
            (expression,) = re.fullmatch(r"\$\{\{ inputs\.([a-z-]+) \}\}", value).groups()
            env[name] = inputs[expression]
        script = temp / f"{step['id']}.sh"
        script.write_text(step["run"], "utf-8")
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(shell, cwd=site, env=env, capture_output=True, text=True)
        log += done.stdout + done.stderr
        if done.returncode:
            status = done.returncode
            break
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
    return status, log, outputs, files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


def main(wheel: str) -> None:
    site = pathlib.Path(tempfile.mkdtemp())
    git = lambda *args: subprocess.run(["git", *args], cwd=site, check=True, capture_output=True)
    git("init", "--quiet")
    git("config", "user.name", "A")
    git("config", "user.email", "a@example.org")
    (site / "posts").mkdir()
    (site / "posts" / "a b.md").write_text(GOOD, "utf-8")
    git("add", ".")
    git("commit", "--quiet", "-m", "good")

    status, log, outputs, summary = run(site, package=wheel)
    assert status == 0 and outputs.get("status") == "0", log

    (site / "posts" / "a b.md").write_text(BAD, "utf-8")
    status, log, outputs, summary = run(site, package=wheel, paths="posts\n\n")
    assert status == 1 and outputs.get("status") == "1", log
    assert "::error title=" in log or "::error file=posts/a b.md,line=2" in log, log
    sarif = json.loads(pathlib.Path(outputs["sarif"]).read_text("utf-8"))
    places = [result["locations"][0]["physicalLocation"] for result in sarif["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in places} == {"posts/a%20b.md"}
    body = summary.split("## matterlint\n\n", 1)[1]
    assert body.startswith("<details><summary>posts/a b.md: ") and body.count("\n") == 1, summary
    place = f"https://github.com/someone/site/blob/{'0' * 40}/posts/a%20b.md?plain=1#L2"
    assert f'<a href="{place}">2:' in body and "/rules/broken-front-matter/" in body, summary
    assert "<b>" not in body and "`" not in body, summary
    matcher = re.search(r"^::add-matcher::(.*)$", log, re.MULTILINE)[1]
    pattern = json.loads(pathlib.Path(matcher).read_text("utf-8"))["problemMatcher"][0]["pattern"][0]["regexp"]
    program = pathlib.Path(outputs["sarif"]).parent / "matterlint" / "bin" / "matterlint"
    shown = subprocess.run([program, "check", "--quiet"], cwd=site, capture_output=True, text=True).stdout
    found = [re.match(pattern, line) for line in shown.splitlines()]
    assert len(found) > 1 and all(found), shown
    assert found[0][1] == "posts/a b.md" and found[0][4] == "error", shown
    assert not any(re.match(pattern, line) for line in log.splitlines() if line.startswith("::")), "annotated twice"

    # Only what differs from a revision.
    git("commit", "--quiet", "-am", "bad")
    status, log, _, _ = run(site, package=wheel, changed_lines_of="HEAD")
    assert status == 0, log
    status, log, _, _ = run(site, package=wheel, changed_lines_of="HEAD~1")
    assert status == 1, log

    # What an attacker could put into an input, or call a file.
    evil = "$(touch pwned)`touch pwned`\"; touch pwned; '"
    for given in ({"paths": evil}, {"options": evil}, {"changed_lines_of": evil}, {"changed_lines_of": "--output=pwned"}):
        status, log, _, _ = run(site, package=wheel, **given)
        assert status != 0, (given, log)
    (site / "posts" / f"{evil.replace('/', '')}.md").write_text(BAD, "utf-8")
    assert run(site, package=wheel)[0] == 1
    assert not list(site.rglob("pwned")), "an input was run"

    # An incomplete run is never a success.
    status, log, outputs, _ = run(site, package=wheel, paths="no-such-folder", options="--exit-zero")
    assert status == 2 and outputs.get("status") == "2", log
    print("tests/action.py: the action's steps do what they should")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
