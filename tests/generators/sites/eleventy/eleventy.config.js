// Writes down what Eleventy made of each page.
const fs = require("node:fs");

module.exports = (config) => {
  let pages = [];
  config.addCollection("dump", (api) => {
    pages = api.getAll().map((item) => ({
      path: item.inputPath.replace(/^\.\//, ""),
      address: item.url,
      title: item.data.title,
      tags: item.data.tags,
      date: item.date?.toISOString().slice(0, 10),
      values: Object.fromEntries(["title", "date", "tags", "draft", "opens", "version"].map((key) => [key, item.data[key]])),
    }));
    return [];
  });
  config.on("eleventy.after", ({ results }) => {
    for (const page of pages) page.html = results.find((result) => result.inputPath.endsWith(page.path))?.content;
    fs.writeFileSync("dump.json", JSON.stringify(pages));
  });
  return { dir: { output: "_site" } };
};
