#!/bin/sh
# Measures everything about speed in one run: `benches/run.sh [REPORTS]`, with a folder of reports, or else on a generated
# corpus. Writes to benches/runs/ and benches/README.md. Programs that are not installed are left out with a message.
#
# SCALES: sizes of the corpus as multiples of 1x, `1,10,50` by default. NOTE: a remark for readers of the tables.
set -eu

cd "$(dirname "$0")/.."
scales=${SCALES:-1,10,50}
programs=${CARGO_TARGET_DIR:-target}/release
quotable=$programs/quotable
out=benches/runs/$(date -u +%F)-$(uname -m)-$(getconf _NPROCESSORS_ONLN)-programs

cargo build --release -p quotable-cli
cargo build --release -p quotable-benches --features sqlite --bins

"$programs/engines" --scales "$scales" --note "${NOTE:-}" ${1:+--reports "$1"}

section() {
    printf '\n## %s\n\n' "$1"
    shift
    "$@"
}

rm -f "$out.csv"
{
    echo "# Whole programs"
    [ -z "${NOTE:-}" ] || printf '\n%s\n' "$NOTE"
    section "One query over an unchanged folder" "$programs/command_latency" "$quotable" --csv "$out.csv"
    section "A refresh" "$programs/refresh" --csv "$out.csv"
    if [ -n "${1:-}" ]; then
        section "From PDFs to the first answer" "$programs/first_answer" "$quotable" "$1" --csv "$out.csv"
    fi
} >"$out.md"
cat "$out.md"
