"use strict";

/** The path of the program for this platform, for tools that start it without Node.js in between. */
exports.path = function path() {
  const name = process.platform === "win32" ? "matterlint.exe" : "matterlint";
  const package_ = `@matterlint/cli-${process.platform}-${process.arch}`;
  try {
    return require.resolve(`${package_}/bin/${name}`);
  } catch {
    throw new Error(
      `the package ${package_} is not installed. Either there is none for this platform, or the package manager left ` +
        "out optional dependencies; install without --omit=optional or --no-optional",
    );
  }
};
