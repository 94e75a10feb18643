//! `matterlint test`: the examples on rule pages, run.

use crate::cli::args::TestArgs;
use crate::cli::{CLEAN, FAILED, FINDINGS, Io};
use crate::config::Config;
use crate::fs;
use crate::fs::ProjectFiles;
use crate::source::Source;
use crate::workspace::OnDisk;
use crate::workspace::examples;
use std::io;
use std::path::Path;

pub(super) fn run(args: &TestArgs, io: &mut Io) -> io::Result<u8> {
    let cwd = std::env::current_dir()?;
    let found = fs::find_config(&cwd);
    let named = args.dir.as_deref().map(fs::absolute).transpose()?;
    let folder = named.as_deref().or(found.as_deref().and_then(Path::parent)).unwrap_or(&cwd);
    let (source, extra) = match (&named, &found) {
        (Some(_), _) => (None, vec![("rule-dirs".to_owned(), "rule-dirs: [.]".to_owned())]),
        (None, Some(file)) => (fs::read(file).ok().map(|bytes| Source::new(file, bytes)), vec![]),
        (None, None) => {
            writeln!(
                io.stderr,
                "matterlint: name the folder with your rule pages, or set `rule-dirs` in matterlint.yaml"
            )?;
            return Ok(FAILED);
        }
    };
    let config = match Config::read(source, &extra, &OnDisk(ProjectFiles::new(folder))) {
        Ok(config) => config,
        Err(faults) => {
            let files = faults
                .into_iter()
                .map(|faults| crate::report::FileReport { source: faults.source, diagnostics: faults.diagnostics });
            let report = crate::report::Report { files: files.collect(), ..Default::default() };
            let format = if io.width.is_some() { crate::report::Format::Full } else { crate::report::Format::Concise };
            let style = crate::report::Style { width: io.width.unwrap_or(80), summary: false, ..Default::default() };
            crate::report::write(format, &mut *io.stderr, &report, &style)?;
            return Ok(FAILED);
        }
    };
    let own: Vec<_> = config.pages().filter(|page| !crate::rule::ids().any(|id| id == &*page.id)).collect();
    let mut lies = 0;
    for page in &own {
        for lie in examples::lies(page, &config) {
            lies += 1;
            let at = page.source.point(lie.span.start);
            writeln!(io.stdout, "{}:{}: {}", page.source.name(), at.line, lie.message)?;
        }
    }
    let rules = |count: usize| if count == 1 { "1 rule".to_owned() } else { format!("{count} rules") };
    if own.is_empty() {
        let place = fs::relative(folder, &cwd);
        let place = crate::source::display_path(&place);
        writeln!(
            io.stderr,
            "matterlint: there are no rule pages in {place}; `rule-dirs` in matterlint.yaml names their folders"
        )?;
        return Ok(FAILED);
    }
    if lies == 0 {
        writeln!(io.stdout, "The examples of {} hold.", rules(own.len()))?;
    }
    Ok(if lies == 0 { CLEAN } else { FINDINGS })
}
