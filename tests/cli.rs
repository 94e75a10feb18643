//! What the README and the pages of `docs/` show, and what the command line promises, typed as it stands.

#[test]
fn what_is_shown_is_what_happens() {
    trycmd::TestCases::new()
        .case("README.md")
        .case("CONTRIBUTING.md")
        .case("docs/ci.md")
        .case("docs/content-types.md")
        .case("docs/editors.md")
        .case("docs/hooks.md")
        .case("tests/cmd/*.trycmd");
}
