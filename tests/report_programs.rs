//! What programs read: each format through a reader of its own.

use matterlint::diagnostic::{Diagnostic, Edit, Fix, FixEffect, Label, Level, Omitted};
use matterlint::report::{FileReport, Format, Report, RuleNote, Style, write};
use matterlint::source::{Source, Span};
use serde_json::Value;

const TEXT: &str = "---\ntitle: 안녕 😀\n---\n\n나중에 채울 곳\n나중에 채울 곳\n";

#[test]
fn json_holds_true_places() {
    let json = parse(&render(Format::Json, &sample()));
    assert_eq!(json["version"], 1);
    assert_eq!(json["summary"], serde_json::json!({ "files": 3, "errors": 1, "warnings": 2, "fixable": 1 }));
    let found = json["diagnostics"].as_array().expect("an array");
    for diagnostic in found {
        for place in [&diagnostic["start"], &diagnostic["end"]] {
            let byte = number(place, "byte");
            let line = TEXT[..byte].matches('\n').count() + 1;
            let before = &TEXT[TEXT[..byte].rfind('\n').map_or(0, |at| at + 1)..byte];
            assert_eq!(number(place, "line"), line);
            assert_eq!(number(place, "column"), before.chars().count() + 1);
            assert_eq!(number(place, "utf16"), before.encode_utf16().count() + 1);
        }
    }
    let slice = |place: &Value| &TEXT[number(&place["start"], "byte")..number(&place["end"], "byte")];
    assert_eq!(slice(&found[0]), "😀");
    assert_eq!(number(&found[0]["end"], "utf16") - number(&found[0]["start"], "utf16"), 2);
    assert_eq!(slice(&found[0]["labels"][1]), "title");
    assert_eq!(found[0]["fix"]["edits"][0]["insert"], ":)");
    assert_eq!(slice(&found[0]["fix"]["edits"][0]), "😀");
}

#[test]
fn json_leaves_out_what_is_empty_and_keeps_its_order() {
    let out = render(Format::Jsonl, &sample());
    let second = out.lines().nth(1).expect("a second line");
    let expected = r#"{"path":"_posts/a b.md","rule":"leftover-placeholder","level":"warning","message":"still to be filled in","start":{"byte":28,"line":5,"column":1,"utf16":1},"end":{"byte":37,"line":5,"column":4,"utf16":4},"fingerprint":""#;
    assert!(second.starts_with(expected), "{second}");
    let document = parse(&render(Format::Json, &sample()));
    let lines: Vec<Value> = out.lines().map(parse).collect();
    assert_eq!(Value::from(lines), document["diagnostics"]);
}

#[test]
fn fingerprints_differ_within_a_file_and_stay_when_lines_move() {
    let prints = |report: &Report| -> Vec<Value> {
        render(Format::Jsonl, report).lines().map(|line| parse(line)["fingerprint"].clone()).collect()
    };
    let before = prints(&sample());
    let mut unique = before.iter().map(ToString::to_string).collect::<Vec<_>>();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());

    let mut moved = sample();
    let file = &mut moved.files[0];
    file.source = Source::new(file.source.path().to_owned(), format!("\n\n{TEXT}").into_bytes());
    for diagnostic in &mut file.diagnostics {
        diagnostic.span = diagnostic.span.shift(2);
    }
    assert_eq!(prints(&moved), before);
    let gitlab = parse(&render(Format::Gitlab, &sample()));
    let same: Vec<Value> = gitlab.as_array().expect("an array").iter().map(|i| i["fingerprint"].clone()).collect();
    assert_eq!(same, before);
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_text_keeps_its_bytes() {
    use std::os::unix::ffi::OsStringExt;
    let path = std::ffi::OsString::from_vec(b"a\xff.md".to_vec());
    let mut report = sample();
    report.files[0].source = Source::new(path, TEXT.as_bytes().to_vec());
    let first = parse(render(Format::Jsonl, &report).lines().next().expect("a line"));
    assert_eq!((&first["path"], &first["path_bytes"]), (&"a\u{fffd}.md".into(), &"Yf8ubWQ=".into()));
    let sarif = parse(&render(Format::Sarif, &report));
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%FF.md");
    assert!(render(Format::Concise, &report).starts_with("a\\xFF.md:2:11: error["));
}

#[test]
fn sarif_says_where_in_every_result() {
    let mut report = sample();
    report.errors.push("`c.md` could not be read".into());
    report.rules.push(RuleNote {
        id: "some-rule".into(),
        summary: "A sentence.".into(),
        page: "Why.".into(),
        url: Some("https://example.org/some-rule/".into()),
    });
    let log = parse(&render(Format::Sarif, &report));
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["columnKind"]), (&"2.1.0".into(), &"unicodeCodePoints".into()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let rules = run["tool"]["driver"]["rules"].as_array().expect("an array");
    let results = run["results"].as_array().expect("an array");
    assert_eq!(results.len(), 3);
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "_posts/a%20b.md");
        assert!(number(&place["region"], "startLine") > 0);
        assert_eq!(rules[number(result, "ruleIndex")]["id"], result["ruleId"]);
        assert!(result["partialFingerprints"]["matterlint/v1"].is_string());
    }
    assert_eq!(rules[1]["help"]["markdown"], "Why.");
    assert_eq!(rules[1]["helpUri"], "https://example.org/some-rule/");
    assert_eq!(rules[0]["helpUri"], Value::Null);
    let json = parse(&render(Format::Json, &report));
    assert_eq!(json["diagnostics"][0]["url"], "https://example.org/some-rule/");
    assert_eq!(json["diagnostics"][1]["url"], Value::Null);
    assert_eq!(results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], ":)");
}

#[test]
fn rdjson_counts_bytes() {
    let json = parse(&render(Format::Rdjson, &sample()));
    let first = &json["diagnostics"][0];
    assert_eq!(first["location"]["range"]["start"], serde_json::json!({ "line": 2, "column": 15 }));
    assert_eq!(first["suggestions"][0]["text"], ":)");
}

#[test]
fn github_reads_back_what_was_meant() {
    let mut report = sample();
    let hostile = "50% of\n::error::this, that: and %0A";
    report.files[0].diagnostics[0].message = hostile.into();
    report.files[0].source = Source::new("a,b:c%\n::error::d.md", TEXT.as_bytes().to_vec());
    let out = render(Format::Github, &report);
    assert_eq!(out.lines().count(), 3);
    for line in out.lines() {
        let (command, properties, data) = github_command(line).expect("each line is one command");
        assert!(["error", "warning"].contains(&command.as_str()), "{command}");
        let of = |name: &str| properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        assert_eq!(of("file"), Some("a,b:c%\n::error::d.md"));
        assert_eq!(properties.len(), 6);
        if command == "error" {
            assert!(data.ends_with(hostile), "{data}");
            assert_eq!((of("line"), of("col"), of("title")), (Some("2"), Some("11"), Some("some-rule")));
        }
    }
}

#[test]
fn github_shows_errors_first_and_counts_what_the_page_leaves_out() {
    let mut report = sample();
    let warning = report.files[0].diagnostics[1].clone();
    report.files[0].diagnostics.splice(0..0, std::iter::repeat_n(warning, 20));
    let out = render(Format::Github, &report);
    let commands: Vec<String> = out.lines().filter_map(github_command).map(|(command, ..)| command).collect();
    assert_eq!((commands[0].as_str(), commands[22].as_str(), commands[23].as_str()), ("error", "warning", "notice"));
    assert!(out.ends_with("::12 findings not shown here; see the log of this step\n"), "{out}");
}

#[test]
fn azure_reads_back_what_was_meant() {
    let mut report = sample();
    report.files[0].diagnostics[0].message = "50%;\r\n##vso[task.complete]".into();
    report.files[0].source = Source::new("a;b]c%.md", TEXT.as_bytes().to_vec());
    let out = render(Format::Azure, &report);
    let line = out.lines().next().expect("a line");
    let rest = line.strip_prefix("##vso[task.logissue ").expect("a logging command");
    let (properties, data) = rest.split_once(']').expect("the end of the properties");
    let read = |text: &str| {
        let text = text.replace("%3B", ";").replace("%0D", "\r").replace("%0A", "\n").replace("%5D", "]");
        text.replace("%AZP25", "%")
    };
    let properties: Vec<(&str, String)> = properties
        .split(';')
        .filter_map(|property| property.split_once('='))
        .map(|(key, value)| (key, read(value)))
        .collect();
    assert_eq!(properties[1], ("sourcepath", "a;b]c%.md".to_owned()));
    assert_eq!(read(data), "50%;\r\n##vso⟦task.complete]");
}

#[test]
fn xml_is_well_formed_whatever_is_in_it() {
    let mut report = sample();
    let hostile = "\u{1b}[31m ]]> <a b='c'> & \" \u{fffe}\u{ffff}\u{1} 한글";
    report.files[0].diagnostics[0].message = hostile.into();
    report.files[0].diagnostics[0].help = Some(hostile.into());
    report.files[0].source = Source::new("a<\"&>\n'.md", TEXT.as_bytes().to_vec());
    report.errors.push(hostile.into());
    for format in [Format::Junit, Format::Checkstyle] {
        let out = render(format, &report);
        let values = well_formed(&out).unwrap_or_else(|fault| panic!("{fault}\n{out}"));
        assert!(values.iter().any(|value| value == "a<\"&>␊'.md"), "{values:?}");
        assert!(values.iter().any(|value| value == "␛[31m ]]> <a b='c'> & \" \u{fffd}\u{fffd}␁ 한글"), "{values:?}");
    }
    let clean = render(Format::Junit, &Report { checked: 4, ..Report::default() });
    assert!(well_formed(&clean).is_ok() && clean.contains("No problems in 4 files"), "{clean}");
}

#[test]
fn every_format_has_a_word() {
    for (word, format) in Format::WORDS {
        assert_eq!(word.parse(), Ok(*format));
    }
    assert!("xml".parse::<Format>().expect_err("no such format").to_string().contains("checkstyle"));
}

fn sample() -> Report {
    let finding = |rule: &str, level, message: &str, at: usize, marked: &str| Diagnostic {
        rule: rule.into(),
        level,
        message: message.into(),
        span: Span::new(at, at + marked.len()),
        label: None,
        also_at: vec![],
        pages: None,
        labels: vec![],
        help: None,
        fix: None,
    };
    let face = TEXT.find("😀").expect("a face");
    let mut first = finding("some-rule", Level::Error, "a face", face, "😀");
    first.label = Some("here".into());
    first.labels.push(Label { span: Span::new(4, 9), text: "in this field".into() });
    first.fix = Some(Fix {
        title: "put `:)`".into(),
        safe: true,
        edits: vec![Edit::replace(first.span, ":)")],
        effect: FixEffect::Spelling,
    });
    let later = TEXT
        .match_indices("나중에")
        .map(|(at, marked)| finding("leftover-placeholder", Level::Warning, "still to be filled in", at, marked));
    let diagnostics = std::iter::once(first).chain(later).collect();
    let source = Source::new("_posts/a b.md", TEXT.as_bytes().to_vec());
    Report {
        files: vec![FileReport { source, diagnostics, omitted: Omitted::default() }],
        checked: 3,
        ..Report::default()
    }
}

fn render(format: Format, report: &Report) -> String {
    let mut out = Vec::new();
    write(format, &mut out, report, &Style::default()).expect("a vector can be written to");
    String::from_utf8(out).expect("output is UTF-8")
}

fn parse(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

fn number(value: &Value, member: &str) -> usize {
    usize::try_from(value[member].as_u64().expect("a number")).expect("small")
}

type GithubCommand = (String, Vec<(String, String)>, String);

/// A command, its properties and its text, as `ActionCommand.TryParseV2` of GitHub's runner reads a line.
fn github_command(line: &str) -> Option<GithubCommand> {
    let (head, data) = line.trim_start().strip_prefix("::")?.split_once("::")?;
    let (command, properties) = head.split_once(' ').unwrap_or((head, ""));
    let data_of = |text: &str| text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property_of = |text: &str| data_of(&text.replace("%3A", ":").replace("%2C", ","));
    let properties = properties.split(',').filter_map(|property| property.split_once('='));
    let properties = properties.map(|(key, value)| (key.to_owned(), property_of(value))).collect();
    Some((command.to_owned(), properties, data_of(data)))
}

/// Reads the little XML that these formats need, strictly. Gives all attribute values, decoded.
fn well_formed(xml: &str) -> Result<Vec<String>, String> {
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(bad) = xml.chars().find(|&c| !allowed(c)) {
        return Err(format!("character {bad:?}"));
    }
    let mut values = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let body = xml.split_once("?>").ok_or("no declaration")?.1;
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').ok_or("an open tag")?;
        if text.contains('>') {
            return Err(format!("a bare > in {text}"));
        }
        decode(text)?;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (name, mut attributes) = tag.trim_end_matches('/').split_once(' ').unwrap_or((tag, ""));
        while let Some((_, rest)) = attributes.split_once("=\"") {
            let (value, rest) = rest.split_once('"').ok_or("an open value")?;
            values.push(decode(value)?);
            attributes = rest;
        }
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(values) } else { Err(format!("{open:?} stay open")) }
}

fn decode(text: &str) -> Result<String, String> {
    let mut pieces = text.split('&');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once(';').ok_or_else(|| format!("a bare & in {text}"))?;
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            _ => return Err(format!("no entity {name}")),
        });
        out.push_str(rest);
    }
    Ok(out)
}
