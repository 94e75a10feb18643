//! Any bytes as a post: findings, fixes, line ends, switches. The first byte says which generator and which file name.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matterlint::inside::properties::{self, GENERATORS, World};
use std::sync::LazyLock;

static WORLDS: LazyLock<[World; 4]> = LazyLock::new(|| GENERATORS.map(World::of));

fuzz_target!(|bytes: &[u8]| {
    let [choice, post @ ..] = bytes else { return };
    let name = ["_posts/2024-01-31-a.md", "content/a/index.md", "docs/a.mdx", "_drafts/a.md"][usize::from(choice >> 2) % 4];
    properties::of_page(&WORLDS[usize::from(*choice) % 4], name, post);
});
