package load

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSONPaths(t *testing.T) {
	const document = `{"id": 12345678901234567890, "a": {"b": [{"c": "x"}, {"c": true}], "n": null}, "list-1": [[1.50]]}`
	for text, want := range map[string]string{
		"$.id": "12345678901234567890", "$.a.b[0].c": "x", "$.a.b[1].c": "true", "$.list-1[0][0]": "1.50",
	} {
		path, err := parseJSONPath(text)
		require.NoError(t, err, text)
		got, err := path.find([]byte(document))
		require.NoError(t, err, text)
		require.Equal(t, want, got, text)
	}
	for text, why := range map[string]string{
		"$": "no single value", "$.a": "no single value", "$.a.n": "no single value", "$.none": "no single value",
		"$.a.b[2]": "no such element", "$.a.b.c": "no such element", "$.id.x": "no such member", "$[0]": "no single value",
	} {
		path, err := parseJSONPath(text)
		require.NoError(t, err, text)
		_, err = path.find([]byte(document))
		require.ErrorContains(t, err, why, text)
	}
	for _, text := range []string{"", "id", "$.", "$.a[", "$.a[-1]", "$.a[*]", "$..a", "$['a']", "$.a[9999999999]"} {
		_, err := parseJSONPath(text)
		require.Error(t, err, text)
	}
	path, err := parseJSONPath("$.id")
	require.NoError(t, err)
	_, err = path.find([]byte("<html>"))
	require.ErrorContains(t, err, "the answer is not JSON")
}
