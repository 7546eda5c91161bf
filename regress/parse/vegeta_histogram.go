package parse

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

func isVegetaHistogram(line string) bool {
	return slices.Equal(strings.Fields(line), []string{"Bucket", "#", "%", "Histogram"})
}

func sniffVegetaHistogram(head []byte) bool {
	return anyLine(head, func(line []byte) bool { return isVegetaHistogram(string(line)) }, "Histogram")
}

// parseVegetaHistogram reads the report -type=hist: how many requests took how
// long. The share below each bound is what the file knows for certain, and what a
// service level is agreed on; quantiles would have to be guessed within a bucket.
//
//	Bucket           #    %        Histogram
//	[0s,     1ms]    385  96.25%   ####
//	[1ms,    +Inf]   15   3.75%    ##
func parseVegetaHistogram(r io.Reader, o Options) (*regress.Run, error) {
	h := vegetaHistogram{file: o.File}
	if err := eachLine(r, o.File, h.line); err != nil {
		return nil, err
	}
	switch {
	case !h.closed:
		return nil, fmt.Errorf("%s: the histogram has no last bucket, up to +Inf: the file is cut off", o.File)
	case h.total == 0:
		return nil, fmt.Errorf("%s: the histogram is empty: nothing was measured", o.File)
	}
	report := newReport(o.File)
	below := 0.0
	for _, b := range h.buckets[:len(h.buckets)-1] {
		below += b.count
		report.add("", "latency.below_"+b.bound, "ratio", below/h.total)
		report.series[len(report.series)-1].Direction = unit.Higher
	}
	report.add("", "requests", "count", h.total)
	return report.run(), nil
}

type vegetaHistogram struct {
	file          string
	buckets       []vegetaBucket
	total         float64
	begun, closed bool // the first line and the last bucket were read
}

type vegetaBucket struct {
	bound string
	count float64
}

func (h *vegetaHistogram) line(l *lines) error {
	text := strings.TrimSpace(string(l.text))
	switch {
	case isVegetaHistogram(text):
		*h = vegetaHistogram{file: h.file, begun: true} // -every writes it again and again: the last one counts
	case h.begun && !h.closed && text != "":
		b, err := readVegetaBucket(text)
		if err != nil {
			return lineError(h.file, l.number, "%w", err)
		}
		h.closed = b.bound == "+Inf"
		h.total += b.count
		h.buckets = append(h.buckets, b)
	}
	return nil
}

// readVegetaBucket reads the upper bound of a row and its count.
func readVegetaBucket(line string) (b vegetaBucket, err error) {
	bounds, rest, closed := strings.Cut(strings.TrimPrefix(line, "["), "]")
	_, bound, ok := strings.Cut(bounds, ",")
	f := strings.Fields(rest)
	if !closed || !ok || len(f) == 0 {
		return b, fmt.Errorf("not a bucket of the histogram: %.60q", line)
	}
	n, err := strconv.ParseUint(f[0], 10, 64)
	if err != nil {
		return b, fmt.Errorf("not the count of a bucket: %.60q", f[0])
	}
	return vegetaBucket{strings.TrimSpace(bound), float64(n)}, nil
}
