#!/usr/bin/env bash
# Copies OpenCvSharp's native library and removes its dependencies on windowing and font libraries.
#   free-opencv.sh FROM TO
# All their symbols are bound lazily and only highgui uses them, which EyeSlots never calls; without this
# the library does not load where GTK is not installed: servers, containers, Spark executors.
set -euo pipefail
from=$1 to=$2
cp -f "$from" "$to.tmp"
chmod u+w "$to.tmp"
patchelf --print-needed "$to.tmp" |
    { grep -E 'libg(tk|dk|object|lib|io|thread|module)|libcairo|libpango|libharfbuzz|libatk|libX|libfontconfig|libfreetype|libdrm|libatomic' || true; } |
    while read -r library; do patchelf --remove-needed "$library" "$to.tmp"; done
"$(dirname "${BASH_SOURCE[0]}")/check-opencv.sh" "$to.tmp"
mv -f "$to.tmp" "$to"
