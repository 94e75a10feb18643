//! What the program is built from: each crate with its reason, and none that has no place in a linter.

use std::collections::BTreeSet;
use std::fs;

#[test]
fn every_direct_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let page = fs::read_to_string("docs/dependencies.md").expect("the page");
    for (table, title) in [
        ("dependencies", "## In the program"),
        ("build-dependencies", "## At build time"),
        ("dev-dependencies", "## In tests"),
    ] {
        let of_systems =
            manifest["target"].as_table().expect("a table").values().filter_map(|system| system.get(table));
        let tables = std::iter::once(&manifest[table]).chain(of_systems);
        let named: BTreeSet<&str> =
            tables.flat_map(|table| table.as_table().expect("a table").keys()).map(String::as_str).collect();
        let section = page.split(title).nth(1).expect("the section").split("\n## ").next().unwrap_or_default();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let mut reported = BTreeSet::new();
        for (name, row) in rows {
            let reason = row.split(" | ").nth(2).unwrap_or_default();
            assert!(reason.len() > 8, "`{name}` has no reason in docs/dependencies.md");
            assert!(reported.insert(name), "`{name}` stands twice in docs/dependencies.md");
        }
        assert_eq!(reported, named, "docs/dependencies.md, {title}");
    }
}

#[test]
fn nothing_banned_and_all_from_one_registry() {
    let (lock, deny) = (read("Cargo.lock"), read("deny.toml"));
    let banned = deny["bans"]["deny"].as_array().expect("a list");
    // Some are allowed as dependencies of the crates in `wrappers`, and of no others.
    let (wrapped, banned): (Vec<_>, Vec<_>) = banned.iter().partition(|ban| ban.get("wrappers").is_some());
    let banned: BTreeSet<&str> = banned.iter().filter_map(|ban| ban["crate"].as_str()).collect();
    assert!(banned.len() > 30 && banned.contains("tokio") && banned.contains("reqwest"));
    let registries = deny["sources"]["allow-registry"].as_array().expect("a list");
    let packages = lock["package"].as_array().expect("a list");
    assert!(packages.len() > 50, "Cargo.lock was found");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        assert!(!banned.contains(name), "`{name}` is banned by deny.toml");
        let needs = package.get("dependencies").and_then(|needs| needs.as_array()).into_iter().flatten();
        for need in needs.filter_map(|need| need.as_str()?.split(' ').next()) {
            let ban = wrapped.iter().find(|ban| ban["crate"].as_str() == Some(need));
            let is_wrapper = |ban: &&&toml::Value| {
                let wrappers = ban["wrappers"].as_array().expect("a list");
                wrappers.iter().any(|wrapper| wrapper.as_str() == Some(name))
            };
            assert!(ban.is_none() || ban.iter().any(is_wrapper), "`{name}` depends on `{need}`");
        }
        let source = package.get("source").and_then(|source| source.as_str()?.strip_prefix("registry+"));
        let is_known = |source| registries.iter().any(|registry| registry.as_str() == Some(source));
        assert!(name == "matterlint" || source.is_some_and(is_known), "`{name}` comes from {source:?}");
    }
}

fn read(path: &str) -> toml::Table {
    fs::read_to_string(path).expect("it can be read").parse().expect("it is TOML")
}
