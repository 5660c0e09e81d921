#!/usr/bin/env bash
# Terraform's AWS provider against the emulator: creates one resource of each kind, changes each in place, and deletes them. After each step the plan
# must be empty. The argument is the address of the emulator.
set -euo pipefail
base=$1
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/terraform/"*.tf "$work/"
cd "$work"
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0
log=$work/log

# A mirror of providers that the machine has; otherwise Terraform asks its registry.
mirror=${COGNITO_M2M_TERRAFORM_PLUGINS:-/opt/tf-plugins}
if [ ! -f "${TF_CLI_CONFIG_FILE:-}" ] && [ -d "$mirror" ]; then
    printf 'provider_installation {\n  filesystem_mirror { path = "%s" }\n}\n' "$mirror" > "$work/config.tfrc"
    export TF_CLI_CONFIG_FILE=$work/config.tfrc
fi

if ! timeout 60 terraform init -no-color > "$log" 2>&1; then
    echo "skip Terraform: the AWS provider cannot be installed"
    exit 0
fi

fail() {
    echo "FAILED terraform: $1" >&2
    cat "$log" >&2
    exit 1
}

# run COMMAND CHANGED [OPTION]...: runs Terraform with the first settings (false) or the changed settings (true)
run() {
    local command=$1 changed=$2
    shift 2
    timeout 120 terraform "$command" -no-color -var "endpoint=$base" -var "changed=$changed" "$@" > "$log" 2>&1
}

check_nothing_to_do() {
    run plan "$1" -detailed-exitcode || fail "the plan after '$2' is not empty"
    echo "ok terraform: nothing to do after '$2'"
}

run apply false -auto-approve || fail "create"
check_nothing_to_do false create

run apply true -auto-approve || fail "change"
grep -q 'Resources: 0 added, 6 changed, 0 destroyed' "$log" || fail "not every resource was changed in place"
check_nothing_to_do true change

run destroy true -auto-approve || fail "destroy"
echo "ok terraform: destroy"
