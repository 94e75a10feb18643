// Reads a site as `docusaurus build` does, up to where the pages are bundled: that takes minutes and says nothing more
// of front matter.
const { loadSite } = require("@docusaurus/core/lib/server/site");

loadSite({ siteDir: process.cwd(), outDir: "build" }).then(
  () => process.exit(0),
  (error) => {
    for (let cause = error; cause; cause = cause.cause) console.error(String(cause.message ?? cause));
    process.exit(1);
  },
);
