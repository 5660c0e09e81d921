#!/usr/bin/env bash
# Creates users with the tool, and signs them in with AWS's SDKs: a technical user whose password is in the settings file, and users who exist
# for one command. Usage: technical-user.sh BASE_URL TOOL_DLL PYTHON NODE (yes or no)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
base=$1 tool=$(realpath "$2") python=$3 node=$4

export AWS_ENDPOINT_URL=$base AWS_REGION=eu-west-1
folder=$(mktemp -d)
trap 'cd /; rm -rf "$folder"' EXIT
cd "$folder"
cognito() { dotnet "$tool" "$@"; }

cat > cognito-m2m.json << 'JSON'
{
  "userPool": { "name": "interop-robots", "usernameAttributes": [ "email" ], "passwordPolicy": { "minimumLength": 40 } },
  "appClients": [
    { "name": "robots", "route": "UserPassword" },
    { "name": "with secret", "route": "UserPassword", "generateSecret": true }
  ]
}
JSON
cognito apply --yes --secrets settings.json > /dev/null
cognito user create ann@example.com --client robots --secrets settings.json > /dev/null
cognito user create bob@example.com --client 'with secret' --secrets settings.json > /dev/null

if [ -n "$python" ]; then
    for client in robots 'with secret'; do "$python" "$here/technical_user.py" settings.json "$client"; done
    cognito with-user --client robots -- "$python" "$here/technical_user.py" settings.json robots
fi
if [ "$node" = yes ]; then
    for client in robots 'with secret'; do node "$here/technical-user.mjs" "$base" settings.json "$client"; done
    cognito with-user --client robots -- node "$here/technical-user.mjs" "$base" settings.json robots
fi

cognito user sweep --older-than 0m --dry-run | grep -q 'There is no temporary user' || { echo 'FAIL temporary users are left'; exit 1; }
echo 'ok   no temporary user is left'
cognito destroy --yes --allow-whole-user-pool > /dev/null
