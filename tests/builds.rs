//! What real generators did with pages that have a mistake in the body, against what `--select build` reports.
//!
//! The records are in `tests/generators/recorded/builds.json`; `tests/generators/builds/verdicts.py` renews them.

mod common;

use common::{matterlint, project};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The files of a site: each path with its text.
type Files = &'static [(&'static str, &'static str)];

/// A site of each generator: what it is detected by, and the folder of its pages.
const SITES: &[(&str, &str, &str, Files)] = &[
    (
        "jekyll",
        "_posts/2024-03-05-",
        ".md",
        &[("_config.yml", "title: Site\n"), ("_posts/2024-01-01-first.md", "---\ntitle: First\n---\n\nText.\n")],
    ),
    ("hugo", "content/posts/", ".md", &[("hugo.toml", "baseURL = \"https://example.org/\"\n")]),
    ("docusaurus", "docs/", ".md", &[("docusaurus.config.js", "module.exports = { title: 'Site' };\n")]),
    (
        "hexo",
        "source/_posts/",
        ".md",
        &[
            ("_config.yml", "title: Site\n"),
            ("package.json", "{\"hexo\": {\"version\": \"8.1.2\"}, \"dependencies\": {\"hexo\": \"^8.0.0\"}}\n"),
        ],
    ),
    (
        "vitepress",
        "",
        ".md",
        &[
            (".vitepress/config.mts", "export default { title: 'Site' }\n"),
            ("package.json", r#"{"devDependencies": {"vitepress": "^1.6.0"}}"#),
        ],
    ),
    ("eleventy", "posts/", ".md", &[("eleventy.config.js", "module.exports = () => {};\n")]),
    (
        "astro",
        "src/content/blog/",
        ".mdx",
        &[
            ("astro.config.mjs", "export default {};\n"),
            (
                "src/content.config.ts",
                "const blog = defineCollection({ loader: glob({ base: './src/content/blog' }), schema: z.object({ \
                 title: z.string(), date: z.coerce.date().optional(), tags: z.array(z.string()).default([]), \
                 draft: z.boolean().default(false) }) });\nexport const collections = { blog };\n",
            ),
        ],
    ),
    ("mkdocs", "docs/", ".md", &[("mkdocs.yml", "site_name: Site\n")]),
];

/// A mistake, the generators for which it is an exception, and the reason.
type Exception = (&'static str, &'static [&'static str], &'static str);

/// Mistakes that the group does not report.
const SILENT: &[Exception] = &[
    ("attribute-list", &["hugo", "vitepress"], "not recognized"),
    ("container-misspelled", &["docusaurus", "vitepress"], "not recognized"),
    ("crossed-code-tags", &["hexo"], "not recognized"),
    ("definition-list", &["eleventy", "mkdocs"], "not recognized"),
    ("jsx-comment", &["jekyll", "hugo", "hexo", "vitepress", "eleventy", "mkdocs"], "not recognized"),
    ("kramdown-contents", &["hugo"], "not recognized"),
    ("placeholder-with-pipe", &["mkdocs"], "not recognized"),
    ("raw-in-inline-code", &["hexo"], "Hexo renders other pages with such a tag"),
    ("snippet-mark", &["mkdocs"], "not recognized"),
    (
        "tags-with-typographic-comma",
        &["jekyll", "hugo", "docusaurus", "hexo", "eleventy", "astro"],
        "it is one tag, which may be meant",
    ),
    (
        "title-then-remark",
        &["jekyll", "hugo", "docusaurus", "hexo", "vitepress", "eleventy", "astro", "mkdocs"],
        "it is a comment in YAML, which may be meant",
    ),
    ("type-in-heading", &["mkdocs"], "not recognized"),
    ("undefined-footnote", &["mkdocs"], "not recognized"),
    ("video-without-number", &["hugo"], "not recognized"),
];

/// Findings on pages that are fine by what the driver sees.
const NOT_SEEN: &[Exception] = &[
    ("draft-ja", &["hugo"], "a draft is published"),
    ("items-by-two-spaces", &["mkdocs"], "the items are not nested"),
    ("key", &["hugo"], "the tags are dropped, and their text stays"),
    ("line-break", &["hugo"], "the line break is dropped"),
    ("price-filter", &["vitepress"], "it is displayed as a number"),
];

/// Generator → verdict → (reported, all).
type Shares = BTreeMap<&'static str, BTreeMap<String, (usize, usize)>>;

#[test]
fn what_stops_or_loses_a_page_is_reported_and_nothing_else() {
    let (mut shares, mut faults) = (Shares::new(), String::new());
    let record: Value = serde_json::from_str(&read("tests/generators/recorded/builds.json")).expect("JSON");
    for &(generator, folder, extension, files) in SITES {
        let rows = record[generator].as_array().expect("a list");
        let path = |mistake: &str| format!("{folder}{mistake}{extension}");
        let text = |row: &Value, key: &str| row[key].as_str().expect("a string").to_owned();
        let pages: Vec<(String, String)> =
            rows.iter().map(|row| (path(&text(row, "mistake")), text(row, "page"))).collect();
        let all: Vec<(&str, &str)> =
            pages.iter().map(|(path, page)| (path.as_str(), page.as_str())).chain(files.iter().copied()).collect();
        let reported = reported(&all);
        for row in rows {
            let (mistake, verdict) = (text(row, "mistake"), text(row, "verdict"));
            let is_reported = reported.contains(&path(&mistake));
            let share = shares.entry(generator).or_default().entry(verdict.clone()).or_default();
            share.0 += usize::from(is_reported);
            share.1 += 1;
            let excused = if verdict == "fine" { NOT_SEEN } else { SILENT };
            let is_excused = excused.iter().any(|(name, of, _)| *name == mistake && of.contains(&generator));
            let is_wrong = is_reported == (verdict == "fine");
            if is_wrong != is_excused {
                let what = if is_reported { "reported" } else { "silent" };
                writeln!(faults, "{generator}, {mistake}: {verdict}, but {what}").expect("a string");
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
    table_is_current(&shares);
}

/// The pages with a finding of the group.
fn reported(files: &[(&str, &str)]) -> BTreeSet<String> {
    let root = project(files);
    let folder = root.path().to_str().expect("a path of letters");
    let run = matterlint(&["check", folder, "--select", "build", "--preview", "--format", "json", "--no-progress"], "");
    let output: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let found = output["diagnostics"].as_array().expect("a list").iter();
    let paths: Vec<&str> = found.map(|finding| finding["path"].as_str().expect("a path")).collect();
    let has = |path: &str| paths.iter().any(|found| found.ends_with(&format!("/{path}")) || *found == path);
    files.iter().filter(|(path, _)| has(path)).map(|(path, _)| (*path).to_owned()).collect()
}

/// The table in `docs/builds.md`, between its marks.
fn table_is_current(shares: &Shares) {
    let mut table = String::from(
        "| generator | build fails | text lost | shown raw | fine, but reported |\n|---|--:|--:|--:|--:|\n",
    );
    for (generator, by_verdict) in shares {
        let share =
            |verdict: &str| by_verdict.get(verdict).map_or("–".to_owned(), |(part, all)| format!("{part}/{all}"));
        let cells = ["fails", "lost", "raw", "fine"].map(share).join(" | ");
        writeln!(table, "| {generator} | {cells} |").expect("a string");
    }
    let page = read("docs/builds.md");
    let (before, rest) = page.split_once("<!-- shares -->\n\n").expect("the mark before the table");
    let (old, after) = rest.split_once("\n<!-- end of shares -->").expect("the mark after the table");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let new = format!("{before}<!-- shares -->\n\n{table}\n<!-- end of shares -->{after}");
        std::fs::write("docs/builds.md", new).expect("docs/builds.md can be written");
    } else {
        assert_eq!(old, table, "docs/builds.md is stale: run `INSTA_UPDATE=always cargo test --test builds`");
    }
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}
