//! Values and delimiters that generators accept or refuse, against what they did with a page that has nothing else:
//! `tests/generators/recorded/values.json` and `delimiters.json`.

use serde_json::Value;
use std::collections::HashMap;

/// Where a page is in a site of each generator.
fn path_of(generator: &str, number: usize) -> String {
    let folder = match generator {
        "jekyll" => "_posts/2024-03-05-page",
        "hugo" => "content/posts/page",
        "hexo" => "source/_posts/page",
        "docusaurus" | "mkdocs" => "docs/page",
        "mdbook" => "src/page",
        "nuxt-content" => "content/page",
        "material" => "docs/blog/posts/page",
        "astro" => "src/content/blog/page",
        _ => "posts/page",
    };
    format!("{folder}-{number}.md")
}

fn recorded(name: &str) -> Value {
    let path = format!("tests/generators/recorded/{name}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rules that report each of `pages` in a site of `generator`.
fn rules_of(generator: &str, pages: &[String]) -> Vec<Vec<String>> {
    // Inside the project, as a config outside of it isn't read for everything.
    let root = tempfile::tempdir_in("target").expect("a temporary folder");
    std::fs::write(root.path().join("matterlint.yaml"), format!("generator: {generator}\n")).expect("it is written");
    let paths: Vec<_> = (0..pages.len()).map(|number| root.path().join(path_of(generator, number))).collect();
    for (path, page) in paths.iter().zip(pages) {
        std::fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder is made");
        std::fs::write(path, page).expect("a page is written");
    }
    let folder = root.path().to_string_lossy();
    let args = ["check", &folder, "--quiet", "--format", "json", "--now", "2024-07-01"];
    let report: Value = serde_json::from_str(&super::program::matterlint(&args, "").stdout).expect("it is JSON");
    let mut rules: HashMap<String, Vec<String>> = HashMap::new();
    for found in report["diagnostics"].as_array().expect("a list") {
        let (path, rule) = (found["path"].as_str().expect("a path"), found["rule"].as_str().expect("a rule"));
        let name = path.rsplit('/').next().unwrap_or_default().to_owned();
        rules.entry(name).or_default().push(rule.to_owned());
    }
    let name = |path: &std::path::PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
    paths.iter().map(|path| rules.remove(&name(path)).unwrap_or_default()).collect()
}

#[test]
fn values_are_reported_where_the_generator_refuses_them() {
    let mut wrong = Vec::new();
    for (generator, values) in recorded("values")["values"].as_object().expect("a map") {
        let (lines, results): (Vec<_>, Vec<_>) = values.as_object().expect("a map").iter().unzip();
        let page = |line: &&String| {
            let title = if line.starts_with("title:") { "" } else { "title: Docker basics\n" };
            format!("---\n{title}date: 2024-03-05\n{line}\n---\n\nHello there.\n")
        };
        let pages: Vec<String> = lines.iter().map(page).collect();
        for ((line, result), rules) in lines.iter().zip(results).zip(rules_of(generator, &pages)) {
            let is_claim =
                |rule: &String| matches!(rule.as_str(), "wrong-type" | "invalid-value" | "malformed-permalink");
            // What no kind of value decides: files that aren't there, formats that the site may define, and items.
            let is_undecided = ["layout:", "pagination: {", "outputs:", "last_update: {", "image:", "unlisted:"];
            let is_undecided = is_undecided.iter().any(|start| line.starts_with(start)) || line.contains("[null]");
            // A number with a point has what looks like an extension, and a string of `false` is a file name.
            let is_undecided = is_undecided || matches!(line.as_str(), "permalink: \"false\"" | "permalink: 1.5");
            if result == "accepted" && rules.iter().any(is_claim) && !is_undecided {
                wrong.push(format!("{generator} accepts `{line}`: {rules:?}"));
            } else if result == "refused" && rules.is_empty() && !is_undecided {
                wrong.push(format!("{generator} refuses `{line}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn delimiters_are_reported_where_the_generator_refuses_them() {
    let record = recorded("delimiters");
    let pages: Vec<String> = record["pages"].as_object().expect("a map").keys().cloned().collect();
    let mut wrong = Vec::new();
    for generator in record["programs"].as_object().expect("a map").keys() {
        for (page, rules) in pages.iter().zip(rules_of(generator, &pages)) {
            let result = record["pages"][page][generator].as_str().expect("a result");
            let is_claim = |rule: &&String| rule.ends_with("front-matter") && *rule != "second-front-matter";
            let claims: Vec<_> = rules.iter().filter(is_claim).collect();
            if (result == "read") != claims.is_empty() {
                wrong.push(format!("{generator}: {result}, but {claims:?}: {page:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What Slidev's and Nuxt Content's parser of YAML reads although it isn't YAML.
const LENIENT: [&str; 3] = ["unclosed quote", "unclosed list", "at sign"];

#[test]
fn pages_are_reported_where_their_title_is_not_read() {
    let mut wrong = Vec::new();
    for (generator, record) in recorded("pages").as_object().expect("a map") {
        let (names, titles): (Vec<_>, Vec<_>) = record["titles"].as_object().expect("a map").iter().unzip();
        let pages: Vec<String> = titles.iter().map(|page| page["text"].as_str().expect("a text").to_owned()).collect();
        for ((name, page), rules) in names.iter().zip(titles).zip(rules_of(generator, &pages)) {
            let is_read = page["title"].as_str().is_some_and(|title| title.starts_with("Title"));
            let is_lenient =
                ["slidev", "nuxt-content"].contains(&generator.as_str()) && LENIENT.contains(&name.as_str());
            if is_read == rules.is_empty() || is_lenient {
                continue;
            }
            wrong.push(format!("{generator}, {name}: {} and {rules:?}", page["title"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What agnix reports and we don't, or the other way round, with the reason.
const SKILLS: [(&str, &str); 7] = [
    ("no-name", "the specification requires a name; agnix allows it for one agent"),
    ("empty-name", "as above"),
    ("no-description", "the specification requires a description"),
    ("empty-description", "as above"),
    ("long-description", "the specification allows 1,024 characters; agnix reports it for one agent"),
    ("other-name", "the specification requires the name of the directory; agnix doesn't compare them"),
    ("name-number", "a name that looks like a number isn't the name of the directory"),
];

#[test]
fn skills_are_reported_where_agnix_reports_them() {
    let root = tempfile::tempdir_in("target").expect("a temporary folder");
    let record = recorded("skills");
    let pages = record["pages"].as_array().expect("a list");
    let text = |page: &Value, key: &str| page[key].as_str().expect("a text").to_owned();
    for page in pages {
        let folder = root.path().join(text(page, "folder"));
        std::fs::create_dir_all(&folder).expect("a folder is made");
        std::fs::write(folder.join("SKILL.md"), text(page, "page")).expect("a page is written");
    }
    let args = ["check", &root.path().to_string_lossy(), "--quiet", "--format", "json", "--isolated"];
    let report: Value = serde_json::from_str(&super::program::matterlint(&args, "").stdout).expect("it is JSON");
    let found = report["diagnostics"].as_array().expect("a list");
    for page in pages {
        let folder = text(page, "folder");
        let is_of_page =
            |found: &&Value| found["path"].as_str().is_some_and(|path| path.contains(&format!("/{folder}/")));
        let ours = found.iter().filter(is_of_page).count();
        let theirs = page["reported"].as_array().expect("a list").len();
        let is_excused = SKILLS.iter().any(|(name, _)| *name == folder);
        assert_eq!((ours > 0) != (theirs > 0), is_excused, "{folder}: {ours} of ours, {theirs} of agnix's");
    }
}
