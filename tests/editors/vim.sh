#!/usr/bin/env bash
# Vim with ALE, by the recipe in docs/editors.md. Skips, and says so, where either isn't there. ALE is looked for in
# Vim's own folders (Debian: `vim-ale`), or in the folder that ALE names.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/editors/recipe.sh
if ! command -v vim > /dev/null || ! vim --version | grep -q '+job'; then
    echo "tests/editors/vim.sh: skipped, there is no vim here that can run jobs"
    exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
post "$dir"
{
    echo "set nocompatible encoding=utf-8"
    if [ -n "${ALE:-}" ]; then echo "set runtimepath^=$ALE"; else echo "silent! packadd! ale"; fi
    echo "filetype plugin on"
    echo "let g:ale_linters = {'markdown': ['matterlint']}"
    recipe vim 1
} > "$dir/vimrc"
cp tests/editors/ale.vim "$dir"
cd "$dir"
# Vim wants a terminal; `script` is one.
HOME=$dir timeout 60 script -qec "vim -u vimrc -S ale.vim" /dev/null > /dev/null 2>&1 || true
if ! [ -f found ]; then
    echo "tests/editors/vim.sh: skipped, there is no ALE here"
    exit 0
fi
same "Vim with ALE" "$(cat found)"
echo "tests/editors/vim.sh: findings shown by ALE ($(vim --version | head -1))"
