"""What is known of a program's commands: a tree of names, gathered from help texts, manuals and completions."""

import re
import subprocess


class Command:
    """A command by its names; `flags` maps a name with its dashes to "" (no value), "=" (a value) or "?" (maybe)."""

    def __init__(self):
        self.aliases, self.flags, self.persistent, self.commands = set(), {}, {}, {}
        self.flags_known, self.parsing, self.lint = False, None, {}

    def child(self, name):
        # A usage line's `[-f|--force]` is no name; what is said of it leads nowhere.
        if not re.fullmatch(r"[A-Za-z0-9][\w.+@-]*", name):
            return Command()
        return self.commands.setdefault(name, Command())

    def at(self, *path):
        node = self
        for name in path:
            node = node.child(name)
        return node

    def flag(self, name, arity, persistent=False):
        if not re.fullmatch(r"--?[A-Za-z0-9][\w.:-]*|-[?#@]", name):
            return
        flags = self.persistent if persistent else self.flags
        known = flags.get(name, arity)
        flags[name] = arity if known == arity else "?"
        self.flags_known = True

    def merge(self, other):
        self.aliases |= other.aliases
        for flags, theirs in ((self.flags, other.flags), (self.persistent, other.persistent)):
            for name, arity in theirs.items():
                known = flags.get(name, arity)
                flags[name] = arity if known == arity else "?"
        self.flags_known |= other.flags_known
        for name, command in other.commands.items():
            self.child(name).merge(command)


def from_json(data):
    """What fig.mjs prints for one program."""
    node = Command()
    for alias in data.get("aliases", []):
        node.aliases.add(alias)
    for persistent, flags in ((False, data["flags"]), (True, data["persistent"])):
        for name, arity in flags.items():
            node.flag(name.rstrip("="), arity, persistent)
    for name, command in data["commands"].items():
        if re.fullmatch(r"[a-z0-9][\w.:-]*", name):
            node.commands[name] = from_json(command)
    return node


def run(*argv, timeout=30):
    """Standard output and error of a command, overstrikes and escapes removed."""
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, errors="replace")
    text = re.sub(r".\x08", "", done.stdout + "\n" + done.stderr)
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


ROW = re.compile(r"^\s{0,12}(-{1,2}[\w\[?#][^\n]*)$", re.M)
NAME = re.compile(r"(?<![\w-])(--?\[?(?:no-?\]?)?[A-Za-z0-9?#][\w.-]*)(.?)")


def flags_in_help(node, text, persistent=False):
    """Options in the rows of a help text, `-a, --all VALUE   words`, and the command's other names."""
    aliases = re.search(r"^(?:ALIASES|Aliases):?\n((?:[ \t]*\S.*\n)+)", text, re.M)
    for alias in re.split(r",\s*|\n", aliases[1]) if aliases else []:
        last = alias.split()[-1] if alias.split() else ""
        if re.fullmatch(r"[a-z][\w-]*", last):
            node.aliases.add(last)
    for row in ROW.finditer(text):
        head = re.split(r"\s{2,}|\t|: ", row.group(1).rstrip(":"))[0]
        add_flags(node, head, persistent)
    mentioned(node, text, persistent)


def add_flags(node, head, persistent=False):
    head = head.replace("...", "")
    names = []
    for match in re.finditer(r"(?<![\w<-])(--?)(\[no-\])?([A-Za-z0-9?#@][\w.-]*)", head):
        dashes, negation, name = match.groups()
        names.append(dashes + name)
        if negation:
            names.append(f"{dashes}no-{name}")
    rest = re.sub(r"(?<![\w<-])--?(?:\[no-\])?[A-Za-z0-9?#@][\w.-]*", "", head)
    rest = re.sub(r"=(true|false)\b", "", rest)
    if re.search(r"\[=?\s*[<A-Za-z]", rest):
        arity = "?"
    elif re.search(r"[<=A-Za-z{\[]", rest):
        arity = "="
    else:
        arity = ""
    for name in names:
        node.flag(name, arity, persistent)


def mentioned(node, text, persistent=False):
    """Options that a text only names: known, whether they take a value is not."""
    for match in re.finditer(r"(?<![\w./-])--(\[no-\])?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(?![\w])", text):
        for name in ([f"--no-{match[2]}"] if match[1] else []) + [f"--{match[2]}"]:
            if name not in node.flags and name not in node.persistent:
                node.flag(name, "?", persistent)


def commands_in_help(text):
    """Names in the sections of a help text whose title speaks of commands."""
    names, inside = [], False
    for line in text.splitlines():
        if re.match(r"^\S.*:?$", line) and not line.startswith(" "):
            inside = bool(re.search(r"command", line, re.I)) and not re.search(r"usage|alias|example", line, re.I)
            continue
        match = re.match(r"^\s{2,4}([a-z][\w-]*)(?:[,:*]|\s{2,}|$|\*)", line)
        if inside and match:
            names.append(match.group(1))
    return names
