package parse

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/org/regress-gate/regress"
)

var gotestjsonFormat = Format{
	Name:    "gotestjson",
	Doc:     "events of go test -json",
	Example: "go test -json -run '^$' -bench . -benchmem -count 10 ./... > bench.ndjson",
	Metrics: "the same as gobench",
	Sniff:   sniffGoTestJSON,
	Parse:   parseGoTestJSON,
}

// parseGoTestJSON reads the events of go test -json. The events of several
// packages may be interleaved, and a result line is spread over two of them: the
// output of each package is put together again and read as the text that it was.
func parseGoTestJSON(r io.Reader, o Options) (*regress.Run, error) {
	s := goStreams{run: newGoRun(o.File), byPackage: map[string]*goStream{}, builds: map[string]int{}}
	plain := newGoText(s.run, "")
	var event goEvent
	lines := newLines(r)
	for lines.next() {
		lines.text = stripCI(lines.text)
		var err error
		switch {
		case len(lines.text) == 0 || lines.text[0] != '{':
			err = plain.line(lines) // standard error of the go command
		case lines.long:
			s.run.remark(lines.number, "an event of more than %d bytes is left out", maxLine)
		case event.decode(lines.text):
			err = s.event(&event, lines.number)
		case lines.cut:
			s.run.failure(lines.number, "the file is cut off within its last line: that line is left out")
		default:
			s.run.failure(lines.number, "not an event of go test -json, and left out: %.60q", lines.text)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := lines.failed(); err != nil {
		return nil, lineError(o.File, lines.number, "%w", err)
	}
	if err := plain.end(lines.number); err != nil {
		return nil, err
	}
	return s.finish(lines.number)
}

// goStream is the output of one package.
type goStream struct {
	text    *goText
	pending []byte // of a line whose end is still to come
	long    bool   // the line is too long: its rest is passed over
	begun   int    // the start event whose pass, fail or skip is still to come
}

type goStreams struct {
	run       *goRun
	byPackage map[string]*goStream
	order     []*goStream
	builds    map[string]int // import path of a build that failed → line
}

func (s *goStreams) of(pkg []byte) *goStream {
	if g := s.byPackage[string(pkg)]; g != nil {
		return g
	}
	g := &goStream{text: newGoText(s.run, string(pkg))}
	s.byPackage[string(pkg)] = g
	s.order = append(s.order, g)
	return g
}

func (s *goStreams) event(e *goEvent, number int) error {
	if s.run.time.IsZero() && len(e.time) > 0 {
		s.run.time, _ = time.Parse(time.RFC3339Nano, string(e.time))
	}
	g := s.of(e.pkg)
	switch string(e.action) {
	case "output":
		return g.write(e.output, number)
	case "start":
		g.begun = number
	case "build-fail":
		s.builds[string(e.importPath)] = number
	case "pass", "skip", "fail":
		if len(e.test) > 0 {
			break // its output says so as well
		}
		g.begun = 0
		if err := g.flush(number); err != nil {
			return err
		}
		if string(e.action) == "fail" {
			delete(s.builds, string(e.failedBuild))
			if !g.text.failed {
				g.text.failure(number, "package %.200q failed: its results may be incomplete", e.pkg)
			}
		}
		return g.text.outcome(number)
	}
	return nil
}

// write reads the lines that output completes.
func (g *goStream) write(output []byte, number int) error {
	for len(output) > 0 {
		line, rest, complete := bytes.Cut(output, []byte{'\n'})
		output = rest
		if !g.long {
			g.pending = append(g.pending, line...)
		}
		if len(g.pending) > maxLine {
			if isBenchmarkWord(g.pending) {
				return lineError(g.text.run.file, number, "a result line of more than %d bytes: the file is damaged", maxLine)
			}
			g.text.run.remark(number, "a line of more than %d bytes is left out", maxLine)
			g.pending, g.long = g.pending[:0], true
		}
		if !complete {
			break
		}
		if g.long {
			g.long = false
			continue
		}
		if err := g.flush(number); err != nil {
			return err
		}
	}
	return nil
}

// flush reads the pending line.
func (g *goStream) flush(number int) error {
	line := bytes.TrimSuffix(g.pending, []byte{'\r'})
	g.pending = g.pending[:0]
	if len(line) == 0 {
		return nil
	}
	return g.text.text(stripCI(line), number)
}

func (s *goStreams) finish(number int) (*regress.Run, error) {
	for _, g := range s.order {
		if len(g.pending) > 0 {
			if err := g.text.cutLine(stripCI(g.pending), number); err != nil {
				return nil, err
			}
		}
		if g.begun != 0 && !g.text.failed {
			g.text.open = g.begun
		}
		if err := g.text.end(number); err != nil {
			return nil, err
		}
	}
	for _, path := range slices.Sorted(maps.Keys(s.builds)) {
		s.run.failure(s.builds[path], "%.200q did not build", path)
	}
	return s.run.finish()
}
