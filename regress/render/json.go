package render

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"

	"github.com/org/regress-gate/regress"
)

// renderJSON writes the report's own JSON.
func renderJSON(w io.Writer, r *regress.Report, _ Options) error { return writeJSON(w, r) }

// writeJSON writes the document that from encodes. It is lossless, and still
// safe in a log and on a terminal: what the other formats make visible is
// written as the JSON escape of the same character, so that it decodes to the
// same name.
func writeJSON(w io.Writer, from io.WriterTo) error {
	var doc bytes.Buffer
	if _, err := from.WriteTo(&doc); err != nil {
		return err
	}
	_, err := w.Write(escapeJSON(doc.Bytes()))
	return err
}

// escapeJSON escapes hidden characters and the "##[" that a CI runner executes.
// Neither can stand outside of a JSON string, but for the line ends.
func escapeJSON(doc []byte) []byte {
	doc = bytes.ReplaceAll(doc, []byte("##["), []byte(`#\u0023[`))
	special := func(r rune) bool { return r >= 0x7f && hidden(r) }
	if bytes.IndexFunc(doc, special) < 0 {
		return doc
	}
	var b bytes.Buffer
	b.Grow(len(doc) + 64)
	for _, r := range string(doc) {
		switch {
		case !special(r):
			b.WriteRune(r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.Bytes()
}
