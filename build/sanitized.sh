#!/usr/bin/env bash
# Runs a built program with the native part under AddressSanitizer and UndefinedBehaviorSanitizer; the first finding ends it.
#   build/sanitized.sh PROJECT [ARGUMENT…]
#   build/sanitized.sh EyeSlots.Benchmarks fuzz --count 500000 --seed 1
# The program lies in artifacts/bin/PROJECT/release. It is run from a copy in artifacts/sanitized that differs in libeyeslots_pixels.so.
# Every allocation of the process is watched, OpenCV's too: a C file that reads behind a buffer of .NET's native memory is found as well.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
[ $# -gt 0 ] || { sed -n '2,4s/^# *//p' "${BASH_SOURCE[0]}" >&2; exit 2; }
project=$1
shift
native=$here/src/EyeSlots.Preprocessing/native
built=$here/artifacts/bin/$project/release
folder=$here/artifacts/sanitized
program=$folder/$project

mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
library=$folder/libeyeslots_pixels.so
if [ ! -e "$library" ] || [ -n "$(find "$native" -newer "$library" -type f -print -quit)" ]; then
    "$native/build-pixels.sh" "$built/libOpenCvSharpExtern.so" "$library" \
        -g -O1 -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
fi
if [ ! -e "$program" ] || [ -n "$(find "$built" -newer "$program/stamp" -type f -print -quit)" ] || [ "$library" -nt "$program/stamp" ]; then
    rm -rf "$program"
    cp -al "$built" "$program"
    cp -f --remove-destination "$library" "$program/"
    touch "$program/stamp"
fi
flock -u 9

# .NET makes exceptions of the signals of its own code, so it keeps them; leaks are not looked for in a process with a collector.
export ASAN_OPTIONS="handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0:use_sigaltstack=0:detect_leaks=0:allocator_may_return_null=1:abort_on_error=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export UBSAN_OPTIONS="print_stacktrace=1:halt_on_error=1:abort_on_error=1${UBSAN_OPTIONS:+:$UBSAN_OPTIONS}"
LD_PRELOAD="$(gcc -print-file-name=libasan.so):$(gcc -print-file-name=libubsan.so)" exec "$program/$project" "$@" 9>&-
