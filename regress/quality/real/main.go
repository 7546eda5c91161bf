// Command real holds the gate against this machine: what it says of the same code
// measured again and again, and of slow-downs that were really put into code.
//
//	go run ./regress/quality/real [-loads 0,1,4] [-runs 20] [-keep FOLDER]
//
// For each load (so many processes that do nothing but keep a core busy) it
// measures the benchmarks of package work, one process a sample:
//
//   - the same code, run after run: every regression is a false alarm. The runs are
//     judged as `compare` does (each against the one before), as `check` does
//     against a baseline that the earlier ones were folded into, and
//     measured in turns, A B B A, in pairs;
//   - code of which one half was made 5, 10 and 20 % slower, in turns with the
//     original: each slow-down is found, called inconclusive with the number of
//     samples that would have found it, or missed; whatever is found in the other
//     half is a false alarm.
//
// Then a second process keeps a core busy at random moments, and pull requests that
// change nothing are judged by every command, and by the rules of other tools on the
// same data; and 5 % is looked for in turns with a threshold of 2 %.
//
// It takes about twenty minutes, and nothing else should run meanwhile. The tables
// go to standard output; those of one such run stand in the README of
// the folder above. With -keep
// two versions of the judge can be held against the same runs.
package main

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintf(os.Stderr, "real: %v\n", err)
		os.Exit(1)
	}
}

func run() error {
	loads := flag.String("loads", "0,1,4", "numbers of processes that keep a core busy meanwhile")
	runs := flag.Int("runs", 20, "runs of the same code at each load")
	keep := flag.String("keep", "", "folder for the runs, as go test prints them; those that are there already are judged, and not measured again")
	requests := flag.Int("requests", 30, "pull requests that change nothing, under random disturbance")
	flag.Parse()
	bench, err := newBench(*keep)
	if err != nil {
		return err
	}
	defer bench.close()
	var same, slow table
	for _, text := range strings.Split(*loads, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			return fmt.Errorf("load %q is not a number of processes", text)
		}
		stop := busy(n)
		err = experiment(bench, n, *runs, &same, &slow)
		stop()
		if err != nil {
			return err
		}
	}
	clean, err := disturbed(bench, *requests)
	if err != nil {
		return err
	}
	planted, err := findUnderDisturbance(bench)
	if err != nil {
		return err
	}
	same.print(os.Stdout, "The same code", []string{"load", "how it was judged", "comparisons", "metrics", "false alarms", "gates shut", "suspects", "unchanged", "inconclusive"})
	slow.print(os.Stdout, "Planted slow-downs", []string{"load", "slow-down", "samples a side", "found", "suspect", "inconclusive", "called unchanged", "false alarms", "noise", "detects from", "samples that find it"})
	clean.print(os.Stdout, "Pull requests that change nothing, under random disturbance", []string{"how they were judged", "pull requests", "failed", "metrics", "measured again, each"})
	planted.print(os.Stdout, "A loss of 5 % in half of the benchmarks, threshold 2 %, in turns under random disturbance", []string{"samples a side", "found, of 6", "false alarms, of 6", "gate", "what was found"})
	return nil
}

// experiment fills both tables for one load.
func experiment(b *bench, load, runs int, same, slow *table) error {
	const samples = 10
	var series []*measured
	for i := range runs {
		m, err := b.measure(fmt.Sprintf("same.%d.%d", load, i), samples, 0)
		if err != nil {
			return err
		}
		series = append(series, m[0])
	}
	sequence, err := inSequence(series)
	if err != nil {
		return err
	}
	same.add(load, sequence)
	before, after, err := againstBaseline(series)
	if err != nil {
		return err
	}
	same.add(load, before)
	same.add(load, after)
	turns := tally{how: "in turns, A B B A"}
	for i := range runs / 2 {
		m, err := b.measure(fmt.Sprintf("turns.%d.%d", load, i), samples, 0, 0)
		if err != nil {
			return err
		}
		if err := turns.judge(m[0].baseline(), m[1]); err != nil {
			return err
		}
	}
	same.add(load, turns)
	for _, share := range [...]int{5, 10, 20} {
		for _, n := range [...]int{5, samples, 2 * samples} {
			m, err := b.measure(fmt.Sprintf("slow.%d.%d.%d", load, share, n), n, 0, share)
			if err != nil {
				return err
			}
			p, err := judgePlanted(m[0], m[1], float64(share)/100)
			if err != nil {
				return err
			}
			slow.addPlanted(load, share, n, p)
		}
	}
	return nil
}
