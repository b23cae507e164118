#!/usr/bin/env bash
# Tests of ./localmass as a new user meets it, on a clean clone. Ends with "N passed, N failed".
set -u
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$root" "$work/clone"
# what is not committed yet counts too
git diff HEAD --binary | (cd "$work/clone" && git apply --allow-empty 2>/dev/null || true)
cd "$work/clone"
passed=0
failed=0

expect() { # name, wanted exit code, text that the output must hold, command...
    local name=$1 code=$2 text=$3
    shift 3
    "$@" >"$work/out" 2>"$work/err"
    local got=$?
    if [ "$got" -eq "$code" ] && grep -qF -- "$text" "$work/out" "$work/err"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $name (exit $got, wanted $code and '$text')"
        head -n 20 "$work/out" "$work/err"
    fi
}

here=examples/eight_schools
java_only=$work/java-only
mkdir -p "$java_only"
for tool in sh sed dirname find head mkdir cat rm; do ln -s "$(command -v $tool)" "$java_only/$tool"; done

expect "no Java" 2 "no java was found" env -u JAVA_HOME PATH="$java_only" ./localmass --version
ln -s "$(command -v java)" "$java_only/java"
expect "no Maven" 2 "no mvn was found" env -u JAVA_HOME PATH="$java_only" ./localmass --version
printf '#!/bin/sh\necho "    java.specification.version = 1.8" >&2\n' >"$work/old"
chmod +x "$work/old"
mkdir -p "$work/jdk8/bin" && mv "$work/old" "$work/jdk8/bin/java"
expect "old Java" 2 "is Java 8" env JAVA_HOME="$work/jdk8" ./localmass --version

expect "first use builds and says so" 0 "building, first use" ./localmass --version
expect "second use does not build" 0 "localmass 0" ./localmass --version
if grep -q building "$work/err"; then
    failed=$((failed + 1))
    echo "FAILED: built twice"
else
    passed=$((passed + 1))
fi
expect "demo" 0 "tau < 0.5 about a fifth" ./localmass demo
expect "exit 1 on a finding" 1 "FINDING" ./localmass check --approx $here/advi_meanfield.csv --reference $here/nuts_*.csv
expect "exit 0 without one" 0 "NO FINDING" ./localmass check --approx $here/nuts_1.csv $here/nuts_3.csv --reference $here/nuts_2.csv $here/nuts_4.csv
expect "exit 2 on bad input" 2 "no such file" ./localmass check --approx nothing.csv --reference $here/nuts_1.csv
expect "works from another folder" 0 "FINDING" sh -c "cd / && '$work/clone/localmass' demo"
touch -d "+1 minute" cli/src/main/java/org/localmass/cli/Main.java
expect "newer sources build again" 0 "building, the sources are newer" ./localmass --version
touch cli/src/main/java/org/localmass/cli/Main.java
ln -s "$work/clone/localmass" "$work/link"
expect "works through a link" 0 "localmass 0" "$work/link" --version

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
