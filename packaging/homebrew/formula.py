"""Writes the Homebrew formula of a release. Usage: formula.py VERSION SHA256SUMS > matterlint.rb"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = (ROOT / "Cargo.toml").read_text("utf-8")


def field(name: str) -> str:
    return re.search(rf'^{name} = "(.*)"$', MANIFEST, re.MULTILINE)[1]


FORMULA = """\
class Matterlint < Formula
  desc "Linter for Markdown front matter and content"
  homepage "{homepage}"
  version "{version}"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
{aarch64_apple_darwin}
    end
    on_intel do
{x86_64_apple_darwin}
    end
  end

  on_linux do
    on_arm do
{aarch64_unknown_linux_musl}
    end
    on_intel do
{x86_64_unknown_linux_musl}
    end
  end

  def install
    bin.install "matterlint"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/matterlint.bash" => "matterlint"
    zsh_completion.install "completions/_matterlint"
    fish_completion.install "completions/matterlint.fish"
  end

  test do
    (testpath/"post.md").write "---\\ntitle: a: b\\n---\\n"
    assert_match "broken-front-matter", shell_output("#{{bin}}/matterlint check --isolated post.md", 1)
  end
end
"""


def main(version: str, sums: str) -> None:
    known = dict(reversed(line.split()) for line in pathlib.Path(sums).read_text("utf-8").splitlines())
    parts = {}
    for target in ("aarch64-apple-darwin", "x86_64-apple-darwin", "aarch64-unknown-linux-musl", "x86_64-unknown-linux-musl"):
        archive = f"matterlint-{target}.tar.gz"
        url = f"{field('repository')}/releases/download/v{version}/{archive}"
        parts[target.replace("-", "_")] = f'      url "{url}"\n      sha256 "{known[archive]}"'
    print(FORMULA.format(version=version, homepage=field("homepage"), **parts), end="")


if __name__ == "__main__":
    main(*sys.argv[1:])
