// Writes down what VitePress made of each page.
import fs from "node:fs";

const pages = [];
export default {
  transformPageData(page) {
    pages.push({
      path: page.relativePath,
      title: page.title,
      values: page.frontmatter,
      date: page.frontmatter.date?.toISOString?.().slice(0, 10) ?? page.frontmatter.date,
    });
  },
  transformHtml(html, _, { page, content }) {
    const found = pages.find((known) => known.path === page);
    if (found) found.html = /<main[^]*?<\/main>/.exec(html)?.[0] ?? content;
  },
  buildEnd() {
    fs.writeFileSync("dump.json", JSON.stringify(pages));
  },
};
