// Names of commands and options in @withfig/autocomplete, as JSON: {aliases, flags: {"--x": "" | "=" | "?"}, commands}.
// usage: node fig.mjs PACKAGE/build PROGRAM…
import { existsSync } from "node:fs";
import { resolve } from "node:path";

const [build, ...programs] = process.argv.slice(2);
const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);

async function load(name) {
  const path = [`${build}/${name}.js`, `${build}/${name}/index.js`].find((path) => existsSync(path));
  if (!path) return undefined;
  const spec = (await import(resolve(path))).default;
  return typeof spec === "function" ? undefined : spec;
}

function arity(option) {
  const args = list(option.args);
  if (args.length === 0) return "";
  return args[0].isOptional ? "?" : "=";
}

async function tree(spec, depth) {
  if (typeof spec?.loadSpec === "string") spec = { ...(await load(spec.loadSpec)), name: spec.name };
  const node = { aliases: [], flags: {}, persistent: {}, commands: {} };
  for (const option of list(spec.options)) {
    for (const name of list(option.name)) (option.isPersistent ? node.persistent : node.flags)[name] = arity(option);
  }
  if (depth < 6) {
    for (const command of list(spec.subcommands)) {
      const [first, ...others] = list(command.name);
      if (!first) continue;
      node.commands[first] = await tree(command, depth + 1);
      node.commands[first].aliases = others;
    }
  }
  return node;
}

const out = {};
for (const program of programs) {
  const spec = await load(program);
  if (spec) out[program] = await tree(spec, 0);
}
process.stdout.write(JSON.stringify(out));
