#!/usr/bin/env bash
# Lays out what a machine needs that only cuts: the program, its two native libraries, and the worker for Spark executors; no symbols.
#   pack-program.sh DEST     builds first what is missing or out of date
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)

to=$1
"$here/eyeslots" --help >/dev/null
"$here/build/pack-worker.sh" "$here/artifacts/worker"
program=$here/artifacts/program
install -D -p -m 755 -t "$to" "$program/eyeslots" "$program/libOpenCvSharpExtern.so" "$program/libeyeslots_pixels.so"
install -p -m 644 -t "$to" "$here/artifacts/worker/worker.tar"
# Symbols that only a debugger reads are a tenth of OpenCV.
strip -p --strip-unneeded "$to"/*.so
