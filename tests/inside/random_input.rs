//! What must hold for any input, tried on posts, configs and rule pages broken by chance: the same chance every time.
//!
//! `MATTERLINT_ROUNDS=100000 cargo test --release --lib inside::random_input -- --nocapture` runs the long version. The same
//! properties are what the targets in `fuzz/` ask.
#![allow(clippy::print_stdout, reason = "the long version reports its figures")]

use super::editing;
use super::mutate::{self, mutate};
use super::posts::{self, Defects, Random, post};
use super::program::matterlint;
use super::properties::{self, GENERATORS, World};
use std::fs;
use std::path::Path;

fn rounds(few: u64) -> u64 {
    std::env::var("MATTERLINT_ROUNDS").ok().and_then(|count| count.parse().ok()).unwrap_or(few)
}

#[test]
fn broken_posts() {
    let worlds = GENERATORS.map(World::of);
    let defects = Defects::all(600);
    let (mut findings, mut fixed) = (0, 0);
    for round in 0..rounds(100) {
        let random = &mut Random::of(7, round);
        let text = |index| String::from_utf8_lossy(&post(11, index, &defects).bytes).into_owned();
        let (mut page, other) = (text(round), text(round + 1));
        let mistakes = if round % 3 == 0 { 1 } else { random.below(8) };
        mutate(random, &mut page, &[other], mistakes);
        let seen = properties::of_page(random.pick(&worlds.each_ref()), name(random), page.as_bytes());
        findings += seen.findings;
        fixed += seen.fixed;
    }
    println!("{findings} findings, {fixed} fixed");
    assert!(findings > 0 && fixed > 0);
}

#[test]
fn broken_fixtures() {
    let worlds = GENERATORS.map(World::of);
    let pages = texts("fixtures", "md");
    assert!(pages.len() > 100, "fixtures/ was found");
    let mut fixed = 0;
    for round in 0..rounds(150) {
        let random = &mut Random::of(13, round);
        let mut text = pages[random.below(pages.len())].clone();
        let mistakes = random.below(6);
        mutate(random, &mut text, &pages, mistakes);
        fixed += properties::of_page(random.pick(&worlds.each_ref()), name(random), text.as_bytes()).fixed;
    }
    assert!(fixed > 0);
}

#[test]
fn bytes_that_are_no_text() {
    let world = World::of("none");
    for round in 0..rounds(20) {
        let random = &mut Random::of(17, round);
        let mut bytes = post(11, round, &Defects::all(600)).bytes;
        for _ in 0..1 + random.below(4) {
            let at = random.below(bytes.len());
            bytes[at] = random.next() as u8;
        }
        properties::of_page(&world, "a.md", &bytes);
    }
}

#[test]
fn broken_configs() {
    let configs: Vec<String> = [texts("fixtures", "yaml"), texts("rules/packs", "yaml")].concat();
    let post = post(11, 5, &Defects::none()).bytes;
    let (mut right, mut wrong) = (0, 0);
    for round in 0..rounds(40) {
        let random = &mut Random::of(19, round);
        let mut config = configs[round as usize % configs.len()].clone();
        let mistakes = random.below(4);
        mutate(random, &mut config, &configs, mistakes);
        if properties::of_config(&config, &post) { right += 1 } else { wrong += 1 }
    }
    println!("{right} configs hold, {wrong} don't");
    assert!(right > 0 && wrong > 0);
}

#[test]
fn broken_rule_pages() {
    let pages = [texts("rules", "md"), texts("tests/own-rules", "md")].concat();
    let (mut right, mut wrong) = (0, 0);
    for round in 0..rounds(40) {
        let random = &mut Random::of(23, round);
        let mut page = pages[random.below(pages.len())].clone();
        let mistakes = random.below(5);
        mutate(random, &mut page, &pages, mistakes);
        if properties::of_rule_page(&page) { right += 1 } else { wrong += 1 }
    }
    println!("{right} pages can be read, {wrong} can't");
    assert!(right > 0 && wrong > 0);
}

#[test]
fn edits_in_an_editor() {
    let defects = Defects::all(600);
    for round in 0..rounds(10) {
        let random = &mut Random::of(29, round);
        let mut text = String::from_utf8_lossy(&post(11, round, &defects).bytes).into_owned();
        if round % 3 == 0 {
            text = text.replace('\n', random.pick(&["\r\n", "\r"]));
        }
        let lines = text.lines().count();
        let edits = (0..30).map(|_| {
            let line = random.below(lines + 2) as u32;
            let start = (line, random.below(60) as u32);
            let end = (line + random.below(2) as u32, start.1 + random.below(12) as u32);
            editing::Change { start, end, text: random.pick(mutate::MISTAKES).to_owned() }
        });
        let edits: Vec<_> = edits.collect();
        editing::of_edits(random.pick(&["utf-8", "utf-16", "utf-32"]), &text, &edits);
    }
}

#[test]
fn generated_posts_are_clean() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (name, site) = posts::SITE;
    fs::create_dir(dir.path().join(".git")).expect("made");
    fs::create_dir_all(dir.path().join("static/images")).expect("made");
    fs::write(dir.path().join(name), site).expect("written");
    for picture in 0..posts::PICTURES {
        fs::write(dir.path().join(format!("static/images/figure-{picture}.png")), "").expect("written");
    }
    for index in 0..300 {
        let post = post(2026, index, &Defects::none());
        let path = dir.path().join(post.path);
        fs::create_dir_all(path.parent().expect("below")).expect("made");
        fs::write(path, post.bytes).expect("written");
    }
    let run = matterlint(&["check", dir.path().to_str().expect("a plain path")], "");
    assert_eq!(run.stdout, "No problems in 300 files.\n");
}

/// The texts below a folder whose names end so, in order.
fn texts(folder: &str, extension: &str) -> Vec<String> {
    let (mut folders, mut files) = (vec![folder.into()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir::<std::path::PathBuf>(folder).expect("it can be read").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|end| end == extension) => files.push(path),
                _ => {}
            }
        }
    }
    files.sort();
    let read = |path: &Path| String::from_utf8_lossy(&fs::read(path).expect("it can be read")).into_owned();
    files.iter().map(|path| read(path)).collect()
}

fn name(random: &mut Random) -> &'static str {
    random.pick(&["_posts/2024-01-31-a.md", "content/a/index.md", "docs/a.mdx", "_drafts/a.md"])
}
