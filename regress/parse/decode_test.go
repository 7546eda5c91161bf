package parse

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/require"
)

func zip(t testing.TB, text string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := io.WriteString(z, text)
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

func encodeUTF16(text string, bigEndian bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune("\ufeff" + text)) {
		if bigEndian {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func TestDecode(t *testing.T) {
	const text = "größe 2µs 🏁\n"
	for _, c := range []struct{ name, why, in, want, err string }{
		{"plain", "nothing to do", text, text, ""},
		{"empty", "nothing there", "", "", ""},
		{"one byte", "shorter than every magic number", "x", "x", ""},
		{"bom", "editors on Windows write it", "\ufeff" + text, text, ""},
		{"utf-16le", "PowerShell 5 writes it with >", encodeUTF16(text, false), text, ""},
		{"utf-16be", "the other order", encodeUTF16(text, true), text, ""},
		{"utf-16 within gzip", "both may be", zip(t, encodeUTF16(text, false)), text, ""},
		{"half a surrogate", "as everywhere in Go", "\xff\xfe\x3d\xd8x\x00", "\ufffdx", ""},
		{"half a surrogate at the end", "the same", "\xff\xfe\x3d\xd8", "\ufffd", ""},
		{"half a code unit", "the file is cut off", "\xff\xfex\x00y", "", "the file is cut off"},
		{"gzip", "by its first bytes", zip(t, text), text, ""},
		{"gzip twice in a row", "cat a.gz b.gz is a gzip file", zip(t, text) + zip(t, text), text + text, ""},
		{"gzip cut", "half a download", zip(t, text)[:30], "", "the file is cut off"},
		{"gzip cut in its header", "the same", zip(t, text)[:5], "", "the file is cut off"},
		{"gzip damaged", "a wrong checksum", zip(t, text)[:30] + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "", "the compressed file is damaged"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := decode(iotest.OneByteReader(bytes.NewReader([]byte(c.in))))
			var got []byte
			if err == nil {
				if got, err = io.ReadAll(r); err != nil {
					err = readError(err)
				}
			}
			if c.err != "" {
				require.ErrorContains(t, err, c.err, c.why)
				return
			}
			require.NoError(t, err, c.why)
			require.Equal(t, c.want, string(got), c.why)
		})
	}
}
