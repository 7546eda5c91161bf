package parse

import (
	"bufio"
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

	// Raw says that the file is read as it is: nothing is decompressed or decoded,
	// and only the name of the format leads to it.
	Raw bool

	// Parse reads a whole file, which may be larger than memory. It leaves to
	// Read what all formats have in common: decompression, character encodings
	// and the check of the result.
	Parse func(r io.Reader, o Options) (*regress.Run, error)

	// Past, where files of this format may hold the results of earlier commits
	// too, reads all of them. It returns nil, and has read nothing, where the file
	// holds a single run. Nil for the formats whose files all do.
	Past func(r *bufio.Reader, o Options) (*Past, error)

	// Twin is the format that a file of this one is taken for, where nothing in
	// the file tells the two apart; this one must be named then.
	Twin string
}

// Past is what another gate has stored.
type Past struct {
	*regress.Baseline
	Warnings []regress.Warning // what was left out or renamed, in file order
}

// Options are what a parser is told beside the bytes.
type Options struct {
	File string // the name of the input in messages
}

// formats is the table. A row stands in the file of its format.
var formats = [...]Format{
	// Go
	gobenchFormat,
	gotestjsonFormat,

	// Load tools that print text
	wrkFormat,
	heyFormat,
	abFormat,
	siegeFormat,
	h2loadFormat,

	// k6, Artillery, JMeter, Locust
	k6Format,
	artilleryFormat,
	jmeterFormat,
	locustFormat,

	// Load tools with JSON reports, and their raw results
	vegetaFormat,
	bombardierFormat,
	autocannonFormat,
	ghzFormat,
	ohaFormat,

	// Benchmarks of other ecosystems, and other gates' files
	hyperfineFormat,
	gbenchFormat,
	criterionFormat,
	libtestFormat,
	pytestFormat,
	jmhFormat,
	benchmarkDotNetFormat,
	vitestFormat,
	benchmarkJSFormat,
	catch2Format,
	gabFormat,
	gabSmallerFormat,
	gabBiggerFormat,
	bmfFormat,

	// Monitoring and tracing
	prometheusFormat,
	prometheusAPIFormat,
	jaegerFormat,
	otlpFormat,

	// Profiles and machine counters
	pprofFormat,
	foldedFormat,
	gnutimeFormat,
	perfFormat,
	callgrindFormat,
	sizeFormat,

	// Anything that can write a number
	csvFormat,
	nativeFormat,
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
