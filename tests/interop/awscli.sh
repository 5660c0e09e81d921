#!/usr/bin/env bash
# Uses the AWS CLI and curl as a tutorial would. Usage: awscli.sh BASE_URL
set -euo pipefail

base=${1:?usage: awscli.sh BASE_URL}
base=${base%/}
export AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-emulator} AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-emulator}
export AWS_DEFAULT_REGION=eu-west-1 AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true

idp() { aws cognito-idp "$@" --endpoint-url "$base" --output text; }

equal() {
    [ "$2" = "$3" ] || { echo "FAIL $1: expected '$2', got '$3'" >&2; exit 1; }
    echo "ok   $1"
}

# refused CHECK ERROR COMMAND...
refused() {
    local check=$1 error=$2 output
    shift 2
    if output=$(idp "$@" 2>&1); then
        echo "FAIL $check: not refused" >&2
        exit 1
    fi
    case $output in
        *"($error)"*) echo "ok   $check" ;;
        *) echo "FAIL $check: expected $error, got: $output" >&2; exit 1 ;;
    esac
}

prefix=interop-$(od -An -N6 -tx1 /dev/urandom | tr -d ' \n')

pool=$(idp create-user-pool --pool-name interop --user-pool-tags team=orders --query UserPool.Id)
equal 'a pool is described' $'interop\tINACTIVE\torders' \
    "$(idp describe-user-pool --user-pool-id "$pool" --query 'UserPool.[Name,DeletionProtection,UserPoolTags.team]')"
equal 'a pool is listed' "$pool" "$(idp list-user-pools --max-results 60 --query "UserPools[?Id=='$pool'].Id")"
arn=$(idp describe-user-pool --user-pool-id "$pool" --query UserPool.Arn)
idp tag-resource --resource-arn "$arn" --tags stage=test
equal 'tags are added' $'orders\ttest' "$(idp list-tags-for-resource --resource-arn "$arn" --query 'Tags.[team,stage]')"

idp create-resource-server --user-pool-id "$pool" --identifier orders --name Orders \
    --scopes ScopeName=read,ScopeDescription=Read ScopeName=write,ScopeDescription=Write > /dev/null
equal 'a resource server is listed' orders "$(idp list-resource-servers --user-pool-id "$pool" --query 'ResourceServers[].Identifier')"

refused 'an unknown scope is refused' ScopeDoesNotExistException create-user-pool-client --user-pool-id "$pool" \
    --client-name early --generate-secret --allowed-o-auth-flows-user-pool-client \
    --allowed-o-auth-flows client_credentials --allowed-o-auth-scopes orders/delete

read -r client secret < <(idp create-user-pool-client --user-pool-id "$pool" --client-name reporting --generate-secret \
    --allowed-o-auth-flows-user-pool-client --allowed-o-auth-flows client_credentials --allowed-o-auth-scopes orders/read orders/write \
    --access-token-validity 10 --token-validity-units AccessToken=minutes --query 'UserPoolClient.[ClientId,ClientSecret]')
equal 'an app client is described' $'10\tminutes' \
    "$(idp describe-user-pool-client --user-pool-id "$pool" --client-id "$client" \
        --query 'UserPoolClient.[AccessTokenValidity,TokenValidityUnits.AccessToken]')"
equal 'the last page has no next page' "$client" "$(idp list-user-pool-clients --user-pool-id "$pool" --page-size 1 --query 'UserPoolClients[].ClientId')"

refused 'a reserved word is refused' InvalidParameterException create-user-pool-domain --user-pool-id "$pool" --domain my-cognito
idp create-user-pool-domain --user-pool-id "$pool" --domain "$prefix" > /dev/null
equal 'a domain is described' "$pool"$'\tACTIVE' \
    "$(idp describe-user-pool-domain --domain "$prefix" --query 'DomainDescription.[UserPoolId,Status]')"
equal 'describing an unknown domain returns an empty description' None "$(idp describe-user-pool-domain --domain "$prefix-x" --query DomainDescription.Status)"

token() {
    curl --silent --show-error --user "$client:$secret" --data grant_type=client_credentials "$@" "$base/oauth2/token"
}
# field NAME of the JSON on standard input
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
claim() { python3 -c '
import base64, json, sys
part = json.load(sys.stdin)["access_token"].split(".")[1]
print(json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))[sys.argv[1]])' "$1"; }

equal 'a token has the lifetime of the app client' 600 "$(token | field expires_in)"
equal 'a token has the requested scopes' orders/read "$(token --data-urlencode scope=orders/read | claim scope)"
equal 'a token is for the app client' "$client" "$(token | claim client_id)"

idp update-resource-server --user-pool-id "$pool" --identifier orders --name Orders --scopes ScopeName=read,ScopeDescription=Read > /dev/null
equal 'an update replaces all scopes' orders/read "$(token | claim scope)"
idp update-user-pool-client --user-pool-id "$pool" --client-id "$client" > /dev/null
equal 'an update resets settings that it does not give' invalid_grant "$(token | field error)"

idp update-user-pool --user-pool-id "$pool" --deletion-protection ACTIVE > /dev/null
equal 'an update keeps the tags' orders "$(idp describe-user-pool --user-pool-id "$pool" --query UserPool.UserPoolTags.team)"
refused 'a protected pool cannot be deleted' InvalidParameterException delete-user-pool --user-pool-id "$pool"
idp update-user-pool --user-pool-id "$pool" > /dev/null
refused 'a pool with a domain cannot be deleted' InvalidParameterException delete-user-pool --user-pool-id "$pool"

idp delete-user-pool-domain --user-pool-id "$pool" --domain "$prefix"
idp delete-user-pool-client --user-pool-id "$pool" --client-id "$client"
idp delete-resource-server --user-pool-id "$pool" --identifier orders
idp delete-user-pool --user-pool-id "$pool"
refused 'a deleted pool does not exist' ResourceNotFoundException describe-user-pool --user-pool-id "$pool"
