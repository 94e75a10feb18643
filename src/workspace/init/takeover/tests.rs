use super::*;
use crate::fs::Memory;
use std::path::Path;
use std::sync::Arc;

fn take(name: &str, files: &[(&str, &str)]) -> Result<Takeover, String> {
    let files = files.iter().map(|(path, text)| (format!("/{path}"), *text));
    read(name, &ProjectFiles::new(Arc::new(Memory::new(files)), Path::new("/")))
}

#[test]
fn markdownlint_ignores_are_excluded() {
    let cli2 = "{ // comment\n \"globs\": [\"**/*.md\", \"#node_modules\", \"!vendor/**\"], \"ignores\": [\"**/old/**\", \"a/b.md\"] }";
    let files = [(".markdownlint-cli2.jsonc", cli2), (".markdownlintignore", "# note\n/build/\n\n!keep.md\nold\n")];
    let taken = take("markdownlint", &files).expect("a config");
    assert_eq!(taken.files, [".markdownlint-cli2.jsonc", ".markdownlintignore"]);
    assert_eq!(taken.exclude, ["vendor", "old", "a/b.md", "build"]);
    assert_eq!(taken.notes.len(), 1, "{:?}", taken.notes);
    let only_rules = take("markdownlint", &[(".markdownlint.yaml", "MD013: false\n")]).expect("a config");
    assert_eq!((only_rules.exclude.len(), only_rules.files.len()), (0, 1));
}

#[test]
fn rumdl_excludes_and_required_keys() {
    let own = "[global]\nexclude = [\"vendor\", \"docs/api/**\"]\n[MD072]\nrequired-keys = [\"title\", \"date\"]\n";
    let taken = take("rumdl", &[(".rumdl.toml", own)]).expect("a config");
    assert_eq!(taken.exclude, ["vendor", "docs/api"]);
    assert_eq!(taken.required, ["title", "date"]);
    let shared = "[project]\nname = \"x\"\n[tool.rumdl]\nexclude = [\"old\"]\n";
    assert_eq!(take("rumdl", &[("pyproject.toml", shared)]).expect("a config").exclude, ["old"]);
    let foreign = take("rumdl", &[("pyproject.toml", "[project]\nname = \"x\"\n")]);
    assert!(foreign.is_err_and(|message| message.contains("no config of rumdl found")));
}

#[test]
fn schemas_of_remark_apply_to_their_pages() {
    let config = r#"{ "plugins": ["remark-frontmatter",
        ["remark-lint-frontmatter-schema", { "schemas": { "./schemas/post.schema.yaml": ["./content/posts/**/*.md"] } }]] }"#;
    let expected = [("schemas/post.schema.yaml".to_owned(), vec!["content/posts/**/*.md".to_owned()])];
    assert_eq!(take("remark-lint-frontmatter-schema", &[(".remarkrc", config)]).expect("a config").schemas, expected);
    let package = format!("{{ \"name\": \"x\", \"remarkConfig\": {config} }}");
    let taken = take("remark-lint-frontmatter-schema", &[("package.json", &package), (".remarkignore", "old/\n")]);
    let taken = taken.expect("a config");
    assert_eq!((&taken.schemas[..], &taken.exclude[..]), (&expected[..], &["old".to_owned()][..]));
    let program =
        take("remark-lint-frontmatter-schema", &[(".remarkrc.mjs", "export default {};\n")]).expect("a config");
    assert!(program.notes[0].contains("was not run"));
}

#[test]
fn folders_of_front_matter_cms_leave_out() {
    let config =
        r#"{ "frontMatter.content.pageFolders": [{ "path": "[[workspace]]/content/blog", "excludePaths": ["old"] }] }"#;
    let taken = take("front-matter-cms", &[("frontmatter.json", config)]).expect("a config");
    assert_eq!(taken.exclude, ["content/blog/old"]);
}
