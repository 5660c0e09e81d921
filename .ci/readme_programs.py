"""Finds the programs in READMEs, and makes a project of each, as the README says: its packages, its settings and its code."""
import dataclasses
import json
import pathlib
import re
import xml.etree.ElementTree as xml

ROOT = pathlib.Path(__file__).resolve().parent.parent
BLOCK = re.compile(r"^[ ]*```(csharp|json|sh)\n(.*?)^[ ]*```", re.MULTILINE | re.DOTALL)
WEB, WORKER, TEST, APP_HOST = "WebApplication.CreateBuilder(", "Host.CreateApplicationBuilder(", "IClassFixture<", "DistributedApplication.CreateBuilder("
TEST_PACKAGES = ["Microsoft.NET.Test.Sdk", "xunit", "xunit.runner.visualstudio"]


@dataclasses.dataclass
class Program:
    """One program of a README."""
    readme: pathlib.Path
    code: str
    packages: list
    files: dict
    name: str

    @property
    def package(self):
        """The package whose README it is; the main package for the README of the repository."""
        return self.readme.parent.name if self.readme.parent != ROOT else None

    def write(self, folder, versions):
        """Writes a project. Versions are those of our packages, and the newest of the others."""
        self.project = folder / self.name / f"{self.name}.csproj"
        self.project.parent.mkdir(parents=True)
        (self.project.parent / "Code.cs").write_text(self.code)
        for name, text in self.files.items():
            (self.project.parent / name).write_text(text)

        sdk, output = "Microsoft.NET.Sdk", "Exe"
        packages, more = list(self.packages), ""
        if WEB in self.code:
            sdk = "Microsoft.NET.Sdk.Web"
        elif APP_HOST in self.code:
            sdk = f"Aspire.AppHost.Sdk/{read_app_host_version()}"
            packages += ["Aspire.Hosting.AppHost", "Nerdbank.MessagePack", "Polly.Core"]
            more = "<NoWarn>$(NoWarn);ASPIRE010</NoWarn>"
        elif TEST in self.code:
            output, packages = "Library", packages + TEST_PACKAGES
        elif re.search(r"^public sealed class", self.code, re.MULTILINE):
            output = "Library"
        references = [f'<PackageReference Include="{name}" Version="{versions[name]}" />' for name in packages]
        if TEST in self.code:
            references.append('<ProjectReference Include="../CognitoM2M.AspNetCore/CognitoM2M.AspNetCore.csproj" />')
        self.project.write_text(f"""<Project Sdk="{sdk}">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <OutputType>{output}</OutputType>
    <AssemblyName>Quickstart.{self.name}</AssemblyName>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    {more}
  </PropertyGroup>
  <ItemGroup>
    {chr(10).join(references)}
  </ItemGroup>
</Project>
""")

    @property
    def command(self):
        return ["dotnet", str(self.project.parent / f"bin/Debug/net10.0/Quickstart.{self.name}.dll")]


def read_versions(version):
    """The newest versions of other packages, and the packed version of ours."""
    project = xml.parse(ROOT / "Directory.Packages.props")
    versions = {item.get("Include"): item.get("Version").strip("[").split(",")[0] for item in project.iter("PackageVersion")}
    return versions | {path.stem: version for path in ROOT.glob("src/*/*.csproj")}


def read_app_host_version():
    return re.search(r'Aspire\.AppHost\.Sdk/([\d.]+)', (ROOT / "samples/AspireAppHost/AspireAppHost.csproj").read_text()).group(1)


def find_blocks(readme, language):
    return [text for kind, text in BLOCK.findall(readme.read_text()) if kind == language]


def find_programs(readme):
    """Every C# block of the README of a package, and every whole program of the README of the repository."""
    text, programs, begin = readme.read_text(), [], 0
    files = {}
    for settings in find_blocks(readme, "json"):
        root = next(iter(json.loads(settings)))
        files[root] = settings
    for match in BLOCK.finditer(text):
        if match.group(1) != "csharp":
            continue
        code = match.group(2)
        if readme.parent == ROOT and WEB not in code and WORKER not in code:
            continue
        named = re.findall(r"dotnet add package (\S+)", text[begin:match.start()])
        begin = match.end()
        packages = named or (["CognitoM2M.AspNetCore"] if WEB in code else ["CognitoM2M", "Microsoft.Extensions.Hosting"])
        name = readme.parent.name if readme.parent != ROOT else "Readme.Api" if WEB in code else "Readme.Caller"
        wanted = {"userPool": "cognito-m2m.json", "CognitoM2M": "appsettings.json" if WEB not in code or "UserSessions" in code else None,
                  "Authentication": "appsettings.json" if WEB in code else None}
        programs.append(Program(readme, code, packages, {wanted[root]: held for root, held in files.items() if wanted.get(root)}, name))
    return programs


def find_all():
    readmes = [ROOT / "README.md", *sorted(ROOT.glob("src/*/README.md"))]
    return [program for readme in readmes for program in find_programs(readme)]
