#!/usr/bin/env bash
# Builds what travels to Spark executors, if a source is newer: one program and its two native libraries, as one file.
#   pack-worker.sh DEST      leaves DEST/worker.tar; the same sources give the same bytes
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
# shellcheck source=build/setup.sh
. "$here/build/setup.sh"

to=$1
stamp=$to/worker.built
sources=("$here"/src/EyeSlots.{Core,Executor,Preprocessing,Spark.Contract,Spark.Worker,Storage.S3} "$here"/Directory.*.props "$here/global.json" "$here/build")
if ! out_of_date "$stamp" "${sources[@]}" && [ -e "$to/worker.tar" ]; then exit 0; fi

install_build_tools
need 'command -v brotli' brotli
install_missing
say "Building the worker for Spark executors (a minute or two)"
mkdir -p "$to"
touch "$stamp.new"
dotnet publish "$here/src/EyeSlots.Executor" -c Release -o "$to/files" -p:IncludeSourceRevisionInInformationalVersion=false --nologo -v quiet >"$to/worker.log" 2>&1 ||
    { cat "$to/worker.log" >&2; say "The build of the worker failed."; exit 1; }
# Symbols that only a debugger reads are a tenth of it; those that libeyeslots_pixels.so links to are dynamic and stay.
strip --strip-unneeded "$to/files/libOpenCvSharpExtern.so"
# The worker unpacks OpenCV itself, these parts side by side; their names say of which library and of how many: see LibraryParts.cs.
(cd "$to/files" && rm -f libOpenCvSharpExtern.so.* part.? && split -b 25M -d -a 1 libOpenCvSharpExtern.so part. &&
    hash=$(sha256sum libOpenCvSharpExtern.so | cut -c 1-16) && parts=(part.?) &&
    for part in "${parts[@]}"; do mv "$part" "libOpenCvSharpExtern.so.$hash.${part#part.}of${#parts[@]}"; done &&
    printf '%s\0' libOpenCvSharpExtern.so.*of? | xargs -0 -P "$(nproc)" -n 1 brotli --quality=9 --lgwin=24 --rm --no-copy-stat)
chmod 755 "$to/files/worker" "$to/files/libeyeslots_pixels.so"
(cd "$to/files" && tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX --format=ustar \
    -cf - libOpenCvSharpExtern.so.*.br libeyeslots_pixels.so worker) >"$to/worker.tar.new"
mv "$to/worker.tar.new" "$to/worker.tar"
mv "$stamp.new" "$stamp"
