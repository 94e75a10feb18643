//! What the README and the pages of `docs/` show, and what the command line promises, typed as it stands.

#[test]
fn what_is_shown_is_what_happens() {
    trycmd::TestCases::new()
        .case("CONTRIBUTING.md")
        .case("docs/adopting.md")
        .case("docs/custom-rules.md")
        // The commands on these pages find something, so their exit status isn't 0.
        .fail("README.md")
        .fail("docs/ci.md")
        .fail("docs/content-types.md")
        .fail("docs/editors.md")
        .fail("docs/getting-started.md")
        .fail("docs/pre-commit.md")
        .case("tests/cmd/*.trycmd");
}
