"""Links to other pages and pictures of the site; the site has a page `other` with a heading `Set it up`, and `cover.png`."""

from .base import Defect, block

GROUP = "between pages"

CLASSES = [
    Defect(GROUP, "anchor on another page", block("See ⟦[the setup](other.md#set-it-upp)⟧.", "⟦[<ko>](other.md#no-such-part)⟧를 봅니다."), ("docusaurus", "mkdocs", "none")),
    Defect(GROUP, "page misspelled", block("See ⟦[the setup](othr.md)⟧.", "⟦[<ko>](./ohter.md)⟧를 봅니다."), ("docusaurus", "mkdocs", "none")),
    Defect(GROUP, "page missing", block("See ⟦[the setup](never-written.md)⟧.", "⟦[<ko>](../gone/<en>.md)⟧를 봅니다."), ("docusaurus", "mkdocs", "none")),
    Defect(GROUP, "image misspelled", block("⟦![the <en>](covr.png)⟧", "⟦![<ko>](./cover.pgn)⟧"), ("docusaurus", "mkdocs", "none")),
    Defect(GROUP, "image missing", block("⟦![the <en>](images/never-drawn.png)⟧", "⟦![<ko>](./gone/<en>.jpg)⟧"), ("docusaurus", "mkdocs", "none")),
    Defect(GROUP, "image in other case", block("⟦![the <en>](Cover.png)⟧", "⟦![<ko>](cover.PNG)⟧"), ("docusaurus", "mkdocs", "none")),
]
