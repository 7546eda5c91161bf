package parse

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// promSample is one line: name{labels} value [time] [# exemplar].
type promSample struct {
	name         string
	labels       []promLabel
	le, quantile string // taken out of the labels
	value        float64
	time         float64 // in seconds, 0 where there is none
	exemplar     bool
}

type promLabel struct{ name, value string }

// text returns the labels as Prometheus writes them, sorted: {a="1",b="x\"y"}, and
// nothing where there are none.
func (s *promSample) text() string {
	if len(s.labels) == 0 {
		return ""
	}
	slices.SortFunc(s.labels, func(a, b promLabel) int { return strings.Compare(a.name, b.name) })
	return promLabels(s.labels)
}

func promLabels(labels []promLabel) string {
	var b strings.Builder
	for i, l := range labels {
		b.WriteByte("{,"[min(i, 1)])
		b.WriteString(l.name + `="`)
		promEscape.WriteString(&b, l.value)
		b.WriteByte('"')
	}
	if len(labels) > 0 {
		b.WriteByte('}')
	}
	return b.String()
}

var promEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)

// code returns the HTTP status of the labels, by the names that are used for it.
func (s *promSample) code() string {
	for _, l := range s.labels {
		switch l.name {
		case "status", "code", "status_code", "http_status", "http_status_code", "http_response_status_code":
			return l.value
		}
	}
	return ""
}

var errPromSample = errors.New("not a sample: want name{label=\"value\"} number")

// parsePromSample reads a line of text format or OpenMetrics.
func parsePromSample(line string) (s promSample, err error) {
	end := strings.IndexAny(line, "{ \t")
	if end < 0 {
		return s, errPromSample
	}
	s.name = line[:end]
	rest := strings.TrimLeft(line[end:], " \t")
	if rest[:1] == "{" {
		if rest, err = s.parseLabels(rest[1:]); err != nil {
			return s, err
		}
	}
	if s.name == "" || strings.ContainsAny(s.name, `"#=,;/`) || s.name[0]-'0' <= 9 {
		return s, errPromSample
	}
	rest, _, s.exemplar = strings.Cut(rest, "#")
	f := strings.Fields(rest)
	if len(f) == 0 || len(f) > 2 {
		return s, errPromSample
	}
	var ok bool
	if s.value, ok = parseNumber([]byte(f[0]), 0); !ok {
		return s, fmt.Errorf("not a number: %.40q", f[0])
	}
	if len(f) == 2 {
		if s.time, ok = parseNumber([]byte(f[1]), 0); !ok || s.time-s.time != 0 {
			return s, fmt.Errorf("not a time stamp: %.40q", f[1])
		}
		if s.time > 1e11 { // milliseconds, as in the text format: 1e11 s is the year 5138
			s.time /= 1000
		}
	}
	return s, nil
}

// parseLabels reads the labels behind the brace, and returns what follows them. A
// quoted string without a value is the metric's name.
func (s *promSample) parseLabels(rest string) (string, error) {
	for {
		rest = strings.TrimLeft(rest, " \t,")
		if after, ok := strings.CutPrefix(rest, "}"); ok {
			return after, nil
		}
		var name, value string
		var ok bool
		if strings.HasPrefix(rest, `"`) {
			if name, rest, ok = promQuoted(rest); !ok {
				return "", errPromSample
			}
			rest = strings.TrimLeft(rest, " \t")
			if rest != "" && rest[0] != '=' {
				s.name = name
				continue
			}
			rest = strings.TrimPrefix(rest, "=")
		} else if name, rest, ok = strings.Cut(rest, "="); !ok {
			return "", errPromSample
		}
		name = strings.TrimSpace(name)
		if value, rest, ok = promQuoted(strings.TrimLeft(rest, " \t")); !ok || name == "" || strings.ContainsAny(name, "{}\" ") {
			return "", errPromSample
		}
		switch name {
		case "le":
			s.le = value
		case "quantile":
			s.quantile = value
		default:
			s.labels = append(s.labels, promLabel{name, value})
		}
	}
}

// promQuoted reads a string in double quotes, in which \\, \" and \n are escaped.
func promQuoted(text string) (value, rest string, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		return "", "", false
	}
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			return b.String(), text[i+1:], true
		case c == '\\' && i+1 < len(text):
			if i++; text[i] == 'n' {
				b.WriteByte('\n')
			} else {
				b.WriteByte(text[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", "", false
}
