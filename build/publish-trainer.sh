#!/usr/bin/env bash
# Builds the program that trains, if a source is newer: eyeslots-train, with libtorch in a folder beside it (500 MB; its package is
# downloaded here the first time, and by nothing that only cuts).
#   publish-trainer.sh DEST      leaves DEST/eyeslots-train
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=build/setup.sh
. "$here/build/setup.sh"

to=$1
stamp=$to/trainer.built
sources=("$here"/src/EyeSlots.{Console,Core,Preprocessing,Storage.S3,Trainer,Training} "$here"/Directory.*.props "$here/global.json" "$here/build")
if ! out_of_date "$stamp" "${sources[@]}" && [ -e "$to/eyeslots-train" ] && [ -e "$to/libtorch/libtorch.so" ]; then exit 0; fi

install_build_tools
say "Building the program that trains (the first time libtorch is downloaded: 130 MB)"
mkdir -p "$to"
touch "$stamp.new"
dotnet publish "$here/src/EyeSlots.Trainer" -c Release -o "$to" --nologo -v quiet >"$to/trainer.log" 2>&1 ||
    { cat "$to/trainer.log" >&2; say "The build of the program that trains failed."; exit 1; }
mv "$stamp.new" "$stamp"
