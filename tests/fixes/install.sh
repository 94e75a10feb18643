#!/usr/bin/env bash
# Installs the readers that differential.py compares with into target/fixes. Exits with 3 where they aren't available.
# js-yaml is installed if there is npm, Psych is used if there is ruby.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$PWD/target/fixes
mkdir -p "$folder"
packages=(PyYAML==6.0.3 markdown-it-py==4.0.0 mdit-py-plugins==0.5.0)
if [ ! -x "$folder/venv/bin/python" ]; then
    python3 -m venv "$folder/venv" || exit 3
fi
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "${packages[@]}" || exit 3
if [ ! -d "$folder/node_modules/js-yaml" ] && command -v npm > /dev/null; then
    (cd "$folder" && npm install --silent --no-save --no-audit --no-fund js-yaml@4.1.0 > /dev/null) ||
        echo "tests/fixes/install.sh: js-yaml isn't available"
fi
