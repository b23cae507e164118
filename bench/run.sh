#!/usr/bin/env bash
# Measures one subject and prints the tables of its section of docs/quality/speed.md.
# usage: bench/run.sh SUBJECT, where tools/reference/speed_SUBJECT.py runs the other tool beside JMH's times
set -euo pipefail
cd "$(dirname "$0")/.."
subject=${1:-}
case $subject in
    masses) pattern='LineMassBenchmark|GaussianBallBenchmark' ;;
    *)
        echo "usage: bench/run.sh masses" >&2
        exit 2
        ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mvn -q -B -ntp -DskipTests -pl bench -am package
python3 -m venv "$work/venv"
"$work/venv/bin/pip" -q install numpy==2.3.4 scipy==1.16.2
java -jar bench/target/benchmarks.jar "$pattern" -rf json -rff "$work/jmh.json" >&2
"$work/venv/bin/python" "tools/reference/speed_$subject.py" "$work/jmh.json"
