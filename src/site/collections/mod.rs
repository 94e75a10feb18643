//! The collections of an Astro site, from `src/content.config.ts`: which fields their schemas accept, as far as they are
//! simple. Whatever isn't is left out, so that nothing is claimed of it.

mod javascript;

use crate::fs::Globs;
use crate::generator::profile::{AcceptedValues, ValueKind};
use crate::site::collections::javascript::{after_key, balanced, entries, literals, quoted};
use std::path::Path;

/// Where the config of the collections may be.
pub(super) const FILES: [&str; 6] = [
    "src/content.config.ts",
    "src/content.config.mts",
    "src/content.config.js",
    "src/content.config.mjs",
    "src/content/config.ts",
    "src/content/config.js",
];

/// A collection of pages with a schema.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    /// The folder of its pages, relative to the site's root.
    folder: String,
    files: CollectionFiles,
    /// The names of its fields.
    names: Vec<String>,
    /// What its fields accept.
    pub(crate) accepted: Vec<AcceptedValues>,
    /// The fields without which a page is rejected.
    pub(crate) required: Vec<String>,
    /// The fields that become dates by `new Date(…)`.
    pub(crate) coerced_dates: Vec<String>,
}

/// Which files of its folder are pages of a collection.
#[derive(Clone, Debug, Default)]
enum CollectionFiles {
    /// Those whose path has no name with an underscore at its start.
    #[default]
    Visible,
    /// Those that a pattern matches, and none of the others. Paths are relative to the folder.
    Matching(Globs, Globs),
}

/// What happens to a page that doesn't fit.
const EXPLANATION: &str = "Astro stops because the page does not match the schema of its collection";

/// The collections that a config defines.
pub(super) fn read(config: &str) -> Vec<Collection> {
    let mut found = Vec::new();
    for (at, _) in config.match_indices("defineCollection(") {
        let Some(arguments) = balanced(&config[at + "defineCollection(".len() - 1..]) else { continue };
        let Some(fields) = schema_of(config, arguments) else { continue };
        let (folders, files) = (folders_of(config, at, arguments), files_of(arguments));
        let Some(files) = files else { continue };
        let whole = |folder| Collection { files: files.clone(), ..collection(folder, fields) };
        found.extend(folders.into_iter().map(whole));
    }
    found
}

impl Collection {
    /// Whether its schema has a field of this name, as far as the schema is known.
    pub(crate) fn has_field(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Whether the page at `path`, relative to the site's root, belongs to it.
    pub(super) fn contains(&self, path: &Path) -> bool {
        let Ok(rest) = path.strip_prefix(&self.folder) else { return false };
        match &self.files {
            CollectionFiles::Visible => !rest.iter().any(|name| name.as_encoded_bytes().starts_with(b"_")),
            CollectionFiles::Matching(included, excluded) => {
                let rest = crate::source::display_path(rest);
                included.matches(&rest) && !excluded.matches(&rest)
            }
        }
    }
}

/// The fields of the schema, between their braces.
fn schema_of<'a>(config: &'a str, arguments: &'a str) -> Option<&'a str> {
    let schema = after_key(arguments, "schema")?;
    let schema = schema.split_once("=>").filter(|(before, _)| before.len() < 60).map_or(schema, |(_, body)| body);
    let schema = schema.trim_start().trim_start_matches('(').trim_start();
    let object = match schema.strip_prefix("z.object(") {
        Some(object) => object,
        None => {
            let name = &schema[..schema.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(schema.len())];
            if name.is_empty() {
                return None;
            }
            let definition = config.find(&format!("const {name} = z.object("))?;
            let start = definition + config[definition..].find("z.object(")? + "z.object(".len();
            &config[start..]
        }
    };
    let fields = balanced(object.trim_start())?;
    let rest = object.trim_start()[fields.len() + 2..].trim_start().strip_prefix([')', ','])?.trim_start();
    let is_plain =
        !rest.starts_with('.') || [".strict", ".passthrough", ".loose"].iter().any(|kept| rest.starts_with(kept));
    is_plain.then_some(fields)
}

/// The files of a collection; none if it isn't known which these are.
fn files_of(arguments: &str) -> Option<CollectionFiles> {
    let Some(pattern) = after_key(arguments, "pattern") else { return Some(CollectionFiles::Visible) };
    let patterns = match pattern.strip_prefix('[') {
        Some(_) => literals(balanced(pattern)?)?,
        None => vec![quoted(pattern)?.to_owned()],
    };
    let globs = |excluded: bool| {
        let mine = patterns.iter().filter(|pattern| pattern.starts_with('!') == excluded);
        Globs::new(&mine.map(|pattern| pattern.trim_start_matches('!').replace("[^", "[!")).collect::<Vec<_>>()).ok()
    };
    Some(CollectionFiles::Matching(globs(false)?, globs(true)?))
}

/// The folders of the collection that is defined at `at`.
fn folders_of(config: &str, at: usize, arguments: &str) -> Vec<String> {
    if let Some(base) = after_key(arguments, "base") {
        return quoted(base)
            .map(|base| base.trim_start_matches("./").trim_matches('/').to_owned())
            .into_iter()
            .collect();
    }
    if arguments.contains("loader") {
        return Vec::new();
    }
    let before = config[..at].trim_end().trim_end_matches(['=', ':']).trim_end();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let name = before.trim_matches(['\'', '"']).rsplit(|c| !is_name(c)).next().unwrap_or_default();
    let exported = config.rfind("collections").map_or("", |start| &config[start..]);
    let keys = exported.split([',', '{', '}']).filter_map(|entry| {
        let (key, value) = entry.split_once(':')?;
        (value.trim() == name).then(|| key.trim().trim_matches(['\'', '"']).to_owned())
    });
    let keys: Vec<String> = keys.collect();
    let keys = if keys.is_empty() { vec![name.to_owned()] } else { keys };
    keys.into_iter().filter(|key| !key.is_empty()).map(|key| format!("src/content/{key}")).collect()
}

fn collection(folder: String, fields: &str) -> Collection {
    let mut result = Collection { folder, ..Collection::default() };
    for (name, kind) in entries(fields) {
        result.names.push(name.to_owned());
        let Some(field) = field(kind) else { continue };
        if !field.optional {
            result.required.push(name.to_owned());
        }
        if field.is_coerced_date {
            result.coerced_dates.push(name.to_owned());
        } else if !field.kinds.is_empty() {
            result.accepted.push(AcceptedValues {
                fields: vec![name.to_owned()],
                kinds: field.kinds,
                items: field.items,
                range: None,
                one_of: field.one_of,
                only_in_folder: None,
                explanation: EXPLANATION.to_owned(),
                form: None,
                max_length: None,
                is_folder_name: false,
            });
        }
    }
    result
}

/// What a field accepts.
#[derive(Default)]
struct Field {
    kinds: Vec<ValueKind>,
    items: Vec<ValueKind>,
    one_of: Vec<String>,
    optional: bool,
    is_coerced_date: bool,
}

/// Methods that change nothing about the kinds of values.
const NEUTRAL: [&str; 17] = [
    "min",
    "max",
    "length",
    "email",
    "url",
    "trim",
    "int",
    "positive",
    "nonnegative",
    "nonempty",
    "describe",
    "regex",
    "strict",
    "readonly",
    "finite",
    "gte",
    "lte",
];

/// Reads `z.string().optional()` and the like; none for anything else.
fn field(kind: &str) -> Option<Field> {
    let rest = kind.trim().strip_prefix("z")?.trim_start().strip_prefix('.')?;
    let (rest, is_coerced) = rest.strip_prefix("coerce.").map_or((rest, false), |rest| (rest, true));
    let open = rest.find('(')?;
    let inner = balanced(&rest[open..])?;
    let mut field = Field::default();
    match (&rest[..open], is_coerced) {
        ("string", false) => field.kinds = vec![ValueKind::String, ValueKind::EmptyString],
        ("number", false) => field.kinds = vec![ValueKind::Number],
        ("boolean", false) => field.kinds = vec![ValueKind::Bool],
        ("date", false) => field.kinds = vec![ValueKind::Date],
        ("date", true) => field.is_coerced_date = true,
        ("object", false) => field.kinds = vec![ValueKind::Map],
        ("array", false) => {
            field.kinds = vec![ValueKind::List, ValueKind::EmptyList];
            let item = self::field(inner).filter(|item| !item.is_coerced_date && item.one_of.is_empty());
            field.items = item.map(|item| item.kinds).unwrap_or_default();
        }
        ("enum", false) => {
            let list = inner.trim().strip_prefix('[')?.trim_end_matches([',', ' ', '\n']).strip_suffix(']')?;
            field.one_of = literals(list)?;
            field.kinds = vec![ValueKind::String];
        }
        _ => return None,
    }
    modified(field, &rest[open + inner.len() + 2..])
}

/// The field after the methods that are called on it; none if one of them isn't known.
fn modified(mut field: Field, methods: &str) -> Option<Field> {
    let mut rest = methods.trim();
    while let Some(call) = rest.strip_prefix('.') {
        let open = call.find('(')?;
        let inner = balanced(&call[open..])?;
        match call[..open].trim() {
            "optional" | "default" | "catch" => field.optional = true,
            "nullable" => field.kinds.push(ValueKind::Null),
            "nullish" => {
                field.kinds.push(ValueKind::Null);
                field.optional = true;
            }
            known if NEUTRAL.contains(&known) => {}
            _ => return None,
        }
        if call[..open].trim() == "catch" {
            return None;
        }
        rest = call[open + inner.len() + 2..].trim_start();
    }
    rest.is_empty().then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "import { defineCollection, z } from 'astro:content';
const blog = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/data/blog/' }),
  schema: ({ image }) => z.object({
    // Shown in lists.
    title: z.string().max(60),
    pubDate: z.coerce.date(),
    updated: z.date().optional(),
    tags: z.array(z.string()).default([]),
    mood: z.enum(['calm', \"glad\"]).optional(),
    lang: z.enum(['', ...locales]).optional(),
    cover: image().optional(),
    order: z.number().transform((n) => n + 1),
  }),
});
const noteSchema = z.object({ title: z.string(), draft: z.boolean().nullish() });
const jotted = defineCollection({ type: 'content', schema: noteSchema });
const other = defineCollection({ schema: z.object({ title: z.string() }).transform(f) });
export const collections = { blog, 'notes': jotted, other };
";

    #[test]
    fn simple_schemas_are_read() {
        let found = read(CONFIG);
        let seen: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|one| (one.folder.as_str(), one.accepted.iter().map(|field| field.fields[0].as_str()).collect()))
            .collect();
        assert_eq!(
            seen,
            [
                ("src/data/blog", vec!["title", "updated", "tags", "mood"]),
                ("src/content/notes", vec!["title", "draft"])
            ]
        );
        assert_eq!(found[0].required, ["title", "pubDate"]);
        assert_eq!(found[0].coerced_dates, ["pubDate"]);
        assert_eq!(found[0].accepted[3].one_of, ["calm", "glad"]);
        assert_eq!(found[0].accepted[2].items, [ValueKind::String, ValueKind::EmptyString]);
        assert_eq!(found[1].accepted[1].kinds, [ValueKind::Bool, ValueKind::Null]);
        assert!(
            found[0].contains(Path::new("src/data/blog/a/b.md"))
                && !found[0].contains(Path::new("src/data/blogs/a.md"))
                && !found[1].contains(Path::new("src/content/notes/_a.md"))
        );
    }

    #[test]
    fn a_pattern_selects_the_files() {
        let files = |pattern: &str| {
            let config = format!(
                "const a = defineCollection({{ loader: glob({{ pattern: {pattern}, base: 'src' }}), schema: z.object({{ a: z.string() }}) }})"
            );
            let found = read(&config);
            let paths = ["a.md", "_a.md", "about/a.md", "b.mdx"];
            paths
                .into_iter()
                .filter(|path| found.iter().any(|one| one.contains(&Path::new("src").join(path))))
                .collect::<Vec<_>>()
        };
        assert_eq!(files("['**/*.{md,mdx}', '!**/about/**']"), ["a.md", "_a.md", "b.mdx"]);
        assert_eq!(files("'**/[^_]*.md'"), ["a.md", "about/a.md"]);
        assert_eq!(files("PATTERN"), [""; 0]);
    }
}
