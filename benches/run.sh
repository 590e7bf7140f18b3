#!/bin/sh
# Everything about speed in one run, from an empty target folder on: `benches/run.sh [REPORTS]`, REPORTS a folder of
# reports. Writes into benches/runs/ and benches/README.md. What is not installed is left out, and named.
#
# SCALES are times the text, `1,10,50` unless set; NOTE is what a reader should know of the run.
set -eu

cd "$(dirname "$0")/.."
scales=${SCALES:-1,10,50}
programs=${CARGO_TARGET_DIR:-target}/release
quotable=$programs/quotable
out=benches/runs/$(date -u +%F)-$(uname -m)-$(getconf _NPROCESSORS_ONLN)-programs.md

cargo build --release -p quotable-cli
cargo build --release -p quotable-benches --features sqlite --bins

"$programs/engines" --scales "$scales" --note "${NOTE:-}" ${1:+--reports "$1"}

section() {
    printf '\n## %s\n\n' "$1"
    shift
    "$@"
}

{
    echo "# Whole programs"
    [ -z "${NOTE:-}" ] || printf '\n%s\n' "$NOTE"
    section "One query over an unchanged folder" "$programs/process" "$quotable"
    section "A refresh" "$programs/refresh"
    if [ -n "${1:-}" ]; then
        section "From PDFs to the first answer" "$programs/first" "$quotable" "$1"
    fi
} >"$out"
cat "$out"
