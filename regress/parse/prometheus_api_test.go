package parse

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestPrometheusAPI compares each answer with what jq found in it.
func TestPrometheusAPI(t *testing.T) {
	paths, err := filepath.Glob("testdata/prometheus-api/*" + truthSuffix)
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			var want struct {
				Parse  string
				Values []string
				Series []struct {
					Labels map[string]string
					Value  *string
					Mean   float64 `json:"mean_of_finite"`
					Median float64 `json:"median_of_finite"`
					Max    float64
				}
			}
			require.NoError(t, json.Unmarshal(data, &want))
			run, err := readFile(t, strings.TrimSuffix(path, truthSuffix))
			if want.Parse != "ok" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			got := values(run)
			for _, v := range want.Values {
				require.Equal(t, v, strconv.FormatFloat(got["value"], 'f', -1, 64))
			}
			for _, s := range want.Series {
				r := promResult{Metric: s.Labels}
				report := newReport("")
				r.Value = nil
				require.Error(t, report.promSeries(&r, ""), "it has no value")
				key := report.series[0].Key.String()
				factor := 1.0
				if strings.HasSuffix(key, "_percent") {
					factor = 0.01
				}
				switch {
				case s.Value == nil:
					require.InDelta(t, s.Median*factor, got[key+".median"], 1e-9*s.Max)
					require.InDelta(t, s.Mean*factor, got[key+".mean"], 1e-9*s.Max)
					require.InDelta(t, s.Max*factor, got[key+".max"], 1e-9*s.Max)
				default:
					v, err := strconv.ParseFloat(*s.Value, 64)
					require.NoError(t, err)
					if v-v != 0 {
						require.NotEmpty(t, run.Series[0].Broken+run.Series[len(run.Series)-1].Broken, "NaN and +Inf are no values")
						continue
					}
					require.Equal(t, v, got[key])
				}
			}
		})
	}
}

func TestPrometheusAPIRefuses(t *testing.T) {
	const head = `{"status":"success","data":{"resultType":`
	for _, c := range []struct{ why, in, err string }{
		{"a string", head + `"string","result":[1,"x"]}}`, `the result is a "string", and no number`},
		{"a value without quotes", head + `"vector","result":[{"metric":{},"value":[1,2]}]}}`, "not a time and a value in quotes: 1, 2"},
		{"no value", head + `"vector","result":[{"metric":{}}]}}`, "not a time and a value"},
		{"something else", head + `"vector","result":{}}}`, "cannot stand here"},
		{"no status", `{"data":{"resultType":"vector","result":[]}}`, "no answer of Prometheus"},
		{"cut", head + `"vector","result":[{"metric":{},"value":[1,"2"]`, "truncated"},
		{"two answers", head + `"scalar","result":[1,"2"]}}` + head, "text follows"},
		{"too large", head + `"` + strings.Repeat("x", MaxAnswer), "larger than can be read at once"},
	} {
		_, err := Read(strings.NewReader(c.in), "f", "prometheus-api")
		require.ErrorContains(t, err, c.err, c.why)
	}
	run, err := ReadQuery(strings.NewReader(head+`"vector","result":[{"metric":{"__name__":"up","a":"\n"},"value":[1,"2000"]}]},"warnings":["part of it"]}`), "f", "p95_milliseconds")
	require.NoError(t, err)
	require.Equal(t, map[string]string{`{a="\n"} p95_milliseconds`: "2"}, summary(run))
	require.Equal(t, "f: Prometheus: part of it", run.Warnings[0].String())
}
