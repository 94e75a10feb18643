//! What is kept from one run to the next: only what pages tell each other, only in the user's folder, and never trusted.

mod common;

use matterlint::workspace::{
    DirEntry, FileSystem, FsError, Metadata, Options, Os, Outcome, RunOptions, Text, Workspace,
};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// More than are read again without a cache being written.
const PAGES: usize = 120;

/// The disk, with a count of the pages that were read.
#[derive(Debug, Default)]
struct Counting {
    pages: AtomicUsize,
}

impl FileSystem for Counting {
    fn metadata(&self, path: &Path) -> Result<Metadata, FsError> {
        Os.metadata(path)
    }
    fn read_link(&self, path: &Path) -> Result<PathBuf, FsError> {
        Os.read_link(path)
    }
    fn canonicalize(&self, path: &Path) -> Result<PathBuf, FsError> {
        Os.canonicalize(path)
    }
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, FsError> {
        self.pages.fetch_add(usize::from(path.extension().is_some_and(|end| end == "md")), Ordering::Relaxed);
        Os.read(path, limit)
    }
    fn read_dir(&self, dir: &Path) -> Result<Vec<DirEntry>, FsError> {
        Os.read_dir(dir)
    }
    fn replace(&self, path: &Path, old: &[u8], new: &[u8]) -> Result<(), FsError> {
        Os.replace(path, old, new)
    }
}

/// A Hugo site with a folder for the cache next to it.
struct Site {
    dir: TempDir,
}

impl Site {
    fn new() -> Self {
        let site = Self { dir: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(site.root().join("content")).expect("a folder");
        fs::create_dir(site.root().join(".git")).expect("a folder");
        fs::write(site.root().join("hugo.toml"), "title = \"x\"\n").expect("a file");
        for index in 0..PAGES {
            let text = format!("---\ntitle: Page {index}\nslug: page-{index}\n---\n\nText.\n");
            site.write(&format!("content/p{index:03}.md"), &text, index as u64);
        }
        site
    }

    fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("it is there").join("site")
    }

    fn cache(&self) -> PathBuf {
        self.dir.path().canonicalize().expect("it is there").join("cache/matterlint")
    }

    /// Writes a page as if that was long ago.
    fn write(&self, name: &str, text: &str, minute: u64) {
        let path = self.root().join(name);
        fs::write(&path, text).expect("a file");
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000 + minute * 60);
        File::options().write(true).open(path).and_then(|file| file.set_modified(time)).expect("its time");
    }

    /// Checks a new page with the slug of another, as an editor does on save. Gives what is found, and how many pages were
    /// read.
    fn check(&self) -> (Vec<String>, usize) {
        self.check_with(Options { cache: Some(self.cache()), ..Options::new(self.root()) })
    }

    fn check_with(&self, options: Options) -> (Vec<String>, usize) {
        let files = Arc::new(Counting::default());
        let workspace = Workspace::new(files.clone(), options);
        let path = self.root().join("content/zz.md");
        let bytes = b"---\ntitle: New\nslug: page-7\n---\n\nText.\n".to_vec();
        let text = Text { path: Some(&path), bytes };
        let (outcome, _) = workspace.run_text(text, RunOptions::default()).expect("it runs");
        (messages(&outcome), files.pages.load(Ordering::Relaxed))
    }

    /// The only file with facts.
    fn kept(&self) -> PathBuf {
        let mut kept = kept_in(&self.cache());
        assert_eq!(kept.len(), 1, "{kept:?}");
        kept.remove(0)
    }
}

fn kept_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|end| end == "facts")).collect()
}

fn messages(outcome: &Outcome) -> Vec<String> {
    outcome.files.iter().flat_map(|file| &file.diagnostics).map(|found| found.message.clone()).collect()
}

#[test]
fn pages_that_are_as_they_were_are_not_read_again() {
    let site = Site::new();
    let (first, read) = site.check();
    assert_eq!((first.len(), read), (1, PAGES), "{first:?}");
    let (second, read) = site.check();
    assert_eq!((second, read), (first, 0));
}

#[test]
fn a_page_that_changed_is_read_again() {
    let site = Site::new();
    let (before, _) = site.check();
    assert!(before.iter().any(|message| message.contains("page-7")), "{before:?}");
    // As long as before, and later.
    site.write("content/p007.md", "---\ntitle: Page 7\nslug: page-x\n---\n\nText.\n", 999);
    let (after, read) = site.check();
    assert!(read == 1 && !after.iter().any(|message| message.contains("page-7")), "{read} {after:?}");
    // Of the same time, and longer.
    site.write("content/p008.md", "---\ntitle: Page 8\nslug: page-7\n---\n\nMore text.\n", 8);
    let (after, read) = site.check();
    assert!(read == 2 && after.iter().any(|message| message.contains("page-7")), "{read} {after:?}");
    fs::remove_file(site.root().join("content/p008.md")).expect("it is removed");
    let (after, read) = site.check();
    assert!(read == 1 && !after.iter().any(|message| message.contains("page-7")), "{read} {after:?}");
}

#[test]
fn a_page_that_was_just_written_is_not_kept() {
    let site = Site::new();
    for index in 0..30 {
        fs::write(site.root().join(format!("content/q{index}.md")), "Text.\n").expect("a file");
    }
    site.check();
    assert_eq!(site.check().1, 30);
}

#[test]
fn what_is_damaged_or_foreign_is_passed_over() {
    let site = Site::new();
    let (expected, _) = site.check();
    let good = fs::read(site.kept()).expect("it is kept");
    let mut damaged = vec![Vec::new(), b"something else".to_vec(), good[..good.len() / 2].to_vec(), vec![0xff; 9000]];
    for at in [0, 9, 17, 30, good.len() / 2, good.len() - 1] {
        let mut bytes = good.clone();
        bytes[at] ^= 1;
        damaged.push(bytes);
    }
    // A right beginning, and more pages than anything holds.
    damaged.push([&good[..24], &[0xff; 40]].concat());
    for bytes in damaged {
        fs::write(site.kept(), &bytes).expect("it is written");
        let (found, read) = site.check();
        assert_eq!((found, read), (expected.clone(), PAGES));
        assert_eq!(fs::read(site.kept()).expect("it is kept"), good, "it is written anew");
    }
}

#[test]
fn another_config_or_generator_is_another_site() {
    let site = Site::new();
    site.check();
    assert_eq!(site.check().1, 0);
    fs::write(site.root().join("matterlint.yaml"), "max-findings: 5\n").expect("a config");
    site.check();
    assert_eq!(site.check().1, 0);
    fs::write(site.root().join("matterlint.yaml"), "max-findings: 6\n").expect("a config");
    assert_eq!(site.check().1, PAGES);
    let overrides = vec![("--config".to_owned(), "{ max-findings: 7 }".to_owned())];
    let options = Options { cache: Some(site.cache()), overrides, ..Options::new(site.root()) };
    assert_eq!(site.check_with(options).1, PAGES);
    fs::remove_file(site.root().join("hugo.toml")).expect("it is removed");
    fs::write(site.root().join("_config.yml"), "title: x\n").expect("a config");
    assert_eq!(site.check().1, PAGES);
}

#[test]
fn nothing_is_written_into_the_project() {
    let site = Site::new();
    let inside = site.root().join(".cache");
    site.check_with(Options { cache: Some(inside.clone()), ..Options::new(site.root()) });
    assert!(!inside.exists());
    site.check_with(Options::new(site.root()));
    assert!(!site.cache().exists());
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let site = Site::new();
    let (expected, _) = site.check_with(Options::new(site.root()));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..3 {
                    assert_eq!(site.check().0, expected);
                    let _ = fs::remove_file(site.cache().join("CACHEDIR.TAG"));
                }
            });
        }
    });
    assert_eq!(site.check(), (expected, 0));
    // The tag may have been removed last.
    let left = fs::read_dir(site.cache()).expect("a folder").filter_map(Result::ok);
    assert_eq!(left.filter(|entry| entry.file_name() != "CACHEDIR.TAG").count(), 1);
}

#[test]
fn the_program_keeps_facts_where_the_user_has_caches() {
    let site = Site::new();
    let home = site.dir.path().join("home");
    let run = |args: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_matterlint"));
        program.args(["check", "content/p001.md", "--quiet"]).args(args).current_dir(site.root());
        let output = program.env("XDG_CACHE_HOME", &home).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        kept_in(&home.join("matterlint")).len()
    };
    assert_eq!(run(&["--no-cache"]), 0);
    assert_eq!(run(&[]), 1);
    assert_eq!(run(&["--no-cache"]), 1);
}
