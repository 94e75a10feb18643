//! Any text as a page of somebody's own rule, with its examples run.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matterlint::inside::properties;

fuzz_target!(|page: &str| {
    properties::of_rule_page(page);
});
