#!/usr/bin/env bash
# Whole processes, side by side: `rival label` and `rival analyze` against a program that only cuts the same texts with jieba.
#
#   benches/paired.sh FILE.jsonl [ROUNDS]
#
# Every round runs every variant once; told are the processor seconds (user + system) and the median of the ratios per round.
set -euo pipefail
file=$(realpath "${1:?usage: benches/paired.sh FILE.jsonl [ROUNDS]}")
rounds=${2:-5}
cd "$(dirname "$0")/.."
cargo build --release --quiet
cargo bench --no-run --quiet --bench layers
# Cargo tells where it puts things, whatever the target directory is.
cut=$(cargo bench --no-run --bench layers 2>&1 | sed -n 's/^ *Executable.*(\(.*\))$/\1/p')
rival="$(dirname "$cut")/../rival"

spent() { # the processor seconds of a command
    local TIMEFORMAT='%3U %3S'
    { time "$@" >/dev/null 2>&1; } 2>&1 | awk '{ printf "%.3f", $1 + $2 }'
}

echo "$(wc -l <"$file") lines, $(wc -c <"$file") bytes, $rounds rounds"
echo "round cut-hmm cut label analyze"
for round in $(seq "$rounds"); do
    echo "$round" \
        "$(spent "$cut" --cut "$file" --hmm)" \
        "$(spent "$cut" --cut "$file")" \
        "$(spent "$rival" label "$file" --threads 1 --isolated --quiet)" \
        "$(spent "$rival" analyze "$file" --threads 1 --isolated --quiet --json)"
done | awk '
    function median(values, n,    i, j, t) {
        for (i = 2; i <= n; i++) for (j = i; j > 1 && values[j] < values[j - 1]; j--) { t = values[j]; values[j] = values[j - 1]; values[j - 1] = t }
        return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
    }
    { print; fflush(); for (i = 2; i <= 5; i++) seconds[i, NR] = $i }
    END {
        split("- cut-hmm cut label analyze", name, " ")
        print "\nmedians: CPU seconds; times the seconds of cut-hmm; times those of cut"
        for (i = 2; i <= 5; i++) {
            for (r = 1; r <= NR; r++) { a[r] = seconds[i, r]; b[r] = seconds[i, r] / seconds[2, r]; c[r] = seconds[i, r] / seconds[3, r] }
            printf "%-8s %7.3f s %6.2f %6.2f\n", name[i], median(a, NR), median(b, NR), median(c, NR)
        }
    }'
