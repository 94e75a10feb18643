#!/usr/bin/env bash
# Packs the program with its completions, man page, and licenses. Usage: archive.sh TARGET FOLDER_WITH_PROGRAM OUT_FOLDER
#
# The program is run to write the completions; where it can't run, because it is for another processor, set RUN to one
# that can.
set -euo pipefail
target=$1 built=$2 out=$3
root=$(cd "$(dirname "$0")/.." && pwd)
name=matterlint-$target
program=matterlint
case $target in *-windows-*) program=matterlint.exe ;; esac
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
mkdir -p "$out" "$stage/$name/completions" "$stage/$name/man"
cp "$built/$program" "$stage/$name/"
cp "$root"/LICENSE-MIT "$root"/LICENSE-APACHE "$root"/README.md "$root"/CHANGELOG.md "$stage/$name/"
run=${RUN:-$built/$program}
if "$run" --version > /dev/null 2>&1; then
    "$run" completions bash > "$stage/$name/completions/matterlint.bash"
    "$run" completions zsh > "$stage/$name/completions/_matterlint"
    "$run" completions fish > "$stage/$name/completions/matterlint.fish"
    "$run" completions powershell > "$stage/$name/completions/_matterlint.ps1"
    "$run" completions elvish > "$stage/$name/completions/matterlint.elv"
    "$run" man > "$stage/$name/man/matterlint.1"
else
    rmdir "$stage/$name/completions" "$stage/$name/man"
    echo "archive.sh: no completions in $name: the program can't be run here" >&2
fi
out=$(cd "$out" && pwd)
cd "$stage"
case $target in
    *-windows-*)
        if command -v 7z > /dev/null; then 7z a -tzip "$out/$name.zip" "$name" > /dev/null
        else python3 -m zipfile -c "$out/$name.zip" "$name"; fi ;;
    *) tar -czf "$out/$name.tar.gz" "$name" ;;
esac
