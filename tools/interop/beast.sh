#!/usr/bin/env bash
# BEAST 1.10.4 (Debian beast-mcmc): samples a gamma and an exponential prior, 400 states. usage: beast.sh OUTPUT_FOLDER
set -euo pipefail
model=$(cd "$(dirname "$0")" && pwd)/beast.xml
mkdir -p "$1" && cd "$1"
beast-mcmc -seed 1 -overwrite -tests 0 "$model"
