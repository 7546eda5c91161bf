package unit

import "strings"

// given are the names by which load tools report what they were told to do, or how long they did it, with the class of
// their unit: facts about the experiment, not results. They are whole names: duration, in s, is the run's length,
// http_req_duration.p95 a result.
var given = map[string]Class{
	"duration": Time, "window": Time, "wait": Time, "rate": Rate, "http.request_rate": Rate, "bytes_read": Count,
}

// givenStems are such names in any unit and with any statistic behind a dot: data_sent.count, vus.max.
var givenStems = map[string]bool{
	"data_sent": true, "data_received": true, "vus": true, "vus_max": true,
}

// DirectionOf returns the direction that the name of a metric and its unit tell, Undeclared where they tell none or
// contradict each other. In this order:
//
//  1. what load tools were told to do, by their names (duration, rate, vus, data_sent.count …): Info;
//  2. words of which more is better in any unit (idle, uptime, slack …): Undeclared; spreads (stdev, jitter): Lower;
//  3. the unit: a time, per whatever: Lower; X per operation: Lower, but Undeclared for hits/op; X/s: Higher, but Lower for
//     errors/s, Undeclared for allocs/s, and 1/s needs a name that tells of what; bytes and allocations: Lower, but
//     Info for totals that were sent or read;
//  4. the words of the name (error, latency, rss: Lower; throughput, hit, score: Higher; requests: Info);
//     words that contradict each other, and negated ones (error-free): Undeclared.
//
// A metric whose name is its unit, as Go's custom metrics are, goes without step 4: hit-ratio is Undeclared.
// It never returns Stable.
func DirectionOf(metric, unit string) Direction {
	u := Parse(unit)
	if told(metric, u.Class) {
		return Info
	}
	p, simple := split(u.Base)
	custom := metric == unit
	all := senses(metric)
	switch {
	case custom:
		all = senses(p.num) // req/s is no word "per second"
	case u.Base != "count": // the unit "count" is no counter's name
		all |= senses(p.num)
	}
	switch {
	case all&veto != 0:
		return Undeclared
	case all&spread != 0:
		return Lower
	case u.Class == Time:
		return Lower
	case u.Class == Rate:
		return ofRate(u, all)
	case simple && operations[p.den]:
		return unless(all&good, Lower)
	case custom && (p.per || strings.Contains(metric, "-") || u.Base == "count"):
		return Undeclared
	case u.Class == Count:
		return ofCount(u, all)
	case custom && unit != "":
		return Undeclared
	default:
		return ofWords(u, all)
	}
}

// told reports whether the name, in a unit of class c, says what a load tool was told.
func told(metric string, c Class) bool {
	if class, ok := given[metric]; ok {
		return class == c
	}
	stem := metric
	if i := strings.IndexAny(metric, ".{"); i >= 0 {
		stem = metric[:i]
	}
	return givenStems[stem]
}

// ofRate is the direction of X per time. What 1/s counts, the words must tell.
func ofRate(u Unit, all sense) Direction {
	switch {
	case all&bad != 0:
		return unless(all&(good|negation), Lower)
	case all&(cost|span|negation) != 0:
		return Undeclared
	case u.Base != "1/s", all&(good|clock) != 0, all&(work|tally) == work:
		return Higher
	case all&(work|tally) == work|tally: // checks a second follow the load
		return Info
	default:
		return Undeclared
	}
}

// ofCount is the direction of a number of things or bytes.
func ofCount(u Unit, all sense) Direction {
	switch {
	case u.Base == "count":
		return ofTally(all)
	case all&moved != 0:
		return Info
	default:
		return unless(all&(good|negation), Lower)
	}
}

// ofTally is the direction of a number without a better unit than "count". More successes in a longer run are no gain.
func ofTally(all sense) Direction {
	switch {
	case all&label != 0:
		return Info
	case all&bad != 0:
		return unless(all&(good|negation), Lower)
	case all&cost != 0: // heap_objects; but alloc_count may follow the length of the run
		return unless(all&(good|negation|work|tally|moved), Lower)
	case all&(work|tally|moved) != 0:
		return Info
	default:
		return Undeclared
	}
}

// ofWords is the direction that the words tell where the unit tells none.
func ofWords(u Unit, all sense) Direction {
	switch {
	case all&clock != 0:
		return ofRate(u, all)
	case all&span != 0:
		return Lower
	case all&negation != 0:
		return Undeclared
	case all&bad != 0:
		return unless(all&good, Lower)
	case all&good != 0:
		return unless(all&cost, Higher)
	case all&cost != 0:
		return Lower
	case all&share != 0 && all&work != 0, u.Class == Ratio && all&work != 0:
		return Higher
	case all&moved != 0:
		return Undeclared
	case all&volume != 0:
		return Lower
	case all&(work|label) != 0: // a total of nobody knows what is judged both ways
		return Info
	case all&^rank == 0 && all != 0:
		return Lower // p95 and nothing else: of a latency
	default:
		return Undeclared
	}
}

// unless is d, but Undeclared where the words against it are there.
func unless(against sense, d Direction) Direction {
	if against != 0 {
		return Undeclared
	}
	return d
}
