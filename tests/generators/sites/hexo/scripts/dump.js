// Writes down what Hexo made of each post.
const fs = require("node:fs");
const path = require("node:path");

hexo.extend.filter.register("after_generate", () => {
  const posts = hexo.locals.get("posts").toArray();
  const pages = posts.map((post) => ({
    path: "source/" + post.source,
    address: post.path,
    title: post.title,
    tags: post.tags.map((tag) => tag.name),
    categories: post.categories.map((category) => ({ name: category.name, below: Boolean(category.parent) })),
    date: post.date?.format("YYYY-MM-DD"),
    values: { comments: post.comments, draft: post.draft, published: post.published, title: post.title },
    html: post.content,
  }));
  fs.writeFileSync(path.join(hexo.base_dir, "dump.json"), JSON.stringify(pages));
});
