//! Any text as a page of somebody's own rule, with its examples run.
#![no_main]

#[path = "../../tests/common/properties.rs"]
mod properties;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &str| {
    properties::of_rule_page(page);
});
