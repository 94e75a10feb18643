//! Posts as people write them, made by the million: in three languages and three kinds of front matter, the same on
//! every machine, clean or with a share of the defects that the rules look for.

#![allow(dead_code, reason = "benchmarks and tests each use their own part")]

mod defects;
mod random;
mod words;

pub(crate) use defects::Defects;
pub(crate) use random::Random;
use std::fmt::Write;
use words::{CODE, LANGUAGES, Words};

/// Posts in one folder: as many as people bear.
const IN_FOLDER: u64 = 500;

/// The pictures that posts show, below the site's `static/`.
pub(crate) const PICTURES: usize = 12;

/// Beside the posts, what makes them a site: Hugo's, which reads all three kinds of front matter.
pub(crate) const SITE: (&str, &str) = ("hugo.toml", "title = \"Notes\"\nbaseURL = \"https://notes.test/\"\n");

/// A generated post.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Post {
    /// Below the site's root.
    pub(crate) path: String,
    /// The whole file.
    pub(crate) bytes: Vec<u8>,
    /// The rule whose defect was put in, if any.
    pub(crate) defect: Option<String>,
}

/// Post `index` of the site that `seed` stands for: the same however many others there are. One in `defects`' share
/// has a defect.
pub(crate) fn post(seed: u64, index: u64, defects: &Defects) -> Post {
    let random = &mut Random::of(seed, index);
    let words = &LANGUAGES[random.below(LANGUAGES.len())];
    let topic = random.pick(words.topics);
    let path = format!("content/{}/posts/{:04}/note-{index}.md", words.code, index / IN_FOLDER);
    let front = front_matter(random, words, topic, index);
    let body = body(random, words, topic);
    let (bytes, defect) = defects.apply(random, front, body);
    Post { path, bytes, defect }
}

/// What a field of the front matter holds.
enum Field {
    Text(String),
    List(Vec<String>),
    Day(String),
    Flag(bool),
}

fn front_matter(random: &mut Random, words: &Words, topic: &str, index: u64) -> String {
    let (year, month, day) = (random.between(2014, 2023), random.between(1, 12), random.between(1, 28));
    let mut fields = vec![
        ("title", Field::Text(random.pick(words.titles).replace("{}", topic))),
        ("date", Field::Day(format!("{year}-{month:02}-{day:02}T{:02}:30:00+09:00", random.between(8, 19)))),
        ("slug", Field::Text(format!("note-{index}"))),
        ("author", Field::Text(random.pick(words.authors).to_owned())),
    ];
    if random.in_thousand(300) {
        fields.push(("lastmod", Field::Day(format!("{}-{month:02}-{day:02}T20:00:00+09:00", year + 1))));
    }
    let count = random.between(1, 3);
    fields.push(("tags", Field::List(random.some(words.tags, count).into_iter().map(str::to_owned).collect())));
    if random.in_thousand(600) {
        fields.push(("description", Field::Text(random.pick(words.sentences).replace("{}", topic))));
    }
    if random.in_thousand(50) {
        fields.push(("draft", Field::Flag(true)));
    }
    match random.below(10) {
        0 => json(&fields),
        1 | 2 => toml(&fields),
        _ => yaml(random, &fields),
    }
}

fn yaml(random: &mut Random, fields: &[(&str, Field)]) -> String {
    let (is_block, mut out) = (random.in_thousand(500), "---\n".to_owned());
    for (key, field) in fields {
        let value = match field {
            Field::Text(text) => format!(" \"{text}\""),
            Field::Day(text) => format!(" {text}"),
            Field::Flag(flag) => format!(" {flag}"),
            Field::List(items) if is_block => items.iter().map(|item| format!("\n  - {item}")).collect(),
            Field::List(items) => format!(" [{}]", items.join(", ")),
        };
        push(&mut out, format_args!("{key}:{value}\n"));
    }
    out + "---\n"
}

fn toml(fields: &[(&str, Field)]) -> String {
    let mut out = "+++\n".to_owned();
    for (key, field) in fields {
        let value = match field {
            Field::Text(text) => format!("\"{text}\""),
            Field::Day(text) => text.clone(),
            Field::Flag(flag) => flag.to_string(),
            Field::List(items) => format!("[\"{}\"]", items.join("\", \"")),
        };
        push(&mut out, format_args!("{key} = {value}\n"));
    }
    out + "+++\n"
}

fn json(fields: &[(&str, Field)]) -> String {
    let lines = fields.iter().map(|(key, field)| {
        let value = match field {
            Field::Text(text) | Field::Day(text) => format!("\"{text}\""),
            Field::Flag(flag) => flag.to_string(),
            Field::List(items) => format!("[\"{}\"]", items.join("\", \"")),
        };
        format!("  \"{key}\": {value}")
    });
    format!("{{\n{}\n}}\n", lines.collect::<Vec<_>>().join(",\n"))
}

/// The body, in blocks: between two of them anything may be put.
fn body(random: &mut Random, words: &Words, topic: &str) -> Vec<String> {
    // No sentence stands twice.
    let mut left = words.sentences.to_vec();
    let mut blocks = Vec::new();
    paragraph(random, words, topic, &mut left, &mut blocks);
    // Some of the headings, in their order.
    let mut left_out = words.headings.len() - random.between(1, 4);
    let mut headings = words.headings.to_vec();
    while left_out > 0 {
        headings.remove(random.below(headings.len()));
        left_out -= 1;
    }
    for heading in headings {
        blocks.push(format!("## {heading}"));
        paragraph(random, words, topic, &mut left, &mut blocks);
        match random.below(8) {
            0 | 1 => blocks.push(list(random, words)),
            2 | 3 => {
                let (language, code) = CODE[random.below(CODE.len())];
                blocks.push(format!("```{language}\n{code}```"));
            }
            4 => blocks.push(table(random, words)),
            5 => {
                let picture = random.below(PICTURES);
                blocks.push(format!("![{}](/images/figure-{picture}.png)", random.pick(words.pictures)));
            }
            6 => blocks.push(format!("- [{}](https://gohugo.io/documentation/)", random.pick(words.links))),
            _ => {}
        }
        paragraph(random, words, topic, &mut left, &mut blocks);
    }
    blocks
}

fn paragraph(random: &mut Random, words: &Words, topic: &str, left: &mut Vec<&str>, blocks: &mut Vec<String>) {
    let count = random.between(2, 4).min(left.len());
    let sentences: Vec<String> =
        (0..count).map(|_| left.swap_remove(random.below(left.len())).replace("{}", topic)).collect();
    if sentences.is_empty() {
        return;
    }
    let text = sentences.join(words.gap);
    blocks.push(if random.in_thousand(60) { format!("> {text}") } else { text });
}

fn list(random: &mut Random, words: &Words) -> String {
    let is_numbered = random.in_thousand(400);
    let items = random.some(words.items, 3).into_iter().enumerate();
    let lines = items.map(|(at, item)| if is_numbered { format!("{}. {item}", at + 1) } else { format!("- {item}") });
    lines.collect::<Vec<_>>().join("\n")
}

fn table(random: &mut Random, words: &Words) -> String {
    let [step, before, after] = words.table;
    let mut out = format!("| {step} | {before} | {after} |\n|---|--:|--:|");
    for row in random.some(words.rows, 3) {
        let before = random.between(60, 400);
        push(&mut out, format_args!("\n| {row} | {before} ms | {} ms |", before / 3));
    }
    out
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("a string takes what is written");
}
