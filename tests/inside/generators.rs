//! What the profiles say of the generators, against what the generators did: `tests/generators/recorded/`, which
//! `tests/generators/prove.py` writes with the real programs.

use crate::date::{Date, DateReading};
use crate::generator::profile::GeneratorProfile;
use crate::generator::yaml_dialect::{ResolvedScalar, YamlDialect};
use serde_json::Value;

/// The readers that were run, by the names of their records.
const READERS: [(&str, YamlDialect); 6] = [
    ("pyyaml", YamlDialect::Pyyaml),
    ("safeyaml", YamlDialect::Safeyaml),
    ("goccy", YamlDialect::Goccy),
    ("js-yaml3", YamlDialect::JsYaml3),
    ("js-yaml4", YamlDialect::JsYaml4),
    ("eemeli", YamlDialect::Eemeli),
];

fn recorded(name: &str) -> Value {
    let path = format!("tests/generators/recorded/{name}.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn values_are_read_as_the_readers_do() {
    let record = recorded("readers");
    let readings = record["readings"].as_object().expect("a map");
    let scalars = std::fs::read_to_string("tests/generators/scalars.txt").expect("the list can be read");
    let mut wrong = Vec::new();
    for text in scalars.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        for (name, reader) in READERS {
            let real = readings[text][name].as_str().expect("every reader was asked");
            let ours = reader.resolve(text);
            if !is_same(text, &ours, real) {
                wrong.push(format!("{name} reads {text} as {real}, and we as {ours:?}"));
            }
        }
        let real = by_serde(text);
        let ours = YamlDialect::SerdeYaml.resolve(text);
        if !is_same(text, &ours, &real) {
            wrong.push(format!("serde_yaml reads {text} as {real}, and we as {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Zola's reader needs no record: it is one of our own dependencies.
fn by_serde(text: &str) -> String {
    use serde_yaml::Value;
    match serde_yaml::from_str::<Value>(text) {
        Err(error) => format!("refused {error}"),
        Ok(Value::Null) => "null".into(),
        Ok(Value::Bool(is)) => format!("bool {is}"),
        Ok(Value::Number(number)) => {
            format!("number {}", number.to_string().replace(".inf", "inf").replace(".nan", "nan"))
        }
        Ok(Value::String(read)) if read == text => "text".into(),
        Ok(other) => format!("other {other:?}"),
    }
}

/// Whether our reading is the recorded one.
fn is_same(text: &str, ours: &ResolvedScalar, real: &str) -> bool {
    let (kind, value) = real.split_once(' ').unwrap_or((real, ""));
    match ours {
        ResolvedScalar::String => kind == "text",
        ResolvedScalar::Bool(is) => real == format!("bool {is}"),
        ResolvedScalar::Null => kind == "null",
        ResolvedScalar::SyntaxError => kind == "refused",
        ResolvedScalar::Timestamp => kind == "time",
        ResolvedScalar::RolledOverDate => kind == "time" && !value.starts_with(text.get(..10).unwrap_or(text)),
        ResolvedScalar::Number(number) => {
            let (ours, real) = (number.parse::<f64>(), value.parse::<f64>());
            kind == "number" && (ours == real || ours.is_ok_and(f64::is_nan) && real.is_ok_and(f64::is_nan))
        }
    }
}

#[test]
fn dates_are_read_as_the_generators_do() {
    let record = recorded("forms");
    let mut wrong = Vec::new();
    for (written, days) in record["days"].as_object().expect("a map") {
        for (name, day) in days.as_object().expect("a map") {
            let day = day.as_str().expect("a day");
            let profile = crate::generator::profile(name).expect("it has a profile");
            let Some(reading) = date_reading(&profile, written) else { continue };
            let is_same = match reading {
                DateReading::Unknown => true,
                DateReading::Incomplete => day.starts_with("20") && day != "2024-03-05",
                // What Hexo can't read has the date of its file.
                DateReading::Rejected => matches!(day, "refused" | "none"),
                DateReading::Date(read) => {
                    // A zone may move it to the next day, and a day that is to come isn't published.
                    let is_near = |day: Date| (day.days_since_epoch() - read.days_since_epoch()).abs() <= 1;
                    let is_future = day == "unpublished" && read.year > 2026;
                    is_future || read.year > 9999 || crate::date::parse(day).is_some_and(is_near)
                }
            };
            if !is_same {
                wrong.push(format!("{name} makes {day} of {written}, and we {reading:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a generator's own parser makes of a value; none where its YAML parser decides.
fn date_reading(profile: &GeneratorProfile, written: &str) -> Option<DateReading> {
    let parser = profile.dates.parser?;
    let bare = written.trim_matches(['"', '\'']);
    if bare.len() < written.len() && profile.yaml_dialect != YamlDialect::MetaLines {
        return Some(parser.read(bare)).filter(|_| !bare.trim().is_empty());
    }
    match profile.yaml_dialect.resolve(written) {
        ResolvedScalar::String if written.starts_with(['[', '{', '<', '~']) => None,
        ResolvedScalar::String => Some(parser.read(written)),
        ResolvedScalar::Number(_) => Some(parser.read_number(written)),
        _ => None,
    }
}

/// What is said of a page, and what must have become of it then.
type Claim = (&'static str, fn(&Finding, &Value) -> bool);

/// The words in which findings say what a generator does.
const CLAIMS: &[Claim] = &[
    ("fails the build or renders an empty page", |_, page| is_stopped(page) || text_of(page).is_empty()),
    ("fails the build", |_, page| is_stopped(page)),
    ("prints an error and skips the page", |_, page| is_stopped(page) || page["published"] == false),
    ("is published", |_, page| page["published"] == true),
    ("skips the page", |_, page| page["published"] == false),
    ("does not publish the post", |_, page| page["published"] == false),
    ("silently skips it because the file name", |_, page| page["published"] == false && page["prints"].is_null()),
    ("publishes the page without its title", |_, page| page["published"] == true && page["title"].is_null()),
    ("renders the front matter as text", |_, page| text_of(page).contains("title:")),
    ("renders all of it as text", |_, page| text_of(page).contains("title:")),
    ("silently uses the last one", |_, page| page["title"] == "The second"),
    ("any string as true", |finding, page| is_true(&page["values"][finding.key()])),
    ("into the next month", |finding, page| is_moved(page, &finding.marked)),
    ("into another month", |finding, page| is_moved(page, &finding.marked)),
    ("for a post and renders the front matter as text", |_, page| is_stopped(page)),
    ("unless it is a post", |finding, page| page["published"] == finding.path.contains("_posts")),
    ("uses the date in the front matter", |finding, page| {
        // Where the front matter's day is yet to come, the page waits, and the file's name doesn't count.
        let waits = page["prints"].as_str().is_some_and(|line| line.contains("future date"));
        waits || page["date"].as_str().is_some_and(|date| finding.marked.starts_with(date))
    }),
    ("to the same file", |_, page| page["shares-address-with"].is_array() || page["alias-leads-to"].is_string()),
    ("parses the string as", |finding, page| {
        let terms = page["tags"].as_array().map_or(&[][..], Vec::as_slice);
        let quoted = |term: &Value| finding.help.contains(&format!("`{}`", term.as_str().unwrap_or_default()));
        !terms.is_empty() && terms.iter().all(quoted)
    }),
    ("the brackets become part of", |finding, page| {
        let terms = page["tags"].as_array().map_or(&[][..], Vec::as_slice);
        let quoted = |term: &Value| finding.help.contains(&format!("`{}`", term.as_str().unwrap_or_default()));
        !terms.is_empty() && terms.iter().all(quoted)
    }),
    ("serves only one of the pages", |_, page| page["shares-address-with"].is_array()),
    ("requires a list here", |_, page| is_stopped(page)),
    ("requires strings here", |_, page| is_stopped(page)),
    ("rejects it", |_, page| is_stopped(page)),
    ("uses this one", |_, page| page["tags"].as_array().is_some_and(|tags| tags.len() == 1)),
    ("as the number", |finding, page| {
        let said = finding.message.rsplit(' ').next().unwrap_or_default();
        is_stopped(page) || page["values"].to_string().contains(said)
    }),
    ("as a number, not", |_, page| is_stopped(page)),
    ("as a timestamp", |_, page| is_stopped(page)),
    ("reads it as", |finding, page| {
        page["date"].as_str().is_some_and(|date| finding.help.contains(&format!("`{date}`")))
    }),
    ("uses the date of the file", |finding, page| {
        page["date"].as_str().is_some_and(|date| !finding.marked.starts_with(date))
    }),
    ("as false", |finding, page| page["values"][finding.key()].to_string().to_lowercase().contains("false")),
    ("that this page doesn't have", |finding, page| page["values"][finding.key()] != Value::Null || !is_stopped(page)),
    ("posts render it as text, other pages are copied unprocessed", |finding, page| {
        page["published"] == finding.path.contains("_posts") && (page["published"] == false || has_fence(page))
    }),
    ("renders it as text", |_, page| has_fence(page)),
    ("as an MDX expression", |_, page| is_stopped(page)),
    ("interprets the first number as the month", |finding, page| {
        let month = finding.marked.get(..2).unwrap_or_default();
        page["date"].as_str().is_some_and(|date| date.get(5..7) == Some(month))
    }),
    ("current versions fail the build", |_, page| is_stopped(page)),
];

struct Finding {
    message: String,
    help: String,
    marked: String,
    line: String,
    path: String,
}

impl Finding {
    fn key(&self) -> String {
        self.line.split(':').next().unwrap_or_default().trim().to_owned()
    }
}

fn is_stopped(page: &Value) -> bool {
    page["stops"].is_string()
}

fn text_of(page: &Value) -> &str {
    page["text"].as_str().unwrap_or_default()
}

/// Whether the page shows what was meant for its front matter.
fn has_fence(page: &Value) -> bool {
    text_of(page).starts_with(['+', '{'])
}

fn is_true(value: &Value) -> bool {
    // JavaScript takes every text but the empty one for true.
    value == true || value.as_str().is_some_and(|text| !text.is_empty())
}

fn is_moved(page: &Value, written: &str) -> bool {
    page["date"].as_str().is_some_and(|date| !written.starts_with(date))
}

/// Generators that aren't available from a registry: their claims are based on the sources that their profiles name.
const NOT_RUN: [&str; 8] = ["agent-skill", "github-docs", "mdn", "nested", "obsidian", "quarto", "zenn", "zola"];

#[test]
fn what_is_said_of_a_page_is_what_became_of_it() {
    let mut wrong = Vec::new();
    for site in sites() {
        let generator = site.strip_prefix("fixtures/site-").expect("sites are called so").to_owned();
        if NOT_RUN.contains(&generator.as_str()) {
            continue;
        }
        let record = recorded(&generator);
        let name = crate::generator::profile(&generator).expect("it has a profile").name.clone();
        let args = ["check", &site, "--isolated", "--quiet", "--format", "json", "--now", "2024-07-01"];
        let report: Value = serde_json::from_str(&super::program::matterlint(&args, "").stdout).expect("it is JSON");
        for found in report["diagnostics"].as_array().expect("a list") {
            let path = found["path"].as_str().expect("a path");
            let finding = read(found, path);
            let inside = path.strip_prefix(&format!("{site}/")).expect("it is in the site");
            let labels = found["labels"].to_string();
            let said = format!("{} {} {labels}", finding.message, finding.help);
            let page = &record["pages"][inside];
            let made: Vec<&Claim> = CLAIMS.iter().filter(|(words, _)| said.contains(words)).collect();
            let mentions_it = said.contains(name.split(' ').next().unwrap_or_default());
            if made.is_empty() && !mentions_it {
                continue;
            }
            // The longer claim says more precisely what the shorter says.
            let made = made.iter().filter(|(words, _)| !made.iter().any(|(o, _)| o != words && o.contains(words)));
            let failed: Vec<&str> = made.clone().filter(|(_, holds)| !holds(&finding, page)).map(|(w, _)| *w).collect();
            if made.count() == 0 || !failed.is_empty() || page.is_null() {
                wrong.push(format!("{path}: {said}\n  but {page}: {failed:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(found: &Value, path: &str) -> Finding {
    let text = std::fs::read_to_string(path).expect("a page can be read");
    let byte = |place: &str| found[place]["byte"].as_u64().expect("a place") as usize;
    let line = text[..byte("start")].matches('\n').count();
    let field = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    Finding {
        message: field("message"),
        help: field("help"),
        marked: text[byte("start")..byte("end")].to_owned(),
        path: path.to_owned(),
        line: text.lines().nth(line).unwrap_or_default().to_owned(),
    }
}

fn sites() -> Vec<String> {
    let entries = std::fs::read_dir("fixtures").expect("fixtures/ can be read").flatten();
    let paths = entries.map(|entry| entry.path().to_string_lossy().replace('\\', "/"));
    let mut sites: Vec<String> = paths.filter(|path| path.starts_with("fixtures/site-")).collect();
    sites.sort();
    sites
}
