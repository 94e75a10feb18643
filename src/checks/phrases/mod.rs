//! A phrase that is used as a placeholder: alone on its line, in brackets, after a label.

mod context;
mod endings;
mod languages;
mod last_line;
mod links;
mod notation;
mod phrase_set;
mod placeholder;
mod position;
mod repeated_label;
mod script;

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::phrases::languages::Languages;
use crate::checks::phrases::notation::{Phrase, WordLists};
use crate::checks::phrases::phrase_set::PhraseSet;
use crate::checks::phrases::placeholder::{Placeholder, add_repeated_label, report_repeated_label, shorten};
use crate::checks::phrases::position::Position;
use crate::checks::phrases::script::DetectedLanguage;
use crate::document::Document;
use crate::document::body::{BlockKind, LeafBlock, Line};
use crate::document::prose::{VisibleText, text_without_html};
use serde::Deserialize;
use std::sync::OnceLock;

/// Options: which phrases, and where.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Phrases {
    /// The languages whose built-in phrases are searched for.
    languages: Languages,
    /// The positions that are reported; all if empty.
    positions: Vec<Position>,
    /// The rule's own phrases.
    phrases: Vec<ConfiguredPhrase>,
    /// Phrases that a site adds.
    extend_phrases: Vec<ConfiguredPhrase>,
    /// Words before a colon at the start of a line, like `TODO:`.
    keywords: Vec<String>,
    /// Phrases that aren't reported.
    ignore: Vec<ConfiguredPhrase>,
    /// Whether a whole list item may be a placeholder; a single word is often one of several kinds.
    list_items: bool,
    /// Whether to check tables, where a single word in a cell is often data.
    table_cells: bool,
    /// The minimum number of times that a label is repeated with the same bracketed text to be reported; 0 for never.
    min_repetitions: usize,
    /// The message, with `{}` where the phrase goes.
    message: Option<String>,
    /// The help.
    help: Option<String>,
    #[serde(skip)]
    phrase_set: OnceLock<PhraseSet>,
}

/// The minimum length of a table cell that is searched where a single word is data, in bytes.
const MIN_CELL_LEN: usize = 9;

/// A phrase in a config, parsed when the config is loaded.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
struct ConfiguredPhrase(Phrase);

impl TryFrom<String> for ConfiguredPhrase {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Phrase::parse(&text, &WordLists::new()).map(Self)
    }
}

impl Check for Phrases {
    fn check(&self, cx: &Context, found: &mut Findings) {
        if context::is_task_list(cx.doc) {
            return;
        }
        let phrase_set = self.phrase_set.get_or_init(|| self.phrase_set());
        let language = DetectedLanguage::new(cx.doc);
        let mut placeholders: Vec<Placeholder> = Vec::new();
        let body = &cx.doc.body;
        let active = phrase_set.active(&language);
        let mut repeated_labels: Vec<Placeholder> = Vec::new();
        for (index, block) in body.blocks.iter().enumerate() {
            for line in body.lines_of(block) {
                let raw = text_without_html(cx.doc.source, &line);
                let raw = raw.trim();
                // A shorter cell is data.
                if !self.checks_block(block) && raw.len() < MIN_CELL_LEN {
                    continue;
                }
                let may_hold = active.may_match(cx.doc, &line, raw);
                let hit = may_hold.then(|| self.placeholder(phrase_set, cx.doc, &line, &language)).flatten();
                let is_reported = |hit: &Placeholder| {
                    self.is_reported(cx.doc, index, hit)
                        && !context::is_past_announcement(cx, &hit.text)
                        && !context::is_about_a_link(cx.doc, &line, hit)
                        && !context::is_taught_below(cx.doc, index, &line, hit)
                        && !context::is_explained(cx.doc, &hit.text)
                };
                let Some(hit) = hit.filter(is_reported) else {
                    if self.min_repetitions > 0
                        && self.checks_block(block)
                        && repeated_label::may_be_repeated_label(raw)
                    {
                        add_repeated_label(cx.doc, &line, &mut repeated_labels);
                    }
                    continue;
                };
                placeholder::add(hit, &mut placeholders);
            }
        }
        self.add_last_line(phrase_set, cx.doc, &language, &mut placeholders);
        self.add_links(phrase_set, &active, cx.doc, &language, &mut placeholders);
        for placeholder in placeholders {
            self.report(&placeholder, cx.doc, found);
        }
        for label in repeated_labels.iter().filter(|label| label.spans.len() >= self.min_repetitions) {
            report_repeated_label(label, cx.doc, found);
        }
    }
}

impl Phrases {
    fn phrase_set(&self) -> PhraseSet {
        let mut phrase_set = PhraseSet::default();
        match &self.languages {
            Languages::None => {}
            Languages::Auto => phrase_set.add_built_in(|_| true, true),
            Languages::Listed(codes) => phrase_set.add_built_in(|code| codes.iter().any(|known| known == code), false),
        }
        let own = self.phrases.iter().chain(&self.extend_phrases).map(|ConfiguredPhrase(phrase)| phrase);
        phrase_set.add_custom(own, &self.keywords);
        let ignored: Vec<Phrase> = self.ignore.iter().map(|ConfiguredPhrase(phrase)| phrase.clone()).collect();
        phrase_set.ignore(&ignored);
        phrase_set
    }

    /// Whether a phrase in this position of block `index` is a placeholder, as far as its context shows.
    fn is_reported(&self, doc: &Document<'_>, index: usize, hit: &Placeholder) -> bool {
        let Some(block) = doc.body.blocks.get(index) else { return false };
        let is_whole = matches!(hit.position, Position::Line | Position::Marker);
        // A status that is one of several, such as `Work in progress` on an agenda, isn't in brackets.
        let is_value = !self.checks_block(block) || !self.list_items && block.in_item && is_whole;
        (!is_value || hit.unambiguous) && !context::has_context(doc, index, hit.position)
    }

    fn checks_block(&self, block: &LeafBlock) -> bool {
        self.table_cells || !matches!(block.kind, BlockKind::TableCell { .. })
    }

    fn checks_position(&self, position: Position) -> bool {
        self.positions.is_empty() || self.positions.contains(&position)
    }

    fn placeholder(
        &self,
        phrase_set: &PhraseSet,
        doc: &Document<'_>,
        line: &Line<'_>,
        language: &DetectedLanguage<'_>,
    ) -> Option<Placeholder> {
        let prose = VisibleText::from_line(doc.source, line);
        let text = prose.text();
        if self.checks_position(Position::Marker) && phrase_set.has_marker(text) {
            let (text, spans) = (text.to_owned(), vec![prose.span(0..text.len())]);
            return Some(Placeholder { position: Position::Marker, text, spans, unambiguous: false });
        }
        let heading = matches!(line.block.kind, BlockKind::Heading(_));
        let hit = position::candidates(text, heading)
            .into_iter()
            .find(|one| self.checks_position(one.position) && phrase_set.matches(&text[one.core.clone()], language))
            .filter(|one| !context::is_part_of_sentence(text, one))?;
        let unambiguous = position::is_unambiguous(text, &hit);
        let span = prose.span(hit.displayed);
        Some(Placeholder {
            position: hit.position,
            text: text[hit.core].to_lowercase(),
            spans: vec![span],
            unambiguous,
        })
    }

    fn report(&self, placeholder: &Placeholder, doc: &Document<'_>, found: &mut Findings) {
        let Some((&first, others)) = placeholder.spans.split_first() else { return };
        let shown = shorten(doc.slice(first));
        let message = match &self.message {
            Some(message) => message.replace("{}", &shown),
            None if placeholder.position == Position::Marker => format!("TODO comment `{shown}`"),
            None if others.is_empty() => format!("placeholder text `{shown}`"),
            None => format!("placeholder text `{shown}` in {} places", placeholder.spans.len()),
        };
        let help = self.help.as_deref().unwrap_or(match placeholder.position {
            Position::Marker => "resolve it, or remove the note",
            _ => "add the content, or remove the note",
        });
        let finding = found.at(first, message);
        finding.label_primary("placeholder").help(help);
        for &span in others {
            finding.also_at(span);
        }
    }
}

#[cfg(test)]
mod tests {
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
        check.check(&Context { doc: &doc, content: &content, site: &site }, &mut found);
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
        let text =
            "하나\n자료\u{a0}: ( 추후 업데이트 )\n\n둘\n자료 : ( 추후 업데이트 )\n셋\n\n자료 : (추후  업데이트)\n";
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
}
