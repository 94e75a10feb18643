//! The fields of a page that its content type declares.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::checks::support::rewrite;
use crate::content::{Condition, Field, FieldCondition, ValueConstraints};
use crate::data::node::{Entry, Value};
use crate::document::front_matter::FrontMatter;
use crate::generator::profile::Required;
use crate::source::{Span, display_path};
use crate::text::similarity;
use std::borrow::Cow;
use std::path::Path;

/// The maximum number of keys and values of a page that are compared with all declared ones. No author writes more.
pub(crate) const MAX_ITEMS: usize = 1000;

/// A value with a declared shape: a field's, or an item of a field's list.
#[derive(Clone, Copy)]
pub(crate) struct FieldValue<'a> {
    /// The field it belongs to.
    pub(crate) field: &'a Field,
    /// Its declared shape.
    pub(crate) shape: &'a ValueConstraints,
    /// The field's key and its whole value.
    pub(crate) entry: Entry<'a>,
    /// The value.
    pub(crate) value: Value<'a>,
    /// Whether it is an item of a list.
    pub(crate) is_item: bool,
}

impl FieldValue<'_> {
    /// The span of a finding about the value: the value, or the key of a field without one. An empty item has a place
    /// of its own.
    pub(crate) fn span(&self) -> Span {
        if self.is_item { self.value.span() } else { self.entry.value_or_key_span() }
    }

    /// Its name in a message.
    pub(crate) fn name(&self) -> String {
        if self.is_item { format!("an item of `{}`", self.field.name) } else { format!("`{}`", self.field.name) }
    }
}

/// All values with a declared shape, fields before items. Excluded are values next to a syntax error, which may not be
/// what was intended, and the items of nested lists that are aliases. So there are at most as many values as nodes for
/// each level of the content type.
pub(crate) fn field_values<'a>(cx: &Context<'a>) -> Vec<FieldValue<'a>> {
    let Some(front) = &cx.doc.front_matter else {
        return Vec::new();
    };
    let mut field_values: Vec<FieldValue<'a>> = Vec::new();
    for field in &cx.content.fields {
        if let Some(entry) = find(cx, &field.name).filter(|entry| !has_problem_at(front, entry.span())) {
            field_values.push(FieldValue {
                field,
                shape: &field.constraints,
                entry,
                value: entry.value,
                is_item: false,
            });
        }
    }
    let mut next = 0;
    while let Some(&field_value) = field_values.get(next) {
        next += 1;
        let Some(shape) = field_value.shape.items.as_deref() else {
            continue;
        };
        if let Some(items) =
            field_value.value.items().filter(|_| !(field_value.is_item && field_value.value.is_alias()))
        {
            field_values.extend(items.map(|value| FieldValue { shape, value, is_item: true, ..field_value }));
        }
    }
    field_values
}

/// The entry of field `name`, in any case if the generator ignores case.
pub(crate) fn find<'a>(cx: &Context<'a>, name: &str) -> Option<Entry<'a>> {
    let front = cx.doc.front_matter.as_ref()?;
    let as_written = entry(front, name);
    if as_written.is_some() || !front.may_contain_key(name) || !cx.profile.folds_case {
        return as_written;
    }
    front.root()?.entries().find(|entry| entry.key.text().is_some_and(|key| key.eq_ignore_ascii_case(name)))
}

/// The entry of field `name`; a dot separates the keys of nested mappings, as in `taxonomies.tags`.
pub(crate) fn entry<'a>(front: &'a FrontMatter, name: &str) -> Option<Entry<'a>> {
    let root = front.root()?;
    let own = if front.may_contain_key(name) { root.entry(name) } else { None };
    own.or_else(|| {
        // Few names have a dot, and searching for a byte is much faster than for a character.
        let (map, name) = if name.as_bytes().contains(&b'.') { name.rsplit_once('.')? } else { return None };
        map.split('.').try_fold(root, |value, part| value.get(part))?.entry(name)
    })
}

/// Reports a path that leaves the project. Nothing outside is looked at, so nothing outside can be asked about.
pub(crate) fn report_leaving_project(span: Span, path: &str, found: &mut Findings) {
    let finding = found.at(span, format!("path `{}` is outside the project", truncate(path)));
    finding.help("use a file inside the project");
}

/// Reports a file that exists in another case.
pub(crate) fn report_case_mismatch(cx: &Context, value: Value<'_>, path: &str, other: &str, found: &mut Findings) {
    let finding = found
        .at(value.span(), format!("file `{}` does not exist; did you mean `{}`?", truncate(path), truncate(other)));
    finding.help("match the case of the file name; it matters on most servers");
    let syntax = cx.doc.front_matter.as_ref().map(|front| front.format);
    if let Some(edit) = syntax.and_then(|syntax| rewrite::replace_scalar(value, syntax, other)) {
        finding.fix(format!("Replace with `{other}`"), vec![edit]);
    }
}

/// Whether a value is empty: null, `""`, `[]`, `{}`.
pub(crate) fn is_empty_value(value: Value<'_>) -> bool {
    match value.text() {
        Some(text) => value.is_null() || text.trim().is_empty(),
        None => value.items().map_or(value.entries().next().is_none(), |items| items.len() == 0),
    }
}

/// Whether the front matter is a mapping or empty.
pub(crate) fn is_mapping_or_empty(front: &FrontMatter) -> bool {
    match front.tree.root() {
        Some(root) => root.is_map() || (root.is_null() && front.problems.is_empty()),
        None => front.problems.is_empty(),
    }
}

/// A key that the content type doesn't declare, and the missing field that it is probably a typo for.
pub(crate) struct UnknownKey<'a> {
    /// The key and its value.
    pub(crate) entry: Entry<'a>,
    /// The key's text.
    pub(crate) key: &'a str,
    /// The missing field, if one is similar enough.
    pub(crate) suggestion: Option<&'a Field>,
}

/// The keys that the content type doesn't declare, in order.
pub(crate) fn unknown_keys<'a>(cx: &Context<'a>) -> Vec<UnknownKey<'a>> {
    let Some((front, root)) = cx.doc.front_matter.as_ref().and_then(|front| Some((front, front.root()?))) else {
        return Vec::new();
    };
    let fields = &cx.content.fields;
    let absent: Vec<&'a Field> = fields.iter().filter(|field| find(cx, &field.name).is_none()).collect();
    // `<<` merges the entries of another mapping.
    let folds = cx.profile.folds_case;
    let is_same = |name: &str, key: &str| name == key || (folds && name.eq_ignore_ascii_case(key));
    let known = |key: &str| {
        key == "<<"
            || fields.iter().any(|f| is_same(&f.name, key) || f.name.split('.').next().is_some_and(|n| is_same(n, key)))
    };
    root.entries()
        .filter(|entry| !has_problem_at(front, entry.span()))
        .filter_map(|entry| Some((entry, entry.key.text()?)))
        .filter(|(_, key)| !known(key))
        .take(MAX_ITEMS)
        .map(|(entry, key)| {
            let name = similarity::nearest(key, absent.iter().map(|field| field.name.as_str()));
            let find = |is: &dyn Fn(&str) -> bool| absent.iter().copied().find(|field| is(&field.name));
            let one_or_many = || {
                let singular = similarity::normalize_plural(key);
                find(&|name| similarity::normalize_plural(name) == singular)
            };
            let suggestion = name.map_or_else(one_or_many, |suggestion| find(&|name| name == suggestion));
            UnknownKey { entry, key, suggestion }
        })
        .collect()
}

/// The entries that make a condition true; none if it is false.
pub(crate) fn matching_entries<'a>(cx: &Context<'a>, condition: &Condition) -> Option<Vec<Entry<'a>>> {
    if let Some(paths) = &condition.files {
        let path = cx.site.inside(cx.doc.source.path());
        if !paths.globs.matches(&display_path(&path)) {
            return None;
        }
    }
    let mut matching_entries = Vec::new();
    for (name, holds) in &condition.fields {
        let entry = find(cx, name).filter(|entry| !is_empty_value(entry.value));
        let is_one_of = |values: &[String]| {
            entry.is_some_and(|entry| {
                let mut own = entry.value.items().into_iter().flatten().chain([entry.value]).filter_map(Value::text);
                own.any(|own| values.iter().any(|value| value == own.trim()))
            })
        };
        let holds_here = match holds {
            FieldCondition::IsSet(is) => entry.is_some() == *is,
            FieldCondition::OneOf(values) => is_one_of(values),
            FieldCondition::NotOneOf(values) => !is_one_of(values),
        };
        if !holds_here {
            return None;
        }
        matching_entries.extend(entry);
    }
    Some(matching_entries)
}

/// ``where `layout` is `event` and the page is one of `_posts/**` ``
pub(crate) fn describe_condition(condition: &Condition) -> String {
    let one_of = |values: &[String]| values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ");
    let of_fields = condition.fields.iter().map(|(name, holds)| match holds {
        FieldCondition::IsSet(true) => format!("`{name}` is set"),
        FieldCondition::IsSet(false) => format!("`{name}` is not set"),
        FieldCondition::OneOf(values) => format!("`{name}` is {}", one_of(values)),
        FieldCondition::NotOneOf(values) => format!("`{name}` is not {}", one_of(values)),
    });
    let of_path = condition.files.iter().map(|paths| format!("the path matches `{}`", paths.display));
    format!("where {}", of_fields.chain(of_path).collect::<Vec<_>>().join(" and "))
}

/// A text for a message: its first line, truncated to 40 characters.
pub(crate) fn truncate(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &line[..end])),
        None if line.len() < text.len() => Cow::Owned(format!("{line}…")),
        None => Cow::Borrowed(line),
    }
}

/// Whether there is a syntax error at `span`, so that the value may not be what was intended.
pub(crate) fn has_problem_at(front: &FrontMatter, span: Span) -> bool {
    let next = front.problems.partition_point(|problem| problem.span.start < span.start);
    front.problems.get(next).is_some_and(|problem| problem.span.start <= span.end)
}

/// Whether the page is below a folder of this name; `content/docs` is a folder in a folder.
pub(crate) fn is_in_folder(cx: &Context, names: &str) -> bool {
    let folders = cx.doc.source.path().parent().into_iter().flat_map(Path::components);
    let folders: Vec<_> = folders.map(|part| part.as_os_str()).collect();
    let names: Vec<_> = names.split('/').collect();
    folders.windows(names.len()).any(|part| part.iter().zip(&names).all(|(folder, name)| **folder == **name))
}

/// The name of the folder that the page is in.
pub(crate) fn folder_name<'a>(cx: &Context<'a>) -> Option<&'a str> {
    cx.doc.source.path().parent()?.file_name()?.to_str()
}

/// What the generator requires of this page. A README is often there for readers of the repository.
pub(crate) fn required_by_generator<'a>(cx: &Context<'a>) -> impl Iterator<Item = &'a Required> {
    let is_read_me = cx.doc.source.path().file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let is_in = |folder: &Option<String>| folder.as_ref().is_none_or(|names| is_in_folder(cx, names));
    cx.profile.required.iter().filter(move |required| !is_read_me && is_in(&required.only_in_folder))
}
