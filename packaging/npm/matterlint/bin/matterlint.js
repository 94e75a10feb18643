#!/usr/bin/env node
"use strict";

const { spawnSync } = require("node:child_process");

let program;
try {
  program = require("../index.js").path();
} catch (error) {
  console.error(`matterlint: ${error.message}`);
  process.exit(2);
}
const done = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (done.error) {
  console.error(`matterlint: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) process.kill(process.pid, done.signal);
process.exit(done.status ?? 2);
