//! A file named in the front matter that doesn't exist.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::fields::FieldValue;
use crate::data::field_type::FieldType;
use crate::source::display_path;
use crate::text::percent;
use crate::url::has_scheme;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// Options: none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MissingAsset {}

impl Check for MissingAsset {
    fn check(&self, cx: &Context, found: &mut Findings) {
        for field_value in fields::field_values(cx) {
            let asks_for_file = field_value.shape.must_exist && field_value.shape.types.contains(&FieldType::Path);
            let is_path = asks_for_file
                && !fields::is_empty_value(field_value.value)
                && field_value.shape.accepts(field_value.value);
            if let Some(written) =
                field_value.value.text().map(str::trim).filter(|text| is_path && !names_no_file(text))
            {
                check_file(cx, &field_value, written, found);
            }
        }
    }
}

/// Whether a value isn't a path of the project: a URL, or something with a template tag.
fn names_no_file(text: &str) -> bool {
    has_scheme(text) || text.starts_with("//") || text.contains("{{") || text.contains("{%")
}

fn check_file(cx: &Context, field_value: &FieldValue<'_>, written: &str, found: &mut Findings) {
    let candidates = candidates(cx, field_value, written);
    let mut leads_out = true;
    for candidate in &candidates {
        match cx.site.has(candidate) {
            Some(true) => return,
            Some(false) => leads_out = false,
            None => {}
        }
    }
    if leads_out {
        return fields::report_leaving_project(field_value.span(), written, found);
    }
    if let Some(other) = candidates.iter().find_map(|path| cx.site.in_other_case(path)) {
        let start = written.rfind('/').map_or(0, |slash| slash + 1);
        fields::report_case_mismatch(cx, field_value.value, written, &format!("{}{other}", &written[..start]), found);
        return;
    }
    let base = field_value.shape.base.as_deref().filter(|_| !field_value.shape.relative_to_file);
    let is_there_in_full = cx.site.has(Path::new(written)) == Some(true);
    let finding = found.at(field_value.span(), format!("file `{}` does not exist", fields::truncate(written)));
    match base {
        Some(base) if is_there_in_full => finding.help(format!("remove the directory: paths are relative to `{base}`")),
        _ => finding.help(format!("looked for {}", join_paths(&candidates))),
    };
}

/// The paths where the file may be, relative to the project's root, the most likely first.
fn candidates(cx: &Context, field_value: &FieldValue<'_>, written: &str) -> Vec<PathBuf> {
    let root = PathBuf::new();
    let page = cx.site.inside(cx.doc.source.path());
    let page_folder = page.parent().unwrap_or(&root).to_owned();
    let from_root = written.strip_prefix('/');
    let folders = match (&field_value.shape.base, from_root) {
        _ if field_value.shape.relative_to_file && from_root.is_none() => vec![page_folder],
        (Some(base), None) => vec![PathBuf::from(base)],
        (Some(base), Some(_)) => vec![PathBuf::from(base), root],
        (None, Some(_)) => vec![root],
        (None, None) => vec![root, page_folder],
    };
    let name = from_root.unwrap_or(written);
    let bare = name.split(['?', '#']).next().unwrap_or(name);
    let decoded = percent::decode(bare);
    let mut names = vec![name];
    names.extend([bare, decoded.as_str()].into_iter().filter(|other| *other != name));
    let mut paths: Vec<PathBuf> = Vec::new();
    for path in names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

fn join_paths(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", display_path(path))).collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use crate::checks::support::testing::{TestFinding, content, only, run, shape};
    use crate::content::ValueConstraints;
    use crate::data::field_type::FieldType;

    fn path(base: Option<&str>, relative_to_file: bool) -> ValueConstraints {
        let base = base.map(str::to_owned);
        ValueConstraints { must_exist: true, base, relative_to_file, ..shape([FieldType::Path]) }
    }

    fn seen(shape: ValueConstraints, value: &str) -> TestFinding {
        only("missing-asset", &content([("image", shape)]), &format!("---\nimage: {value}\n---\n"))
    }

    fn is_there(shape: ValueConstraints, value: &str) -> bool {
        run("missing-asset", &content([("image", shape)]), &format!("---\nimage: {value}\n---\n")).is_empty()
    }

    #[test]
    fn files_are_resolved_as_configured() {
        let base = || path(Some("assets/img"), false);
        for value in ["a.png", "/a.png", "/assets/img/a.png", "./a.png", "../img/a.png", "my%20cat.png", "a.png?v=2"] {
            assert!(is_there(base(), value), "{value}");
        }
        assert!(is_there(path(None, true), "b.png") && is_there(path(None, true), "../assets/img/a.png"));
        assert!(is_there(path(None, false), "b.png") && is_there(path(None, false), "assets/img/a.png"));
        let missing = seen(base(), "c.png");
        assert_eq!((missing.marked.as_str(), missing.message.as_str()), ("c.png", "file `c.png` does not exist"));
        assert_eq!(missing.help, "looked for `assets/img/c.png`");
        assert_eq!(seen(base(), "b.png").help, "looked for `assets/img/b.png`");
        assert_eq!(seen(base(), "assets/img/a.png").help, "remove the directory: paths are relative to `assets/img`");
    }

    #[test]
    fn paths_outside_the_project_are_not_probed() {
        for value in ["../../../etc/passwd", "../../../etc/no-such-file"] {
            let seen = seen(path(Some("assets/img"), false), value);
            assert_eq!(seen.message, format!("path `{value}` is outside the project"));
            assert_eq!(seen.help, "use a file inside the project");
        }
    }

    #[test]
    fn urls_and_templates_are_not_reported() {
        let base = || path(Some("assets/img"), false);
        for value in ["https://example.com/a.png", "//example.com/a.png", "'{{ site.url }}/a.png'", "", "404"] {
            assert!(is_there(base(), value), "{value}");
        }
        assert!(is_there(shape([FieldType::Path]), "nowhere.png"));
    }

    #[test]
    fn items_of_lists_are_checked() {
        let join_paths =
            ValueConstraints { items: Some(Box::new(path(Some("assets/img"), false))), ..shape([FieldType::List]) };
        let seen = only("missing-asset", &content([("images", join_paths)]), "---\nimages: [a.png, \"c.png\"]\n---\n");
        assert_eq!(seen.marked, "\"c.png\"");
    }
}
