package parse

import (
	"io"

	"github.com/org/regress-gate/regress"
)

var vegetaFormat = Format{
	Name:    "vegeta",
	Doc:     "report of vegeta (text, JSON, hist) or its raw results (binary, or vegeta encode to JSON or CSV)",
	Example: "vegeta report -type json results.bin > vegeta.json",
	Metrics: "latency.min, .mean, .p50, .p90, .p95, .p99, .max (raw results: .stdev, .p75), throughput, rate, success, error_rate, requests, duration, wait (raw results: errors); of hist: the share latency.below_BOUND",
	Sniff:   vegetaLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return vegetaLayouts.parse(r, o, "vegeta")
	},
}

var vegetaLayouts = layouts{
	{sniffVegetaReport, parseVegetaReport},
	{sniffVegetaText, parseVegetaText},
	{sniffVegetaHistogram, parseVegetaHistogram},
	{sniffVegetaJSON, parseVegetaJSON},
	{sniffVegetaCSV, parseVegetaCSV},
	{sniffVegetaGob, parseVegetaGob},
}
