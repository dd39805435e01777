#!/bin/sh
# The programs beside Python that some tests look through: a browser, Chinese fonts, a clock that
# can be set, a view of system calls, a reader of PDF. Only as root, and only what is missing, is
# installed; otherwise one sentence says what to install, and the tests that need it are skipped.

missing=""

wants() { # package, then programs any of which will do
    package=$1
    shift
    for program in "$@"; do
        command -v "$program" >/dev/null 2>&1 && return
    done
    missing="$missing $package"
}

wants chromium chromium chromium-browser google-chrome
wants faketime faketime
wants strace strace
wants poppler-utils pdftotext
[ -n "$(find /usr/share/fonts /usr/local/share/fonts -name '*CJK*' 2>/dev/null)" ] ||
    missing="$missing fonts-noto-cjk"

[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086 # one word each
    {
        apt-get install -qq -y --no-install-recommends $missing ||
            { apt-get update -qq && apt-get install -qq -y --no-install-recommends $missing; }
    } >/dev/null 2>&1 && exit 0
fi
echo "Some tests will be skipped. To run them too, install (as root): apt-get install$missing"
exit 0
