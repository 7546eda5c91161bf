package parse

import (
	"bytes"
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var heyFormat = Format{
	Name:    "hey",
	Doc:     "text and CSV of hey",
	Example: "hey -z 30s -c 10 http://127.0.0.1:8080/users > hey.txt",
	Metrics: "latency.mean, .min, .max, .p50, .p75, .p90, .p95, .p99 (text also .p10, .p25; CSV also .stdev), throughput (CSV: throughput_est), requests, duration, bytes_read, error_rate, errors.status, errors.transport",
	Sniff:   sniffHey,
	Parse:   parseHey,
}

func parseHey(r io.Reader, o Options) (*regress.Run, error) {
	return parseVariant(r, o.File, func(first []byte) variant {
		if isHeyHeader(first) {
			return &heyRows{report: newReport(o.File)}
		}
		return &heyText{report: newReport(o.File)}
	})
}

// sniffHey accepts the header of the CSV, and the two lines that begin the text:
// tools with a text that is made like it have another line between them.
func sniffHey(head []byte) bool {
	begun := false
	return isHeyHeader(firstLine(head)) || anyLine(head, func(line []byte) bool {
		f := strings.Fields(string(line))
		if begun && len(f) == 3 && f[0] == "Total:" && f[2] == "secs" {
			return true
		}
		begun = string(bytes.TrimSpace(line)) == heyBegin
		return false
	}, heyBegin)
}

func isHeyHeader(line []byte) bool {
	return bytes.HasPrefix(line, []byte("response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read"))
}
