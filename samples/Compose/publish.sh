#!/usr/bin/env bash
# publish.sh FOLDER: publishes the tool as a native program for the container, and the probe beside it. Needs clang or gcc, and zlib.
set -euo pipefail
target=$(realpath -m "$1")
here=$(cd "$(dirname "$0")" && pwd)
compiler=$(command -v clang || command -v gcc)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A copy: compiled code needs packages that the lock files of the repository do not name.
tar -C "$here/../.." --exclude bin --exclude obj --exclude packages.lock.json -cf - src Directory.Build.props Directory.Build.targets \
    Directory.Packages.props global.json nuget.config BannedSymbols.txt | tar -C "$work" -xf -
dotnet publish "$work/src/CognitoM2M.Cli" -c Release --use-current-runtime -p:PublishAot=true -p:CppCompilerAndLinker="$compiler" \
    -p:StripSymbols=true -p:InvariantGlobalization=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -o "$target" -nologo -v quiet
rm -f "$target"/*.dbg "$target"/*.pdb
cp "$here/probe.sh" "$target"
