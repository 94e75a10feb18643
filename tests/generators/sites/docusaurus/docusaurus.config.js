// Docusaurus with its two plugins for pages, and nothing else; one more writes down what they made of each page.
const fs = require("node:fs");

module.exports = {
  title: "Proof",
  url: "https://example.org",
  baseUrl: "/",
  onBrokenLinks: "ignore",
  presets: [["classic", { docs: { sidebarPath: undefined }, blog: {}, theme: {} }]],
  plugins: [
    () => ({
      name: "dump",
      async allContentLoaded({ allContent }) {
        const posts = allContent["docusaurus-plugin-content-blog"].default.blogPosts.map((post) => ({ ...post.metadata, html: post.content }));
        const docs = allContent["docusaurus-plugin-content-docs"]?.default?.loadedVersions?.[0]?.docs ?? [];
        const pages = [...posts, ...docs].map((page) => ({
          path: page.source.replace("@site/", ""),
          address: page.permalink,
          title: page.title,
          tags: page.tags.map((tag) => tag.label),
          date: page.date && new Date(page.date).toISOString().slice(0, 10),
          values: page.frontMatter,
          html: page.html ?? page.description,
        }));
        fs.writeFileSync("dump.json", JSON.stringify(pages));
      },
    }),
  ],
};
