"""Commands that don't run as they are printed, in code blocks and in inline code."""

from .base import Defect, block, fill

FENCE = "```"
KNOWN = [
    ("git", "status", ""), ("git", "commit", "-m done"), ("git", "checkout", "main"), ("git", "clone", "https://<host>/a.git"), ("docker", "build", "-t <en> ."),
    ("docker", "images", ""), ("kubectl", "apply", "-f a.yaml"), ("kubectl", "describe", "pod <en>"), ("npm", "install", "<en>"), ("npm", "uninstall", "<en>"),
    ("cargo", "build", "--release"), ("pip", "install", "requests"), ("terraform", "apply", ""), ("helm", "upgrade", "<en> ./chart"), ("brew", "install", "jq"),
    ("systemctl", "restart", "nginx"), ("hugo", "server", "-D"), ("hexo", "generate", ""), ("yarn", "upgrade", "<en>"), ("apt-get", "install", "curl"),
]
OPTIONS = [
    ("git", "commit", "--amend"), ("git", "merge", "--abort"), ("git", "push", "--force"), ("docker", "run", "--detach"), ("docker", "ps", "--filter name=<en>"),
    ("kubectl", "get pods", "--namespace web"), ("npm", "install", "--save-dev"), ("cargo", "build", "--release"), ("pip", "install", "--upgrade requests"),
    ("terraform", "apply", "-auto-approve"), ("helm", "install", "--namespace web"), ("curl", "", "--location https://<host>"), ("git", "log", "--oneline"),
]
OTHER = [
    ("go", "build", "./..."), ("go", "install", "./cmd/<en>"), ("rustup", "update", "stable"), ("docker-compose", "build", ""), ("uv", "sync", ""), ("poetry", "install", ""),
    ("conda", "activate", "<en>"), ("bundle", "install", ""), ("gem", "install", "jekyll"), ("bun", "install", ""), ("podman", "build", "."), ("yum", "install", "curl"),
    ("dnf", "install", "curl"), ("openssl", "genrsa", "2048"), ("composer", "require", "<en>"), ("deno", "install", ""), ("minikube", "start", ""), ("flutter", "upgrade", ""),
    ("dotnet", "restore", ""), ("mvn", "package", ""), ("rails", "generate", "model"), ("heroku", "create", ""), ("vagrant", "destroy", ""), ("pipenv", "install", ""),
    ("firebase", "deploy", ""), ("vercel", "deploy", ""), ("snap", "install", "<en>"), ("pacman", "-Syu", ""), ("python -m pip", "install", "requests"), ("ng", "generate", "component"),
]


def _typo(source, word):
    """The word with two letters exchanged, one left out, or one doubled; its first letter stays."""
    if len(word) < 4:
        return word + word[-1]
    at = source.randrange(1, len(word) - 2)
    kind = source.randrange(3)
    if kind == 0 and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def _fence(source, command):
    prompt = source.choice(["", "$ "])
    return FENCE + (source.choice(["console", "shell"]) if prompt else source.choice(["sh", "bash", "shell", ""])) + f"\n{prompt}{command}\n" + FENCE


def _inline(source, command):
    return source.choice([f"Run `{command}` first.", f"`{command}` 를 실행합니다.", f"先运行 `{command}`。"])


def _class(group, name, command, show):
    def make(source, page):
        text = " ".join(fill(source, command(source)).split(" ")).rstrip()
        return block(show(source, text))(source, page)

    return Defect(group, name, make, ("hugo", "jekyll", "none"))


def _join(*parts):
    return " ".join(part for part in parts if part)


def _known(build, programs=None):
    def command(source):
        return build(source, *source.choice(programs or KNOWN))

    return command


def _option(source, program, subcommand, option):
    mark, name = (option[:2], option[2:]) if option.startswith("--") else (option[:1], option[1:])
    name, *rest = name.split(" ")
    return _join(program, subcommand, f"⟦{mark}{_typo(source, name)}⟧", *rest)


def _single_dash(source, program, subcommand, option):
    return _join(program, subcommand, f"⟦{option[1:]}⟧" if option.startswith("--") else f"⟦{option}⟧")


def _dash(mark):
    def build(source, program, subcommand, option):
        return _join(program, subcommand, f"⟦{mark}⟧" + option.lstrip("-"))

    return build


LONG = [entry for entry in OPTIONS if entry[2].startswith("--")]
DASHED = [entry for entry in LONG if entry[0] in ("docker", "kubectl", "git", "helm") and entry[2] not in ("--amend", "--force", "--oneline", "--abort", "--filter name=<en>", "--detach")]
KINDS = {
    "subcommand misspelled": _known(lambda source, program, word, rest: _join(program, f"⟦{_typo(source, word)}⟧", rest), [entry for entry in KNOWN if len(entry[1]) > 4]),
    "option misspelled": _known(_option, [entry for entry in LONG if len(entry[2].split(" ")[0]) > 6]),
    "option with em dash": _known(_dash("—"), LONG),
    "option with en dash": _known(_dash("–"), LONG),
    "option with one dash": _known(_single_dash, DASHED),
    "option after a space": _known(lambda source, program, word, option: _join(program, word, "⟦-- " + option[2:] + "⟧"), LONG),
    "curly quotes": lambda source: source.choice(["git commit -m ⟦“fix the <en>”⟧", "docker run -e ⟦“A=<en>”⟧ nginx", "git config user.name ⟦‘<en>’⟧", "kubectl get pods -l ⟦“app=<en>”⟧"]),
    "non-breaking space": _known(lambda source, program, word, rest: _join(program + "⟦\u00a0⟧" + word, rest)),
    "full-width space": _known(lambda source, program, word, rest: _join(program + "⟦\u3000⟧" + word, rest)),
    "program misspelled": _known(lambda source, program, word, rest: _join(f"⟦{_typo(source, program)}⟧", word, rest), [entry for entry in KNOWN if len(entry[0]) > 4]),
    "program run together": _known(lambda source, program, word, rest: _join(f"⟦{program}{word}⟧", rest), [entry for entry in KNOWN if entry[0] != "git"]),
    "program twice": _known(lambda source, program, word, rest: _join(f"⟦{program} {program}⟧", word, rest)),
    "url with bad scheme": lambda source: source.choice(["git clone ⟦https//<host>/a.git⟧", "curl -O ⟦http:/<host>/a.tgz⟧", "git clone ⟦htps://<host>/a.git⟧", "wget ⟦https:/<host>/a.zip⟧"]),
}
FENCES = {
    **KINDS,
    "subcommand twice": _known(lambda source, program, word, rest: _join(program, f"⟦{word} {word}⟧", rest), [entry for entry in KNOWN if entry[0] in ("git", "kubectl", "docker")]),
    "url run together": lambda source: source.choice(["git ⟦clonehttps://<host>/a.git⟧", "git ⟦clonehttps://<host>/b.git⟧ <en>"]),
    "markdown link": lambda source: source.choice(["git clone ⟦[https://<host>/a](https://<host>/a)⟧", "curl -O ⟦[https://<host>/a.tgz](https://<host>/a.tgz)⟧"]),
    "quote never closed": lambda source: source.choice(['git commit -m ⟦"fix the <en>⟧', "git commit -m ⟦'add <en>⟧", 'echo ⟦"export A=1⟧ >> ~/.bashrc', 'curl -H ⟦"Accept: text/html⟧ https://<host>']),
    "setting misspelled": lambda source: source.choice(["git config --global ⟦user.nmae⟧ me", "git config --global ⟦user.emial⟧ me@<host>", "aws configure set default.s3.⟦max_queue_szie⟧ 200", "git config --global ⟦core.autcrlf⟧ true"]),
    "other program, subcommand misspelled": _known(lambda source, program, word, rest: _join(program, f"⟦{_typo(source, word)}⟧", rest), [entry for entry in OTHER if len(entry[1]) > 4]),
    "other program, em dash": _known(lambda source, program, word, rest: _join(program, word, "⟦—⟧help"), OTHER),
    "other program, curly quotes": lambda source: source.choice(["python -c ⟦“print(1)”⟧", "grep -r ⟦“<en>”⟧ src", "find . -name ⟦“*.md”⟧", "sed -i ⟦‘s/a/b/’⟧ a.txt", "go run . ⟦“<en>”⟧"]),
    "other program run together": _known(lambda source, program, word, rest: _join(f"⟦{program}{word}⟧", rest), [entry for entry in OTHER if entry[0] in ("docker-compose", "rustup", "poetry", "conda", "bundle", "podman", "composer", "openssl")]),
}

CLASSES = [
    *(_class("commands in code blocks", name, command, _fence) for name, command in FENCES.items()),
    Defect("commands in code blocks", "prompt twice", block(f"{FENCE}console\n⟦$ $⟧ git status\n{FENCE}", f"{FENCE}console\n⟦$ $⟧ npm install <en>\n{FENCE}"), ("hugo", "jekyll", "none")),
    *(_class("commands inline", name, command, _inline) for name, command in KINDS.items()),
]
