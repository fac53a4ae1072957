#!/usr/bin/env bash
# pictures.sh: makes the pictures of the README, both pages of a demo made small: drawn faces alone. Needs chromium and python3-opencv.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
demo=${1:-}
if [ -z "$demo" ]; then
    demo=$(mktemp -d)
    trap 'rm -rf "$demo"' EXIT
    "$here/eyeslots" demo --to "$demo"
fi

small='import cv2, sys
page = cv2.resize(cv2.imread(sys.argv[1]), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
cv2.imwrite(sys.argv[2], page, [cv2.IMWRITE_WEBP_QUALITY, 85])'
mkdir -p "$here/docs"
for page in data run; do
    chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$demo/browser" \
        --window-size=1280,3400 --screenshot="$demo/$page.png" "file://$demo/$page.html" 2>"$demo/browser.log" || { cat "$demo/browser.log" >&2; exit 1; }
    /usr/bin/python3 -c "$small" "$demo/$page.png" "$here/docs/$page.webp"
    [ "$(stat -c %s "$here/docs/$page.webp")" -lt 200000 ] || { echo "docs/$page.webp is larger than 200 kB." >&2; exit 1; }
done
ls -l "$here/docs"
