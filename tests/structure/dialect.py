#!/usr/bin/python3
"""One dialect: clang-format leaves every C file as it is, and the few things it does not decide are decided here."""
import re
import subprocess

from sources import TOP, c_files, code, finish, text

CLANG_FORMAT = "clang-format-19"  # Debian 12 and 13 both have this version; another one would format differently.

names = c_files("ical", "db", "app", "tests")
done = subprocess.run([CLANG_FORMAT, "--dry-run", "-Werror", *names], cwd=TOP, capture_output=True, text=True, check=False)
problems = [f"{line}: run {CLANG_FORMAT} -i" for line in done.stderr.splitlines() if "clang-format-violations" in line]
if done.returncode != 0 and not problems:
    problems.append(f"{CLANG_FORMAT}: {done.stderr}")
for name in names:
    for number, line in enumerate(code(name).splitlines(), 1):
        if re.search(r"\bsizeof\b(?!\()", line):
            problems.append(f"{name}:{number}: write sizeof(x), with parentheses")
    for number, line in enumerate(text(name).splitlines(), 1):
        if re.search(r"(/\*|//).*[-=*#~_]{4,}", line):
            problems.append(f"{name}:{number}: a comment is no banner")
finish(problems, len(names))
