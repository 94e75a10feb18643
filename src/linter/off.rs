//! Which lines the switches in a file cover, and which rules in them switched something off.

use crate::checks::{Finding, Found};
use crate::document::suppressions::{Suppression, SuppressionKind};
use crate::rule::{Group, Rule, RuleSet};
use crate::source::{Source, Span};
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

/// What is switched off in a file. A file may hold as many switches as it has lines, and as many findings: neither is
/// looked through for each of the other.
pub(super) struct Off<'a> {
    source: &'a Source,
    covers: Vec<Cover<'a>>,
    /// By rule or group: the lines on which it is off, in order and apart.
    lines: HashMap<&'a str, Vec<RangeInclusive<usize>>>,
    /// By rule or group: the lines on which something was switched off.
    used: HashMap<&'a str, BTreeSet<usize>>,
}

/// What one rule name in one switch covers.
struct Cover<'a> {
    name: &'a str,
    span: Span,
    lines: RangeInclusive<usize>,
}

impl<'a> Off<'a> {
    pub(super) fn new(switches: &'a [Suppression], source: &'a Source) -> Self {
        let mut off = Self { source, covers: Vec::new(), lines: HashMap::new(), used: HashMap::new() };
        // From the end, so that what switches on again is known before what it ends.
        let (mut all_on, mut on) = (None, HashMap::new());
        let mut next_lines = HashMap::new();
        for switch in switches.iter().rev() {
            let here = source.line_of(switch.span.start);
            let lines = match switch.kind {
                SuppressionKind::DisableLine => Some(here..=here),
                SuppressionKind::DisableNextLine => {
                    let end = source.line_of(switch.span.end);
                    next_lines.entry(end).or_insert_with(|| switch.line(source)).map(|line| line..=line)
                }
                SuppressionKind::DisableFile => Some(1..=usize::MAX),
                SuppressionKind::Disable => Some(here..=usize::MAX),
                SuppressionKind::Enable if switch.rules.is_empty() => {
                    (all_on, on) = (Some(here), HashMap::new());
                    None
                }
                SuppressionKind::Enable => {
                    on.extend(switch.rules.iter().map(|(name, _)| (name.as_str(), here)));
                    None
                }
                SuppressionKind::Unknown => None,
            };
            let Some(lines) = lines else { continue };
            for (name, span) in &switch.rules {
                let end = on.get(name.as_str()).copied().or(all_on).filter(|_| switch.kind == SuppressionKind::Disable);
                let lines = *lines.start()..=end.unwrap_or(*lines.end());
                off.covers.push(Cover { name, span: *span, lines });
            }
        }
        off.covers.reverse();
        off.join();
        off
    }

    /// Puts the lines of each name in order, those that meet in one.
    fn join(&mut self) {
        for cover in &self.covers {
            self.lines.entry(cover.name).or_default().push(cover.lines.clone());
        }
        for lines in self.lines.values_mut() {
            lines.sort_unstable_by_key(|lines| *lines.start());
            lines.dedup_by(|next, last| {
                let meet = next.start() <= last.end();
                if meet {
                    *last = *last.start()..=*last.end().max(next.end());
                }
                meet
            });
        }
    }

    /// The finding without its places that are switched off; none where all are.
    pub(super) fn filter(&mut self, rule: &Rule, mut finding: Finding) -> Option<Finding> {
        if self.covers.is_empty() {
            return Some(finding);
        }
        finding.again.retain(|span| !self.is_off(rule, *span));
        if self.is_off(rule, finding.span) {
            // A note that stands several times goes on at its next place.
            if finding.again.is_empty() {
                return None;
            }
            finding.span = finding.again.remove(0);
        }
        Some(finding)
    }

    fn is_off(&mut self, rule: &Rule, span: Span) -> bool {
        let line = self.source.line_of(span.start);
        let mut off = false;
        for name in [&*rule.page.id, rule.page.head.group.word()] {
            let Some((&name, lines)) = self.lines.get_key_value(name) else { continue };
            let next = lines.partition_point(|lines| *lines.end() < line);
            if lines.get(next).is_some_and(|lines| lines.contains(&line)) {
                self.used.entry(name).or_default().insert(line);
                off = true;
            }
        }
        off
    }

    fn is_used(&self, cover: &Cover<'_>) -> bool {
        self.used.get(cover.name).is_some_and(|lines| lines.range(cover.lines.clone()).next().is_some())
    }

    /// The names that switch nothing off, and those that name nothing.
    pub(super) fn unused(&self, rules: &RuleSet) -> Vec<Finding> {
        let mut found = Found::default();
        for cover in self.covers.iter().filter(|cover| !self.is_used(cover)) {
            let known =
                crate::rule::ids().any(|id| id == cover.name) || rules.rules.iter().any(|r| &*r.page.id == cover.name);
            let group = Group::ALL.into_iter().any(|group| group.word() == cover.name);
            if !known && !group {
                let finding = found.at(cover.span, format!("there is no rule `{}` to switch off", cover.name));
                let own = rules.rules.iter().map(|rule| &*rule.page.id);
                match crate::text::similarity::nearest(cover.name, own.chain(crate::rule::ids())) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("`matterlint rules` lists them"),
                };
            } else if group || rules.get(cover.name).is_some() {
                found
                    .at(cover.span, format!("`{}` finds nothing here to switch off", cover.name))
                    .help("take it out, so that the next slip here is seen");
            }
        }
        found.into_findings()
    }
}
