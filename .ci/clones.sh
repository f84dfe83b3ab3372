#!/usr/bin/env bash
# amk in clones that lack something: history (shallow), contents (blobless), files (sparse).
# `bash .ci/clones.sh AMK`; each answer is right, or says what is not there and what brings it.
set -euo pipefail
amk=$1
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export AMK_LANG=en XDG_CACHE_HOME="$folder/cache" XDG_STATE_HOME="$folder/state"

git clone --quiet --bare --shared "$here" "$folder/origin.git"
git -C "$folder/origin.git" config uploadpack.allowFilter true
git clone --quiet "$folder/origin.git" "$folder/whole"
cd "$folder/whole"
first=$(git rev-list --max-parents=0 HEAD | tail -n 1)
"$amk" list -f ids > "$folder/ids"

fail() { printf '%s\n' "$1" >&2; exit 1; }

# What a command says, whatever it answers; a traceback is never an answer.
asked() {
  said=$("$amk" "$@" 2>&1 < /dev/null) || test $? -le 2 || fail "amk $* ended badly: $said"
  case $said in *Traceback*) fail "amk $*: $said" ;; esac
}

cloned() {
  git clone --quiet "${@:2}" "file://$folder/origin.git" "$folder/$1"
  cd "$folder/$1"
}

lacks() {
  asked "${@:2}"
  case $said in *"$1"*) ;; *) fail "amk ${*:2} does not say $1: $said" ;; esac
}

cloned shallow --depth=1
"$amk" list -f ids | cmp - "$folder/ids"
asked validate
lacks "git fetch --unshallow" log municipality/rotterdam
lacks "git fetch --unshallow" diff "$first" HEAD

cloned blobless --filter=blob:none
"$amk" list -f ids | cmp - "$folder/ids"
asked validate
lacks "git fetch --refetch --no-filter" list --at "$first"

cloned sparse --no-checkout
git sparse-checkout set --no-cone '/data/*' '!/data/policies/'
git checkout --quiet
lacks "git sparse-checkout" list
lacks "git sparse-checkout" validate
echo "shallow, blobless, sparse: each says what it lacks"
