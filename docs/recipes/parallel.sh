#!/bin/sh
# Simulates a study in parts with GNU parallel, and prints the answer as JSON.
#
#   sh docs/recipes/parallel.sh STUDY.json SHARDS PARTS_FOLDER > answer.json
#
# A part that fails is run again, twice. To use other machines too, add --sshloginfile and a folder that all of them see.
set -eu
study=$1
shards=$2
parts=$3

mkdir -p "$parts"
seq 0 $((shards - 1)) |
  parallel -q --retries 3 --halt soon,fail=1 npm run --silent sweep -- "$study" --shard {}/"$shards" --workers 1 --out "$parts"/{}.jsonl >&2

npm run --silent merge -- "$parts"/*.jsonl --json
