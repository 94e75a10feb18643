//! What the config of another linter or CMS defines that applies to matterlint too: what is excluded, required fields, and
//! schemas. Rules about style have no counterpart, and comments such as `<!-- markdownlint-disable -->` are left alone.

mod front_matter_cms;
mod markdownlint;
mod remark;
mod rumdl;
mod taken;

use crate::fs::ProjectFiles;

pub(super) use taken::Takeover;

/// Reads the config of a program; adds nothing where it has none.
type Read = fn(&ProjectFiles, &mut Takeover);

/// The programs, by name, each with the files that it has.
const PROGRAMS: [(&str, Read, &[&str]); 4] = [
    ("markdownlint", markdownlint::read, &markdownlint::FILES),
    ("rumdl", rumdl::read, &rumdl::FILES),
    ("front-matter-cms", front_matter_cms::read, &front_matter_cms::FILES),
    ("remark-lint-frontmatter-schema", remark::read, &remark::FILES),
];

/// Reads the config of the program `name`.
///
/// # Errors
/// If the program is unknown, or its config is missing.
pub(super) fn read(name: &str, project: &ProjectFiles) -> Result<Takeover, String> {
    let Some((_, read, files)) = PROGRAMS.iter().find(|(known, ..)| *known == name) else {
        let known: Vec<&str> = PROGRAMS.iter().map(|(known, ..)| *known).collect();
        return Err(format!("unknown program `{name}`; expected one of {}", known.join(", ")));
    };
    let mut takeover = Takeover::default();
    read(project, &mut takeover);
    if takeover.files.is_empty() {
        return Err(format!("no config of {name} found; expected one of {}", files.join(", ")));
    }
    Ok(takeover)
}

#[cfg(test)]
mod tests;
