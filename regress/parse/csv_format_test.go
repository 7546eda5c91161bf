package parse

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCSV(t *testing.T) {
	checkTexts(t, "csv", []textCase{
		{
			name: "quoted names", why: "spreadsheets write commas, quotes and line ends so",
			text: "benchmark,metric,value\n\"a, \"\"b\"\"\",m,1\n", want: map[string]string{`a, "b" m`: "1"},
		},
		{name: "blanks around cells", why: "people align columns", text: "benchmark, metric , value\nA, m , 1 \n", want: map[string]string{"A m": "1"}},
		{name: "no column metric", why: "what is measured must be said", text: "benchmark,value\nA,1\n", err: "out:1: there is no column metric (the first line must name the columns"},
		{name: "no column value", why: "the same", text: "metric,unit\nA,1\n", err: "out:1: there is no column value"},
		{name: "another separator", why: "a decimal comma could be in it", text: "benchmark;metric;value;unit\nA;m;1,5;s\n", err: "separated by commas"},
		{name: "a column twice", why: "no one can say which of the two it is", text: "metric,value,value\nA,1,2\n", err: `out:1: two columns called "value"`},
		{name: "hexadecimal", why: "no tool writes it", text: "metric,value\nA,0x10\n", err: "out:2: A: value \"0x10\" is not a number"},
		{name: "an open quote", why: "the file is cut off", text: "metric,value\n\"A,1\n", err: "out:2: the file ends within a quoted field"},
		{
			name: "too much is wrong", why: "the first twenty are enough",
			text: "metric,value\n" + strings.Repeat("A,x\n", 1000), err: "out:21: A: value",
		},
	})
}

func TestSniffCSV(t *testing.T) {
	for head, want := range map[string]bool{
		"metric,value\n":                                  true,
		"value,unit,\"metric\",x\r\n1,2,3":                true,
		"metric,value":                                    true,
		"metric,value,value\n":                            true,
		"metric\tvalue\n":                                 false,
		"benchmark,value\n":                               false,
		"metric_name,timestamp,metric_value,check\n":      false,
		"name,iterations,real_time,cpu_time,time_unit\n":  false,
		"Time,Value\n":                                    false,
		"response-time,DNS+dialup,DNS,Request-write\n1,2": false,
		"":                       false,
		"\"metric,value\nx,1\n":  false,
		"some metric, a value\n": false,
	} {
		require.Equal(t, want, sniffCSV([]byte(head)), "%q", head)
	}
}

func TestCSVCut(t *testing.T) {
	text := fixture(t, "csv/run.handmade.csv")
	for n := range len(text) {
		run, err := Read(strings.NewReader(text[:n]), "out", "csv")
		last := text[strings.LastIndexByte(text[:n], '\n')+1 : n]
		switch cells := strings.Split(last, ","); {
		case strings.Count(text[:n], "\n") == 0, len(cells) > 1 && strings.Count(last, ",") != 3 && cells[0] != "\"Encode":
			require.Error(t, err, "after %d bytes", n)
		case err == nil && last != "":
			require.Len(t, run.Warnings, 1, "after %d bytes", n)
		}
	}
}

// TestCSVMillion holds that each row of a large file is a sample.
func TestCSVMillion(t *testing.T) {
	var b strings.Builder
	b.WriteString("metric,value,unit\n")
	for i := range 1_000_000 {
		fmt.Fprintf(&b, "p95,%d,ms\n", i)
	}
	run, err := Read(strings.NewReader(b.String()), "out", "")
	require.NoError(t, err)
	require.Len(t, run.Series, 1)
	require.Len(t, run.Series[0].Samples, 1_000_000)
}
