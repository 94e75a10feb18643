//! Which lines the switches in a file cover, and which rules in them switched something off.

use crate::checks::{Finding, Findings};
use crate::document::switches::{Switch, SwitchKind};
use crate::rule::{Group, Rule, RuleSet};
use crate::source::{Source, Span};
use std::collections::{BTreeSet, HashMap};
use std::ops::RangeInclusive;

/// What is switched off in a file. A file may hold as many switches as it has lines, and as many findings: neither is
/// looked through for each of the other.
pub(super) struct Suppressions<'a> {
    source: &'a Source,
    ranges: Vec<SuppressedRange<'a>>,
    /// By rule or group: the lines on which it is off, in order and apart.
    lines: HashMap<&'a str, Vec<RangeInclusive<usize>>>,
    /// By rule or group: the lines on which something was switched off.
    used: HashMap<&'a str, BTreeSet<usize>>,
}

/// What one rule name in one switch covers.
struct SuppressedRange<'a> {
    name: &'a str,
    span: Span,
    lines: RangeInclusive<usize>,
}

impl<'a> Suppressions<'a> {
    pub(super) fn new(switches: &'a [Switch], source: &'a Source) -> Self {
        let mut suppressions = Self { source, ranges: Vec::new(), lines: HashMap::new(), used: HashMap::new() };
        // From the end, so that what switches on again is known before what it ends.
        let (mut all_on, mut on) = (None, HashMap::new());
        let mut next_lines = HashMap::new();
        for switch in switches.iter().rev() {
            let here = source.line_of(switch.span.start);
            let lines = match switch.kind {
                SwitchKind::Line => Some(here..=here),
                SwitchKind::NextLine => {
                    let end = source.line_of(switch.span.end);
                    next_lines.entry(end).or_insert_with(|| switch.line(source)).map(|line| line..=line)
                }
                SwitchKind::File => Some(1..=usize::MAX),
                SwitchKind::Off => Some(here..=usize::MAX),
                SwitchKind::On if switch.rules.is_empty() => {
                    (all_on, on) = (Some(here), HashMap::new());
                    None
                }
                SwitchKind::On => {
                    on.extend(switch.rules.iter().map(|(name, _)| (name.as_str(), here)));
                    None
                }
                SwitchKind::Unknown => None,
            };
            let Some(lines) = lines else { continue };
            for (name, span) in &switch.rules {
                let end = on.get(name.as_str()).copied().or(all_on).filter(|_| switch.kind == SwitchKind::Off);
                let lines = *lines.start()..=end.unwrap_or(*lines.end());
                suppressions.ranges.push(SuppressedRange { name, span: *span, lines });
            }
        }
        suppressions.ranges.reverse();
        suppressions.merge_ranges();
        suppressions
    }

    /// Puts the lines of each name in order, those that meet in one.
    fn merge_ranges(&mut self) {
        for range in &self.ranges {
            self.lines.entry(range.name).or_default().push(range.lines.clone());
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
    pub(super) fn retain_unsuppressed(&mut self, rule: &Rule, mut finding: Finding) -> Option<Finding> {
        if self.ranges.is_empty() {
            return Some(finding);
        }
        finding.also_at.retain(|span| !self.is_suppressed(rule, *span));
        if self.is_suppressed(rule, finding.span) {
            // A note that stands several times goes on at its next place.
            if finding.also_at.is_empty() {
                return None;
            }
            finding.span = finding.also_at.remove(0);
        }
        Some(finding)
    }

    fn is_suppressed(&mut self, rule: &Rule, span: Span) -> bool {
        let line = self.source.line_of(span.start);
        let mut suppressions = false;
        for name in [&*rule.doc.id, rule.doc.metadata.group.as_str()] {
            let Some((&name, lines)) = self.lines.get_key_value(name) else { continue };
            let next = lines.partition_point(|lines| *lines.end() < line);
            if lines.get(next).is_some_and(|lines| lines.contains(&line)) {
                self.used.entry(name).or_default().insert(line);
                suppressions = true;
            }
        }
        suppressions
    }

    fn is_used(&self, range: &SuppressedRange<'_>) -> bool {
        self.used.get(range.name).is_some_and(|lines| lines.range(range.lines.clone()).next().is_some())
    }

    /// The names that switch nothing off, and those that name nothing.
    pub(super) fn unused(&self, rules: &RuleSet) -> Vec<Finding> {
        let mut found = Findings::default();
        for range in self.ranges.iter().filter(|range| !self.is_used(range)) {
            let known =
                crate::rule::ids().any(|id| id == range.name) || rules.rules.iter().any(|r| &*r.doc.id == range.name);
            let group = Group::ALL.into_iter().any(|group| group.as_str() == range.name);
            if !known && !group {
                let finding = found.at(range.span, format!("there is no rule `{}` to switch off", range.name));
                let own = rules.rules.iter().map(|rule| &*rule.doc.id);
                match crate::text::words::nearest(range.name, own.chain(crate::rule::ids())) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("`matterlint rules` lists them"),
                };
            } else if group || rules.get(range.name).is_some() {
                found
                    .at(range.span, format!("`{}` finds nothing here to switch off", range.name))
                    .help("take it out, so that the next slip here is seen");
            }
        }
        found.into_findings()
    }
}
