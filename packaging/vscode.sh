#!/usr/bin/env bash
# Packages the extension once per platform with the program in it, and once without. Run in editors/vscode.
# Usage: vscode.sh FOLDER_WITH_ARCHIVES OUT_FOLDER
set -euo pipefail
archives=$1 out=$2
mkdir -p "$out"
trap 'rm -rf bundled' EXIT
npm run --silent build
rm -rf bundled
npx vsce package --no-dependencies --out "$out/matterlint-universal.vsix"
while read -r target platform; do
    rm -rf bundled && mkdir bundled
    case $target in
        *-windows-*) unzip -jq "$archives/matterlint-$target.zip" "*/matterlint.exe" -d bundled ;;
        *) tar -xzf "$archives/matterlint-$target.tar.gz" -C bundled --strip-components 1 "matterlint-$target/matterlint" ;;
    esac
    npx vsce package --no-dependencies --target "$platform" --out "$out/matterlint-$platform.vsix"
done <<'TARGETS'
x86_64-unknown-linux-musl linux-x64
aarch64-unknown-linux-musl linux-arm64
x86_64-unknown-linux-musl alpine-x64
aarch64-unknown-linux-musl alpine-arm64
x86_64-apple-darwin darwin-x64
aarch64-apple-darwin darwin-arm64
x86_64-pc-windows-msvc win32-x64
aarch64-pc-windows-msvc win32-arm64
TARGETS
