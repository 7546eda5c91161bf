package unit

// table holds the units that are known as a whole. Everything with a slash or a dash that is not here goes through
// [compound]; the compounds here are those that runs hold by the hundred thousand.
var table = map[string]Unit{
	// Time. The micro sign is U+00B5 or, in text from Greek keyboards and some normalisers, the letter mu U+03BC.
	"ns": {"s", 1e-9, Time}, "nanosecond": {"s", 1e-9, Time}, "nanoseconds": {"s", 1e-9, Time},
	"us": {"s", 1e-6, Time}, "\u00b5s": {"s", 1e-6, Time}, "\u03bcs": {"s", 1e-6, Time},
	"microsecond": {"s", 1e-6, Time}, "microseconds": {"s", 1e-6, Time},
	"ms": {"s", 1e-3, Time}, "millisecond": {"s", 1e-3, Time}, "milliseconds": {"s", 1e-3, Time},
	"s": {"s", 1, Time}, "sec": {"s", 1, Time}, "secs": {"s", 1, Time}, "second": {"s", 1, Time}, "seconds": {"s", 1, Time},
	"m": {"s", 60, Time}, "min": {"s", 60, Time}, "minute": {"s", 60, Time}, "minutes": {"s", 60, Time},
	"h": {"s", 3600, Time}, "hour": {"s", 3600, Time}, "hours": {"s", 3600, Time},

	// Bytes: decimal SI prefixes, and binary IEC 80000-13 prefixes with their i. Tools that print 1024 under a decimal
	// name are their parsers' business.
	"B": {"B", 1, Count}, "byte": {"B", 1, Count}, "bytes": {"B", 1, Count},
	"kB": {"B", 1e3, Count}, "KB": {"B", 1e3, Count}, "MB": {"B", 1e6, Count}, "GB": {"B", 1e9, Count}, "TB": {"B", 1e12, Count},
	"KiB": {"B", 1 << 10, Count}, "MiB": {"B", 1 << 20, Count}, "GiB": {"B", 1 << 30, Count}, "TiB": {"B", 1 << 40, Count},
	"bit": {"B", 0.125, Count}, "kbit": {"B", 125, Count}, "Mbit": {"B", 125e3, Count}, "Gbit": {"B", 125e6, Count},

	// Shares.
	"ratio": {"ratio", 1, Ratio}, "%": {"ratio", 0.01, Ratio}, "percent": {"ratio", 0.01, Ratio},

	// Things that are counted.
	"count": {"count", 1, Count}, "allocs": {"allocs", 1, Count}, "objects": {"objects", 1, Count},
	"instructions": {"instructions", 1, Count}, "errors": {"errors", 1, Count},

	// Whole spellings of rates.
	"rps": {"req/s", 1, Rate}, "req/s": {"req/s", 1, Rate}, "1/s": {"1/s", 1, Rate},
	"qps": {"qps", 1, Rate}, "tps": {"tps", 1, Rate},
	"B/s": {"B/s", 1, Rate}, "MB/s": {"B/s", 1e6, Rate},

	// What package testing prints, and what benchunit makes of it.
	"ns/op": {"sec/op", 1e-9, Time}, "sec/op": {"sec/op", 1, Time},
	"B/op": {"B/op", 1, Count}, "allocs/op": {"allocs/op", 1, Count},
}

// scaled are the tokens of a compound's numerator that are scaled wherever they stand, p99-ns/op as well as MB*MB.
// benchunit knows ns and MB only; the others are as unmistakable. Short ones (s, m, h, %) are not here.
var scaled = map[string]Unit{
	"ns": {"sec", 1e-9, Time}, "us": {"sec", 1e-6, Time}, "\u00b5s": {"sec", 1e-6, Time}, "\u03bcs": {"sec", 1e-6, Time},
	"ms": {"sec", 1e-3, Time}, "sec": {"sec", 1, Time},
	"B": {"B", 1, Count}, "kB": {"B", 1e3, Count}, "KB": {"B", 1e3, Count},
	"MB": {"B", 1e6, Count}, "GB": {"B", 1e9, Count}, "TB": {"B", 1e12, Count},
	"KiB": {"B", 1 << 10, Count}, "MiB": {"B", 1 << 20, Count}, "GiB": {"B", 1 << 30, Count}, "TiB": {"B", 1 << 40, Count},
}

// alone are further numerators, known only where they are the whole numerator: s/op, bytes/op, requests/s.
var alone = map[string]Unit{
	"s": {"sec", 1, Time}, "secs": {"sec", 1, Time}, "second": {"sec", 1, Time}, "seconds": {"sec", 1, Time},
	"byte": {"B", 1, Count}, "bytes": {"B", 1, Count},
	"bit": {"B", 0.125, Count}, "kbit": {"B", 125, Count}, "Mbit": {"B", 125e3, Count}, "Gbit": {"B", 125e6, Count},
}

// perTime are further numerators, known only where they are the whole numerator of a rate.
var perTime = map[string]string{
	"": "1", "reqs": "req", "request": "req", "requests": "req", "op": "ops",
}

// clocks are the denominators that make a rate. A lone m is no minute here: m/s is a speed, and X/m nobody's.
var clocks = map[string]float64{
	"s": 1, "sec": 1, "second": 1,
	"ns": 1e-9, "us": 1e-6, "\u00b5s": 1e-6, "\u03bcs": 1e-6, "ms": 1e-3,
	"min": 60, "minute": 60, "h": 3600, "hour": 3600,
}

// countable are last words of a numerator that are counts, deterministic in principle.
var countable = map[string]bool{
	"allocs": true, "objects": true, "instructions": true, "count": true, "bytes": true, "errors": true, "queries": true,
	"calls": true, "syscalls": true,
}

// operations are the denominators that mean one unit of work, for which less is better.
var operations = map[string]bool{
	"op": true, "iter": true, "iteration": true, "req": true, "request": true, "call": true, "run": true,
}
