// Reads a site as `docusaurus build` does, up to where the pages are bundled: that takes minutes and says nothing more
// of front matter, but where it isn't taken for one, and is code of the page.
const fs = require("fs");
const path = require("path");
const { loadSite } = require("@docusaurus/core/lib/server/site");

async function compileAll() {
  const { compile } = await import("@mdx-js/mdx");
  for (const folder of ["blog", "docs"]) {
    for (const file of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
      const text = file.endsWith(".md") ? fs.readFileSync(path.join(folder, file), "utf8") : "";
      await compile(text.replace(/^---\n[^]*?\n---\n/, ""));
    }
  }
}

loadSite({ siteDir: process.cwd(), outDir: "build" })
  .then(compileAll)
  .then(
    () => process.exit(0),
    (error) => {
      for (let cause = error; cause; cause = cause.cause) console.error(String(cause.message ?? cause));
      process.exit(1);
    },
  );
