package parse

import "bytes"

// goEvent is one event (go doc test2json). Its fields are valid until the next
// one is decoded.
type goEvent struct {
	jsonLine
	time, action, pkg, importPath, test, output, failedBuild []byte
}

// field returns where the field of that name is kept, nil for one of no use here.
// All of them are strings.
func (e *goEvent) field(name []byte) (*[]byte, byte) {
	switch string(name) {
	case `"Time"`:
		return &e.time, '"'
	case `"Action"`:
		return &e.action, '"'
	case `"Package"`:
		return &e.pkg, '"'
	case `"ImportPath"`:
		return &e.importPath, '"'
	case `"Test"`:
		return &e.test, '"'
	case `"Output"`:
		return &e.output, '"'
	case `"FailedBuild"`:
		return &e.failedBuild, '"'
	}
	return nil, 0
}

// decode reads one line, and tells whether it is an event.
func (e *goEvent) decode(line []byte) bool {
	e.time, e.action, e.pkg, e.importPath, e.test, e.output, e.failedBuild = nil, nil, nil, nil, nil, nil, nil
	return e.members(line, e.field) && len(e.action) > 0
}

// sniffGoTestJSON accepts lines of which one is an event of go test -json.
func sniffGoTestJSON(head []byte) bool {
	if !bytes.Contains(head, []byte(`"Action"`)) {
		return false
	}
	var e goEvent
	for line := range bytes.Lines(head) {
		line = stripCI(bytes.Clone(bytes.TrimRight(line, "\r\n")))
		if len(line) > 0 && line[0] == '{' && e.decode(line) && isGoAction(e.action) && len(e.pkg)+len(e.importPath) > 0 {
			return true
		}
	}
	return false
}

func isGoAction(action []byte) bool {
	switch string(action) {
	case "start", "run", "pause", "cont", "pass", "bench", "fail", "output", "skip", "attr", "build-output", "build-fail":
		return true
	}
	return false
}
