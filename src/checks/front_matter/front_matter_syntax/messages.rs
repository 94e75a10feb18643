//! What is reported for each cause of a syntax problem.

use crate::checks::front_matter::front_matter_syntax::message_parts::{MessageParts, ProblemContext};
use crate::checks::front_matter::front_matter_syntax::placement_messages::{byte_order_mark, missing_opening};
use crate::data::format::FrontMatterFormat;
use crate::data::problem::SyntaxErrorKind;

impl ProblemContext<'_> {
    pub(super) fn message_parts(&self) -> MessageParts {
        match self.problem.kind {
            SyntaxErrorKind::UnquotedColon => self.unquoted_colon(),
            SyntaxErrorKind::UnclosedQuote => self.unclosed_quote(),
            SyntaxErrorKind::TextAfterQuote => self.text_after_quote(),
            SyntaxErrorKind::UnclosedBracket => self.unclosed_bracket(),
            SyntaxErrorKind::TextAfterBracket => self.text_after_bracket(),
            SyntaxErrorKind::InvalidEscape => self.bad_escape(),
            SyntaxErrorKind::SmartQuotes => self.smart_quotes(),
            SyntaxErrorKind::ReservedCharacter => self.reserved_start(),
            SyntaxErrorKind::UndefinedAlias => self.unknown_alias(),
            SyntaxErrorKind::ParsedAsAnchorOrTag => self.swallowed_start(),
            SyntaxErrorKind::ParsedAsComment => self.swallowed_by_comment(),
            SyntaxErrorKind::TabIndentation => tab_indent(),
            SyntaxErrorKind::InconsistentIndentation => bad_indent(),
            SyntaxErrorKind::NonBreakingIndentation => invisible_indent(),
            SyntaxErrorKind::NoSpaceAfterColon => self.no_space_after_colon(),
            SyntaxErrorKind::DuplicateKey => self.duplicate_key(),
            SyntaxErrorKind::MissingKey => self.not_an_entry(),
            SyntaxErrorKind::NotAMapping => self.not_a_map(),
            SyntaxErrorKind::UnrenderedTemplate => self.template_residue(),
            SyntaxErrorKind::MergeConflictMarker => self.conflict_mark(),
            SyntaxErrorKind::Unclosed => self.unclosed(),
            SyntaxErrorKind::NotAtStart => self.not_first(),
            SyntaxErrorKind::ByteOrderMark => byte_order_mark(),
            SyntaxErrorKind::MalformedDelimiter => self.near_fence(),
            SyntaxErrorKind::MissingOpeningDelimiter => missing_opening(),
            SyntaxErrorKind::WrongDelimiter => self.wrong_delimiter(),
            SyntaxErrorKind::MergedListItem => self.merged_list_item(),
            SyntaxErrorKind::NoSpaceAfterHyphen => self.no_space_after_hyphen(),
            SyntaxErrorKind::TabAfterHyphen => tab_after_hyphen(),
            SyntaxErrorKind::UnopenedBracket => self.unopened_bracket(),
            SyntaxErrorKind::StrayQuote => self.stray_quote(),
            SyntaxErrorKind::DoubledColon => self.doubled_colon(),
            SyntaxErrorKind::TooLarge => self.too_large(),
            SyntaxErrorKind::TooManyAliases => self.too_many_aliases(),
            SyntaxErrorKind::Other => self.other(),
        }
    }

    fn quote_the_value(&self) -> String {
        format!("quote the value{}", self.fixed_value())
    }

    /// The fixed value, for the help: `: "Rust: the book"`.
    fn fixed_value(&self) -> String {
        match &self.problem.fix {
            Some(edit) if !edit.insert.trim().is_empty() && edit.insert.chars().count() <= 80 => {
                format!(": `{}`", edit.insert.trim())
            }
            _ => String::new(),
        }
    }
}

/// Values: quotes, brackets and the characters that need them.
impl ProblemContext<'_> {
    fn unquoted_colon(&self) -> MessageParts {
        MessageParts {
            message: format!("unquoted `: ` in the value of `{}`", self.detail()),
            label: "parsed as a second key",
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }

    fn unclosed_quote(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("unclosed quote `{detail}`"),
            label: "opened here",
            help: format!("add the closing `{detail}`, or remove the opening one"),
            fix: "Add the closing quote",
            ..MessageParts::default()
        }
    }

    fn text_after_quote(&self) -> MessageParts {
        MessageParts {
            message: format!("text after the closing quote of {}", (self.key)()),
            label: "unexpected text",
            other_label: "string ends here",
            help: format!("quote the whole value{}", self.fixed_value()),
            fix: "Quote the whole value",
            ..MessageParts::default()
        }
    }

    fn unclosed_bracket(&self) -> MessageParts {
        MessageParts {
            message: format!("unclosed bracket `{}`", self.detail()),
            label: "opened here",
            help: match self.detail() {
                "[" => "add the closing `]`, or quote the value if it isn't a list".into(),
                _ => "add the closing `}`, or quote the value if it isn't a mapping".into(),
            },
            fix: "Add the closing bracket",
            ..MessageParts::default()
        }
    }

    fn text_after_bracket(&self) -> MessageParts {
        MessageParts {
            message: format!("text after the closing bracket of {}", (self.key)()),
            label: "unexpected text",
            other_label: "bracket closes here",
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }

    fn bad_escape(&self) -> MessageParts {
        MessageParts {
            message: format!("invalid escape sequence `{}` in double quotes", self.text),
            label: "unknown escape",
            help: format!("use single quotes, or escape the backslash{}", self.fixed_value()),
            fix: "Use single quotes",
            ..MessageParts::default()
        }
    }

    fn smart_quotes(&self) -> MessageParts {
        MessageParts {
            message: "typographic quotes are part of the value".into(),
            label: "not YAML quotes",
            help: format!("use straight quotes{}", self.fixed_value()),
            fix: "Replace with straight quotes",
            ..MessageParts::default()
        }
    }

    fn reserved_start(&self) -> MessageParts {
        let key = (self.key)();
        MessageParts {
            message: match self.detail() {
                "`" => format!("{key} starts with a backtick, a reserved character in YAML"),
                sign => format!("{key} starts with `{sign}`, a reserved character in YAML"),
            },
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }

    fn unknown_alias(&self) -> MessageParts {
        MessageParts {
            message: format!("undefined YAML alias `{}`", self.detail()),
            label: "`*` starts an alias",
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }

    fn swallowed_start(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("`{detail}` is not part of the value"),
            label: if detail.starts_with('&') { "parsed as an anchor" } else { "parsed as a tag" },
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }

    fn swallowed_by_comment(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is a comment, not part of `{}`", self.text, self.detail()),
            label: "parsed as a comment",
            help: self.quote_the_value(),
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }
}

/// Lists.
impl ProblemContext<'_> {
    fn merged_list_item(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is part of the value above, not a list item", self.detail()),
            label: "continues the line above",
            help: "align the hyphens of the list, and put a space after each".into(),
            fix: "Align the list item",
            ..MessageParts::default()
        }
    }

    fn no_space_after_hyphen(&self) -> MessageParts {
        MessageParts {
            message: format!("missing space after the hyphen of `{}`", self.detail()),
            label: "parsed as a string",
            help: "put a space after each hyphen of the list".into(),
            fix: "Insert spaces",
            ..MessageParts::default()
        }
    }

    fn unopened_bracket(&self) -> MessageParts {
        MessageParts {
            message: format!("closing bracket `]` without `[` in {}", (self.key)()),
            help: format!("add the opening bracket{}", self.fixed_value()),
            fix: "Add the opening bracket",
            ..MessageParts::default()
        }
    }

    fn stray_quote(&self) -> MessageParts {
        MessageParts {
            message: format!("quote `{}` at the end of {} opens nothing", self.text, (self.key)()),
            label: "part of the value",
            help: "add the opening quote, or remove this one".into(),
            fix: "Remove the quote",
            ..MessageParts::default()
        }
    }
}

fn tab_after_hyphen() -> MessageParts {
    MessageParts {
        message: "tab after the hyphen of a list item".into(),
        label: "tab",
        help: "use a space".into(),
        fix: "Replace with a space",
        ..MessageParts::default()
    }
}

/// Indentation.
fn tab_indent() -> MessageParts {
    MessageParts {
        message: "tab in the indentation; YAML allows only spaces".into(),
        label: "tab",
        help: "indent with spaces, two per level".into(),
        fix: "Replace tabs with spaces",
        ..MessageParts::default()
    }
}

fn bad_indent() -> MessageParts {
    MessageParts {
        message: "indentation doesn't match any line above".into(),
        help: "align it with its siblings, or quote the value above if this line is part of it".into(),
        ..MessageParts::default()
    }
}

fn invisible_indent() -> MessageParts {
    MessageParts {
        message: "non-breaking or full-width space in the indentation".into(),
        label: "not a regular space",
        help: "indent with regular spaces".into(),
        fix: "Replace with regular spaces",
        ..MessageParts::default()
    }
}

/// Keys and lines.
impl ProblemContext<'_> {
    fn no_space_after_colon(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("missing space after the colon of `{detail}`"),
            label: match self.text {
                "：" => "full-width colon",
                ":" => "",
                _ => "not a regular space",
            },
            help: format!("write `{detail}: …` with an ASCII colon and a regular space"),
            fix: "Insert a colon and a space",
            ..MessageParts::default()
        }
    }

    fn duplicate_key(&self) -> MessageParts {
        MessageParts {
            message: format!("duplicate key `{}`", self.detail()),
            label: "duplicate",
            other_label: "first defined here",
            help: "remove one of them".into(),
            consequence: "some parsers use the last one, others reject the page".into(),
            ..MessageParts::default()
        }
    }

    fn not_an_entry(&self) -> MessageParts {
        MessageParts {
            message: format!("expected `key: value` in the {} front matter", self.format.name()),
            help: match &self.problem.fix {
                Some(_) => format!("add the colon: `{}: …`", self.detail()),
                None => "add a key, indent the line if it belongs to the value above, or move it below the closing delimiter".into(),
            },
            fix: "Add the colon",
            ..MessageParts::default()
        }
    }

    fn doubled_colon(&self) -> MessageParts {
        MessageParts {
            message: format!("doubled colon: the key is `{}:`", self.detail()),
            label: "part of the key",
            help: "remove one of the colons".into(),
            fix: "Remove one of the colons",
            ..MessageParts::default()
        }
    }

    fn not_a_map(&self) -> MessageParts {
        MessageParts {
            message: format!("front matter is {}, not a mapping", self.detail()),
            help: "write `key: value` lines, or remove the delimiters if this is body text".into(),
            ..MessageParts::default()
        }
    }

    fn template_residue(&self) -> MessageParts {
        MessageParts {
            message: format!("unrendered template expression `{}`", self.detail()),
            help: "replace it with the value, or quote it if the expression is intentional".into(),
            ..MessageParts::default()
        }
    }

    fn conflict_mark(&self) -> MessageParts {
        MessageParts {
            message: format!("merge conflict marker `{}`", self.detail()),
            other_label: "conflict ends here",
            help: "keep one side and delete the conflict markers".into(),
            ..MessageParts::default()
        }
    }
}

/// What has no kind of its own.
impl ProblemContext<'_> {
    fn other(&self) -> MessageParts {
        let name = self.format.name();
        let detail = self.detail();
        if self.format == FrontMatterFormat::Yaml {
            return MessageParts {
                message: format!("invalid {name}"),
                help: format!("the {name} parser reported: {detail}"),
                fix: "Quote the value",
                ..MessageParts::default()
            };
        }
        MessageParts {
            message: format!("invalid {name}: {detail}"),
            help: if self.problem.help.is_empty() {
                format!("fix the {name} syntax")
            } else {
                self.problem.help.into()
            },
            fix: "Quote the value",
            ..MessageParts::default()
        }
    }
}
