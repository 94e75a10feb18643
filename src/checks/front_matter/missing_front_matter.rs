//! A page without front matter, where its content type asks for fields.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingFrontMatter {}

impl Check for MissingFrontMatter {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let names: Vec<String> = cx.content.required().map(|field| format!("`{}`", field.name)).collect();
        // What stands where it shouldn't is there, and a file that isn't text can't be asked.
        let is_absent = cx.doc.front_matter.is_none() && cx.doc.misplaced.is_empty();
        if names.is_empty() || !is_absent || !cx.doc.source.is_intact() {
            return;
        }
        let message = match cx.content.name.as_str() {
            "" => "there is no front matter".to_owned(),
            name => format!("there is no front matter, which a `{name}` page needs"),
        };
        found
            .at(Span::empty(cx.doc.body.span.start), message)
            .help(format!("begin with a front matter that holds {}", names.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, only, run, shape};

    #[test]
    fn a_page_without_front_matter_needs_one_where_a_field_is_required() {
        let post = content([("title!", shape([])), ("author!", shape([])), ("tags", shape([]))]);
        let seen = only("missing-front-matter", &post, "# Hello\n");
        assert_eq!(seen.message, "there is no front matter, which a `post` page needs");
        assert_eq!(seen.help, "begin with a front matter that holds `title`, `author`");
        assert_eq!(seen.marked, "");
        assert_eq!(only("missing-front-matter", &post, "").marked, "");
    }

    #[test]
    fn a_page_that_needs_none_or_has_one_is_left_alone() {
        let post = content([("title!", shape([]))]);
        assert!(run("missing-front-matter", &content([("title", shape([]))]), "# Hello\n").is_empty());
        assert!(run("missing-front-matter", &post, "---\n---\n").is_empty());
        assert!(run("missing-front-matter", &post, "---\ntitle: [\n---\n").is_empty());
    }
}
