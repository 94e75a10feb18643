//! The language server on a site in Korean: where places lead, what leads to them, and renaming over all pages.

mod common;

use common::editor::{Editor, uri, workspace};
use common::process::write;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const CONFIG: &str = "content:\n  post:\n    files: ['_posts/**']\n    fields:\n      title: string!\n      cover: { type: path, base: assets/img }\n";

const FILES: [(&str, &str); 10] = [
    ("_config.yml", "title: 우리 블로그\n"),
    ("_data/authors.yml", "kim:\n  name: 김하나\nlee:\n  name: 이두리\n"),
    ("_layouts/post.html", "{{ content }}\n"),
    ("_includes/note.html", "note\n"),
    ("assets/img/표지.png", "png"),
    (
        "_posts/2024-01-01-시작.md",
        "---\nlayout: post\ntitle: 시작하기\nauthor: kim\ntags: [클라우드, 'AWS']\ncover: 표지.png\n---\n\n\
         [설치](../docs/설치.md#설치-방법)와 [목차][toc], 각주[^1].\n\n![표지](/assets/img/표지.png)\n\n{% include note.html %}\n\n\
         [toc]: ../docs/index.md\n[^1]: 각주 내용\n",
    ),
    (
        "_posts/2024-01-02-다음.md",
        "---\nlayout: post\ntitle: \"다음 글\"\nauthor: lee\ntags:\n  - 클라우드\n---\n\n본문\n",
    ),
    (
        "docs/index.md",
        "---\ntitle: 목차\npermalink: /docs/\n---\n\n[설치 방법](설치.md#%EC%84%A4%EC%B9%98-%EB%B0%A9%EB%B2%95)\n",
    ),
    (
        "docs/설치.md",
        "---\ntitle: 설치\n---\n\n# 설치\n\n## 설치 방법\n\n[위](#설치) [목차](/docs/)\n\n### 준비\n\n## 설정\n",
    ),
    ("docs/other.md", "---\ntitle: Other\ntags: 클라우드 개발\n---\n\n<a href=\"설치.md\">설치</a>\n"),
];

fn site(capabilities: &Value) -> (tempfile::TempDir, Editor) {
    let dir = workspace(CONFIG);
    for (name, text) in FILES {
        write(dir.path(), name, text);
    }
    let mut editor = Editor::start(dir.path(), capabilities);
    for name in ["_posts/2024-01-01-시작.md", "docs/설치.md"] {
        let found = editor.open(&uri(dir.path(), name), text(name));
        assert_eq!(found, json!([]), "{name}");
    }
    (dir, editor)
}

fn text(name: &str) -> &'static str {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text).expect("a file")
}

/// The position in the middle of the first `word` of a file.
fn at(dir: &Path, name: &str, word: &str) -> Value {
    let text = text(name);
    let byte = text.find(word).unwrap_or_else(|| panic!("{word} in {name}"));
    let line = text[..byte].matches('\n').count();
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let column = text[start..byte].encode_utf16().count() + 1;
    json!({ "textDocument": { "uri": uri(dir, name) }, "position": { "line": line, "character": column } })
}

/// A place as `file:line text`, the text being that of the range.
fn shown(dir: &Path, place: &Value) -> String {
    let uri = place["uri"].as_str().expect("a URI");
    let path = percent_decode(uri.strip_prefix("file://").expect("a file"));
    let name = Path::new(&path).strip_prefix(dir).expect("inside").display().to_string();
    let text = fs::read_to_string(&path).expect("a file");
    let line = place["range"]["start"]["line"].as_u64().expect("a number") as usize;
    let units: Vec<u16> = text.lines().nth(line).unwrap_or_default().encode_utf16().collect();
    let column = |end: &str| place["range"][end]["character"].as_u64().expect("a number") as usize;
    format!("{name}:{} {}", line + 1, String::from_utf16_lossy(&units[column("start")..column("end").min(units.len())]))
}

fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let code = (*first == b'%').then(|| u8::from_str_radix(std::str::from_utf8(&others[..2]).expect("text"), 16));
        match code {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8(bytes).expect("text")
}

fn all(dir: &Path, places: &Value) -> Vec<String> {
    let mut all: Vec<String> = places.as_array().expect("a list").iter().map(|place| shown(dir, place)).collect();
    all.sort();
    all
}

const POST: &str = "_posts/2024-01-01-시작.md";
const PAGE: &str = "docs/설치.md";
const CLOUD: [&str; 3] =
    ["_posts/2024-01-01-시작.md:5 클라우드", "_posts/2024-01-02-다음.md:6 클라우드", "docs/other.md:3 클라우드"];

#[test]
fn places_lead_where_they_mean() {
    let (dir, mut editor) = site(&json!({}));
    let dir = dir.path();
    for (name, word, expected) in [
        (POST, "클라우드", &CLOUD[..]),
        (POST, "kim", &["_data/authors.yml:1 kim"]),
        (POST, "cover", &["matterlint.yaml:6 cover"]),
        (POST, "표지.png", &["assets/img/표지.png:1 "]),
        (POST, "layout", &["matterlint.yaml:2 post"][..0]),
        (POST, "설치](", &["docs/설치.md:7 설치 방법"]),
        (POST, "설치.md#", &["docs/설치.md:7 설치 방법"]),
        (POST, "toc], ", &["_posts/2024-01-01-시작.md:15 [toc]: ../docs/index.md"]),
        (POST, "index.md", &["docs/index.md:1 "]),
        (POST, "^1].", &["_posts/2024-01-01-시작.md:16 [^1]:"]),
        (POST, "note.html", &["_includes/note.html:1 "]),
        (PAGE, "#설치)", &["docs/설치.md:5 설치"]),
        (PAGE, "/docs/", &["docs/index.md:1 "]),
        (PAGE, "title", &[]),
    ] {
        let places = editor.ask("textDocument/definition", at(dir, name, word));
        assert_eq!(all(dir, &places), expected, "{word} in {name}");
    }
    editor.quit();
}

#[test]
fn what_leads_to_a_place_is_found() {
    let (dir, mut editor) = site(&json!({}));
    let dir = dir.path();
    for (name, word, expected) in [
        (POST, "클라우드", &CLOUD[..]),
        (
            PAGE,
            "설치 방법",
            &[
                "_posts/2024-01-01-시작.md:9 ../docs/설치.md#설치-방법",
                "docs/index.md:6 설치.md#%EC%84%A4%EC%B9%98-%EB%B0%A9%EB%B2%95",
            ],
        ),
        (PAGE, "# 설치\n", &["docs/설치.md:9 #설치"]),
        (
            PAGE,
            "title",
            &[
                "_posts/2024-01-01-시작.md:9 ../docs/설치.md#설치-방법",
                "docs/index.md:6 설치.md#%EC%84%A4%EC%B9%98-%EB%B0%A9%EB%B2%95",
                "docs/other.md:6 설치.md",
                "docs/설치.md:9 #설치",
            ],
        ),
        (POST, "[toc]:", &["_posts/2024-01-01-시작.md:9 [목차][toc]"]),
    ] {
        let places = editor.ask("textDocument/references", at(dir, name, word));
        assert_eq!(all(dir, &places), expected, "{word} in {name}");
    }
    editor.quit();
}

#[test]
fn links_and_symbols_are_listed() {
    let (dir, mut editor) = site(&json!({}));
    let dir = dir.path();
    let links = editor.ask("textDocument/documentLink", json!({ "textDocument": { "uri": uri(dir, POST) } }));
    let targets =
        links.as_array().expect("a list").iter().map(|link| percent_decode(link["target"].as_str().expect("a URI")));
    let mut targets: Vec<String> =
        targets.map(|target| target.rsplit('/').next().expect("a name").to_owned()).collect();
    targets.sort();
    assert_eq!(targets, ["index.md", "index.md", "note.html", "post.html", "설치.md", "표지.png", "표지.png"]);
    let symbols = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(dir, PAGE) } }));
    let top = &symbols[0];
    assert_eq!((&top["name"], top["children"].as_array().map(Vec::len)), (&json!("설치"), Some(2)));
    assert_eq!(
        (&top["children"][0]["name"], &top["children"][0]["children"][0]["name"]),
        (&json!("설치 방법"), &json!("준비"))
    );
    for (query, expected) in [("다음", vec!["다음 글"]), ("하기 시작", vec!["시작하기"]), ("없는 것", vec![])]
    {
        let pages = editor.ask("workspace/symbol", json!({ "query": query }));
        let names: Vec<&str> =
            pages.as_array().expect("a list").iter().filter_map(|page| page["name"].as_str()).collect();
        assert_eq!(names, expected, "{query}");
    }
    editor.quit();
}

/// Makes a workspace edit on disk. Gives the files with what they are then.
fn make(dir: &Path, edit: &Value) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for change in edit["documentChanges"].as_array().expect("a list") {
        let path = percent_decode(
            change["textDocument"]["uri"].as_str().expect("a URI").strip_prefix("file://").expect("a file"),
        );
        let text = fs::read_to_string(&path).expect("a file");
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        for edit in change["edits"].as_array().expect("a list").iter().rev() {
            let (start, end) = (&edit["range"]["start"], &edit["range"]["end"]);
            assert_eq!(start["line"], end["line"]);
            let line = &mut lines[start["line"].as_u64().expect("a number") as usize];
            let units: Vec<u16> = line.encode_utf16().collect();
            let column = |place: &Value| place["character"].as_u64().expect("a number") as usize;
            let (before, after) = (&units[..column(start)], &units[column(end)..]);
            *line = String::from_utf16_lossy(before)
                + edit["newText"].as_str().expect("text")
                + &String::from_utf16_lossy(after);
        }
        let text = lines.join("\n");
        fs::write(&path, &text).expect("written");
        files.push((Path::new(&path).strip_prefix(dir).expect("inside").display().to_string(), text));
    }
    files.sort();
    files
}

/// What the files are after the replacements, and no others.
fn expected(changes: &[(&str, &str, &str)]) -> Vec<(String, String)> {
    let mut files: std::collections::BTreeMap<String, String> = Default::default();
    for (name, old, new) in changes {
        let now = files.entry((*name).to_owned()).or_insert_with(|| text(name).to_owned());
        assert!(now.contains(old), "{old} in {name}");
        *now = now.replacen(old, new, 1);
    }
    files.into_iter().collect()
}

#[test]
fn a_term_is_renamed_on_all_pages_with_preview() {
    let (dir, mut editor) = site(&json!({ "workspace": { "workspaceEdit": { "changeAnnotationSupport": {} } } }));
    let dir = dir.path();
    let place = at(dir, POST, "클라우드");
    let prepared = editor.ask("textDocument/prepareRename", place.clone());
    assert_eq!(prepared["placeholder"], "클라우드");
    let mut params = place;
    params["newName"] = json!("cloud");
    let edit = editor.ask("textDocument/rename", params.clone());
    assert_eq!(
        edit["changeAnnotations"]["rename"],
        json!({ "label": "Rename to `cloud`", "description": "on 3 pages", "needsConfirmation": true })
    );
    assert_eq!(edit["documentChanges"][0]["edits"][0]["annotationId"], "rename");
    let versions: Vec<&Value> = edit["documentChanges"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|change| &change["textDocument"]["version"])
        .collect();
    assert_eq!(versions, [&json!(1), &Value::Null, &Value::Null], "what isn't open has no version");
    let changes = ["클라우드", "클라우드", "클라우드"].iter().zip([POST, "_posts/2024-01-02-다음.md", "docs/other.md"]);
    let changes: Vec<(&str, &str, &str)> = changes.map(|(old, name)| (name, *old, "cloud")).collect();
    assert_eq!(make(dir, &edit), expected(&changes));
    params["newName"] = json!("a\nb");
    assert_eq!(editor.answer("textDocument/rename", params)["error"]["code"], -32803);
    assert_eq!(editor.ask("textDocument/prepareRename", at(dir, POST, "각주[")), Value::Null);
    editor.quit();
}

#[test]
fn a_heading_is_renamed_with_the_anchors_that_lead_to_it() {
    let (dir, mut editor) = site(&json!({}));
    let dir = dir.path();
    let mut params = at(dir, PAGE, "설치 방법");
    assert_eq!(editor.ask("textDocument/prepareRename", params.clone())["placeholder"], "설치 방법");
    params["newName"] = json!("설치하는 법");
    let edit = editor.ask("textDocument/rename", params);
    assert_eq!(edit["changeAnnotations"], Value::Null, "the editor can't show them");
    assert_eq!(
        make(dir, &edit),
        expected(&[
            (PAGE, "## 설치 방법", "## 설치하는 법"),
            (POST, "#설치-방법", "#설치하는-법"),
            (
                "docs/index.md",
                "#%EC%84%A4%EC%B9%98-%EB%B0%A9%EB%B2%95",
                "#%EC%84%A4%EC%B9%98%ED%95%98%EB%8A%94-%EB%B2%95"
            ),
        ])
    );
    editor.quit();
}

#[test]
fn links_follow_a_page_and_an_image_that_move() {
    let (dir, mut editor) = site(&json!({ "workspace": { "fileOperations": { "willRename": true } } }));
    let dir = dir.path();
    let filters = &editor.capabilities["workspace"]["fileOperations"]["willRename"]["filters"];
    assert_eq!(filters[0]["scheme"], "file");
    let mut rename = |old: &str, new: &str| {
        let file = json!({ "oldUri": uri(dir, old), "newUri": uri(dir, new) });
        editor.ask("workspace/willRenameFiles", json!({ "files": [file] }))
    };
    assert_eq!(
        make(dir, &rename(PAGE, "docs/가이드/install.md")),
        expected(&[
            (POST, "../docs/설치.md", "../docs/가이드/install.md"),
            ("docs/index.md", "(설치.md", "(가이드/install.md"),
            ("docs/other.md", "\"설치.md\"", "\"가이드/install.md\""),
        ])
    );
    assert_eq!(rename("docs/none.md", "docs/x.md"), Value::Null);
    let moved = rename("assets/img/표지.png", "assets/img/cover.png");
    let edits = &moved["documentChanges"][0]["edits"];
    let texts: Vec<&str> =
        edits.as_array().expect("a list").iter().filter_map(|edit| edit["newText"].as_str()).collect();
    assert_eq!(texts, ["cover.png", "/assets/img/cover.png"]);
    editor.quit();
}

#[test]
fn destinations_are_completed() {
    let (dir, mut editor) = site(&json!({}));
    let dir = dir.path();
    let page = uri(dir, "docs/new.md");
    let mut complete = |line: &str| {
        editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": page } }));
        editor.open(&page, &format!("{line}\n"));
        let position = json!({ "line": 0, "character": line.encode_utf16().count() });
        let items =
            editor.ask("textDocument/completion", json!({ "textDocument": { "uri": page }, "position": position }));
        items
            .as_array()
            .expect("a list")
            .iter()
            .map(|item| item["label"].as_str().expect("a label").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(complete("[x](설"), ["index.md", "other.md", "설치.md"]);
    assert_eq!(complete("[x](설치.md#"), ["설치", "설치-방법", "준비", "설정"]);
    assert_eq!(complete("![x](../assets/img/"), ["표지.png"]);
    editor.quit();
}
