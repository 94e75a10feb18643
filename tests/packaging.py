"""What is in packaging/ and .github/ agrees with Cargo.toml and with what it is for. Needs PyYAML."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CARGO = (ROOT / "Cargo.toml").read_text("utf-8")
VERSION = re.search(r'^version = "(.*)"$', CARGO, re.MULTILINE)[1]


def text(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def hooks() -> None:
    """The hooks that don't compile are those of the repository, with another way to install."""
    source, wheel = (yaml.safe_load(text(path)) for path in (".pre-commit-hooks.yaml", "packaging/pre-commit/.pre-commit-hooks.yaml"))
    assert [hook["id"] for hook in source] == [hook["id"] for hook in wheel]
    for one, other in zip(source, wheel):
        assert other.pop("additional_dependencies") == [f"matterlint=={VERSION}"]
        assert (one.pop("language"), other.pop("language")) == ("rust", "python")
        other.pop("minimum_pre_commit_version")
        assert one == other, (one, other)


def versions() -> None:
    assert json.loads(text("editors/vscode/package.json"))["version"] == VERSION
    trunk = yaml.safe_load(text("packaging/trunk/plugin.yaml"))
    assert trunk["tools"]["definitions"][0]["known_good_version"] == VERSION
    assert trunk["lint"]["definitions"][0]["known_good_version"] == VERSION


def schemas() -> None:
    entry = json.loads(text("packaging/schemastore/catalog-entry.json"))
    extension = json.loads(text("editors/vscode/package.json"))["contributes"]["yamlValidation"][0]
    assert entry["fileMatch"] == extension["fileMatch"]
    assert (ROOT / entry["url"].rsplit("/main/", 1)[1]).exists()


def documents() -> None:
    (spec, job) = yaml.safe_load_all(text("packaging/gitlab/templates/matterlint.yml").replace("$[[", "INPUT[["))
    used = set(re.findall(r"inputs\.(\w+)", text("packaging/gitlab/templates/matterlint.yml")))
    assert used == set(spec["spec"]["inputs"]), used
    assert "matterlint" in job
    descriptor = "packaging/mega-linter-plugin-matterlint/matterlint.megalinter-descriptor.yml"
    assert f"/main/{descriptor}]" in text(descriptor).splitlines()[0], "the URL that it shows"
    mega = yaml.safe_load(text(descriptor))
    assert mega["linters"][0]["cli_lint_extra_args"][0] == "check"


def formula() -> None:
    targets = ("aarch64-apple-darwin", "x86_64-apple-darwin", "aarch64-unknown-linux-musl", "x86_64-unknown-linux-musl")
    with tempfile.NamedTemporaryFile("w", suffix="SUMS") as sums:
        sums.write("".join(f"{index:064x}  matterlint-{target}.tar.gz\n" for index, target in enumerate(targets)))
        sums.flush()
        made = subprocess.run(
            [sys.executable, ROOT / "packaging/homebrew/formula.py", VERSION, sums.name], check=True, capture_output=True, text=True
        ).stdout
    for index, target in enumerate(targets):
        assert f"/releases/download/v{VERSION}/matterlint-{target}.tar.gz\"\n      sha256 \"{index:064x}\"" in made, made
    built = set(re.findall(r"target: (\S+-\S+-\S+?),", text(".github/workflows/release.yml")))
    assert set(targets) <= built, built
    npm = set(re.findall(r'"((?:x86_64|aarch64)-[a-z0-9-]+)"', text("packaging/npm/build.mjs")))
    assert npm == built, npm ^ built


for check in (hooks, versions, schemas, documents, formula):
    check()
print("tests/packaging.py: the packages agree with Cargo.toml")
