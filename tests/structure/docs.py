#!/usr/bin/python3
"""README is short, every link and path in it and in the documents leads somewhere, and kiosk.conf(5), the documents and the
help text name what the sources know: no key, option or text of the screen more, none less. Arguments: only these manual
pages are drawn, which takes the most time."""
import pathlib
import re
import subprocess
import sys

from sources import TOP, c_files, files, finish, text

README_LINES = 200
DOCUMENTS = sorted(str(path.relative_to(TOP)) for path in (TOP / "assets/doc").glob("*.md"))
PAGES = sorted(str(path.relative_to(TOP)) for path in (TOP / "assets/man").glob("*.[1-8]"))
problems = []


def prose(name):
    """The text without fenced blocks."""
    return re.sub(r"^```.*?^```", "", text(name), flags=re.S | re.M)


def anchors(name):
    """The fragments that GitHub gives to the headings."""
    headings = re.findall(r"^#+ (.*)$", prose(name), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def check_links(name):
    folder = (TOP / name).parent
    for target in re.findall(r"\]\(([^)]+)\)", prose(name)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        reached = (folder / path).resolve() if path else TOP / name
        if not reached.is_file():
            problems.append(f"{name}: the link {target} leads nowhere")
        elif fragment and fragment not in anchors(str(reached.relative_to(TOP))):
            problems.append(f"{name}: the link {target} names no heading of {path or name}")
        elif name in DOCUMENTS and TOP / "assets/doc" not in reached.parents:
            problems.append(f"{name}: the link {target} leaves assets/doc, and leads nowhere once the documents are installed")


def check_paths(name):
    """What a text says about the tree must be in the tree."""
    for quoted in re.findall(r"`([^`\n]+)`", prose(name)):
        match = re.match(r"((?:app|assets|db|ical|systemd|tests)/[\w./*\-]*)", quoted)
        if not match or "satellitkiosk_" in quoted:
            continue
        path = match.group(1).rstrip(".")
        # A noun is a pair of files: ical/fetch stands for ical/fetch.c and ical/fetch.h.
        if not any(any(TOP.glob(wanted)) for wanted in (path, f"{path}.c", f"{path}.h") if wanted):
            problems.append(f"{name}: there is no {path}")


def check_lines():
    lines = text("README.md").count("\n")
    if lines > README_LINES:
        problems.append(f"README.md: {lines} lines; {README_LINES} are allowed: move details to assets/doc")
    for name in DOCUMENTS:
        if f"({name})" not in text("README.md"):
            problems.append(f"README.md: does not link to {name}")


def known_keys():
    """section → keys, from the tables in app/config/."""
    tables = {}
    for name in c_files("app"):
        for section, body in re.findall(r"\bconst (\w+)_keys\[\] = \{(.*?)\};", text(name), flags=re.S):
            body = re.sub(r'BILINGUAL\("([^"]+)"\)', r'"\1", "\1-en"', body)
            tables[section.replace("_", "-")] = set(re.findall(r'"([^"]+)"', body))
    return tables


def page_keys(name):
    """The same from kiosk.conf(5): .Ss begins a section, .It Ic a key or several."""
    tables, section = {}, None
    for line in text(name).splitlines():
        if line.startswith((".Ss ", ".Sh ")):
            section = line.split()[1]
        elif line.startswith(".It Ic "):
            tables.setdefault(section, set()).update(word for word in line.split()[2:] if re.match(r"[a-z]", word))
    return tables


def example_keys(name):
    """The same from the examples in a document, where a key may also stand in a comment."""
    tables = {}
    for block in re.findall(r"^```\n(.*?)^```", text(name), flags=re.S | re.M):
        section = None
        for line in block.splitlines():
            head = re.match(r"([a-z]+)( \S.*?)? \{(.*)", line)
            if head:
                section, line = head.group(1), head.group(3)
            if section:
                # credential = "…"  # or url = "…"
                tables.setdefault(section, set()).update(re.findall(r"(?:^|[\s#])([a-z][a-z-]*) = ", line))
            if line.startswith("}") or (head and "}" in line):
                section = None
    return tables


def check_keys(where, listed, known):
    for section in sorted(known.keys() | listed.keys()):
        for key in sorted(known.get(section, set()) - listed.get(section, set())):
            problems.append(f"{where}: the key {key} of {section} is missing")
        for key in sorted(listed.get(section, set()) - known.get(section, set())):
            problems.append(f"{where}: there is no key {key} in {section}")


def check_screen(name):
    """What screen.md quotes as a text of the screen is one: its first column's *words*, compared with the catalogue."""
    catalogue = re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', text("assets/po/sv.po"), flags=re.M)
    # A time in the document stands for the %s of the catalogue; a message without words of its own would match anything.
    catalogue = [message for message in catalogue if re.search(r"\w\w", re.sub(r"%l?[a-z]", "", message))]
    patterns = [".+".join(re.escape(part) for part in re.split(r"%l?[a-z]", message)) for message in catalogue]
    for row in re.findall(r"^\|([^|]*)\|", text(name), flags=re.M):
        for words in re.findall(r"\*([^*]+)\*", row):
            beginning = words.removesuffix(" …")
            if not any(re.fullmatch(pattern, words, flags=re.I)
                       or (beginning != words and message.startswith(beginning))
                       for pattern, message in zip(patterns, catalogue)):
                problems.append(f"{name}: the screen does not say \"{words}\"")


def check_page(name):
    """groff finds nothing to complain about, and no quotation or option is opened inside another one by mistake."""
    done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", name], cwd=TOP, capture_output=True, text=True,
                          env={"MANWIDTH": "120", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}, check=False)
    problems.extend(f"{name}: {line}" for line in done.stderr.splitlines() if line.strip())
    if done.returncode != 0:
        problems.append(f"{name}: man returned {done.returncode}")
    shown = re.sub(r".\b|\x1b\[[0-9;]*m", "", done.stdout) if "\b" in done.stdout else done.stdout
    shown = re.sub(r"\s+", " ", shown)
    for nested in re.findall(r"“[^”]*“[^”]*”|“[^”(]*\)”|\[--[a-z]+ [a-z]+ \[--[^\]]*\]", shown):
        problems.append(f"{name}: one inside another: {nested}")


def help_words():
    """The options and commands that --help prints."""
    shown = text("app/config/help.c")
    return set(re.findall(r"--[a-z][a-z-]+", shown)), set(re.findall(r'"  ([a-z][a-z-]+) ', shown))


def check_help(name):
    page = text(name)
    options, commands = help_words()
    for option in sorted(options):
        if not re.search(rf"\bFl -{option[2:]}\b", page):
            problems.append(f"{name}: the option {option} of --help is missing")
    for command in sorted(commands):
        if not re.search(rf"^\.It Cm {command}\b", page, flags=re.M):
            problems.append(f"{name}: the command {command} of --help is missing")
    for option in sorted(set(re.findall(r"\bFl -([a-z][a-z-]+)", page))):
        if f"--{option}" not in options:
            problems.append(f"{name}: --help does not have --{option}")


def check_completion(name):
    """The shell completes every option and command of --help, and every view."""
    offered = set(re.findall(r"[\w-]+:?", text(name)))
    options, commands = help_words()
    for word in sorted({*options, *commands} - offered):
        problems.append(f"{name}: {word} of --help is missing")
    views = re.findall(r'\{"([a-z-]+)", VIEW_\w+, (true|false)\}', text("app/config/options.c"))
    for view, has_id in views or [("the table of views is not where it was", "false")]:
        if (f"{view}:" if has_id == "true" else view) not in offered:
            problems.append(f"{name}: the view {view} is missing")
        if not re.search(rf"^\.Cm {view}\b", text("assets/man/satellitkiosk.1"), flags=re.M):
            problems.append(f"assets/man/satellitkiosk.1: the view {view} is missing")
        if not re.search(rf"\b{view}\b", text("app/config/help.c")):
            problems.append(f"app/config/help.c: the view {view} is missing")


def check_reasons(name):
    """icsread(1) explains every reason that the reader counts."""
    page = text(name)
    for source in c_files("ical"):
        for reason in re.findall(r'"((?:bad|too|negative|unknown|line|output|un)-?[a-z]+(?:-[a-z]+)*)"', text(source)):
            if "-" in reason and not re.search(rf"\b{reason}\b", page):
                problems.append(f"{name}: the reason {reason} of {source} is missing")


def check_rooms(name):
    """The table of folders has a row for each folder of the product, and for no other one."""
    there = {source.rpartition("/")[0] for source in c_files("ical", "db", "app")} - {"app"}
    listed = set(re.findall(r"^\| `([\w/]+)/` \|", text(name), flags=re.M))
    for folder in sorted(there - listed):
        problems.append(f"{name}: the folder {folder}/ is missing")
    for folder in sorted(listed - there):
        problems.append(f"{name}: there is no folder {folder}/")


def known_tests():
    """Test → the text of the file that it runs."""
    known = {}
    for name in files():
        if not name.startswith("tests/") or not name.endswith("CMakeLists.txt"):
            continue
        for test, rest in re.findall(r"(?:kiosk_test|kiosk_script|\w+_test|add_test)\((?:NAME )?(\w+)([^)]*)", text(name)):
            sources = [(TOP / name).parent / word for word in rest.split() if re.search(r"\.(c|py|sh)$", word)]
            known[test] = "".join(source.read_text(encoding="utf-8") for source in sources if source.is_file())
    known.update((f"fuzz_replay_{pathlib.Path(name).stem}", "") for name in files() if re.match(r"tests/fuzz/\w+\.c$", name))
    return known


def check_threats(name):
    """Each line of the threat model names a test that exists; test/case is a function in its source."""
    known = known_tests()
    for line in text(name).splitlines():
        if not line.startswith("|") or line.startswith(("|---", "| who | tries")):
            continue
        held = re.findall(r"`([\w/]+)`", line.split("|")[-2])
        if not held:
            problems.append(f"{name}: no test holds \"{line.split('|')[2].strip()}\"")
        for test, _, case in (one.partition("/") for one in held):
            if test not in known:
                problems.append(f"{name}: there is no test {test}")
            elif case and not re.search(rf"\b{case}\(", known[test]):
                problems.append(f"{name}: {test} has no case {case}")


check_lines()
check_threats("assets/doc/threats.md")
check_rooms("assets/doc/architecture.md")
for document in ["README.md", *DOCUMENTS]:
    check_links(document)
    check_paths(document)
keys = known_keys()
table_keys = {section: known for section, known in keys.items() if section in ("region", "municipality", "year")}
check_keys("assets/man/kiosk.conf.5", page_keys("assets/man/kiosk.conf.5"), {name: keys[name] for name in keys.keys() - table_keys.keys()})
check_keys("assets/man/region.conf.5", page_keys("assets/man/region.conf.5"), table_keys)
check_keys("assets/doc/configuration.md", example_keys("assets/doc/configuration.md"), keys)
check_screen("assets/doc/screen.md")
check_help("assets/man/satellitkiosk.1")
check_completion("assets/completion/satellitkiosk")
check_reasons("assets/man/icsread.1")
for page in sys.argv[1:] or PAGES:
    check_page(page)
finish(problems, len(DOCUMENTS) + len(PAGES) + len(keys))
