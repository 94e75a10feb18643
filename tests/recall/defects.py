"""The defects that `recall.py` injects: for each class a function from a random source to a block of Markdown.

The sentences are made up. A class must hold what a reader of the page would see as broken, in several languages.
"""

WORDS = ["배포", "설정", "서버", "캐시", "인증", "로그", "설치", "검색"]
LATIN = ["deploy", "cache", "token", "index", "proxy", "build", "queue", "router"]
HAN = ["重要", "安全", "速度", "缓存", "部署", "設定", "認証", "検索"]
HOSTS = ["example.com", "docs.example.org", "blog.example.net"]


def one_of(*blocks):
    """A class whose defects are `blocks`, with words of the languages filled in."""

    def make(source):
        block = source.choice(blocks)
        fields = {"ko": source.choice(WORDS), "en": source.choice(LATIN), "zh": source.choice(HAN), "host": source.choice(HOSTS)}
        for name, value in fields.items():
            block = block.replace(f"<{name}>", value)
        return block

    return make


FENCE = "```"

CLASSES = {
    # Structure, by CommonMark's own rules.
    "bold-next-to-punctuation": one_of(
        "먼저 **<ko>(<en>)**를 확인합니다.", "**「<zh>」**な点に注意する。", "这是**“<zh>”**的部分。", "값은**(<en>)**입니다.", "**<ko>.**그리고 다음."
    ),
    "bold-with-space": one_of("**<en>: **read this first.", "**<ko> **는 나중에 봅니다.", "** <ko>:** 먼저 봅니다."),
    "heading-without-space": one_of("##<ko> 방법", "###2. <en>", "####<zh>", "##\u00a0<ko>", "###**<en>**"),
    "markdown-below-html": one_of(
        "<br/>\n## <ko>", "<br>\n" + FENCE + "sh\nmake\n" + FENCE, "<details>\n<summary><ko></summary>\n- <en>\n- <ko>\n</details>",
        "<div>\n### <en>\n</div>",
    ),
    "code-fence-never-closed": one_of(
        f"{FENCE}sh\nmake <en>\n\n그다음 <ko>을 봅니다.\n\n{FENCE}sh\nmake test\n{FENCE}",
        f"{FENCE}yaml\na: 1\n\nText follows here.\n\n{FENCE}json\n{{}}\n{FENCE}",
    ),
    "table-delimiters": one_of("| a | b | c |\n|---|---|\n| 1 | 2 | 3 |", "| <ko> | b | c | d |\n|:--|--|\n| 1 | 2 | 3 | 4 |"),
    "table-without-delimiters": one_of("| <ko> | <en> |\n| 1 | 2 |", "| a | b | c |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |"),
    "table-row-too-long": one_of("| a | b |\n|---|---|\n| 1 | 2 | <ko> |", "a | b\n--|--\n1 | 2 | <en>"),
    "reference-undefined": one_of(
        "See [the <en>][<en>s] first.\n\n[<en>]: https://<host>", "[<ko> 안내][guide-1]를 봅니다.\n\n[guide-2]: https://<host>"
    ),
    "footnote-undefined": one_of("빨라집니다.[^91]", "It is faster.[^97]"),
    "conflict-marker": one_of("<<<<<<< HEAD", ">>>>>>> main", "<<<<<<< HEAD\n하나\n=======\n둘\n>>>>>>> feature/<en>"),
    "heading-empty": one_of("##", "### "),
    # Links.
    "link-with-space": one_of(
        "[<ko> 문서](<ko> 안내.md)", "![화면](../img/my <en>.png)", "[guide](https://<host>/a b/c)", "[guide](https://<host>/ a/c)"
    ),
    "link-over-two-lines": one_of("[<en>](https://<host>/a/\nb/c)는 봅니다.", "See [the <en>](https://<host>.\n/x) now."),
    "link-never-closed": one_of("[<ko>](https://<host>/a", "See ![the <en>](https://<host>/a.png", "[<en> guide](../<en>/index.md"),
    "link-detached": one_of("[the <en>] (https://<host>)", "[<ko>]（https://<host>）", "(the <en>)[https://<host>]", "![<ko>] (https://<host>/a.png)"),
    "image-as-link": one_of("! [<ko>](https://<host>/a.png)", "! [the <en>](<en>.png)"),
    "link-scheme": one_of(
        *(f"[the <en>]({scheme}<host>/a)" for scheme in ["htps://", "hhttps://", "ttps://", "httpss://", "httsp://", "https;//", "https//", "http:/", "htp://"])
    ),
    "link-without-scheme": one_of("[<ko>](www.<host>/a)", "[the <en>](github.com/example/<en>)", "[<en>](youtube.com/watch)"),
    "link-empty": one_of("[the <en>]()", "[<ko> 문서]( )"),
    "link-to-local-file": one_of("![<ko>](C:\\Users\\me\\<en>.png)", '<img src="C:\\Users\\me\\<en>.png">', "[<en>](file:///Users/me/a.txt)"),
    # Characters.
    "control-character": one_of(*(f"<ko>을{mark} 봅니다." for mark in "\x00\x08\x0b\x1b\x1e")),
    "joiner-in-word": one_of("The <en>\u200cs are here, Ru\u200bby.", "<zh>\u200d<zh>的部分", "de\u200cploy"),
    "private-use-character": one_of("\uf0b7 <ko>", "\uf0a7 <en>", "\uf0d8 <zh>"),
    "stray-jamo": one_of("<ko>을ㅇ 확인합니다.", "값ㅓ을 봅니다.", "이렇게 하면ㄴ 됩니다."),
    "mojibake-from-utf-8": one_of("CafÃ© <en>", "donâ€™t <en>", "ì•ˆë…•í•˜ì„¸ìš” <en>", "ä¸\xadæ–‡ <en>", "ÐŸÑ€Ð¸Ð²ÐµÑ‚ <en>"),
    "mojibake-from-cp949": one_of("¼³Á¤À» º¾´Ï´Ù", "¹èÆ÷ °úÁ¤"),
    "mojibake-from-gbk": one_of("鏂囦欢 鍐呭", "杩欐槸涓€涓祴璇?"),
    # Words.
    "repeated-english": one_of("Look at the the <en>.", "This is kept in in the <en>.", "It is ready for for use.", "It is a a <en>.", "They are are here."),
    "repeated-korean": one_of("<ko>을 통해 통해 접속합니다.", "값이 있습니다 있습니다.", "<ko>에서 <ko>에서 봅니다."),
    "repeated-chinese-japanese": one_of("这是长期的的<zh>。", "<zh>をを読む。", "我们我们看<zh>。"),
    # Placeholders.
    "placeholder-line": one_of(
        "추후 업데이트", "(내용 보강 필요)", "TBD", "Coming soon!", "（後で書く）", "画像は後で追加します", "图片稍后上传", "待补充", "(work in progress)", "More to come soon"
    ),
    "placeholder-todo": one_of("TODO: <en>", "TODO - <ko>", "TODO：<zh>", "TODO add the <en>", "FIXME: <ko>"),
    "placeholder-heading": one_of(
        "## <ko> (작성 중)\n\n## <en>", "## TBD\n\n## <ko>", "### <en> (coming soon)\n\n### <zh>", "## <ko> (TBD)\n\n## <zh>"
    ),
    "placeholder-label": one_of("자료 : (추후 업데이트)", "Slides: TBD", "スライド：後日追加", "链接：待补充"),
    "placeholder-list-item": one_of("- <ko>\n- (작성 예정)", "- <en>\n- 추후 작성 예정", "- <en>\n- to be announced later", "- <zh>\n- 待补充"),
    "placeholder-alt-text": one_of("![TODO: <en>](https://<host>/a.png)", "![사진 첨부 예정](https://<host>/a.png)"),
    "placeholder-link-text": one_of("[추후 공개](#)", "[TBD](#)", "[링크 추가 예정]()"),
    "placeholder-table-cell": one_of("| a | b |\n|---|---|\n| <ko> | (추후 업데이트) |", "| a | b |\n|---|---|\n| <en> (coming soon) | 1 |"),
    # Announcements.
    "announcement-without-content": one_of(
        "## <en>\n\nThe steps are as follows:\n\n## <ko>", "## <ko>\n\n장점은 다음과 같습니다.\n\n## <en>", "## <zh>\n\n结果如下：\n\n## <en>", "## <zh>\n\n結果は以下の通りです。\n\n## <en>"
    ),
    # Commands.
    "inline-typographic": one_of("Run `docker run —rm <en>`.", "`git commit -m “<ko>”` 을 합니다.", "`npm install –save <en>`", "`git\u00a0status`"),
    "code-fence-typographic": one_of(f"{FENCE}sh\ndocker run —rm <en>\n{FENCE}", f"{FENCE}console\n$ git commit -m “<en>”\n{FENCE}", f"{FENCE}sh\nls –la\n{FENCE}"),
    "program-misspelled": one_of(f"{FENCE}sh\nkubeclt get pods\n{FENCE}", f"{FENCE}console\n$ dokcer run <en>\n{FENCE}", f"{FENCE}sh\nsystemclt restart nginx\n{FENCE}"),
    "program-run-together": one_of(f"{FENCE}sh\nsystemctlrestart nginx\n{FENCE}", f"{FENCE}sh\nkubectlapply -f a.yaml\n{FENCE}", f"{FENCE}sh\ndockerbuild -t <en> .\n{FENCE}"),
    "program-twice": one_of(f"{FENCE}sh\ngit git status\n{FENCE}", f"{FENCE}console\n$ docker docker run <en>\n{FENCE}", f"{FENCE}console\n$ $ git status\n{FENCE}"),
    "subcommand-misspelled": one_of(f"{FENCE}sh\ngit stauts\n{FENCE}", f"{FENCE}sh\nkubectl aplly -f a.yaml\n{FENCE}", f"{FENCE}sh\nnpm uninstlal <en>\n{FENCE}", "`docker biuld .` 을 실행합니다."),
    "option-misspelled": one_of(f"{FENCE}sh\ngit commit --amned\n{FENCE}", f"{FENCE}sh\ndocker run --detahc <en>\n{FENCE}", "`git merge --aobrt` 로 되돌립니다."),
    "option-single-dash": one_of(f"{FENCE}sh\ndocker run -name web nginx\n{FENCE}", "`docker run -name web nginx` 를 실행합니다.", f"{FENCE}sh\nkubectl get pods -namespace web\n{FENCE}"),
    "other-grammars": one_of(f"{FENCE}sh\ndocker-compose biuld\n{FENCE}", f"{FENCE}sh\npython -m pip instal <en>\n{FENCE}"),
    "url-in-command": one_of(f"{FENCE}sh\ngit clone https//<host>/a.git\n{FENCE}", f"{FENCE}sh\ncurl -O http:/<host>/a.tgz\n{FENCE}", f"{FENCE}sh\ngit clonehttps://<host>/a.git\n{FENCE}"),
}
