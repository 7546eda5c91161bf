package parse

import (
	"strings"
	"time"
)

// read takes the values of a line. Their form tells the type.
func (m *k6Metric) read(text string) bool {
	f := strings.Fields(text)
	if len(f) == 0 {
		return false
	}
	pairs := map[string]string{}
	var order []string
	stat := ""
	for _, word := range f {
		if name, value, found := strings.Cut(word, "="); found {
			stat = name
			pairs[stat] = value
			order = append(order, stat)
		} else {
			pairs[stat] = strings.TrimSpace(pairs[stat] + " " + word) // 1.2 kB
		}
	}
	kind := k6Trend
	plain := pairs[""]
	switch {
	case strings.Contains(f[0], "="):
	case strings.HasSuffix(f[0], "%"):
		return m.readRate(f)
	case len(order) > 0:
		kind = k6Gauge
		pairs["value"] = plain
		order = append([]string{"value"}, order...)
	default:
		return m.readCounter(f)
	}
	for _, stat := range order {
		value, unit, ok := k6Printed(pairs[stat])
		if !ok {
			return false
		}
		if m.unit == "" && stat != "count" {
			m.unit = unit
		}
		m.set(stat, value)
	}
	m.kind, m.samples = kind, -1
	if count, known := m.find("count"); known {
		m.samples = count
	}
	return true
}

// readRate reads 27.50% 11 out of 40, and 27.50% ✓ 11 ✗ 29 of k6 before v0.57.
func (m *k6Metric) readRate(f []string) bool {
	share, ok := parseNumber([]byte(strings.TrimSuffix(f[0], "%")), -2)
	var counts []float64
	for _, word := range f[1:] {
		if n, ok := parseNumber([]byte(word), 0); ok {
			counts = append(counts, n)
		}
	}
	m.samples = -1
	if len(counts) == 2 {
		m.samples = counts[1]
		if strings.Contains(strings.Join(f, " "), "✓") {
			m.samples += counts[0]
		}
		if m.samples > 0 {
			share = counts[0] / m.samples
		}
	}
	m.kind, m.unit = k6Rate, "ratio"
	m.set("rate", share)
	return ok
}

// readCounter reads 4854 1212.692598/s, and 2.8 MB 693 kB/s.
func (m *k6Metric) readCounter(f []string) bool {
	half := len(f) / 2
	rate, found := strings.CutSuffix(strings.Join(f[half:], " "), "/s")
	count, unit, ok := k6Printed(strings.Join(f[:half], " "))
	perSecond, _, rated := k6Printed(rate)
	if !found || !ok || !rated {
		return false
	}
	m.kind, m.unit, m.samples = k6Counter, unit, -1
	if unit == "1" {
		m.unit = "count"
	}
	m.set("count", count)
	m.set("rate", perSecond)
	return true
}

// k6Bytes are the decimal units in which k6 prints sizes.
var k6Bytes = map[string]int{"B": 0, "kB": 3, "MB": 6, "GB": 9, "TB": 12, "PB": 15, "EB": 18, "ZB": 21, "YB": 24}

// k6Printed reads a number (6472), a size (2.8 MB) or a time (1m30s, 513.92µs).
func k6Printed(text string) (value float64, unit string, ok bool) {
	if number, size, found := strings.Cut(text, " "); found {
		shift, known := k6Bytes[size]
		value, ok := parseNumber([]byte(number), shift)
		return value, "B", ok && known
	}
	if value, ok := parseNumber([]byte(text), 0); ok {
		return value, "1", true
	}
	d, err := time.ParseDuration(text)
	return d.Seconds(), "s", err == nil
}
