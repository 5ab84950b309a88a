#!/bin/sh
# Simulates one part of a study per task of a Slurm array:
#
#   sbatch --array=0-15 docs/recipes/slurm-array.sh STUDY.json PARTS_FOLDER
#
# from the project's folder, on a file system that all nodes see. A task that failed is run again with its own number
# and the same count:  SHARDS=16 sbatch --array=5 docs/recipes/slurm-array.sh STUDY.json PARTS_FOLDER
# When all have ended:  npm run --silent merge -- PARTS_FOLDER/*.jsonl --json > answer.json
#SBATCH --job-name=headroom
#SBATCH --array=0-15
#SBATCH --cpus-per-task=1
#SBATCH --mem=2G
#SBATCH --time=01:00:00
set -eu
study=$1
parts=$2

mkdir -p "$parts"
npm run --silent sweep -- "$study" \
  --shard "$SLURM_ARRAY_TASK_ID/${SHARDS:-$SLURM_ARRAY_TASK_COUNT}" \
  --workers "${SLURM_CPUS_PER_TASK:-1}" \
  --out "$parts/$SLURM_ARRAY_TASK_ID.jsonl"
