package main

import "fmt"

// Each row of STATISTICS 7, in its order, and one more; 19 is a unit test of package infer.
func bars() []bar {
	list := append(sampleNoise(), grid()...)
	list = append(list,
		bar{7, "n = 3, all metrics 10×: pull requests that fail", whole(fewest, failed), atMost(0)},
		bar{7, "n = 3, all metrics 10×: metrics that cannot be significant", whole(fewest, tooFew), atLeast(100)})
	list = append(list, hostedRunners()...)
	list = append(list, offsets()...)
	return append(list, special()...)
}

// clean is a pull request that changes nothing, with the noise of samples only,
// judged by the rivals too.
func clean(n, metrics int) scenario {
	return scenario{world: mixed, n: n, metrics: metrics, rivals: true}
}

// fewest has too few samples to prove anything.
var fewest = scenario{world: mixed, n: 3, metrics: suiteSize}.change(suiteSize, 10)

// whole is a figure of the shipped judge.
func whole(s scenario, part int) func(*lab) rate {
	return func(l *lab) rate { return l.measure(s)[0][part] }
}

// ofRival is how many pull requests a rival's rule fails.
func ofRival(name string, s scenario) func(*lab) rate {
	return func(l *lab) rate {
		for i, v := range rivals {
			if v.name == name {
				return l.measure(s)[1+i][failed]
			}
		}
		panic("no rival is called " + name)
	}
}

// Rows 1 to 5.
func sampleNoise() []bar {
	one, many := clean(10, 1), clean(10, suiteSize)
	return []bar{
		{1, "mixed, n = 10: false alarms, 1 metric", whole(one, failed), atMost(1.5)},
		{1, "mixed, n = 10: false alarms, 20 metrics", whole(clean(10, 20), failed), atMost(2.5)},
		{1, "mixed, n = 10: false alarms, 200 metrics", whole(many, failed), atMost(2.5)},
		{2, "mixed, n = 10, 1 metric: 1.5× found", whole(one.change(1, 1.5), found), atLeast(78)},
		{2, "mixed, n = 10, 1 metric: 3× found", whole(one.change(1, 3), found), atLeast(93)},
		{3, "mixed, n = 10, 200 metrics: 1.5× found", whole(many.change(1, 1.5), found), atLeast(53)},
		{3, "mixed, n = 10, 200 metrics: 3× found", whole(many.change(1, 3), found), atLeast(77)},
		{3, "mixed, n = 10, 200 metrics, 5 of them 3×: found", whole(many.change(5, 3), found), atLeast(82)},
		{4, "mixed, n = 5, 200 metrics: false alarms", whole(clean(5, suiteSize), failed), atMost(4)},
		{4, "mixed, n = 5, 200 metrics: 3× found", whole(clean(5, suiteSize).change(1, 3), found), atLeast(54)},
		{5, "mixed, n = 20, 200 metrics: false alarms", whole(clean(20, suiteSize), failed), atMost(2)},
		{5, "mixed, n = 20, 200 metrics: 1.5× found", whole(clean(20, suiteSize).change(1, 1.5), found), atLeast(72)},
		{5, "mixed, n = 20, 200 metrics: 3× found", whole(clean(20, suiteSize).change(1, 3), found), atLeast(92)},
	}
}

// Row 6.
func grid() []bar {
	cells := func(ns ...int) (list []scenario) {
		for _, shape := range independent {
			for _, cv := range noises {
				for _, n := range ns {
					list = append(list, scenario{world: only(shape, cv), n: n, metrics: suiteSize, cell: true})
				}
			}
		}
		return list
	}
	worstOf := func(list []scenario) func(*lab) rate {
		return func(l *lab) rate { return worst(l, failed, list) }
	}
	return []bar{
		{6, "every shape and noise, n = 5, 6: false alarms, 200 metrics, worst cell", worstOf(cells(5, 6)), atMost(11)},
		{6, "every shape and noise, n = 8, 10, 20: false alarms, 200 metrics, worst cell", worstOf(cells(8, 10, 20)), atMost(8)},
	}
}

// Rows 8 to 10.
func hostedRunners() []bar {
	abba, history, twice := hostedABBA, hostedHistory, hostedConfirmed
	return []bar{
		{8, "hosted, ABBA, n = 10: false alarms", whole(abba, failed), atMost(4)},
		{8, "hosted, ABBA, n = 10: 3× found", whole(abba.change(1, 3), found), atLeast(80)},
		{8, "hosted, ABBA, n = 10: 10× found", whole(abba.change(1, 10), found), atLeast(98.5)},
		{8, "hosted, ABBA, n = 10: whole suite +7.5 % fails", whole(abba.change(suiteSize, 1.5), failed), atLeast(99)},
		{8, "hosted, ABBA, looks at n = 5, 10, 20: false alarms", whole(hostedLooks, failed), atMost(4)},
		{9, "hosted, history of 20 runs: false alarms", whole(history, failed), atMost(4)},
		{9, "hosted, history of 20 runs: 3× found", whole(history.change(1, 3), found), atLeast(42)},
		{9, "hosted, history of 20 runs: 10× found", whole(history.change(1, 10), found), atLeast(95)},
		{10, "hosted, stored baseline, confirmed: false alarms", whole(twice, failed), atMost(2.5)},
		{10, "hosted, stored baseline, confirmed: 3× found", whole(twice.change(1, 3), found), atLeast(73)},
		{10, "hosted, stored baseline, confirmed: 10× found", whole(twice.change(1, 10), found), atLeast(98.5)},
		{10, "hosted, stored baseline, confirmed: metrics measured again", whole(twice, reruns), atMost(25).in("")},
	}
}

// Row 11.
func offsets() (list []bar) {
	for _, runs := range []int{8, 20} {
		for _, w := range offsetWorlds {
			s := scenario{world: w, design: stored, runs: runs, n: 10, metrics: suiteSize}
			what := fmt.Sprintf("history of %d runs, %s: false alarms, 200 metrics", runs, w.name)
			list = append(list, bar{11, what, whole(s, failed), atMost(5)})
		}
	}
	return list
}

// Rows 12 to 18, and 20, the ratchet, which is our own.
func special() []bar {
	serial := scenario{world: steps, n: 10, metrics: suiteSize}
	many := clean(10, suiteSize)
	list := []bar{
		{12, "AR(1) ρ = 0.5, n = 10: false alarms, 200 metrics", whole(serial, failed), atMost(6)},
		{13, "all of 200 metrics ¼×: pull requests that fail", whole(many.change(suiteSize, 0.25), failed), atMost(6)},
		{13, "all of 200 metrics ½×: pull requests that fail", whole(many.change(suiteSize, 0.5), failed), atMost(16)},
		{14, "1.5× called unchanged", whole(clean(10, 1).change(1, 1.5), unchanged), atMost(0.5)},
		{15, "exact metrics: one allocation more found", allocations(1), atLeast(100)},
		{15, "exact metrics: false alarms", allocations(0), atMost(0)},
		{16, "ten merges of +2 %: caught by the tenth", driftCaught, atLeast(99)},
		{16, "ten merges of +2 %: merge at which half are caught", driftMedian, atMost(5).in("")},
		{16, "quiet merges: false alarms in 29 checks", driftFalse, atMost(0.5)},
		{17, "rival " + pointRule + ": false alarms, 200 metrics", ofRival(pointRule, many), atLeast(99)},
		{17, "rival " + benchstat + ": false alarms, 200 metrics", ofRival(benchstat, many), atLeast(93)},
	}
	for _, n := range []int{10, 20} {
		for _, cv := range []float64{0.01, 0.03, 0.05} {
			s := scenario{world: only(lognormal, cv), n: n, metrics: suiteSize}
			what := fmt.Sprintf("%s, n = %d: the detectable effect found", s.world.name, n)
			list = append(list, bar{18, what, detectable(s), between(72, 92)})
		}
	}
	return append(list,
		bar{20, "+20 % merged as a suspect, 30 merges: became the measure", lossAbsorbed, atMost(1)},
		bar{20, "+20 % merged as a suspect, 30 merges: told as drift", lossTold, atLeast(99)})
}
