#!/bin/sh
# The programs that the slow tests need: installed where Debian's packages can be, named where not.
set -eu
missing=""
command -v soffice > /dev/null || missing="libreoffice-writer libreoffice-calc"
[ -n "$missing" ] || ls /usr/lib/libreoffice/program/libsclo.so > /dev/null 2>&1 || missing="libreoffice-calc"
ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if command -v apt-get > /dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -q > /dev/null
  # shellcheck disable=SC2086 # names of packages, to be split
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing > /dev/null
else
  echo "the slow tests need: $missing" >&2
fi
