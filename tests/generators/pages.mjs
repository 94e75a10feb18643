// What mdsvex, Slidev, Nuxt Content, and mdBook read as the title of a page, for each page below.
//
//     npm install mdsvex @slidev/parser @nuxtjs/mdc && cargo install mdbook
//     node tests/generators/pages.mjs NODE_MODULES MDBOOK > tests/generators/recorded/pages.json
//
// A page that is read is one whose title is `Title`, or `Title: more`; anything else is recorded as it was read.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, mdbook] = process.argv.slice(2).map((path) => resolve(path));
const load = (name) => import(pathToFileURL(join(modules, name)));
const version = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'))).version;

const pages = {
  plain: '---\ntitle: Title\n---\n\nText.\n',
  'space after the opening delimiter': '---  \ntitle: Title\n---\n\nText.\n',
  'line breaks of Windows': '---\r\ntitle: Title\r\n---\r\n\r\nText.\r\n',
  'byte-order mark': '\ufeff---\ntitle: Title\n---\n\nText.\n',
  'blank line before': '\n---\ntitle: Title\n---\n\nText.\n',
  'TOML': '+++\ntitle = "Title"\n+++\n\nText.\n',
  'JSON': '{\n  "title": "Title"\n}\n\nText.\n',
  'unclosed': '---\ntitle: Title\n\nText.\n',
  'closing dots': '---\ntitle: Title\n...\n\nText.\n',
  'colon in the value': '---\ntitle: Title: more\n---\n\nText.\n',
  'duplicate key': '---\ntitle: Title\ntitle: Another\n---\n\nText.\n',
  'tab before a key': '---\ntitle: Title\nparams:\n\tmood: good\n---\n\nText.\n',
  'key without a space': '---\ntitle:Title\n---\n\nText.\n',
  'unclosed quote': '---\ntitle: "Title\n---\n\nText.\n',
  'unclosed list': '---\ntitle: Title\ntags: [a, b\n---\n\nText.\n',
  'at sign': '---\ntitle: Title\nauthor: @kim\n---\n\nText.\n',
};

const { compile } = await load('mdsvex/dist/main.js');
const slidev = await load('@slidev/parser/dist/index.mjs');
const { parseMarkdown } = await load('@nuxtjs/mdc/dist/runtime/index.js');
const readers = {
  mdsvex: async (text) => (await compile(text)).data?.fm?.title,
  slidev: async (text) => (await slidev.parse(text, 'slides.md')).slides.map((slide) => slide.frontmatter.title).find((title) => title),
  'nuxt-content': async (text) => (await parseMarkdown(text)).data.title,
  mdbook: async (text) => {
    const book = mkdtempSync(join(tmpdir(), 'book-'));
    mkdirSync(join(book, 'src'));
    writeFileSync(join(book, 'book.toml'), '[book]\ntitle = "Book"\n');
    writeFileSync(join(book, 'src/SUMMARY.md'), '# Summary\n\n- [Page](page.md)\n');
    writeFileSync(join(book, 'src/page.md'), text);
    execFileSync(mdbook, ['build', book], { stdio: 'ignore' });
    const html = readFileSync(join(book, 'book/page.html'), 'utf8');
    return /<main>[^]*title[^]*<\/main>/.test(html) ? null : 'Title';
  },
};

const versions = {
  mdsvex: version('mdsvex'),
  slidev: version('@slidev/parser'),
  'nuxt-content': version('@nuxtjs/mdc'),
  mdbook: execFileSync(mdbook, ['--version']).toString().trim().replace('mdbook v', ''),
};
const recorded = {};
for (const [name, read] of Object.entries(readers)) {
  recorded[name] = { version: versions[name], titles: {} };
  for (const [page, text] of Object.entries(pages)) {
    let title;
    try {
      title = (await read(text)) ?? null;
    } catch (error) {
      title = { error: String(error.message).split('\n')[0] };
    }
    recorded[name].titles[page] = { text, title };
  }
}
console.log(JSON.stringify(recorded, null, 1));
