//! Renames a term of a taxonomy on a page: the fewest bytes, and the front matter says the same but for the term.

use crate::checks::rewrite;
use crate::data::format::FrontMatterFormat;
use crate::data::limits::Limits;
use crate::data::node::Value;
use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::front_matter::{self, FrontMatter};
use crate::fix;
use crate::generator::profile::{GeneratorProfile, StringTagsBehavior};
use crate::navigation::terms::{self, TermPlace};
use crate::source::{Source, Span};

/// A term and what it becomes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TermRename<'a> {
    /// The name of the taxonomy, in the plural.
    pub(crate) field: &'a str,
    pub(crate) old: &'a str,
    pub(crate) new: &'a str,
}

/// The edits that rename a term on a page, in order; none where the page doesn't have it.
///
/// # Errors
/// Why it can't be renamed there.
pub(crate) fn edits(doc: &Document, profile: &GeneratorProfile, rename: TermRename) -> Result<Vec<Edit>, String> {
    let mut edits = match &doc.front_matter {
        Some(front) => in_front_matter(doc.source, front, profile, rename)?,
        None => Vec::new(),
    };
    if profile.inline_tags && terms::is_field(rename.field, "tags") {
        let inline = terms::inline(doc.source, &doc.body, rename.old);
        if !inline.is_empty() && !terms::can_be_inline(rename.new) {
            return Err(format!("`#{}` in its text can't become `#{}`", rename.old, rename.new));
        }
        edits.extend(inline.into_iter().map(|span| Edit::replace(span, rename.new)));
    }
    Ok(edits)
}

fn in_front_matter(
    source: &Source,
    front: &FrontMatter,
    profile: &GeneratorProfile,
    rename: TermRename,
) -> Result<Vec<Edit>, String> {
    let all = terms::of_page(source, front, profile);
    let own = all.iter().filter(|(field, _)| terms::is_field(field, rename.field));
    let is_old = |place: &&TermPlace| bare(place, profile) == rename.old;
    let places: Vec<&TermPlace> = own.clone().map(|(_, place)| place).filter(is_old).collect();
    if places.is_empty() {
        return Ok(Vec::new());
    }
    if front.problems.iter().any(|problem| !problem.kind.is_misread()) {
        return Err("its front matter has errors".to_owned());
    }
    let mut edits = Vec::new();
    for place in &places {
        let beside = own.clone().filter(|(_, other)| other.key.span() == place.key.span());
        let count = |term: &str| beside.clone().filter(|(_, other)| bare(other, profile) == term).count();
        // A page that has the new term already doesn't need it twice.
        let removed =
            if count(rename.new) > 0 && count(rename.old) == 1 { removal(place, front, source) } else { None };
        let edit = removed.or_else(|| replacement(place, front.format, profile, rename));
        edits.push(edit.ok_or_else(|| refusal(place, rename))?);
    }
    edits.sort_by_key(|edit| edit.span);
    edits.dedup();
    if edits.windows(2).any(|pair| pair[1].span.start < pair[0].span.end)
        || !is_the_same_but_for(source, front, profile, rename, &edits)
    {
        return Err("the change would alter other values of its front matter".to_owned());
    }
    Ok(edits)
}

/// A term without the `#` in front of it that a generator ignores.
fn bare<'a>(place: &TermPlace<'a>, profile: &GeneratorProfile) -> &'a str {
    let accepts_hash = profile.taxonomies.iter().any(|taxonomy| taxonomy.accepts_hash);
    place.text.strip_prefix('#').filter(|_| accepts_hash).unwrap_or(place.text)
}

fn refusal(place: &TermPlace, rename: TermRename) -> String {
    let is_list = place.list.items().is_some();
    match is_list || place.is_whole() {
        true => format!("`{}` is written in a way that can't be edited", rename.old),
        false => format!("`{}` can't be one of several terms in a string", rename.new),
    }
}

/// The edit that writes the new term in place of the old one.
fn replacement(
    place: &TermPlace,
    format: FrontMatterFormat,
    profile: &GeneratorProfile,
    rename: TermRename,
) -> Option<Edit> {
    let hash = if bare(place, profile).len() < place.text.len() { "#" } else { "" };
    let new = format!("{hash}{}", rename.new);
    if place.value.is_alias() {
        return None;
    }
    if place.is_whole() && (place.list.items().is_some() || !is_split(&new, place, profile)) {
        return rewrite::replace_scalar(place.value, format, &new);
    }
    let is_apart = place.span != place.value.span() || place.is_whole();
    let is_harmless = new.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '/' | '+'));
    (is_apart && is_harmless && !is_split(&new, place, profile)).then(|| Edit::replace(place.span, new))
}

/// Whether a text would be several terms.
fn is_split(new: &str, place: &TermPlace, profile: &GeneratorProfile) -> bool {
    let key = place.key.text().unwrap_or_default();
    match profile.taxonomy(key).map(|taxonomy| taxonomy.string) {
        Some(StringTagsBehavior::SplitOnSpaces) => new.contains(char::is_whitespace),
        Some(StringTagsBehavior::SplitOnCommas | StringTagsBehavior::SplitOnCommasAndTrim) => new.contains(','),
        _ => false,
    }
}

/// The edit that takes the term out of its list, or out of its text with the separator next to it.
fn removal(place: &TermPlace, front: &FrontMatter, source: &Source) -> Option<Edit> {
    if place.list.items().is_some() {
        return rewrite::remove_item(place.list, place.value, &front.tree.comments);
    }
    let whole = place.value.span();
    if place.is_whole() || place.span == whole {
        return None;
    }
    let is_separator = |c: char| c == ',' || c.is_whitespace();
    let (before, after) =
        (source.slice(Span::new(whole.start, place.span.start)), source.slice(Span::new(place.span.end, whole.end)));
    let gap = after.len() - after.trim_start_matches(is_separator).len();
    let is_last = matches!(after[gap..].chars().next(), None | Some('"' | '\''));
    let back = before.len() - before.trim_end_matches(is_separator).len();
    let span = match is_last {
        true => Span::new(place.span.start - back, place.span.end),
        false => Span::new(place.span.start, place.span.end + gap),
    };
    Some(Edit::replace(span, ""))
}

/// Whether the front matter says the same after the edits, but for the term.
fn is_the_same_but_for(
    source: &Source,
    front: &FrontMatter,
    profile: &GeneratorProfile,
    rename: TermRename,
    edits: &[Edit],
) -> bool {
    let after = Source::new(source.path(), fix::apply(source.text(), edits).into_bytes());
    let (Some(now), ..) = front_matter::parse_with_limits(&after, Limits::FrontMatter) else { return false };
    let terms = |source: &Source, front: &FrontMatter| -> Vec<(String, String)> {
        let all = terms::of_page(source, front, profile).into_iter();
        let renamed = |field: &str, term: &str| match terms::is_field(field, rename.field) && term == rename.old {
            true => rename.new.to_owned(),
            false => term.to_owned(),
        };
        let mut all: Vec<(String, String)> = all
            .map(|(field, place)| {
                let term = renamed(&field, bare(&place, profile));
                (field, term)
            })
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let places = terms::of_page(source, front, profile);
    let touched: Vec<&str> = places
        .iter()
        .filter(|(field, place)| terms::is_field(field, rename.field) && bare(place, profile) == rename.old)
        .filter_map(|(_, place)| place.key.text())
        .collect();
    let rest = |front: &FrontMatter| front.root().map(|root| outline(root, &touched));
    now.problems.len() == front.problems.len()
        && now.format == front.format
        && terms(source, front) == terms(&after, &now)
        && rest(front) == rest(&now)
}

/// All data of a value as text, but for what the keys in `without` hold.
fn outline(value: Value<'_>, without: &[&str]) -> String {
    if let Some(scalar) = value.scalar() {
        return format!("{:?} {:?}", scalar.kind, scalar.value);
    }
    if let Some(items) = value.items() {
        return format!("[{}]", items.map(|item| outline(item, without)).collect::<Vec<_>>().join(","));
    }
    let entry = |entry: crate::data::node::Entry<'_>| {
        let key = entry.key.text().unwrap_or_default();
        let is_list = entry.value.items().is_some();
        let value = match without.contains(&key) && !entry.value.is_map() {
            true => format!("terms, as a list: {is_list}"),
            false => outline(entry.value, without),
        };
        format!("{}: {value}", outline(entry.key, without))
    };
    format!("{{{}}}", value.entries().map(entry).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generator;

    fn renamed(generator: &str, text: &str, old: &str, new: &str) -> Result<String, String> {
        let source = Source::new("a.md", text.into());
        let profile = generator::profile(generator).expect("it is known");
        let edits = edits(&Document::parse(&source), &profile, TermRename { field: "tags", old, new })?;
        Ok(fix::apply(text, &edits))
    }

    #[test]
    fn each_way_to_write_terms_keeps_its_form() {
        for (generator, before, after) in [
            ("jekyll", "---\ntags: [aws, dev] # x\n---\n", "---\ntags: [cloud, dev] # x\n---\n"),
            ("jekyll", "---\ntags:\n  - 'aws'\n  - \"dev\"\n---\n", "---\ntags:\n  - 'cloud'\n  - \"dev\"\n---\n"),
            ("jekyll", "---\ntags: dev aws\n---\n", "---\ntags: dev cloud\n---\n"),
            ("jekyll", "---\ntags: \"dev aws\"\n---\n", "---\ntags: \"dev cloud\"\n---\n"),
            ("hugo", "+++\ntags = ['aws', \"dev\"]\n+++\n", "+++\ntags = ['cloud', \"dev\"]\n+++\n"),
            ("hugo", "{\n  \"tags\": [\"aws\"]\n}\n", "{\n  \"tags\": [\"cloud\"]\n}\n"),
            ("zola", "+++\n[taxonomies]\ntags = [\"aws\"]\n+++\n", "+++\n[taxonomies]\ntags = [\"cloud\"]\n+++\n"),
            ("eleventy", "---\ntags: aws\n---\n", "---\ntags: cloud\n---\n"),
            (
                "jekyll",
                "---\ntags: [awsx]\ntitle: aws\n---\n\naws #aws\n",
                "---\ntags: [awsx]\ntitle: aws\n---\n\naws #aws\n",
            ),
            (
                "obsidian",
                "---\ntags: [\"#aws\"]\n---\n\nSee #aws, #aws/x and `#aws`.\n",
                "---\ntags: [\"#cloud\"]\n---\n\nSee #cloud, #aws/x and `#aws`.\n",
            ),
        ] {
            assert_eq!(renamed(generator, before, "aws", "cloud").as_deref(), Ok(after), "{generator}");
        }
    }

    #[test]
    fn new_terms_are_quoted_where_they_have_to_be() {
        let yaml = |new: &str| renamed("jekyll", "---\ntags: [aws]\n---\n", "aws", new).expect("it can be renamed");
        assert_eq!(yaml("C#"), "---\ntags: [\"C#\"]\n---\n");
        assert_eq!(yaml("no"), "---\ntags: [\"no\"]\n---\n");
        assert_eq!(yaml("a, b"), "---\ntags: [\"a, b\"]\n---\n");
        assert_eq!(yaml("오픈 소스"), "---\ntags: [오픈 소스]\n---\n");
    }

    #[test]
    fn a_page_that_has_both_keeps_one() {
        for (before, after) in [
            ("---\ntags: [aws, dev, cloud]\n---\n", "---\ntags: [dev, cloud]\n---\n"),
            ("---\ntags: [cloud, aws]\n---\n", "---\ntags: [cloud]\n---\n"),
            ("---\ntags:\n- cloud\n- aws\n- dev\n---\n", "---\ntags:\n- cloud\n- dev\n---\n"),
            ("---\ntags: aws cloud dev\n---\n", "---\ntags: cloud dev\n---\n"),
            ("---\ntags: cloud dev aws\n---\n", "---\ntags: cloud dev\n---\n"),
        ] {
            assert_eq!(renamed("jekyll", before, "aws", "cloud").as_deref(), Ok(after));
        }
    }

    #[test]
    fn what_would_say_something_else_is_refused() {
        for (text, new) in [
            ("---\ntags: dev aws\n---\n", "big cloud"),
            ("---\nall: &all [aws]\ntags: *all\n---\n", "cloud"),
            ("---\ntags: [aws]\ntitle: a: b\n---\n", "cloud"),
        ] {
            assert!(renamed("jekyll", text, "aws", new).is_err(), "{text}");
        }
    }
}
