//! Small sites, one page for each thing that a generator does without a word: what is said of each.

mod common;

use common::{matterlint, pages, sites};
use std::path::PathBuf;

#[test]
fn each_site_has_the_findings_that_its_build_lacks() {
    for site in sites() {
        let shown = site.to_string_lossy().replace('\\', "/");
        let args =
            ["check", &shown, "--isolated", "--quiet", "--format", "full", "--now", "2024-07-01", "--threads", "2"];
        let run = matterlint(&args, "");
        assert_eq!(run.stderr, "", "{shown}");
        for line in run.stdout.lines() {
            assert!(!(line.contains("─[") && line.contains("good.md:")), "{shown}/…/good.md isn't silent: {line}");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(PathBuf::from("..").join(&site));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("site", run.stdout));
    }
}

#[test]
fn one_page_on_standard_input_has_the_same_findings_as_among_all() {
    for site in sites() {
        let shown = site.to_string_lossy().replace('\\', "/");
        let now = ["--isolated", "--quiet", "--format", "concise", "--now", "2024-07-01"];
        let whole = matterlint(&[&["check", &shown][..], &now].concat(), "").stdout;
        for page in pages(&site) {
            let text = std::fs::read_to_string(&page).expect("a page can be read");
            let args = [&["check", "-", "--stdin-filename", &page][..], &now].concat();
            let mut of_page = String::new();
            for line in whole.lines().filter(|line| line.starts_with(&format!("{page}:"))) {
                of_page.push_str(line);
                of_page.push('\n');
            }
            assert_eq!(matterlint(&args, &text).stdout, of_page);
        }
    }
}

#[test]
fn the_generator_is_found_and_said() {
    let run = matterlint(&["check", "--show-settings", "fixtures/site-hugo/content/posts/good.md"], "");
    assert!(run.stdout.contains("generator: hugo (found `hugo.toml`)"), "{}", run.stdout);
}

#[test]
fn the_first_post_has_the_findings_of_its_site() {
    let post = "fixtures/seeds/_posts/2023-10-20-cloud-day-busan-1.md";
    let now = ["--quiet", "--format", "concise", "--now", "2024-07-01"];
    let whole = matterlint(&[&["check", "fixtures/seeds"][..], &now].concat(), "").stdout;
    let of_post: Vec<&str> = whole.lines().filter(|line| line.starts_with(post)).collect();
    for reported in [
        "3:33: warning[invisible-character]",
        "4:9: error[invalid-value] unknown author `minseo kim`; use `minseo-kim`",
        "6:8: error[unknown-tag] unknown tag `AWS`; use `aws` [*]",
        "6:26: error[unknown-tag] unknown tag `meet-up`; use `meetup` [*]",
        "7:8: error[missing-asset] file `2023-10-20-cloud-day-busan.jpg` does not exist",
    ] {
        let start = format!("{post}:{reported}");
        assert!(of_post.iter().any(|line| line.starts_with(&start)), "{reported}: {of_post:#?}");
    }
    let text = std::fs::read_to_string(post).expect("a page can be read");
    let alone = matterlint(&[&["check", "--stdin-filename", post, "-"][..], &now].concat(), &text).stdout;
    assert_eq!(alone.lines().collect::<Vec<_>>(), of_post);
}
