#!/usr/bin/env bash
# Writes deploy/boot.sh into the templates whose machines start with it; --check says whether it is there already.
#   build/fill-templates.sh [--check]
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
case "${1:-}" in
    "" | --check) ;;
    *) echo "usage: build/fill-templates.sh [--check]" >&2; exit 2 ;;
esac

stale=0
for template in cluster trainer; do
    file=$here/cloudformation/$template.yaml
    filled=$(mktemp)
    trap 'rm -f "$filled"' EXIT
    # The literal block of YAML takes every byte as it is, but for the indentation that its lines have in common.
    awk -v boot="$here/deploy/boot.sh" '
        /^ *# boot.sh ends$/ { inside = 0 }
        !inside { print }
        /^ *# boot.sh begins$/ {
            inside = 1
            indent = $0; sub(/#.*/, "", indent)
            while ((read = (getline line < boot)) > 0) print (line == "" ? "" : indent line)
            if (read < 0) { print "build/fill-templates.sh: deploy/boot.sh cannot be read" > "/dev/stderr"; exit 1 }
            close(boot)
        }' "$file" >"$filled"
    if ! cmp -s "$filled" "$file"; then
        stale=1
        [ "${1:-}" = --check ] || cat "$filled" >"$file"
    fi
    rm -f "$filled"
done

if [ "${1:-}" = --check ] && [ "$stale" = 1 ]; then
    echo "cloudformation/ holds another deploy/boot.sh: run build/fill-templates.sh" >&2
    exit 1
fi
