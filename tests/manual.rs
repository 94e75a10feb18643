//! What the program prints about itself: completions, the manual page, and the schema that is checked in.

mod common;

use common::matterlint;

#[test]
fn the_schema_that_is_checked_in_is_what_is_printed() {
    let run = matterlint(&["schema"], "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write("matterlint.schema.json", &run.stdout).expect("the schema can be written");
    }
    let now = std::fs::read_to_string("matterlint.schema.json").unwrap_or_default();
    assert!(now == run.stdout, "matterlint.schema.json is stale: run `INSTA_UPDATE=always cargo test`");
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = matterlint(&["completions", shell], "");
        assert_eq!(run.status, 0, "{}", run.stderr);
        assert!(run.stdout.contains("unsafe-fixes") && run.stdout.contains("explain"), "{shell}");
    }
}

#[test]
fn the_manual_page_names_every_command_and_option() {
    let run = matterlint(&["man"], "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    for word in [
        ".TH matterlint",
        ".SH \"MATTERLINT CHECK\"",
        "\\-\\-unsafe\\-fixes",
        "\\-\\-stdin\\-filename",
        "MATTERLINT SERVER",
    ] {
        assert!(run.stdout.contains(word), "{word} isn't in\n{}", run.stdout);
    }
}
