//! What the walls catch and what they let pass, on small sources.

use crate::resolve::House;
use crate::{PRINT, ROOMS, WORLD, checks};

/// A house of these files, and of an empty file for each parent that isn't among them.
fn house(sources: &[(&str, &str)]) -> House {
    let mut sources = sources.to_vec();
    for parent in
        ["src/lib.rs", "src/checks/mod.rs", "src/checks/commands/mod.rs", "src/data/mod.rs", "src/report/mod.rs"]
    {
        let folder = parent.strip_suffix("mod.rs").unwrap_or("src/");
        let is_needed = sources.iter().any(|(path, _)| path.starts_with(folder));
        if is_needed && sources.iter().all(|(path, _)| *path != parent) {
            sources.push((parent, ""));
        }
    }
    House::new(sources)
}

fn rooms(sources: &[(&str, &str)]) -> Vec<String> {
    checks::rooms(&house(sources), ROOMS)
}

fn cycles(sources: &[(&str, &str)]) -> Vec<String> {
    checks::cycles(&house(sources))
}

const REPORT: (&str, &str) = ("src/report/mod.rs", "pub(crate) fn write() {}");
const NO_FAULT: [&str; 0] = [];

/// `text` as `src/source.rs`, next to a report it may not import.
fn in_source(text: &str) -> Vec<String> {
    rooms(&[("src/source.rs", text), REPORT])
}

#[test]
fn an_import_by_super_is_caught() {
    assert_eq!(
        in_source("use super::report;"),
        ["src/source.rs:1: `super::report`: room `source` may not import `report`"]
    );
}

#[test]
fn an_import_in_nested_braces_is_caught() {
    let sources = [
        ("src/source.rs", "#[rustfmt::skip]\nuse crate::{\n    a::{b, c as d},\n    report::{self as out, write},\n};"),
        REPORT,
    ];
    assert_eq!(
        rooms(&sources),
        [
            "src/source.rs:3: `crate::a::b` and 1 more: room `source` may not import `lib`",
            "src/source.rs:4: `crate::report` and 1 more: room `source` may not import `report`",
        ]
    );
}

#[test]
fn an_import_by_two_supers_is_caught() {
    let nested = ("src/data/yaml/scan.rs", "use super::super::super::report::write;");
    let found = rooms(&[("src/data/yaml.rs", "mod scan;"), nested, REPORT]);
    assert_eq!(
        found,
        ["src/data/yaml/scan.rs:1: `super::super::super::report::write`: room `data` may not import `report`"]
    );
    let checked = ("src/data/toml.rs", "fn f() { super::super::report::write() }");
    assert_eq!(
        rooms(&[checked, REPORT]),
        ["src/data/toml.rs:1: `super::super::report::write`: room `data` may not import `report`"]
    );
}

#[test]
fn every_form_of_import_is_caught() {
    for import in [
        "use crate::report::*;",
        "use crate::report as r#type;",
        "use self::super::report::write as _;",
        "pub(crate) use crate::report::write;",
        "fn f() { use crate::report::write; }",
        "fn f() { if true { use crate::{report}; } }",
        "mod inner { use super::super::report::write; }",
        "#[allow(unused)] /* why */ use crate::r#report::write;",
    ] {
        assert_eq!(in_source(import).len(), 1, "{import}: {:?}", in_source(import));
    }
}

#[test]
fn an_inline_path_is_caught() {
    for code in [
        "fn f() { crate::report::write() }",
        "fn f() { super::report::write(); }",
        "fn f(x: crate::report::Format) {}",
        "impl crate::report::Format for u8 {}",
        "fn f() { let x: Vec<crate::report::Format> = <_>::default(); }",
        "fn f() { assert!(matches!(x, Some(crate::report::Format::Full))); }",
        "fn f() { vec![1, 2, crate::report::{write}] }",
        "macro_rules! m { () => { $crate::report::write() } }",
        "#[derive(crate::report::Write)] struct A;",
        "fn f() { x.map(|y| crate::report::write::<u8>(y)) }",
    ] {
        assert_eq!(in_source(code).len(), 1, "{code}: {:?}", in_source(code));
    }
}

#[test]
fn a_path_in_text_is_not_an_import() {
    let code = r###"//! `crate::report::write`
        // use crate::report;
        /* use crate::report; /* use super::report; */ */
        /// [`crate::report::write`]
        fn f() -> char {
            let _ = ("use crate::report;", r#"" crate::report::write()"#, b"super::report", c"super::report");
            let _ = format!("{} // crate::report", '"');
            '\''
        }
    "###;
    assert_eq!(in_source(code), NO_FAULT);
}

#[test]
fn a_variable_or_a_field_is_not_the_room_of_its_name() {
    let code = "fn f(report: u8) -> u8 { let data = Data { report }; println!(\"{}\", data.report); report }";
    assert_eq!(in_source(code), NO_FAULT);
    let parent = ("src/data/mod.rs", "mod node;\nfn f(node: u8) { g(node, x.node) }");
    assert_eq!(cycles(&[parent, ("src/data/node.rs", "use super::f;")]), NO_FAULT);
}

#[test]
fn unit_tests_are_left_out() {
    let code = "#[cfg(test)]\nmod tests { use crate::report::write; }\n#[cfg(test)] use crate::report;\n\
                #[cfg(all(test, unix))] fn f() { crate::report::write() }";
    assert_eq!(in_source(code), NO_FAULT);
    let files = [
        ("src/data/node_tests.rs", "use crate::report::write;"),
        ("src/data/sample.rs", "use crate::report::write;"),
        ("src/data/mod.rs", "#[cfg(test)] mod sample;"),
        REPORT,
    ];
    assert_eq!(rooms(&files), NO_FAULT);
    assert_eq!(in_source("#[cfg(test)]\n#[path = \"a_tests.rs\"]\nmod tests;"), NO_FAULT);
    assert_eq!(in_source("#[path = \"elsewhere.rs\"]\nmod a;").len(), 1);
    let built = in_source("#[cfg(not(test))] use crate::report;");
    assert_eq!(built.len(), 1, "{built:?}");
}

#[test]
fn a_room_outside_the_table_is_named() {
    assert_eq!(rooms(&[("src/misc.rs", "")]), ["src/misc.rs: room `misc` isn't in the table ROOMS of tests/walls.rs"]);
}

#[test]
fn an_allowed_import_passes() {
    let data = [("src/data/mod.rs", "mod node;\npub(crate) use node::Node;"), ("src/data/node.rs", "pub struct Node;")];
    let schema = ("src/schema/mod.rs", "use crate::data::{self, Node};\nfn f() { data::Node::new() }");
    assert_eq!(rooms(&[data[0], data[1], schema]), NO_FAULT);
    let main = ("src/main.rs", "use matterlint::cli::{self, Io};");
    assert_eq!(rooms(&[main, ("src/cli/mod.rs", "pub struct Io;")]), NO_FAULT);
    assert_eq!(rooms(&[("src/main.rs", "use matterlint::report;"), REPORT]).len(), 1);
}

#[test]
fn a_reexport_leads_to_what_it_names() {
    // Through the root, through an allowed room, and through another name.
    let data = ("src/data/mod.rs", "pub(crate) use crate::report::write as put;");
    let found = rooms(&[("src/lib.rs", "pub use report::write;"), data, REPORT, ("src/text.rs", "use crate::write;")]);
    assert_eq!(
        found,
        [
            "src/data/mod.rs:1: `crate::report::write`: room `data` may not import `report`",
            "src/text.rs:1: `crate::write`: room `text` may not import `report`",
        ]
    );
    let found = rooms(&[data, REPORT, ("src/schema.rs", "use crate::data::*;\nfn f() { put() }")]);
    assert_eq!(found[1], "src/schema.rs:2: `put`: room `schema` may not import `report`");
    // A high room is named, even if what it re-exports is defined in a low one.
    let high = ("src/workspace.rs", "pub use crate::source::Span;");
    let found =
        rooms(&[("src/source.rs", "pub struct Span;"), high, ("src/data/mod.rs", "use crate::workspace::Span;")]);
    assert_eq!(found, ["src/data/mod.rs:1: `crate::workspace::Span`: room `data` may not import `workspace`"]);
}

#[test]
fn an_import_leads_to_the_file_that_defines_the_name() {
    // `node.rs` and `yaml.rs` both import from `mod.rs`, which only re-exports.
    let parent = ("src/data/mod.rs", "mod node;\nmod yaml;\npub(crate) use node::Node;\npub(crate) use yaml::*;");
    let yaml = ("src/data/yaml.rs", "use super::Node;\nuse crate::data;\npub struct Yaml(data::Node);");
    let node = ("src/data/node.rs", "pub struct Node;");
    assert_eq!(cycles(&[parent, node, yaml]), NO_FAULT);
    let node = ("src/data/node.rs", "use crate::data::Yaml;\npub struct Node;");
    assert_eq!(
        cycles(&[parent, node, yaml]),
        ["2 files of room `data` import each other:\
         \n    src/data/node.rs → src/data/yaml.rs: `crate::data::Yaml` (line 1)\
         \n    src/data/yaml.rs → src/data/node.rs: `data::Node` (line 3), `super::Node` (line 1)"]
    );
}

#[test]
fn a_path_goes_on_inside_a_module_and_not_inside_a_function_of_its_name() {
    let parent = ("src/data/mod.rs", "mod node;\npub fn node() -> node::Node { node::read() }");
    let node = ("src/data/node/mod.rs", "mod list;\nuse crate::data::node::list::List;\npub struct Node(List);");
    let list = ("src/data/node/list.rs", "pub struct List;");
    assert_eq!(cycles(&[parent, node, list]), NO_FAULT);
}

#[test]
fn a_parent_that_calls_a_child_and_is_called_back_is_a_cycle() {
    let child = ("src/checks/commands/lexer.rs", "use super::Command;\npub struct Lexer;");
    let declares = ("src/checks/commands/mod.rs", "mod lexer;\npub(crate) use lexer::Lexer;\npub struct Command;");
    assert_eq!(cycles(&[declares, child]), NO_FAULT);
    for code in [
        "fn f() { lexer::lex() }",
        "fn f() -> Lexer { todo!() }",
        "use self::lexer::Token;",
        "fn f() { g!(lexer::lex()) }",
    ] {
        let calls = ("src/checks/commands/mod.rs", &*format!("{}\n{code}", declares.1));
        let found = cycles(&[calls, child]);
        assert_eq!(found.len(), 1, "{code}");
        assert!(found[0].starts_with("2 files of room `checks`"), "{found:?}");
        assert!(
            found[0].contains("src/checks/commands/lexer.rs → src/checks/commands/mod.rs: `super::Command` (line 1)")
        );
    }
}

#[test]
fn a_cycle_of_three_files_is_caught() {
    let sources = [
        ("src/checks/a.rs", "use super::{b::B, commands};\npub struct A;\nfn f() { commands::lexer::lex() }"),
        ("src/checks/b.rs", "pub struct B;\nfn f() { crate::checks::commands::lexer::lex() }"),
        (
            "src/checks/commands/lexer.rs",
            "use super::super::a::A;\npub fn lex() { fields::f() }\nuse crate::checks::fields;",
        ),
        ("src/checks/fields.rs", "pub fn f() {}"),
    ];
    assert_eq!(
        cycles(&sources),
        [
            "2 files of room `checks` import each other:\
         \n    src/checks/a.rs → src/checks/commands/lexer.rs: `commands::lexer::lex` (line 3)\
         \n    src/checks/commands/lexer.rs → src/checks/a.rs: `super::super::a::A` (line 1)",
            "3 files of room `checks` import each other:\
         \n    src/checks/a.rs → src/checks/b.rs: `super::b::B` (line 1)\
         \n    src/checks/b.rs → src/checks/commands/lexer.rs: `crate::checks::commands::lexer::lex` (line 2)\
         \n    src/checks/commands/lexer.rs → src/checks/a.rs: `super::super::a::A` (line 1)",
        ]
    );
}

#[test]
fn a_glob_brings_what_its_module_defines() {
    let b = ("src/data/b.rs", "use super::a::A;\npub struct B;");
    assert_eq!(cycles(&[("src/data/a.rs", "use super::b::*;\npub struct A;"), b]).len(), 1);
    // Through the parent's re-exports.
    let parent = ("src/data/mod.rs", "mod a;\nmod b;\npub(crate) use b::B;");
    assert_eq!(cycles(&[parent, ("src/data/a.rs", "use super::*;\npub struct A;"), b]).len(), 1);
}

#[test]
fn a_crate_has_one_door() {
    let doors = [("regex", "src/text/pattern.rs"), ("toml", "src/data/toml.rs")];
    let sources = [
        ("src/text.rs", "mod pattern;\npub(crate) use pattern::Regex;"),
        ("src/text/pattern.rs", "pub(crate) use regex::Regex;"),
        ("src/data/mod.rs", "mod toml;\nfn f() { toml::read() }\nuse crate::text::Regex;"),
        ("src/data/toml.rs", "use toml::Table;\npub fn read() { toml::from_str() }"),
        ("src/data/json.rs", "use regex as re;\nfn f(regex: u8) { re::Regex::new(regex, ::toml::x) }"),
    ];
    assert_eq!(
        checks::doors(&house(&sources), &doors),
        [
            "src/data/json.rs:1: `regex` and 1 more: the door of crate `regex` is src/text/pattern.rs",
            "src/data/json.rs:2: `::toml::x`: the door of crate `toml` is src/data/toml.rs",
        ]
    );
}

#[test]
fn only_doors_touch_the_world() {
    let world = |path, code| checks::world(&house(&[(path, code)]), WORLD, PRINT);
    for code in [
        "use std::env;",
        "use std::{collections::BTreeMap, env as e};",
        "fn f() { std::env::var(\"HOME\") }",
        "fn f() { format!(\"{:?}\", std::fs::read(x)) }",
        "use std::process::ExitCode;",
        "fn f() { ::std::process::exit(1) }",
        "fn f() { std::process::Command::new(\"git\") }",
        "fn f() { std::net::TcpStream::connect(x) }",
        "fn f() { println!(\"x\") }",
        "fn f() { g!(dbg!(x)) }",
    ] {
        assert_eq!(world("src/checks/dates.rs", code).len(), 1, "{code}");
    }
    assert_eq!(world("src/checks/dates.rs", "fn f() { env!(\"X\"); writeln!(x); let fs = 1; fs.read() }"), NO_FAULT);
    assert_eq!(
        world("src/main.rs", "use std::process::ExitCode; fn f() { std::env::args_os(); println!() }"),
        NO_FAULT
    );
    assert_eq!(world("src/main.rs", "fn f() { std::process::exit(1) }").len(), 1);
    assert_eq!(
        world("src/lsp.rs", "use std::env;\nfn f() { env::current_dir() }"),
        ["src/lsp.rs:1: `std::env` and 1 more: `std::env` is only for src/fs/, src/cli/, src/main.rs"]
    );
}

#[test]
fn only_the_workspace_runs_the_engine() {
    let engine = |path, code| {
        let document = ("src/document.rs", "pub struct Document;");
        let site = ("src/site.rs", "pub struct PageFacts;\npub fn facts_of() {}");
        checks::engine(&house(&[(path, code), document, site]))
    };
    for code in [
        "use crate::document::Document as D; fn f() { D::parse(x) }",
        "use crate::site::facts_of;",
        "fn f() { crate::site::PageFacts::new() }",
        "fn f() { site.facts_of(x) }",
    ] {
        assert_eq!(engine("src/lsp.rs", code).len(), 1, "{code}");
        assert_eq!(engine("src/workspace.rs", code), NO_FAULT);
    }
    assert_eq!(engine("src/cli.rs", "fn f() { Document::parse(x) }"), NO_FAULT, "another `Document`");
    for code in ["type A = Box<dyn Fn(&Path) -> bool + Send>;", "fn f(x: &dyn FnMut(&std::path::Path, u8)) {}"] {
        assert_eq!(engine("src/site/names.rs", code).len(), 1, "{code}");
    }
    assert_eq!(engine("src/site/names.rs", "fn f(x: &dyn Fn(&str), y: impl Fn(&Path)) {}"), NO_FAULT);
}

#[test]
fn a_long_function_says_why() {
    let lines = |count: usize| "    g();\n".repeat(count);
    let sizes = |text: &str| checks::sizes(&house(&[("src/lib.rs", text)]), |_| text.to_owned());
    assert_eq!(sizes(&format!("//! A.\nfn f() {{\n{}}}\n", lines(58))), NO_FAULT, "60 lines");
    assert_eq!(
        sizes(&format!("//! A.\n#[inline]\npub fn f() {{\n{}}}\n", lines(59))),
        ["src/lib.rs:3: `f` has 61 lines and no comment above it says why it is over 60 lines"]
    );
    for above in [
        "// A table: over 60 lines.",
        "/// A table: over 60 lines.\n/// More.\n#[inline]",
        "// Over; over 60 lines\n/// F.",
    ] {
        assert_eq!(sizes(&format!("//! A.\n{above}\nfn f() {{\n{}}}\n", lines(59))), NO_FAULT, "{above}");
    }
    let method = format!(
        "//! A.\nimpl A {{\nfn f() {{\n{}}}\n}}\n#[cfg(test)]\nmod t {{ fn g() {{\n{}}} }}",
        lines(59),
        lines(59)
    );
    assert_eq!(sizes(&method).len(), 1);
    let distant = format!("//! A.\n// over 60 lines\n\nfn f() {{\n{}}}\n", lines(59));
    assert_eq!(sizes(&distant).len(), 1);
}

#[test]
fn a_long_file_says_why() {
    let sizes = |text: &str| checks::sizes(&house(&[("src/lib.rs", text)]), |_| text.to_owned());
    let rest = "const A: u8 = 1;\n".repeat(400);
    assert_eq!(sizes(&format!("//! A table: over 400 lines.\n{rest}")), NO_FAULT);
    assert_eq!(sizes(&format!("//! A table.\n{rest}")).len(), 1);
    assert_eq!(sizes("// A.\n").len(), 1);
}
