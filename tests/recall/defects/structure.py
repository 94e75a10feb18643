"""Structure that CommonMark reads differently from what the author meant, and announcements that nothing follows."""

from .base import Defect, block

GROUP = "structure"
FENCE = "```"
COMMON = ("hugo", "hexo", "eleventy", "none")


def _all(name, *texts, at="anywhere", generators=COMMON):
    return Defect(GROUP, name, block(*texts, at=at), generators)


CLASSES = [
    _all("bold before a particle", "먼저 ⟦**<ko>(<en>)**⟧를 확인합니다.", "값은 ⟦**`<en>`**⟧입니다.", "⟦**\"<ko>\"**⟧라는 말을 씁니다."),
    _all("bold in chinese and japanese", "这是⟦**“<zh>”**⟧的部分。", "⟦**「<ja>」**⟧な点に注意する。", "我们⟦**<zh>（<en>）**⟧之后继续。", "これは⟦**<ja>（<en>）**⟧です。"),
    _all("bold with space inside", "⟦**<en>: **⟧read this first.", "⟦**<ko> **⟧는 나중에 봅니다.", "Here ⟦**the <en> **⟧is first.", "⟦** <en>:** ⟧ read on."),
    _all("heading without space", "⟦##<ko> 방법⟧", "⟦###2. <en>⟧", "⟦####<zh>⟧", "⟦##\u00a0<ko>⟧", "⟦###**<en>**⟧", "⟦##How it works⟧"),
    _all("heading below html", "<br/>\n⟦## <ko>⟧", "<div>\n⟦### <en>⟧\n</div>", "<br>\n⟦## The <en>⟧"),
    _all("list below html", "<details>\n<summary><ko></summary>\n⟦- <en>⟧\n- <ko>\n</details>", "<br>\n⟦- <en>⟧\n- <ko>", "<div>\n⟦1. <en>⟧\n2. <ko>\n</div>"),
    _all("code fence below html", "<br>\n⟦" + FENCE + "sh⟧\nmake\n" + FENCE, "<details>\n<summary>code</summary>\n⟦" + FENCE + "sh⟧\nmake\n" + FENCE + "\n</details>"),
    _all("code fence never closed", f"⟦{FENCE}sh⟧\nmake <en>\n\n그다음 <ko>을 봅니다.\n\n{FENCE}sh\nmake test\n{FENCE}", f"⟦{FENCE}yaml⟧\na: 1\n\nText follows here.\n\n{FENCE}json\n{{}}\n{FENCE}"),
    _all("code fence not closed at the end", f"⟦{FENCE}sh⟧\nmake <en>\n\nThis is how the <en> starts, and that is all.", f"⟦{FENCE}⟧\nmake <en>\n\n이렇게 하면 <ko>이 끝납니다.", at="end"),
    _all("code fence closed on a code line", f"⟦{FENCE}sh⟧\nmake <en>{FENCE}\n\n그다음 <ko>을 봅니다.\n\n{FENCE}sh\nmake test\n{FENCE}", f"⟦{FENCE}js⟧\nconst a = 1;{FENCE}\n\nThe next step.\n\n{FENCE}js\nconst b = 2;\n{FENCE}"),
    _all("code fence with other mark", f"⟦{FENCE}sh⟧\nmake <en>\n~~~\n\nText follows here.\n\n{FENCE}sh\nmake test\n{FENCE}", f"⟦~~~sh⟧\nmake <en>\n{FENCE}\n\n본문이 이어집니다.\n\n~~~sh\nmake\n~~~"),
    _all("code fence without content", f"⟦{FENCE}sh\n{FENCE}⟧", f"⟦{FENCE}yaml\n\n{FENCE}⟧"),
    _all("table with short delimiter row", "⟦| a | b | c |\n|---|---|⟧\n| 1 | 2 | 3 |", "⟦| <ko> | b | c | d |\n|:--|--|⟧\n| 1 | 2 | 3 | 4 |"),
    _all("table without delimiter row", "⟦| <ko> | <en> |⟧\n| 1 | 2 |", "⟦| a | b | c |⟧\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |"),
    _all("table row too long", "| a | b |\n|---|---|\n⟦| 1 | 2 | <ko> |⟧", "| <en> | b |\n|--|--|\n| 1 | 2 |\n⟦| 1 | 2 | <en> | 3 |⟧"),
    _all("table delimiter row of other marks", "⟦| a | b |\n|—|—|⟧\n| 1 | 2 |", "⟦| a | b |\n|===|===|⟧\n| 1 | 2 |", "⟦| a | b |\n| –– | –– |⟧\n| 1 | 2 |"),
    _all("footnote without definition", "⟦빨라집니다.[^91]⟧", "⟦It is faster.[^97]⟧"),
    _all("reference without definition", "See [the <en>]⟦[<en>-guide]⟧ first.\n\n[<en>-guied]: https://<host>/a", "See [the manual]⟦[manaul]⟧ first.\n\n[manual]: https://<host>", "[<ko> 안내]⟦[gude]⟧를 봅니다.\n\n[guide]: https://<host>"),
    _all("conflict marker, complete", "⟦<<<<<<< HEAD\n하나\n=======\n둘\n>>>>>>> feature/<en>⟧", "⟦<<<<<<< Updated upstream\none\n=======\ntwo\n>>>>>>> Stashed changes⟧"),
    _all("conflict marker, single", "⟦<<<<<<< HEAD⟧", "⟦>>>>>>> main⟧", "⟦>>>>>>> 3f2a9c1 (Add the <en>)⟧"),
    _all("heading without text", "⟦##⟧", "⟦### ⟧"),
    _all("announcement of a list", "## <en>\n\nThe steps ⟦are as follows:⟧\n\n## <ko>", "## <ko>\n\n장점은 ⟦다음과 같습니다.⟧\n\n## <en>", "## <zh>\n\n结果⟦如下：⟧\n\n## <en>", "## <ja>\n\n結果は⟦以下の通りです。⟧\n\n## <en>"),
    _all("announcement of code", "## <en>\n\nRun ⟦the following command:⟧\n\n## <ko>", "## <ko>\n\n코드는 ⟦아래와 같습니다.⟧\n\n## <en>", "## <ja>\n\n⟦以下のコマンドを実行します。⟧\n\n## <en>", "## <zh>\n\n执行⟦以下命令：⟧\n\n## <en>"),
    _all("announcement at the end", "The steps ⟦are as follows:⟧", "장점은 ⟦다음과 같습니다.⟧", "具体步骤⟦如下：⟧", at="end"),
    Defect(GROUP, "table announced", lambda source, page: None if "|" in page.body or "<table" in page.body else block("⟦The following table⟧ lists every <en>.", "The values are listed in ⟦Table 3 below⟧.", "⟦다음 표⟧는 <ko>을 보여 줍니다.", at="end")(source, page), COMMON),
]
