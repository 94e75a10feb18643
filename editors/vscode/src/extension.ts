/** Starts `matterlint server`, and adds what the protocol has no request for: a status, and a few commands. */
import { execFile } from "node:child_process";
import * as vscode from "vscode";
import { LanguageClient, State, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { findBinary, type Binary } from "./binary";
import { RuleDocumentation, SCHEME, ruleAt, rulesOf } from "./rules";

const LANGUAGES = ["markdown", "mdx", "quarto"];

/** The scheme of documents with the settings of a file. */
const SETTINGS = "matterlint-settings";

let session: Session | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  session = new Session(context);
  await session.start();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}

/** The server of this window, and what shows its state. */
class Session {
  private readonly output = vscode.window.createOutputChannel("matterlint", { log: true });
  private readonly status = vscode.window.createStatusBarItem("matterlint", vscode.StatusBarAlignment.Right, 50);
  private client: LanguageClient | undefined;
  private binary: Binary | undefined;

  constructor(private readonly context: vscode.ExtensionContext) {
    this.status.name = "matterlint";
    this.status.command = "matterlint.menu";
    const documentation = new RuleDocumentation((args) => this.run(args));
    const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`matterlint.${name}`, run);
    context.subscriptions.push(
      this.output,
      this.status,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, documentation),
      vscode.workspace.registerTextDocumentContentProvider(SETTINGS, {
        provideTextDocumentContent: async (uri) => (await this.run(["check", "--show-settings", uri.query])) ?? "",
      }),
      command("fixAll", () => fixAll()),
      command("restart", () => this.restart()),
      command("showSettings", () => this.showSettings()),
      command("openRule", () => this.openRule()),
      command("showOutput", () => this.output.show()),
      command("menu", () => menu()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (["matterlint.path", "matterlint.enable"].some((key) => change.affectsConfiguration(key))) void this.restart();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.restart()),
      vscode.window.onDidChangeActiveTextEditor(() => this.showStatus()),
      vscode.languages.onDidChangeDiagnostics(() => this.showStatus()),
    );
  }

  async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("matterlint");
    if (!settings.get<boolean>("enable", true)) return this.showStatus();
    const isTrusted = vscode.workspace.isTrusted;
    const found = findBinary({
      setting: isTrusted ? settings.get<string>("path", "") : (settings.inspect<string>("path")?.globalValue ?? ""),
      folders: isTrusted ? (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath) : [],
      searchPath: process.env["PATH"] ?? process.env["Path"] ?? "",
      extension: this.context.extensionPath,
      platform: process.platform,
      arch: process.arch,
    });
    if (found === undefined || typeof found === "string") {
      const reason = found ?? "the program matterlint was not found in node_modules, on the PATH, or in the extension";
      this.output.error(reason);
      this.showStatus(reason);
      const open = "Open Settings";
      void vscode.window.showWarningMessage(`matterlint: ${reason}`, open).then((choice) => {
        if (choice === open) void vscode.commands.executeCommand("workbench.action.openSettings", "matterlint.path");
      });
      return;
    }
    this.binary = found;
    this.output.info(`starting ${found.file} (from ${found.origin})`);
    const server: ServerOptions = { command: found.file, args: ["server"] };
    const options: LanguageClientOptions = {
      documentSelector: LANGUAGES.flatMap((language) => [
        { language, scheme: "file" },
        { language, scheme: "untitled" },
      ]),
      outputChannel: this.output,
      diagnosticCollectionName: "matterlint",
    };
    this.client = new LanguageClient("matterlint", "matterlint", server, options);
    this.client.onDidChangeState(() => this.showStatus());
    try {
      await this.client.start();
    } catch (error) {
      this.output.error(String(error));
      this.showStatus(String(error));
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    [this.client, this.binary] = [undefined, undefined];
    // One that never started can't be stopped.
    if (client?.needsStop()) await client.stop().catch(() => undefined);
    await client?.dispose().catch(() => undefined);
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Shows the state of the server, and the number of findings in the file. */
  private showStatus(error?: string): void {
    const document = vscode.window.activeTextEditor?.document;
    const isChecked = document !== undefined && LANGUAGES.includes(document.languageId);
    const state = this.client?.state;
    if (error !== undefined || (this.binary !== undefined && state === State.Stopped)) {
      this.status.text = "$(error) matterlint";
      this.status.tooltip = error ?? "The server has stopped.";
      return this.status.show();
    }
    if (!isChecked) return this.status.hide();
    const found = vscode.languages.getDiagnostics(document.uri).filter((one) => one.source === "matterlint").length;
    const isRunning = state === State.Running;
    const icon = isRunning ? (found === 0 ? "$(check)" : "$(warning)") : state === undefined ? "$(circle-slash)" : "$(sync~spin)";
    this.status.text = `${icon} matterlint${found > 0 ? ` ${found}` : ""}`;
    const version = this.client?.initializeResult?.serverInfo?.version ?? "";
    const where = this.binary ? `\n${this.binary.file} (from ${this.binary.origin})` : "";
    this.status.tooltip = isRunning ? `matterlint ${version}: ${found} finding${found === 1 ? "" : "s"}${where}` : "matterlint is not running";
    this.status.show();
  }

  private async showSettings(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.uri.scheme !== "file") {
      return void vscode.window.showInformationMessage("matterlint: open a file to see its settings");
    }
    const uri = vscode.Uri.from({ scheme: SETTINGS, path: `${document.uri.path}: settings.yaml`, query: document.uri.fsPath });
    await vscode.window.showTextDocument(uri, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  }

  /** Opens the documentation of the rule at the cursor, or of one to choose. */
  private async openRule(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const here = editor && ruleAt(editor.document.uri, editor.selection.active);
    const rule = here ?? (await this.chooseRule());
    if (rule !== undefined) await RuleDocumentation.open(rule);
  }

  private async chooseRule(): Promise<string | undefined> {
    const listed = await this.run(["rules", "--format", "json"]);
    if (listed === undefined) return undefined;
    const chosen = await vscode.window.showQuickPick(rulesOf(listed), { placeHolder: "Rule", matchOnDescription: true });
    return chosen?.label;
  }

  /** What the program prints with these arguments, run in the folder of the workspace; its error is shown. */
  private run(args: string[]): Promise<string | undefined> {
    const { binary, output } = this;
    if (binary === undefined) {
      void vscode.window.showWarningMessage("matterlint is not running");
      return Promise.resolve(undefined);
    }
    const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    return new Promise((resolve) => {
      execFile(binary.file, args, { cwd, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
        if (error === null) return resolve(stdout);
        output.error(stderr || error.message);
        void vscode.window.showErrorMessage(stderr.trim() || error.message);
        resolve(undefined);
      });
    });
  }
}

/** Applies all safe fixes to the text in the editor. */
async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", { kind: "source.fixAll.matterlint", apply: "first" });
}

async function menu(): Promise<void> {
  const commands = [
    ["$(wand) Fix all safe problems in this file", "matterlint.fixAll"],
    ["$(book) Open rule documentation", "matterlint.openRule"],
    ["$(settings) Show settings for this file", "matterlint.showSettings"],
    ["$(debug-restart) Restart server", "matterlint.restart"],
    ["$(output) Show output", "matterlint.showOutput"],
  ] as const;
  const items = commands.map(([label, command]) => ({ label, command }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "matterlint" });
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command);
}
