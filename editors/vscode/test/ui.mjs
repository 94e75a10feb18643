// The packaged extension in a real VS Code (code-server), driven through headless Chromium on the Korean post of this
// repository. Usage: node ui.mjs VSIX PROGRAM SCREENSHOT_DIR; CODE_SERVER is its entry.js, CHROMIUM the browser.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const require = createRequire(process.env.PLAYWRIGHT ?? import.meta.url);
const { chromium } = require("playwright-core");
const [vsix, program, shots] = process.argv.slice(2).map((path) => resolve(path));
const { CODE_SERVER: codeServer, CHROMIUM: executablePath = "/usr/bin/chromium" } = process.env;
const POST = "2023-10-20-cloud-day-busan-1.md";

const work = mkdtempSync(join(tmpdir(), "matterlint-vscode-"));
const site = join(work, "site");
cpSync(new URL("../../../fixtures/seeds", import.meta.url), site, { recursive: true });
mkdirSync(join(site, ".git"));
mkdirSync(shots, { recursive: true });
const user = join(work, "user");
mkdirSync(join(user, "User"), { recursive: true });
const settings = {
  "matterlint.path": program,
  "editor.codeActionsOnSave": { "source.fixAll.matterlint": "explicit" },
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.commandCenter.enabled": false,
  "files.autoSave": "off",
  "editor.minimap.enabled": false,
  "telemetry.telemetryLevel": "off",
};
writeFileSync(join(user, "User", "settings.json"), JSON.stringify(settings));
const extensions = join(work, "extensions");
const folders = ["--user-data-dir", user, "--extensions-dir", extensions, "--config", join(work, "config.yaml")];
writeFileSync(join(work, "config.yaml"), "");
const env = { ...process.env, HOME: work };

const log = (step) => console.log(`editors/vscode/test/ui.mjs: ${step}`);
const installed = spawnSync(process.execPath, [codeServer, ...folders, "--install-extension", vsix], { env, encoding: "utf8" });
assert.equal(installed.status, 0, installed.stdout + installed.stderr);
log("the package installs");

const port = await new Promise((done) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});
const args = [codeServer, ...folders, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", "--disable-update-check", site];
const server = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "pipe"] });
let serverLog = "";
server.stdout.on("data", (data) => (serverLog += data));
server.stderr.on("data", (data) => (serverLog += data));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failed = true;
try {
  for (let tries = 0; !serverLog.includes("HTTP server listening"); tries++) {
    assert.ok(tries < 120 && server.exitCode === null, serverLog);
    await new Promise((done) => setTimeout(done, 250));
  }
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(`window.placesOf = ${placesOf}`);
  await test(page, `http://127.0.0.1:${port}/?folder=${encodeURIComponent(site)}`);
  failed = false;
} catch (error) {
  console.error(error, serverLog.slice(-2000));
  await browser.contexts()[0]?.pages()[0]?.screenshot({ path: join(shots, "failed.png") });
} finally {
  await browser.close();
  server.kill();
  rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}
process.exit(failed ? 1 : 0);

async function test(page, url) {
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.waitForSelector(".monaco-workbench");
  await quickOpen(page, POST);
  await page.waitForSelector(".monaco-editor .view-line");
  await page.waitForSelector(".cdr.squiggly-error");
  await page.waitForFunction(() => /matterlint \d+/.test(document.querySelector("[id^='matterlint.matterlint']")?.textContent ?? ""));
  const status = (await page.textContent("[id^='matterlint.matterlint']")).trim();
  assert.match(status, /matterlint 2\d/);
  log(`the status bar shows the number of findings: ${status}`);

  await goTo(page, "22");
  const marked = await page.waitForFunction(isUnderlined, "추후 업데이트");
  assert.ok(await marked.jsonValue());
  log("a squiggle is under the Hangul of the placeholder, and only there");
  await page.mouse.move(...(await middleOf(page, "추후 업데이트")));
  await page.waitForFunction(() => /leftover-placeholder/.test(document.querySelector(".monaco-hover:not(.hidden)")?.textContent ?? ""));
  const hover = await page.$eval(".monaco-hover:not(.hidden)", (hover) => hover.innerText);
  assert.match(hover, /추후 업데이트/);
  log(`hover: ${hover.split("\n")[0]}`);
  await page.screenshot({ path: join(shots, "hover.png") });
  await page.keyboard.press("Escape");

  await page.waitForFunction(isUnderlined, "갯수");
  await page.mouse.click(...(await middleOf(page, "갯수")));
  // On a busy machine, the first request may come before the cursor is there.
  for (let tries = 0; !(await page.isVisible(".action-widget .action")); tries++) {
    assert.ok(tries < 10, "no quick fixes");
    await page.keyboard.press("Control+.");
    await page.waitForSelector(".action-widget .action", { timeout: 6_000 }).catch(() => undefined);
  }
  const titles = await page.$$eval(".action-widget .action", (items) => items.map((item) => item.innerText.trim()));
  await page.screenshot({ path: join(shots, "quick-fix.png") });
  const index = titles.findIndex((title) => title.includes("개수"));
  assert.ok(index >= 0, titles.join("\n"));
  await page.locator(".action-widget .action").nth(index).click();
  await page.waitForFunction(() => [...document.querySelectorAll(".view-line")].some((line) => line.textContent.includes("개수")));
  log(`a quick fix applies: ${titles[index]}`);

  await page.mouse.click(...(await middleOf(page, "Cloud Front")));
  await command(page, "matterlint: Open Rule Documentation");
  await page.waitForFunction(() => [...document.querySelectorAll(".tab")].some((tab) => tab.textContent.includes("inconsistent-terminology")));
  log("the documentation of the rule at the cursor opens");
  await page.click(`.tab:has-text("${POST}")`);
  await command(page, "View: Close Other Editors in Group");
  await command(page, "matterlint: Show Settings for This File");
  await page.waitForFunction(() => document.body.innerText.includes("generator:"));
  log("the settings for the file are shown");
  await page.click(`.tab:has-text("${POST}")`);

  await page.keyboard.press("Control+s");
  const file = join(site, "_posts", POST);
  const isFixed = () => readFileSync(file, "utf8").includes("tags: [aws, development, meetup]");
  for (let tries = 0; !isFixed(); tries++) {
    assert.ok(tries < 120, readFileSync(file, "utf8").slice(0, 300));
    await new Promise((done) => setTimeout(done, 250));
  }
  const saved = readFileSync(file, "utf8");
  assert.ok(saved.includes('author: "minseo-kim"') || saved.includes("author: minseo-kim"), saved.slice(0, 300));
  assert.ok(saved.includes("추후 업데이트") && saved.includes("개수"));
  log("saving applies all safe fixes, and nothing else");

  await command(page, "matterlint: Restart Server");
  await page.waitForFunction(() => /matterlint \d+/.test(document.querySelector("[id^='matterlint.matterlint']")?.textContent ?? ""));
  log("the server restarts");
  await page.dblclick(".explorer-folders-view .monaco-list-row:has-text('matterlint.yaml')");
  // The settings are still shown next to it.
  await page.waitForFunction(() => [...document.querySelectorAll(".view-lines")].some((lines) => lines.textContent.includes("content:")));
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("generatr: jekyll\n");
  await page.keyboard.press("Control+s");
  await page.waitForSelector(".cdr.squiggly-error");
  log("a mistake in matterlint.yaml is underlined");
}

/** The middle of these characters on the screen. */
async function middleOf(page, text) {
  const middle = await page.evaluate((text) => {
    const [place] = placesOf(text);
    return place && [(place.left + place.right) / 2, (place.top + place.bottom) / 2];
  }, text);
  assert.ok(middle, `${text} is not on the screen`);
  return middle;
}

/** Runs in the page: whether a squiggle is below these characters, about as wide as they are. */
function isUnderlined(text) {
  const marks = [...document.querySelectorAll(".cdr[class*=squiggly-]")].map((mark) => mark.getBoundingClientRect());
  return placesOf(text).some((place) =>
    marks.some((mark) => {
      const covers = mark.left <= place.left + 2 && mark.right >= place.right - 2;
      return covers && Math.abs(mark.bottom - place.bottom) < 12 && mark.width < place.width * 2;
    }),
  );
}

/** Runs in the page: where these characters are, once per text node that has them. */
function placesOf(text) {
  const places = [];
  for (const line of document.querySelectorAll(".view-line")) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.data.replaceAll("\u00a0", " ").indexOf(text);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      places.push(range.getBoundingClientRect());
    }
  }
  return places;
}

async function quickOpen(page, name) {
  await page.keyboard.press("Control+p");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(name);
  await page.waitForFunction((name) => document.querySelector(".quick-input-list .monaco-list-row")?.textContent.includes(name), name);
  await page.keyboard.press("Enter");
  await page.waitForFunction((name) => document.querySelector(".tab.active")?.textContent.includes(name), name);
  await page.waitForTimeout(300);
}

async function goTo(page, place) {
  await page.keyboard.press("Control+g");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(place);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
}

async function command(page, title) {
  await page.keyboard.press("F1");
  await page.waitForSelector(".quick-input-widget input");
  await page.keyboard.type(title);
  await page.waitForFunction((title) => document.querySelector(".quick-input-list .monaco-list-row")?.textContent.includes(title), title);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
}
