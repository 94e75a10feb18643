//! Tests of the phrases that are placeholders.

use super::*;
use crate::checks::support::testing::create;
use crate::content::ContentType;
use crate::data::typed;
use crate::site::Site;
use crate::source::Source;

/// What the rule marks in `text` with `options`: the marked texts of each finding.
fn marked(text: &str, options: &str) -> Vec<Vec<String>> {
    let source = Source::new("post.md", text.as_bytes().to_vec());
    let doc = Document::parse(&source);
    let check = create("phrases", typed::from_yaml(options).expect("YAML")).expect("known").expect("fits");
    let mut found = Findings::default();
    let (content, site) = (ContentType::default(), Site::alone());
    check.check(&Context::new(&doc, &content, &site), &mut found);
    let spans = |finding: crate::checks::finding::Finding| {
        let others = finding.also_at.iter().copied();
        std::iter::once(finding.span).chain(others).map(|span| source.slice(span).to_owned()).collect()
    };
    found.into_findings().into_iter().map(spans).collect()
}

fn one(text: &str) -> String {
    let found = marked(text, "{ languages: auto }");
    assert_eq!((found.len(), found.first().map_or(0, Vec::len)), (1, 1), "{text:?}: {found:?}");
    found[0][0].clone()
}

fn none(text: &str) {
    assert_eq!(marked(text, "{ languages: auto }"), Vec::<Vec<String>>::new(), "{text:?}");
}

#[test]
fn a_phrase_is_found_in_every_spelling() {
    for (text, shown) in [
        ("자료\u{a0}: ( 추후 업데이트 )", "( 추후 업데이트 )"),
        ("자료\u{a0}:\u{a0}(\u{a0}추후\u{a0} 업데이트 )", "(\u{a0}추후\u{a0} 업데이트 )"),
        ("자료　：（추후　업데이트）", "（추후　업데이트）"),
        ("자료 : 추후 업데이트예정", "추후 업데이트예정"),
        ("자료는 내일 추후업데이트", ""),
        ("추후업데이트", "추후업데이트"),
        ("추후 업데이트 하겠습니다.", "추후 업데이트 하겠습니다"),
        ("- 자료 : (추후 업데이트)", "(추후 업데이트)"),
        ("> 자료 : (추후 업데이트)", "(추후 업데이트)"),
        ("자료 : **(추후 업데이트)**", "(추후 업데이트)"),
        ("자료 : (*추후* 업데이트)", "(*추후* 업데이트)"),
        ("자료 : [추후 업데이트](x.html)", "추후 업데이트"),
        ("## 3장 (작성 중)", "(작성 중)"),
        ("## 작성 중\n\n### 다룰 내용\n\n- 설치", "작성 중"),
        ("## **ＴＢＤ**", "ＴＢＤ"),
        (r"\[TODO\]", r"\[TODO\]"),
        ("TODO: say more", "TODO: say more"),
        ("TODO - say more", "TODO - say more"),
        ("TODO：もう少し", "TODO：もう少し"),
        ("TODO add a picture", "TODO add a picture"),
        ("![TODO: the stage](x.png)", "TODO: the stage"),
        ("![사진 첨부 예정](x.png)", "사진 첨부 예정"),
        ("- [추후 작성 예정](#)", "추후 작성 예정"),
        ("- (작성 예정)", "(작성 예정)"),
        ("- 추후 작성 예정", "추후 작성 예정"),
        ("- To be announced later", "To be announced later"),
        ("a | b\n--|--\nSeoul (coming soon) | z", "(coming soon)"),
        ("正文。\n\n未完待续，下周见。", "未完待续"),
        ("**FIXME:** say more", "FIXME:** say more"),
        ("Slides: coming\u{a0}soon!", "coming\u{a0}soon"),
    ] {
        if shown.is_empty() {
            none(text);
        } else {
            assert_eq!(one(text), shown);
        }
    }
}

#[test]
fn comments_do_not_count_as_text() {
    let comment = format!("<!-- {} -->", "why it is still missing ".repeat(8));
    for (text, shown) in [
        (format!("Slides: TBD {comment}"), "TBD"),
        (format!("Slides: TBD{comment}{comment}"), "TBD"),
        (format!("Slides: {comment} TBD"), "TBD"),
        (format!("TODO: say more {comment}"), "TODO: say more"),
        (format!("자료 : ( 추후 업데이트 ) {comment}"), "( 추후 업데이트 )"),
    ] {
        assert_eq!(one(&text), shown, "{text}");
    }
    let line = format!("Diat : ( päivitetään ) {comment}");
    assert_eq!(marked(&[line.as_str(); 3].join("\n\n"), "{ min-repetitions: 3 }"), [["( päivitetään )"; 3]]);
    none(&format!("Slides are long since there, so nothing is TBD here {comment}"));
}

#[test]
fn decomposed_letters_are_found() {
    let text = crate::text::similarity::to_nfd("자료 : (추후 업데이트)");
    assert_eq!(one(&text), crate::text::similarity::to_nfd("(추후 업데이트)"));
}

#[test]
fn a_repeated_placeholder_is_one_finding() {
    let text = "하나\n자료\u{a0}: ( 추후 업데이트 )\n\n둘\n자료 : ( 추후 업데이트 )\n셋\n\n자료 : (추후  업데이트)\n";
    let shown = ["( 추후 업데이트 )", "( 추후 업데이트 )", "(추후  업데이트)"];
    assert_eq!(marked(text, "{ languages: auto }"), [shown.map(str::to_owned).to_vec()]);
}

#[test]
fn repeated_labels_are_found_in_any_language() {
    let options = "{ min-repetitions: 3 }";
    let text = "A\nDiat : ( päivitetään )\n\nB\n**Diat**: (päivitetään)\n\n- Diat :\u{a0}（päivitetään） \n";
    assert_eq!(marked(text, options), [["( päivitetään )", "(päivitetään)", "（päivitetään）"]]);
    for text in [
        "Diat: (a b)\n\nDiat: (a b)",
        "Diat: (a b)\n\nKuva: (a b)\n\nDiat: (a c)",
        "정답: (가)\n\n정답: (가)\n\n정답: (가)",
        "At: (p. 3)\n\nAt: (p. 3)\n\nAt: (p. 3)",
        "Options: (DC O)\n\nOptions: (DC O)\n\nOptions: (DC O)",
        "At: ([ab](x))\n\nAt: ([ab](x))\n\nAt: ([ab](x))",
        "At: (`ab`)\n\nAt: (`ab`)\n\nAt: (`ab`)",
        "(ab)\n\n(ab)\n\n(ab)",
    ] {
        assert!(marked(text, options).is_empty(), "{text}");
    }
}

#[test]
fn other_phrases_are_not_reported() {
    for text in [
        "`TODO`",
        "Use `TBD`.",
        "todo",
        "# Todo",
        "```\nTODO\n```",
        "    TODO",
        "<!-- TODO -->",
        "placeholder",
        "(link)",
        "# Highlighting TODO comments",
        "It is coming soon to a theatre near you.",
        "\"Coming soon\"",
        "WIP",
        "XXX",
        "???",
        "Will be added in the next release, they say.",
        "회의 준비 중에 생긴 일을 적어 본다.",
        "새 기능은 추후 업데이트에서 만나요.",
        "다음 달에 공개할 예정입니다.",
        "記事を作成中に消えた。",
        "(optional)",
        "(edited)",
        "TODO list",
        "## TODO\n\n- Buy milk",
        "# TODO\n\n## Milk",
        "### To be continued\n\n[Part 2](2.md)",
        "- TODO",
        "- TODO: say more",
        "- Coming soon",
        "![Under construction](under-construction.png)",
        "x | y\n--|--\n待定 | z",
        "- Will be updated later:",
        "Status: under construction",
        "Состояние проекта: в разработке",
        "x | y\n--|--\nTBD | z",
        "https://example.com/TODO",
        "[a](TODO)",
        "What about TODO?",
        "No: TODO: it isn't",
    ] {
        none(text);
    }
}

#[test]
fn languages_follow_the_document() {
    none("更新予定");
    assert_eq!(one("これは\n\n更新予定"), "更新予定");
    assert_eq!(one("正文\n\n待补充"), "待补充");
    none("これはこれはこれは\n\n待补充");
    none("Im Aufbau");
    assert_eq!(marked("Im Aufbau", "{ languages: [de] }"), [["Im Aufbau"]]);
}

#[test]
fn options_add_and_remove_phrases() {
    let options = "{ languages: auto, list-items: true }";
    assert_eq!(marked("- [ ] TBD\n- TODO: x", options), [["TBD"], ["TODO: x"]]);
    assert_eq!(marked("- TODO: to be done\n- FIXME: to be fixed", options), Vec::<Vec<String>>::new());
    assert_eq!(marked("- Warnings\n- TODO\n- Documentation", options), Vec::<Vec<String>>::new());
    assert_eq!(marked("a | b\n--|--\nTBD | z", "{ languages: auto, table-cells: true }"), [["TBD"]]);
    assert_eq!(marked("TBD\n\nTODO: x\n\nTBA", "{ languages: auto, ignore: [TBD, TODO] }"), [["TBA"]]);
    assert_eq!(marked("TBD\n\n(TBD)\n\nx (TBD)", "{ languages: auto, positions: [bracket] }"), [["(TBD)"]]);
    assert_eq!(
        marked("Ask Bob\n\nTBD\n\nXXX: y", "{ phrases: [ask (bob|ann)], keywords: [XXX] }"),
        [["Ask Bob"], ["XXX: y"]]
    );
    for wrong in ["{ extend-phrases: ['(a'] }", "{ languages: [en, xx] }", "{ languages: all }"] {
        assert!(create("phrases", typed::from_yaml(wrong).expect("YAML")).expect("known").is_err(), "{wrong}");
    }
}

#[test]
fn every_phrase_file_matches_its_examples() {
    for (language, matches, leaves) in phrase_set::examples() {
        let options = format!("{{ languages: [en, {language}] }}");
        for line in matches {
            assert_eq!(marked(&line, &options).len(), 1, "{language}: {line}");
        }
        for line in leaves {
            assert_eq!(marked(&line, &options).len(), 0, "{language}: {line}");
        }
    }
}
