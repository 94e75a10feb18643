"""Placeholder text in place of content, by position and by language."""

from .base import Defect, block, whole

GROUP = "placeholders"
LINES = {
    "english": ["Coming soon!", "To be continued", "(work in progress)", "More to come soon", "To be added later", "This section is under construction.", "Content goes here", "(more details later)"],
    "korean": ["추후 업데이트 예정", "(내용 보강 필요)", "(미완성)", "작성 중입니다.", "(링크 추가 예정)", "나중에 작성 예정", "사진 첨부 예정", "(작성 예정)"],
    "japanese": ["（後で書く）", "画像は後で追加します", "執筆中", "近日公開", "（準備中）", "後日追記します", "工事中です"],
    "chinese": ["图片稍后上传", "待补充", "未完待续", "（待续）", "内容待补充", "敬请期待", "此处待更新"],
    "german": ["(folgt noch)", "Wird noch ergänzt", "In Arbeit", "Inhalt folgt", "(noch zu ergänzen)", "Text folgt in Kürze"],
    "french": ["(à compléter)", "À venir", "En cours de rédaction", "Bientôt disponible", "(à suivre)", "Image à ajouter"],
    "spanish": ["(por completar)", "Próximamente", "En construcción", "Pendiente de completar", "(continuará)"],
    "portuguese": ["(a completar)", "Em breve", "Em construção", "A ser adicionado", "(continua)"],
    "russian": ["(будет дополнено)", "Скоро будет", "В разработке", "Продолжение следует", "(дописать)", "Здесь будет текст"],
}
LANGUAGE = {"english": "en", "korean": "ko", "japanese": "ja", "chinese": "zh", "german": "de", "french": "fr", "spanish": "es", "portuguese": "pt", "russian": "ru"}
SECTIONS = {
    "english": "How the page explains the rest of what it has to say.", "korean": "이 글에서는 나머지를 설명합니다.", "japanese": "この記事では残りを説明します。",
    "chinese": "本文说明其余部分。", "german": "Der Text erklärt, was noch nicht gesagt ist und wie es weitergeht.", "french": "Le texte explique ce qui n’est pas encore dit et la suite de l’histoire.",
    "spanish": "El texto explica lo que falta y cómo sigue la historia que se cuenta.", "portuguese": "O texto explica o que não foi dito e como a história continua.", "russian": "Текст объясняет, что ещё не сказано и как это работает.",
}


def _language(language):
    """A page in that language, whose only defect is the line."""
    texts = [f"---\ntitle: <title>\nlang: {LANGUAGE[language]}\n---\n\n{SECTIONS[language]}\n\n⟦{text}⟧\n\n{SECTIONS[language]}\n" for text in LINES[language]]

    def make(source, page):
        page.body = ""
        return whole(*texts)(source, page)

    return Defect(GROUP, f"line in {language}", make, ("hugo", "jekyll", "none"))


def _all(name, *texts, at="anywhere"):
    return Defect(GROUP, name, block(*texts, at=at), ("hugo", "jekyll", "none"))


CLASSES = [
    *(_language(language) for language in LINES),
    _all("todo with colon", "⟦TODO: <en>⟧", "⟦TODO：<zh>⟧", "⟦FIXME: <ko>⟧", "⟦Todo: explain the <en>⟧"),
    _all("todo with dash", "⟦TODO - <ko>⟧", "⟦TODO – explain the <en>⟧"),
    _all("todo before a verb", "⟦TODO add the <en>⟧", "⟦TODO write about the <en>⟧", "⟦TODO explain how it works⟧"),
    _all("todo in brackets", "⟦[TODO]⟧", "⟦(TODO)⟧", "The <en> ⟦(TODO)⟧", "⟦[TODO: describe the <en>]⟧"),
    _all("todo at the end", "The <en> is a channel ⟦TODO⟧", "That is the last <en> ⟦TODO⟧", at="end"),
    _all("heading in brackets", "## <ko> ⟦(작성 중)⟧\n\n## <en>", "### <en> ⟦(coming soon)⟧\n\n### <zh>", "## <ko> ⟦(TBD)⟧\n\n## <zh>", "## <en> ⟦(TODO)⟧\n\n## <ko>"),
    _all("heading", "## ⟦TBD⟧\n\n## <ko>", "## ⟦작성 중⟧\n\n## <en>", "## ⟦Coming soon⟧\n\n## <en>", "## ⟦待补充⟧\n\n## <en>"),
    _all("label", "자료 : ⟦(추후 업데이트)⟧", "Slides: ⟦TBD⟧", "スライド：⟦後日追加⟧", "链接：⟦待补充⟧", "Video: ⟦coming soon⟧", "Date: ⟦TBA⟧"),
    _all("list item", "- <ko>\n- ⟦(작성 예정)⟧", "- <en>\n- ⟦추후 작성 예정⟧", "- <en>\n- ⟦to be announced later⟧", "- <zh>\n- ⟦(待补充)⟧", "- <en>\n- ⟦(coming soon)⟧"),
    _all("list item with label", "- Slides: ⟦TBD⟧\n- Where: here", "- 자료: ⟦추후 업데이트⟧\n- <ko>", "- <en> ⟦(TODO)⟧\n- <ko>", "- 资料：⟦待补充⟧"),
    _all("alternative text", "![⟦TODO: <en>⟧](https://<host>/a.png)", "![⟦사진 첨부 예정⟧](https://<host>/a.png)", "![⟦image coming soon⟧](https://<host>/a.png)"),
    _all("link text", "[⟦추후 공개⟧](#)", "[⟦TBD⟧](#)", "[⟦링크 추가 예정⟧](#)", "[⟦Coming soon⟧](#)"),
    _all("table cell", "| a | b |\n|---|---|\n| <ko> | ⟦(추후 업데이트)⟧ |", "| a | b |\n|---|---|\n| <en> ⟦(coming soon)⟧ | 1 |", "| a | b |\n|---|---|\n| <en> | ⟦(TODO)⟧ |"),
    _all("last line", "⟦To be continued...⟧", "⟦未完待续，持续学习中⟧", "⟦(다음에 이어서)⟧", "⟦つづく⟧", at="end"),
    _all("emphasized", "*⟦Coming soon⟧*", "**⟦추후 업데이트⟧**", "_⟦To be written⟧_", "**⟦待补充⟧**"),
    _all("quotation", "> ⟦TODO: <en>⟧", "> ⟦추후 업데이트 예정⟧", "> ⟦Work in progress⟧"),
    _all("stub", "⟦This is a stub.⟧", "⟦This page is a stub⟧", "⟦This section is a stub and needs more content.⟧"),
    _all("lorem ipsum", "⟦Lorem ipsum dolor sit amet, consectetur adipiscing elit.⟧"),
    _all("instruction", "⟦[Insert screenshot here]⟧", "⟦[Add the <en> here]⟧", "⟦(insert link here)⟧", "⟦[여기에 이미지 삽입]⟧"),
]
