//! The state of the site: the fields that pages fill in, terms, dates, and pages without a description.

use crate::report::health::{FieldCoverage, SiteHealth, TermCounts};
use crate::report::html::markup::{bar, escape, percent};
use crate::text::plural::{noun, plural, thousands};
use std::io::{self, Write};

/// The maximum number of terms of a taxonomy that are listed.
const MOST_TERMS: usize = 200;

/// The maximum number of groups of near-duplicate terms that are listed.
const MOST_GROUPS: usize = 100;

/// Writes the section.
pub(super) fn write(out: &mut dyn Write, health: &SiteHealth) -> io::Result<()> {
    if health.pages == 0 {
        return Ok(());
    }
    writeln!(out, "<section>\n<h2>State of the site</h2>")?;
    let mut facts = vec![plural(health.pages, "page")];
    if health.without_front_matter > 0 {
        facts.push(format!("{} without front matter", thousands(health.without_front_matter)));
    }
    if health.unreadable > 0 {
        facts.push(format!("{} with front matter that can’t be parsed", thousands(health.unreadable)));
    }
    writeln!(out, "<p>{}.</p>", facts.join(", "))?;
    health.coverage.iter().try_for_each(|coverage| fields(out, coverage))?;
    health.taxonomies.iter().try_for_each(|taxonomy| terms(out, taxonomy))?;
    years(out, health)?;
    descriptions(out, health)?;
    writeln!(out, "</section>")
}

fn fields(out: &mut dyn Write, coverage: &FieldCoverage) -> io::Result<()> {
    let pages = plural(coverage.pages, "page");
    let of = match coverage.content_type.as_str() {
        "" => format!("Fields of {pages} without a content type"),
        name => format!("Fields of <code>{}</code> ({pages})", escape(name)),
    };
    writeln!(out, "<h3>{of}</h3>\n<ul class=\"chart\">")?;
    for field in &coverage.fields {
        let required = if field.required { "<small>required</small>" } else { "" };
        let class = if field.required && field.pages < coverage.pages { "error" } else { "plain" };
        let bar = bar(&[(class, field.pages)], coverage.pages);
        let count = format!("{} %", percent(field.pages, coverage.pages));
        let missing = coverage.pages.saturating_sub(field.pages);
        let title = format!("missing on {}", plural(missing, "page"));
        writeln!(
            out,
            "<li><span class=\"name\"><code>{}</code>{required}</span>{bar}<span class=\"count\" title=\"{title}\">{count}</span></li>",
            escape(&field.name)
        )?;
    }
    writeln!(out, "</ul>")
}

fn terms(out: &mut dyn Write, taxonomy: &TermCounts) -> io::Result<()> {
    let total = taxonomy.terms.len();
    writeln!(
        out,
        "<h3><code>{}</code>: {} distinct {}</h3>\n<ul class=\"terms\">",
        escape(&taxonomy.field),
        thousands(total),
        noun(total, "value")
    )?;
    for (term, count) in taxonomy.terms.iter().take(MOST_TERMS) {
        writeln!(out, "<li><bdi>{}</bdi> <span>{}</span></li>", escape(term), thousands(*count))?;
    }
    writeln!(out, "</ul>")?;
    if total > MOST_TERMS {
        let once = taxonomy.terms[MOST_TERMS..].iter().filter(|(_, count)| *count == 1).count();
        writeln!(out, "<p>{} more, {} of them used once.</p>", thousands(total - MOST_TERMS), thousands(once))?;
    }
    let groups = &taxonomy.near_duplicates;
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "<h4>Near duplicates</h4>\n<ul>")?;
    for group in groups.iter().take(MOST_GROUPS) {
        let count = |word: &str| taxonomy.terms.iter().find(|(term, _)| term == word).map_or(0, |(_, count)| *count);
        let words = group.iter().map(|word| format!("<bdi>{}</bdi> ({})", escape(word), thousands(count(word))));
        writeln!(out, "<li>{}</li>", words.collect::<Vec<_>>().join(", "))?;
    }
    writeln!(out, "</ul>")?;
    if groups.len() > MOST_GROUPS {
        writeln!(out, "<p>{} more groups.</p>", thousands(groups.len() - MOST_GROUPS))?;
    }
    Ok(())
}

fn years(out: &mut dyn Write, health: &SiteHealth) -> io::Result<()> {
    let most = health.years.iter().map(|(_, pages)| *pages).max().unwrap_or_default().max(health.undated);
    writeln!(out, "<h3>Pages by year</h3>\n<ul class=\"chart\">")?;
    let years = health.years.iter().map(|(year, pages)| (year.to_string(), *pages));
    let undated = Some(("no date".to_owned(), health.undated)).filter(|(_, pages)| *pages > 0);
    for (name, pages) in years.chain(undated) {
        let bar = bar(&[("plain", pages)], most);
        let pages = thousands(pages);
        writeln!(out, "<li><span class=\"name\">{name}</span>{bar}<span class=\"count\">{pages}</span></li>")?;
    }
    writeln!(out, "</ul>")
}

fn descriptions(out: &mut dyn Write, health: &SiteHealth) -> io::Result<()> {
    let (missing, pages) = (health.without_description, health.pages);
    writeln!(out, "<h3>Pages without a description: {} of {}</h3>", thousands(missing), thousands(pages))?;
    if missing == 0 {
        return Ok(());
    }
    writeln!(out, "<details>\n<summary>Show the pages</summary>\n<ul>")?;
    for path in &health.without_description_paths {
        writeln!(out, "<li><bdi>{}</bdi></li>", escape(path))?;
    }
    writeln!(out, "</ul>")?;
    let rest = missing.saturating_sub(health.without_description_paths.len());
    if rest > 0 {
        writeln!(out, "<p>{} more.</p>", thousands(rest))?;
    }
    writeln!(out, "</details>")
}
