#!/bin/sh
# Make the virtual environment with the first Python 3.11 or newer that can, or say what is missing.
# PYTHON=... chooses one.
set -eu
folder=$1

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if command -v "$candidate" >/dev/null 2>&1 && new_enough "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Het register heeft Python 3.11 of nieuwer nodig; hier staat: $(python3 --version 2>&1 || echo geen)." >&2
    echo "Staat er een andere, noem hem dan: make run PYTHON=/pad/naar/python3" >&2
    exit 1
fi

if "$folder/bin/python" -m pip --version >/dev/null 2>&1 && new_enough "$folder/bin/python"; then
    exit 0
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "Bij $python ontbreekt de module venv. Op Debian en Ubuntu: apt-get install python3-venv" >&2
    exit 1
fi
echo "Making a virtual environment in $folder ..."
"$python" -m venv --clear "$folder"
