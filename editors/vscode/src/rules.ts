/** The documentation of rules, from the program, so that custom rules have it too and no network is needed. */
import * as vscode from "vscode";

/** The scheme of documents with the documentation of a rule. */
export const SCHEME = "matterlint-rule";

/** The rule of the finding at a position, or else of one on the same line. */
export function ruleAt(uri: vscode.Uri, position: vscode.Position): string | undefined {
  const found = vscode.languages.getDiagnostics(uri).filter((one) => one.source === "matterlint");
  const here = found.find((one) => one.range.contains(position));
  const near = here ?? found.find((one) => one.range.start.line <= position.line && position.line <= one.range.end.line);
  const code = near?.code;
  return code === undefined ? undefined : String(typeof code === "object" ? code.value : code);
}

/** The rules to choose from. */
export function rulesOf(listed: string): vscode.QuickPickItem[] {
  const { rules } = JSON.parse(listed) as { rules: { id: string; summary: string }[] };
  return rules.map((rule) => ({ label: rule.id, description: rule.summary }));
}

/** Shows the documentation of a rule as a Markdown preview. */
export class RuleDocumentation implements vscode.TextDocumentContentProvider {
  constructor(private readonly run: (args: string[]) => Promise<string | undefined>) {}

  static async open(rule: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${rule}.md` });
    await vscode.commands.executeCommand("markdown.showPreviewToSide", uri);
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const rule = uri.path.replace(/^\/|\.md$/g, "");
    const explained = await this.run(["explain", rule, "--format", "json"]);
    if (explained === undefined) return "";
    const { summary, documentation } = JSON.parse(explained) as { summary: string; documentation: string };
    return `# ${rule}\n\n${summary}\n\n${documentation}\n`;
  }
}
