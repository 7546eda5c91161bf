package profile

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// jaegerTrace is a request of 10 ms in which the database takes some.
func jaegerTrace(database int) string {
	return fmt.Sprintf(`{"traceID": "t", "processes": {"p1": {"serviceName": "users"}}, "spans": [
		{"spanID": "b", "operationName": "SELECT", "duration": %d, "processID": "p1", "references": [{"refType": "CHILD_OF", "spanID": "a"}]},
		{"spanID": "a", "operationName": "GET", "duration": %d, "processID": "p1", "references": []}]}`, database, database+6000)
}

func otlpTrace(database int) string {
	return fmt.Sprintf(`{"resourceSpans": [{"resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "users"}}]}, "scopeSpans": [{"spans": [
		{"traceId": "t", "spanId": "a", "name": "GET", "startTimeUnixNano": "1000", "endTimeUnixNano": "%d"},
		{"traceId": "t", "spanId": "b", "parentSpanId": "a", "name": "SELECT", "startTimeUnixNano": 1000, "endTimeUnixNano": %d}]}]}]}
`, 1000*(1+database+6000), 1000*(1+database))
}

func TestReadTraces(t *testing.T) {
	for format, trace := range map[string]func(int) string{
		"jaeger": func(d int) string { return `{"data": [` + jaegerTrace(d) + "," + jaegerTrace(d) + `], "total": 0}` },
		"otlp":   otlpTrace,
		"v3":     func(d int) string { return `{"result": ` + otlpTrace(d) + `}` },
	} {
		base, err := ReadTraces(strings.NewReader(trace(4000)))
		require.NoError(t, err, format)
		require.InDelta(t, 0.010, base.Total(0), 1e-12, "seconds of one trace: %s", format)
		costs := base.Costs(0)
		require.Equal(t, "users | GET", costs[0].Function)
		require.InDelta(t, 0.6, costs[0].Flat, 1e-9, "what it took itself")
		require.InDelta(t, 0.4, costs[1].Cum, 1e-9)

		head, err := ReadTraces(strings.NewReader(trace(14000)))
		require.NoError(t, err)
		got, explained, ok := Culprit(Growth(costs, head.Costs(0)), head.Total(0)/base.Total(0)-1, base.Samples(0), head.Samples(0))
		require.True(t, ok, format)
		require.Equal(t, "users | SELECT", got.Function)
		require.InDelta(t, 1, explained, 1e-9)
	}
}

func TestBrokenTraces(t *testing.T) {
	circle := `{"data": [{"spans": [{"spanID": "a", "duration": 1, "references": [{"spanID": "b"}]}, {"spanID": "b", "duration": 1, "references": [{"spanID": "a"}]}]}]}`
	for text, want := range map[string]string{
		`{"data": []}`: "no span",
		``:             "no span",
		`{"data": [`:   "reading traces",
		`{"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "x", "startTimeUnixNano": "soon", "endTimeUnixNano": "1"}]}]}]}`: "no time in nanoseconds",
		`{"resourceSpans": [{"scopeSpans": [{"spans": [{"name": "x", "startTimeUnixNano": "2", "endTimeUnixNano": "1"}]}]}]}`:    "ends before it begins",
		circle: "a circle",
	} {
		_, err := ReadTraces(strings.NewReader(text))
		require.ErrorContains(t, err, want)
	}
	_, err := ReadTraces(strings.NewReader(circle[:len(circle)-len(`]}]}`)] + `, {"spanID": "c", "duration": ` + fmt.Sprint(math.MaxInt32) + `}]}]}`))
	require.NoError(t, err, "a circle beside a trace: nothing runs for ever")
}
