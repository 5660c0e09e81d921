#!/usr/bin/env bash
# publish.sh FOLDER: publishes the tool with compiled code (ReadyToRun) for the container, and the probe beside it.
set -euo pipefail
target=$(realpath -m "$1")
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy: compiled code needs packages that the lock files of the repository do not name.
tar -C "$here/../.." --exclude bin --exclude obj --exclude packages.lock.json -cf - src Directory.Build.props Directory.Build.targets \
    Directory.Packages.props global.json nuget.config BannedSymbols.txt README.md LICENSE | tar -C "$work" -xf -
dotnet publish "$work/src/CognitoM2M.Cli" -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true \
    -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -o "$target" -nologo -v quiet
cp "$here/probe.sh" "$target"
