//! A page without front matter whose content type requires fields.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::source::Span;
use serde::Deserialize;

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingFrontMatter {}

impl Check for MissingFrontMatter {
    fn check(&self, cx: &Context, found: &mut Findings) {
        let mut required: Vec<&str> = cx.content.required().map(|field| field.name.as_str()).collect();
        let is_by_content = !required.is_empty();
        if !is_by_content {
            required.extend(fields::required_by_generator(cx).map(|required| required.field.as_str()));
        }
        let names: Vec<String> = required.iter().map(|name| format!("`{name}`")).collect();
        // Misplaced front matter is reported by another rule, and a file in another encoding can't be parsed.
        let is_absent = cx.doc.front_matter.is_none() && cx.doc.placement_problems.is_empty();
        if names.is_empty() || !is_absent || !cx.doc.source.is_valid_utf8() {
            return;
        }
        let message = match cx.content.name.as_str() {
            _ if !is_by_content => "missing front matter".to_owned(),
            "" => "missing front matter".to_owned(),
            name => format!("missing front matter, which content type `{name}` requires"),
        };
        found
            .at(Span::empty(cx.doc.body.span.start), message)
            .help(format!("add front matter with {}", names.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{content, only, run, shape};

    #[test]
    fn front_matter_is_needed_for_required_fields() {
        let post = content([("title!", shape([])), ("author!", shape([])), ("tags", shape([]))]);
        let seen = only("missing-front-matter", &post, "# Hello\n");
        assert_eq!(seen.message, "missing front matter, which content type `post` requires");
        assert_eq!(seen.help, "add front matter with `title`, `author`");
        assert_eq!(seen.marked, "");
        assert_eq!(only("missing-front-matter", &post, "").marked, "");
    }

    #[test]
    fn existing_or_unneeded_front_matter_is_not_reported() {
        let post = content([("title!", shape([]))]);
        assert!(run("missing-front-matter", &content([("title", shape([]))]), "# Hello\n").is_empty());
        assert!(run("missing-front-matter", &post, "---\n---\n").is_empty());
        assert!(run("missing-front-matter", &post, "---\ntitle: [\n---\n").is_empty());
    }
}
