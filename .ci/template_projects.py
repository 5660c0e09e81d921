"""Makes projects from the packed templates, and runs them as their READMEs say."""
import os
import pathlib
import re

import readme_programs
from commands import run_to_end
from emulator import expect, find_free_port, read_rest, running

README = readme_programs.ROOT / "templates/README.md"


def shell(script, folder, settings=None, limit=300):
    """Runs lines of a README, and returns what they write. Lines that run longer than the limit, in seconds, are ended and named."""
    ran = run_to_end(["bash", "-euo", "pipefail", "-c", script], folder, settings, limit=limit)
    expect(ran.code == 0, f"These lines failed:\n{script}\n{ran.out}{ran.errors}")
    return ran.out


def run_tests(project):
    said = shell(f"dotnet test --no-build '{project}'", project.parent)
    passed = re.search(r"Failed: +0, Passed: +([1-9]\d*), Skipped: +0", said)
    expect(passed, f"The tests of {project.stem} did not pass:\n{said}")
    return f"{passed.group(1)} tests passed"


def run_tool_readme(tool, cognito, folder):
    """Runs the lines of the README of the tool: set up, get a token, delete."""
    folder.mkdir()
    script = "\n".join(readme_programs.find_blocks(readme_programs.ROOT / "src/CognitoM2M.Cli/README.md", "sh"))
    said = shell(script, folder, {"PATH": f"{tool.parent}:{os.environ['PATH']}", "AWS_ENDPOINT_URL": cognito, "AWS_REGION": "eu-west-1"})
    expect('"client_id"' in said, f"The tool decoded no token:\n{said}")
    return "set up, a token, deleted"


class Templates:
    """Projects of all templates in one folder."""

    def __init__(self, folder, version):
        self.folder, self.version = folder, version
        self.emulator_port, self.api_port = find_free_port(), find_free_port()

    @property
    def projects(self):
        return sorted(self.folder.glob("*/*.csproj"))

    def create(self):
        """Installs the templates, runs the lines of their README, and makes projects with options."""
        self.folder.mkdir()
        shell(f"""
            dotnet new install CognitoM2M.Templates@{self.version}
            {readme_programs.find_blocks(README, 'sh')[0]}
            dotnet new cognito-m2m-tests --output Example.Tests
            dotnet new cognito-m2m-tests --output Both.Tests --api-project ../Orders/Orders.csproj --worker-project ../Billing/Billing.csproj
            dotnet new cognito-m2m-api --output Reports --scope https://reports.example.com/read-all --region us-east-2
        """, self.folder)
        names = [path.stem for path in self.projects]
        expect(names == ["Billing", "Billing.Tests", "Both.Tests", "Example.Tests", "Orders", "Orders.Tests", "Reports"], f"The templates made {names}.")
        self.check_options()
        # Other servers may have the ports of the READMEs.
        for path in self.files():
            path.write_text(path.read_text().replace("9595", str(self.emulator_port)).replace("5080", str(self.api_port)))

    def files(self, name="*"):
        return [path for project in self.folder.glob(name) for path in project.rglob("*") if path.is_file() and not {"bin", "obj"} & set(path.parts)]

    def check_options(self):
        for path in self.files():
            text = path.read_text()
            for left in ("Company.", "scope-resource-server", "scope-name", "hasApiProject", "hasWorkerProject", "path-of-the-"):
                expect(left not in text, f"{path} still has {left}")
        reports = {path.name: path.read_text() for path in self.files("Reports")}
        expect(not [name for name, text in reports.items() if "orders" in text or "eu-west-1" in text], "The options --scope and --region do not reach every file.")
        expect('"identifier": "https://reports.example.com", "scopes": [ { "name": "read-all" } ]' in reports["cognito-m2m.json"], reports["cognito-m2m.json"])

    def run(self):
        """Runs the emulator, the API and the worker as the READMEs say, and the tests."""
        orders, billing = self.folder / "Orders", self.folder / "Billing"
        start, _, call, *_ = readme_programs.find_blocks(orders / "README.md", "sh")
        restore, emulate = start.strip().splitlines()
        shell(restore, orders)
        with running([*emulate.split(), "--port", str(self.emulator_port)], folder=orders) as cognito:
            wait_for_line(cognito, "http://")
            read_rest(cognito)
            with running(["dotnet", "run", "--no-build"], folder=orders) as api:
                wait_for_line(api, "Now listening on")
                read_rest(api)
                said = shell(call, orders)
                expect(said.endswith('["first","second"]'), f"The API of the template answered {said}")
                yield "cognito-m2m-api", said.splitlines()[-1]
                with running(["dotnet", "run", "--no-build"], folder=billing) as worker:
                    yield "cognito-m2m-worker", wait_for_line(worker, "The API answered").strip()
        for name in ("Orders.Tests", "Billing.Tests", "Both.Tests", "Example.Tests"):
            yield f"cognito-m2m-tests, {name}", run_tests(self.folder / name / f"{name}.csproj")


def wait_for_line(process, text):
    """Reads what a program writes, up to a line with this text."""
    said = []
    for line in process.stdout:
        said.append(line)
        if text in line:
            return line
    expect(False, f"A program ended before it wrote '{text}':\n{''.join(said)}")
    return None
