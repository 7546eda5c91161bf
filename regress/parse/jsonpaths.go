package parse

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// hasPaths tells whether head is the beginning of a JSON document in which a
// value stands at every path, such as "results[].times" or "context.date". What
// ends the reading, the end of the head or an error, does not matter: the parser
// names the line of an error better.
func hasPaths(head []byte, paths ...string) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	if len(head) == 0 || head[0] != '{' && head[0] != '[' || head[0] == '[' != strings.HasPrefix(paths[0], "[") {
		return false
	}
	f := pathFinder{missing: map[string]bool{}, dec: jsontext.NewDecoder(plainNumbers(bytes.NewReader(head)),
		jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))}
	for _, path := range paths {
		f.missing[path] = true
	}
	f.value("")
	return len(f.missing) == 0
}

// pathFinder walks through a document until no path is missing.
type pathFinder struct {
	dec     *jsontext.Decoder
	missing map[string]bool
}

// value reads the value at a path, and tells whether to go on.
func (f *pathFinder) value(path string) bool {
	delete(f.missing, path)
	if len(f.missing) == 0 {
		return false
	}
	inside := false // of this value something is still missing
	for p := range f.missing {
		inside = inside || strings.HasPrefix(p, path)
	}
	kind := f.dec.PeekKind()
	if !inside || kind != '{' && kind != '[' {
		return f.dec.SkipValue() == nil
	}
	if _, err := f.dec.ReadToken(); err != nil {
		return false
	}
	for {
		next := path + "[]"
		switch k := f.dec.PeekKind(); {
		case k == 0:
			return false
		case k == '}' || k == ']':
			_, err := f.dec.ReadToken()
			return err == nil
		case kind == '{':
			key, err := f.dec.ReadToken()
			if err != nil {
				return false
			}
			next = strings.TrimPrefix(path+"."+key.String(), ".")
		}
		if !f.value(next) {
			return false
		}
	}
}
