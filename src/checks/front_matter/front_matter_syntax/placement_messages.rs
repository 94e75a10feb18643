//! What is reported of the front matter as a whole: its delimiters, its place and its size.

use crate::checks::front_matter::front_matter_syntax::message_parts::{MessageParts, ProblemContext};
use crate::data::format::FrontMatterFormat;

impl ProblemContext<'_> {
    pub(super) fn unclosed(&self) -> MessageParts {
        MessageParts {
            message: "unclosed front matter".into(),
            label: "opened here",
            help: format!("add a line with `{}` after the last field", self.detail()),
            fix: "Close the front matter",
            ..MessageParts::default()
        }
    }

    pub(super) fn not_first(&self) -> MessageParts {
        MessageParts {
            message: format!("{} before the front matter", without_article(self.detail())),
            other_label: "front matter starts here",
            help: match self.detail() {
                "code fence" => "remove the code fence, so that `---` is the first line".into(),
                _ => "move the front matter to the first line".into(),
            },
            consequence: "many generators don't recognize it".into(),
            fix: "Remove the blank lines",
            ..MessageParts::default()
        }
    }

    pub(super) fn near_fence(&self) -> MessageParts {
        MessageParts {
            message: format!("malformed front matter delimiter `{}`", self.detail()),
            help: match self.format {
                FrontMatterFormat::Toml => "use `+++`, three plus signs at the start of the line".into(),
                _ => "use `---`, three hyphens alone at the start of the line".into(),
            },
            fix: "Fix the delimiter",
            ..MessageParts::default()
        }
    }

    pub(super) fn wrong_delimiter(&self) -> MessageParts {
        let (format, mark, right) = match self.text.starts_with('+') {
            true => ("YAML", "+++", "---"),
            false => ("TOML", "---", "+++"),
        };
        MessageParts {
            message: format!("{format} front matter between `{mark}` delimiters"),
            help: format!("use `{right}` as both delimiters, or write the fields as {}", self.detail()),
            ..MessageParts::default()
        }
    }

    pub(super) fn too_large(&self) -> MessageParts {
        MessageParts {
            message: format!("front matter not checked: {}", self.detail()),
            help: "shorten it; large data belongs in a data file".into(),
            ..MessageParts::default()
        }
    }

    pub(super) fn too_many_aliases(&self) -> MessageParts {
        MessageParts {
            message: format!("front matter aliases expand to {}", self.detail()),
            help: "write out the values instead of using aliases".into(),
            ..MessageParts::default()
        }
    }
}

/// `a comment` → `comment`
fn without_article(text: &str) -> &str {
    text.strip_prefix("a ").unwrap_or(text)
}

pub(super) fn missing_opening() -> MessageParts {
    MessageParts {
        message: "front matter without its opening delimiter".into(),
        label: "the first field",
        help: "add a line with `---` above the first field".into(),
        consequence: "the fields are rendered as text".into(),
        fix: "Add the opening delimiter",
        ..MessageParts::default()
    }
}

pub(super) fn byte_order_mark() -> MessageParts {
    MessageParts {
        message: "byte order mark (BOM) before the front matter".into(),
        help: "save the file as UTF-8 without a BOM".into(),
        consequence: "some parsers don't recognize the front matter".into(),
        fix: "Remove the byte order mark",
        ..MessageParts::default()
    }
}
