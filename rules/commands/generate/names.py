"""Writes the specs of programs of which only the names of subcommands are known, to rules/commands/.

usage: python3 names.py FIG.json      (the output of fig.mjs for the programs below)

The names are those of @withfig/autocomplete and those that the installed program prints; `MORE` has names of newer and
older versions from the manuals, so that no correct command is a near miss. `OPEN` are programs that also run scripts
whose names are the user's own.
"""

import json
import pathlib
import re
import subprocess
import sys
import textwrap

HERE = pathlib.Path(__file__).resolve().parent
FIG = json.loads(pathlib.Path(sys.argv[1]).read_text())
OPEN = {"bun", "composer", "deno", "mvn", "gradle", "serverless"}
ALIASES = {"python -m pip": [], "flyctl": ["fly"], "serverless": ["sls"], "bundle": []}
LOOK_ALIKES = {
    "bundle": "bundler bundles", "deno": "demo", "conda": "mamba panda pandas", "podman": "postman", "pyenv": "pipenv venv jenv",
    "rbenv": "renv jenv pyenv", "pipenv": "pyenv", "poetry": "", "pulumi": "", "rustup": "", "mkdocs": "docs", "gatsby": "",
    "composer": "compose", "openssl": "", "dotnet": "", "flutter": "",
}
MORE = {
    "go": "telemetry help tidy vendor",
    "rustup": "install uninstall dump-testament toolchain",
    "uv": "format auth generate-shell-completion self tool workspace",
    "poetry": "list export sync python source self",
    "conda": "notices rename repoquery token mambabuild tos doctor content-trust init deactivate skeleton package",
    "bundle": "cache fund inject issue licenses list plugin pristine remove version help",
    "bun": "audit dev info why publish patch outdated update feedback",
    "podman": "artifact auto-update build buildx compose farm generate healthcheck init manifest network secret system top unshare untag volume wait quadlet",
    "deno": "add remove serve publish jupyter check outdated approve-scripts audit deploy x create lsp clean link unlink",
    "minikube": "dashboard license options podman-env docker-env update-check",
    "flutter": "build-ios-framework widget-preview custom-devices symbolize",
    "dotnet": "tool workload sdk user-secrets dev-certs watch ef vstest help package reference project solution",
    "pipenv": "requirements upgrade verify update activate open",
    "firebase": "deploy init serve login logout use emulators:start emulators:exec hosting:disable functions:log functions:shell open target help projects:list apphosting",
    "netlify": "api build deploy dev functions help init link login logout open recipes serve sites status switch unlink watch logs clone blobs db",
    "pyenv": "activate deactivate virtualenv virtualenvs virtualenv-delete update doctor latest help init root prefix shims exec version-name hooks completions",
    "nvm": "alias install-latest-npm reinstall-packages set-colors unload cache help list on off root proxy arch debug current node_mirror npm_mirror",
    "rbenv": "init root prefix shims exec hooks install version-name alias gemset update doctor help completions",
    "flyctl": "storage mysql redis postgres volumes secrets scale status ssh sftp tokens wireguard mpg",
    "doctl": "auth apps serverless vpcs network genai dedicated-inference spaces gradient security",
    "pulumi": "convert env new state ai watch gen-completion org policy plugin package install do",
    "django-admin": "startapp startproject runserver shell showmigrations sqlflush sqlmigrate sqlsequencereset squashmigrations test testserver sendtestemail optimizemigration collectstatic createsuperuser",
    "pipx": "pin unpin upgrade-shared install-all interpreter list inject uninject ensurepath",
    "pre-commit": "gc hazmat hook-impl uninstall validate-config validate-manifest install-hooks",
    "mkdocs": "get-deps",
    "gatsby": "new telemetry options recipes",
    "composer": "about archive audit bump browse check-platform-reqs clear-cache clearcache config create-project depends diagnose dump-autoload dumpautoload exec fund global help home info init install i licenses list outdated prohibits reinstall remove require run run-script search self-update selfupdate show status suggests update u upgrade validate why why-not",
    "openssl": "gendsa passwd req rsa s_client s_server x509 skeyutl",
    "dnf": "alias autoremove check check-update clean deplist distro-sync downgrade group help history info install list makecache mark module provides reinstall remove repoinfo repolist repoquery repository-packages search shell swap updateinfo update upgrade upgrade-minimal erase localinstall groupinstall groupremove grouplist groupinfo builddep changelog config-manager copr debug-dump debug-restore download needs-restarting system-upgrade versionlock reposync offline advisory environment versionlock whatprovides",
    "yum": "check check-update clean deplist distribution-synchronization downgrade erase fs fssnapshot groups groupinfo groupinstall grouplist groupremove groupupdate help history info install list load-transaction localinstall localupdate makecache provides reinstall remove repo-pkgs repoinfo repolist repository-packages resolvedep search shell swap update update-minimal updateinfo upgrade version whatprovides module versionlock autoremove config-manager group builddep download",
    "vagrant": "autocomplete box cap cloud destroy docker-exec docker-logs docker-run global-status halt help init list-commands login package plugin port powershell provider provision push rdp reload resume rsync rsync-auto serve share snapshot ssh ssh-config status suspend up upload validate version vbguest winrm winrm-config hostmanager",
}
# Those of which a package has the manual.
PACKAGES = {"dnf": ("dnf (Debian)", "4.14.0", "GPL-2.0-or-later"), "composer": ("composer (Debian)", "2.5.5", "MIT"),
            "vagrant": ("vagrant (Debian)", "2.3.4", "MIT"), "openssl": ("openssl (Debian)", "3.0.19", "Apache-2.0"),
            "yum": ("dnf (Debian), and names of yum 3", "4.14.0", "GPL-2.0-or-later")}
# Run: RubyGems 3.3 takes `gem sour` for `gem sources`.
SHORT_NAMES = {"gem"}
PRINTED = {"openssl": ["openssl", "list", "-commands"], "gem": ["gem", "help", "commands"]}


def printed(program):
    """The names that the installed program prints, if it is one that can be asked."""
    if program not in PRINTED:
        return []
    text = subprocess.run(PRINTED[program], capture_output=True, text=True).stdout
    if program == "gem":
        return re.findall(r"^ {4}([a-z_]+) ", text, re.M)
    return text.split()


def from_fig(program):
    commands = FIG.get(program, {}).get("commands", {})
    return [name for name, node in commands.items() for name in [name, *node["aliases"]]]


def main():
    programs = sorted({*FIG, *MORE})
    for program in programs:
        program = program.strip()
        names = {*from_fig(program), *printed(program), *MORE.get(program, "").split()}
        names = sorted(name for name in names if re.fullmatch(r"[a-z0-9][a-z0-9:_.-]*", name))
        if not names:
            continue
        lines = ["# yaml-language-server: $schema=https://carapace.sh/schemas/command.json", f"name: {program}"]
        if ALIASES.get(program):
            lines.append(f"aliases: [{', '.join(ALIASES[program])}]")
        lines += ["x-lint:", "  open-flags: true"]
        if program in SHORT_NAMES:
            lines.append("  short-names: true")
        if program in OPEN:
            lines.append("  closed: false")
        if LOOK_ALIKES.get(program):
            lines.append(f"  look-alikes: {LOOK_ALIKES[program]}")
        package, version, license_ = PACKAGES.get(program, ("@withfig/autocomplete (npm)", "2.692.3", "MIT"))
        also = [f"    also: names in the manual of {program}, 2026"] if program in FIG and program in MORE else []
        lines += ["  source:", f'    package: "{package}"', f'    version: "{version}"', f'    license: "{license_}"', *also]
        lines += ["  names: >-", *textwrap.wrap(" ".join(names), 116, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False, break_long_words=False)]
        (HERE.parent / f"{program}.yaml").write_text("\n".join(lines) + "\n")


main()
