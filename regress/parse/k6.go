package parse

import (
	"io"
	"strings"

	"github.com/org/regress-gate/regress"
)

var k6Format = Format{
	Name:    "k6",
	Doc:     "summary of k6 (JSON of --summary-export or handleSummary, text) or its raw points (--out json, --out csv)",
	Example: "k6 run --summary-export k6.json script.js",
	Metrics: "of each trend (http_req_duration, iteration_duration, your own) .mean, .min, .p50, .p90, .p95, .max and what summaryTrendStats asks for; of each rate (http_req_failed, checks) .rate; of each counter (http_reqs) .count, .rate; of each gauge (vus) .value, .min, .max; the same of sub-metrics (http_req_duration{status:200}.p95), and in the full text of each group and scenario",
	Sniff:   k6Layouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return k6Layouts.parse(r, o, "k6")
	},
}

var k6Layouts = layouts{
	{sniffK6Summary, parseK6Summary},
	{sniffK6Points, parseK6Points},
	{sniffK6CSV, parseK6CSV},
	{sniffK6Text, parseK6Text},
}

// k6Kind is the type of a metric of k6.
type k6Kind string

const (
	k6Counter k6Kind = "counter"
	k6Gauge   k6Kind = "gauge"
	k6Rate    k6Kind = "rate"
	k6Trend   k6Kind = "trend"
)

// k6Unit returns the unit of values of which k6 says only what they contain.
func k6Unit(kind k6Kind, contains string) string {
	switch {
	case contains == "time":
		return "ms"
	case contains == "data":
		return "B"
	case kind == k6Counter:
		return "count"
	}
	return "1"
}

// k6Type is what is known of a metric beside its values.
type k6Type struct {
	kind k6Kind
	unit string
}

// k6Own are the metrics that k6 itself emits, for the layouts that do not say of
// what type a metric is.
var k6Own = func() map[string]k6Type {
	own := map[string]k6Type{}
	for _, group := range []struct {
		k6Type
		names string
	}{
		{k6Type{k6Counter, "count"}, "http_reqs iterations dropped_iterations checks_total ws_sessions ws_msgs_sent ws_msgs_received grpc_streams grpc_streams_msgs_sent grpc_streams_msgs_received"},
		{k6Type{k6Counter, "B"}, "data_sent data_received browser_data_sent browser_data_received"},
		{k6Type{k6Gauge, "1"}, "vus vus_max"},
		{k6Type{k6Rate, "ratio"}, "checks checks_succeeded checks_failed http_req_failed browser_http_req_failed"},
		{k6Type{k6Trend, "ms"}, "http_req_duration http_req_blocked http_req_connecting http_req_tls_handshaking http_req_sending http_req_waiting http_req_receiving iteration_duration group_duration ws_connecting ws_session_duration ws_ping grpc_req_duration browser_http_req_duration browser_web_vital_fcp browser_web_vital_lcp browser_web_vital_inp browser_web_vital_ttfb browser_web_vital_fid"},
		{k6Type{k6Trend, "1"}, "browser_web_vital_cls"},
	} {
		for _, name := range strings.Fields(group.names) {
			own[name] = group.k6Type
		}
	}
	return own
}()

// k6Base returns the name of the metric that a sub-metric is part of.
func k6Base(name string) string {
	base, _, _ := strings.Cut(name, "{")
	return base
}

// k6Stat returns the house's word for a statistic of a trend: k6 writes p(95) or
// p95, whichever its layout.
func k6Stat(stat string) string {
	switch stat {
	case "avg":
		return "mean"
	case "med":
		return "p50"
	}
	if share, found := strings.CutPrefix(stat, "p("); found {
		return "p" + strings.TrimSuffix(share, ")")
	}
	return stat
}
