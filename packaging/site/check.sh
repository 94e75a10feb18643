#!/usr/bin/env bash
# Builds the documentation site and looks for broken links. Skips, and says so, where Zensical can't be had.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=$PWD/target/site-venv
if ! { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check -r packaging/site/requirements.txt; }; then
    echo "packaging/site/check.sh: skipped, Zensical can't be had here"
    exit 0
fi
"$venv/bin/python" packaging/site/build.py
"$venv/bin/python" packaging/site/check_links.py target/site/html "$(sed -n 's/^homepage = "\(.*\)"/\1/p' Cargo.toml)"
