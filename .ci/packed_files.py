#!/usr/bin/env python3
"""Looks into packed packages: what nuget.org shows, what users get, and nothing else.

packed_files.py FOLDER: the folder has all packages. Prints each package with its size and what it asks for, and all mistakes at the end.
"""
import pathlib
import re
import struct
import sys
import xml.etree.ElementTree as xml
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOOL, TEMPLATES = "CognitoM2M.Cli", "CognitoM2M.Templates"
NUGET_FILES = re.compile(r"_rels/|package/|\[Content_Types\]\.xml|[^/]+\.nuspec$")


class Packed:
    """One package, and the mistakes in it."""

    def __init__(self, path):
        self.path = path
        self.zip = zipfile.ZipFile(path)
        self.names = [name for name in self.zip.namelist() if not NUGET_FILES.match(name)]
        spec = next(name for name in self.zip.namelist() if name.endswith(".nuspec"))
        self.spec = xml.fromstring(re.sub(rb' xmlns="[^"]+"', b"", self.zip.read(spec), count=1)).find("metadata")
        self.id, self.version = self.spec.findtext("id"), self.spec.findtext("version")
        self.project = next(ROOT.glob(f"*/{self.id}/{self.id}.csproj"), ROOT / f"templates/{self.id}.csproj")
        self.dependencies = {item.get("id"): item.get("version") for item in self.spec.iter("dependency")}
        self.mistakes = []

    def expect(self, truth, otherwise):
        if not truth:
            self.mistakes.append(f"{self.path.name}: {otherwise}")

    def read(self, name):
        return self.zip.read(name).decode("utf-8-sig")


def check_metadata(package):
    for name in ("description", "authors", "tags", "releaseNotes", "projectUrl"):
        package.expect(package.spec.findtext(name), f"has no {name}")
    package.expect(package.spec.findtext("license") == "Apache-2.0", "has no license expression")
    package.expect(package.spec.findtext("readme") == "README.md", "names no README")
    package.expect(package.spec.findtext("icon") == "icon.png", "names no icon")
    repository = package.spec.find("repository")
    package.expect(
        repository is not None and repository.get("url") == package.spec.findtext("projectUrl") and repository.get("commit"),
        "does not say where its sources are")
    icon = package.zip.read("icon.png") if "icon.png" in package.names else b""
    package.expect(icon[:4] == b"\x89PNG" and struct.unpack(">II", icon[16:24]) == (128, 128), "has no icon of 128 x 128")


def check_readme(package):
    """Links are absolute, and lead to files of the repository that exist."""
    if "README.md" not in package.names:
        package.expect(False, "has no README.md")
        return

    base = package.spec.findtext("releaseNotes").removesuffix("/CHANGELOG.md")
    package.expect(base.startswith(package.spec.findtext("projectUrl")), "its release notes are not the CHANGELOG of the project")
    text = package.read("README.md")
    parent = package.project.parent.parent.relative_to(ROOT).as_posix().strip(".")
    source = (package.project.parent / "README.md").read_text().replace("](../../", f"]({base}/").replace("](../", f"]({base}/{parent}/" if parent else f"]({base}/")
    package.expect(text == source, "README.md is not the README of its folder with absolute links")
    package.expect(text.startswith(f"# {package.id}\n"), "README.md does not begin with the name of the package")
    for link in re.findall(r"\]\(([^)\s]+)[^)]*\)", text):
        if link.startswith(base + "/"):
            target = ROOT / link.removeprefix(base + "/").split("#")[0]
            package.expect(target.exists(), f"README.md links to {link}, which is not in the repository")
        else:
            package.expect(link.startswith(("https://", "#")), f"README.md has the relative link {link}")


def check_dependencies(package):
    """A package asks for what its project names, for what NuGet pins among the packages of those, and for nothing that only builds or tests."""
    project, central = xml.parse(package.project), xml.parse(ROOT / "Directory.Packages.props")
    named = {item.get("Include") for item in project.iter("PackageReference") if item.get("PrivateAssets") != "all"}
    named |= {pathlib.PurePosixPath(item.get("Include")).stem for item in project.iter("ProjectReference") if item.get("ReferenceOutputAssembly") != "false"}
    private = {item.get("Include") for group in central.iter("ItemGroup") if group.get("Label") in ("Analyzers", "Packing", "Tests") for item in group}
    found = set(package.dependencies)
    if package.id in (TOOL, TEMPLATES):
        package.expect(not found, f"asks for {sorted(found)}")
    else:
        package.expect(named <= found and not found & private, f"asks for {sorted(found)}, and its project names {sorted(named)}")
    for name, version in package.dependencies.items():
        if name.startswith("CognitoM2M"):
            package.expect(version.strip("[]") == package.version, f"asks for {name} {version}")
        elif name.startswith(("Microsoft.Extensions.", "Microsoft.AspNetCore.")):
            package.expect(version == "10.0.0", f"asks for {name} {version}; the lowest version that works is 10.0.0 (src/Directory.Packages.props)")


def count_parameters(parameters):
    """The commas that stand in no brackets, and one more."""
    depth, commas = 0, 0
    for character in parameters:
        depth += (character in "([{<") - (character in ")]}>")
        commas += character == "," and depth == 0
    return commas + 1 if parameters.strip() else 0


def read_surface(folder):
    """The recorded public surface: the keys of types, and of all members, such as A.B.Method/2."""
    types, keys = set(), set()
    for line in "\n".join((folder / f"PublicAPI.{kind}.txt").read_text() for kind in ("Shipped", "Unshipped")).splitlines():
        if not line or line[0] in "#*":
            continue
        text = re.sub(r"^((static|const|override|virtual|abstract|readonly|sealed|extern) )+", "", line).replace(".this[", ".Item(").split(" -> ")[0]
        parameters = re.search(r"\((.*)[)\]]", text)
        name = re.split(r"\(| = ", text)[0]
        while re.search(r"<[^<>]*>", name):
            name = re.sub(r"<[^<>]*>", "", name)
        key = f"{re.sub(r'[.](get|set|init|add|remove)$', '', name)}/{count_parameters(parameters.group(1) if parameters else '')}"
        keys.add(key)
        if " -> " not in line:
            types.add(key)
    return types, keys


def read_documented(text):
    """The keys of members that have a comment."""
    for member in xml.fromstring(text).iter("member"):
        text = member.get("name")[2:]
        parameters = re.search(r"\((.*)\)", text)
        name = re.sub(r"`+\d+", "", re.split(r"\(|~", text)[0])
        yield f"{name.replace('#ctor', name.split('.')[-2])}/{count_parameters(parameters.group(1) if parameters else '')}"


def check_docs(package, docs):
    """The XML file has the comments of all public members, and of no others."""
    types, keys = read_surface(package.project.parent)
    found = set(read_documented(package.zip.read(docs)))
    written = set(read_documented(next(package.project.parent.glob(f"bin/*/net10.0/{package.id}.xml")).read_bytes()))
    package.expect(found <= keys, f"{docs} has comments of {sorted(found - keys)}, which are not public")
    package.expect(types | (written & keys) <= found, f"{docs} lacks {sorted((types | (written & keys)) - found)}")


def check_library(package):
    assembly, docs = (f"lib/net10.0/{package.id}.{kind}" for kind in ("dll", "xml"))
    expected = {"README.md", "icon.png", assembly, docs}
    if (package.project.parent / "ConfigurationSchema.json").exists():
        expected |= {"ConfigurationSchema.json", f"buildTransitive/net10.0/{package.id}.targets"}
    if package.id == "CognitoM2M":
        expected |= {f"analyzers/dotnet/cs/CognitoM2M.{name}.dll" for name in ("Analyzers", "Analyzers.CodeFixes")}
    package.expect(set(package.names) == expected, f"has {sorted(package.names)}, and should have {sorted(expected)}")
    check_docs(package, docs)

    symbols = package.path.with_suffix(".snupkg")
    if not symbols.exists():
        package.expect(False, "has no symbols package")
        return
    with zipfile.ZipFile(symbols) as held:
        pdb = held.read(assembly.replace(".dll", ".pdb"))
    content = package.spec.findtext("projectUrl").replace("https://github.com/", "https://raw.githubusercontent.com/")
    package.expect(re.search(f'"{re.escape(content)}/[0-9a-f]{{40}}/\\*"'.encode(), pdb), "its symbols do not say where the sources are")


def check_tool(package):
    """The tool brings what ASP.NET Core does not have, and nothing for people or debuggers."""
    files = [name.removeprefix("tools/net10.0/any/") for name in package.names if name.startswith("tools/")]
    package.expect("DotnetToolSettings.xml" in files and "cognito-m2m.dll" in files, "is no tool")
    for file in files:
        package.expect("/" not in file, f"brings {file}")
        package.expect(not file.endswith((".xml", ".pdb")) or file == "DotnetToolSettings.xml", f"brings {file}")
        package.expect(not file.startswith(("Microsoft.Extensions.", "Microsoft.AspNetCore.", "System.")) or file in ("System.CommandLine.dll", "System.IO.Hashing.dll"),
                       f"brings {file}, which ASP.NET Core has")


def check_templates(package):
    templates = [name for name in package.names if name.startswith("content/")]
    expected = {f"content/{path.relative_to(ROOT / 'templates').as_posix()}" for kind in ("api", "tests", "worker")
                for path in (ROOT / "templates" / kind).rglob("*") if path.is_file() and not {"bin", "obj"} & set(path.parts)}
    package.expect(set(templates) == expected, f"has {sorted(set(templates) ^ expected)} too much or too little")
    for name in templates:
        package.expect("PACKED_VERSION" not in package.read(name), f"{name} has no version")
        package.expect(package.read(name).replace(package.version, "PACKED_VERSION") == (ROOT / "templates" / name.removeprefix("content/")).read_text(),
                       f"{name} is not what the repository has")


def main():
    packages = [Packed(path) for path in sorted(pathlib.Path(sys.argv[1]).glob("*.nupkg"))]
    for package in packages:
        print(f"{package.path.name}, {package.path.stat().st_size // 1024} KB", *(f"\n    {name} {version}" for name, version in package.dependencies.items()))
        check_metadata(package)
        check_readme(package)
        check_dependencies(package)
        {TOOL: check_tool, TEMPLATES: check_templates}.get(package.id, check_library)(package)
        package.expect(package.version == packages[0].version, f"has the version {package.version}, and not {packages[0].version}")

    projects = {path.stem for folder in ("src/*", "templates") for path in ROOT.glob(f"{folder}/*.csproj")
                if "<IsPackable>false" not in path.read_text()}
    mistakes = [mistake for package in packages for mistake in package.mistakes]
    if projects != {package.id for package in packages}:
        mistakes.append(f"Packed is {sorted(package.id for package in packages)}, and the projects are {sorted(projects)}")
    sys.exit("\n".join(mistakes) or None)


if __name__ == "__main__":
    main()
