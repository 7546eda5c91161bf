package parse

import (
	"math"

	"github.com/org/regress-gate/regress/internal/strict"
)

func readJMH(j *strict.JSON) (r jmhResult) {
	var list []string
	j.Object("a result", func(key string) {
		switch {
		case key == "benchmark":
			r.name = j.Text(key)
		case key == "mode":
			r.mode = j.Text(key)
		case key == "threads":
			r.threads, _ = number(j, key)
		case key == "params" && j.Kind() == '{':
			j.Object(key, func(name string) { list = append(list, name+"="+j.Text(name)) })
		case key == "primaryMetric":
			r.primary = readJMHMetric(j, key)
		case key == "secondaryMetrics" && j.Kind() == '{':
			j.Object(key, func(name string) { r.secondary = append(r.secondary, readJMHMetric(j, name)) })
		default:
			j.Skip()
		}
	})
	if !j.Failed() && (r.name == "" || r.mode == "") {
		j.Problem("a result without a benchmark or a mode")
	}
	r.name += parameters(list)
	return r
}

func readJMHMetric(j *strict.JSON, name string) jmhMetric {
	m := jmhMetric{name: name}
	j.Object(name, func(key string) {
		switch key {
		case "score":
			m.score, m.known = number(j, key)
		case "scoreUnit":
			m.unit = j.Text(key)
		case "scorePercentiles":
			j.Object(key, func(p string) {
				if v, known := number(j, p); known {
					m.percentiles = append(m.percentiles, jmhPercentile{p, v})
				}
			})
		case "rawData":
			j.Array(key, func() { m.iterations = append(m.iterations, numbers(j, key)...) })
		case "rawDataHistogram":
			j.Array(key, func() {
				j.Array(key, func() {
					if mean := readJMHHistogram(j); !math.IsNaN(mean) {
						m.iterations = append(m.iterations, mean)
					}
				})
			})
		default:
			j.Skip()
		}
	})
	return m
}

// readJMHHistogram returns the mean of an iteration whose calls were sampled, a
// list of pairs of time and number. Calls are no samples of the benchmark: those
// of one iteration follow each other.
func readJMHHistogram(j *strict.JSON) float64 {
	sum, count := 0.0, 0.0
	j.Array("a histogram", func() {
		pair := numbers(j, "a bar of a histogram")
		if len(pair) != 2 {
			j.Problem("a bar of a histogram is a time and a number")
			return
		}
		sum += pair[0] * pair[1]
		count += pair[1]
	})
	return sum / count
}
