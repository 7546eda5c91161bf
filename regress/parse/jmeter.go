package parse

import (
	"io"

	"github.com/org/regress-gate/regress"
)

var jmeterFormat = Format{
	Name:    "jmeter",
	Doc:     "results of JMeter (jtl as CSV or XML), statistics.json of its dashboard, or the summariser's lines",
	Example: "jmeter -n -t plan.jmx -l results.jtl",
	Metrics: "of the whole run and of each label latency.mean, .stdev, .min, .max, .p50, .p75, .p90, .p95, .p99, throughput, transfer_rate, requests, errors, error_rate (as far as the columns tell)",
	Sniff:   jmeterLayouts.sniff,
	Parse: func(r io.Reader, o Options) (*regress.Run, error) {
		return jmeterLayouts.parse(r, o, "JMeter")
	},
}

var jmeterLayouts = layouts{
	{sniffJMeterCSV, parseJMeterCSV},
	{sniffJMeterXML, parseJMeterXML},
	{sniffJMeterStatistics, parseJMeterStatistics},
	{sniffJMeterConsole, parseJMeterConsole},
}
