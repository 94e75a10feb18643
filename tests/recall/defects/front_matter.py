"""Defects of front matter: delimiters, syntax, keys, values, and tags, in YAML, TOML, and JSON."""

from .base import Defect, added, front, line, whole

GROUP = "front matter"
HUGO = ("hugo",)
BLOGS = ("hugo", "jekyll", "hexo", "eleventy")
KNOWN = ("hugo", "jekyll", "hexo")


def _missing_space(source, lines):
    at = source.randrange(3)
    key, value = lines[at].split(": ", 1)
    return [*lines[:at], f"⟦{key}:{value}⟧", *lines[at + 1 :]]


def _missing_colon(source, lines):
    at = source.randrange(2)
    key, value = lines[at].split(": ", 1)
    return [*lines[:at], f"⟦{key} {value}⟧", *lines[at + 1 :]]


def _doubled_colon(source, lines):
    at = source.randrange(2)
    key, value = lines[at].split(": ", 1)
    return [*lines[:at], f"⟦{key}:: {value}⟧", *lines[at + 1 :]]


def _mark(mark):
    def edit(source, lines):
        at = source.randrange(2)
        key, value = lines[at].split(": ", 1)
        return [*lines[:at], f"⟦{key}{mark} {value}⟧", *lines[at + 1 :]]

    return edit


def _again(source, lines):
    at = source.randrange(2)
    return [*lines, f"⟦{lines[at]}⟧"]


def _tab(source, lines):
    return [*lines, "cover:", "⟦\t⟧image: /images/a.png"]


def _one_line(source, page):
    return "⟦--- " + " ".join(page.front[:2]) + " ---⟧\n" + page.body


def _opening(text):
    def make(source, page):
        return "\n".join([text, *page.front, "---", page.body])

    return make


def _closing(text):
    def make(source, page):
        return "\n".join(["---", *page.front, text, page.body])

    return make


def _unclosed(source, page):
    return "\n".join(["⟦---⟧", *page.front, page.body.lstrip("\n")])


def _above(*texts):
    def make(source, page):
        return source.choice(texts) + "\n" + page.text()

    return make


def _in_fence(source, page):
    return "⟦```" + source.choice(["yaml", "", "md"]) + "⟧\n" + "\n".join(["---", *page.front, "---"]) + "\n```\n" + page.body


def _twice(source, page):
    return "\n".join(["---", *page.front, "---", "", "⟦---", *page.front, "---⟧", page.body])


TOML = '+++\ntitle = "Steps of the <en>"\ndate = 2024-03-05\n'
JSON = '{\n  "title": "Steps of the <en>",\n  "date": "2024-03-05",\n'

CLASSES = [
    # Delimiters.
    Defect(GROUP, "opening delimiter missing", lambda source, page: "\n".join(["⟦" + page.front[0] + "⟧", *page.front[1:], "---", page.body]), ("hugo", "jekyll", "eleventy")),
    Defect(GROUP, "opening delimiter too short", _opening("⟦--⟧"), KNOWN),
    Defect(GROUP, "opening delimiter of dashes", _opening("⟦—-⟧"), KNOWN),
    Defect(GROUP, "opening delimiter after a backtick", _opening("⟦`---⟧"), KNOWN),
    Defect(GROUP, "opening delimiter before a key", lambda source, page: "\n".join([f"⟦--- {page.front[0]}⟧", *page.front[1:], "---", page.body]), ("jekyll", "eleventy", "none")),
    Defect(GROUP, "closing delimiter missing", _unclosed),
    Defect(GROUP, "closing delimiter too short", _closing("⟦--⟧"), KNOWN),
    Defect(GROUP, "closing delimiter joined", lambda source, page: "\n".join(["---", *page.front[:-1], f"⟦{page.front[-1]}---⟧", page.body.lstrip("\n")]), ("hugo", "jekyll", "hexo")),
    Defect(GROUP, "closing delimiter indented", _closing("⟦  ---⟧"), ("jekyll", "hexo", "none")),
    Defect(GROUP, "front matter on one line", _one_line, KNOWN),
    Defect(GROUP, "text above front matter", _above("⟦Here is the post:⟧\n", "⟦다음은 글입니다.⟧\n", "⟦# Draft⟧"), ("hugo", "jekyll", "eleventy")),
    Defect(GROUP, "front matter in a code fence", _in_fence, KNOWN),
    Defect(GROUP, "front matter twice", _twice, KNOWN),
    Defect(GROUP, "front matter indented", lambda source, page: "\n".join(["⟦ ---⟧", *(" " + old for old in page.front), " ---", page.body]), KNOWN),
    # YAML syntax.
    Defect(GROUP, "yaml colon in value", front(line("title", "title: ⟦Rust: the <en> book⟧", "title: ⟦<ko>: 처음부터⟧"))),
    Defect(GROUP, "yaml quote not closed", front(line("title", 'title: ⟦"Steps of the <en>⟧', "title: ⟦'<ko> 시작하기⟧"))),
    Defect(GROUP, "yaml quote at the end only", front(line("title", 'title: ⟦Steps of the <en>"⟧', "title: ⟦<ko> 시작하기'⟧"))),
    Defect(GROUP, "yaml quote inside quotes", front(line("title", 'title: ⟦"The "<en>" of today"⟧', "title: ⟦'It's a <en>'⟧"))),
    Defect(GROUP, "yaml text after quotes", front(line("title", 'title: ⟦"Steps" of the <en>⟧', "title: ⟦'<ko>' 시작하기⟧"))),
    Defect(GROUP, "yaml bad escape", front(line("title", 'title: ⟦"C:\\Users\\<en>"⟧', 'title: ⟦"a \\d+ <en>"⟧'))),
    Defect(GROUP, "yaml reserved start", front(line("title", "title: ⟦@<en> and friends⟧", "title: ⟦`<en>` and friends⟧", "title: ⟦%<en> of all⟧"))),
    Defect(GROUP, "yaml bracket start", front(line("title", "title: ⟦[<en>] How it works⟧", "title: ⟦[<ko>] 처음부터⟧"))),
    Defect(GROUP, "yaml asterisk start", front(line("title", "title: ⟦*<en>* and friends⟧", "title: ⟦&<en> and friends⟧", "title: ⟦!<en> and friends⟧"))),
    Defect(GROUP, "yaml value is a comment", front(line("title", "title: ⟦# <en> notes⟧", "title: ⟦#<ko> 이야기⟧"))),
    Defect(GROUP, "yaml tab as indentation", front(_tab), ("hugo", "jekyll", "eleventy")),
    Defect(GROUP, "yaml space missing after colon", front(_missing_space)),
    Defect(GROUP, "yaml colon missing", front(_missing_colon)),
    Defect(GROUP, "yaml colon doubled", front(_doubled_colon)),
    Defect(GROUP, "yaml full-width colon", front(_mark("："))),
    Defect(GROUP, "yaml semicolon for colon", front(_mark(";"))),
    Defect(GROUP, "yaml equals sign", front(_mark(" ="))),
    Defect(GROUP, "yaml key duplicated", front(_again), ("hugo", "hexo", "eleventy", "none")),
    Defect(GROUP, "yaml indentation", front(added("cover:\n  image: /a.png\n  alt: the <en>\n   ⟦size: 1⟧", "cover:\n  image: /a.png\n⟦   caption: the <en>⟧"))),
    Defect(GROUP, "yaml list not closed", front(line("tags", "tags: ⟦[<en>, golang⟧"))),
    Defect(GROUP, "yaml list not opened", front(line("tags", "tags: ⟦<en>, golang]⟧"))),
    Defect(GROUP, "yaml list with wrong bracket", front(line("tags", "tags: ⟦[<en>, golang)⟧", "tags: ⟦[<en>, golang}⟧"))),
    Defect(GROUP, "yaml list with full-width comma", front(line("tags", "tags: ⟦[<en>，golang]⟧", "tags: ⟦[<ko>、golang]⟧"))),
    Defect(GROUP, "yaml smart quotes", front(line("title", "title: ⟦“Steps of the <en>”⟧", "title: ⟦‘<ko> 시작하기’⟧")), KNOWN),
    # TOML and JSON.
    Defect(GROUP, "toml string not quoted", whole("+++\ntitle = ⟦Steps of the <en>⟧\ndate = 2024-03-05\n+++\n"), HUGO),
    Defect(GROUP, "toml quote not closed", whole('+++\ntitle = ⟦"Steps of the <en>⟧\ndate = 2024-03-05\n+++\n'), HUGO),
    Defect(GROUP, "toml bad escape", whole('+++\ntitle = ⟦"C:\\Users\\<en>"⟧\ndate = 2024-03-05\n+++\n'), HUGO),
    Defect(GROUP, "toml date form", whole('+++\ntitle = "Steps"\ndate = ⟦2024-3-5⟧\n+++\n', '+++\ntitle = "Steps"\ndate = ⟦2024/03/05⟧\n+++\n'), HUGO),
    Defect(GROUP, "toml array not closed", whole(TOML + 'tags = ⟦["<en>", "go"⟧\n+++\n'), HUGO),
    Defect(GROUP, "toml comma missing", whole(TOML + 'tags = ⟦["<en>" "go"]⟧\n+++\n'), HUGO),
    Defect(GROUP, "toml colon for equals sign", whole('⟦+++\ntitle: "Steps of the <en>"⟧\ndate = 2024-03-05\n+++\n', "⟦+++⟧\ntitle: Steps of the <en>\n+++\n"), HUGO),
    Defect(GROUP, "toml key duplicated", whole(TOML + '⟦title = "The <en>"⟧\n+++\n'), HUGO),
    Defect(GROUP, "json comma missing", whole('{\n  "title": ⟦"Steps of the <en>"⟧\n  "date": "2024-03-05"\n}\n'), HUGO),
    Defect(GROUP, "json comma at the end", whole(JSON + '  "tags": ["<en>"]⟦,⟧\n}\n'), HUGO),
    Defect(GROUP, "json quote missing", whole('{\n  ⟦"title: "Steps of the <en>"⟧,\n  "date": "2024-03-05"\n}\n', '{\n  ⟦"title": "Steps of the <en>,⟧\n  "date": "2024-03-05"\n}\n'), HUGO),
    Defect(GROUP, "json brace missing", whole('⟦{\n  "title": "Steps of the <en>",\n  "date": "2024-03-05"\n⟧\n'), HUGO),
    Defect(GROUP, "json with single quotes", whole("{\n  ⟦'title'⟧: 'Steps of the <en>',\n  'date': '2024-03-05'\n}\n"), HUGO),
    Defect(GROUP, "json with comment", whole(JSON + '  ⟦// draft⟧\n  "draft": false\n}\n'), HUGO),
    # Keys.
    Defect(GROUP, "key misspelled", front(line("title", "⟦titel⟧: <value>", "⟦tittle⟧: <value>"), line("description", "⟦descripton⟧: <value>", "⟦desciption⟧: <value>"), line("tags", "⟦tgas⟧: [<en>]", "⟦tasg⟧: [<en>]")), BLOGS),
    Defect(GROUP, "key misspelled twice", front(line("description", "⟦discriptoin⟧: <value>", "⟦descpription⟧: <value>", "⟦desrciptoin⟧: <value>")), BLOGS),
    Defect(GROUP, "key with other case", front(line("title", "⟦Title⟧: <value>"), line("date", "⟦Date⟧: <value>")), ("jekyll", "hexo", "eleventy")),
    Defect(GROUP, "key with a space", front(line("title", "⟦ti tle⟧: <value>"), line("description", "⟦descrip tion⟧: <value>")), BLOGS),
    Defect(GROUP, "key with hyphen", front(added("⟦redirect-from⟧: /old/", "⟦last-modified-at⟧: 2024-05-01")), ("jekyll",)),
    # Values.
    Defect(GROUP, "value empty", front(line("title", "⟦title:⟧", '⟦title: ""⟧')), BLOGS),
    Defect(GROUP, "value is a placeholder", front(line("description", "description: ⟦TODO⟧", "description: ⟦description here⟧", "description: ⟦TBD⟧", "description: ⟦설명을 입력하세요⟧", "description: ⟦Lorem ipsum dolor sit amet⟧"))),
    Defect(GROUP, "image value is a placeholder", front(added("image: ⟦URL_of_your_image⟧", "image: ⟦path/to/image.png⟧", "image: ⟦your-image.jpg⟧"))),
    Defect(GROUP, "boolean misspelled", front(line("draft", "draft: ⟦flase⟧", "draft: ⟦ture⟧", "draft: ⟦nope⟧", "draft: ⟦fales⟧", "draft: ⟦yess⟧")), ("hugo", "none")),
    Defect(GROUP, "value with invisible character", front(line("title", "title: ⟦Steps of\u200b the <en>⟧", "title: ⟦\ufeff<ko> 시작하기⟧", "title: ⟦\u200e<en> guide⟧"))),
    Defect(GROUP, "value with template", front(line("title", "title: ⟦{{ page.title }}⟧", "title: ⟦{{title}}⟧")), BLOGS),
    # Tags.
    Defect(GROUP, "tag duplicated", front(line("tags", "tags: [golang, <en>, ⟦golang⟧]", "tags:\n  - golang\n  - <en>\n  - ⟦golang⟧"))),
    Defect(GROUP, "tag with other case", front(line("tags", "tags: [golang, <en>, ⟦Golang⟧]")), ("hexo", "jekyll", "eleventy")),
    Defect(GROUP, "tags as comment", front(line("tags", "tags: ⟦#golang, <en>⟧", "tags:\n  - golang\n  - ⟦#<en>⟧"))),
    Defect(GROUP, "tags in one string", front(line("tags", "tags: ⟦golang, <en>⟧")), ("hugo", "hexo")),
    Defect(GROUP, "tags in one item", front(line("tags", "tags:\n  - ⟦golang, <en>⟧", "tags: ['⟦golang, <en>⟧']"))),
    Defect(GROUP, "list item over-indented", front(line("tags", "tags:\n  - golang\n    ⟦- <en>⟧", "tags:\n- golang\n  ⟦- <en>⟧"))),
    Defect(GROUP, "list item without space", front(line("tags", "tags:\n  - golang\n  ⟦-<en>⟧", "tags:\n- golang\n⟦-<en>⟧"))),
    Defect(GROUP, "tab in list item", front(line("tags", "tags:\n  - golang\n⟦\t- <en>⟧")), ("hugo", "jekyll", "eleventy")),
]
