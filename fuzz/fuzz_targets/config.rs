//! Any text as a config, and what it then finds in a post.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matterlint::inside::properties;

const POST: &[u8] = "---\ntitle: 안녕\ntags: [a, 개발]\ndate: 2024-02-30\n---\n\nTODO: 나중에\n\n![](a.png)\n".as_bytes();

fuzz_target!(|config: &str| {
    properties::of_config(config, POST);
});
