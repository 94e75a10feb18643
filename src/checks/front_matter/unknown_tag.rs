//! A tag, category or author that isn't an allowed value.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::{fields, vocabulary};
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnknownTag {}

impl Check for UnknownTag {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let Some(front) = &cx.doc.front_matter else { return };
        for field_value in fields::field_values(cx).into_iter().take(fields::MAX_ITEMS) {
            if let Some(terms) =
                vocabulary::for_value(&field_value).filter(|terms| vocabulary::is_taxonomy(&field_value, terms))
            {
                vocabulary::report_unknown_value(&field_value, terms, front, found);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, only, run, shape, tags, vocabulary};
    use crate::content::{ContentType, ValueConstraints};
    use crate::data::field_type::FieldType;

    fn post() -> ContentType {
        let terms = ["aws", "development", "meetup", "open source", "개발", "블록체인"];
        content([("tags", tags(&terms, &[("dev", "development"), ("AWS Cloud", "aws")]))])
    }

    fn tag(written: &str) -> crate::checks::support::testing::TestFinding {
        only("unknown-tag", &post(), &format!("---\r\ntags: [aws, {written}]\r\n---\r\n"))
    }

    #[test]
    fn an_alias_is_replaced() {
        let seen = tag("dev");
        assert_eq!((seen.marked.as_str(), seen.message.as_str()), ("dev", "unknown tag `dev`; use `development`"));
        assert_eq!(seen.safely(), "---\r\ntags: [aws, development]\r\n---\r\n");
        let seen = only("unknown-tag", &post(), "---\ntags: [meetup, aws-cloud]\n---\n");
        assert_eq!(seen.safely(), "---\ntags: [meetup, aws]\n---\n");
    }

    #[test]
    fn what_is_already_in_the_list_is_removed() {
        let seen = tag("aws-cloud");
        assert_eq!(
            (seen.message.as_str(), seen.help.as_str()),
            ("unknown tag `aws-cloud`; use `aws`", "remove it: `aws` is already in the list",)
        );
        assert_eq!(seen.unsafely(), "---\r\ntags: [aws]\r\n---\r\n");
        let first = only("unknown-tag", &post(), "---\ntags: [dev, development]\n---\n");
        assert_eq!(first.unsafely(), "---\ntags: [development]\n---\n");
        let lines = only("unknown-tag", &post(), "---\ntags:\n  - aws\n  - Aws\ntitle: x\n---\n");
        assert_eq!(lines.unsafely(), "---\ntags:\n  - aws\ntitle: x\n---\n");
        let toml = only("unknown-tag", &post(), "+++\ntags = [\"AWS\", 'aws']\n+++\n");
        assert_eq!(toml.unsafely(), "+++\ntags = ['aws']\n+++\n");
    }

    #[test]
    fn case_width_hyphens_and_quotes() {
        assert_eq!(tag("\"Open-Source\"").safely(), "---\r\ntags: [aws, \"open source\"]\r\n---\r\n");
        assert_eq!(tag("'Meetup'").safely(), "---\r\ntags: [aws, 'meetup']\r\n---\r\n");
        let seen = tag("ＡＷＳ");
        assert_eq!((seen.marked.as_str(), seen.message.as_str()), ("ＡＷＳ", "unknown tag `ＡＷＳ`; use `aws`"));
    }

    #[test]
    fn decomposed_hangul_has_its_own_message() {
        let decomposed = "\u{1100}\u{1162}\u{1107}\u{1161}\u{11af}";
        let seen = tag(decomposed);
        assert_eq!(seen.marked, decomposed);
        assert_eq!(seen.message, "`개발` uses different Unicode characters than the allowed value");
        assert_eq!(seen.safely(), "---\r\ntags: [aws, 개발]\r\n---\r\n");
    }

    #[test]
    fn typos_and_plurals_get_a_suggestion() {
        assert_eq!(tag("developement").message, "unknown tag `developement`; did you mean `development`?");
        assert_eq!(tag("meetups").unsafely(), "---\r\ntags: [aws, meetup]\r\n---\r\n");
        assert_eq!(tag("블럭체인").unsafely(), "---\r\ntags: [aws, 블록체인]\r\n---\r\n");
    }

    #[test]
    fn other_values_get_a_list_of_allowed_ones() {
        let seen = tag("gardening");
        assert_eq!(seen.message, "unknown tag `gardening`");
        assert_eq!(seen.help, "use `aws`, `development`, `meetup`, `open source`, `개발` or `블록체인`");
        assert_eq!(tag("\"aws, meetup\"").help, "split it into 2 items: `aws`, `meetup`");
        let many: Vec<String> = (0..20).map(|n| format!("term{n}")).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        let seen = only("unknown-tag", &content([("tags", tags(&many, &[]))]), "---\ntags: [x]\n---\n");
        assert!(seen.help.ends_with("`term7` or 12 others"), "{}", seen.help);
    }

    #[test]
    fn lists_with_dashes_and_single_values() {
        let seen = only("unknown-tag", &post(), "---\ntags:\n  - meetup\n  - Aws\n---\n");
        assert_eq!(seen.safely(), "---\ntags:\n  - meetup\n  - aws\n---\n");
        let either = ValueConstraints { types: vec![FieldType::String, FieldType::List], ..tags(&["news"], &[]) };
        let seen = only("unknown-tag", &content([("category", either)]), "---\ncategory: New\n---\n");
        assert_eq!(seen.marked, "New");
        let author = ValueConstraints {
            vocabulary: Some(vocabulary(&["kim"], &[("Kim Y.", "kim")])),
            ..ValueConstraints::default()
        };
        assert_eq!(only("unknown-tag", &content([("author", author)]), "---\nauthor: KIM\n---\n").marked, "KIM");
    }

    #[test]
    fn toml_quotes_are_kept() {
        let seen = only("unknown-tag", &post(), "+++\ntags = [\"AWS\", 'meetup']\n+++\n");
        assert_eq!(seen.safely(), "+++\ntags = [\"aws\", 'meetup']\n+++\n");
    }

    #[test]
    fn allowed_values_and_other_types_are_not_reported() {
        assert!(run("unknown-tag", &post(), "---\ntags: [aws, 개발]\n---\n").is_empty());
        assert!(run("unknown-tag", &post(), "---\ntags: aws, gardening\n---\n").is_empty());
        assert!(run("unknown-tag", &post(), "---\ntags: [408, '']\n---\n").is_empty());
        let closed = ValueConstraints { vocabulary: Some(vocabulary(&["post"], &[])), ..shape([FieldType::String]) };
        assert!(run("unknown-tag", &content([("layout", closed)]), "---\nlayout: pots\n---\n").is_empty());
    }
}
