//! What the program costs beside what can't be done for less: walking, reading and parsing the same files.
//!
//! `cargo bench --features internals --bench floor -- [--rounds N] [--instructions] [FOLDER…]` measures three sites: the
//! folders (default `fixtures`), a generated site of 6,000 pages of documentation with many commands, and a generated blog
//! of 1,000 posts. On each, the program and the floor run as processes and take turns; CPU seconds are the processes'
//! own, so other work on the machine disturbs them little. `--instructions` counts those too, if `valgrind` is there. Then
//! comes a breakdown within one process.
//!
//! `--only N FOLDER…` runs work N (from 0) of the breakdown once on one thread, for a profiler; `--write SITE FOLDER`
//! writes a generated site (`docs` or `blog`) and measures nothing.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod docs;
#[path = "../posts/generator/mod.rs"]
mod generator;
mod process;

use generator::{Defects, PICTURES, SITE, post};
use ignore::WalkBuilder;
use matterlint::internals;
use matterlint::source::Source;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is done with one file; gives a number that depends on all of it.
type Work = fn(PathBuf, Vec<u8>) -> usize;

/// In the order of the table. The first is what the others are measured against. The whole linter comes last.
const WORKS: [(&str, Work); 3] =
    [("floor: walk, read, Markdown events", floor), ("Document::parse", document), ("every default rule", every_rule)];

/// Pages of the generated documentation, and posts of the generated blog.
const DOCS: u64 = 6_000;
const POSTS: u64 = 1_000;

/// In so many of 1,000 generated posts something is wrong, as on public sites.
const DEFECTS: usize = 50;

/// What the arguments ask for.
struct Args {
    rounds: usize,
    instructions: bool,
    folders: Vec<PathBuf>,
}

fn main() -> io::Result<()> {
    let mut words: Vec<_> = std::env::args_os().skip(1).filter(|word| word != "--bench").collect();
    let texts: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let number = |at: usize| texts.get(at).and_then(|word| word.parse::<usize>().ok());
    match texts.first().map(String::as_str) {
        Some("--floor") => return Ok(once(0, number(1).unwrap_or(1), &paths(&words[2..]))),
        Some("--only") => return Ok(once(number(1).unwrap_or(0), 1, &paths(&words[2..]))),
        Some("--write") => return generate(&texts[1], Path::new(&words[2])),
        _ => {}
    }
    let rounds = texts.iter().position(|word| word == "--rounds");
    let rounds = rounds.map_or(10, |at| {
        words.drain(at..=at + 1);
        number(at + 1).unwrap_or(10)
    });
    let instructions = words.iter().any(|word| word == "--instructions");
    words.retain(|word| word != "--instructions");
    let mut args = Args { rounds, instructions, folders: paths(&words) };
    if args.folders.is_empty() {
        args.folders.push("fixtures".into());
    }
    let generated = tempfile::tempdir()?;
    println!(
        "| site | threads | floor, CPU s | program, CPU s | ratio | floor, M instr. | program, M instr. | ratio |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for folder in &args.folders {
        compare(&folder.display().to_string(), folder, &args);
    }
    for site in ["docs", "blog"] {
        let folder = generated.path().join(site);
        generate(site, &folder)?;
        compare(site, &folder, &args);
    }
    breakdown(&args);
    Ok(())
}

fn paths(words: &[std::ffi::OsString]) -> Vec<PathBuf> {
    words.iter().map(PathBuf::from).collect()
}

/// Writes a generated site.
fn generate(site: &str, folder: &Path) -> io::Result<()> {
    if site == "docs" {
        return docs::write(folder, DOCS);
    }
    let defects = Defects::all(DEFECTS);
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::create_dir_all(path.parent().expect("below the folder"))?;
        std::fs::write(path, bytes)
    };
    write(&folder.join(SITE.0), SITE.1.as_bytes())?;
    for picture in 0..PICTURES {
        write(&folder.join(format!("static/images/figure-{picture}.png")), b"")?;
    }
    for index in 0..POSTS {
        let post = post(2026, index, &defects);
        write(&folder.join(post.path), &post.bytes)?;
    }
    Ok(())
}

/// Does work `index` once.
fn once(index: usize, threads: usize, folders: &[PathBuf]) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    pool.install(|| measure(folders, WORKS[index].1));
}

/// Prints the row of a site, for one thread and for two.
fn compare(name: &str, folder: &Path, args: &Args) {
    for threads in [1, 2] {
        let lines = [process::floor(threads, folder), process::program(threads, folder)];
        let seconds = process::cpu_seconds(&lines, args.rounds);
        print!("| {name} | {threads} | {:.4} | {:.4} | {:.2} ", seconds[0], seconds[1], seconds[1] / seconds[0]);
        let counts = lines.iter().filter(|_| args.instructions && threads == 1).map(process::million_instructions);
        match counts.collect::<Option<Vec<f64>>>().as_deref() {
            Some(&[floor, program]) => println!("| {floor:.0} | {program:.0} | {:.2} |", program / floor),
            _ => println!("| | | |"),
        }
    }
}

/// Prints what parts of the work cost within one process, without the search for files, the site and the report.
fn breakdown(Args { rounds, folders, .. }: &Args) {
    let files = walk(folders);
    let bytes: u64 = files.iter().filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum();
    println!("\nwithin one process: {} files, {:.1} MB, mean of {rounds} rounds", files.len(), bytes as f64 / 1e6);
    println!("| threads | work | CPU s | wall s | CPU ratio |\n|--:|---|--:|--:|--:|");
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let mut sums = vec![(0.0, 0.0); WORKS.len()];
        // The first round warms the file cache.
        for round in 0..=*rounds {
            for (sum, (_, work)) in sums.iter_mut().zip(&WORKS) {
                let (cpu, wall) = pool.install(|| measure(folders, *work));
                if round > 0 {
                    *sum = (sum.0 + cpu, sum.1 + wall);
                }
            }
        }
        let floor = sums[0].0;
        for ((name, _), (cpu, wall)) in WORKS.iter().zip(sums) {
            let rounds = *rounds as f64;
            println!("| {threads} | {name} | {:.4} | {:.4} | {:.2} |", cpu / rounds, wall / rounds, cpu / floor);
        }
    }
}

fn floor(_: PathBuf, bytes: Vec<u8>) -> usize {
    let Ok(text) = String::from_utf8(bytes) else { return 0 };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    Parser::new_ext(&text, options).into_offset_iter().map(|(event, range)| black_box((event, range)).1.len()).sum()
}

fn document(path: PathBuf, bytes: Vec<u8>) -> usize {
    internals::parse(&Source::new(path, bytes))
}

fn every_rule(path: PathBuf, bytes: Vec<u8>) -> usize {
    internals::lint(&Source::new(path, bytes))
}

fn walk(folders: &[PathBuf]) -> Vec<PathBuf> {
    let Some((first, rest)) = folders.split_first() else { return Vec::new() };
    let mut builder = WalkBuilder::new(first);
    for folder in rest {
        builder.add(folder);
    }
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "md" || extension == "mdx");
    let entries =
        builder.build().filter_map(Result::ok).filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    entries.map(ignore::DirEntry::into_path).filter(is_page).collect()
}

/// CPU and wall seconds of one run.
fn measure(folders: &[PathBuf], work: Work) -> (f64, f64) {
    let (cpu, wall) = (cpu_seconds(), Instant::now());
    let files = walk(folders);
    let sum: usize =
        files.into_par_iter().filter_map(|path| std::fs::read(&path).ok().map(|bytes| work(path, bytes))).sum();
    black_box(sum);
    (cpu_seconds() - cpu, wall.elapsed().as_secs_f64())
}

/// CPU time of this process, all its threads together; 0 where the system doesn't tell it this way.
fn cpu_seconds() -> f64 {
    // Nanoseconds on the CPU, thread by thread: `/proc/self/stat` counts in hundredths of a second only.
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return 0.0 };
    let stats = tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok());
    let nanoseconds: f64 = stats.filter_map(|stat| stat.split(' ').next()?.parse::<f64>().ok()).sum();
    nanoseconds / 1e9
}
