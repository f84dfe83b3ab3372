#!/bin/sh
# The programs that the slow tests need beside Python: LibreOffice, Chromium with axe-core,
# the Nu Html Checker with a Java to run it, PostgreSQL.
# Installed where Debian's packages and npm can be, named where not; tests that lack one are left out.
set -u
missing=""
command -v soffice > /dev/null && ls /usr/lib/libreoffice/program/libswlo.so > /dev/null 2>&1 ||
  missing="libreoffice-writer-nogui"
ls /usr/lib/libreoffice/program/libsclo.so > /dev/null 2>&1 || missing="$missing libreoffice-calc-nogui"
command -v chromium > /dev/null || command -v google-chrome > /dev/null || missing="$missing chromium"
command -v java > /dev/null || missing="$missing default-jre-headless"
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing="$missing postgresql"
if [ -n "$missing" ]; then
  as=""
  [ "$(id -u)" = 0 ] || as="sudo -n"
  # shellcheck disable=SC2086 # names of packages, to be split
  $as apt-get update -qq > /dev/null 2>&1 &&
    DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing > /dev/null ||
    echo "these could not be installed, so some slow tests are left out: $missing" >&2
fi
test -d .venv/axe/node_modules || npm install --silent --no-audit --no-fund --prefix .venv/axe axe-core@4 ||
  echo "no axe-core here: some slow tests are left out" >&2
# Its script fetches a Java of its own, which is not wanted.
test -d .venv/vnu/node_modules || npm install --silent --no-audit --no-fund --ignore-scripts --prefix .venv/vnu vnu-jar@26 ||
  echo "no Nu Html Checker here: some slow tests are left out" >&2
