#!/usr/bin/env bash
# Plans, applies and imports a user pool for technical users with the tool against moto, an emulator of AWS that others wrote, and signs users in there.
# Usage: moto.sh TOOL_DLL PYTHON
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tool=$(realpath "$1") python=$2
folder=$(mktemp -d)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2> /dev/null || true
    cd /
    rm -rf "$folder"
}
trap stop EXIT
cd "$folder"

timeout 600 moto_server -H 127.0.0.1 -p 0 > log 2>&1 &
server=$!
for _ in $(seq 100); do
    base=$(sed -n 's/.*Running on \(http:[^ ]*\).*/\1/p' log | head -1)
    [ -z "$base" ] || break
    sleep 0.1
done
[ -n "$base" ] || { echo 'FAIL moto did not start'; exit 1; }
export AWS_ENDPOINT_URL=$base AWS_REGION=eu-west-1
cognito() { dotnet "$tool" "$@"; }
cat > cognito-m2m.json << 'JSON'
{
  "userPool": { "name": "moto-robots", "usernameAttributes": [ "email" ], "adminCreateUserOnly": true, "passwordPolicy": { "minimumLength": 40 } },
  "appClients": [
    { "name": "robots", "route": "UserPassword" },
    { "name": "with secret", "route": "UserPassword", "generateSecret": true }
  ]
}
JSON
cognito apply --yes --secrets settings.json > /dev/null 2>&1
cognito plan --detailed-exitcode > /dev/null 2>&1 || { echo 'FAIL the second plan against moto is not empty'; exit 1; }
echo 'ok   the second plan against moto is empty'

cognito user create ann@example.com --client robots --secrets settings.json > /dev/null 2>&1
cognito user create bob@example.com --client 'with secret' --secrets settings.json > /dev/null 2>&1
for client in robots 'with secret'; do
    "$python" "$here/technical_user.py" settings.json "$client"
    cognito token --config settings.json --client "$client" --decode 2> /dev/null | grep -q aws.cognito.signin.user.admin || { echo "FAIL the library gets no token from moto with '$client'"; exit 1; }
    echo "ok   the library gets a token from moto with the app client '$client'"
done
cognito with-user --client robots -- "$python" "$here/technical_user.py" settings.json robots 2> /dev/null
cognito user sweep --older-than 0m --dry-run 2> /dev/null | grep -q 'There is no temporary user' || { echo 'FAIL temporary users are left in moto'; exit 1; }
echo 'ok   no temporary user is left in moto'

# A setting that somebody has changed is found, and put back.
pool=$(sed -n 's/.*"UserPoolId": "\([^"]*\)".*/\1/p' settings.json | head -1)
id=$("$python" -c 'import json; print(json.load(open("settings.json"))["CognitoM2M"]["Clients"]["robots"]["ClientId"])')
"$python" -c 'import boto3, sys; boto3.client("cognito-idp", region_name="eu-west-1", aws_access_key_id="a", aws_secret_access_key="b").update_user_pool_client(
    UserPoolId=sys.argv[1], ClientId=sys.argv[2], ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"])' "$pool" "$id"
cognito plan 2> /dev/null | grep -q ALLOW_USER_PASSWORD_AUTH || { echo 'FAIL the plan does not see the changed flows'; exit 1; }
cognito apply --yes > /dev/null 2>&1
cognito plan --detailed-exitcode > /dev/null 2>&1 || { echo 'FAIL the plan after the repair is not empty'; exit 1; }
echo 'ok   a changed setting is found in moto, and put back'
