"""Each format read by something that isn't ours. Usage: python tests/formats.py MATTERLINT [SARIF-SCHEMA].

SARIF against the schema of OASIS (needs `jsonschema`), JUnit and Checkstyle by expat, GitLab and rdjson by their
documented shape. The posts are all that is bad in fixtures/.
"""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

LEVELS = {"error", "warning", "info"}


def output(program: str, form: str) -> str:
    args = [program, "check", "--isolated", "--no-exclude", "--format", form, "fixtures"]
    done = subprocess.run(args, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode in (0, 1, 2) and done.stdout, done.stderr
    return done.stdout


def main(program: str, schema: str | None) -> None:
    found = json.loads(output(program, "json"))["diagnostics"]
    assert len(found) > 50, "the fixtures are bad enough"
    lines = [json.loads(line) for line in output(program, "jsonl").splitlines()]
    assert lines == found

    sarif = json.loads(output(program, "sarif"))
    results = sarif["runs"][0]["results"]
    assert len(results) == len(found)
    rules = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in results} <= rules
    if schema:
        import jsonschema

        with open(schema, encoding="utf-8") as file:
            jsonschema.validate(sarif, json.load(file))
        print("tests/formats.py: SARIF is valid by the schema of OASIS")
    else:
        print("tests/formats.py: the schema of SARIF can't be had here, so SARIF wasn't held against it")

    junit = xml.fromstring(output(program, "junit"))
    suites = [junit] if junit.tag == "testsuite" else junit.findall("testsuite")
    failing = [diagnostic for diagnostic in found if diagnostic["level"] != "info"]
    assert sum(len(suite.findall(".//failure")) for suite in suites) == len(failing)
    for suite in suites:
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases), "tests= counts the cases"
        assert int(suite.get("failures")) == len([case for case in cases if case.find("failure") is not None])
    checkstyle = xml.fromstring(output(program, "checkstyle"))
    errors = checkstyle.findall("file/error")
    assert checkstyle.tag == "checkstyle" and len(errors) == len(found)
    assert all(error.get("severity") in LEVELS and int(error.get("line")) > 0 for error in errors)

    gitlab = json.loads(output(program, "gitlab"))
    prints = [issue["fingerprint"] for issue in gitlab]
    assert len(gitlab) == len(found) and len(set(prints)) == len(prints), "fingerprints are unique"
    for issue in gitlab:
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"} and issue["description"]
        assert issue["check_name"] and not issue["location"]["path"].startswith(("./", "/"))
        where = issue["location"]
        assert (where.get("lines") or where["positions"])["begin"]

    rdjson = json.loads(output(program, "rdjson"))
    assert rdjson["source"]["name"] == "matterlint" and len(rdjson["diagnostics"]) == len(found)
    for diagnostic in rdjson["diagnostics"]:
        assert diagnostic["severity"] in {"ERROR", "WARNING", "INFO"} and diagnostic["message"]
        start = diagnostic["location"]["range"]["start"]
        assert diagnostic["location"]["path"] and start["line"] > 0 and start["column"] > 0

    azure = output(program, "azure").splitlines()
    issue = re.compile(r"##vso\[task\.logissue type=(error|warning);sourcepath=[^;\]]+;linenumber=\d+;columnnumber=\d+;code=[a-z-]+;?\].+")
    assert len([line for line in azure if issue.fullmatch(line)]) == len(found), azure[:3]
    print(f"tests/formats.py: {len(found)} findings are the same in every format")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None)
