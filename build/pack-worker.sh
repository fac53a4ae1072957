#!/usr/bin/env bash
# Builds what travels to Spark executors, if a source is newer: one program and its two native libraries, in one archive.
#   pack-worker.sh DEST      leaves DEST/worker.tar.gz; the same sources give the same bytes
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=build/setup.sh
. "$here/build/setup.sh"

to=$1
stamp=$to/worker.built
sources=("$here"/src/EyeSlots.{Core,Executor,Preprocessing,Spark.Worker,Storage.S3} "$here"/Directory.*.props "$here/global.json" "$here/build")
if ! out_of_date "$stamp" "${sources[@]}" && [ -e "$to/worker.tar.gz" ]; then exit 0; fi

install_build_tools
say "Building the worker for Spark executors (a minute or two)"
mkdir -p "$to"
touch "$stamp.new"
dotnet publish "$here/src/EyeSlots.Executor" -c Release -o "$to/files" -p:IncludeSourceRevisionInInformationalVersion=false --nologo -v quiet >"$to/worker.log" 2>&1 ||
    { cat "$to/worker.log" >&2; say "The build of the worker failed."; exit 1; }
# Symbols that only a debugger reads are a tenth of it; those that libeyeslots_pixels.so links to are dynamic and stay.
strip --strip-unneeded "$to/files/libOpenCvSharpExtern.so"
chmod 755 "$to/files/worker" "$to/files"/*.so
tar -C "$to/files" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=ustar \
    -cf - libOpenCvSharpExtern.so libeyeslots_pixels.so worker | gzip -n -9 >"$to/worker.tar.gz.new"
mv "$to/worker.tar.gz.new" "$to/worker.tar.gz"
mv "$stamp.new" "$stamp"
