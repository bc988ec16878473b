#!/bin/sh
# Bring the browser of the tests, unless one is there: Debian's where apt is at hand, else Playwright's own download.
# Asks no network when there is one, so it works offline the next time.
# Usage: sh tools/bring-browser.sh .venv/bin/python
set -eu
python=$1

found() { "$python" -m tests.helpers.browser; }

if found >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the tests in a browser (once) ..."
    # Without a font it draws no letters; with its words in Dutch it asks for a day as people here write one.
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium chromium-l10n fonts-dejavu-core; } ||
        echo "apt-get could not install chromium."
fi
if ! found >/dev/null; then
    echo "Downloading Playwright's own Chromium for the tests in a browser (once) ..."
    "$python" -m playwright install --no-shell chromium || echo "Playwright could not download it."
fi
# Without one the tests in a browser fail; the others need not wait for that.
found || true
