#!/usr/bin/env python3
"""Checks a bill of materials: sbom_content.py PACKAGES SPDX VERSION. Prints how much it names, and all mistakes at the end.

It names each packed file with its hash, the packages that ours ask for with a version that is built with, and no path of the machine that made it.
"""
import hashlib
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

# The tool asks for no package, because it brings its packages along.
BROUGHT = {"AWSSDK.SSO", "Spectre.Console", "System.CommandLine"}
# Backslashes are doubled in JSON.
MACHINE = re.compile(r'(?<![\w.:/-])(?:/(?:home|root|Users|tmp|work|mnt|var|private|opt|builds?)/|[A-Za-z]:\\\\|file://)[^"\s]*')


def read_asked(package):
    """The packages of others that a package asks for, with the lowest version of each."""
    with zipfile.ZipFile(package) as held:
        spec = xml.fromstring(re.sub(rb' xmlns="[^"]+"', b"", held.read(next(name for name in held.namelist() if name.endswith(".nuspec"))), count=1))
    return {(item.get("id"), item.get("version").strip("[(").split(",")[0]) for item in spec.iter("dependency") if not item.get("id").startswith("CognitoM2M")}


def find_mistakes(folder, text, version):
    bill = json.loads(text)
    files = {file["fileName"].removeprefix("./"): file for file in bill["files"]}
    packages = {(package["name"], package.get("versionInfo")) for package in bill["packages"]}
    packed = sorted(path for path in folder.iterdir() if path.is_file())
    for path in packed:
        sums = {sum["algorithm"]: sum["checksumValue"].lower() for sum in files.get(path.name, {}).get("checksums", [])}
        if sums.get("SHA256") != hashlib.sha256(path.read_bytes()).hexdigest():
            yield f"lacks {path.name}, or has another hash of it"
        if path.suffix in (".nupkg", ".snupkg") and not path.stem.endswith(f".{version}"):
            yield f"is of the version {version}, and {path.name} is not"
    asked = set().union(*(read_asked(path) for path in packed if path.suffix == ".nupkg"))
    for name, lowest in sorted(asked - packages):
        yield f"lacks {name} {lowest}"
    for name in sorted(BROUGHT - {name for name, _ in packages}):
        yield f"lacks {name}, which the tool brings along"
    if ("CognitoM2M", version) not in packages:
        yield f"is not that of CognitoM2M {version}"
    for path in sorted(set(MACHINE.findall(text)))[:5]:
        yield f"has a path of this machine: {path}"
    print(f"{len(files)} packages, built from {len(packages) - 1} others")


if __name__ == "__main__":
    found = list(find_mistakes(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8-sig"), sys.argv[3]))
    sys.exit("\n".join(f"The bill of materials {mistake}." for mistake in found) or None)
