//! A file that the front matter names and the project doesn't have.

use crate::checks::check::{Check, Context};
use crate::checks::finding::Findings;
use crate::checks::support::fields;
use crate::checks::support::fields::FieldValue;
use crate::checks::support::percent::percent_decode;
use crate::data::field_type::FieldType;
use crate::source::display_path;
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

/// Whether a value names no file of the project: an address, or something a template fills in.
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
        // Said without a look at what is there, so that nothing outside can be asked about.
        let finding = found.at(field_value.span(), format!("`{}` leads out of the project", fields::truncate(written)));
        finding.help("name a file inside the project");
        return;
    }
    if let Some(other) = candidates.iter().find_map(|path| cx.site.in_other_case(path)) {
        let start = written.rfind('/').map_or(0, |slash| slash + 1);
        fields::report_case_mismatch(cx, field_value.value, written, &format!("{}{other}", &written[..start]), found);
        return;
    }
    let base = field_value.shape.base.as_deref().filter(|_| !field_value.shape.relative_to_file);
    let is_there_in_full = cx.site.has(Path::new(written)) == Some(true);
    let finding = found.at(field_value.span(), format!("there is no file `{}`", fields::truncate(written)));
    match base {
        Some(base) if is_there_in_full => finding.help(format!("leave out the folder: the path starts from `{base}`")),
        _ => finding.help(format!("looked for {}", join_paths(&candidates))),
    };
}

/// The places where the file may be, relative to the project's root, the likeliest first.
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
    let decoded = percent_decode(bare);
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
    use crate::content::Shape;
    use crate::data::field_type::FieldType;

    fn path(base: Option<&str>, relative_to_file: bool) -> Shape {
        let base = base.map(str::to_owned);
        Shape { must_exist: true, base, relative_to_file, ..shape([FieldType::Path]) }
    }

    fn seen(shape: Shape, value: &str) -> TestFinding {
        only("missing-asset", &content([("image", shape)]), &format!("---\nimage: {value}\n---\n"))
    }

    fn is_there(shape: Shape, value: &str) -> bool {
        run("missing-asset", &content([("image", shape)]), &format!("---\nimage: {value}\n---\n")).is_empty()
    }

    #[test]
    fn a_file_is_looked_for_where_the_config_says() {
        let base = || path(Some("assets/img"), false);
        for value in ["a.png", "/a.png", "/assets/img/a.png", "./a.png", "../img/a.png", "my%20cat.png", "a.png?v=2"] {
            assert!(is_there(base(), value), "{value}");
        }
        assert!(is_there(path(None, true), "b.png") && is_there(path(None, true), "../assets/img/a.png"));
        assert!(is_there(path(None, false), "b.png") && is_there(path(None, false), "assets/img/a.png"));
        let missing = seen(base(), "c.png");
        assert_eq!((missing.marked.as_str(), missing.message.as_str()), ("c.png", "there is no file `c.png`"));
        assert_eq!(missing.help, "looked for `assets/img/c.png`");
        assert_eq!(seen(base(), "b.png").help, "looked for `assets/img/b.png`");
        assert_eq!(seen(base(), "assets/img/a.png").help, "leave out the folder: the path starts from `assets/img`");
    }

    #[test]
    fn nothing_outside_the_project_is_asked_about() {
        for value in ["../../../etc/passwd", "../../../etc/no-such-file"] {
            let seen = seen(path(Some("assets/img"), false), value);
            assert_eq!(seen.message, format!("`{value}` leads out of the project"));
            assert_eq!(seen.help, "name a file inside the project");
        }
    }

    #[test]
    fn what_names_no_file_is_left_alone() {
        let base = || path(Some("assets/img"), false);
        for value in ["https://example.com/a.png", "//example.com/a.png", "'{{ site.url }}/a.png'", "", "404"] {
            assert!(is_there(base(), value), "{value}");
        }
        assert!(is_there(shape([FieldType::Path]), "nowhere.png"));
    }

    #[test]
    fn items_of_a_list_are_looked_for_too() {
        let join_paths = Shape { items: Some(Box::new(path(Some("assets/img"), false))), ..shape([FieldType::List]) };
        let seen = only("missing-asset", &content([("images", join_paths)]), "---\nimages: [a.png, \"c.png\"]\n---\n");
        assert_eq!(seen.marked, "\"c.png\"");
    }
}
