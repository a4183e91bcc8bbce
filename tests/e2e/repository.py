#!/usr/bin/python3
"""The commands of fleet.md, as printed: they make a repository that apt trusts, and nothing that somebody else changed. Files
stand in for the web server. Exit status 77 (skipped) without apt-ftparchive, gpg or apt."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(os.environ["KIOSK_SOURCE_DIR"])
EXAMPLE = SOURCE / "systemd" / "52satellitkiosk-upgrades"
BLOCKS = re.findall(r"^```\n(.*?)^```", (SOURCE / "assets/doc/fleet.md").read_text(encoding="utf-8"), flags=re.S | re.M)


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=300, **options)


def fail(*words):
    sys.exit(f"{words}")


def block(word):
    return next(text for text in BLOCKS if word in text)


def package(folder, version):
    """A package of that version that holds nothing."""
    tree = folder / f"tree-{version}"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        f"Package: satellitkiosk\nVersion: {version}\nArchitecture: all\nMaintainer: nobody\nDescription: stands in\n")
    done = run(["dpkg-deb", "--build", tree, folder / f"satellitkiosk_{version}_all.deb"])
    if done.returncode:
        fail(done.stderr)


def main(folder):
    srv, etc, apt_state = folder / "srv", folder / "etc", folder / "apt"
    for made in (etc / "apt/sources.list.d", apt_state / "lists/partial", folder / "cache/archives/partial"):
        made.mkdir(parents=True)
    (apt_state / "status").write_text("")

    def here(commands):
        """Runs printed commands, with their folders below this test's."""
        text = commands.replace("/srv/satellitkiosk", str(srv)).replace("/etc/", f"{etc}/").replace(
            "https://packages.example.org", f"file://{srv}/www")
        done = run(["bash", "-euo", "pipefail", "-c", text], cwd=folder)
        if done.returncode:
            fail(text, done.stdout, done.stderr)

    options = ["-o", f"Dir::Etc={etc}/apt", "-o", f"Dir::State={apt_state}", "-o", f"Dir::State::status={apt_state}/status",
               "-o", f"Dir::Cache={folder}/cache", "-o", f"APT::Sandbox::User={os.environ.get('USER', 'root')}",
               "-o", "Dir::Etc::parts=/nonexistent", "-o", "Dir::Etc::main=/dev/null"]

    here(block("quick-generate-key"))
    if (srv / "key").stat().st_mode & 0o77:
        fail("others may read the key")
    source = block("apt install --no-install-recommends satellitkiosk")
    here("".join(line for line in source.splitlines(keepends=True) if not line.startswith("apt ")))
    for version in ("1.0~deb13u1", "1.1~deb13u1"):
        package(folder, version)
        here(block("apt-ftparchive packages"))
        done = run(["apt-get", *options, "update"])
        if done.returncode or re.search(r"^[WE]:", done.stdout + done.stderr, flags=re.M):
            fail("update", done.stdout, done.stderr)
        policy = run(["apt-cache", *options, "policy", "satellitkiosk"]).stdout
        if f"Candidate: {version}" not in policy:
            fail(version, policy)
    # What unattended-upgrades looks for is what the repository calls itself.
    origin = re.search(r'"origin=(\w+)";', EXAMPLE.read_text(encoding="utf-8")).group(1)
    if f"o={origin}," not in run(["apt-cache", *options, "policy"]).stdout:
        fail(f"no repository has the origin {origin}")
    if run(["apt-config", "-c", EXAMPLE, "dump"]).returncode:
        fail("apt does not understand the example")
    # Somebody who changes what is served, without the key, is noticed.
    signed = srv / "www/trixie/InRelease"
    signed.write_text(signed.read_text().replace("Origin: Satellitkiosk", "Origin: Nobody"))
    done = run(["apt-get", *options, "update"])
    if not re.search(r"^[WE]:.*(signature|signed|verif)", done.stdout + done.stderr, flags=re.M | re.I):
        fail("a changed list is accepted", done.stdout, done.stderr)


if not all(map(shutil.which, ("apt-ftparchive", "gpg", "apt-get", "dpkg-deb", "curl"))):
    print("skipped: apt-ftparchive, gpg, apt-get, dpkg-deb or curl is missing")
    sys.exit(77)
with tempfile.TemporaryDirectory(dir="/tmp") as made_here:
    try:
        main(pathlib.Path(made_here))
    finally:
        run(["gpgconf", "--homedir", os.path.join(made_here, "srv/key"), "--kill", "all"])
