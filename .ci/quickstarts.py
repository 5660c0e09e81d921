#!/usr/bin/env python3
"""Makes the projects of all READMEs and of the templates outside of the repository, builds them, and runs them against the emulator of the tool.

quickstarts.py FOLDER VERSION: the folder has nuget.config, and the tool in tools/. The version is that of the packages.
"""
import contextlib
import pathlib
import re
import sys
import time
import urllib.error
import urllib.request

import readme_programs
import template_projects
from commands import run_to_end
from emulator import emulator, expect, find_free_port, get_token, read_rest, running

POOL, CLIENT, SECRET = "eu-west-1_AbCdEf123", "1example23456789abcdefghij", "forDevelopmentOnly1234567"
SEED = readme_programs.ROOT / "samples/AspireAppHost/cognito-m2m.json"
BUILT_ONLY = {
    "CognitoM2M.Aspire.Hosting": "tests start the sample of it",
    "CognitoM2M.Aws": "its secret is in AWS",
    "CognitoM2M.Lambda": "tests run the sample of it",
    "CognitoM2M.Provisioning.ParameterStore": "it stores the secret in AWS",
}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def call(address, token=None):
    """Calls a server as soon as it listens, and returns status, body and the address of a redirect."""
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"} if token else {})
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=60) as response:
                return response.status, response.read().decode(), None
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers.get("Location")
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def run(program, settings=None, given=""):
    """Runs a program to its end, and returns what it writes."""
    ran = run_to_end(program.command, program.project.parent, settings, given, limit=120)
    expect(ran.code == 0, f"The quickstart of {program.name} failed:\n{ran.out}{ran.errors}")
    return ran.out


class Quickstarts:
    """The runs of the programs. Each returns what it has seen."""

    def __init__(self, cognito, programs):
        self.cognito, self.programs = cognito, {program.name: program for program in programs}

    @contextlib.contextmanager
    def serve(self, program, scheme="CognitoM2M", **settings):
        address = f"http://127.0.0.1:{find_free_port()}"
        settings |= {"ASPNETCORE_URLS": address, f"Authentication__Schemes__{scheme}__JwksUri": f"{self.cognito}/{POOL}/.well-known/jwks.json"}
        with running(program.command, settings, program.project.parent) as process:
            read_rest(process)
            yield address

    def check_api(self, program, scheme="CognitoM2M"):
        with self.serve(program, scheme) as address:
            status, body, _ = call(f"{address}/orders", get_token(self.cognito, CLIENT, SECRET, "orders/read"))
            refused, _, _ = call(f"{address}/orders")
        expect((status, body, refused) == (200, "[]", 401), f"{program.name} answered {status} {body}, and without a token {refused}")
        return "200 with a token, 401 without one"

    def check_caller(self, program):
        client = "CognitoM2M__Clients__orders__"
        with self.serve(self.programs["CognitoM2M.AspNetCore"]) as address:
            call(f"{address}/orders")
            said = run(program, {
                f"{client}Domain": "", f"{client}TokenEndpoint": f"{self.cognito}/oauth2/token", f"{client}ClientId": CLIENT, f"{client}ClientSecret": SECRET,
                f"{client}BaseAddress": f"{address}/", "Logging__LogLevel__Default": "Warning"})
        expect(said.strip() == "[]", f"{program.name} wrote {said}")
        return "[]"

    def check_document(self, program):
        with self.serve(program) as address:
            status, body, _ = call(f"{address}/openapi/v1.json")
        expect(status == 200 and "orders/read" in body, f"{program.name} answered {status} {body}")
        return "the document names orders/read"

    def check_sign_in(self, program):
        with self.serve(program, CognitoM2M__UserSessions__StateKeys__0="MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=") as address:
            status, body, location = call(f"{address}/login")
        expect(status == 302 and location.startswith("https://acme-users.auth.eu-west-1.amazoncognito.com/oauth2/authorize?"), f"{program.name}: {status} {body} {location}")
        return "a redirect to /oauth2/authorize"

    def check_plan(self, program, wanted):
        # Several blueprints are called acme.
        blueprint = program.project.parent / "cognito-m2m.json"
        blueprint.write_text(blueprint.read_text().replace('"acme', f'"demo{len(program.name)}'))
        said = run(program, {"AWS_ENDPOINT_URL": self.cognito, "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "none", "AWS_SECRET_ACCESS_KEY": "none"})
        expect(re.search(wanted, said), f"{program.name} wrote {said}")
        return re.search(wanted, said).group()

    def check_said(self, program, wanted, given=""):
        said = run(program, given=given).strip()
        expect(re.fullmatch(wanted, said), f"{program.name} wrote {said}")
        return said

    def check_tests(self, program):
        return template_projects.run_tests(program.project)

    def check(self, program):
        checks = {
            "CognitoM2M": self.check_caller,
            "Readme.Caller": self.check_caller,
            "Readme.Api": self.check_api,
            "CognitoM2M.AspNetCore": self.check_api,
            "CognitoM2M.AspNetCore.JwtBearer": lambda found: self.check_api(found, "Bearer"),
            "CognitoM2M.AspNetCore.OpenApi": self.check_document,
            "CognitoM2M.Emulator": lambda found: self.check_said(found, "OK, tokens issued: 1"),
            "CognitoM2M.Provisioning": lambda found: self.check_plan(found, "The id of the user pool is eu-west-1_\\w+"),
            "CognitoM2M.Provisioning.DependencyInjection": lambda found: self.check_plan(found, "[Cc]reate.*"),
            "CognitoM2M.Testing": self.check_tests,
            "CognitoM2M.UserSessions": self.check_sign_in,
            "CognitoM2M.Verification": lambda found: self.check_said(found, "deny: \\w+", "no-token\n"),
        }
        if program.name in BUILT_ONLY:
            return f"built; {BUILT_ONLY[program.name]}"
        expect(program.name in checks, f"Nobody has said how to run the program in {program.readme}. Add it to .ci/quickstarts.py.")
        return checks[program.name](program)


def build(folder, projects):
    """Builds all projects in one solution."""
    for command in (
            ["dotnet", "new", "sln", "--name", "quickstarts", "--format", "sln"],
            ["dotnet", "sln", "quickstarts.sln", "add", *map(str, projects)],
            ["dotnet", "build", "quickstarts.sln", "-v", "q", "-nologo"]):
        ran = run_to_end(command, folder, limit=600)
        expect(ran.code == 0 and " warning " not in ran.out, f"The quickstarts do not build:\n{ran.out}{ran.errors}")


def main():
    folder, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    programs = readme_programs.find_all()
    without = {path.parent.name for path in readme_programs.ROOT.glob("src/*/README.md")} - {program.package for program in programs} - {"CognitoM2M.Cli"}
    expect(not without, f"The READMEs of {sorted(without)} show no program.")
    for program in programs:
        program.write(folder / "quickstarts", readme_programs.read_versions(version))
    templates = template_projects.Templates(folder / "templates", version)
    templates.create()
    build(folder, [program.project for program in programs] + templates.projects)

    tool = folder / "tools/cognito-m2m"
    with emulator([str(tool)], SEED) as cognito:
        quickstarts = Quickstarts(cognito, programs)
        for program in programs:
            print(f"{program.name}: {quickstarts.check(program)}", flush=True)
        print(f"CognitoM2M.Cli: {template_projects.run_tool_readme(tool, cognito, folder / 'tool-readme')}", flush=True)
    for name, seen in templates.run():
        print(f"{name}: {seen}", flush=True)


if __name__ == "__main__":
    main()
