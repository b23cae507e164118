#!/usr/bin/env bash
# Puts npm's playwright-core of the version that the tests use into FOLDER/package.  usage: driver.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$1
version=$(sed -n 's/.*<playwright.version>\(.*\)<.*/\1/p' pom.xml)
mkdir -p "$folder"
(cd "$folder" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --silent --no-audit --no-fund "playwright-core@$version" >/dev/null)
ln -sfn "node_modules/playwright-core" "$folder/package"
