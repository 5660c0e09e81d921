#!/usr/bin/env bash
# Runs every script of this folder against `cognito-m2m emulate`. Installs the prerequisites if it can. If it cannot, it skips the script and says why.
set -euo pipefail
cd "$(dirname "$0")"
root=../..

skip() { echo "skip $1: $2"; }

if ! command -v aws > /dev/null || ! python3 -c 'import boto3' 2> /dev/null; then
    if command -v apt-get > /dev/null; then
        sudo=
        [ "$(id -u)" = 0 ] || sudo="sudo -n"
        echo "== installing awscli and python3-boto3"
        $sudo apt-get update > /dev/null 2>&1 || true
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends awscli python3-boto3 curl > /dev/null 2>&1 || true
    fi
fi

# Debian's boto3 is installed for Debian's Python, and another Python may be first on the path.
python=
for candidate in python3 /usr/bin/python3; do
    if command -v "$candidate" > /dev/null && "$candidate" -c 'import boto3' 2> /dev/null; then
        python=$candidate
        break
    fi
done

node_ready=no
if command -v npm > /dev/null && npm ci --ignore-scripts --no-audit --no-fund > /dev/null 2>&1; then
    node_ready=yes
fi

# Start the tool directly and not through `dotnet run`, so that the id of the process to stop is known.
dotnet build "$root/src/CognitoM2M.Cli" > /dev/null
tool=$(ls "$root"/src/CognitoM2M.Cli/bin/Debug/net10.0/*.runtimeconfig.json | head -1)
tool=${tool%.runtimeconfig.json}.dll

address_file=$(mktemp)
emulator=
stop() {
    [ -z "$emulator" ] || kill "$emulator" 2> /dev/null || true
    [ -z "$emulator" ] || wait "$emulator" 2> /dev/null || true
    emulator=
    rm -f "$address_file"
}
trap stop EXIT

# emulate ARGUMENT...: starts an emulator and sets $base to its address
emulate() {
    stop
    : > "$address_file"
    timeout 600 dotnet "$tool" emulate --port 0 --json "$@" > "$address_file" &
    emulator=$!
    for _ in $(seq 100); do
        base=$(sed -n 's/.*"address": *"\([^"]*\)".*/\1/p' "$address_file")
        [ -z "$base" ] || return 0
        sleep 0.1
    done
    echo "The emulator did not start." >&2
    exit 1
}

emulate
if command -v aws > /dev/null; then bash awscli.sh "$base"; else skip 'AWS CLI' 'the package awscli is not installed'; fi
if command -v terraform > /dev/null; then
    # Terraform takes minutes on a busy machine, and an emulator runs for ten.
    emulate
    bash terraform.sh "$base"
    emulate
else
    skip Terraform 'terraform is not installed'
fi
if [ -n "$python" ]; then "$python" boto3_check.py "$base"; else skip boto3 'the package python3-boto3 is not installed'; fi
if [ -n "$python" ] || [ "$node_ready" = yes ]; then
    NODE_NO_WARNINGS=1 bash technical-user.sh "$base" "$tool" "$python" "$node_ready"
else
    skip 'technical users' 'neither boto3 nor the npm packages are there'
fi
if [ -n "$python" ] && command -v moto_server > /dev/null; then bash moto.sh "$tool" "$python"; else skip moto 'moto_server is not installed (pip install "moto[server,cognitoidp]")'; fi
if [ "$node_ready" = yes ]; then
    # The AWS SDK warns of the end of support for this Node.js in every script.
    export NODE_NO_WARNINGS=1
    node members.mjs
    node sdk-js.mjs "$base"
    node jwt.mjs "$base"
    verdicts=$(mktemp)
    COGNITO_M2M_VERDICTS=$verdicts dotnet test "$root/tests/CognitoM2M.Verification.Tests" \
        --filter FullyQualifiedName~VerdictTableTests > /dev/null
    node verdicts.mjs "$verdicts"
    rm -f "$verdicts"
    emulate --loopback-issuer
    node oidc-clients.mjs "$base"
    node users.mjs "$base"
else
    skip 'the npm packages' 'npm is missing, or its packages cannot be downloaded'
fi
