#!/usr/bin/env bash
# Fails when a library calls a function that neither it nor a library that it needs has, unless opencv-missing.txt says why that is no harm.
#   check-opencv.sh LIBRARY
# So a module that a package lacks is found when the program is built, not when a user's file needs it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
missing=$(LC_ALL=C ldd -r "$1" 2>&1 | awk '/^undefined symbol:/ { sub(",", "", $3); print $3 }' | sort -u)
patterns=$(grep -v '^#' "$here/opencv-missing.txt" | cut -f 1)

unexpected=$(grep -vxEf <(printf '%s\n' "$patterns") <<<"$missing" || true)
if [ -n "$unexpected" ]; then
    echo "error: $1 calls functions that nothing gives; find what calls them and say in opencv-missing.txt why no file leads there: ${unexpected//$'\n'/ }" >&2
    exit 1
fi
while read -r pattern; do
    grep -qxE "$pattern" <<<"$missing" || { echo "error: nothing that opencv-missing.txt knows as $pattern is missing any more: remove its line" >&2; exit 1; }
done <<<"$patterns"
