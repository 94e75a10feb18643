//! Where a page violates its schema.

use crate::checks::check::Context;
use crate::checks::support::fields;
use crate::data::format::FrontMatterFormat;
use crate::data::node::Value;
use crate::document::front_matter::FrontMatter;
use crate::schema::{InstanceContext, Location, Violation, ViolationKind};
use crate::source::Span;

/// Whether the page's schema reports a violation at `span`.
pub(in crate::checks::front_matter) fn reports_at(cx: &Context, span: Span) -> bool {
    let Some(front) = cx.doc.front_matter.as_ref().filter(|front| fields::is_mapping_or_empty(front)) else {
        return false;
    };
    let Some((schema, root)) = cx.content.schema.as_ref().zip(front.root()) else { return false };
    schema.validate(root, view(cx, front)).iter().any(|violation| span_of(violation, front) == span)
}

/// How the generator interprets values.
pub(super) fn view(cx: &Context, front: &FrontMatter) -> InstanceContext {
    let profile = cx.profile;
    InstanceContext {
        yaml_dialect: (front.format == FrontMatterFormat::Yaml).then_some(profile.yaml_dialect),
        strict_types: profile.strict_types,
        folds_case: profile.folds_case,
    }
}

/// The span of a violation: the value, or its key if the violation is about the whole value or the value is empty.
pub(super) fn span_of(violation: &Violation<'_>, front: &FrontMatter) -> Span {
    let is_about_whole = matches!(
        violation.kind,
        ViolationKind::Missing { .. }
            | ViolationKind::Forbidden
            | ViolationKind::Not
            | ViolationKind::Ambiguous
            | ViolationKind::ContainsTooFew
            | ViolationKind::TooFewKeys(_)
            | ViolationKind::TooManyKeys(_)
    );
    match violation.location {
        Location::Root(_) => front.opening_delimiter,
        Location::Key(entry) => entry.key.span(),
        Location::Value(entry) if is_about_whole || is_long(entry.value) => entry.key.span(),
        Location::Value(entry) => entry.value_or_key_span(),
        Location::Item(item) if is_about_whole || is_long(item) => {
            item.entries().next().map_or(item.span(), |first| first.key.span())
        }
        Location::Item(item) => item.span(),
    }
}

/// Whether a value spans several lines.
fn is_long(value: Value<'_>) -> bool {
    value.scalar().is_none() && !value.is_flow() && !value.is_alias()
}
