#!/usr/bin/env bash
# pictures.sh: makes the pictures of the README, the heads of both pages of a demo: drawn faces alone. Needs chromium and python3-opencv.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
demo=$(mktemp -d)
trap 'rm -rf "$demo"' EXIT

"$here/eyeslots" demo --to "$demo"
mkdir -p "$here/docs"
for page in data run; do
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$demo/browser" \
        --window-size=1280,1600 --screenshot="$demo/$page.png" "file://$demo/$page.html" 2>"$demo/browser.log" || { cat "$demo/browser.log" >&2; exit 1; }
    python3 -c 'import cv2, sys; cv2.imwrite(sys.argv[2], cv2.imread(sys.argv[1]), [cv2.IMWRITE_WEBP_QUALITY, 80])' "$demo/$page.png" "$here/docs/$page.webp"
    [ "$(stat -c %s "$here/docs/$page.webp")" -lt 200000 ] || { echo "docs/$page.webp is larger than 200 kB." >&2; exit 1; }
done
ls -l "$here/docs"
