"""Writes down what MkDocs made of each page."""

import datetime
import json
import pathlib

PAGES = []


def on_page_context(context, page, config, nav):
    date = page.meta.get("date")
    PAGES.append({
        "path": "docs/" + page.file.src_uri,
        "address": page.url,
        "title": str(page.title),
        "tags": page.meta.get("tags"),
        "date": str(date)[:10] if isinstance(date, datetime.date) else None,
        "values": {key: repr(value) for key, value in page.meta.items()},
        "html": page.content,
    })


def on_post_build(config):
    pathlib.Path(config.config_file_path).with_name("dump.json").write_text(json.dumps(PAGES, default=str))
