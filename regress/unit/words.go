package unit

// sense is what the words of a name say, as a set.
type sense uint16

const (
	bad      sense = 1 << iota // something that went wrong: lower, also per second
	good                       // something to have more of: higher
	cost                       // something that is used up: lower
	span                       // a time: lower, whatever happened in it
	work                       // things that are done: more a second is better, their number says nothing
	tally                      // a number that only follows the set-up or the length of the run: info
	moved                      // a total of bytes is a tally, not a cost
	spread                     // a measure of unsteadiness: lower, of anything
	veto                       // more of it is better, or nobody knows: idle, uptime
	negation                   // turns the words round it: error-free, no errors; but not a time
	volume                     // bytes: a cost, unless per second
	rank                       // p95, mean, max: which value of a distribution
	share                      // "rate", "per": what it means depends on the word before
	clock                      // a unit of time, which behind "per" makes a rate
	label                      // a word behind which things are told apart, by status or by name: info
	other                      // any other word
)

// words are the words that carry a meaning, in lower case. A word whose meaning depends on the trade the metric comes
// from (connections, depth, level) is not here.
var words = map[string]sense{
	"error": bad, "errors": bad, "errored": bad, "err": bad, "fail": bad, "fails": bad, "failed": bad, "failure": bad,
	"failures": bad, "drop": bad, "drops": bad, "dropped": bad, "miss": bad, "misses": bad, "missed": bad, "timeout": bad,
	"timeouts": bad, "lost": bad, "loss": bad, "retry": bad, "retries": bad, "rejected": bad, "aborted": bad, "faults": bad,
	"panics": bad, "crashes": bad,

	"throughput": good, "goodput": good, "bandwidth": good, "rps": good, "qps": good, "tps": good, "fps": good, "ops": good,
	"hit": good, "hits": good, "success": good, "successful": good, "succeeded": good, "passed": good,
	"availability": good, "score": good, "apdex": good,

	"cpu": cost, "memory": cost, "mem": cost, "rss": cost, "heap": cost, "alloc": cost, "allocs": cost, "allocated": cost,
	"allocations": cost, "gc": cost, "size": cost, "bytes": volume, "instructions": cost, "cycles": cost, "objects": cost,
	"lag": cost, "backlog": cost,

	"latency": span, "latencies": span, "duration": span, "durations": span, "time": span, "elapsed": span, "pause": span,
	"ns": span | clock, "us": span | clock, "ms": span | clock, "nanoseconds": span | clock, "microseconds": span | clock,
	"milliseconds": span | clock, "seconds": span | clock, "s": clock, "sec": clock, "second": clock, "minute": clock,

	"requests": work, "request": work, "reqs": work, "responses": work, "iterations": work, "transactions": work,
	"messages": work, "transfer": work, "checks": work | tally,

	"vus": tally, "vusers": tally, "total": tally, "count": tally,
	"codes": label, "created": label, "timestamp": label,

	"sent": moved, "received": moved, "read": moved, "written": moved, "downloaded": moved, "uploaded": moved,
	"transferred": moved,

	"stdev": spread, "stddev": spread, "std": spread, "variance": spread, "jitter": spread,

	"uptime": veto, "idle": veto, "remaining": veto, "slack": veto, "headroom": veto, "budget": veto, "ttl": veto,
	"mtbf": veto, "saved": veto,
	"no": negation, "non": negation, "not": negation, "without": negation, "free": negation, "available": negation,

	"mean": rank, "avg": rank, "average": rank, "median": rank, "med": rank, "min": rank, "max": rank,

	"rate": share, "per": share,
}

// longest is the length of the longest word worth looking up.
const longest = 16

// reader gathers a name's words.
type reader struct {
	word [longest]byte
	n    int   // bytes of the word so far; those beyond longest are not kept
	per  bool  // the word before was "per", or a slash stands before this one
	all  sense // of all words so far
}

// senses returns what the words of name say together. Words are runs of letters and digits,
// cut also at a capital (errorRate). What stands in braces is a label's value or a free text, not the metric's name, and
// is left out.
func senses(name string) sense {
	var r reader
	depth := 0
	for i := 0; i < len(name); i++ {
		switch c := name[i]; {
		case c == '{':
			r.flush()
			depth++
		case c == '}':
			depth = max(depth-1, 0)
		case depth > 0:
		case 'A' <= c && c <= 'Z':
			if i > 0 && (lowercase(name[i-1]) || i+1 < len(name) && lowercase(name[i+1])) {
				r.flush()
			}
			r.add(c + 'a' - 'A')
		case lowercase(c) || '0' <= c && c <= '9' || c >= 0x80:
			r.add(c)
		case c == '.' && r.n <= longest && percentile(r.word[:r.n]): // p99.9 is one word
		default:
			r.flush()
			r.per = r.per || c == '/'
		}
	}
	r.flush()
	return r.all
}

// add appends a byte to the current word.
func (r *reader) add(c byte) {
	if r.n < longest {
		r.word[r.n] = c
	}
	r.n++
}

// flush ends the current word, if there is one.
func (r *reader) flush() {
	if r.n == 0 {
		return
	}
	s, word := other, r.word[:min(r.n, longest)]
	if r.n <= longest {
		s = meaning(word)
	}
	switch {
	case s&clock == 0:
	case r.per:
		s = clock
	case s == clock:
		s = other
	default:
		s &^= clock
	}
	r.per = string(word) == "per"
	r.all |= s
	r.n = 0
}

// meaning is the sense of one word in lower case.
func meaning(word []byte) sense {
	if s, ok := words[string(word)]; ok {
		return s
	}
	if percentile(word) {
		return rank
	}
	return other
}

// percentile reports whether word is p and digits.
func percentile(word []byte) bool {
	if len(word) < 2 || word[0] != 'p' {
		return false
	}
	for _, c := range word[1:] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func lowercase(c byte) bool { return 'a' <= c && c <= 'z' }
