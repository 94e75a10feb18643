// Makes the npm packages from the archives of a release: `matterlint`, and one with the program for each platform.
// Usage: node build.mjs FOLDER_WITH_ARCHIVES OUT_FOLDER. Platforms without an archive are left out, with a warning.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [archives, out] = process.argv.slice(2).map((path) => resolve(path));
const here = import.meta.dirname;
const root = join(here, "..", "..");
const manifest = readFileSync(join(root, "Cargo.toml"), "utf8");
const field = (name) => manifest.match(new RegExp(`^${name} = "(.*)"$`, "m"))[1];
const version = field("version");
const shared = {
  version,
  license: field("license"),
  homepage: field("homepage"),
  repository: { type: "git", url: `git+${field("repository")}.git` },
};

const PLATFORMS = [
  ["linux-x64", "x86_64-unknown-linux-musl"],
  ["linux-arm64", "aarch64-unknown-linux-musl"],
  ["darwin-x64", "x86_64-apple-darwin"],
  ["darwin-arm64", "aarch64-apple-darwin"],
  ["win32-x64", "x86_64-pc-windows-msvc"],
  ["win32-arm64", "aarch64-pc-windows-msvc"],
];

const stage = mkdtempSync(join(tmpdir(), "matterlint-npm-"));
mkdirSync(out, { recursive: true });
for (const [platform, target] of PLATFORMS) {
  const isWindows = platform.startsWith("win32");
  const archive = join(archives, `matterlint-${target}.${isWindows ? "zip" : "tar.gz"}`);
  if (!existsSync(archive)) {
    console.warn(`build.mjs: no package for ${platform}: ${archive} is missing`);
    continue;
  }
  const folder = join(stage, platform);
  const program = isWindows ? "matterlint.exe" : "matterlint";
  mkdirSync(join(folder, "bin"), { recursive: true });
  const extract = isWindows
    ? ["unzip", "-jq", archive, `*/${program}`, "-d", join(folder, "bin")]
    : ["tar", "-xzf", archive, "-C", join(folder, "bin"), "--strip-components", "1", `matterlint-${target}/${program}`];
  run(extract, stage);
  chmodSync(join(folder, "bin", program), 0o755);
  const [os, cpu] = platform.split("-");
  writeJson(join(folder, "package.json"), {
    name: `@matterlint/cli-${platform}`,
    description: `The program of matterlint for ${platform}`,
    ...shared,
    os: [os],
    cpu: [cpu],
    files: ["bin"],
    preferUnplugged: true,
  });
  writeFileSync(join(folder, "README.md"), `The program of [matterlint](${shared.homepage}) for ${platform}. Install \`matterlint\` instead.\n`);
  cpSync(join(root, "LICENSE-MIT"), join(folder, "LICENSE-MIT"));
  run(["npm", "pack", "--silent", "--pack-destination", out], folder);
}
const folder = join(stage, "matterlint");
cpSync(join(here, "matterlint"), folder, { recursive: true });
for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"]) cpSync(join(root, file), join(folder, file));
writeJson(join(folder, "package.json"), {
  name: "matterlint",
  description: field("description"),
  ...shared,
  keywords: ["markdown", "linter", "front-matter", "jekyll", "hugo", "astro"],
  bin: { matterlint: "bin/matterlint.js" },
  exports: { ".": "./index.js", "./package.json": "./package.json" },
  files: ["bin", "index.js", "LICENSE-*"],
  engines: { node: ">=18" },
  optionalDependencies: Object.fromEntries(PLATFORMS.map(([platform]) => [`@matterlint/cli-${platform}`, version])),
});
run(["npm", "pack", "--silent", "--pack-destination", out], folder);
rmSync(stage, { recursive: true });

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

function run([command, ...args], cwd) {
  const done = spawnSync(command, args, { cwd, encoding: "utf8", shell: process.platform === "win32" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")}: ${done.error ?? done.stderr}`);
}
