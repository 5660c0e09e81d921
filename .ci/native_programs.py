#!/usr/bin/env python3
"""Starts the native programs that .ci/aot publishes, and prints their sizes and start times. Times are printed and not judged.

native_programs.py FOLDER: the folder has Quickstart (a worker), QuickstartApi and LambdaAuthorizer. Tokens and keys come from the emulator.
"""
import base64
import contextlib
import http.server
import json
import pathlib
import statistics
import sys
import threading
import time
import urllib.error
import urllib.request

from emulator import emulator, expect, find_free_port, get_token, running

RUNS = 11
POOL, CLIENT, SECRET = "eu-west-1_LocalDev1", "caller", "local_development_secret_1"
SEED = "samples/Compose/cognito-m2m.local.json"
EMULATOR = "src/CognitoM2M.Cli/bin/Debug/net10.0/cognito-m2m"


def call(address, token):
    """Calls an API as soon as it listens, and returns what it answers."""
    request = urllib.request.Request(f"{address}/orders", headers={"Authorization": f"Bearer {token}"})
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.read().decode()
        except urllib.error.URLError as error:
            if isinstance(error, urllib.error.HTTPError) or time.monotonic() > deadline:
                raise
            time.sleep(0.001)


@contextlib.contextmanager
def api(program, cognito):
    address = f"http://127.0.0.1:{find_free_port()}"
    scheme = "Authentication__Schemes__CognitoM2M__"
    with running([program], {
            "ASPNETCORE_URLS": address, "Logging__LogLevel__Default": "Warning", f"{scheme}UserPoolId": POOL, f"{scheme}ClientIds__0": CLIENT,
            f"{scheme}JwksUri": f"{cognito}/{POOL}/.well-known/jwks.json"}):
        yield address


def start_api(program, cognito, token):
    started = time.monotonic()
    with api(program, cognito) as address:
        answer = call(address, token)
        elapsed = time.monotonic() - started
    expect("[]" in answer, f"The API answered {answer}.")
    return elapsed


def start_worker(program, cognito, api_address):
    client = "CognitoM2M__Clients__orders__"
    settings = {
        "Logging__LogLevel__Default": "Warning", f"{client}TokenEndpoint": f"{cognito}/oauth2/token", f"{client}ClientId": CLIENT, f"{client}ClientSecret": SECRET,
        f"{client}Scopes__0": "orders/read", f"{client}BaseAddress": f"{api_address}/"}
    started = time.monotonic()
    with running([program], settings) as process:
        first_line = process.stdout.readline()
        elapsed = time.monotonic() - started
        rest = process.stdout.read()
    expect(first_line.strip() == "[]", f"The worker wrote {first_line}{rest}")
    return elapsed


def create_user(cognito):
    """Creates a technical user in the user pool of the seed, and gives the settings of a worker that signs the user in."""
    def call(operation, **members):
        request = urllib.request.Request(cognito, data=json.dumps({"UserPoolId": POOL, **members}).encode(), headers={
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{operation}", "Content-Type": "application/x-amz-json-1.1"})
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)

    user, password = "robot", "Local-development-1"
    client = call("CreateUserPoolClient", ClientName="robots", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    call("AdminCreateUser", Username=user, MessageAction="SUPPRESS")
    call("AdminSetUserPassword", Username=user, Password=password, Permanent=True)
    return {"Route": "UserPassword", "TokenEndpoint": f"{cognito}/", "ClientId": client["UserPoolClient"]["ClientId"], "Username": user, "Password": password}


def start_worker_of_user(program, user):
    """Starts a worker that signs a user in and calls an API that accepts only this user."""
    class Api(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            payload = self.headers.get("Authorization", "Bearer ..").split(".")[1]
            claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)) or "{}")
            self.send_response(200 if claims.get("username") == user["Username"] else 403)
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {f"CognitoM2M__Clients__orders__{name}": value for name, value in {**user, "BaseAddress": f"http://127.0.0.1:{server.server_port}/"}.items()}
    started = time.monotonic()
    with running([program], {"Logging__LogLevel__Default": "Warning", **settings}) as process:
        output = process.stdout.read()
        elapsed = time.monotonic() - started
    server.shutdown()
    expect(output.strip() == "[]", f"The worker with a user wrote {output}")
    return elapsed


def start_authorizer(program, cognito, token):
    """Speaks the Runtime API of Lambda with the program, until it has answered one event."""
    answered = threading.Event()
    answer = {}

    class RuntimeApi(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            if answered.is_set():
                return
            event = json.dumps({
                "type": "TOKEN", "authorizationToken": f"Bearer {token}",
                "methodArn": "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/orders"}).encode()
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
            self.send_header("Lambda-Runtime-Deadline-Ms", str(int(time.time() * 1000) + 60_000))
            self.send_header("Content-Length", str(len(event)))
            self.end_headers()
            self.wfile.write(event)

        def do_POST(self):
            at = time.monotonic()
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer.setdefault("first", (at, self.path, body.decode()))
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()
            answered.set()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), RuntimeApi)
    server.daemon_threads = True
    server.handle_error = lambda *args: None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_port}", "USER_POOL_ID": POOL, "CLIENT_IDS": CLIENT,
        "JWKS_URI": f"{cognito}/{POOL}/.well-known/jwks.json"}
    started = time.monotonic()
    with running([program], settings):
        in_time = answered.wait(60)
    server.shutdown()
    expect(in_time, "The authorizer gave no answer within a minute.")
    at, path, body = answer["first"]
    expect(path.endswith("/response") and '"Allow"' in body, f"The authorizer answered {path} {body}")
    return at - started


def main():
    folder = pathlib.Path(sys.argv[1])
    with emulator([EMULATOR], SEED) as cognito:
        token = get_token(cognito, CLIENT, SECRET, "orders/read")
        user = create_user(cognito)
        api_program = folder / "QuickstartApi/QuickstartApi"
        with api(api_program, cognito) as address:
            call(address, token)
            measured = {
                "worker, to the answer of its first call": (folder / "Quickstart/Quickstart", lambda program: start_worker(program, cognito, address)),
                "worker with a user, to its end after its first call": (folder / "Quickstart/Quickstart", lambda program: start_worker_of_user(program, user)),
                "API, to its first answer": (api_program, lambda program: start_api(program, cognito, token)),
                "Lambda authorizer, to its first answer": (folder / "LambdaAuthorizer/bootstrap", lambda program: start_authorizer(program, cognito, token)),
            }
            for name, (program, start) in measured.items():
                times = [start(program) * 1000 for _ in range(RUNS)]
                size = program.stat().st_size / 1e6
                print(f"{name}: {size:.1f} MB, {statistics.median(times):.0f} ms (fastest {min(times):.0f} ms)", flush=True)


if __name__ == "__main__":
    main()
