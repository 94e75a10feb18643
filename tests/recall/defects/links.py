"""Links and images that Markdown doesn't see, or that lead nowhere."""

from .base import Defect, block

GROUP = "links"
# kramdown, the parser of Jekyll, accepts spaces and line ends in destinations.
COMMON = ("hugo", "hexo", "eleventy", "none")


def _all(name, *texts, generators=("hugo", "jekyll", "hexo", "eleventy", "none")):
    return Defect(GROUP, name, block(*texts), generators)


CLASSES = [
    _all("space in link destination", "Read ⟦[the <en>](<ko> 안내.md)⟧ first.", "⟦[guide](https://<host>/a b/c)⟧ is here.", "See ⟦[guide](https://<host>/ a/c)⟧.", generators=COMMON),
    _all("space in image destination", "⟦![화면](../img/my <en>.png)⟧", "⟦![the <en>](/images/Screen Shot 1.png)⟧", generators=COMMON),
    _all("destination on two lines", "⟦[<en>](https://<host>/a/\nb/c)⟧는 봅니다.", "See ⟦[the <en>](https://<host>.\n/x)⟧ now.", generators=COMMON),
    _all("link never closed", "Read ⟦[<ko>](https://<host>/a⟧", "See ⟦[the <en>](https://<host>/a⟧ first.\nThen go on.", "⟦[<en> guide](../<en>/index.md⟧"),
    _all("image never closed", "See ⟦![the <en>](https://<host>/a.png⟧", "⟦![<ko>](/images/a.png⟧"),
    _all("link text never closed", "Read ⟦[the <en>(https://<host>/a)⟧ first.", "⟦[<ko> 문서(https://<host>/a)⟧를 봅니다."),
    _all("link text never opened", "Read ⟦the <en>](https://<host>/a)⟧ first.", "⟦<ko>](https://<host>/a)⟧를 봅니다."),
    _all("space before destination", "⟦[the <en>] (https://<host>)⟧", "Read ⟦[<ko>] (https://<host>/a)⟧ first."),
    _all("space before image destination", "⟦![<ko>] (https://<host>/a.png)⟧", "⟦![the <en>] (https://<host>/a.png)⟧"),
    _all("full-width parentheses", "详见⟦[<zh>]（https://<host>）⟧。", "⟦[<ko>]（https://<host>）⟧"),
    _all("full-width brackets", "详见⟦【<zh>】(https://<host>)⟧。", "⟦［<ja>］(https://<host>/a)⟧を見る。"),
    _all("brackets exchanged", "Read ⟦(the <en>)[https://<host>]⟧.", "⟦(<ko>)[https://<host>/a]⟧를 봅니다."),
    _all("image with space after mark", "⟦! [<ko>](https://<host>/a.png)⟧", "⟦! [the <en>](<en>.png)⟧"),
    _all("image with full-width mark", "⟦！[<zh>](https://<host>/a.png)⟧", "⟦！[<ja>](/images/a.png)⟧"),
    *(
        _all(f"scheme {scheme}", f"Read ⟦[the <en>]({scheme}<host>/a)⟧.", f"⟦[<ko>]({scheme}<host>/a)⟧를 봅니다.")
        for scheme in ["htps://", "hhttps://", "ttps://", "httpss://", "httsp://", "https;//", "https//", "http:/", "https:///", "https://https://", "https:https://"]
    ),
    _all("scheme missing", "⟦[<ko>](www.<host>/a)⟧를 봅니다.", "Read ⟦[the <en>](github.com/example/<en>)⟧.", "⟦[<en>](youtube.com/watch)⟧"),
    _all("destination missing", "Read ⟦[the <en>]()⟧.", "⟦[<ko> 문서]( )⟧를 봅니다."),
    _all("image destination missing", "⟦![the <en>]()⟧", "⟦![<ko>]( )⟧"),
    _all("destination is a placeholder", "The ⟦[slides](url)⟧ are out.", "⟦[자료](링크)⟧를 봅니다.", "⟦[the <en>](https://)⟧", "⟦[the <en>](TODO)⟧", "⟦![the <en>](path/to/image.png)⟧"),
    _all("local path", "⟦![<ko>](C:\\Users\\me\\<en>.png)⟧", "⟦[<en>](file:///Users/me/a.txt)⟧", "⟦![<en>](/Users/me/Desktop/<en>.png)⟧"),
    _all("local path in html", '⟦<img src="C:\\Users\\me\\<en>.png">⟧', '⟦<img src="file:///Users/me/<en>.png" alt="">⟧'),
    _all("text missing", "⟦[](https://<host>/a)⟧ is here.", "⟦[ ](https://<host>/a)⟧를 봅니다."),
    _all("anchor misspelled", "## Set up the <en> today\n\nText.\n\nSee ⟦[above](#set-up-teh-<en>-today)⟧ again.", "## Where it begins\n\nText.\n\nRead ⟦[this](#where-it-begin)⟧ first.", generators=("hugo", "jekyll", "none")),
    _all("anchor with space", "## Where it begins\n\nText.\n\nRead ⟦[this](#where it begins)⟧ first.", generators=("hugo", "eleventy", "none")),
    _all("URL of own server", "Read ⟦[the guide](http://localhost:1313/posts/<en>/)⟧.", "⟦[<ko>](http://127.0.0.1:1313/posts/a/)⟧를 봅니다.", generators=("hugo",)),
]
