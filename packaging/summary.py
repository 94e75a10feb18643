"""Writes findings (one JSON object per line, on standard input) as a job summary for GitHub Actions, grouped by file.

Everything from a page is escaped HTML in one block, so that nothing in it is interpreted as Markdown or HTML. A summary
is limited to 1 MiB; what doesn't fit is counted.
"""

import html
import json
import os
import sys
import urllib.parse

# Of GitHub's limit, with room for the end.
LIMIT = 900_000


def text(value: str) -> str:
    """Text in a block of HTML; a line break would end the block."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[:500])
    # Also what GitHub would turn into a mention, a reference to an issue, or code.
    return "".join(c if c.isalnum() or c in " .,:;/-()" else f"&#{ord(c)};" for c in shown)


def main() -> None:
    env = os.environ.get
    blob = None
    if env("GITHUB_REPOSITORY") and env("GITHUB_SHA"):
        blob = f"{env('GITHUB_SERVER_URL', 'https://github.com')}/{env('GITHUB_REPOSITORY')}/blob/{env('GITHUB_SHA')}"
    files: dict[str, list[dict]] = {}
    for line in sys.stdin:
        finding = json.loads(line)
        files.setdefault(finding["path"], []).append(finding)
    out = ["## matterlint\n\n"]
    size, left = len(out[0]), sum(map(len, files.values()))
    if left == 0:
        return
    for path, findings in files.items():
        counts = ", ".join(
            f"{count} {level}{'s' if count > 1 and level != 'info' else ''}"
            for level in ("error", "warning", "info")
            if (count := sum(finding["level"] == level for finding in findings))
        )
        block = f"<details><summary>{text(path)}: {counts}</summary><ul>"
        for finding in findings:
            line = finding["start"]["line"]
            place = f"{line}:{finding['start']['column']}"
            if blob:
                place = f'<a href="{html.escape(blob)}/{urllib.parse.quote(path)}?plain=1#L{line}">{place}</a>'
            rule = text(finding["rule"])
            if "url" in finding:
                rule = f'<a href="{html.escape(finding["url"])}">{rule}</a>'
            block += f"<li>{place} {finding['level']}: {text(finding['message'])} ({rule})</li>"
        block += "</ul></details>\n"
        size += len(block.encode())
        if size > LIMIT:
            break
        out.append(block)
        left -= len(findings)
    if left:
        out.append(f"<p>{left} more findings are in the log.</p>\n")
    sys.stdout.write("".join(out))


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    main()
