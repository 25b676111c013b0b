#!/bin/sh
# Installs Chromium and fonts for Korean and emoji with Debian's package manager, where that is allowed.
if command -v chromium >/dev/null && [ -e /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc ]; then exit 0; fi
if ! command -v apt-get >/dev/null; then
    echo "No apt-get: install Chromium yourself for the browser tests; they are skipped until then."
    exit 0
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || { echo "No right to install Chromium: the browser tests are skipped."; exit 0; }
    as_root="sudo -n"
fi
$as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
    chromium fonts-noto-cjk fonts-noto-color-emoji >/dev/null || echo "Chromium could not be installed: the browser tests are skipped."
