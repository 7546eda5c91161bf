package main

import (
	"fmt"
	"math"

	"github.com/org/regress-gate/regress/infer"
)

// rate is a measured quantity with its Monte-Carlo standard error. Probabilities
// are in percent.
type rate struct {
	value, se float64
	note      string // which of several it is, "" for a single one
}

// meanOf returns the mean over families, each of which counts once: the metrics
// of one family share its offsets.
func meanOf(families []float64) rate {
	m, n := mean(families), float64(len(families))
	squares := 0.0
	for _, v := range families {
		squares += (v - m) * (v - m)
	}
	if squares == 0 { // all alike, which still is no certainty: as if half a family were not
		return rate{value: m, se: 100 * math.Sqrt(0.5) / n}
	}
	return rate{value: m, se: math.Sqrt(squares / n / max(n-1, 1))}
}

// medianOf returns the median over families.
func medianOf(families []float64) rate {
	const efficiency = 1.2533 // √(π/2), of a median beside a mean
	return rate{value: infer.Median(families), se: efficiency * meanOf(families).se}
}

// String is "0.5 ±0.2".
func (r rate) String() string {
	text := fmt.Sprintf("%.1f ±%.1f", r.value, r.se)
	if r.note != "" {
		text += " (" + r.note + ")"
	}
	return text
}

// worst returns the largest of several, with the name of where it was measured.
func worst(l *lab, part int, scenarios []scenario) rate {
	most := rate{value: -1}
	for _, s := range scenarios {
		if r := l.measure(s)[0][part]; r.value > most.value {
			most = r
			most.note = s.world.name + ", n = " + fmt.Sprint(s.n)
		}
	}
	return most
}
