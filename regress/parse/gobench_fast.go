package parse

const (
	benchmarkWord = "Benchmark"
	// fastMetrics is the largest number of metrics that fast reads.
	fastMetrics = 16
)

// fast reads a result line whose benchmark and metrics are known: nearly all
// lines. It does without allocations, and leaves everything unusual to result,
// which reads the same grammar. The line begins with the word Benchmark.
func (t *goText) fast(line []byte) bool {
	i := len(benchmarkWord)
	b := t.last
	if b == nil || !hasWord(line, i, b.word) {
		end := i
		for end < len(line) && line[end] > ' ' {
			end++
		}
		if b = t.pkg.benchmarks[string(line[i:end])]; b == nil {
			return false
		}
		t.last = b
	}
	start := skipBlanks(line, i+len(b.word))
	iterations, i := readDigits(line, start, 0)
	if n := i - start; n == 0 || n > maxDigits || iterations < 2 || len(b.metrics) > fastMetrics {
		return false
	}

	var values [fastMetrics]float64
	for k := range b.metrics {
		m := &b.metrics[k]
		start = skipBlanks(line, i)
		digits, end := readDigits(line, start, 0)
		n, exponent := end-start, m.shift
		if end < len(line) && line[end] == '.' {
			point := end + 1
			digits, end = readDigits(line, point, digits)
			n += end - point
			exponent -= end - point
		}
		v, ok := scale(digits, exponent)
		if start == i || n == 0 || n > maxDigits || !ok {
			return false
		}
		values[k] = v
		if start = skipBlanks(line, end); start == end || !hasWord(line, start, m.printed) {
			return false
		}
		i = start + len(m.printed)
	}
	if len(b.metrics) == 0 || skipBlanks(line, i) != len(line) {
		return false
	}
	for k := range b.metrics {
		m := &b.metrics[k]
		m.samples = append(m.samples, values[k])
	}
	t.run.results++
	return true
}

// hasWord tells that word stands at line[i:], and that it ends there.
func hasWord(line []byte, i int, word string) bool {
	end := i + len(word)
	return end <= len(line) && string(line[i:end]) == word &&
		(end == len(line) || line[end] == ' ' || line[end] == '\t')
}
