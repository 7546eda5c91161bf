package parse

import (
	"bytes"
	"io"

	"github.com/org/regress-gate/regress"
)

var abFormat = Format{
	Name:    "ab",
	Doc:     "text of ab (ApacheBench), its percentiles (-e) and its requests (-g)",
	Example: "ab -q -n 10000 -c 10 -e ab.csv http://127.0.0.1:8080/users > ab.txt",
	Metrics: "latency.mean, .min, .max, .p50, .p75, .p90, .p95, .p99 (text more; -e has no mean), throughput, transfer_rate, requests, duration, bytes_read, error_rate (by status), errors.status, .failed (other lengths too), .connect, .receive, .exceptions, .write",
	Sniff:   sniffAB,
	Parse:   parseAB,
}

func parseAB(r io.Reader, o Options) (*regress.Run, error) {
	return parseVariant(r, o.File, func(first []byte) variant {
		switch {
		case isABPercentiles(first):
			return &abPercentiles{report: newReport(o.File)}
		case isABRows(first):
			return &abRows{report: newReport(o.File)}
		}
		return &abText{report: newReport(o.File), targets: targets{}}
	})
}

// sniffAB accepts the headers of the two tables, and the line that begins the text.
func sniffAB(head []byte) bool {
	first := firstLine(head)
	return isABPercentiles(first) || isABRows(first) || anyLine(head, func(line []byte) bool {
		return bytes.HasPrefix(bytes.TrimSpace(line), []byte(abBegin))
	}, "ApacheBench")
}

const abBegin = "This is ApacheBench, Version "

// isABPercentiles accepts the header of -e, also as a spreadsheet saves it where
// the comma is in the numbers.
func isABPercentiles(line []byte) bool {
	rest, found := bytes.CutPrefix(line, []byte("Percentage served"))
	return found && (string(rest) == ",Time in ms" || string(rest) == ";Time in ms")
}

func isABRows(line []byte) bool {
	return string(line) == "starttime\tseconds\tctime\tdtime\tttime\twait"
}
