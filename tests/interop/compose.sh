#!/usr/bin/env bash
# Runs the services of samples/Compose without containers, with the same files and settings: the published emulator, the API and the caller are
# three processes with three host names, in a name space of their own. The emulator runs as another user, from an empty folder, on a read-only
# file system; it answers the health probe, and ends within a second of SIGTERM.
# COGNITO_M2M_TOOL may name the folder of a published tool; otherwise the tool is published first.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
readonly compose=samples/Compose bin=bin/Debug/net10.0

# Only root can run the emulator as another user. Everybody else runs it as the own user.
separate=(unshare --mount)
[ "$(id -u)" = 0 ] || separate+=(--map-root-user)

if [ "${1:-}" != inside ]; then
    if ! "${separate[@]}" true 2> /dev/null || ! command -v setpriv > /dev/null; then
        echo "skip the services of samples/Compose: this host does not allow name spaces"
        exit 0
    fi
    out=$(mktemp -d)
    trap 'rm -rf "$out"' EXIT
    chmod 755 "$out"
    if [ -n "${COGNITO_M2M_TOOL:-}" ]; then cp -r "$COGNITO_M2M_TOOL" "$out/app"; else bash $compose/publish.sh "$out/app"; fi
    dotnet build samples/QuickstartApi -nologo -v quiet
    dotnet build samples/Quickstart -nologo -v quiet
    COMPOSE_TEST_USER=$(id -u) timeout 120 "${separate[@]}" bash "$here/compose.sh" inside "$out"
    exit
fi

out=$2
mkdir -p "$out/empty"
printf '127.0.0.1 localhost\n127.81.2.1 cognito\n127.81.2.2 api\n' > "$out/hosts"
mount --bind "$out/hosts" /etc/hosts

services=()
stop() { for service in "${services[@]}"; do kill "$service" 2> /dev/null || true; done; }
trap stop EXIT

# wait_for WHAT COMMAND...
wait_for() {
    local what=$1
    shift
    for _ in $(seq 100); do
        if "$@" 2> /dev/null; then return 0; fi
        sleep 0.1
    done
    echo "$what did not become ready." >&2
    cat "$out/emulator" >&2
    exit 1
}

user=()
[ "$COMPOSE_TEST_USER" != 0 ] || user=(setpriv --reuid 65534 --regid 65534 --clear-groups)
runtime=(env -i PATH="$PATH" HOME=/ DOTNET_ROOT="$(dirname "$(readlink -f "$(command -v dotnet)")")")
# This is a second name space: a file system with files that are open for writing cannot become read-only.
# The address is not used by others, so other programs on port 9229 do not matter.
unshare --mount bash -c 'mount -o remount,bind,ro / && cd "$1" && shift && ! touch /tmp/written 2> /dev/null && exec "$@"' emulator "$out/empty" \
    "${runtime[@]}" DOTNET_EnableDiagnostics=0 "${user[@]}" "$out/app/cognito-m2m" emulate \
    --listen 127.81.2.1:9229 --public-url http://cognito:9229 --seed "$PWD/$compose/cognito-m2m.local.json" > "$out/emulator" 2>&1 &
emulator=$!
services+=($emulator)
wait_for "The emulator" bash "$out/app/probe.sh" cognito 9229

# serve PROJECT ENVIRONMENT: runs a sample with the settings of the compose file
serve() { exec "${runtime[@]}" $(cat "$compose/$2") dotnet "samples/$1/$bin/$1.dll"; }
serve QuickstartApi api.env > "$out/api" 2>&1 &
services+=($!)
wait_for "The API" bash -c 'exec 3<> /dev/tcp/api/8080'

# The console logger writes on a thread of its own, so a log line may follow the answer.
(serve Quickstart caller.env) > "$out/caller" 2>&1 || { echo "The caller failed:" >&2; cat "$out/caller" >&2; exit 1; }
grep -qx '\[\]' "$out/caller" || { echo "The caller did not print the orders:" >&2; cat "$out/caller" >&2; exit 1; }
[ "$COMPOSE_TEST_USER" != 0 ] || [ "$(stat -c %u /proc/$emulator)" = 65534 ] || { echo "The emulator runs as root." >&2; exit 1; }

before=$(date +%s%3N)
kill -TERM $emulator
wait $emulator || true
took=$(($(date +%s%3N) - before))
[ $took -lt 1000 ] || { echo "The emulator took $took ms to end." >&2; exit 1; }
echo "compose: three services by configuration alone; the emulator ended $took ms after SIGTERM"
