//! Starting on an old site: the baseline, and findings on changed lines only.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const OLD: &str = "---\ntitle: a\n---\n\n슬라이드 : ( 추후 업데이트 )\n\nTODO: 영상\n";

#[test]
fn a_baseline_leaves_out_what_is_known_wherever_it_moves() {
    let dir = site();
    let out = run(dir.path(), &["check", "--isolated", "--write-baseline"], "");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stderr).contains("wrote 2 findings to matterlint-baseline.json"), "{}", text(&out.stderr));
    let known = ["check", "--isolated", "--baseline", "matterlint-baseline.json"];
    let out = run(dir.path(), &known, "");
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stdout));

    let post = dir.path().join("posts/a.md");
    fs::write(&post, OLD.replace("슬라이드", "\n\n머리말\n\n슬라이드")).expect("written");
    assert_eq!(run(dir.path(), &known, "").status.code(), Some(0), "moved");
    fs::write(&post, format!("{OLD}\n발표 자료 : ( TBD )\n")).expect("written");
    let out = run(dir.path(), &known, "");
    assert_eq!((out.status.code(), text(&out.stdout).matches("leftover-placeholder").count()), (Some(1), 1));
    let elsewhere =
        run(&dir.path().join("posts"), &["check", "--isolated", "--baseline", "../matterlint-baseline.json"], "");
    assert_eq!(text(&elsewhere.stdout).matches("leftover-placeholder").count(), 1, "from a folder below");
}

#[test]
fn a_baseline_changes_only_on_request() {
    let dir = site();
    let file = dir.path().join("matterlint-baseline.json");
    let known = ["check", "--isolated", "--baseline", "matterlint-baseline.json"];
    let update = [&known[..], &["--update-baseline"]].concat();
    run(dir.path(), &["check", "--isolated", "--write-baseline"], "");
    let before = fs::read_to_string(&file).expect("text");
    let post = dir.path().join("posts/a.md");
    fs::write(&post, OLD.replace("TODO: 영상\n", "")).expect("written");
    let out = run(dir.path(), &known, "");
    assert_eq!(out.status.code(), Some(0));
    assert_eq!(fs::read_to_string(&file).expect("text"), before, "a fixed finding doesn't change the file");
    for more in [["--select", "syntax"], ["--level", "leftover-placeholder=off"], ["--stdin-filename", "posts/a.md"]] {
        let out = run(dir.path(), &[&update[..], &more].concat(), "");
        assert_eq!(out.status.code(), Some(2), "{more:?} sees too little");
    }
    // Only what the run looked at.
    fs::write(dir.path().join("b.md"), "Text.\n").expect("written");
    run(dir.path(), &[&update[..], &["b.md"]].concat(), "");
    assert_eq!(fs::read_to_string(&file).expect("text"), before, "another file was checked");
    let out = run(dir.path(), &update, "");
    assert!(text(&out.stderr).contains("removed 1 fixed finding from"), "{}", text(&out.stderr));
    let after = fs::read_to_string(&file).expect("text");
    assert_eq!((before.matches("        \"").count(), after.matches("        \"").count()), (2, 1), "{after}");
    fs::write(&post, OLD).expect("written");
    assert_eq!(run(dir.path(), &known, "").status.code(), Some(1), "what was fixed may not come back");
    fs::remove_file(&post).expect("removed");
    run(dir.path(), &update, "");
    assert_eq!(fs::read_to_string(&file).expect("text").matches("        \"").count(), 0, "the post is gone");
}

#[test]
fn a_config_names_its_baseline() {
    let dir = site();
    fs::create_dir(dir.path().join("blog")).expect("made");
    fs::write(dir.path().join("blog/matterlint.yaml"), "baseline: lint/known.json\n").expect("written");
    fs::create_dir(dir.path().join("blog/lint")).expect("made");
    fs::write(dir.path().join("blog/b.md"), OLD).expect("written");
    let blog = dir.path().join("blog");
    let out = run(&blog, &["check"], "");
    assert_eq!(out.status.code(), Some(2), "a baseline that doesn't exist isn't an empty one");
    assert!(text(&out.stderr).contains("known.json"), "{}", text(&out.stderr));
    let out = run(&blog, &["check", "--write-baseline"], "");
    assert!(text(&out.stderr).contains("wrote 2 findings to lint/known.json"), "{}", text(&out.stderr));
    assert_eq!(run(&blog, &["check"], "").status.code(), Some(0));
    assert_eq!(run(&blog, &["check", "--stdin-filename", "b.md", "-"], OLD).status.code(), Some(0));
    // From above, each file has the baseline of its config.
    let out = run(dir.path(), &["check"], "");
    let shown = text(&out.stdout);
    assert!(shown.contains("posts/a.md:") && !shown.contains("blog/b.md:"), "{shown}");
    // What more there is, and nothing else.
    fs::write(blog.join("b.md"), format!("TODO: 하나 더\n{OLD}")).expect("written");
    let shown = text(&run(&blog, &["check", "--quiet"], "").stdout);
    assert_eq!(shown.lines().count(), 1, "{shown}");
    // Existing findings are fixed all the same.
    fs::write(blog.join("c.md"), "---\ntitle: 러스트: 첫걸음\n---\n\n본문\n").expect("written");
    run(&blog, &["check", "--write-baseline"], "");
    run(&blog, &["check", "--fix"], "");
    assert!(fs::read_to_string(blog.join("c.md")).expect("text").contains("title: \"러스트: 첫걸음\""));
}

#[test]
fn a_baseline_that_is_none_ends_the_run() {
    let dir = site();
    fs::write(dir.path().join("x.json"), "{}").expect("written");
    for name in ["x.json", "no-such.json"] {
        let out = run(dir.path(), &["check", "--isolated", "--baseline", name], "");
        assert_eq!(out.status.code(), Some(2));
        assert!(text(&out.stderr).contains(name), "{}", text(&out.stderr));
    }
}

#[test]
fn only_findings_on_changed_lines() {
    let dir = site();
    let diff = "diff --git a/posts/a.md b/posts/a.md\n--- a/posts/a.md\n+++ b/posts/a.md\n@@ -6,0 +7 @@\n+TODO: 영상\n";
    let out = run(dir.path(), &["check", "--isolated", "--diff-from", "-"], diff);
    let found = text(&out.stdout);
    assert_eq!(
        (out.status.code(), found.contains("posts/a.md:7:"), found.contains("posts/a.md:5:")),
        (Some(1), true, false)
    );
    fs::write(dir.path().join("posts/a.md"), OLD.replace("TODO: 영상", "영상 : ( 추후 업데이트 )")).expect("written");
    let out = run(dir.path(), &["check", "--isolated", "--diff-from", "-"], diff);
    assert!(text(&out.stdout).contains("posts/a.md:7:"), "the second place of one note: {}", text(&out.stdout));
    let out = run(&dir.path().join("posts"), &["check", "--isolated", "--diff-from", "-"], diff);
    assert!(text(&out.stdout).contains("a.md:7:"), "git's paths begin at the repository's top");
    let out = run(dir.path(), &["check", "--isolated", "--diff-from", "-"], "");
    assert_eq!(out.status.code(), Some(0), "nothing has changed");
    let out = run(dir.path(), &["check", "--isolated", "--diff-from", "-"], "not a diff\n");
    assert_eq!(out.status.code(), Some(2));
    let out = run(dir.path(), &["check", "--isolated", "--diff-from", "-", "-"], diff);
    assert_eq!(out.status.code(), Some(2), "only one input can be read from standard input");
}

fn site() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    fs::create_dir(dir.path().join(".git")).expect("made");
    fs::create_dir(dir.path().join("posts")).expect("made");
    fs::write(dir.path().join("posts/a.md"), OLD).expect("written");
    dir
}

fn run(dir: &Path, args: &[&str], stdin: &str) -> Output {
    use std::io::Write;
    let mut command = Command::new(env!("CARGO_BIN_EXE_matterlint"));
    command.args(args).current_dir(dir).env_remove("CI").env_remove("MATTERLINT_FORMAT");
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program runs");
    // One that ends before it reads is recognized by its status.
    let _ = child.stdin.take().expect("a pipe").write_all(stdin.as_bytes());
    child.wait_with_output().expect("it ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
