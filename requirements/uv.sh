#!/bin/sh
# Runs uv with the package index and the certificates pip is configured for on this machine.
# uv reads no pip configuration of its own accord, and no host belongs into this tree.
# Usage: sh requirements/uv.sh VENV ARGUMENT...
set -eu
venv=$1
shift

settings=$("$venv/bin/python" -m pip config list 2>/dev/null || true)

pip_setting() {
    for section in ':env:' install global; do
        value=$(printf '%s\n' "$settings" | sed -n "s/^$section\.$1='\(.*\)'\$/\1/p" | head -n 1)
        if [ -n "$value" ]; then
            printf '%s' "$value"
            return
        fi
    done
}

# Gives the variable $1 the value of pip's setting $2, unless it has one already.
inherit() {
    eval "present=\${$1:-}"
    value=$(pip_setting "$2")
    if [ -z "$present" ] && [ -n "$value" ]; then
        export "$1=$value"
    fi
}

inherit UV_DEFAULT_INDEX index-url
inherit UV_INSECURE_HOST trusted-host
inherit SSL_CERT_FILE cert
exec "$venv/bin/uv" "$@"
