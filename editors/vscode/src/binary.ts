/** Where the program is: the setting, the workspace's `node_modules`, the `PATH`, or the extension itself. */
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import * as path from "node:path";

/** How the program was found. */
export type Origin = "setting" | "node_modules" | "PATH" | "extension";

export interface Binary {
  file: string;
  origin: Origin;
}

export interface Search {
  /** The value of the setting; empty if it isn't set. */
  setting: string;
  /** The folders of the workspace, if it is trusted. */
  folders: string[];
  /** The value of the environment variable `PATH`. */
  searchPath: string;
  /** The folder of the extension. */
  extension: string;
  platform: NodeJS.Platform;
  arch: string;
}

/** The program; an error message if the setting names no program, and undefined if there is none anywhere. */
export function findBinary(search: Search): Binary | string | undefined {
  const name = search.platform === "win32" ? "matterlint.exe" : "matterlint";
  if (search.setting !== "") {
    const file = expand(search.setting, search.folders[0]);
    return isProgram(file) ? { file, origin: "setting" } : `the setting matterlint.path names no program: ${file}`;
  }
  for (const folder of search.folders) {
    const file = inNodeModules(folder, name, `${search.platform}-${search.arch}`);
    if (file !== undefined) return { file, origin: "node_modules" };
  }
  for (const folder of search.searchPath.split(path.delimiter)) {
    // A relative entry depends on the folder that the editor was started in.
    const file = path.join(folder, name);
    if (path.isAbsolute(folder) && isProgram(file)) return { file, origin: "PATH" };
  }
  const bundled = path.join(search.extension, "bundled", name);
  return isProgram(bundled) ? { file: bundled, origin: "extension" } : undefined;
}

/** The program in the npm package for this platform, next to the package `matterlint` of a folder or a folder above. */
function inNodeModules(folder: string, name: string, platform: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      // pnpm links the package from a store, in which its dependencies are next to it.
      const manifest = realpathSync(path.join(at, "node_modules", "matterlint", "package.json"));
      const file = createRequire(manifest).resolve(`@matterlint/cli-${platform}/bin/${name}`);
      if (isProgram(file)) return file;
    } catch {
      // Not here.
    }
    if (path.dirname(at) === at) return undefined;
  }
}

function expand(file: string, folder: string | undefined): string {
  const expanded = file.replaceAll("${workspaceFolder}", folder ?? "").replace(/^~(?=[\\/]|$)/, homedir());
  return folder === undefined ? expanded : path.resolve(folder, expanded);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
