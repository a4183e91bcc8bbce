"""What the structure tests share: the project's files, and C without its comments."""
import os
import pathlib
import re
import subprocess
import sys

TOP = pathlib.Path(os.environ.get("KIOSK_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
LAYERS = ("ical", "db", "app")


def files():
    """Every file that belongs to the project, relative to its top: git's view, or the tree's without the build."""
    listed = subprocess.run(["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=TOP, capture_output=True, check=False) if (TOP / ".git").exists() else None
    if listed is not None and listed.returncode == 0:
        names = [name for name in listed.stdout.decode().split("\0") if name]
    else:
        names = [str(path.relative_to(TOP)) for path in TOP.rglob("*")
                 if path.is_file() and path.relative_to(TOP).parts[0] not in (".git", ".build")]
    return sorted(name for name in names if (TOP / name).is_file())


def c_files(*folders, headers=True):
    suffixes = (".c", ".h") if headers else (".c",)
    return [name for name in files() if name.split("/")[0] in folders and name.endswith(suffixes)]


def text(name):
    return (TOP / name).read_text(encoding="utf-8")


def code(name):
    """The C text with comments, and the insides of literals, blanked; line numbers stay."""
    def blank(match):
        found = match.group(0)
        if found.startswith("/"):
            return re.sub(r"[^\n]", " ", found)
        return found[0] + " " * (len(found) - 2) + found[-1]
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, text(name), flags=re.S)


def finish(problems, looked_at):
    """Ends the test: something must have been looked at, and nothing found."""
    if not looked_at:
        problems = ["nothing was looked at: the test itself is wrong"]
    for problem in problems:
        print(problem)
    print(f"{looked_at} looked at, {len(problems)} problems")
    sys.exit(1 if problems else 0)
