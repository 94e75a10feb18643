//! Commands: 2,000 valid ones with one typo each, the built-in specs, and the table of known programs.

mod common;

use common::matterlint;
use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many commands are made and spoilt.
const COMMANDS: usize = 2_000;

/// A command with one typo in it.
struct Spoilt {
    /// What kind of typo.
    class: &'static str,
    /// The command as it should be, and as it stands.
    right: String,
    wrong: String,
}

/// The results for the typos of one class.
#[derive(Default)]
struct Tally {
    made: usize,
    found: usize,
    fixed: usize,
}

#[test]
fn typos_are_found_and_fixed() {
    let spoilt = spoil(&specs());
    assert_eq!(spoilt.len(), COMMANDS);
    // A page makes a typo once: an unknown program that it runs twice is one.
    let mut pages: Vec<Vec<&Spoilt>> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &spoilt {
        let count = counts.entry(one.wrong.split(' ').next().unwrap_or_default()).or_default();
        let page = if one.class == "misspelled program" { *count } else { 0 };
        *count += 1;
        pages.resize_with(pages.len().max(page + 1), Vec::new);
        pages[page].push(one);
    }
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for page in &pages {
        tally(page, &mut tallies);
    }
    let mut table = String::from("| typo | commands | found | of these, correct fix |\n|---|--:|--:|--:|\n");
    for (class, tally) in &tallies {
        let share = |part: usize, whole: usize| {
            (part * 100 + whole / 2).checked_div(whole).map_or("–".to_owned(), |share| format!("{share} %"))
        };
        writeln!(
            table,
            "| {class} | {} | {} | {} |",
            tally.made,
            share(tally.found, tally.made),
            share(tally.fixed, tally.found)
        )
        .expect("a string");
    }
    keep("docs/commands.md", "typos", &table);
    let (found, fixed) =
        tallies.values().fold((0, 0), |(found, fixed), tally| (found + tally.found, fixed + tally.fixed));
    assert!(found * 10 > COMMANDS * 7 && fixed * 100 > found * 95, "{table}");
}

/// Counts which of the typos of a page are found and fixed.
fn tally<'a>(page: &[&'a Spoilt], tallies: &mut BTreeMap<&'a str, Tally>) {
    let post: String = page.iter().fold(String::new(), |post, one| post + "```sh\n" + &one.wrong + "\n```\n\n");
    let edits = edits(&post, true);
    for (index, one) in page.iter().enumerate() {
        let tally = tallies.entry(one.class).or_default();
        tally.made += 1;
        let Some((start, end, insert)) = edits.get(&(index * 4 + 2)) else { continue };
        tally.found += 1;
        let line_start = post.lines().take(index * 4 + 1).map(|line| line.len() + 1).sum::<usize>();
        let mut fixed = one.wrong.clone();
        fixed.replace_range(start - line_start..end - line_start, insert);
        tally.fixed += usize::from(fixed == one.right);
    }
}

/// Typos as in real posts, in our own words: by name, the post, and what is marked.
const TYPOS: [(&str, &str, &str); 21] = [
    (
        "a setting and its value in a sentence",
        "aws configure set default.s3.max_queue_szie500 처럼 늘립니다.",
        "max_queue_szie500",
    ),
    ("one dash for two: init", "```sh\ngit init -bare posts.git\n```", "-bare"),
    ("one dash for two: the first of several", "```sh\ngit fetch -all -tags\n```", "-all"),
    (
        "one dash for two: behind a placeholder",
        "```sh\nkubectl drain <이름> -ignore-daemonsets\n```",
        "-ignore-daemonsets",
    ),
    ("one dash for two: behind an argument", "```sh\nkubectl get secrets -all-namespaces\n```", "-all-namespaces"),
    ("two letters swapped", "`kubectl aplly` 명령", "aplly"),
    ("the first letters swapped", "最初の`kubectl paply`では", "paply"),
    ("the program misspelled", "```console\n$ kubeclt get nodes\n```", "kubeclt"),
    ("a subcommand's last letters", "```sh\naws sts get-caller-identify --query Arn\n```", "get-caller-identify"),
    ("a subcommand and its option", "```sh\ngit commit-m \"첫 글\"\n```", "commit-m"),
    ("a subcommand and its long option", "`git commit--amend` 로 고칩니다", "commit--amend"),
    ("an option and its quoted value", "```sh\ndocker ps --filter\"name=blog\"\n```", "--filter"),
    (
        "a link for an address",
        "```sh\ngit clone [https://example.com/b](https://example.com/b)\n```",
        "[https://example.com/b](https://example.com/b)",
    ),
    ("an em dash", "```sh\nhexo generate —deploy\n```", "—"),
    ("an option's letters swapped", "```sh\ngit checkout --theris posts/\n```", "--theris"),
    ("an abort", "`git merge --aobrt` 로 되돌립니다", "--aobrt"),
    ("a setting that isn't", "```sh\ngit config --global https.proxy http://localhost:3128\n```", "https.proxy"),
    ("a machine's translation", "```sh\ngit remot -v\n```", "remot"),
    ("a subcommand without its parent", "```sh\ngit pop\n```", "pop"),
    ("another one", "```sh\nkubectl use-context staging\n```", "use-context"),
    ("an escape for Markdown", "```sh\nkubectl apply -f kafka\\_small.yaml\n```", "\\_"),
];

#[test]
fn typos_of_real_posts_are_found() {
    for (name, post, marked) in TYPOS {
        let reported = reported(post);
        assert!(reported.contains(&marked.to_owned()), "{name}: {post}\n{reported:?}");
    }
}

/// What looks like a typo but isn't: by name, and the post.
const FALSE_ALARMS: [(&str, &str); 31] = [
    (
        "a list with commas in a sentence",
        "Amend with git commit --amend, force push, and git rebase --continue, then rest.",
    ),
    ("a list with colons in a sentence", "git push: pushes, git stats: counts, docker images: lists."),
    ("a program in a sentence", "npm installs what git clones, and docker runs it; kubectl pods are small."),
    ("HTML in a fence", "```sh\nkubectl config set-cluster <em>NAME</em> --server=<b>HOST</b>\n```"),
    ("entities in a fence", "```sh\ngit pull &amp;&amp; npm install &gt; log.txt\n```"),
    ("Go's templates", "```sh\nhelm install {{ .Release.Name }} {{ .Chart }} --namepsace{{ .X }}\n```"),
    ("Go's format", "```sh\ndocker ps --format '{{.Names}}\\t{{.Staus}}'\n```"),
    ("npm's errors", "```console\n$ npm install\nnpm ERR! code ELIFECYCLE\nnpm WARN depracated x\n```"),
    ("npm's errors without a prompt", "```\nnpm ERR! code ELIFECYCLE\nnpm notice created a lockfile\n```"),
    ("find's errors", "```sh\nfind: ‘/proc/1/fd’: Permission denied\n```"),
    ("curl's errors", "```sh\ncurl: (60) SSL certificate problem\n```"),
    ("Windows paths", "```sh\nC:\\Users\\me\\git\\bin\\\ncd D:\\blog\\\n```"),
    ("a hidden option of docker", "```sh\ndocker run --net host --name web nginx\n```"),
    ("an alias that the page defines", "```sh\ngit config --global alias.stats 'status -s'\ngit stats\n```"),
    ("an alias in a file", "```ini\n[alias]\n  comit = commit -v\n```\n\n```sh\ngit comit\n```"),
    ("an alias of the shell", "```sh\nalias gti='git'\ngti status\n```"),
    ("a plugin that the page names", "Install `git-stat` first.\n\n```sh\ngit stat\n```"),
    ("a typo that is shown to fail", "```console\n$ git comit\ngit: 'comit' is not a git command.\n```"),
    ("a program for the cluster", "```sh\nkubectx staging && cnpm install && pipx list\n```"),
    ("an option that npm takes with one dash", "```sh\nnpm install -save hexo\n```"),
    ("a plugin nobody knows", "```sh\nkubectl neat get pods && git machete status\n```"),
    ("a script of the project", "```sh\nnpm run biuld && yarn strat && pnpm tset\n```"),
    ("a command within another", "```sh\ndocker exec -it web git comit && kubectl exec web -- npm instal\n```"),
    ("a spelling that brew takes", "```sh\nbrew instal hugo\n```"),
    ("a name that hexo takes shortened", "```console\n$ hexo serve -p 5000\n```"),
    ("an answer to choose from", "Which one cleans the cache?\n\n- [ ] `apt clear`\n- [x] `apt clean`"),
    ("an answer by its letter", "C. `docker show web`\n\nThere is no `docker show`."),
    (
        "a picture in a message",
        "```sh\ncurl -d \"{ \\\"text\\\": \\\"hello ![map](https://example.com/m.png)\\\" }\" localhost\n```",
    ),
    ("a note behind odd blanks", "```sh\nexport SITE=/srv\u{a0}\u{a0}--사이트의 폴더\n```"),
    ("another language's echo", "```\nif (strlen($name) < 5) { echo “짧다”; }\n```"),
    ("Chinese notes", "```sh\ngit log　查看提交 –– 全部\ngit commit -m '修改“标题”'\n```"),
];

#[test]
fn what_looks_like_a_typo_but_is_none_is_not_reported() {
    for (name, post) in FALSE_ALARMS {
        let reported = reported(post);
        assert!(reported.is_empty(), "{name}: {post}\n{reported:?}");
    }
}

/// What the two rules mark in a post, with everything that is in preview.
fn reported(post: &str) -> Vec<String> {
    let options = [
        "--select",
        "malformed-command,smart-punctuation-in-command",
        "--config",
        "rules.malformed-command.preview=true",
    ];
    let run =
        matterlint(&[&["check"], &options[..], &["--format", "json", "--stdin-filename", "x.md", "-"]].concat(), post);
    let json: serde_json::Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}{}", run.stdout, run.stderr));
    let place = |finding: &serde_json::Value, end: &str| finding[end]["byte"].as_u64().expect("a number") as usize;
    let marked = |finding: &serde_json::Value| post[place(finding, "start")..place(finding, "end")].to_owned();
    json["diagnostics"].as_array().expect("a list").iter().map(marked).collect()
}

#[test]
fn commands_of_the_specs_are_silent() {
    let mut post = String::new();
    for spec in &specs() {
        for (path, flags) in &spec.commands {
            let flags: Vec<&str> = flags
                .iter()
                .filter(|flag| !flag.ends_with('='))
                .map(|flag| flag.trim_end_matches('?'))
                .take(2)
                .collect();
            write!(post, "```sh\n{} {}\n```\n\n", path.join(" "), flags.join(" ")).expect("a string");
        }
    }
    assert_eq!(edits(&post, false).len(), 0);
}

#[test]
fn the_page_says_what_is_known() {
    let mut table = String::from("| program | commands | options | known from |\n|---|--:|--:|---|\n");
    for spec in specs() {
        let options: usize = spec.commands.iter().map(|(_, flags)| flags.len()).sum();
        writeln!(table, "| `{}` | {} | {options} | {} |", spec.name, spec.commands.len() - 1, spec.source)
            .expect("a string");
    }
    keep("rules/malformed-command.md", "programs", &table);
}

#[test]
fn specs_of_ones_own_are_used() {
    let run = matterlint(
        &["check", "tests/own-commands", "--select", "malformed-command", "--format", "concise", "--quiet"],
        "",
    );
    assert_eq!(run.stderr, "");
    let reported = [
        (4, "`shipit` has no subcommand `relaese`"),
        (5, "`shipit release` has no option `--chanel`"),
        (7, "`fleet rollout restart` has no option `--grace-perod`"),
        (8, "`fl ro` has no subcommand `staus`"),
        (9, "unknown fleet setting `max_pods50`"),
        (14, "`mdpub` has no option `-bsae`"),
    ];
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), reported.len(), "{}", run.stdout);
    for ((line, message), found) in reported.iter().zip(lines) {
        assert!(found.contains(&format!("post.md:{line}:")) && found.contains(message), "{message}: {found}");
    }
}

#[test]
fn every_mistake_in_a_spec_is_shown_in_the_spec() {
    let run = matterlint(&["check", "tests/own-commands-broken", "--format", "concise"], "");
    assert_eq!(run.status, 2);
    let said = run.stdout + &run.stderr;
    for part in [
        "shipit.yaml:2:1: error[broken-config] unknown key `comands`",
        "shipit.yaml:5:3: error[broken-config] invalid option `verbose`",
        "shipit.yaml:7:11: error[broken-config] expected `true` or `false`",
        "missing.yaml",
        "fleet.yaml:2:1: error[broken-config] unknown key `persistentflag`",
        "fleet.yaml:9:11: error[broken-config] invalid option `grace-period=`",
        "fleet.yaml:10:11: error[broken-config] invalid option `--force, now`",
        "fleet.yaml:11:9: error[broken-config] missing `name` of the command",
        "fleet.yaml:12:15: error[broken-config] duplicate command `restart`",
        "fleet.yaml:13:5: error[broken-config] expected a mapping with `name` for each command",
        "fleet.yaml:16:7: error[broken-config] invalid `pattern`: separate parts with dots",
        "fleet.yaml:18:7: error[broken-config] unknown key `nuon`",
        "fleet.yaml:19:16: error[broken-config] expected `true` or `false`",
        "mdpub.yaml:2:8: error[broken-config] expected a mapping of options",
        "mdpub.yaml:3:10: error[broken-config] expected `interspersed`, `non-interspersed`, or `disabled`",
        "mdpub.yaml:5:3: error[broken-config] `commands` must be a list",
        "mdpub.yaml:6:9: error[broken-config] `x-lint` must be a mapping",
    ] {
        assert!(said.contains(part), "{part} isn't in\n{said}");
    }
}

/// Compares the text between two comments of `path` with `text`, or writes it with `INSTA_UPDATE=always`.
fn keep(path: &str, name: &str, text: &str) {
    let page = std::fs::read_to_string(path).expect("the page can be read");
    let (open, close) = (format!("<!-- {name}: written by the tests -->\n"), format!("<!-- end of {name} -->"));
    let start = page.find(&open).expect("the page has the opening comment") + open.len();
    let end = page.find(&close).expect("the page has the closing comment");
    let wanted = format!("{}\n{text}\n{}", &page[..start], &page[end..]);
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(path, &wanted).expect("the page can be written");
    }
    assert!(
        page == wanted || std::env::var("INSTA_UPDATE").is_ok(),
        "{path} is stale: run `INSTA_UPDATE=always cargo test`"
    );
}

/// The edit of the finding on each line of a post that has one: where from, where to, and what comes.
fn edits(post: &str, preview: bool) -> BTreeMap<usize, (usize, usize, String)> {
    let preview = format!("rules.malformed-command.preview={preview}");
    let options = ["check", "--isolated", "--select", "malformed-command", "--config", &preview, "--format", "json"];
    let run = matterlint(&[&options[..], &["--max-findings", "0", "--stdin-filename", "x.md", "-"]].concat(), post);
    let json: serde_json::Value = serde_json::from_str(&run.stdout).expect("the report is JSON");
    let number = |value: &serde_json::Value| value.as_u64().expect("a number") as usize;
    let edit = |finding: &serde_json::Value| {
        let edit = &finding["fix"]["edits"][0];
        let insert = edit["insert"].as_str().unwrap_or_default().to_owned();
        (number(&finding["start"]["line"]), (number(&edit["start"]["byte"]), number(&edit["end"]["byte"]), insert))
    };
    json["diagnostics"].as_array().expect("a list").iter().map(edit).collect()
}

/// What a spec says: each command by its path, with its options as the spec writes them.
struct Spec {
    name: String,
    source: String,
    commands: Vec<(Vec<String>, Vec<String>)>,
}

fn specs() -> Vec<Spec> {
    let mut paths: Vec<_> =
        std::fs::read_dir("rules/commands").expect("the folder is there").flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ext| ext == "yaml"));
    paths.sort();
    paths.iter().map(|path| spec(&std::fs::read_to_string(path).expect("a spec can be read"))).collect()
}

fn spec(text: &str) -> Spec {
    let root: Value = serde_yaml::from_str(text).expect("a spec is YAML");
    let source = &root["x-lint"]["source"];
    let say = |key: &str| source[key].as_str().unwrap_or_default();
    let also = if say("also").is_empty() { String::new() } else { format!("; {}", say("also")) };
    let mut commands = Vec::new();
    let mut open = vec![(Vec::new(), &root)];
    while let Some((above, command)) = open.pop() {
        let mut path: Vec<String> = above;
        path.push(command["name"].as_str().expect("a name").to_owned());
        let maps = ["flags", "persistentflags"].into_iter().filter_map(|key| command[key].as_mapping());
        let flags = maps.flatten().filter_map(|(name, _)| name.as_str()).map(str::to_owned).collect();
        let below = |name: &str| path.iter().cloned().chain([name.to_owned()]).collect();
        let alone = &command["x-lint"]["names"];
        let listed = alone.as_sequence().into_iter().flatten().filter_map(Value::as_str);
        let names = alone.as_str().into_iter().flat_map(str::split_whitespace).chain(listed);
        commands.extend(names.map(|name| (below(name), Vec::new())));
        open.extend(command["commands"].as_sequence().into_iter().flatten().map(|next| (path.clone(), next)));
        commands.push((path, flags));
    }
    let name = root["name"].as_str().expect("a name").to_owned();
    Spec { name, source: format!("{} {}, {}{also}", say("package"), say("version"), say("license")), commands }
}

/// The same commands with the same typos in every run.
fn spoil(specs: &[Spec]) -> Vec<Spoilt> {
    let mut dice = Dice(20_231_015);
    let mut spoilt = Vec::new();
    let mut seen = BTreeSet::new();
    while spoilt.len() < COMMANDS {
        let spec = &specs[dice.below(specs.len())];
        let set = spec.commands.iter().position(|(path, _)| path.join(" ") == "aws configure set");
        let at = set.filter(|_| dice.below(2) == 0).unwrap_or_else(|| dice.below(spec.commands.len()));
        let (path, flags) = &spec.commands[at];
        let Some(one) = spoil_one(&mut dice, spec, path, flags) else { continue };
        if one.right != one.wrong && seen.insert(one.wrong.clone()) {
            spoilt.push(one);
        }
    }
    spoilt
}

fn spoil_one(dice: &mut Dice, spec: &Spec, path: &[String], flags: &[String]) -> Option<Spoilt> {
    let command = path.join(" ");
    let long: Vec<&String> = flags.iter().filter(|flag| flag.starts_with("--") && flag.len() > 6).collect();
    let option = (!long.is_empty()).then(|| long[dice.below(long.len())].as_str());
    let kind = if command == "aws configure set" { 7 } else { dice.below(7) };
    let (class, right, wrong) = match kind {
        0 | 1 if path.len() > 1 => {
            let (last, above) = path.split_last()?;
            let siblings = || {
                spec.commands.iter().filter(|(other, _)| other.len() == path.len() && other[..above.len()] == *above)
            };
            let typo = typo(dice, last)
                .filter(|typo| last.len() > 3 && !siblings().any(|(other, _)| other.last() == Some(typo)))?;
            ("misspelled subcommand", command.clone(), format!("{} {typo}", above.join(" ")))
        }
        2 | 3 => {
            let name = option?.trim_end_matches(['=', '?']);
            let typo = format!("--{}", typo(dice, &name[2..])?);
            if flags.iter().any(|flag| flag.trim_end_matches(['=', '?']) == typo) {
                return None;
            }
            ("misspelled option", format!("{command} {name}"), format!("{command} {typo}"))
        }
        4 if path.len() > 1 && path[0].len() > 3 && path[1].len() > 2 => {
            let typo = typo(dice, &path[0])?;
            ("misspelled program", command.clone(), format!("{typo} {}", path[1..].join(" ")))
        }
        5 if path.len() > 1 => {
            let name = option?.trim_end_matches(['=', '?']);
            ("missing space before an option", format!("{command} {name}"), format!("{command}{name}"))
        }
        6 => {
            let name = option?.strip_suffix('=')?;
            ("missing `=` before a quoted value", format!("{command} {name}=\"x\""), format!("{command} {name}\"x\""))
        }
        7 => {
            let keys = [
                "max_concurrent_requests",
                "max_queue_size",
                "multipart_threshold",
                "max_bandwidth",
                "addressing_style",
            ];
            let key = keys[dice.below(keys.len())];
            let (number, misspelled) = (10 + dice.below(90), typo(dice, key)?);
            (
                "misspelled setting, missing space before its value",
                format!("{command} default.s3.{key} {number}"),
                format!("{command} default.s3.{misspelled}{number}"),
            )
        }
        _ => return None,
    };
    Some(Spoilt { class, right, wrong })
}

/// One letter dropped, doubled, swapped with the next, or replaced.
fn typo(dice: &mut Dice, word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < 4 {
        return None;
    }
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters.swap(at, at + 1),
        _ => letters[at] = char::from(b'a' + dice.below(26) as u8),
    }
    Some(letters.into_iter().collect())
}

/// A generator of numbers that are the same in every run (Knuth's MMIX constants).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit
    }
}
