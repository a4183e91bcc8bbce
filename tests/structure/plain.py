#!/usr/bin/python3
"""Plain English: words that are not used in README, the documents, the manual pages and the texts of the help. A program
returns, reports, shows, prints or logs; people are not told things by it."""
import re

from sources import files, finish, text

AVOIDED = [
    (re.compile(r"\b(is|are|was|be|been) told\b", re.I), "write shows, reports or logs"),
    (re.compile(r"\btells\b|\btold\b", re.I), "write returns, reports, shows, prints or logs"),
]
READ = re.compile(r"README\.md$|assets/doc/.*\.md$|assets/man/.*\.[1-8]$|app/config/help\.c$|assets/[\w.]+\.(conf|xml)$")

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
