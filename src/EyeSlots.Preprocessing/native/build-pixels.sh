#!/usr/bin/env bash
# Compiles the C files beside this script into one library, linked to OpenCV's beside which it will lie.
#   build-pixels.sh OPENCV TO [FLAG…]     OPENCV: the freed libOpenCvSharpExtern.so; FLAG: more for gcc
# Without SLP vectorisation: it packs the state of a walk (huffman_walk.c) into vectors and unpacks it for each look.
# Without contraction: a product and a sum rounded once on one processor and twice on another give other bytes.
set -euo pipefail
# shellcheck disable=SC2016 # $ORIGIN is the loader's word.
origin='-Wl,-rpath,$ORIGIN'
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
opencv=$1 to=$2
shift 2
gcc -O3 -fno-tree-slp-vectorize -ffp-contract=off -std=c11 -Wall -Wextra -Werror -fPIC -shared -fvisibility=hidden "$@" \
    "$here"/*.c -o "$to.tmp" -L"$(dirname "$opencv")" -l:"$(basename "$opencv")" -lm "$origin" -Wl,--unresolved-symbols=ignore-in-shared-libs
mv -f "$to.tmp" "$to"
