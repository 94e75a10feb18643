// What a reader of YAML for JavaScript makes of each YAML text on standard input (a JSON list): a JSON list of readings.
// The argument is the package: js-yaml, in whichever version is installed beside it, or `yaml`.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import path from "node:path";

const [folder, name] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(folder), "x.js"));
const library = require(name);
const { version, name: own } = JSON.parse(readFileSync(path.join(folder, "node_modules", name, "package.json")));
const load = library.load ?? library.parse;

function reading(text) {
  let value;
  try {
    value = load(`x: ${text}\n`).x;
  } catch (error) {
    return `refused ${error.message.split("\n")[0]}`;
  }
  if (typeof value === "boolean") return `bool ${value}`;
  if (value === null || value === undefined) return "null";
  if (typeof value === "number" || typeof value === "bigint") return `number ${value}`;
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? "other invalid date" : `time ${value.toISOString()}`;
  return value === text ? "text" : `other ${JSON.stringify(value)}`;
}

const texts = JSON.parse(readFileSync(0));
console.log(JSON.stringify({ program: `${own} ${version}`, readings: texts.map(reading) }));
