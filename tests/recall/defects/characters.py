"""Characters that can't be seen or were decoded wrongly, and words that appear twice."""

from .base import Defect, block

GROUP = "characters"


def _all(name, *texts, group=GROUP, encoding="utf-8"):
    return Defect(group, name, block(*texts), ("hugo", "jekyll", "none"), encoding)


CLASSES = [
    _all("control character", *(f"<ko>을⟦{mark}⟧ 봅니다." for mark in "\x08\x0b\x1b\x1e\x01"), *(f"The <en>⟦{mark}⟧ is here." for mark in "\x08\x0b\x1b")),
    _all("null character", "The <en>⟦\x00⟧ is here.", "<ko>을⟦\x00⟧ 봅니다."),
    _all("joiner in word", "The <en>⟦\u200c⟧s are here.", "<zh>⟦\u200d⟧<zh>的部分", "<ko>⟦\u200d⟧을 봅니다."),
    _all("zero-width space in word", "Ru⟦\u200b⟧by is here.", "<ko>⟦\u200b⟧을 봅니다.", "de⟦\u200b⟧ploy"),
    _all("soft hyphen in word", "The de⟦\u00ad⟧ploy starts.", "서⟦\u00ad⟧버를 켭니다."),
    _all("byte order mark in text", "The <en>⟦\ufeff⟧ is here.", "⟦\ufeff⟧<ko>을 봅니다."),
    _all("direction mark", "The <en>⟦\u202c⟧ is here.", "<ko>⟦\u202e⟧을 봅니다.", "The ⟦\u202a⟧<en> is here."),
    _all("private-use character", "⟦\uf0b7⟧ <ko>", "⟦\uf0a7⟧ <en>", "⟦\uf0d8⟧ <zh>"),
    _all("replacement character", "The caf⟦\ufffd⟧ is here.", "서⟦\ufffd⟧를 봅니다.", "<zh>⟦\ufffd\ufffd⟧的部分"),
    _all("stray jamo", "<ko>을⟦ㅇ⟧ 확인합니다.", "값⟦ㅓ⟧을 봅니다.", "이렇게 하면⟦ㄴ⟧ 됩니다."),
    _all("mojibake of latin", "⟦CafÃ©⟧ <en>", "⟦donâ€™t⟧ <en>", "⟦Ã¼ber⟧ <en>", "The ⟦â€œ<en>â€\u009d⟧ is here."),
    _all("mojibake of hangul", "⟦ì•ˆë…•í•˜ì„¸ìš”⟧ <en>", "⟦ë°°í\u008f¬⟧ <en>"),
    _all("mojibake of han and kana", "⟦ä¸\xadæ–‡⟧ <en>", "⟦æ—¥æœ¬èªž⟧ <en>"),
    _all("mojibake of cyrillic", "⟦ÐŸÑ€Ð¸Ð²ÐµÑ‚⟧ <en>", "⟦Ð¿Ñ€Ð¸Ð¼ÐµÑ€⟧ <en>"),
    _all("mojibake from cp949", "⟦¼³Á¤À» º¾´Ï´Ù⟧", "⟦¹èÆ÷ °úÁ¤⟧"),
    _all("mojibake from gbk", "⟦鏂囦欢 鍐呭⟧", "⟦杩欐槸涓€涓祴璇?⟧", "请看⟦璁剧疆⟧和⟦缂撳瓨⟧的部分。"),
    _all("mojibake from shift jis", "⟦ƒeƒXƒg⟧ <en>", "⟦‚±‚ñ‚É‚¿‚Í⟧ <en>"),
    _all("file in cp949", "⟦서버의 설정을 바꾸고 다시 배포하는 과정을 적어 둡니다.⟧", encoding="cp949"),
    _all("file in shift jis", "⟦サーバーの設定を変更して、もう一度配信する手順を記録します。⟧", encoding="shift_jis"),
    _all("file in gbk", "⟦这里记录修改服务器设置并重新部署的全部过程，供以后参考。⟧", encoding="gbk"),
    _all("file in windows-1252", "⟦Le café était fermé, mais l’été était là: “déjà”.⟧", encoding="cp1252"),
    _all("repeated english", "Look at ⟦the the⟧ <en>.", "This is kept ⟦in in⟧ the <en>.", "It is ready ⟦for for⟧ use.", "It is ⟦a a⟧ <en>.", "They ⟦are are⟧ here.", group="words"),
    _all("repeated korean", "<ko>을 ⟦통해 통해⟧ 접속합니다.", "값이 ⟦있습니다 있습니다⟧.", "그 값을 ⟦서버에서 서버에서⟧ 봅니다.", group="words"),
    _all("repeated chinese and japanese", "这是长期⟦的的⟧<zh>。", "本⟦をを⟧読む。", "⟦我们我们⟧看<zh>。", group="words"),
]
