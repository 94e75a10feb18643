//! The fields that a content type speaks about, as a page has them.

use crate::checks::check::Context;
use crate::checks::finding::Findings;
use crate::checks::support::rewrite;
use crate::content::{Condition, Field, Holds, Shape};
use crate::data::node::{Entry, Value};
use crate::document::front_matter::FrontMatter;
use crate::source::{Span, display_path};
use crate::text::words;
use std::borrow::Cow;
use std::path::Path;

/// As many keys and values of one page are held against what the config knows, each against all of it. More are
/// nothing that a writer chose.
pub(crate) const MAX_ITEMS: usize = 1000;

/// A value that the content type says something of: a field's, or an item of a field's list.
#[derive(Clone, Copy)]
pub(crate) struct FieldValue<'a> {
    /// The field it belongs to.
    pub(crate) field: &'a Field,
    /// What it may be.
    pub(crate) shape: &'a Shape,
    /// The field's key and whole value.
    pub(crate) entry: Entry<'a>,
    /// The value.
    pub(crate) value: Value<'a>,
    /// Whether it is an item of a list.
    pub(crate) is_item: bool,
}

impl FieldValue<'_> {
    /// Where a finding about the value points: the value; the key of a field without one, and the very place where an
    /// item lacks.
    pub(crate) fn span(&self) -> Span {
        if self.is_item { self.value.span() } else { self.entry.value_or_key_span() }
    }

    /// What it is called in a message.
    pub(crate) fn name(&self) -> String {
        if self.is_item { format!("an item of `{}`", self.field.name) } else { format!("`{}`", self.field.name) }
    }
}

/// All values that the content type says something of, fields before items. What lies where the front matter is
/// broken is left out: it may not be what was meant. So are items of a list that stands in a list as an alias, which
/// keeps the number of places below that of the nodes for each level of the content type.
pub(crate) fn field_values<'a>(cx: &Context<'a>) -> Vec<FieldValue<'a>> {
    let Some(front) = &cx.doc.front_matter else {
        return Vec::new();
    };
    let mut field_values: Vec<FieldValue<'a>> = Vec::new();
    for field in &cx.content.fields {
        if let Some(entry) = find(cx, &field.name).filter(|entry| !has_problem_at(front, entry.span())) {
            field_values.push(FieldValue { field, shape: &field.shape, entry, value: entry.value, is_item: false });
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

/// The entry of field `name`, in whatever case where that doesn't matter to the site's generator.
pub(crate) fn find<'a>(cx: &Context<'a>, name: &str) -> Option<Entry<'a>> {
    let front = cx.doc.front_matter.as_ref()?;
    let as_written = entry(front, name);
    if as_written.is_some() || !front.may_have(name) || !cx.site.profile().folds_case {
        return as_written;
    }
    front.root()?.entries().find(|entry| entry.key.text().is_some_and(|key| key.eq_ignore_ascii_case(name)))
}

/// The entry of field `name`; a dot leads into a map, as in `taxonomies.tags`.
pub(crate) fn entry<'a>(front: &'a FrontMatter, name: &str) -> Option<Entry<'a>> {
    let root = front.root()?;
    let own = if front.may_have(name) { root.entry(name) } else { None };
    own.or_else(|| {
        // Few names have one, and a byte is looked for much faster than a character.
        let (map, name) = if name.as_bytes().contains(&b'.') { name.rsplit_once('.')? } else { return None };
        map.split('.').try_fold(root, |value, part| value.get(part))?.entry(name)
    })
}

/// Tells of a file that is there, but for upper and lower case.
pub(crate) fn report_case_mismatch(cx: &Context, value: Value<'_>, path: &str, other: &str, found: &mut Findings) {
    let finding = found.at(value.span(), format!("there is no file `{}`, only `{}`", truncate(path), truncate(other)));
    finding.help(format!("write `{}`: on most servers upper and lower case make two files", truncate(other)));
    let syntax = cx.doc.front_matter.as_ref().map(|front| front.syntax);
    if let Some(edit) = syntax.and_then(|syntax| rewrite::replace_scalar(value, syntax, other)) {
        finding.fix(format!("write `{other}`"), vec![edit]);
    }
}

/// Whether nothing worth a look is written: no value, `""`, `[]`, `{}`.
pub(crate) fn is_empty_value(value: Value<'_>) -> bool {
    match value.text() {
        Some(text) => value.is_null() || text.trim().is_empty(),
        None => value.items().map_or(value.entries().next().is_none(), |items| items.len() == 0),
    }
}

/// Whether the front matter can be asked what it holds: it is a map, or empty.
pub(crate) fn is_mapping_or_empty(front: &FrontMatter) -> bool {
    match front.tree.root() {
        Some(root) => root.is_map() || (root.is_null() && front.problems.is_empty()),
        None => front.problems.is_empty(),
    }
}

/// A key that the content type doesn't know, and the absent field that it was most likely meant to be.
pub(crate) struct UnknownKey<'a> {
    /// The key and its value.
    pub(crate) entry: Entry<'a>,
    /// The key's text.
    pub(crate) key: &'a str,
    /// The field, if one is near enough.
    pub(crate) suggestion: Option<&'a Field>,
}

/// The keys that the content type doesn't know, in order.
pub(crate) fn unknown_keys<'a>(cx: &Context<'a>) -> Vec<UnknownKey<'a>> {
    let Some((front, root)) = cx.doc.front_matter.as_ref().and_then(|front| Some((front, front.root()?))) else {
        return Vec::new();
    };
    let fields = &cx.content.fields;
    let absent: Vec<&'a Field> = fields.iter().filter(|field| find(cx, &field.name).is_none()).collect();
    // `<<` takes over another map's entries.
    let folds = cx.site.profile().folds_case;
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
            let name = words::nearest(key, absent.iter().map(|field| field.name.as_str()));
            let find = |is: &dyn Fn(&str) -> bool| absent.iter().copied().find(|field| is(&field.name));
            let one_or_many = || {
                let singular = words::fold_plural(key);
                find(&|name| words::fold_plural(name) == singular)
            };
            let suggestion = name.map_or_else(one_or_many, |suggestion| find(&|name| name == suggestion));
            UnknownKey { entry, key, suggestion }
        })
        .collect()
}

/// What makes a condition hold, for a second place to show; none where it doesn't hold.
pub(crate) fn matching_entries<'a>(cx: &Context<'a>, condition: &Condition) -> Option<Vec<Entry<'a>>> {
    if let Some(paths) = &condition.files {
        let path = cx.site.inside(cx.doc.source.path());
        if !(paths.matches)(&display_path(&path)) {
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
            Holds::Something(is) => entry.is_some() == *is,
            Holds::OneOf(values) => is_one_of(values),
            Holds::NoneOf(values) => !is_one_of(values),
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
        Holds::Something(true) => format!("there is `{name}`"),
        Holds::Something(false) => format!("there is no `{name}`"),
        Holds::OneOf(values) => format!("`{name}` is {}", one_of(values)),
        Holds::NoneOf(values) => format!("`{name}` isn't {}", one_of(values)),
    });
    let of_path = condition.files.iter().map(|paths| format!("the page is one of `{}`", paths.shown));
    format!("where {}", of_fields.chain(of_path).collect::<Vec<_>>().join(" and "))
}

/// A text as a message shows it: its first line, at most 40 characters of it.
pub(crate) fn truncate(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &line[..end])),
        None if line.len() < text.len() => Cow::Owned(format!("{line}…")),
        None => Cow::Borrowed(line),
    }
}

/// Whether something is broken at `span`, so that what stands there may not be what was meant.
pub(crate) fn has_problem_at(front: &FrontMatter, span: Span) -> bool {
    let next = front.problems.partition_point(|problem| problem.span.start < span.start);
    front.problems.get(next).is_some_and(|problem| problem.span.start <= span.end)
}

/// Whether the page lies below a folder of this name; `content/docs` are two, one in the other.
pub(crate) fn is_in_folder(cx: &Context, names: &str) -> bool {
    let folders = cx.doc.source.path().parent().into_iter().flat_map(Path::components);
    let folders: Vec<_> = folders.map(|part| part.as_os_str()).collect();
    let names: Vec<_> = names.split('/').collect();
    folders.windows(names.len()).any(|part| part.iter().zip(&names).all(|(folder, name)| **folder == **name))
}
