"""Writes a Command as a carapace-spec; what is known by name alone goes into the extension's `names`."""

WIDTH = 116


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def wrap(words, pad):
    lines, line = [], ""
    for word in words:
        if line and len(pad) + len(line) + 1 + len(word) > WIDTH:
            lines.append(pad + line)
            line = ""
        line = f"{line} {word}".strip()
    return lines + ([pad + line] if line else [])


def flag_lines(key, flags, pad):
    if not flags:
        return [f"{pad}{key}: {{}}"]
    items = [f"{name}{arity}" for name, arity in sorted(flags.items())]
    items = [f'{quote(item) if item[:2] in ("-?", "-#", "-@") else item}: "",' for item in items]
    return [f"{pad}{key}: {{"] + wrap(items, pad + "  ") + [f"{pad}}}"]


def is_name_only(command):
    return not (command.flags_known or command.commands or command.aliases or command.lint)


def emit(name, command, pad=""):
    out = [f"{pad}name: {name}"]
    command.aliases.discard(name)
    if command.aliases:
        out.append(f"{pad}aliases: [{', '.join(sorted(command.aliases))}]")
    if command.parsing:
        out.append(f"{pad}parsing: {command.parsing}")
    if command.persistent:
        out += flag_lines("persistentflags", command.persistent, pad)
    if command.flags or (command.flags_known and not command.persistent):
        out += flag_lines("flags", command.flags, pad)
    alone = sorted(child for child, node in command.commands.items() if is_name_only(node))
    lint = {**command.lint, **({"names": alone} if alone else {})}
    if lint:
        out.append(f"{pad}x-lint:")
        for key, value in lint.items():
            out += render(key, value, pad + "  ")
    mapped = sorted(child for child in command.commands if child not in alone)
    # A word is one command's alone: some tools' help lists a command's full path among its aliases.
    taken = set(command.commands)
    for child in mapped:
        node = command.commands[child]
        node.aliases -= taken
        taken |= node.aliases
    if mapped:
        out.append(f"{pad}commands:")
        for child in mapped:
            lines = emit(child, command.commands[child], pad + "    ")
            lines[0] = f"{pad}  - {lines[0].strip()}"
            out += lines
    return out


def render(key, value, pad):
    if isinstance(value, bool):
        return [f"{pad}{key}: {str(value).lower()}"]
    if isinstance(value, dict):
        return [f"{pad}{key}:"] + [line for k, v in value.items() for line in render(k, v, pad + "  ")]
    if isinstance(value, list) and isinstance(value[0], dict):
        out = [f"{pad}{key}:"]
        for item in value:
            lines = [line for k, v in item.items() for line in render(k, v, pad + "    ")]
            lines[0] = f"{pad}  - {lines[0].strip()}"
            out += lines
        return out
    if isinstance(value, list) and len(value) < 7:
        return [f"{pad}{key}: [{', '.join(map(quote, value))}]"]
    if isinstance(value, list):
        return [f"{pad}{key}: >-"] + wrap(value, pad + "  ")
    return [f"{pad}{key}: {quote(value)}"]
