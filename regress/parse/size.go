package parse

import (
	"fmt"
	"io"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/unit"
)

var sizeFormat = Format{
	Name:    "size",
	Doc:     "the size of any file: a binary, a bundle, an image (only by name: --from size)",
	Example: "regress-gate check --from size --baseline sizes.json 'dist/*.js'",
	Metrics: "size (exact)",
	Raw:     true,
	Sniff:   func([]byte) bool { return false },
	Parse:   parseSize,
}

// parseSize counts the bytes of a file as it stands on the disk. The benchmark is
// the file. A size has no noise.
func parseSize(r io.Reader, o Options) (*regress.Run, error) {
	n, err := io.Copy(io.Discard, r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	if n == 0 {
		return nil, fmt.Errorf("%s: the file is empty: the step that should have written it failed", o.File)
	}
	return &regress.Run{Series: []regress.Series{{
		Key: regress.Key{Benchmark: o.File, Metric: "size"}, Unit: "B", Direction: unit.Lower, Exact: true, Samples: []float64{float64(n)},
	}}}, nil
}
