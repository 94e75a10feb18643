"""Writes down what Pelican made of each article."""

import json
import pathlib

from pelican import signals


def dump(generators):
    pages = []
    for generator in generators:
        for article in getattr(generator, "articles", []):
            source = pathlib.Path(article.source_path)
            pages.append({
                "path": "content/" + source.relative_to(generator.path).as_posix(),
                "address": article.url,
                "title": article.title,
                "tags": [tag.name for tag in getattr(article, "tags", [])],
                "date": article.date.strftime("%Y-%m-%d"),
                "values": {key: str(value) for key, value in article.metadata.items()},
                "html": article.content,
            })
    pathlib.Path("dump.json").write_text(json.dumps(pages))


def register():
    signals.all_generators_finalized.connect(dump)
