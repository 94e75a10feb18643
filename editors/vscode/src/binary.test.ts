import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { findBinary, type Search } from "./binary";

const root = mkdtempSync(path.join(tmpdir(), "matterlint-"));

function file(name: string, text = "", mode = 0o755): string {
  const full = path.join(root, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  chmodSync(full, mode);
  return full;
}

function search(more: Partial<Search>): Search {
  const site = path.join(root, "site", "blog");
  return { setting: "", folders: [site], searchPath: "", extension: path.join(root, "none"), platform: "linux", arch: "x64", ...more };
}

test("the setting wins, and one that names no program is an error", () => {
  const own = file("tools/matterlint");
  assert.deepEqual(findBinary(search({ setting: own })), { file: own, origin: "setting" });
  assert.deepEqual(findBinary(search({ setting: "../../tools/matterlint" })), { file: own, origin: "setting" });
  assert.deepEqual(findBinary(search({ setting: "${workspaceFolder}/../../tools/matterlint" })), { file: own, origin: "setting" });
  assert.match(String(findBinary(search({ setting: "/no/such/file" }))), /names no program/);
  const plain = file("tools/plain", "", 0o644);
  assert.match(String(findBinary(search({ setting: plain }))), /names no program/);
});

test("node_modules is searched upward, and before the PATH", () => {
  const onPath = path.dirname(file("bin/matterlint"));
  assert.deepEqual(findBinary(search({ searchPath: `.${path.delimiter}${onPath}` })), {
    file: path.join(onPath, "matterlint"),
    origin: "PATH",
  });
  file("site/node_modules/matterlint/package.json", "{}");
  const own = file("site/node_modules/@matterlint/cli-linux-x64/bin/matterlint");
  assert.deepEqual(findBinary(search({ searchPath: onPath })), { file: own, origin: "node_modules" });
  assert.equal(findBinary(search({ folders: [] })), undefined);
});

test("a package that pnpm has linked", () => {
  file("store/node_modules/matterlint/package.json", "{}");
  const own = file("store/node_modules/@matterlint/cli-linux-x64/bin/matterlint");
  mkdirSync(path.join(root, "linked", "node_modules"), { recursive: true });
  symlinkSync(path.join(root, "store/node_modules/matterlint"), path.join(root, "linked/node_modules/matterlint"));
  assert.deepEqual(findBinary(search({ folders: [path.join(root, "linked")] })), { file: own, origin: "node_modules" });
});

test("the extension's own program is the last", () => {
  const own = file("extension/bundled/matterlint");
  assert.deepEqual(findBinary(search({ folders: [], extension: path.join(root, "extension") })), { file: own, origin: "extension" });
});
