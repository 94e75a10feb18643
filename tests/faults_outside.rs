//! Faults of what is outside of a project, or is no regular file: rows 23 to 27 and 64 to 74 of the list of what must not
//! happen. The program itself, on folders of its own.
#![cfg(unix)]

mod common;

use common::process::{assert_no_lookup, program, run, text, write};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;

const TODO: &str = "TODO: write this\n";

/// A repository, and next to it a home folder with secrets in it.
struct Place {
    dir: TempDir,
    repo: PathBuf,
    home: PathBuf,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let top = dir.path().canonicalize().expect("it is there");
        let (repo, home) = (top.join("repo"), top.join("home"));
        fs::create_dir_all(repo.join(".git")).expect("a folder");
        // As YAML, as JSON, as Markdown and as nothing of them, broken and whole.
        write(&home, "token", "//registry.example.org/:_authToken=npm_SECRET\n\tSECRET: [\n");
        write(&home, "whole", "SECRET: hunter2\nSECRETPERSON: { name: S }\n");
        write(&home, "json", "{\"SECRET\": \"hunter2\"}\n");
        write(&home, "page.md", "---\nsummary: SECRET\nSECRET: a: b\n---\n\nTODO: SECRET\n");
        Self { dir, repo, home }
    }

    fn write(&self, name: &str, text: &str) {
        write(&self.repo, name, text);
    }

    /// Puts a link at `name` to something in the home folder.
    fn link(&self, name: &str, secret: &str) {
        let path = self.repo.join(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        let _ = fs::remove_file(&path);
        symlink(self.home.join(secret), path).expect("a link");
    }

    fn pipe(&self, name: &str) {
        let path = self.repo.join(name);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success());
    }

    fn run(&self, args: &[&str]) -> Output {
        run(&self.repo, args, "")
    }
}

/// All that a run said.
fn said(out: &Output) -> String {
    format!("{}{}", text(&out.stdout), text(&out.stderr))
}

/// The files that a config can name, each with the config that names it.
const NAMED: [(&str, &str); 8] = [
    ("base.yaml", "extends: [recommended, base.yaml]\n"),
    ("lint/own.md", "rule-dirs: [lint]\n"),
    ("spec.yaml", "rules: { malformed-command: { specs: [spec.yaml] } }\n"),
    ("post.json", "content: { post: { files: '**', schema: post.json } }\n"),
    ("other.json", "content: { post: { files: '**', schema: { $ref: other.json } } }\n"),
    ("tags.yaml", "content: { post: { files: '**', fields: { tags: { one-of: { from: tags.yaml } } } } }\n"),
    ("static/admin/config.yml", "schemas: [decap]\n"),
    ("frontmatter.json", "schemas: [front-matter-cms]\n"),
];

#[test]
fn row_23_a_named_link_out_of_the_project_is_refused_and_a_walk_skips_it() {
    let place = Place::new();
    place.write("a.md", TODO);
    place.link("out.md", "page.md");
    place.link("folder", "");
    let out = place.run(&["check", "."]);
    assert!(text(&out.stdout).contains("1 of 1 file"), "{}", said(&out));
    for name in ["out.md", "folder", "folder/page.md", "folder/no-page.md"] {
        let out = place.run(&["check", name]);
        assert_eq!(out.status.code(), Some(2), "{name}");
        let wanted = format!("{name}: symbolic link points outside the project; not read");
        assert!(text(&out.stderr).contains(&wanted) && !said(&out).contains("SECRET"), "{}", said(&out));
        assert_no_lookup(&place.repo, &["check", name], &place.home);
    }
}

#[test]
fn row_24_and_68_nothing_is_read_or_written_behind_a_linked_folder() {
    let place = Place::new();
    let page = "---\ntitle: a: b\n---\n\nTODO: SECRET\n";
    write(&place.home, "site/.git/HEAD", "");
    write(&place.home, "site/matterlint.yaml", "SECRET: 1\n");
    write(&place.home, "site/_posts/o.md", page);
    place.link("sub", "site");
    let target = place.home.join("site/_posts/o.md");
    for (args, stdin) in [
        (vec!["check", "--fix", "sub/_posts/o.md"], ""),
        (vec!["check", "--fix", "sub/_posts"], ""),
        (vec!["check", "--fix", "--files-from", "-"], "sub/_posts/o.md\n"),
        (vec!["check", "--fix", "--stdin-filename", "sub/_posts/o.md"], page),
    ] {
        let out = run(&place.repo, &args, stdin);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {}", said(&out));
        assert!(text(&out.stderr).contains("symbolic link points outside the project"), "{args:?}: {}", said(&out));
        assert!(!said(&out).contains("SECRET"), "{args:?}: {}", said(&out));
        assert_eq!(fs::read_to_string(&target).expect("text"), page, "{args:?}");
    }
    // A link inside the project is followed, and stays a link.
    place.write("posts/a.md", page);
    symlink("posts", place.repo.join("drafts")).expect("a link");
    let out = place.run(&["check", "--fix", "drafts/a.md"]);
    assert!(text(&out.stdout).contains("Fixed 1 problem"), "{}", said(&out));
    assert!(fs::read_to_string(place.repo.join("posts/a.md")).expect("text").contains("title: \"a: b\""));
}

#[test]
fn row_26_and_69_a_path_that_leaves_the_project_is_one_finding_whatever_is_there() {
    let place = Place::new();
    write(&place.home, "a.png", "");
    write(&place.home, "guide.md", "");
    place.write("_config.yml", "title: x\n");
    place.write(
        "matterlint.yaml",
        "content: { post: { files: '_posts/**', fields: { file: { type: path, must-exist: true } } } }\n",
    );
    // A folder inside that is a link out, a link to a file that is there, and one to a file that isn't.
    place.link("linked", "");
    place.link("there.md", "guide.md");
    place.link("gone.md", "no-guide.md");
    let home = "../../home";
    let fields = ["image", "cover", "thumbnail", "file"];
    let names = ["a.png", "A.png", "no.png"];
    let field = |field: &str, value: &str| format!("---\ntitle: t\n{field}: {value}\n---\n\nx\n");
    let body = |link: &str| format!("---\ntitle: t\n---\n\n[x]({link})\n");
    let mut groups: Vec<Vec<(String, String)>> = Vec::new();
    for key in fields {
        groups.push(names.map(|name| (format!("{home}/{name}"), field(key, &format!("{home}/{name}")))).to_vec());
    }
    groups.push(names.map(|name| (format!("/linked/{name}"), field("file", &format!("/linked/{name}")))).to_vec());
    let links = ["guide.md", "Guide.md", "no.md"];
    groups.push(links.map(|name| (format!("{home}/{name}"), body(&format!("{home}/{name}")))).to_vec());
    groups.push(links.map(|name| (format!("../linked/{name}"), body(&format!("../linked/{name}")))).to_vec());
    groups.push(["../there.md", "../gone.md"].map(|name| (name.to_owned(), body(name))).to_vec());
    for group in groups {
        let mut seen = Vec::new();
        for (path, page) in &group {
            place.write("_posts/2024-01-01-p.md", page);
            let args = ["check", ".", "--format", "full", "--level", "missing-page=warning"];
            let out = place.run(&args);
            assert_eq!(out.status.code(), Some(1), "{path}: {}", said(&out));
            seen.push(said(&out).replace(path.as_str(), "PATH").replace('─', ""));
            assert_no_lookup(&place.repo, &args, &place.home);
            let before = fs::read(place.repo.join("_posts/2024-01-01-p.md")).expect("a page");
            place.run(&["check", "--fix", "--unsafe-fixes", "."]);
            assert_eq!(fs::read(place.repo.join("_posts/2024-01-01-p.md")).expect("a page"), before, "{path}");
        }
        // The marks below the path are as long as it is.
        let without_marks = |text: &String| text.replace(['┬', '╰', '╭', '│', '^', '-', ' ', '\n'], "");
        let seen: Vec<String> = seen.iter().map(without_marks).collect();
        assert!(seen[0].contains("project") && seen[0].matches("PATH").count() >= 1, "{}", seen[0]);
        assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
        assert!(seen[0].contains("Found1problem"), "{}", seen[0]);
    }
}

#[test]
fn row_26_a_link_inside_the_repository_but_outside_the_configs_folder_is_looked_up() {
    let place = Place::new();
    place.write("docs/matterlint.yaml", "extends: recommended\n");
    place.write("README.md", "# Project\n");
    place.write("docs/a.md", "[x](../README.md) and [y](../NOTHING.md)\n");
    let out = place.run(&["check", "docs", "--select", "missing-page"]);
    assert_eq!(text(&out.stdout).matches("missing-page").count(), 1, "{}", said(&out));
    assert!(text(&out.stdout).contains("`../NOTHING.md`"), "{}", said(&out));
}

#[test]
fn row_64_no_file_of_a_project_is_read_through_a_link_out_of_it() {
    let secrets = ["token", "whole", "json", "page.md", "nothing"];
    for secret in secrets {
        let place = Place::new();
        place.write("a.md", TODO);
        for name in ["matterlint.yaml", ".matterlint.yml"] {
            place.link(name, secret);
            for args in [["check", "."], ["check", "a.md"], ["check", "--show-settings"]] {
                let out = place.run(&args);
                assert_eq!(out.status.code(), Some(2), "{args:?}");
                let wanted = format!("matterlint: {name}: symbolic link points outside the project; not read\n");
                assert_eq!(said(&out), wanted);
            }
            let out = place.run(&["test"]);
            assert!(out.status.code() == Some(2) && !said(&out).contains("SECRET"), "{}", said(&out));
            assert!(said(&out).contains("symbolic link points outside the project"), "{}", said(&out));
            assert_no_lookup(&place.repo, &["check", "."], &place.home);
            fs::remove_file(place.repo.join(name)).expect("removed");
        }
    }
    for (name, config) in NAMED {
        for secret in secrets {
            let place = Place::new();
            place.write("a.md", "---\ntitle: t\ntags: [SECRXT]\n---\n");
            place.write("matterlint.yaml", config);
            place.link(name, secret);
            let out = place.run(&["check", "."]);
            assert!(!said(&out).contains("SECRET"), "{name} -> {secret}: {}", said(&out));
            // A folder of rules with a link out in it has one rule less.
            let status = if name == "lint/own.md" { 0 } else { 2 };
            assert_eq!(out.status.code(), Some(status), "{name} -> {secret}: {}", said(&out));
            assert_no_lookup(&place.repo, &["check", "."], &place.home);
        }
        // A folder on the way that is a link out of the project is refused too.
        let place = Place::new();
        place.write("a.md", "---\ntitle: t\n---\n");
        write(&place.home, &format!("deep/{name}"), "SECRET: hunter2\n");
        place.link("deep", "deep");
        place.write("matterlint.yaml", &config.replace(name, &format!("deep/{name}")));
        let out = place.run(&["check", "."]);
        assert!(!said(&out).contains("SECRET"), "deep/{name}: {}", said(&out));
    }
}

#[test]
fn row_64_what_the_command_line_names_is_not_read_through_a_link_out_of_the_project() {
    let place = Place::new();
    place.write("a.md", TODO);
    for secret in ["token", "whole", "json"] {
        place.link("named", secret);
        for option in ["--config", "--baseline", "--files-from", "--diff-from"] {
            let args = ["check", option, "named"];
            let args: Vec<&str> = args.into_iter().chain((option != "--files-from").then_some("a.md")).collect();
            let out = place.run(&args);
            assert_eq!(out.status.code(), Some(2), "{option}: {}", said(&out));
            assert!(
                text(&out.stderr).contains("named: symbolic link points outside the project"),
                "{option}: {}",
                said(&out)
            );
            assert!(!said(&out).contains("SECRET"), "{option}: {}", said(&out));
        }
    }
    // Outside a project, what a user names is theirs.
    let elsewhere = place.dir.path().join("shared");
    write(&elsewhere, "real.yaml", "rules: { leftover-placeholder: off }\n");
    symlink("real.yaml", elsewhere.join("link.yaml")).expect("a link");
    let out = place.run(&["check", "--config", "../shared/link.yaml", "a.md"]);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
}

#[test]
fn row_65_authors_and_marks_of_a_generator_are_not_read_through_a_link() {
    let place = Place::new();
    place.write("_config.yml", "title: x\n");
    write(&place.home, "authors.yml", "kim: { name: Kim }\nSECRETPERSON: { name: S }\n");
    for index in 1..9 {
        place.write(&format!("_posts/2024-01-0{index}-p.md"), &format!("---\ntitle: p{index}\nauthor: kim\n---\nx\n"));
    }
    place.write("_posts/2024-02-01-p.md", "---\ntitle: q\nauthor: SECRETPERSOM\n---\nx\n");
    // It is suggested where the file is the project's.
    fs::create_dir(place.repo.join("_data")).expect("a folder");
    fs::copy(place.home.join("authors.yml"), place.repo.join("_data/authors.yml")).expect("copied");
    assert!(said(&place.run(&["check", ".", "--format", "full"])).contains("SECRETPERSON"));
    place.link("_data/authors.yml", "authors.yml");
    let out = place.run(&["check", ".", "--format", "full"]);
    assert!(!said(&out).contains("SECRETPERSON"), "{}", said(&out));
    assert!(
        said(&out).contains("_data/authors.yml: authors file not used: symbolic link points outside"),
        "{}",
        said(&out)
    );
    assert_no_lookup(&place.repo, &["check", "."], &place.home);

    let place = Place::new();
    place.write("a.md", TODO);
    let before = said(&place.run(&["check", "--show-settings"]));
    place.link("_config.yml", "whole");
    let out = said(&place.run(&["check", "--show-settings"]));
    assert_eq!(out.contains("jekyll"), before.contains("jekyll"), "{out}");
    assert_no_lookup(&place.repo, &["check", "."], &place.home);
}

#[test]
fn row_66_ignore_files_are_regular_inside_and_small() {
    let large = "no-such-name\n".repeat((1 << 20) / 12);
    for name in [".gitignore", ".ignore", ".git/info/exclude", "posts/.gitignore"] {
        for (kind, reason) in [
            ("device", "symbolic link points outside the project"),
            ("link", "symbolic link points outside the project"),
            ("pipe", "not a regular file"),
            ("large", "larger than 1 MiB"),
        ] {
            let place = Place::new();
            place.write("posts/a.md", TODO);
            write(&place.home, "globs", "*\n");
            match kind {
                "pipe" => place.pipe(name),
                "large" => place.write(name, &large),
                "link" => place.link(name, "globs"),
                _ => {
                    fs::create_dir_all(place.repo.join(name).parent().expect("in a folder")).expect("a folder");
                    symlink("/dev/zero", place.repo.join(name)).expect("a link");
                }
            }
            let out = place.run(&["check", "."]);
            assert_eq!(out.status.code(), Some(1), "{name} {kind}: {}", said(&out));
            let wanted = format!("matterlint: warning: {name}: ignore file not used: {reason}");
            assert_eq!(text(&out.stderr).matches(&wanted).count(), 1, "{name} {kind}: {}", said(&out));
            assert!(text(&out.stdout).contains("posts/a.md:1:1"), "{name} {kind}: {}", said(&out));
        }
    }
}

#[test]
fn row_67_ignore_files_count_inside_the_repository_only_and_a_run_says_what_they_left_out() {
    let place = Place::new();
    place.write("a.md", TODO);
    place.write("posts/b.md", TODO);
    write(place.dir.path(), ".gitignore", "*\n");
    write(&place.home, ".config/git/ignore", "*\n");
    let with_home = |args: &[&str]| {
        let mut program = program(&place.repo, args);
        program.env("HOME", &place.home).env("XDG_CONFIG_HOME", place.home.join(".config")).output().expect("it runs")
    };
    let out = with_home(&["check", "."]);
    assert!(text(&out.stdout).contains("in 2 of 2 files"), "{}", said(&out));

    place.write(".ignore", "*.md\n");
    let out = with_home(&["check", "."]);
    let wanted = "matterlint: warning: no files checked: 2 paths are excluded by ignore files (.gitignore, .ignore); use \
                  --no-exclude to check them\n";
    assert_eq!((out.status.code(), text(&out.stderr).as_str()), (Some(0), wanted), "{}", said(&out));
    assert_eq!(text(&with_home(&["check", "--quiet", "."]).stderr), wanted, "even where little is said");
    assert_eq!(with_home(&["check", "--error-on-empty", "."]).status.code(), Some(2));
    let out = with_home(&["check", "--no-exclude", "."]);
    assert!(text(&out.stdout).contains("in 2 of 2 files"), "{}", said(&out));
    let out = with_home(&["check", "a.md"]);
    assert_eq!((out.status.code(), text(&out.stderr).as_str()), (Some(1), ""), "a named file is checked");

    place.write(".ignore", "posts\n");
    let out = with_home(&["check", "-v", "."]);
    assert!(text(&out.stderr).contains("paths excluded: 1 by ignore files, 0 by the config"), "{}", said(&out));
    place.write(".ignore", "");
    place.write("matterlint.yaml", "exclude: [posts]\n");
    let out = with_home(&["check", "-v", "."]);
    assert!(text(&out.stderr).contains("paths excluded: 0 by ignore files, 1 by the config"), "{}", said(&out));
    let out = with_home(&["check", "--force-exclude", "posts/b.md"]);
    assert_eq!((out.status.code(), text(&out.stderr).as_str()), (Some(0), ""), "{}", said(&out));
}

#[test]
fn row_70_a_baseline_does_not_ask_for_files_outside() {
    let place = Place::new();
    place.write("a.md", "text\n");
    let entry = |path: &str| format!("\"{path}\":{{\"r\":[\"0\"]}}");
    place.link("linked", "");
    let outside = ["../home/token", "../home/no-token", "/etc/passwd", "/etc/no-passwd", "linked/token", "linked/no"];
    let entries: Vec<String> = outside.iter().chain(&["gone.md"]).map(|path| entry(path)).collect();
    place.write("b.json", &format!("{{\"version\":1,\"findings\":{{{}}}}}", entries.join(",")));
    let args = ["check", ".", "--baseline", "b.json", "--update-baseline"];
    assert_no_lookup(&place.repo, &args, &place.home);
    let out = place.run(&args);
    assert_eq!(out.status.code(), Some(0), "{}", said(&out));
    let left = fs::read_to_string(place.repo.join("b.json")).expect("text");
    assert!(!left.contains("gone.md"), "{left}");
    assert!(outside.iter().all(|path| left.contains(&format!("\"{path}\""))), "{left}");
}

#[test]
fn row_27_and_74_what_is_no_regular_file_never_makes_a_run_wait() {
    // `run` gives up after half a minute.
    let place = Place::new();
    place.write("a.md", TODO);
    place.pipe("pipe.md");
    place.pipe("pipe");
    assert!(text(&place.run(&["check", "."]).stdout).contains("in 1 of 1 file"));
    for args in [
        vec!["check", "pipe.md"],
        vec!["check", "/dev/zero"],
        vec!["check", "--config", "pipe", "a.md"],
        vec!["check", "--baseline", "pipe", "a.md"],
    ] {
        let out = place.run(&args);
        assert_eq!(out.status.code(), Some(2), "{args:?}: {}", said(&out));
        assert!(text(&out.stderr).contains("not a regular file"), "{args:?}: {}", said(&out));
    }
    for name in ["_data/authors.yml", "_config.yml", "hugo.toml", "mkdocs.yml", "package.json", "SKILL.md"] {
        let place = Place::new();
        place.write("_posts/2024-01-01-p.md", "---\ntitle: t\nauthor: kim\n---\n\nTODO: x\n");
        place.pipe(name);
        if name == "_data/authors.yml" {
            place.write("_config.yml", "title: x\n");
        }
        assert_eq!(place.run(&["check", "."]).status.code(), Some(1), "{name}");
        place.run(&["init", "--stdout"]);
    }
    let place = Place::new();
    place.write("a.md", TODO);
    place.pipe("matterlint.yaml");
    let out = place.run(&["check", "."]);
    assert_eq!(said(&out), "matterlint: matterlint.yaml: not a regular file\n");
    assert_eq!(place.run(&["test"]).status.code(), Some(2));
    for (name, config) in NAMED {
        let place = Place::new();
        place.write("a.md", TODO);
        place.write("matterlint.yaml", config);
        place.pipe(name);
        let out = place.run(&["check", "."]);
        // A pipe in a folder of rules is no rule page.
        let is_page = Path::new(name).extension().is_some_and(|ending| ending == "md");
        assert_eq!(out.status.code(), Some(if is_page { 1 } else { 2 }), "{name}: {}", said(&out));
        assert!(is_page || text(&out.stderr).contains("not a regular file"), "{name}: {}", said(&out));
    }
}
