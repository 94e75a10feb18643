// Bundles the extension into one file, and copies what the package shares with the repository.
import { copyFileSync } from "node:fs";
import { build } from "esbuild";

const isTest = process.argv.includes("--test");
await build({
  entryPoints: isTest ? ["src/binary.test.ts"] : ["src/extension.ts"],
  outdir: "dist",
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node18",
  external: ["vscode"],
  minify: !isTest,
  legalComments: "none",
});
if (!isTest) {
  copyFileSync("../../matterlint.schema.json", "matterlint.schema.json");
  copyFileSync("../../LICENSE-MIT", "LICENSE");
}
