"""Writes rules/commands/*.yaml from programs that are installed and packages that are unpacked in a folder.

usage: python3 generate.py FACTS [PROGRAM…]      (what FACTS must hold: see README.md, "Making them again")
"""

import gzip
import importlib
import json
import pathlib
import re
import sqlite3
import subprocess
import sys

from facts import Command, commands_in_help, flags_in_help, from_json, mentioned, run
from yaml_out import emit

HERE = pathlib.Path(__file__).resolve().parent
FACTS = pathlib.Path(sys.argv[1])
FIG = json.loads((FACTS / "fig.json").read_text())
FIG_SOURCE = {"also": "@withfig/autocomplete 2.692.3 (npm, MIT)"}


def manual(page, section=1):
    path = pathlib.Path(f"/usr/share/man/man{section}/{page}.{section}.gz")
    if not path.exists():
        path = next(iter(FACTS.glob(f"deb-*/usr/share/man/man{section}/{page}.{section}.gz")), path)
    if not path.exists():
        return ""
    text = gzip.decompress(path.read_bytes()).decode(errors="replace")
    return re.sub(r"\\f[A-Z]|\\f\(..|\\&", "", text).replace("\\-", "-")


def git():
    root = Command()
    flags_in_help(root, run("git", "-h"))
    root.flags.update({"-C": "=", "-c": "=", "-p": "", "-P": "", "--git-dir": "=", "--work-tree": "=", "--namespace": "="})
    mentioned(root, manual("git"))
    for name in run("git", "--list-cmds=main,others,alias").split():
        node = root.child(name)
        help_text = run("git", name, "-h") if name not in ("gui", "citool", "gitk", "gitweb", "instaweb") else ""
        flags_in_help(node, help_text)
        mentioned(node, manual(f"git-{name}"))
        completion = run("git", name, "--git-completion-helper-all")
        if "--" in completion:
            for word in completion.split():
                if word.startswith("--"):
                    node.flag(word.rstrip("="), "=" if word.endswith("=") else "")
                elif name in ("bisect", "notes", "remote", "stash", "submodule", "worktree", "sparse-checkout", "reflog", "bundle", "commit-graph", "multi-pack-index", "maintenance"):
                    node.child(word)
        if name in ("bisect", "notes", "remote", "stash", "submodule", "worktree", "sparse-checkout", "reflog", "bundle", "commit-graph", "multi-pack-index", "maintenance", "lfs", "flow"):
            for usage in re.finditer(rf"(?:usage|or): git (?:{name})(?: \[?-[^ ]*)* \[?\(?([a-z][a-z-]+(?:\|[a-z-]+)*)", help_text):
                for word in usage.group(1).split("|"):
                    node.child(word)
            node.lint["closed"] = name != "bisect"  # whose terms may be one's own
    # One set of options for all that a command's subcommands take: git's manual lists them together.
    for node in root.commands.values():
        if node.commands:
            node.persistent, node.flags = {**node.flags}, {}
    root.merge(from_json(FIG["git"]))
    root.at("submodule").commands.pop("git", None)
    keys = sorted({key for key in run("git", "help", "-c").split() if re.fullmatch(r"[a-z]+\.[A-Za-z]+", key)})
    root.at("config").lint["keys"] = [{"pattern": "*", "known": keys + ["user.username", "credential.helper", "core.gitProxy"], "noun": "setting of git"}]
    root.at("flow"), root.at("lfs"), root.at("annex"), root.at("secret"), root.at("crypt")
    root.lint = {"external": ["git-*"], "aliases-in-document": ["alias.{}", "{} ="], "abbreviations": True,
                 "source": {"package": "git", "version": run("git", "--version").split()[2], "license": "GPL-2.0", **FIG_SOURCE}}
    return root


def cobra(argv, root, commands, depth=0, persistent_at_root=True):
    """A tree from `PROGRAM … --help`, as programs built on cobra print it."""
    text = run(*argv, "--help")
    flags_in_help(root, text)
    if depth < 4:
        for name in commands(text):
            if name not in ("help",):
                cobra([*argv, name], root.child(name), commands, depth + 1)
    return root


def docker():
    root = cobra(["docker"], Command(), commands_in_help)
    root.persistent, root.flags = root.flags, {}
    root.merge(from_json(FIG["docker"]))
    compose = root.child("compose")
    compose.merge(from_json(FIG["docker-compose"]))
    buildx = root.child("buildx")
    for name in "bake build create diagtool du history imagetools inspect install ls prune rm stop uninstall use version dap debug".split():
        buildx.child(name)
    for name in "scan scout app desktop model mcp sandbox extension init ai debug cloud offload mcp machine pass dev feedback sbom".split():
        root.child(name)
    for path in (["run"], ["exec"], ["create"], ["container", "run"], ["container", "exec"], ["container", "create"], ["compose", "run"], ["compose", "exec"]):
        root.at(*path).parsing = "non-interspersed"
    for node in (root, root.at("container"), root.at("image"), root.at("network"), root.at("volume"), root.at("system")):
        node.child("help")
    root.lint = {"external": ["docker-*"],
                 "source": {"package": "docker", "version": run("docker", "--version").split()[2].rstrip(","), "license": "Apache-2.0", **FIG_SOURCE}}
    return root


def kubectl():
    root = cobra(["kubectl"], Command(), commands_in_help)
    for name in "autoscale debug events alpha convert rolling-update run-container stop update resize rollingupdate namespace proxy".split():
        root.child(name)
    flags_in_help(root, run("kubectl", "options"), persistent=True)
    root.merge(from_json(FIG["kubectl"]))
    root.at("exec").parsing = "non-interspersed"
    for path in (["run"], ["expose"], ["create", "deployment"], ["scale"], ["autoscale"]):
        for flag in ("--generator", "--replicas", "--requests", "--limits", "--serviceaccount", "--hostport", "--record", "--schedule", "--cpu"):
            root.at(*path).flag(flag, "=" if flag != "--record" else "")
    version = re.search(r"v([\d.]+)", run("kubectl", "version", "--client"))[1]
    root.lint = {"external": ["kubectl-*", "krew"], "source": {"package": "kubectl", "version": version, "license": "Apache-2.0", **FIG_SOURCE}}
    return root


def npm():
    root = from_json(FIG["npm"])
    base = pathlib.Path(subprocess.run(["npm", "root", "-g"], capture_output=True, text=True).stdout.strip()) / "npm"
    listed = subprocess.run(["node", "-e", f"const c=require('{base}/lib/utils/cmd-list.js');console.log(JSON.stringify([...c.commands,...Object.keys(c.aliases)]))"], capture_output=True, text=True).stdout
    for name in json.loads(listed):
        root.child(name)
    definitions = subprocess.run(["node", "-e", f"const d=require('{base}/node_modules/@npmcli/config/lib/definitions').definitions;console.log(JSON.stringify(Object.entries(d).map(([k,v])=>[k,v.short,[].concat(v.type).includes(Boolean)])))"], capture_output=True, text=True).stdout
    for name, short, boolean in json.loads(definitions):
        root.flag(f"--{name}", "" if boolean else "=", persistent=True)
        if boolean:
            root.flag(f"--no-{name}", "", persistent=True)
        for one in [short] if isinstance(short, str) else short or []:
            root.flag(f"-{one}", "?", persistent=True)
    for name in ("--save-dev", "--save-prod", "--save-optional", "--save-exact", "--save-peer", "--save-bundle", "--save", "--only", "--dev", "--production", "--unsafe-perm", "--python", "--build-from-source", "--verbose", "--silent", "--quiet", "--optional", "--version", "--help"):
        root.flag(name, "?", persistent=True)
    for node in root.commands.values():
        node.flags_known = True
    for name in ("run", "run-script", "exec", "x", "test", "start", "init", "create"):
        root.at(name).parsing = "non-interspersed"
    for name in "bin set-script birthday hook star stars unstar ls-remote tst tests ddp dedup find-dupes upgrade udpate ln i in ins inst insta instal isnt isnta isntal isntall isntall-clean login whoami ausearch rum urn verison".split():
        root.child(name)
    for name in "clean clear rm add ls list verify npx".split():
        root.at("cache", name)
    for node in root.commands.values():
        if node.commands:
            node.lint["closed"] = False
    root.at("cache").lint.clear()
    version = json.loads((base / "package.json").read_text())["version"]
    root.lint = {"abbreviations": True, "short-names": True, "single-dash": True, "open-flags": True,
                 "source": {"package": "npm", "version": version, "license": "Artistic-2.0", **FIG_SOURCE}}
    return root


def pip():
    root = from_json(FIG["pip"])
    flags_in_help(root, run("pip", "--help"), persistent=True)
    for name in commands_in_help(run("pip", "--help")) + "index inspect lock cache debug completion wheel hash search bundle unzip zip".split():
        node = root.child(name)
        flags_in_help(node, run("pip", name, "--help"))
        mentioned(node, run("pip", name, "--help"))
    for flag in ("--process-dependency-links", "--use-wheel", "--no-use-wheel", "--allow-external", "--allow-unverified", "--allow-all-external", "--download", "--download-cache", "--mirrors", "--use-mirrors", "--egg", "--install-option", "--global-option", "--use-feature", "--use-deprecated", "--outdated", "--format", "--not-required", "--break-system-packages", "--config-settings", "--config-setting", "--group", "--build", "--src", "--no-install", "--no-download", "--environment", "--distribute", "--no-build-isolation", "--use-pep517"):
        root.at("install").flag(flag, "?")
    root.aliases = {"pip3", "pip2"}
    root.lint = {"abbreviations": True, "source": {"package": "pip", "version": run("pip", "--version").split()[1], "license": "MIT", **FIG_SOURCE}}
    return root


def cargo():
    root = from_json(FIG["cargo"])
    flags_in_help(root, run("cargo", "--help"))
    for line in run("cargo", "--list").splitlines():
        match = re.match(r"^    ([a-z][\w-]*)", line)
        if not match:
            continue
        node = root.child(match[1])
        if match[1] not in ("clippy", "fmt", "miri", "nextest"):
            flags_in_help(node, run("cargo", match[1], "--help"))
            mentioned(node, manual(f"cargo-{match[1]}"))
        node.flag("--all", "?"), node.flag("--no-dev-deps", ""), node.flag("--features", "=")
    for path in (["run"], ["r"], ["clippy"], ["fmt"], ["test"], ["bench"]):
        root.at(*path).parsing = "non-interspersed"
    for name in "add rm upgrade edit watch expand audit outdated tree udeps deny flamegraph nextest binstall make generate lambda leptos tauri ndk about msrv semver-checks release dist insta fuzz llvm-cov tarpaulin asm bloat geiger sweep cache hack component contract web workspaces wasi zigbuild xwin shuttle mutants machete chef vet crev modules depgraph deps wasm xtask xbuild xcheck xclippy xtest miri prune llvm-lines instruments cov kcov espflash espmonitor embed flash size objdump objcopy nm strip readobj profdata pgo bisect-rustc rustc rustdoc dylint hakari spellcheck readme rdme sort public-api careful limit-update license lichking bundle-licenses equip c build-deps bundle apk quickinstall docs-rs minimal-versions install-update info".split():
        root.child(name)
    root.lint = {"external": ["cargo-*"], "aliases-in-document": ["{} ="],
                 "source": {"package": "cargo", "version": run("cargo", "--version").split()[1], "license": "MIT OR Apache-2.0", **FIG_SOURCE}}
    return root


def terraform():
    root = from_json(FIG["terraform"])
    text = run("terraform", "-help")
    names = re.findall(r"^  ([a-z][a-z-]+)  ", text, re.M)

    def walk(argv, node, depth):
        text = run(*argv, "-help")
        if "Usage:" not in text:
            return
        for match in re.finditer(r"^\s{2,6}(-[a-z][\w-]*)(=|\s[A-Z'\"<]|\s[a-z]+\s{2})?", text, re.M):
            node.flag(match[1], "=" if match[2] else "")
        for match in re.finditer(r"(?<![\w-])(-[a-z][a-z-]+[a-z])", text):
            if match[1] not in node.flags:
                node.flag(match[1], "?")
        if depth < 2 and "Subcommands:" in text:
            for name in re.findall(r"^    ([a-z][a-z-]+)  ", text.split("Subcommands:")[1], re.M):
                walk([*argv, name], node.child(name), depth + 1)

    for name in names:
        walk(["terraform", name], root.child(name), 0)
    for name in "env push remote debug internal-plugin 0.12upgrade 0.13upgrade test stacks modules query rpcapi cloud version".split():
        root.child(name)
    root.flag("-chdir", "=")
    for path in (["plan"], ["apply"], ["destroy"], ["init"], ["import"], ["refresh"]):
        for flag in ("-var", "-var-file", "-target", "-backend-config"):
            root.at(*path).flags[flag] = "="
        for flag in ("-force", "-get", "-verify-plugins", "-get-plugins", "-plugin-dir", "-force-copy", "-module-depth"):
            root.at(*path).flag(flag, "?")
    version = re.search(r"Terraform v([\d.]+)", run("terraform", "version"))[1]
    root.lint = {"source": {"package": "terraform", "version": version, "license": "BUSL-1.1", **FIG_SOURCE}}
    return root


def pages(repo, folder, root, program):
    """A tree from the Markdown pages that cobra writes, out of a mirror's git directory."""
    show = lambda *args: subprocess.run(["git", "-C", repo, *args], capture_output=True, text=True).stdout
    for path in show("ls-tree", "-r", "--name-only", "HEAD", folder).splitlines():
        stem = pathlib.PurePath(path).stem
        if not re.fullmatch(rf"{program}(_[\w-]+)*", stem):
            continue
        node = root.at(*stem.split("_")[1:])
        own, _, inherited = show("show", f"HEAD:{path}").partition("Options inherited from parent commands")
        flags_in_help(node, own)
        if inherited:
            for flag, arity in (lambda c: (flags_in_help(c, inherited), c.flags)[1])(Command()).items():
                root.flag(flag, arity, persistent=True)
    return root


def helm():
    root = pages(str(FACTS / "helm-www"), "docs/helm", Command(), "helm")
    root.merge(from_json(FIG["helm"]))
    for name in "init delete del fetch inspect serve reset home dependency ls list diff secrets push s3 gcs unittest mapkubeapis 2to3 tiller cm-push search".split():
        root.child(name)
    for name, flags in {"install": "--name --generate-name --replace --set --values --namespace --tls --purge --wait --timeout --name-template -n", "delete": "--purge --tls --no-hooks --timeout", "upgrade": "--recreate-pods --tls --install --force", "init": "--service-account --upgrade --client-only --tiller-image --stable-repo-url --wait --history-max --tiller-namespace --skip-refresh --override --net-host --output --debug --tiller-tls"}.items():
        for flag in flags.split():
            root.at(name).flag(flag, "?")
    for name in "export list pull push remove save".split():  # 3.0 to 3.6, behind HELM_EXPERIMENTAL_OCI
        root.at("chart", name)
    root.at("help", "chart")
    root.lint = {"external": ["helm-*", "helm plugin install"], "source": {"package": "helm-www (Helm's documentation)", "version": "4, 2026-08", "license": "CC-BY-4.0", **FIG_SOURCE}}
    return root


def hugo():
    root = pages(str(FACTS / "hugo-docs"), "content/en/commands", Command(), "hugo")
    root.merge(from_json(FIG["hugo"]))
    for stem in {path.name.split(".")[0] for path in FACTS.glob("deb-hugo/usr/share/man/man1/hugo*.gz")}:
        node = root.at(*stem.split("-")[1:])
        mentioned(node, manual(stem))
    for name in "undraft benchmark check list gen mod deploy serve".split():
        root.child(name)
    for node in [root, *root.commands.values()]:
        for flag in ("--theme", "--uglyURLs", "--canonifyURLs", "--pluralizeListTitles", "--preserveTaxonomyNames", "--i18n-warnings", "--disable404", "--disableRSS", "--disableSitemap", "--source", "--destination", "--kind", "--force", "--format"):
            node.flag(flag, "?")
    root.lint = {"source": {"package": "hugoDocs (Hugo's documentation) and hugo (Debian)", "version": "0.150 and 0.111.3", "license": "Apache-2.0", **FIG_SOURCE}}
    return root


def gh():
    root = from_json(FIG["gh"])
    for path in sorted(FACTS.glob("deb-gh/usr/share/man/man1/gh*.gz")):
        stem = path.name.split(".")[0]
        parts, node = stem.split("-")[1:], root
        while parts:
            # `gh-ssh-key-add`: the parent with the longest known name; without one, all parts are one name.
            for cut in [*range(len(parts) - 1, 0, -1), len(parts)]:
                name = "-".join(parts[:cut])
                if cut == len(parts) or name in node.commands or (FACTS / f"deb-gh/usr/share/man/man1/{stem[: len(stem) - len('-'.join(parts)) + len(name)]}.1.gz").exists():
                    break
            node, parts = node.child(name), parts[cut:]
        flags_in_help(node, manual(stem))
        mentioned(node, manual(stem))
    for name in "attestation cache project ruleset search status variable copilot models agent-task preview accessibility co codespace cs extension ext extensions".split():
        root.child(name)
    root.lint = {"external": ["gh-*", "gh extension"], "aliases-in-document": ["alias set {}"], "source": {"package": "gh (Debian)", "version": "2.23.0", "license": "MIT", **FIG_SOURCE}}
    return root


def aws():
    root = Command()
    sys.path.insert(0, subprocess.run(["python3", "-c", "import awscli,os;print(os.path.dirname(os.path.dirname(awscli.__file__)))"], capture_output=True, text=True).stdout.strip())
    import awscli
    from awscli.clidriver import create_clidriver

    detailed = {"s3", "configure", "sts", "ecr", "eks", "lambda"}
    driver = create_clidriver()
    for name in driver._get_argument_table():
        root.flag(f"--{name}", "" if driver._get_argument_table()[name].cli_type_name == "boolean" else "=", persistent=True)
    for service, command in driver._get_command_table().items():
        fill(root.child(service), command, service in detailed)
    base = sqlite3.connect(FACTS / "deb-awscli/usr/lib/python3/dist-packages/awscli/data/ac.index")
    for name, parent in base.execute("select command, parent from command_table where parent like 'aws%'"):
        root.at(*parent.split(".")[1:], name)
    for flag, kind, name, parent in base.execute("select argname, type_name, command, parent from param_table where positional_arg = '0'"):
        path = [*parent.split(".")[1:], name] if parent else []
        if not path:
            root.flag(f"--{flag}", "" if kind == "boolean" else "=", persistent=True)
        elif path[0] in detailed:
            root.at(*path).flag(f"--{flag}", "" if kind == "boolean" else "=")
    fig = from_json(FIG["aws"])
    for service in sorted(detailed):
        root.child(service).merge(fig.commands.get(service, Command()))
    for service in root.commands.values():
        service.child("help")
        for command in service.commands.values():
            for flag in ("--generate-cli-skeleton", "--cli-input-json", "--cli-input-yaml", "--starting-token", "--page-size", "--max-items"):
                if command.flags_known:
                    command.flag(flag, "?")
    for name in "ls mb mv cp rb rm sync website presign".split():
        root.at("s3", name)
    root.at("ssm", "start-session")
    root.at("ecs", "execute-command")
    s3 = ["max_concurrent_requests", "max_queue_size", "multipart_threshold", "multipart_chunksize", "max_bandwidth", "preferred_transfer_client", "target_bandwidth", "io_chunksize", "should_stream", "disk_throughput", "direct_io", "bucket_lister",
          "addressing_style", "payload_signing_enabled", "use_accelerate_endpoint", "use_dualstack_endpoint", "use_arn_region", "us_east_1_regional_endpoint", "s3_disable_multiregion_access_points", "signature_version"]
    keys = [{"pattern": "{}.s3.*", "known": s3, "noun": "S3 setting of the AWS CLI", "split-trailing-number": True},
            {"pattern": "profile.{}.s3.*", "known": s3, "noun": "S3 setting of the AWS CLI", "split-trailing-number": True},
            {"pattern": "s3.*", "known": s3, "noun": "S3 setting of the AWS CLI", "split-trailing-number": True}]
    for name in ("set", "get"):
        root.at("configure", name).lint = {"keys": keys}
    root.lint = {"source": {"package": "awscli", "version": awscli.__version__, "also": "awscli 2.9.19 (Debian), @withfig/autocomplete 2.692.3 (npm, MIT)", "license": "Apache-2.0"}}
    return root


def fill(node, command, detailed):
    try:
        table = command.subcommand_table if hasattr(command, "subcommand_table") else command._get_command_table()
    except Exception:
        table = {}
    for name, child in table.items():
        fill(node.child(name), child, detailed)
    if detailed:
        try:
            arguments = command.arg_table
        except Exception:
            arguments = {}
        for name, argument in arguments.items():
            if not argument.positional_arg:
                node.flag(f"--{name}", "" if argument.cli_type_name == "boolean" else "=")


def gcloud():
    root = Command()
    text = pathlib.Path("/usr/lib/google-cloud-sdk/data/cli/gcloud_completions.py").read_text()
    tree = eval(text.split("STATIC_COMPLETION_CLI_TREE =", 1)[1].strip(), {"__builtins__": {}})

    def walk(node, data, depth):
        for name, child in data.get("commands", {}).items():
            walk(node.child(name), child, depth + 1)
        if depth == 0:
            for flag, kind in data.get("flags", {}).items():
                node.flag(flag, "" if kind == "bool" else "=", persistent=True)

    walk(root, tree, 0)
    for track in ("", "alpha", "beta"):
        root.at(*filter(None, [track, "dns", "dnskeys"]))
    # A group's alpha and beta twins are known under their own names too.
    for track in ("alpha", "beta"):
        if track in tree["commands"]:
            continue
        root.child(track)
    sdk = re.search(r"Google Cloud SDK ([\d.]+)", run("gcloud", "--version"))
    root.lint = {"source": {"package": "google-cloud-sdk", "version": sdk[1] if sdk else "528.0.0", "license": "Apache-2.0"}}
    return root


def az():
    root = Command()
    listing = FACTS / "az-commands.json"
    for name in json.loads(listing.read_text()):
        root.at(*name.split())
    root.lint = {"external": ["az extension add"], "source": {"package": "azure-cli (PyPI)", "version": "2.91.0", "license": "MIT"}}
    return root


def apt(name="apt"):
    root = from_json(FIG[name]) if name in FIG else Command()
    mentioned(root, manual(name, 8), persistent=True)
    flags_in_help(root, manual(name, 8), persistent=True)
    text = pathlib.Path("/usr/share/bash-completion/completions/apt").read_text()
    if name == "apt":
        names = "list search show showsrc install reinstall remove purge autoremove auto-remove autopurge update upgrade full-upgrade dist-upgrade edit-sources help source build-dep download changelog depends rdepends policy moo satisfy clean autoclean auto-clean dselect-upgrade check add-repository history-list history-info why why-not modernize-sources distclean dist-clean"
    else:
        names = "update upgrade dselect-upgrade dist-upgrade install reinstall remove purge source build-dep satisfy check download clean autoclean auto-clean autoremove auto-remove autopurge changelog indextargets markauto unmarkauto moo help full-upgrade distclean"
    for one in names.split():
        root.child(one).flags_known = True
    mentioned(root, text, persistent=True)
    for flag in ("--force-yes", "--allow-unauthenticated", "--no-install-recommends", "--install-recommends", "--yes", "--assume-yes", "--quiet", "--purge", "--fix-broken", "--fix-missing", "--installed", "--upgradable", "--upgradeable", "--all-versions", "--reinstall", "--download-only", "--only-upgrade", "--no-upgrade", "--dry-run", "--simulate", "--allow-downgrades", "--allow-change-held-packages", "--allow-remove-essential", "--allow-releaseinfo-change", "--auto-remove", "--autoremove", "--no-show-upgraded", "--force", "--with-new-pkgs", "--without-new-pkgs"):
        root.flag(flag, "?", persistent=True)
    root.lint = {"abbreviations": True, "source": {"package": "apt (Debian)", "version": run("apt", "--version").split()[1], "license": "GPL-2.0-or-later", **FIG_SOURCE}}
    return root


def systemctl():
    root = Command()
    mentioned(root, manual("systemctl"), persistent=True)
    text = run("systemctl", "--help")
    flags_in_help(root, text, persistent=True)
    for name in re.findall(r"^  ([a-z][a-z-]+)(?: |$)", text, re.M):
        root.child(name).flags_known = True
    for name in "enable disable start stop restart reload status is-active is-enabled is-failed daemon-reload force-reload condrestart condreload condstop try-restart try-reload-or-restart reload-or-try-restart reload-or-restart mask unmask link edit cat list-units list-unit-files list-timers list-sockets isolate kill poweroff reboot halt suspend hibernate hybrid-sleep rescue emergency default exit set-default get-default show set-property reset-failed reenable preset preset-all list-dependencies list-jobs list-machines show-environment set-environment unset-environment import-environment daemon-reexec switch-root kexec is-system-running help snapshot delete dump service-log-level service-log-target log-level log-target bind mount-image revert freeze thaw clean soft-reboot list-paths list-automounts cancel add-wants add-requires whoami sleep suspend-then-hibernate".split():
        root.child(name).flags_known = True
    root.merge(from_json(FIG["systemctl"]))
    for node in root.commands.values():
        node.flags_known = True
    root.lint = {"abbreviations": True, "source": {"package": "systemd (Debian)", "version": "252", "license": "LGPL-2.1-or-later", **FIG_SOURCE}}
    return root


def curl():
    root = from_json(FIG["curl"])
    flags_in_help(root, run("curl", "--help", "all"))
    mentioned(root, manual("curl"))
    for name in list(root.flags):
        if name.startswith("--") and not name.startswith("--no-"):
            root.flag(f"--no-{name[2:]}", "")
    root.lint = {"abbreviations": True, "source": {"package": "curl (Debian)", "version": run("curl", "--version").split()[1], "license": "curl", **FIG_SOURCE}}
    return root


def ssh():
    root = from_json(FIG["ssh"])
    root.parsing = "non-interspersed"
    root.lint = {"single-dash": True, "source": {"package": "openssh-client (Debian)", "version": "9.2p1", "license": "BSD-2-Clause", **FIG_SOURCE}}
    return root


def jekyll():
    root = Command()
    for name in "build b serve server s clean doctor hyde new new-theme help import docs compose draft post publish unpublish page rename algolia lunr assets admin".split():
        root.child(name)
    for path in FACTS.glob("deb-jekyll/usr/share/rubygems-integration/all/gems/jekyll-*/lib/jekyll/**/*.rb"):
        for match in re.finditer(r'"(-[A-Za-z])"|"(--(?:\[no-\])?[a-z_-]+)([ =\[][^"]*)?"', path.read_text()):
            for flag in re.sub(r"\[no-\]", "", match[1] or match[2]), (match[2] or "").replace("[no-]", "no-"):
                if flag:
                    for name in ("build", "serve", "b", "server", "s", "clean", "doctor", "new", "new-theme"):
                        root.at(name).flag(flag, "?")
    for flag in ("--watch", "--no-watch", "--auto", "--server", "--safe", "--lsi", "--paginate", "--url", "--pygments", "--rdiscount", "--force_polling", "--incremental"):
        for name in ("build", "serve", "b", "server", "s"):
            root.at(name).flag(flag, "?")
    root.lint = {"source": {"package": "jekyll (Debian)", "version": "4.3.1", "license": "MIT"}}
    return root


def hexo():
    root = from_json(FIG["hexo"])
    for path in FACTS.glob("hexo*/package/dist/**/console/**/*.js"):
        for match in re.finditer(r"register\('([a-z]+)'", path.read_text()):
            root.child(match[1])
    text = "".join(path.read_text() for path in FACTS.glob("hexo*/package/dist/**/console/index.js"))
    for match in re.finditer(r"name: '(-{1,2}[\w-]+)(?:, (-{1,2}[\w-]+))?'", text):
        for flag in filter(None, match.groups()):
            for node in root.commands.values():
                node.flag(flag, "?")
    for name in "s g d n c p b server generate deploy new clean publish render migrate config list init version help admin algolia backup server bangumi index".split():
        root.child(name)
    for node in [root, *root.commands.values()]:
        for flag in ("--debug", "--safe", "--silent", "--draft", "--drafts", "--config", "--cwd", "--watch", "--deploy", "--generate", "--setup", "--port", "--static", "--log", "--open", "--ip", "--bail", "--force", "--concurrency", "--path", "--replace", "--slug", "--output", "--engine", "--pretty", "--filename", "--replace", "--type", "--message", "-l", "-o", "-p", "-s", "-i", "-m", "-d", "-g", "-w", "-f", "-c", "-b", "-r"):
            node.flag(flag, "?")
    root.lint = {"abbreviations": True, "short-names": True, "source": {"package": "hexo, hexo-cli (npm)", "version": "8.1.2, 4.3.2", "license": "MIT", **FIG_SOURCE}}
    return root


def yarn():
    root = from_json(FIG["yarn"])
    for path in FACTS.glob("deb-yarnpkg/usr/share/nodejs/yarn/lib/cli/commands/*.js"):
        name = path.stem
        if re.fullmatch(r"[a-z][a-z-]*", name) and name != "index":
            node = root.child(name)
            for match in re.finditer(r"option\('([^']+)'", path.read_text()):
                for flag in re.findall(r"--?[A-Za-z][\w-]*", match[1]):
                    node.flag(flag, "?")
    for name in "constraints dedupe dlx explain info npm pack patch plugin rebuild search set stage unplug up why workspace workspaces berry test start build exec run global create publish".split():
        root.child(name)
    for name in ("run", "exec", "dlx", "workspace", "node", "create", "workspaces", "global"):
        root.at(name).parsing = "non-interspersed"
    root.lint = {"closed": False, "source": {"package": "yarnpkg (Debian)", "version": "1.22.19", "license": "BSD-2-Clause", **FIG_SOURCE}}
    return root


def pnpm():
    root = from_json(FIG["pnpm"])
    binary = ["node", str(FACTS / "pnpm9/package/bin/pnpm.cjs")]
    text = run(*binary, "help", "-a")
    for match in re.finditer(r"^ {2,6}(?:([a-z]+), )?([a-z][a-z-]+)(?: {2,}|$)", text, re.M):
        node = root.child(match[2])
        if match[1]:
            node.aliases.add(match[1])
        help_text = run(*binary, "help", match[2])
        flags_in_help(node, help_text)
        mentioned(node, help_text)
    for flag in ("--filter", "-F", "-r", "--recursive", "-C", "--dir", "-w", "--workspace-root", "--reporter", "--silent", "--shamefully-hoist", "--prefix", "--loglevel", "--stream", "--aggregate-output", "--color", "--no-color", "--frozen-lockfile", "--no-frozen-lockfile", "--registry", "--prod", "--dev"):
        root.flag(flag, "=" if flag in ("--filter", "-F", "-C", "--dir") else "?", persistent=True)
    root.lint = {"closed": False, "open-flags": True, "source": {"package": "pnpm", "version": "9.15.9", "license": "MIT", **FIG_SOURCE}}
    return root


def brew():
    root = from_json(FIG["brew"])
    text = subprocess.run(["git", "-C", str(FACTS / "brew"), "show", "HEAD:docs/Manpage.md"], capture_output=True, text=True).stdout
    version = "manual of 2026"
    node = None
    for line in text.splitlines():
        if line.startswith("##"):
            node = None
        if match := re.match(r"^### `([a-z][\w-]*)`", line):
            node = root.child(match[1])
            for alias in re.findall(r"`([a-z][\w-]*)`", line)[1:]:
                root.child(alias).flags_known = True
        if match := re.match(r"^`([a-z][a-z-]*)`(?:, `([a-z][a-z-]*)`)* ", line):
            for name in re.findall(r"`([a-z][a-z-]*)`", line.split("\\[")[0].split("*")[0]):
                node = root.child(name)
        if node is not None:
            for flag in re.findall(r"`(-{1,2}[A-Za-z][\w-]*)", line):
                node.flag(flag, "?")
    for flag in ("--verbose", "--debug", "--quiet", "--help", "-v", "-d", "-q", "-h", "--cask", "--casks", "--formula", "--formulae", "--HEAD", "--devel", "--force", "--with-default-names", "--prefix", "--cellar", "--cache", "--repository", "--env", "--version", "--caskroom", "--config"):
        root.flag(flag, "?", persistent=True)
    for name in "cask services bundle tap linkapps unlinkapps brewdler create edit audit style prune mas command-not-found-init server switch fetch home tap-pin tap-unpin dr ls rm up reinstall abv list".split():
        root.child(name)
    for name in "install reinstall uninstall list info search upgrade doctor fetch home outdated zap cleanup create edit cat audit style alfred update ls rm remove abv help".split():
        root.at("cask", name)
    for name in "instal uninstal post_install ln lc tc x environment".split():  # spellings that it takes
        root.child(name)
    root.lint = {"external": ["brew tap"], "open-flags": True, "source": {"package": "Homebrew's manual", "version": version, "license": "BSD-2-Clause", **FIG_SOURCE}}
    return root


MAKERS = {maker.__name__: maker for maker in (git, docker, kubectl, npm, pip, cargo, terraform, helm, hugo, gh, aws, gcloud, az, apt, systemctl, curl, ssh, jekyll, hexo, yarn, pnpm, brew)}
MAKERS["apt-get"] = lambda: apt("apt-get")

# Other programs whose names are near; found among the names in @withfig/autocomplete and on a Debian machine.
LOOK_ALIKES = {"cargo": ["argo", "xargo"], "docker": ["dockerd", "dockers"], "gcloud": ["gcloudx"], "helm": ["helm2", "helm3", "helmfile"],
               "kubectl": ["kubectx", "kubecfg"], "npm": ["cnpm", "rnpm", "tnpm"], "pnpm": ["cnpm", "cpnpm", "pnpx", "rnpm", "tnpm", "ypnpm"],
               "pip": ["pip2", "pipx"], "terraform": ["terrafirm", "terraformer", "terragrunt"], "yarn": ["yarnx"]}

for program in sys.argv[2:] or MAKERS:
    root = MAKERS[program]()
    if program in LOOK_ALIKES:
        root.lint["look-alikes"] = LOOK_ALIKES[program]
    target = HERE.parent / f"{program}.yaml"
    schema = "# yaml-language-server: $schema=https://carapace.sh/schemas/command.json\n"
    target.write_text(schema + "\n".join(emit(program, root)) + "\n")
    print(program, target.stat().st_size)
