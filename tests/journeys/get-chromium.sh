#!/bin/sh
# Make sure that a Chromium is there for the journeys: the one on PATH, else the system's package, else Playwright's own
# download. Usage: get-chromium.sh path/to/playwright
set -eu
playwright=$1

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done

if command -v apt-get >/dev/null 2>&1; then
  root=""
  if [ "$(id -u)" -ne 0 ]; then root="sudo -n"; fi
  echo "Installing Chromium with the system's package manager."
  if $root apt-get update -qq && $root apt-get install -qq -y chromium >/dev/null; then exit 0; fi
  echo "That did not work; trying Playwright's own download."
fi

"$playwright" install chromium || {
  echo "The journeys need Chromium: install it, so that the command \`chromium\` works, and run this again." >&2
  exit 1
}
