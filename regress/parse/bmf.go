package parse

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var bmfFormat = Format{
	Name:    "bmf",
	Doc:     "Bencher Metric Format, which the adapters and the json adapter of bencher.dev exchange",
	Example: "bencher mock > bmf.json",
	Metrics: "its measures: latency (ns), throughput (ops/s), build-time (s), file-size (B) and others",
	Sniff:   sniffBMF,
	Parse:   parseBMF,
}

// bmfMeasures are the measures that Bencher gives a unit; the direction is that
// of their names.
var bmfMeasures = map[string]metric{
	"latency":    {"latency", "ns", unit.Lower},
	"throughput": {"throughput", "ops/s", unit.Higher},
	"build-time": {"build-time", "s", unit.Lower},
	"file-size":  {"file-size", "B", unit.Lower},
}

// bmfIgnore are the ends of the names of benchmarks that Bencher raises no alert for.
var bmfIgnore = [...]string{"_bencher_ignore", "BencherIgnore", "-bencher-ignore"}

// parseBMF reads benchmark → measure → value. The bounds beside a value are of an
// interval that nobody has named, so they are no samples and left. Of version 1,
// benchmark → list of parameters and measures, percentiles are read too.
func parseBMF(r io.Reader, o Options) (*regress.Run, error) {
	b := bmf{strict.NewJSON(r, o.File), newCollector(o.File)}
	b.Object("the document", func(benchmark string) {
		if b.Kind() != '[' {
			b.measures(benchmark)
			return
		}
		b.Array(benchmark, func() { b.variant(benchmark) })
	})
	if err := b.Done(); err != nil {
		return nil, err
	}
	return b.finish("the file holds no metric")
}

type bmf struct {
	*strict.JSON
	*collector
}

// variant reads the measures of a benchmark with some parameters, which need not
// stand first. The same parameters once more are a further sample.
func (b *bmf) variant(benchmark string) {
	all := b.report
	b.report = newReport(b.file)
	var list []string
	b.Object(benchmark, func(key string) {
		switch key {
		case "parameters":
			list = b.parameters()
		case "measures":
			b.measures(benchmark)
		default:
			b.Skip()
		}
	})
	one := b.report
	b.report = all
	for _, s := range one.series {
		b.take(s.Benchmark+parameters(list), metric{s.Metric, s.Unit, s.Direction}, s.Samples...)
	}
}

// parameters reads the values in the order of their names; 16, 16.0 and 1.6e1 are
// one value.
func (b *bmf) parameters() (list []string) {
	b.Object("parameters", func(key string) {
		if kind := b.Kind(); kind == '{' || kind == '[' {
			b.Skip()
			b.Problem("the parameter %.80q is no single value", key)
			return
		}
		value := b.Token()
		text := value.String()
		if value.Kind() == '0' {
			if v, err := value.Float(); err == nil {
				text = strconv.FormatFloat(v, 'g', -1, 64)
			}
		}
		list = append(list, key+"="+text)
	})
	slices.Sort(list)
	return list
}

func (b *bmf) measures(benchmark string) {
	name := benchmark
	for _, end := range bmfIgnore {
		name = strings.TrimSuffix(name, end)
	}
	ignored := name != benchmark
	b.Object("the measures of "+benchmark, func(measure string) {
		m, known := bmfMeasures[strings.ToLower(measure)]
		if !known {
			m = metric{name: measure}
		}
		m.name = measure
		if ignored {
			m.better = unit.Info
		}
		b.Object(measure, func(field string) {
			switch {
			case field == "value":
				b.take(name, m, b.Number(field))
			case len(field) > 1 && field[0] == 'p' && field[1]-'0' <= 9:
				percentile := m
				percentile.name += "." + field
				b.take(name, percentile, b.Number(field))
			default:
				b.Skip()
			}
		})
	})
}

// sniffBMF accepts an object of benchmarks in which every measure has a value,
// and nothing but that and its bounds; or, in version 1, of lists with measures.
func sniffBMF(head []byte) bool {
	if firstByte(head) != '{' {
		return false
	}
	dec := jsontext.NewDecoder(bytes.NewReader(head), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	measured, foreign := false, false
	refuse := func() bool {
		foreign = true
		return false
	}
	sniffObject(dec, func(benchmark string) bool {
		switch kind := dec.PeekKind(); {
		case nativeFields[benchmark]:
			return refuse()
		case kind == '[':
			value, err := dec.ReadValue()
			if err != nil { // cut off, perhaps by the end of the head
				measured = measured || bytes.Contains(head, []byte(`"measures"`))
				return false
			}
			if !hasPaths(value, "[].parameters", "[].measures") {
				return refuse()
			}
			measured = true
			return true
		case kind != '{' && kind != 0:
			return refuse()
		}
		return sniffObject(dec, func(string) bool {
			if kind := dec.PeekKind(); kind != '{' {
				foreign = foreign || kind != 0
				return false
			}
			valued := false
			whole := sniffObject(dec, func(field string) bool {
				switch field {
				case "value":
					valued = true
				case "lower_value", "upper_value":
				default:
					return refuse()
				}
				return dec.SkipValue() == nil
			})
			if whole && !valued {
				foreign = true
			}
			measured = measured || valued
			return whole && !foreign
		})
	})
	return measured && !foreign
}
