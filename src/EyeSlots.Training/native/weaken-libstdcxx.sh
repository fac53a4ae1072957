#!/usr/bin/env bash
# Copies TorchSharp's native library so that it loads beside libstdc++ 12, as Debian 12 has it.
#   weaken-libstdcxx.sh FROM TO
# It names the version GLIBCXX_3.4.32 and refers to no symbol of it. The loader lets a version be missing that is marked weak, which is
# one bit of its entry (VER_FLG_WEAK of vna_flags, 4 bytes into the entry; patchelf cannot set it).
set -euo pipefail
from=$1 to=$2
cp -f "$from" "$to.tmp"
chmod u+w "$to.tmp"
read -r section entry < <(LC_ALL=C readelf -V "$from" | awk '
    /Version needs section/ { needs = 1 }
    needs && /Offset:/ && !section { section = $4 }
    needs && /Name: GLIBCXX_3\.4\.32 / { sub(":", "", $1); print section, $1; exit }') || true
if [ -n "${entry:-}" ]; then
    printf '\002' | dd of="$to.tmp" bs=1 seek=$((section + entry + 4)) conv=notrunc status=none
    LC_ALL=C readelf -V "$to.tmp" | grep -q 'Name: GLIBCXX_3\.4\.32  Flags: WEAK' || { echo "The entry of GLIBCXX_3.4.32 was not found where it should be." >&2; exit 1; }
fi
mv -f "$to.tmp" "$to"
