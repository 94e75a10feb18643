#!/usr/bin/env bash
# Neovim's built-in client, without a screen, by the recipe in docs/editors.md for its version, against `matterlint
# server`. Skips, and says so, where there is no nvim.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/editors/recipe.sh
if ! command -v nvim >/dev/null; then
    echo "tests/editors/nvim.sh: skipped, there is no nvim here"
    exit 0
fi
script=$PWD/tests/editors/nvim.lua
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
post "$dir"
# The first recipe is for Neovim 0.11 and later, the second for those before.
number=1
if nvim --version | head -1 | grep -qE '^NVIM v0\.([0-9]|10)\.'; then number=2; fi
export RECIPE=$dir/recipe.lua
recipe lua "$number" > "$RECIPE"
cd "$dir"
XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir timeout 60 nvim --headless --clean -l "$script" 2>/dev/null \
    || XDG_STATE_HOME=$dir XDG_CONFIG_HOME=$dir timeout 60 nvim --headless --clean -S "$script"
echo "tests/editors/nvim.sh: findings shown, a fix applied ($(nvim --version | head -1))"
