//! `--format html`: what is in the page, and that nothing of a post gets out of its text.

mod common;

use common::{process, project};
use tempfile::TempDir;

/// The page that a run in a project prints.
fn html_of(dir: &TempDir) -> String {
    process::text(&process::run(dir.path(), &["check", "--format", "html"], "").stdout)
}

/// A post that would run a script, load an image, and end the page's own script, if its text were not escaped.
const HOSTILE: &str = "---
title: \"<script>alert(1)</script>\"
catagories: ['\"><img src=x onerror=alert(1)>']
tags: [AWS, aws, '</script><style>']
date: 2024-03-05
---

<!-- --><svg onload=alert(1)> TBD

TODO: </pre></mark><script>alert(1)</script> 한글 ( 추후 업데이트 )
";

/// The only links out of the page.
const OURS: &str = concat!(" href=\"", env!("CARGO_PKG_HOMEPAGE"), "rules/");

#[test]
fn nothing_of_a_post_is_markup() {
    let dir = project(&[("_config.yml", "title: x\n"), ("_posts/2024-03-05-a'&<b>.md", HOSTILE)]);
    let html = html_of(&dir);
    let is_ours = |tag: &str| {
        let name = tag.trim_start_matches('/').split([' ', '>', '/']).next().unwrap_or_default();
        let known = "html head meta title style body header h1 h2 h3 h4 p ul ol li strong main section small svg rect span a \
                     code bdi details summary form label input select option fieldset legend button output article pre \
                     mark script !DOCTYPE";
        known.split_whitespace().any(|known| known == name)
    };
    // Without our own script and styles.
    let text = html.replace(include_str!("../src/report/html/report.js"), "");
    let text = text.replace(include_str!("../src/report/html/report.css"), "");
    for tag in text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
        assert!(is_ours(tag), "<{tag}>");
        // The names of attributes, without their values.
        let names: String = tag.split('"').step_by(2).collect();
        for part in [" on", " style", " src", " srcdoc"] {
            assert!(!names.contains(part), "<{tag}>");
        }
        assert!(!tag.contains(" href=") || tag.contains(" href=\"#findings\"") || tag.contains(OURS), "<{tag}>");
    }
    assert_eq!(text.matches("<script>").count(), 1);
    assert!(text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{text}");
    assert!(text.contains("2024-03-05-a&#39;&amp;&lt;b&gt;.md"), "{text}");
    assert!(text.contains("default-src 'none'; script-src 'sha256-"), "{text}");
}

#[test]
fn the_page_shows_findings_and_the_state_of_the_site() {
    let post = "---\ntitle: 가\nauthor: kim\ntags: [AWS, 개발]\ndate: 2023-01-31\n---\n\n자료: ( 추후 업데이트 )\n";
    let other = "---\ntitle: 나\ntags: [aws]\ndescription: 설명\ndate: 2024-03-05\n---\n\n본문\n";
    let config =
        "generator: jekyll\ncontent: { post: { files: '_posts/**', fields: { title: string!, author: string! } } }\n";
    let dir =
        project(&[("matterlint.yaml", config), ("_posts/2023-01-31-a.md", post), ("_posts/2024-03-05-b.md", other)]);
    let html = html_of(&dir);
    for part in [
        "<mark>( 추후 업데이트 )</mark>",
        "<a href=\"#findings\" data-rule=\"leftover-placeholder\">",
        "<a href=\"#findings\" data-folder=\"_posts/\">_posts/</a>",
        "Fields of <code>post</code> (2 pages)",
        "title=\"missing on 1 page\">50 %</span>",
        "<li><bdi>AWS</bdi> (1), <bdi>aws</bdi> (1)</li>",
        "<span class=\"name\">2023</span>",
        "Pages without a description: 1 of 2",
        "<li><bdi>_posts/2023-01-31-a.md</bdi></li>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
}

#[test]
fn a_site_without_findings_has_a_page_too() {
    let dir = project(&[("a.md", "---\ntitle: A\n---\n\nText.\n")]);
    let html = html_of(&dir);
    assert!(html.contains("No problems in 1 file.") && html.contains("<p>No findings.</p>"), "{html}");
    assert!(!html.contains("<form"), "{html}");
}
