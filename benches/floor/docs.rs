//! A site of documentation as an open-source project has it: many folders, a command or two under each heading, and links
//! from page to page.

use crate::generator::Random;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// What the pages are made from.
const SEED: u64 = 318;

/// Pages in one folder.
const IN_FOLDER: u64 = 40;

const SUBJECTS: [&str; 8] =
    ["volume", "node pool", "network policy", "image registry", "scheduler", "service account", "ingress", "job queue"];

const VERBS: [&str; 6] = ["Create", "Inspect", "Upgrade", "Replace", "Debug", "Remove"];

const SENTENCES: [&str; 12] = [
    "A {} keeps its settings when the machine that it runs on is replaced.",
    "Before you start, check that your account may change the {} of this project.",
    "The controller compares the state that you asked for with the state that it finds, and closes the gap.",
    "If the {} does not answer within a minute, the request is sent again with a longer timeout.",
    "Older releases stored this value in a separate file; since version 2.4 it is part of the manifest.",
    "You can set several limits at once, but the lowest of them always wins.",
    "When a {} is deleted, everything that was derived from it is deleted in the background.",
    "This page assumes that you have administrator rights and a cluster with at least two machines.",
    "The example below uses the default namespace, so change it to match your installation.",
    "Most teams keep the definition of the {} in the same repository as the code that depends on it.",
    "A field that is left out takes the value from the class, and from the global settings after that.",
    "Events are kept for one hour, which is long enough to find out why a change was refused.",
];

const COMMANDS: [&str; 16] = [
    "kubectl get pods --namespace kube-system --output wide",
    "kubectl apply -f https://example.com/manifests/{}.yaml",
    "kubectl describe node worker-1",
    "kubectl rollout status deployment/web --timeout=90s",
    "git clone https://github.com/example/{}.git",
    "git checkout -b fix/{}",
    "git commit -m \"Update the {} guide\"",
    "docker run --rm -p 8080:80 nginx:1.27",
    "docker build -t registry.example.com/{}:latest .",
    "npm install --save-dev typescript",
    "npm run build -- --watch",
    "pip install -r requirements.txt",
    "sudo apt-get update && sudo apt-get install -y curl",
    "curl -fsSL https://example.com/{}/install.sh -o install.sh",
    "tar -xzf {}-1.4.2.tar.gz -C /usr/local",
    "systemctl restart {}.service",
];

const MANIFEST: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {}\n  labels:\n    app: web\ndata:\n  retries: \"3\"\n  timeout: 30s\n";

const HEADINGS: [&str; 6] =
    ["Before you begin", "Set it up", "Check the result", "Change it later", "Clean up", "What's next"];

/// Writes a site of `count` pages below `folder`.
///
/// # Errors
/// What can't be written.
pub(crate) fn write(folder: &Path, count: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::create_dir_all(folder.join("layouts/shortcodes"))?;
    fs::write(folder.join("layouts/shortcodes/note.html"), "<aside>{{ .Inner }}</aside>\n")?;
    fs::write(folder.join("hugo.toml"), "title = \"Handbook\"\nbaseURL = \"https://docs.test/\"\n")?;
    for index in 0..count {
        let path = folder.join(path(index));
        if index % IN_FOLDER == 0 {
            fs::create_dir_all(path.parent().unwrap_or(folder))?;
        }
        fs::write(path, page(index, count))?;
    }
    Ok(())
}

fn path(index: u64) -> String {
    let place = index / IN_FOLDER;
    format!("content/en/docs/part-{:02}/chapter-{:02}/page-{index}.md", place / 12, place % 12)
}

fn page(index: u64, count: u64) -> String {
    let random = &mut Random::of(SEED, index);
    let subject = random.pick(&SUBJECTS);
    let name = subject.replace(' ', "-");
    let title = format!("{} a {subject} in stage {index}", random.pick(&VERBS));
    let mut out = format!(
        "---\nreviewers:\n- {}\n- {}\ntitle: {title}\ncontent_type: task\nweight: {}\ndescription: >-\n  {}\n---\n\n<!-- overview -->\n",
        random.pick(&["rivera", "okafor", "lindqvist"]),
        random.pick(&["tanaka", "moreau", "haddad"]),
        random.between(1, 90) * 10,
        random.pick(&SENTENCES).replace("{}", subject),
    );
    paragraph(random, subject, &mut out);
    for (at, heading) in HEADINGS.into_iter().enumerate() {
        push(&mut out, format_args!("\n## {heading} {{#step-{at}}}\n"));
        paragraph(random, subject, &mut out);
        match random.below(5) {
            0 => push(
                &mut out,
                format_args!("\n{{{{< note >}}}}\nThe `{name}` flag is `stable` since 2.4.\n{{{{< /note >}}}}\n"),
            ),
            1 => push(&mut out, format_args!("\n```yaml\n{}```\n", MANIFEST.replace("{}", &name))),
            2 => table(random, &name, &mut out),
            _ => {}
        }
        commands(random, &name, &mut out);
        for step in 1..=random.between(1, 4) {
            let other = random.next() % count;
            push(
                &mut out,
                format_args!(
                    "{step}. Run `{}`, then read [the page on {}](/docs/page-{other}/#step-{at}).\n",
                    random.pick(&COMMANDS).replace("{}", &name),
                    random.pick(&SUBJECTS),
                ),
            );
        }
        paragraph(random, subject, &mut out);
    }
    out
}

fn paragraph(random: &mut Random, subject: &str, out: &mut String) {
    out.push('\n');
    for sentence in random.some(&SENTENCES.each_ref().map(|sentence| *sentence), 4) {
        push(out, format_args!("{}\n", sentence.replace("{}", &format!("**{subject}**"))));
    }
}

fn commands(random: &mut Random, name: &str, out: &mut String) {
    out.push_str("\n```shell\n");
    for command in random.some(&COMMANDS.each_ref().map(|command| *command), 3) {
        push(out, format_args!("{}\n", command.replace("{}", name)));
    }
    out.push_str("```\n\n");
}

fn table(random: &mut Random, name: &str, out: &mut String) {
    out.push_str("\n| Field | Default | Since |\n|---|---|--:|\n");
    for field in random.some(&["retries", "timeout", "class", "limits", "selector"], 3) {
        push(out, format_args!("| `{name}.{field}` | {} | 2.{} |\n", random.below(100), random.below(9)));
    }
}

fn push(out: &mut String, text: std::fmt::Arguments) {
    out.write_fmt(text).expect("a string takes what is written");
}
