//! The documentation against the program: every key, option, command, pack, group, and directive is documented, nothing
//! is documented that doesn't exist, and every link resolves.

#[path = "common/pages.rs"]
mod pages;

use pages::{ROOT_PAGES, anchors, line_of, links, pages_in, printed_by, read};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

const CONFIGURATION: &str = "docs/configuration.md";

#[test]
fn every_key_of_the_config_is_documented() {
    let schema: Value = serde_json::from_str(&printed_by(&["schema"])).expect("the schema is JSON");
    let page = read(CONFIGURATION);
    let mut missing: Vec<String> = keys(&schema).into_iter().filter(|key| !names(&page, key)).collect();
    missing.sort();
    assert!(missing.is_empty(), "{CONFIGURATION} doesn't name the keys {missing:?}");
    let types = read("docs/content-types.md");
    for definition in ["content", "field", "vocabulary"] {
        for key in keys(&schema["definitions"][definition]) {
            assert!(names(&types, &key), "docs/content-types.md doesn't name `{key}`");
        }
    }
}

#[test]
fn no_other_key_is_documented() {
    let schema: Value = serde_json::from_str(&printed_by(&["schema"])).expect("the schema is JSON");
    let known = keys(&schema);
    let first_cells = |path: &str, section: &str| -> Vec<String> {
        let text = read(path);
        rows(section_of(&text, section)).iter().flat_map(|row| codes(&row[0])).collect()
    };
    let documented = [
        first_cells(CONFIGURATION, "Keys"),
        first_cells(CONFIGURATION, "`rules`"),
        first_cells(CONFIGURATION, "`overrides`"),
        first_cells("docs/content-types.md", "Keys of a content type"),
        first_cells("docs/content-types.md", "Fields"),
        first_cells("docs/content-types.md", "Vocabularies"),
    ];
    for key in documented.iter().flatten() {
        assert!(known.contains(key), "there is no key `{key}`");
    }
    assert!(documented.iter().all(|keys| keys.len() > 1), "a table of keys is missing: {documented:?}");
}

#[test]
fn every_command_and_option_is_documented_and_no_other() {
    let page = read(CONFIGURATION);
    let mut options: BTreeSet<String> = BTreeSet::new();
    let commands = commands();
    assert!(commands.len() > 5, "{commands:?}");
    for command in &commands {
        assert!(
            page.contains(&format!("`matterlint {command}")),
            "{CONFIGURATION} doesn't name the command `{command}`"
        );
        if command != "help" {
            options.extend(long_options(&printed_by(&[command, "--help"])));
        }
    }
    for option in &options {
        assert!(has_option(&page, option), "{CONFIGURATION} doesn't name `{option}`");
    }
    let documented = Regex::new(r"--[a-z][a-z-]+").expect("a pattern");
    for found in documented.find_iter(&page) {
        let option = found.as_str();
        let is_known = options.contains(option);
        // The comments in HTML start and end with two dashes.
        let is_comment = page[..found.start()].ends_with("<!");
        assert!(is_known || is_comment, "{CONFIGURATION}:{}: no option `{option}`", line_of(&page, found.start()));
    }
    let named = Regex::new(r"`matterlint ([a-z]+)").expect("a pattern");
    for found in named.captures_iter(&page) {
        assert!(commands.contains(&found[1]), "{CONFIGURATION}: no command `{}`", &found[1]);
    }
}

#[test]
fn every_pack_is_documented_with_what_it_enables() {
    let page = read(CONFIGURATION);
    let packs = section_of(&page, "Packs");
    let documented: BTreeSet<String> = rows(packs).iter().flat_map(|row| codes(&row[0])).collect();
    for entry in std::fs::read_dir("rules/packs").expect("rules/packs") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(documented.contains(&name), "{CONFIGURATION} doesn't name the pack `{name}`");
        let pack: serde_yaml::Value = serde_yaml::from_str(&read(&path)).expect("a pack is YAML");
        for excluded in pack["exclude"].as_sequence().into_iter().flatten() {
            let excluded = excluded.as_str().expect("a glob");
            assert!(packs.contains(&format!("`{excluded}`")), "{CONFIGURATION}: `{name}` excludes `{excluded}`");
        }
        for (rule, setting) in pack["rules"].as_mapping().into_iter().flatten() {
            let rule = rule.as_str().expect("a rule");
            let Some(level) = setting.as_str().filter(|_| name == "strict") else {
                assert!(packs.contains(&format!("`{rule}`")), "{CONFIGURATION}: `{name}` sets `{rule}`");
                continue;
            };
            let row = format!("| `{rule}` | `{level}` |");
            assert!(packs.contains(&row), "{CONFIGURATION}: `{name}` has no row `{row}`");
        }
    }
}

#[test]
fn every_group_is_documented_and_no_other() {
    let page = read(CONFIGURATION);
    let documented: BTreeSet<String> =
        rows(section_of(&page, "Groups")).iter().flat_map(|row| codes(&row[0])).collect();
    let groups: BTreeSet<String> = rules().into_iter().map(|(_, group)| group).collect();
    assert_eq!(documented, groups);
    let readme: BTreeSet<String> =
        rows(section_of(&read("README.md"), "What it checks")).iter().flat_map(|row| codes(&row[0])).collect();
    assert_eq!(readme, groups, "README.md");
}

/// Directives are found in the source, because no command lists them.
#[test]
fn every_directive_is_documented_and_no_other() {
    let page = read(CONFIGURATION);
    let section = section_of(&page, "Disable comments");
    let words = Regex::new(r"\(\s*\x22((?:disable|enable)(?:-[a-z]+)*)\x22,").expect("a pattern");
    let mut known: BTreeSet<String> = BTreeSet::new();
    for path in sources(Path::new("src")) {
        known.extend(words.captures_iter(&read(&path)).map(|found| format!("matterlint-{}", &found[1])));
    }
    assert!(known.len() > 3, "the list of directives in src/ is no longer found: {known:?}");
    let documented = Regex::new(r"matterlint-(?:disable|enable)[a-z-]*").expect("a pattern");
    let documented: BTreeSet<String> = documented.find_iter(section).map(|found| found.as_str().to_owned()).collect();
    assert_eq!(documented, known);
}

#[test]
fn every_format_is_documented() {
    let page = read(CONFIGURATION);
    let documented: BTreeSet<String> =
        rows(section_of(&page, "Output formats")).iter().flat_map(|row| codes(&row[0])).collect();
    let help = printed_by(&["check", "--help"]);
    let after = help.split("--format <FORMAT>").nth(1).expect("the option --format");
    let values = after.split("[possible values: ").nth(1).and_then(|text| text.split(']').next()).expect("its values");
    let known: BTreeSet<String> = values.split(',').map(|word| word.trim().to_owned()).collect();
    assert_eq!(documented, known);
}

#[test]
fn custom_rules_shows_the_files_that_it_runs() {
    let page = read("docs/custom-rules.md");
    for file in pages_in("docs/custom-rules.in/lint") {
        assert!(page.contains(&format!("````md\n{}````\n", read(&file))), "{} is shown differently", file.display());
    }
    assert!(page.contains(&read("docs/custom-rules.in/matterlint.yaml")), "the config is shown differently");
}

#[test]
fn every_page_is_linked_from_the_readme() {
    let readme = read("README.md");
    for page in pages_in("docs") {
        let page = page.to_string_lossy().replace('\\', "/");
        assert!(readme.contains(&format!("({page}")), "README.md doesn't link to {page}");
    }
}

#[test]
fn every_relative_link_resolves() {
    let more = ["rules/commands/README.md", "fuzz/README.md"];
    let pages = ROOT_PAGES.iter().chain(&more).map(PathBuf::from).chain(pages_in("docs")).chain(pages_in("rules"));
    let mut broken = Vec::new();
    for page in pages {
        let text = read(&page);
        for (at, destination) in links(&text) {
            if let Some(reason) = broken_link(&page, &text, &destination) {
                broken.push(format!("{}:{}: {destination}: {reason}", page.display(), line_of(&text, at)));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_broken_link_is_noticed() {
    let page = Path::new("docs/ci.md");
    let text = "# In CI\n\n## Other systems\n";
    for (destination, is_broken) in [
        ("faq.md", false),
        ("faq.md#why-was-this-reported", false),
        ("#other-systems", false),
        ("../README.md", false),
        ("../rules", false),
        ("https://example.com/x", false),
        ("faqs.md", true),
        ("faq.md#why", true),
        ("#others", true),
        ("README.md", true),
    ] {
        assert_eq!(broken_link(page, text, destination).is_some(), is_broken, "{destination}");
    }
}

/// The files that the examples name.
const FILES: [(&str, &str); 9] = [
    ("_config.yml", "title: Example\n"),
    ("_data/authors.yml", "hana:\n  name: Hana\n"),
    ("admin/config.yml", "collections:\n  - { name: post, folder: _posts, fields: [{ name: title }] }\n"),
    ("commands/fleet.yaml", "name: fleet\ncommands:\n  - name: rollout\n"),
    ("lint/missing-price.md", include_str!("../docs/custom-rules.in/lint/missing-price.md")),
    ("matterlint-baseline.json", "{ \"version\": 1, \"findings\": {} }"),
    ("mkdocs.yml", "plugins:\n  - tags: { tags_allowed: [aws] }\n"),
    ("schemas/post.schema.json", "{ \"type\": \"object\" }"),
    ("shared/lint.yaml", "rules: { dates: error }\n"),
];

#[test]
fn every_config_that_is_shown_is_accepted() {
    let schema: Value = serde_json::from_str(&printed_by(&["schema"])).expect("the schema is JSON");
    let mut tried = 0;
    for page in pages_in("docs").into_iter().chain([PathBuf::from("README.md")]) {
        let text = read(&page);
        for (at, example) in yaml_blocks(&text) {
            let Some(config) = config_in(&example, &schema) else { continue };
            let dir = tempfile::tempdir().expect("a temporary directory");
            std::fs::create_dir(dir.path().join(".git")).expect("a directory");
            for (name, text) in FILES.iter().copied().chain([("matterlint.yaml", config.as_str())]) {
                let path = dir.path().join(name);
                std::fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
                std::fs::write(path, text).expect("a file");
            }
            let run = std::process::Command::new(env!("CARGO_BIN_EXE_matterlint"))
                .args(["check", "--fail-on", "never"])
                .current_dir(dir.path())
                .output()
                .expect("the program runs");
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            assert!(run.status.success(), "{}:{}: {said}", page.display(), line_of(&text, at));
            tried += 1;
        }
    }
    assert!(tried > 25, "only {tried} configs were found");
}

/// The config that an example shows: all of it, or the fields of a content type. None for the config of another program.
fn config_in(example: &str, schema: &Value) -> Option<String> {
    let value: serde_yaml::Value = serde_yaml::from_str(example).ok()?;
    let keys: Vec<&str> = value.as_mapping()?.keys().filter_map(|key| key.as_str()).collect();
    let known = schema["properties"].as_object()?;
    if keys == ["fields"] {
        let indented: String = example.lines().map(|line| format!("    {line}\n")).collect();
        // Conditions and `deprecated` name fields that an example needn't show.
        let more = "      tags: list\n      published: bool\n      layout: string\n      series: string\n";
        let fields =
            more.lines().filter(|line| !indented.contains(&format!("{}:", line.split(':').next().unwrap_or(line))));
        let fields: String = fields.map(|line| format!("{line}\n")).collect();
        return Some(format!(
            "vocabularies:\n  topics: {{ one-of: [aws] }}\ncontent:\n  example:\n    files: '*.md'\n{indented}{fields}"
        ));
    }
    keys.iter().all(|key| known.contains_key(*key)).then(|| example.to_owned())
}

/// The code blocks in YAML, with their byte offsets.
fn yaml_blocks(text: &str) -> Vec<(usize, String)> {
    let fence = Regex::new("(?ms)^```yaml\n(.*?)^```$").expect("a pattern");
    fence.captures_iter(text).map(|found| (found.get(0).expect("the match").start(), found[1].to_owned())).collect()
}

/// Why a link in `page` is broken; none for URLs and for what exists.
fn broken_link(page: &Path, text: &str, destination: &str) -> Option<String> {
    let scheme = Regex::new("^[a-z][a-z0-9+.-]*:").expect("a pattern");
    if scheme.is_match(destination) {
        return None;
    }
    let (path, anchor) = destination.split_once('#').map_or((destination, None), |(path, anchor)| (path, Some(anchor)));
    let target = if path.is_empty() { page.to_owned() } else { joined(page.parent().unwrap_or(page), path) };
    if !target.exists() {
        return Some(format!("no file {}", target.display()));
    }
    let anchor = anchor?;
    let found = if path.is_empty() { anchors(text) } else { anchors(&read(&target)) };
    (!found.iter().any(|known| known == anchor)).then(|| format!("no heading for the anchor in {}", target.display()))
}

fn joined(dir: &Path, path: &str) -> PathBuf {
    let mut joined = dir.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(joined.pop()),
            Component::CurDir => {}
            part => joined.push(part),
        }
    }
    joined
}

/// The names of all `properties` in a JSON Schema, except the names of rules and groups.
fn keys(schema: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut rest: Vec<(&str, &Value)> = vec![("", schema)];
    while let Some((name, value)) = rest.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::Object(properties)) = members.get("properties").filter(|_| name != "rules") {
                    keys.extend(properties.keys().cloned());
                }
                let rules = members.get("properties").filter(|_| name == "rules");
                let below = members.iter().filter(|(_, value)| rules.is_none_or(|rules| !std::ptr::eq(rules, *value)));
                rest.extend(below.map(|(key, value)| (key.as_str(), value)));
            }
            Value::Array(items) => rest.extend(items.iter().map(|item| ("", item))),
            _ => {}
        }
    }
    keys
}

/// Whether `page` has `key` in backticks, alone or in an example such as `{ from: FILE }`.
fn names(page: &str, key: &str) -> bool {
    let in_example = format!(r"`(?:[^`\n]*[^`\n\w-])?{}: ", regex::escape(key));
    page.contains(&format!("`{key}`")) || Regex::new(&in_example).expect("a pattern").is_match(page)
}

fn has_option(page: &str, option: &str) -> bool {
    page.match_indices(option)
        .any(|(at, _)| !page[at + option.len()..].starts_with(|c: char| c == '-' || c.is_alphanumeric()))
}

/// The subcommands in `matterlint help`.
fn commands() -> BTreeSet<String> {
    let help = printed_by(&["help"]);
    let section = help.split("Commands:\n").nth(1).and_then(|text| text.split("\n\n").next()).expect("the commands");
    let word = |line: &str| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned);
    section.lines().filter(|line| !line.starts_with("    ")).filter_map(word).collect()
}

/// The long options at the start of lines in a help text.
fn long_options(help: &str) -> BTreeSet<String> {
    let option = Regex::new(r"(?m)^\s*(?:-[a-zA-Z], )?(--[a-z][a-z-]*)").expect("a pattern");
    option.captures_iter(help).map(|found| found[1].to_owned()).collect()
}

/// The ids and groups of all built-in rules.
fn rules() -> Vec<(String, String)> {
    let rules: Vec<Value> = serde_json::from_str(&printed_by(&["rules", "--format", "json"])).expect("a list");
    let text = |rule: &Value, member: &str| rule[member].as_str().expect("a string").to_owned();
    rules.iter().map(|rule| (text(rule, "id"), text(rule, "group"))).collect()
}

/// The text below the heading `title`, up to the next heading.
fn section_of<'a>(page: &'a str, title: &str) -> &'a str {
    let heading = Regex::new(&format!(r"(?m)^#+ {}$", regex::escape(title))).expect("a pattern");
    let found = heading.find(page).unwrap_or_else(|| panic!("no heading `{title}`"));
    page[found.end()..].split("\n#").next().unwrap_or_default()
}

/// The cells of the rows of all tables in `text`, without the header rows.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let is_header = lines.peek().is_some_and(|next| next.starts_with("|--"));
        if let Some(row) = line.strip_prefix("| ").filter(|_| !is_header) {
            rows.push(row.trim_end_matches(" |").split(" | ").map(str::to_owned).collect());
        }
    }
    rows
}

/// What is in backticks in a cell.
fn codes(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn every_known_program_is_named() {
    let page = std::fs::read_to_string("docs/commands.md").expect("the page can be read");
    let specs = std::fs::read_dir("rules/commands").expect("the folder can be read").flatten();
    let specs: Vec<_> = specs.filter(|entry| entry.path().extension().is_some_and(|ext| ext == "yaml")).collect();
    for spec in &specs {
        let path = spec.path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        assert!(page.contains(&format!("`{name}`")), "docs/commands.md doesn't name `{name}`");
    }
    let read_me = std::fs::read_to_string("README.md").expect("the page can be read");
    assert!(read_me.contains(&format!("{} programs", specs.len())), "README.md has another number of programs");
}
