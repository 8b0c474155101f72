#!/usr/bin/env bash
# A sound server for the tests of `sottovoce record`: PulseAudio, and PortAudio's way to it.
# On Debian and Ubuntu as root it installs them, within two minutes; anywhere else, or when that
# fails, it says so and the tests that need them are skipped, with their reason.
set -u
packages="pulseaudio pulseaudio-utils libportaudio2 libasound2-plugins"

have() {
  command -v pulseaudio && command -v paplay && ldconfig -p | grep -q libportaudio &&
    ls /usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so
}

if have > /dev/null; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
  echo "no sound server here and no way to install one: tests of the microphone will be skipped" >&2
  exit 0
fi
echo "installing $packages for the tests of the microphone" >&2
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
install() { timeout 100 apt-get install -qq -y --no-install-recommends $packages; }
if ! { install || { timeout 60 apt-get update -qq && install; }; } > "$log" 2>&1; then
  tail -3 "$log" >&2
  echo "the sound server was not installed: tests of the microphone will be skipped" >&2
fi
rm -f "$log"
