#!/usr/bin/python3
"""Plain English: words that are not used in README, documents, manual pages, unit files and scripts, nor in the comments and
messages of the C code and the tests. A program returns, reports, shows, prints or logs."""
import re

from sources import files, finish, text

AVOIDED = [
    (re.compile(r"\b(is|are|was|be|been) told\b", re.I), "write shows, reports or logs"),
    (re.compile(r"\btells\b|\btold\b", re.I), "write returns, reports, shows, prints or logs"),
]
# Where they are looked for. The lists of words in assets/po are the translators' own.
READ = re.compile(r"README\.md$|tests/.*\.md$|assets/(doc|man|demo|completion)/.*\.(md|[1-8]|conf)$|assets/[\w.]+\.(conf|xml|txt)$|systemd/"
                  r"|app/(run|setup|prepare\.sh)$|(app|ical|db)/.*\.[ch]$|tests/(run|coverage|packages|(fuzz|golden)/[\w-]+)$"
                  r"|tests/(?!structure/(plain|docs_test)\.py).*\.([ch]|py|sh)$|CMakeLists\.txt$")

problems = []
names = [name for name in files() if READ.match(name)]
for name in names:
    for number, line in enumerate(text(name).splitlines(), 1):
        for word, instead in AVOIDED:
            found = word.search(line)
            if found:
                problems.append(f"{name}:{number}: \"{found.group(0)}\": {instead}")
                break
finish(problems, len(names))
