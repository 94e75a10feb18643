"""What PyYAML makes of each YAML text on standard input (a JSON list): a JSON list of readings."""

import datetime
import json
import sys

import yaml


def reading(text):
    try:
        value = yaml.load("x: " + text + "\n", Loader=yaml.SafeLoader)["x"]
    except Exception as error:  # as MkDocs does: whatever goes wrong, the front matter isn't read
        return "refused " + str(error).split("\n")[0]
    if isinstance(value, bool):
        return "bool " + str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, (int, float)):
        return "number " + str(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return "time " + value.isoformat()
    return "text" if value == text else "other " + str(value)


print(json.dumps({"program": "PyYAML " + yaml.__version__, "readings": [reading(text) for text in json.load(sys.stdin)]}))
