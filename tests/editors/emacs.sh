#!/usr/bin/env bash
# Emacs, without a screen: Eglot against `matterlint server`, and Flymake by the recipe in docs/editors.md. Skips, and
# says so, what isn't there.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/editors/recipe.sh
if ! command -v emacs > /dev/null; then
    echo "tests/editors/emacs.sh: skipped, there is no emacs here"
    exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
post "$dir"
recipe elisp 1 > "$dir/eglot-recipe.el"
recipe elisp 2 > "$dir/flymake-recipe.el"
script=$PWD/tests/editors/emacs.el
cd "$dir"
export HOME=$dir LC_ALL=C.UTF-8
for with in flymake eglot; do
    if ! emacs --batch --eval "(progn (package-initialize) (require '$with) (require 'markdown-mode))" 2> /dev/null; then
        echo "tests/editors/emacs.sh: skipped, there is no $with or no markdown-mode here"
        continue
    fi
    same "Emacs, $with" "$(MATTERLINT_WITH=$with timeout 60 emacs --batch -l "$script" 2> /dev/null)"
    echo "tests/editors/emacs.sh: findings shown by $with ($(emacs --version | head -1))"
done
