package unit

// look is the way numbers of one unit are written.
type look struct {
	factor float64 // to the unit in which the steps count
	steps  []step  // prefixes by size; never empty
	unit   int     // the step without a prefix: for zero and for exponents
	full   float64 // whole numbers below are shown in full
	share  bool    // percent
	tail   string  // behind the label
}

// step is a prefix: its size in base units, and what stands behind the number.
type step struct {
	size  float64
	label string
}

var (
	timeSteps    = []step{{1e-9, " ns"}, {1e-6, " \u00b5s"}, {1e-3, " ms"}, {1, " s"}}
	binarySteps  = []step{{1, " B"}, {1 << 10, " KiB"}, {1 << 20, " MiB"}, {1 << 30, " GiB"}, {1 << 40, " TiB"}}
	decimalSteps = []step{{1, " B"}, {1e3, " kB"}, {1e6, " MB"}, {1e9, " GB"}, {1e12, " TB"}}
	percentSteps = []step{{0.01, " %"}}
	numberSteps  = []step{{1, ""}, {1e3, "k"}, {1e6, "M"}, {1e9, "G"}, {1e12, "T"}}
)

// lookOf returns how numbers in the unit s are written.
func lookOf(s string) look {
	u := Parse(s)
	p, simple := split(u.Base)
	tail := ""
	if p.per && p.den != "op" {
		tail = "/" + p.den
	}
	switch {
	case simple && u.Class == Time:
		return look{factor: u.Factor, steps: timeSteps, unit: len(timeSteps) - 1, tail: tail}
	case simple && u.Class == Count && last(p.num) == "B":
		return look{factor: u.Factor, steps: binarySteps, full: 1000, tail: tail}
	case simple && u.Class == Rate && last(p.num) == "B":
		return look{factor: u.Factor, steps: decimalSteps, full: 1000, tail: tail}
	case u.Base == "ratio":
		return look{factor: u.Factor, steps: percentSteps, share: true}
	}
	l := look{factor: u.Factor, steps: numberSteps, full: 1000}
	if u.Class == Count {
		l.full = 1e6
	}
	switch u.Base {
	case "", "1", "count": // a number says as much
	case "1/s":
		l.tail = "/s"
	default:
		l.tail = " " + u.Base
	}
	return l
}
