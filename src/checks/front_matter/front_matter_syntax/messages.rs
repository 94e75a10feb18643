//! What is reported for each cause of a syntax problem.

use crate::data::problem::{Cause, Problem, Syntax};

/// The parts of a finding. Empty where the finding has no such part.
#[derive(Default)]
pub(super) struct MessageParts {
    pub(super) message: String,
    /// The label of the problem itself.
    pub(super) label: &'static str,
    /// The label of the problem's other place.
    pub(super) other_label: &'static str,
    pub(super) help: String,
    /// The consequence, after the help: what the site's generator does, where that is known.
    pub(super) consequence: String,
    pub(super) fix: &'static str,
}

/// A syntax problem with what its message needs to know.
pub(super) struct SyntaxProblem<'a> {
    pub(super) problem: &'a Problem,
    /// The text under the problem's span.
    pub(super) text: &'a str,
    /// Names the key whose value the problem is in. Looks at all keys, which few causes need.
    pub(super) key: &'a dyn Fn() -> String,
    pub(super) syntax: Syntax,
}

impl SyntaxProblem<'_> {
    pub(super) fn message_parts(&self) -> MessageParts {
        match self.problem.cause {
            Cause::UnquotedColon => self.unquoted_colon(),
            Cause::UnclosedQuote => self.unclosed_quote(),
            Cause::TextAfterQuote => self.text_after_quote(),
            Cause::UnclosedBracket => self.unclosed_bracket(),
            Cause::TextAfterBracket => self.text_after_bracket(),
            Cause::BadEscape => self.bad_escape(),
            Cause::SmartQuotes => self.smart_quotes(),
            Cause::ReservedStart => self.reserved_start(),
            Cause::UnknownAlias => self.unknown_alias(),
            Cause::SwallowedStart => self.swallowed_start(),
            Cause::SwallowedByComment => self.swallowed_by_comment(),
            Cause::TabIndent => tab_indent(),
            Cause::BadIndent => bad_indent(),
            Cause::InvisibleIndent => invisible_indent(),
            Cause::NoSpaceAfterColon => self.no_space_after_colon(),
            Cause::DuplicateKey => self.duplicate_key(),
            Cause::NotAnEntry => self.not_an_entry(),
            Cause::NotAMap => self.not_a_map(),
            Cause::TemplateResidue => self.template_residue(),
            Cause::ConflictMark => self.conflict_mark(),
            Cause::Unclosed => self.unclosed(),
            Cause::NotFirst => self.not_first(),
            Cause::ByteOrderMark => byte_order_mark(),
            Cause::NearFence => self.near_fence(),
            Cause::TooLarge => self.too_large(),
            Cause::TooManyAliases => self.too_many_aliases(),
            Cause::Other => self.other(),
        }
    }

    fn detail(&self) -> &str {
        &self.problem.detail
    }

    fn quote_the_value(&self) -> String {
        format!("put the value in quotes{}", self.fixed_value())
    }

    /// The fixed value, for the help: `: "Rust: the book"`.
    fn fixed_value(&self) -> String {
        match &self.problem.fix {
            Some(edit) if !edit.insert.trim().is_empty() && edit.insert.len() <= 80 => {
                format!(": `{}`", edit.insert.trim())
            }
            _ => String::new(),
        }
    }
}

/// Values: quotes, brackets and the characters that need them.
impl SyntaxProblem<'_> {
    fn unquoted_colon(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` holds a colon that needs quotes", self.detail()),
            label: "YAML reads this as the end of a second key",
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }

    fn unclosed_quote(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("a `{detail}` that is never closed"),
            label: "opened here",
            help: format!("close it with `{detail}`, or write the value without it"),
            fix: "close the quotes",
            ..MessageParts::default()
        }
    }

    fn text_after_quote(&self) -> MessageParts {
        MessageParts {
            message: format!("{} goes on after its closing quote", (self.key)()),
            label: "YAML expects nothing here",
            other_label: "this closes the quotes",
            help: format!("quote the whole value{}", self.fixed_value()),
            fix: "quote the whole value",
            ..MessageParts::default()
        }
    }

    fn unclosed_bracket(&self) -> MessageParts {
        MessageParts {
            message: format!("a `{}` that is never closed", self.detail()),
            label: "opened here",
            help: match self.detail() {
                "[" => "close it with `]`, or quote the value if it isn't a list".into(),
                _ => "close it with `}`, or quote the value if it isn't a map".into(),
            },
            fix: "close the bracket",
            ..MessageParts::default()
        }
    }

    fn text_after_bracket(&self) -> MessageParts {
        MessageParts {
            message: format!("{} goes on after its closing bracket", (self.key)()),
            label: "YAML expects nothing here",
            other_label: "this closes the brackets",
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }

    fn bad_escape(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` means nothing in double quotes", self.text),
            label: "a backslash starts an escape here",
            help: format!("use single quotes, or double the backslash{}", self.fixed_value()),
            fix: "use single quotes",
            ..MessageParts::default()
        }
    }

    fn smart_quotes(&self) -> MessageParts {
        MessageParts {
            message: "typographic quotes are part of the value".into(),
            label: "YAML knows only straight quotes",
            help: format!("write straight quotes{}", self.fixed_value()),
            fix: "write straight quotes",
            ..MessageParts::default()
        }
    }

    fn reserved_start(&self) -> MessageParts {
        let key = (self.key)();
        MessageParts {
            message: match self.detail() {
                "`" => format!("{key} starts with a backtick, which YAML keeps for itself"),
                sign => format!("{key} starts with `{sign}`, which YAML keeps for itself"),
            },
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }

    fn unknown_alias(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is read as a reference to something that isn't there", self.detail()),
            label: "in YAML, `*` refers to an earlier `&name`",
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }

    fn swallowed_start(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("`{detail}` isn't read as part of the value"),
            label: if detail.starts_with('&') { "YAML reads this as an anchor" } else { "YAML reads this as a tag" },
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }

    fn swallowed_by_comment(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` isn't read as part of `{}`", self.text, self.detail()),
            label: "YAML reads this as a comment",
            help: self.quote_the_value(),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }
}

/// Indentation.
fn tab_indent() -> MessageParts {
    MessageParts {
        message: "a tab in the indentation, where YAML wants blanks".into(),
        label: "a tab",
        help: "indent with blanks, two for each level".into(),
        fix: "replace the tabs by blanks",
        ..MessageParts::default()
    }
}

fn bad_indent() -> MessageParts {
    MessageParts {
        message: "this line's indentation fits no line above".into(),
        help: "start it in the same column as its neighbours, or quote the value above if this is part of it".into(),
        ..MessageParts::default()
    }
}

fn invisible_indent() -> MessageParts {
    MessageParts {
        message: "the indentation holds blanks that YAML takes for text".into(),
        label: "a non-breaking or full-width blank",
        help: "indent with plain blanks".into(),
        fix: "replace them by plain blanks",
        ..MessageParts::default()
    }
}

/// Keys and lines.
impl SyntaxProblem<'_> {
    fn no_space_after_colon(&self) -> MessageParts {
        let detail = self.detail();
        MessageParts {
            message: format!("no blank after the colon of `{detail}`"),
            label: match self.text {
                "：" => "a full-width colon",
                ":" => "",
                _ => "a blank that YAML takes for text",
            },
            help: format!("write `{detail}: …`, with a plain colon and a plain blank"),
            fix: "write a colon and a blank",
            ..MessageParts::default()
        }
    }

    fn duplicate_key(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is there twice", self.detail()),
            label: "again",
            other_label: "first here",
            help: "keep one".into(),
            consequence: "some readers take the last, others refuse the page".into(),
            ..MessageParts::default()
        }
    }

    fn not_an_entry(&self) -> MessageParts {
        MessageParts {
            message: format!("this line of the {} is no `key: value`", self.syntax.name()),
            help: "give it a key, indent it if it belongs to the value above, or move it below the closing fence"
                .into(),
            ..MessageParts::default()
        }
    }

    fn not_a_map(&self) -> MessageParts {
        MessageParts {
            message: format!("the front matter is {}, not `key: value` lines", self.detail()),
            help: "write `key: value` lines, or take the fences away if this is text".into(),
            ..MessageParts::default()
        }
    }

    fn template_residue(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is left from a template", self.detail()),
            help: "write the value itself; a template that is meant needs quotes around it".into(),
            ..MessageParts::default()
        }
    }

    fn conflict_mark(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is left from a merge", self.detail()),
            other_label: "the conflict ends here",
            help: "choose one side and delete the marks".into(),
            ..MessageParts::default()
        }
    }
}

/// The front matter as a whole: its delimiters, its place and its size.
impl SyntaxProblem<'_> {
    fn unclosed(&self) -> MessageParts {
        MessageParts {
            message: "the front matter is never closed".into(),
            label: "opened here",
            help: format!("put `{}` on a line of its own after the last field", self.detail()),
            fix: "close the front matter",
            ..MessageParts::default()
        }
    }

    fn not_first(&self) -> MessageParts {
        MessageParts {
            message: format!("{} stands before the front matter", self.detail()),
            other_label: "the front matter",
            help: "start the file with the front matter".into(),
            consequence: "many generators read it only there".into(),
            fix: "delete the blank lines",
            ..MessageParts::default()
        }
    }

    fn near_fence(&self) -> MessageParts {
        MessageParts {
            message: format!("`{}` is nearly a fence of a front matter, but not quite", self.detail()),
            help: match self.syntax {
                Syntax::Toml => "write `+++`, three plus signs at the start of the line".into(),
                _ => "write `---`, three hyphens at the start of the line; only Hexo reads more".into(),
            },
            fix: "write the fence",
            ..MessageParts::default()
        }
    }

    fn too_large(&self) -> MessageParts {
        MessageParts {
            message: format!("the front matter isn't read: {}", self.detail()),
            help: "make it smaller: data belongs in a data file".into(),
            ..MessageParts::default()
        }
    }

    fn too_many_aliases(&self) -> MessageParts {
        MessageParts {
            message: format!("the aliases in the front matter expand to {}", self.detail()),
            help: "write the values out instead of referring to them".into(),
            ..MessageParts::default()
        }
    }

    fn other(&self) -> MessageParts {
        let name = self.syntax.name();
        MessageParts {
            message: format!("the {name} can't be read here"),
            help: format!("the {name} reader says: {}", self.detail()),
            fix: "quote the value",
            ..MessageParts::default()
        }
    }
}

fn byte_order_mark() -> MessageParts {
    MessageParts {
        message: "an invisible byte-order mark stands before the front matter".into(),
        help: "save the file as UTF-8 without a byte-order mark".into(),
        consequence: "some readers find no front matter behind one".into(),
        fix: "delete the byte-order mark",
        ..MessageParts::default()
    }
}
