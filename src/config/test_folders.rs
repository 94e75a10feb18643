//! Folders of test data: pages in them are read by programs, not by people.

/// The names of folders of tests and their data.
const TEST_FOLDERS: [&str; 7] = ["test", "tests", "__tests__", "fixtures", "__fixtures__", "testdata", "test-data"];

/// Folders of pages, below which a folder named `tests` has pages about tests: generators' folders of content, and what
/// documentation is usually kept in.
const CONTENT_FOLDERS: [&str; 14] = [
    "content", "docs", "doc", "_posts", "posts", "post", "blog", "_docs", "pages", "source", "files", "articles",
    "notes", "book",
];

/// Whether a path, relative to the project's root, is a folder of test data or below one.
pub(super) fn is_in_test_folder(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').take_while(|part| !CONTENT_FOLDERS.contains(part)).collect();
    // A package of a monorepo for tests: `packages/test-site`.
    let is_test_package = |pair: &[&str]| pair[0] == "packages" && pair[1].starts_with("test-");
    parts.iter().any(|part| TEST_FOLDERS.contains(part)) || parts.windows(2).any(is_test_package)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_about_tests_are_content() {
        for path in [
            "tests",
            "tests/data/a.md",
            "packages/x/__tests__/a.md",
            "test/content/a.md",
            "lib/testdata/a.md",
            "packages/test-site/content/a.md",
        ] {
            assert!(is_in_test_folder(path), "{path}");
        }
        for path in ["docs/tests/a.md", "content/en/test/a.md", "_posts/test/a.md", "testing/a.md", "tests.md", "a.md"]
        {
            assert!(!is_in_test_folder(path), "{path}");
        }
    }
}
