//! Existing schemas in the repository, made for the generator or the CMS of the site.

pub(crate) mod astro;
pub(crate) mod decap;
pub(crate) mod front_matter_cms;
mod model;

use crate::config::borrowed::model::Borrowed;
use crate::config::layer::Layer;
use crate::content::ContentType;
use crate::data::typed::{PathSegment, key};
use crate::fs::Globs;
use crate::fs::ProjectFiles;
use crate::schema::Schema;
use crate::text::similarity;
use std::sync::Arc;

/// Reads the schemas of a project, or returns why it can't.
type Source = fn(&ProjectFiles) -> Result<Vec<Borrowed>, String>;

/// The programs that use such schemas, by their name in a config.
const SOURCES: [(&str, Source); 3] =
    [("astro", astro::read), ("decap", decap::read), ("front-matter-cms", front_matter_cms::read)];

/// The names that a config may use.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(name, _)| *name)
}

/// Content types from the schemas of other programs in the project. They come after those of the config.
pub(super) fn content(project: &ProjectFiles, layer: &mut Layer, said: &[String]) -> Vec<(Globs, Arc<ContentType>)> {
    let mut content = Vec::new();
    for (index, name) in said.iter().enumerate() {
        let span = layer.span(&[key("schemas"), PathSegment::Index(index)]);
        let Some(read) = read(name, project) else {
            let near = similarity::nearest(name, names());
            let message = similarity::with_suggestion(format!("unknown schema source `{name}`"), near);
            layer.fault(span, message).help =
                near.is_none().then(|| format!("supported sources: {}", names().collect::<Vec<_>>().join(", ")));
            continue;
        };
        let all = read.unwrap_or_else(|message| {
            layer.fault(span, message);
            Vec::new()
        });
        for Borrowed { name, files, schema, open } in all {
            let files_of = |path: &str| project.read(path);
            let schema = Schema::inline(&name, schema, &files_of).map(|schema| schema.open(open));
            match (Globs::new(&files), schema) {
                (Ok(globs), Ok(schema)) => {
                    let schema = Some(Arc::new(schema));
                    content.push((globs, Arc::new(ContentType { name, schema, ..ContentType::default() })));
                }
                (Err((_, message)), _) => drop(layer.fault(span, message)),
                (_, Err(broken)) => layer.fault(span, broken.message).help = broken.help,
            }
        }
    }
    content
}

/// The names of the schema sources in a project, each with the globs of its pages.
pub(crate) fn schemas_in(project: &ProjectFiles) -> Vec<(&'static str, Vec<Globs>)> {
    let globs = |all: Vec<Borrowed>| all.iter().filter_map(|one| Globs::new(&one.files).ok()).collect();
    let of = |(name, read): &(&'static str, Source)| Some((*name, globs(read(project).ok()?)));
    SOURCES.iter().filter_map(of).filter(|(_, globs): &(_, Vec<Globs>)| !globs.is_empty()).collect()
}

/// The schemas of the source `name` in a project; none if there is no such source.
fn read(name: &str, project: &ProjectFiles) -> Option<Result<Vec<Borrowed>, String>> {
    SOURCES.iter().find(|(known, _)| *known == name).map(|(_, read)| read(project))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::document::Document;
    use crate::fs::Memory;
    use crate::linter;
    use crate::linter::LintContext;
    use crate::site::Site;
    use crate::source::Source;
    use std::path::Path;

    /// A project of these files.
    fn project(files: &[(&str, &str)]) -> ProjectFiles {
        let files = files.iter().map(|(path, text)| (format!("/{path}"), *text));
        ProjectFiles::new(Arc::new(Memory::new(files)), Path::new("/"))
    }

    /// What `schema-mismatch` says of a page at `path` with this front matter, where the config names `source`.
    fn says(source: &str, files: &[(&str, &str)], path: &str, front: &str) -> Vec<String> {
        let text = format!("schemas: [{source}]\n");
        let config = Config::read(Some(Source::new("matterlint.yaml", text.into_bytes())), &[], &project(files))
            .unwrap_or_else(|faults| panic!("{faults:?}"));
        let page = Source::new(path, format!("---\n{front}---\n").into_bytes());
        let (rules, content, site) = (config.rules_for(path), config.content_for(path), Site::alone());
        let setup = LintContext { rules: &rules, content: &content, site: &site, use_suppressions: true };
        let found = linter::lint(&Document::parse(&page), setup);
        found.into_iter().filter(|one| &*one.rule == "schema-mismatch").map(|one| one.message).collect()
    }

    const DECAP: &str = r#"
collections:
  - name: posts
    folder: /content/posts
    fields:
      - { name: title, required: true, pattern: ['.{4,}', 'At least four letters.'] }
      - { name: date, widget: datetime, required: true }
      - { name: excerpt }
      - { name: kind, widget: select, options: [{ label: News, value: news }, talk] }
      - { name: rating, widget: number, value_type: int, min: 1, max: 5, required: false }
      - { name: draft, widget: boolean }
      - { name: cover, widget: image, required: false }
      - { name: links, widget: list, required: false, fields: [{ name: url, required: true }] }
      - { name: body, widget: markdown }
  - { name: talks, folder: content/talks, extension: json, format: json, fields: [{ name: title }] }
  - name: pages
    files:
      - { name: about, file: content/about.md, fields: [{ name: title, required: true }] }
"#;

    #[test]
    fn collections_of_decap_apply_to_their_folders() {
        let files = [("static/admin/config.yml", DECAP)];
        let says = |path: &str, front: &str| says("decap", &files, path, front);
        let right = "title: Hello\ndate: 2024-01-31\nkind: news\ncover: ''\nother: x\n";
        assert_eq!(says("content/posts/a.md", right), [""; 0]);
        assert_eq!(says("content/posts/deep/a.md", "a: 1\n"), [""; 0], "a folder is its own pages");
        assert_eq!(says("content/posts/_index.md", "a: 1\n"), [""; 0], "a section is none");
        assert_eq!(says("content/about.md", "a: 1\n"), ["missing field `title`"]);
        let wrong = "title: Hi\nkind: tlak\nrating: 6\nlinks: [{ title: x }]\n";
        assert_eq!(
            says("content/posts/a.md", wrong),
            [
                "missing field `date`",
                "`title` does not match the required pattern",
                "invalid value `tlak` for `kind`; did you mean `talk`?",
                "`6` is too large for `rating`; the maximum is 5",
                "missing field `links.url`",
            ]
        );
    }

    #[test]
    fn front_matter_cms_knows_a_pages_type_by_its_key_or_its_folder() {
        let files = [(
            "frontmatter.json",
            r#"{ "frontMatter.content.pageFolders": [
                    { "title": "posts", "path": "[[workspace]]/content/posts" },
                    { "title": "talks", "path": "[[workspace]]/content/talks", "contentTypes": ["talk"] }],
                "frontMatter.taxonomy.contentTypes": [
                    { "name": "default", "fields": [{ "name": "title", "type": "string", "required": true }] },
                    { "name": "talk", "fields": [
                        { "name": "place", "type": "choice", "choices": ["Seoul", { "id": "bn", "title": "Busan" }] },
                        { "title": "More", "type": "divider" }] }] }"#,
        )];
        let says = |path: &str, front: &str| says("front-matter-cms", &files, path, front);
        assert_eq!(says("content/posts/a.md", "place: x\n"), ["missing field `title`"]);
        assert_eq!(says("content/posts/a.md", "type: talk\nplace: bn\n"), [""; 0]);
        assert_eq!(
            says("content/talks/2024/a.md", "place: Seul\n"),
            ["invalid value `Seul` for `place`; did you mean `Seoul`?"]
        );
        assert_eq!(says("content/talks/a.md", "place:\n"), [""; 0], "what is left empty is as good as absent");
    }

    #[test]
    fn astros_schemas_take_any_date_and_keys_that_nobody_meant() {
        let blog = r##"{ "$ref": "#/definitions/blog", "$schema": "http://json-schema.org/draft-07/schema#",
            "definitions": { "blog": { "type": "object", "required": ["title", "pubDate"], "additionalProperties": false,
                "properties": { "title": { "type": "string" }, "heroImage": { "type": "string" },
                    "pubDate": { "anyOf": [{ "type": "string", "format": "date-time" },
                        { "type": "string", "format": "date" }, { "type": "integer", "format": "unix-time" }] } } } } }"##;
        let files = [(".astro/collections/blog.schema.json", blog), (".astro/collections/blog.json", "x")];
        let says = |front: &str| says("astro", &files, "src/content/blog/a.md", front);
        assert_eq!(says("title: Hello\npubDate: Jul 08 2022\nlayout: x\n"), [""; 0]);
        assert_eq!(
            says("title: Hello\npubDate: 2022-07-08\nheroimage: a.png\n"),
            ["unknown field `heroimage`; did you mean `heroImage`?"]
        );
        assert_eq!(says("title: [a]\n"), ["missing field `pubDate`", "`title` should be a string, but is a list"]);
    }

    #[test]
    fn missing_files_are_reported() {
        let read = |name: &str| {
            let text = format!("schemas: [{name}]\n");
            let config =
                Config::read(Some(Source::new("matterlint.yaml", text.into_bytes())), &[], &ProjectFiles::none());
            let faults = config.expect_err("nothing is there");
            (faults[0].diagnostics[0].message.clone(), faults[0].diagnostics[0].help.clone().unwrap_or_default())
        };
        assert!(read("decap").0.starts_with("no Decap CMS config found"));
        assert_eq!(read("front-matter-cms").0, "no such file: `frontmatter.json`");
        assert!(read("astro").0.contains("run `astro sync`"));
        assert_eq!(read("decab"), ("unknown schema source `decab`; did you mean `decap`?".into(), String::new()));
    }
}
