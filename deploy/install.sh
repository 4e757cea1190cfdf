#!/bin/sh
# Make .venv and install what requirements/NAME.txt locks: sh deploy/install.sh run|build|dev
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "$1" >&2
    exit 1
}

is_new_enough() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if ! is_new_enough .venv/bin/python; then
    python=
    for each in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$each"; then python=$each && break; fi
    done
    [ -n "$python" ] || fail "Python 3.11 or newer is needed and is not on PATH: install it, then run this again."
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$("$python" --version) cannot make virtual environments: install its venv package (apt-get install python3-venv), then run this again."
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv || fail "Cannot make .venv in $(pwd): see the lines above."
fi

echo "Installing what requirements/$1.txt names"
if [ ! -x .venv/bin/uv ]; then
    .venv/bin/python -m pip install --quiet --require-hashes -r requirements/uv.txt || echo "Going on without uv"
fi
if ! { [ -x .venv/bin/uv ] && .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r "requirements/$1.txt"; }; then
    .venv/bin/python -m pip install --quiet --require-hashes -r "requirements/$1.txt" ||
        fail "The packages of requirements/$1.txt cannot be installed: the lines above say why."
fi
