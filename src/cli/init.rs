//! `matterlint init`: reads the whole site, and writes a config that says what its pages have in common.

use super::args::{self, InitArgs};
use super::project;
use super::{CLEAN, FAILED, Io};
use crate::document::front_matter;
use crate::files;
use crate::project::{Grounds, Scopes, pages, today};
use crate::site::{Census, FieldCount, groups};
use crate::source::{Source, display_path};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// Fewer pages than this have nothing in common that could be relied on.
const LEAST_PAGES: usize = 5;

/// A field that so large a share of the pages fills in belongs to all of them.
const ALWAYS: f64 = 0.98;

/// But what more pages than this do without was never asked for.
const MOST_WITHOUT: usize = 5;

/// The pages of folders themselves.
const SECTIONS: &str = "**/{_index,README}.md";

/// Folders that hold the folders of pages.
const CONTAINERS: [&str; 11] =
    ["content", "src", "source", "docs", "website", "pages", "collections", "site", "i18n", "data", "packages"];

/// Fields whose values are names out of a few, where they are few.
const CHOSEN: [&str; 16] = [
    "tags",
    "categories",
    "category",
    "tag",
    "author",
    "authors",
    "layout",
    "type",
    "lang",
    "language",
    "locale",
    "status",
    "series",
    "section",
    "kind",
    "template",
];

pub(super) fn run(args: &InitArgs, io: &mut Io) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let target = cwd.join("matterlint.yaml");
    if let Some(known) = files::config_in(&cwd).filter(|_| !args.stdout && !args.force) {
        writeln!(io.stderr, "matterlint: there is {} already; --force writes it anew", display_path(&known))?;
        return Ok(FAILED);
    }
    let mut check = args::plain_check().map_err(io::Error::other)?;
    // What an earlier config says mustn't shape the next one.
    check.isolated = true;
    let grounds = Grounds::new(Scopes::new(cwd.clone(), project::choice(&check)), today());
    let (text, pages) = write_config(&grounds, &cwd);
    if args.stdout {
        io.stdout.write_all(text.as_bytes())?;
        return Ok(CLEAN);
    }
    if let Err(error) = files::write_atomically(&target, text.as_bytes()) {
        writeln!(io.stderr, "matterlint: matterlint.yaml can't be written: {error}")?;
        return Ok(FAILED);
    }
    let next = match pages {
        0 => "no page here has front matter yet, so it says little",
        _ => "`matterlint check` says which pages stand out",
    };
    writeln!(io.stdout, "wrote matterlint.yaml; {next}")?;
    Ok(CLEAN)
}

/// The config's text, and from how many pages it is.
fn write_config(grounds: &Grounds, cwd: &Path) -> (String, usize) {
    let ground = grounds.of_dir(cwd);
    let mut kinds: BTreeMap<String, Census> = BTreeMap::new();
    let mut with_front = 0;
    for path in pages(grounds, &ground, true).iter().filter(|path| path.starts_with(cwd)) {
        let Ok(bytes) = files::read(path) else { continue };
        let shown = files::relative(path, cwd);
        let source = Source::new(&shown, bytes);
        let census = kinds.entry(glob_of(&shown)).or_default();
        let (Some(front), ..) = front_matter::read(&source) else {
            census.bare += 1;
            continue;
        };
        with_front += 1;
        census.add(&front);
    }
    let mut out = format!(
        "# Written by `matterlint init` from {} with front matter. It says what they have in common, with counts, so that\n\
         # `matterlint check` speaks of those that stand out. Keep what you mean, and change the rest.\n",
        plural(with_front, "page")
    );
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    match &ground.generator {
        Some((name, why)) => line(format!("generator: {name} # {why}")),
        None => line("# generator: jekyll, hugo, astro, … names the site's generator; none was found here".to_owned()),
    }
    // Those without front matter count too: else they would be of the kind that their folder's pages are.
    let sections = kinds.remove(SECTIONS).map_or(0, |census| census.pages + census.bare);
    kinds.retain(|_, census| census.pages >= LEAST_PAGES);
    if kinds.is_empty() {
        line("# No folder has enough pages to tell what they have in common.".to_owned());
        return (out, with_front);
    }
    line("content:".to_owned());
    let mut names = BTreeSet::new();
    if sections > 0 {
        line(format!("  section:\n    files: [{}] # {}", quoted(SECTIONS), plural(sections, "page")));
        names.insert("section".to_owned());
    }
    // A glob that begins with another's has to come first: the first that matches holds.
    let mut kinds: Vec<(String, Census)> = kinds.into_iter().collect();
    let any = |glob: &str| glob.split('/').filter(|part| part.contains('*')).count();
    kinds.sort_by_key(|(glob, _)| (std::cmp::Reverse(glob.matches('/').count()), any(glob), glob.clone()));
    for (glob, census) in kinds {
        let name = name_of(&glob, &mut names);
        line(format!("  {name}:\n    files: [{}] # {}", quoted(&glob), plural(census.pages, "page")));
        let mut fields: Vec<_> = census.fields.iter().filter(|(_, field)| is_worth_it(field, &census)).collect();
        if fields.is_empty() {
            continue;
        }
        fields.sort_by_key(|(name, field)| (field.position, *name));
        line("    fields:".to_owned());
        for (name, field) in fields {
            line(describe(name, field, &census).trim_end().to_owned());
        }
    }
    (out, with_front)
}

/// Whether a field is on enough pages to be written down.
fn is_worth_it(field: &FieldCount, census: &Census) -> bool {
    field.pages * 20 >= census.pages && field.pages >= 2
}

/// A field's lines in the config.
fn describe(name: &str, field: &FieldCount, census: &Census) -> String {
    let mut settings = Vec::new();
    let types = types(field);
    if !types.is_empty() {
        settings.push(format!("type: {types}"));
    }
    let all = census.pages + census.bare;
    if field.pages as f64 >= all as f64 * ALWAYS && all - field.pages <= MOST_WITHOUT {
        settings.push("required: true".to_owned());
    }
    let mut count = format!("{} of {}", thousands(field.pages), thousands(census.pages));
    let is_list = types.split('|').any(|kind| kind == "list");
    let vocabulary = field.vocabulary().filter(|_| CHOSEN.contains(&name) && (is_list || types == "string"));
    let Some(vocabulary) = vocabulary else {
        if CHOSEN.contains(&name) {
            let different = field.different().map_or("very many".to_owned(), thousands);
            let _ = write!(count, ", {different} different");
        }
        let settings = if settings.is_empty() { "any".to_owned() } else { format!("{{ {} }}", settings.join(", ")) };
        return format!("      {}: {settings} # {count}\n", word(name));
    };
    let (terms, aliases) = spellings(&vocabulary);
    let mut out = format!("      {}: # {count}, {} different\n", word(name), terms.len() + aliases.len());
    settings.iter().for_each(|setting| writeln!(out, "        {setting}").unwrap_or_default());
    let indent = if is_list { "          " } else { "        " };
    if is_list {
        out.push_str("        items:\n");
    }
    let _ = writeln!(out, "{indent}one-of: [{}]", terms.iter().map(|term| word(term)).collect::<Vec<_>>().join(", "));
    if !aliases.is_empty() {
        let pairs: Vec<String> =
            aliases.iter().map(|(alias, term)| format!("{}: {}", word(alias), word(term))).collect();
        let _ = writeln!(out, "{indent}aliases: {{ {} }}", pairs.join(", "));
    }
    out
}

/// The types of a field, where few values are of another; empty for any.
fn types(field: &FieldCount) -> String {
    let total: usize = field.types.values().sum();
    let mut common: Vec<(&str, usize)> =
        field.types.iter().map(|(kind, count)| (*kind, *count)).filter(|(_, count)| count * 20 > total).collect();
    let has = |kind: &str| field.types.contains_key(kind);
    // To many generators a number or a date is as good a text, and which was meant can't be told.
    let is_mixed = has("string") && ["int", "number", "bool", "date"].into_iter().any(has);
    if is_mixed || common.len() > 2 || (has("int") && has("number")) {
        return String::new();
    }
    common.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    common.iter().map(|(kind, _)| *kind).collect::<Vec<_>>().join("|")
}

/// The values to keep, and the other spellings of them.
fn spellings<'a>(vocabulary: &[(&'a str, usize)]) -> (Vec<&'a str>, Vec<(&'a str, &'a str)>) {
    let count = |term: &str| vocabulary.iter().find(|(known, _)| *known == term).map_or(0, |(_, count)| *count);
    let mut aliases = Vec::new();
    for group in groups(vocabulary.iter().map(|(term, _)| *term)) {
        let Some(best) = group.iter().copied().max_by_key(|term| (count(term), std::cmp::Reverse(*term))) else {
            continue;
        };
        aliases.extend(group.into_iter().filter(|term| *term != best).map(|term| (term, best)));
    }
    let is_alias = |term: &str| aliases.iter().any(|(alias, _)| *alias == term);
    let terms = vocabulary.iter().map(|(term, _)| *term).filter(|term| !is_alias(term)).collect();
    (terms, aliases)
}

/// The glob for the pages that lie where this one does.
fn glob_of(path: &Path) -> String {
    // A folder's own page is another kind than the pages in it.
    if path.file_name().is_some_and(|name| name == "_index.md" || name == "README.md") {
        return SECTIONS.to_owned();
    }
    let folders: Vec<String> = path
        .parent()
        .into_iter()
        .flat_map(Path::components)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let is_container = |name: &String| CONTAINERS.contains(&name.as_str()) || is_language(name);
    let depth = folders.iter().take_while(|name| is_container(name)).count();
    let mut parts: Vec<String> = folders
        .iter()
        .take(depth + 1)
        .map(|name| if is_language(name) { "*".to_owned() } else { escape(name) })
        .collect();
    parts.push(if depth < folders.len() { "**" } else { "*" }.to_owned());
    parts.join("/")
}

fn escape(name: &str) -> String {
    name.chars().flat_map(|c| if "*?[]{}".contains(c) { vec!['[', c, ']'] } else { vec![c] }).collect()
}

fn is_language(name: &str) -> bool {
    let (language, region) = name.split_once(['-', '_']).unwrap_or((name, ""));
    language.len() == 2 && language.bytes().all(|byte| byte.is_ascii_lowercase()) && region.len() <= 4
}

/// A name for the kind of page, from its folder.
fn name_of(glob: &str, taken: &mut BTreeSet<String>) -> String {
    let folder = glob.rsplit('/').find(|part| !part.contains('*')).unwrap_or("page");
    let letters = folder.trim_start_matches('_').to_lowercase();
    let bare: String = letters.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let bare = bare.strip_suffix('s').filter(|bare| bare.len() > 2 && !bare.ends_with('s')).unwrap_or(&bare);
    let bare = if bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit()) {
        format!("in-{bare}")
    } else {
        bare.to_owned()
    };
    let mut name = bare.clone();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{bare}-{number}");
        number += 1;
    }
    name
}

/// A word as YAML reads it as text, in whatever place.
fn word(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ' '))
        && !text.ends_with(' ')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    if is_plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    // A JSON text is a YAML text.
    serde_json::to_string(text).unwrap_or_default()
}

fn plural(count: usize, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{} {unit}s", thousands(count)) }
}

/// `1,204`
pub(super) fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
