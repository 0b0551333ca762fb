#!/bin/sh
# Make sure that a software device for keys (SoftHSM2) is there for the tests of keys in a device: the one that is
# installed, else the system's package. Without it those tests are skipped, and say so.
set -eu

if command -v softhsm2-util >/dev/null 2>&1; then exit 0; fi

if command -v apt-get >/dev/null 2>&1; then
  root=""
  if [ "$(id -u)" -ne 0 ]; then root="sudo -n"; fi
  echo "Installing SoftHSM2 with the system's package manager."
  if $root apt-get update -qq && $root apt-get install -qq -y softhsm2 >/dev/null; then exit 0; fi
fi

echo "SoftHSM2 could not be installed: the tests of keys in a device are skipped." >&2
