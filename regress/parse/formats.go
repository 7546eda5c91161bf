package parse

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/org/regress-gate/regress"
)

// Format is one input format: one file of this package, one row of the table
// and one folder of testdata. Usage text, documentation and contract tests range
// over the table.
type Format struct {
	Name    string // the word of --from
	Doc     string // one line: what it is and what makes it
	Example string // a command that makes such a file
	Metrics string // which metrics it yields, one line

	// Sniff tells from the first bytes of a file (at most 64 KiB, decompressed,
	// UTF-8, without a byte order mark) whether it is in this format. It is
	// exact: no file is accepted by two formats.
	Sniff func(head []byte) bool

	// Parse reads a whole file, which may be larger than memory. It leaves to
	// Read what all formats have in common: decompression, character encodings
	// and the check of the result.
	Parse func(r io.Reader, o Options) (*regress.Run, error)
}

// Options are what a parser is told beside the bytes.
type Options struct {
	File string // the name of the input in messages
}

var formats = [...]Format{
	{
		Name:    "gobench",
		Doc:     "text of go test -bench",
		Example: "go test -run '^$' -bench . -benchmem -count 10 ./... > bench.txt",
		Metrics: "sec/op, B/op, allocs/op, B/s and every unit of b.ReportMetric, for each benchmark",
		Sniff:   sniffGoBench,
		Parse:   parseGoBench,
	},
	{
		Name:    "gotestjson",
		Doc:     "events of go test -json",
		Example: "go test -json -run '^$' -bench . -benchmem -count 10 ./... > bench.ndjson",
		Metrics: "the same as gobench",
		Sniff:   sniffGoTestJSON,
		Parse:   parseGoTestJSON,
	},
	{
		Name:    "native",
		Doc:     "run or baseline JSON of regress-gate itself, or a flat map of metric to number",
		Example: `echo '{"p95_latency": 95.2}' > run.json`,
		Metrics: "those that the file names",
		Sniff:   sniffNative,
		Parse:   parseNative,
	},
}

// List returns the formats in the order in which documentation shows them. The
// caller owns the slice.
func List() []Format { return slices.Clone(formats[:]) }

// Lookup returns the format with that name. The error lists the valid names.
func Lookup(name string) (Format, error) {
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("unknown input format %.40q (one of auto, %s)", name, strings.Join(names(formats[:]), ", "))
}

func names(list []Format) []string {
	names := make([]string, len(list))
	for i, f := range list {
		names[i] = f.Name
	}
	return names
}
