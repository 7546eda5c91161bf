package parse

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/internal/strict"
	"github.com/org/regress-gate/regress/unit"
)

var prometheusAPIFormat = Format{
	Name:    "prometheus-api",
	Doc:     "answers of Prometheus' HTTP API, query and query_range",
	Example: "curl -sG http://127.0.0.1:9090/api/v1/query --data-urlencode 'query=histogram_quantile(0.95, …)' > p95.json",
	Metrics: "the name of the series, or value; of a range NAME.median (judged), .mean, .max",
	Sniff:   sniffPrometheusAPI,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return parsePrometheusAPI(r, o, "")
	},
}

// MaxAnswer is the largest answer of Prometheus that is read, in bytes.
const MaxAnswer = 32 << 20

// ReadQuery reads an answer of Prometheus' HTTP API and calls its series by name,
// whatever they are called there. Source is where it came from in messages.
func ReadQuery(r io.Reader, source, name string) (*regress.Run, error) {
	wrap := Format{Parse: func(r io.Reader, o Options) (*regress.Run, error) { return parsePrometheusAPI(r, o, name) }}
	return wrap.read(r, source)
}

type promAnswer struct {
	Status    string   `json:"status"`
	ErrorType string   `json:"errorType"`
	Error     string   `json:"error"`
	Warnings  []string `json:"warnings"`
	Data      *struct {
		ResultType string         `json:"resultType"`
		Result     jsontext.Value `json:"result"`
	} `json:"data"`
}

// promResult is one series of a vector or of a matrix.
type promResult struct {
	Metric    map[string]string  `json:"metric"`
	Value     []jsontext.Value   `json:"value"`
	Values    [][]jsontext.Value `json:"values"`
	Histogram []jsontext.Value   `json:"histogram"`
	Native    []jsontext.Value   `json:"histograms"`
}

func parsePrometheusAPI(r io.Reader, o Options, name string) (*regress.Run, error) {
	var a promAnswer
	j := strict.NewJSON(&limited{r: r, left: MaxAnswer}, o.File)
	j.Unmarshal(&a)
	if err := j.Done(); err != nil {
		return nil, err
	}
	switch {
	case a.Status == "error" || a.Error != "":
		return nil, fmt.Errorf("%s: Prometheus answered with an error: %.40s: %.500s", o.File, a.ErrorType, a.Error)
	case a.Status != "success" || a.Data == nil:
		return nil, fmt.Errorf("%s: no answer of Prometheus: the status is %.40q", o.File, a.Status)
	}
	report := newReport(o.File)
	for _, text := range a.Warnings {
		report.failure(0, "Prometheus: %.500s", text)
	}
	inner := strict.NewJSON(bytes.NewReader(a.Data.Result), o.File)
	var err error
	switch a.Data.ResultType {
	case "scalar":
		var pair []jsontext.Value
		inner.Unmarshal(&pair)
		if inner.Failed() {
			return nil, inner.Done()
		}
		err = report.instant(pair, "", cmp.Or(name, "value"))
	case "vector", "matrix":
		var list []promResult
		inner.Unmarshal(&list)
		if inner.Failed() {
			return nil, inner.Done()
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("%s: the query found no series: that is no data, and not 0", o.File)
		}
		for i := range list {
			err = errors.Join(err, report.promSeries(&list[i], name))
		}
	default:
		err = fmt.Errorf("the result is a %.40q, and no number", a.Data.ResultType)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.File, err)
	}
	return report.run(), nil
}

func (r *report) promSeries(s *promResult, name string) error {
	if len(s.Histogram)+len(s.Native) > 0 {
		r.failure(0, "a native histogram is left out: query a quantile of it")
		return nil
	}
	var labels []promLabel
	for label, value := range s.Metric {
		if label != "__name__" {
			labels = append(labels, promLabel{label, value})
		}
	}
	one := promSample{labels: labels}
	name = cmp.Or(name, s.Metric["__name__"], "value")
	if s.Values == nil {
		return r.instant(s.Value, one.text(), name)
	}
	return r.span(s.Values, one.text(), name)
}

// instant takes [time, "value"]. A value that is NaN makes the series Broken.
func (r *report) instant(pair []jsontext.Value, labels, name string) error {
	v, err := promValue(pair)
	base, factor := promUnit(name)
	r.add(labels, name, base, v*factor)
	return err
}

// span takes the points of a range, which are no independent samples: load begins
// and ends within it, so that the median is what can be compared. Points that are
// NaN say that there was nothing to measure.
func (r *report) span(points [][]jsontext.Value, labels, name string) error {
	var finite []float64
	sum := 0.0
	base, factor := promUnit(name)
	for _, pair := range points {
		v, err := promValue(pair)
		if err != nil {
			return err
		}
		if v *= factor; v-v == 0 {
			finite = append(finite, v)
			sum += v
		}
	}
	if len(finite) == 0 {
		r.add(labels, name+".median", base, nan)
		return nil
	}
	slices.Sort(finite)
	n := len(finite)
	direction := unit.DirectionOf(name, base)
	r.directed(labels, name+".median", base, direction, (finite[(n-1)/2]+finite[n/2])/2)
	r.directed(labels, name+".mean", base, unit.Info, sum/float64(n))
	r.directed(labels, name+".max", base, unit.Info, finite[n-1])
	if n < len(points) {
		r.remark(0, "%.200s%.200s: %d of %d points are no numbers, and left out", name, labels, len(points)-n, len(points))
	}
	return nil
}

func promValue(pair []jsontext.Value) (float64, error) {
	if len(pair) == 2 && pair[1].Kind() == '"' {
		text, err := jsontext.AppendUnquote(nil, pair[1])
		if v, ok := parseNumber(text, 0); ok && err == nil {
			return v, nil
		}
	}
	return nan, fmt.Errorf(`not a time and a value in quotes: %.80s`, bytes.Join(asBytes(pair), []byte(", ")))
}

func asBytes(values []jsontext.Value) (b [][]byte) {
	for _, v := range values {
		b = append(b, v)
	}
	return b
}

// sniffPrometheusAPI accepts an object with a status and a result that has a type,
// or an error that has one.
func sniffPrometheusAPI(head []byte) bool {
	return hasPaths(head, "status", "data.resultType") || hasPaths(head, "status", "errorType", "error")
}
