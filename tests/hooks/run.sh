#!/usr/bin/env bash
# The hooks, run by the real pre-commit on a repository of its own, with the program from a wheel of this checkout.
#
# Takes the hooks as .pre-commit-hooks.yaml has them, but for their language: a release would be compiled each
# time. With MATTERLINT_FROM_SOURCE=1 they are run untouched, compiled as a user's first commit would.
# Skips, and says so, where pre-commit and maturin can't be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

venv=${MATTERLINT_VENV:-$work/venv}
if [ ! -x "$venv/bin/pre-commit" ] || [ ! -x "$venv/bin/maturin" ]; then
    if ! { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet pre-commit maturin; } > "$work/pip.log" 2>&1; then
        echo "tests/hooks/run.sh: skipped, pre-commit and maturin can't be had here:"
        tail -3 "$work/pip.log"
        exit 0
    fi
fi
export PATH=$venv/bin:$PATH PRE_COMMIT_HOME=$work/cache GIT_CONFIG_GLOBAL=/dev/null
unset CI MATTERLINT_FORMAT

step() { echo "tests/hooks/run.sh: $1"; }
fail() { echo "tests/hooks/run.sh: FAILED: $1"; cat "$work/out"; exit 1; }

# The wheel holds the program that the tests have built.
wheel=${MATTERLINT_WHEEL:-}
if [ -z "$wheel" ]; then
    maturin build --quiet --profile dev --out "$work/wheels"
    wheel=$(echo "$work"/wheels/*.whl)
fi
python3 -m venv "$work/user"
"$work/user/bin/pip" install --quiet --no-index "$wheel"
"$work/user/bin/matterlint" --version > "$work/out" || fail "the wheel's program doesn't run"
step "the wheel is built and installs: $(cat "$work/out")"

git init --quiet "$work/site"
cd "$work/site"
git config user.name A && git config user.email a@example.org && git config commit.gpgsign false
if [ -n "${MATTERLINT_FROM_SOURCE:-}" ]; then
    hooks="repos: [{ repo: '$root', rev: $(git -C "$root" rev-parse HEAD), hooks: [{ id: HOOK }] }]"
else
    hooks=$(python3 - "$root/.pre-commit-hooks.yaml" "$wheel" <<'PY'
import sys
blocks = open(sys.argv[1]).read().replace("language: rust", f"language: python\n  additional_dependencies: ['{sys.argv[2]}']")
print("repos:\n- repo: local\n  hooks:\n" + "".join("  " + line + "\n" for line in blocks.splitlines()))
PY
)
fi
use() {
    if [ -n "${MATTERLINT_FROM_SOURCE:-}" ]; then
        echo "${hooks/HOOK/$1}" > .pre-commit-config.yaml
    else
        # Only the hook that is asked for.
        echo "$hooks" | awk -v id="$1" '/^  - id:/ { on = ($3 == id) } /^(repos|- repo|  hooks)/ { print; next } on' \
            > .pre-commit-config.yaml
    fi
    git add .pre-commit-config.yaml
}
good='---\ntitle: 봄날\n---\n\n산책을 했다.\n'
bad='---\ntitle: 러스트: 첫걸음\n---\n\n산책을 했다.\n'

use matterlint
pre-commit install > /dev/null
printf -- "$bad" > post.md
git add post.md
if git commit --quiet -m bad > "$work/out" 2>&1; then fail "a bad post was committed"; fi
grep -q 'post.md:2:.*broken-front-matter' "$work/out" || fail "the finding isn't shown"
step "a bad post blocks the commit"

printf -- "$good" > post.md
git add post.md
git commit --quiet -m good > "$work/out" 2>&1 || fail "a good post was blocked"
step "a good post passes"

use matterlint-fix
printf -- "$bad" > post.md
git add post.md
if git commit --quiet -m fix > "$work/out" 2>&1; then fail "a file was changed and the commit went on"; fi
grep -q 'files were modified by this hook' "$work/out" || fail "pre-commit doesn't say that the hook has changed a file"
grep -q '^title: "러스트: 첫걸음"$' post.md || fail "the post isn't mended"
git add post.md
git commit --quiet -m fix > "$work/out" 2>&1 || fail "the mended post was blocked"
step "matterlint-fix mends, shows it, and lets the next commit pass"

use matterlint
mkdir many
for number in $(seq 2500); do printf -- "$good" > "many/a-name-that-is-long-enough-to-fill-a-command-line-$number.md"; done
printf -- "$bad" > many/bad.md
git add many
SECONDS=0
if git commit --quiet -m many > "$work/out" 2>&1; then fail "a bad post among 2,500 was committed"; fi
[ "$(grep -c broken-front-matter "$work/out")" = 1 ] || fail "one finding among 2,500 files"
git rm --quiet --force many/bad.md
git commit --quiet -m many > "$work/out" 2>&1 || fail "2,500 good posts were blocked"
step "2,500 files in one commit, twice: ${SECONDS} s"

use matterlint-all
printf -- "$bad" > elsewhere.md
printf -- "$good" > staged.md
git add staged.md
if git commit --quiet -m all > "$work/out" 2>&1; then fail "a bad post that isn't staged was not seen"; fi
grep -q 'elsewhere.md:2:.*broken-front-matter' "$work/out" || fail "the finding isn't shown"
step "matterlint-all looks at the whole project"
