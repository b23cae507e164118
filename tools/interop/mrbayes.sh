#!/usr/bin/env bash
# MrBayes 3.2.7a (Debian mrbayes) on five made-up sequences, 400 states. usage: mrbayes.sh OUTPUT_FOLDER
set -euo pipefail
data=$(cd "$(dirname "$0")" && pwd)/mrbayes.nex
mkdir -p "$1" && cd "$1"
mb "$data"
rm -f mrbayes.t mrbayes.mcmc
