#!/usr/bin/env bash
# Neovim's built-in client, without a screen, against `matterlint server`. Skips, and says so, where there is no nvim.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v nvim >/dev/null; then
    echo "tests/editors/nvim.sh: skipped, there is no nvim here"
    exit 0
fi
MATTERLINT=${MATTERLINT:-$PWD/target/debug/matterlint}
export MATTERLINT
script=$PWD/tests/editors/nvim.lua
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/.git"
printf -- '---\ntitle: 안녕 😀: the book\n---\n\n슬라이드 : ( 추후 업데이트 )\n' > "$dir/post.md"
cd "$dir"
XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir timeout 60 nvim --headless --clean -l "$script" 2>/dev/null \
    || XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir timeout 60 nvim --headless --clean -S "$script"
echo "tests/editors/nvim.sh: findings shown, a fix applied ($(nvim --version | head -1))"
