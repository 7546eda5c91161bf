package parse

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/org/regress-gate/regress"
)

var siegeFormat = Format{
	Name:    "siege",
	Doc:     "JSON and text of siege",
	Example: "siege -b -q -c 10 -t 30S -j http://127.0.0.1:8080/users > siege.json",
	Metrics: "latency.mean, .min, .max (in hundredths of a second), throughput, transfer_rate, requests, requests.succeeded, errors.failed, availability, duration",
	Sniff:   sniffSiege,
	Parse:   parseSiege,
}

// siegeResults are the results by their name in the JSON and in the text. Siege
// writes decimal megabytes.
var siegeResults = []struct {
	key, label   string
	metric, unit string
	by           scales
}{
	{"transactions", "Transactions", "requests", "count", scales{"": {1, 0}, "hits": {1, 0}}},
	{"availability", "Availability", "availability", "ratio", scales{"": {1, -2}, "%": {1, -2}}},
	{"elapsed_time", "Elapsed time", "duration", "s", siegeTimes},
	{"response_time", "Response time", "latency.mean", "s", siegeTimes},
	{"transaction_rate", "Transaction rate", "throughput", "req/s", scales{"": {1, 0}, "trans/sec": {1, 0}}},
	{"throughput", "Throughput", "transfer_rate", "MB/s", scales{"": {1, 0}, "MB/sec": {1, 0}}},
	{"successful_transactions", "Successful transactions", "requests.succeeded", "count", scales{"": {1, 0}, "hits": {1, 0}}},
	{"failed_transactions", "Failed transactions", "errors.failed", "count", scales{"": {1, 0}, "hits": {1, 0}}},
	{"longest_transaction", "Longest transaction", "latency.max", "s", siegeTimes},
	{"shortest_transaction", "Shortest transaction", "latency.min", "s", siegeTimes},
}

var siegeTimes = scales{"": {1, 0}, "secs": {1, 0}, "ms": {1, -3}}

// maxSiege bounds the JSON of one run; siege writes half a kilobyte.
const maxSiege = 64 << 10

// sniffSiege accepts an object with the first three keys, and the line of the
// text that no other tool has.
func sniffSiege(head []byte) bool {
	keys := 0
	for _, r := range siegeResults[:3] {
		if bytes.Contains(head, []byte(`"`+r.key+`":`)) {
			keys++
		}
	}
	return keys == 3 || anyLine(head, func(line []byte) bool {
		return bytes.HasPrefix(line, []byte("Transaction rate:")) && bytes.HasSuffix(bytes.TrimSpace(line), []byte("trans/sec"))
	}, "Transaction rate:")
}

// parseSiege reads any number of runs, among them what else siege prints.
func parseSiege(r io.Reader, o Options) (*regress.Run, error) {
	p := siegeParser{report: newReport(o.File)}
	if err := eachLine(r, o.File, p.line); err != nil {
		return nil, err
	}
	switch {
	case p.current != nil:
		return nil, lineError(o.File, p.current.line, "the results of siege have no end: siege was stopped, or the file is cut off")
	case len(p.series) == 0:
		return nil, fmt.Errorf("%s: no result of siege", o.File)
	}
	return p.run(), nil
}

type siegeParser struct {
	*report
	current *figures // nil outside of the results
	object  []byte   // the JSON up to here, nil in the text
}

func (p *siegeParser) line(l *lines) error {
	text := bytes.TrimSpace(l.text)
	var err error
	switch label, value, _ := strings.Cut(string(text), ":"); {
	case p.object != nil || p.current == nil && bytes.HasPrefix(text, []byte("{")):
		err = p.json(text, l.number)
	case p.current == nil && label != siegeResults[0].label:
		return nil
	default:
		if label == siegeResults[0].label && p.current != nil {
			return lineError(p.file, p.current.line, "the results of siege have no end: siege was stopped")
		}
		err = p.text(label, strings.Fields(value), l)
	}
	if err != nil {
		return lineError(p.file, l.number, "%w", err)
	}
	return nil
}

// text takes one line of the results. The shortest transaction is the last.
func (p *siegeParser) text(label string, value []string, l *lines) error {
	if p.current == nil {
		p.current = &figures{line: l.number}
	}
	for i, r := range siegeResults {
		if r.label != label {
			continue
		}
		number, unit := strings.Join(value[:min(1, len(value))], ""), strings.Join(value[min(1, len(value)):], " ")
		by, known := r.by[unit]
		if !known {
			return fmt.Errorf("%s: not what siege prints: %.80q", r.metric, value)
		}
		if l.cut && len(number)-strings.IndexByte(number, '.') != 3 {
			return fmt.Errorf("the file is cut off within this line: %s: %.80q", label, value)
		}
		if err := p.current.scaled(r.metric, r.unit, number, scales{"": by}); err != nil {
			return err
		}
		if i == len(siegeResults)-1 {
			return p.close()
		}
		break
	}
	return nil
}

// json takes one line of the object.
func (p *siegeParser) json(text []byte, number int) error {
	if p.current == nil {
		p.current = &figures{line: number}
	}
	p.object = append(append(p.object, text...), '\n')
	if len(p.object) > maxSiege {
		return fmt.Errorf("not the JSON of siege: an object of more than %d bytes", maxSiege)
	}
	if !bytes.HasSuffix(text, []byte("}")) {
		return nil
	}
	var values map[string]float64
	if err := json.Unmarshal(p.object, &values); err != nil {
		return fmt.Errorf("not the JSON of siege: %w", err)
	}
	p.object = nil
	for _, r := range siegeResults {
		value, found := values[r.key]
		if !found {
			return fmt.Errorf("not the JSON of siege: it has no %q", r.key)
		}
		p.current.known(r.metric, r.unit, &value, r.by[""].shift)
	}
	return p.close()
}

// close takes the finished run over into the report.
func (p *siegeParser) close() error {
	f := p.current
	p.current = nil
	for _, r := range siegeResults {
		if !f.has(r.metric) {
			return fmt.Errorf("the results of siege lack %q: the file is damaged", r.label)
		}
	}
	switch {
	case f.value("requests") == 0:
		return fmt.Errorf("not one request was answered, and %v failed: siege measured nothing", f.value("errors.failed"))
	case f.value("requests.succeeded") == 0: // siege counts an answer below 500 as available
		p.failure(f.line, "not one of %v requests was successful: latency and throughput are those of errors", f.value("requests"))
	}
	f.into(p.report)
	return nil
}
