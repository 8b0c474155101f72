#!/usr/bin/env bash
# Chromium for the tests of the dashboard. On Debian and Ubuntu as root it is installed, within four
# minutes; anywhere else, or when that fails, this says so and those tests are skipped, with their
# reason.
set -u

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" > /dev/null; then exit 0; fi
done
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "no Chromium here and no way to install one: tests of the dashboard will be skipped" >&2
  exit 0
fi
echo "installing chromium for the tests of the dashboard" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
install() { timeout 180 apt-get install -qq -y --no-install-recommends chromium fonts-dejavu-core; }
if ! { install || { timeout 60 apt-get update -qq && install; }; } > "$log" 2>&1; then
  tail -3 "$log" >&2
  echo "Chromium was not installed: tests of the dashboard will be skipped" >&2
fi
rm -f "$log"
