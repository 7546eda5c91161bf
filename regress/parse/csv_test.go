package parse

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzCSV holds that what encoding/csv writes is read back, and that what both
// accept they read alike.
func FuzzCSV(f *testing.F) {
	f.Add("a,b\n\"c, d\",\"e \"\"f\"\"\"\n\"two\nlines\",x\n")
	f.Add("a,\r\n,\r\n\"\",\"\"\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		reader := csv.NewReader(strings.NewReader(text))
		reader.FieldsPerRecord = -1
		want, err := reader.ReadAll()
		if err != nil {
			return
		}
		var b bytes.Buffer
		require.NoError(t, csv.NewWriter(&b).WriteAll(want))
		require.Equal(t, withoutEmpty(want), rowsOf(t, b.String()))
	})
}

// withoutEmpty leaves out what the writer makes an empty line of, and the carriage
// returns of line ends within a field.
func withoutEmpty(rows [][]string) (kept [][]string) {
	for _, row := range rows {
		if len(row) == 1 && row[0] == "" {
			continue
		}
		row = slices.Clone(row)
		for i := range row {
			row[i] = strings.ReplaceAll(row[i], "\r\n", "\n")
		}
		kept = append(kept, row)
	}
	return kept
}

func rowsOf(t *testing.T, text string) (rows [][]string) {
	c := newCSVRows(strings.NewReader(text), "file", ',')
	for c.next() {
		var row []string
		for _, field := range c.fields {
			row = append(row, string(field))
		}
		rows = append(rows, row)
	}
	require.NoError(t, c.err)
	return rows
}
