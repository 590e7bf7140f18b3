#!/bin/sh
# Runs Lucene for the program `engines`:
#
#     run.sh INDEX QUERIES OUT.json < PARAGRAPHS
#
# Needs JDK 11 or later, and the jars core, queries and analyzers-common (in Lucene 9: analysis-common) of Lucene 8 or 9
# in the folder LUCENE_JARS, by default where Debian's liblucene8-java puts them; or one jar with all of them, *-fatjar.jar,
# as wheels of the PyPI package pyserini have: 0.24.0 holds Lucene 9.9 for Java 11, later ones need Java 21, and the last of
# them (1.6.0, of March 2026) still holds Lucene 9.9. Exits with status 77 and a message if they are missing.
set -eu

here=$(dirname "$0")
jars=${LUCENE_JARS:-/usr/share/java}

not_installed() {
    echo "$1" >&2
    exit 77
}

newest() {
    find "$jars" -maxdepth 1 -name "$1" 2>/dev/null | sort -V | tail -n 1
}

command -v java >/dev/null || not_installed "java is not installed"
java --list-modules | grep -q '^jdk.compiler@' || not_installed "this java has no compiler; install a JDK"
path=$(newest '*-fatjar.jar')
if [ -z "$path" ]; then
    for jar in 'lucene-core-[0-9]*.jar' 'lucene-queries-[0-9]*.jar' 'lucene-anal*-common-[0-9]*.jar'; do
        found=$(newest "$jar")
        [ -n "$found" ] || not_installed "$jars has no $jar"
        path=$path:$found
    done
fi

exec java -Xmx2g -cp "${path#:}" "$here/Bench.java" "$@"
