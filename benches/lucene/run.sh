#!/bin/sh
# Lucene at the work of `engines`, which runs this by itself:
#
#     run.sh INDEX QUESTIONS OUT.json < PARAGRAPHS
#
# Needs a JDK from 11 on, and of Lucene 8 or 9 the jars core, queries and analyzers-common (of 9, analysis-common): in
# LUCENE_JARS, or where Debian's liblucene8-java puts them. Exits with 77, and says so, where they are not there.
set -eu

here=$(dirname "$0")
jars=${LUCENE_JARS:-/usr/share/java}

left_out() {
    echo "$1" >&2
    exit 77
}

newest() {
    find "$jars" -maxdepth 1 -name "$1" 2>/dev/null | sort -V | tail -n 1
}

command -v java >/dev/null || left_out "there is no program java"
java --list-modules | grep -q '^jdk.compiler@' || left_out "this java has no compiler: it takes a JDK"
path=
for jar in 'lucene-core-[0-9]*.jar' 'lucene-queries-[0-9]*.jar' 'lucene-anal*-common-[0-9]*.jar'; do
    found=$(newest "$jar")
    [ -n "$found" ] || left_out "there is no $jar in $jars"
    path=$path:$found
done

exec java -Xmx2g -cp "${path#:}" "$here/Bench.java" "$@"
