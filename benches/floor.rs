//! What the program costs beside what can't be done for less: walking, reading and parsing the same files.
//!
//! `cargo bench --features internals --bench floor -- FOLDER…` (default `fixtures`). CPU seconds are the process's own, so other work on
//! the machine disturbs them little; the works take turns, and their means over the rounds are compared.
//! `--only N` runs work N (from 0) once on one thread, for a profiler.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use ignore::WalkBuilder;
use matterlint::internals;
use matterlint::source::Source;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

/// What is done with one file; gives a number that depends on all of it.
type Work = fn(PathBuf, Vec<u8>) -> usize;

/// In the order of the table. The first is what the others are measured against. The whole linter comes last.
const WORKS: [(&str, Work); 3] =
    [("floor: walk, read, Markdown events", floor), ("Document::parse", document), ("every default rule", every_rule)];

const ROUNDS: usize = 20;

fn main() {
    let mut args: Vec<_> = std::env::args_os().skip(1).filter(|arg| arg != "--bench").collect();
    let only = args.iter().position(|arg| arg == "--only").map(|at| args.drain(at..=at + 1).next_back());
    let mut folders: Vec<PathBuf> = args.into_iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        folders.push("fixtures".into());
    }
    if let Some(work) = only.flatten().and_then(|work| work.to_str()?.parse::<usize>().ok()) {
        let sum: usize = walk(&folders)
            .into_iter()
            .filter_map(|path| Some(WORKS[work].1(path.clone(), std::fs::read(path).ok()?)))
            .sum();
        return println!("{}: {sum}", WORKS[work].0);
    }
    let files = walk(&folders);
    let bytes: u64 = files.iter().filter_map(|file| file.metadata().ok()).map(|meta| meta.len()).sum();
    println!("{} files, {:.1} MB, mean of {ROUNDS} rounds", files.len(), bytes as f64 / 1e6);
    println!("| threads | work | CPU s | wall s | CPU ratio |\n|--:|---|--:|--:|--:|");
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        let mut sums = vec![(0.0, 0.0); WORKS.len()];
        // The first round warms the file cache.
        for round in 0..=ROUNDS {
            for (sum, (_, work)) in sums.iter_mut().zip(&WORKS) {
                let (cpu, wall) = pool.install(|| measure(&folders, *work));
                if round > 0 {
                    *sum = (sum.0 + cpu, sum.1 + wall);
                }
            }
        }
        let floor = sums[0].0;
        for ((name, _), (cpu, wall)) in WORKS.iter().zip(sums) {
            let rounds = ROUNDS as f64;
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
