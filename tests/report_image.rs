//! The image in the README, which is made from what the program prints.

use std::process::Command;

const IMAGE: &str = "docs/images/report.svg";

/// With `INSTA_UPDATE=always`, the image is written.
#[test]
fn the_image_in_the_readme_shows_the_current_output() {
    let output = Command::new(env!("CARGO_BIN_EXE_matterlint"))
        .args(["check", "--format", "full", "--color", "always", "--now", "2024-07-01", "docs/getting-started.in"])
        .env_clear()
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("the report is UTF-8");
    let image = anstyle_svg::Term::new().render_svg(&text);
    assert!(image.contains("broken-front-matter") && image.contains("<svg"), "{image}");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always") {
        std::fs::write(IMAGE, &image).expect("the image can be written");
    }
    let known = std::fs::read_to_string(IMAGE).expect("the image can be read");
    assert!(known == image, "{IMAGE} is outdated; run `INSTA_UPDATE=always cargo test --test report_image`");
}
