//! Equality of values, with each other and with those in a schema.

use crate::data::node::Value;
use crate::schema::instance::{Instance, InstanceContext};
use serde_json::Value as Json;
use std::fmt::Write;

/// Whether `value` equals `json`.
pub(crate) fn equals_json(context: InstanceContext, value: Value<'_>, json: &Json) -> bool {
    let mut todo = vec![(value, json)];
    while let Some((value, json)) = todo.pop() {
        let is_equal = match (context.resolve(value), json) {
            (Instance::Null, Json::Null) => true,
            (Instance::Bool(value), Json::Bool(json)) => value == *json,
            (Instance::Number(value), Json::Number(json)) => json.as_f64() == Some(value),
            (Instance::String(text) | Instance::Timestamp { text, .. }, Json::String(json)) => text == json,
            (Instance::Array, Json::Array(list)) => {
                let items: Vec<Value<'_>> = value.items().into_iter().flatten().collect();
                let is_as_long = items.len() == list.len();
                todo.extend(items.into_iter().zip(list));
                is_as_long
            }
            (Instance::Object, Json::Object(map)) => {
                let entries = || value.entries().filter_map(|entry| Some((entry.value, entry.key.text()?)));
                todo.extend(entries().filter_map(|(value, key)| Some((value, map.get(key)?))));
                entries().count() == map.len() && entries().all(|(_, key)| map.contains_key(key))
            }
            _ => false,
        };
        if !is_equal {
            return false;
        }
    }
    true
}

/// A text that is the same for equal values. Recurses as deep as the nesting of the page, which the parsers limit.
pub(crate) fn fingerprint(context: InstanceContext, value: Value<'_>, out: &mut String) {
    // Writing to a string can't fail.
    let _ = match context.resolve(value) {
        Instance::Null => out.write_str("null"),
        Instance::Bool(value) => write!(out, "{value}"),
        Instance::Number(number) => write!(out, "{number}"),
        Instance::String(text) | Instance::Timestamp { text, .. } => write!(out, "{text:?}"),
        Instance::Array => {
            out.push('[');
            for item in value.items().into_iter().flatten() {
                fingerprint(context, item, out);
                out.push(',');
            }
            out.write_char(']')
        }
        Instance::Object => {
            let mut parts: Vec<String> = value
                .entries()
                .map(|entry| {
                    let mut part = String::new();
                    fingerprint(context, entry.key, &mut part);
                    part.push(':');
                    fingerprint(context, entry.value, &mut part);
                    part
                })
                .collect();
            parts.sort();
            write!(out, "{{{}}}", parts.join(","))
        }
    };
}
