//! Writes a site of generated posts, to measure how cost grows.
//!
//! `cargo bench --features internals --bench posts -- COUNT FOLDER [SHARE]`: COUNT posts below FOLDER, SHARE of 1,000 with a defect
//! (default 50: as on 24 public sites, where 40 have). The same words make the same files; what is in FOLDER already is left where nothing takes its place.

#![allow(clippy::print_stdout, reason = "a program of its own")]

mod generator;

use generator::{Defects, PICTURES, SITE, post};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the posts are made from.
const SEED: u64 = 2026;

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let count: Option<u64> = args.first().and_then(|count| count.parse().ok());
    let (Some(count), Some(folder)) = (count, args.get(1).map(PathBuf::from)) else {
        println!(
            "usage: cargo bench --features internals --bench posts -- COUNT FOLDER [SHARE of 1,000 with a defect]"
        );
        return Ok(());
    };
    let share = args.get(2).and_then(|share| share.parse().ok()).unwrap_or(50);
    let defects = Defects::all(share);
    fs::create_dir_all(folder.join("static/images"))?;
    fs::write(folder.join(SITE.0), SITE.1)?;
    for picture in 0..PICTURES {
        fs::write(folder.join(format!("static/images/figure-{picture}.png")), "")?;
    }
    let written = (0..count).into_par_iter().map(|index| {
        let post = post(SEED, index, &defects);
        write(&folder.join(post.path), &post.bytes)?;
        Ok((post.bytes.len(), post.defect))
    });
    let written: Vec<(usize, Option<String>)> = written.collect::<io::Result<_>>()?;
    let bytes: usize = written.iter().map(|(bytes, _)| bytes).sum();
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in written.iter().filter_map(|(_, defect)| defect.as_deref()) {
        *rules.entry(rule).or_default() += 1;
    }
    println!(
        "{count} posts, {:.1} MB, defects of {} rules in {}",
        bytes as f64 / 1e6,
        rules.len(),
        rules.values().sum::<usize>()
    );
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::write(path, bytes) {
        // Only the first post of a folder pays for it.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().expect("below the folder"))?;
            fs::write(path, bytes)
        }
        done => done,
    }
}
