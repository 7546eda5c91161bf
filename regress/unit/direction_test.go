package unit_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/org/regress-gate/regress/unit"
	"github.com/stretchr/testify/require"
)

func TestDirectionWords(t *testing.T) {
	for word, want := range map[string]unit.Direction{
		"lower": unit.Lower, "higher": unit.Higher, "stable": unit.Stable, "info": unit.Info,
	} {
		got, err := unit.ParseDirection(word)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.Equal(t, word, got.String())
		text, err := got.MarshalText()
		require.NoError(t, err)
		require.Equal(t, word, string(text))
		var back unit.Direction
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, want, back)
	}
}

func TestDirectionRefusesOtherWords(t *testing.T) {
	for _, word := range []string{"", "Lower", "undeclared", "up", " lower", strings.Repeat("x", 1000)} {
		_, err := unit.ParseDirection(word)
		require.ErrorContains(t, err, "want lower, higher, stable or info")
		require.Less(t, len(err.Error()), 120, "a hostile word does not flood the log")
	}
	d := unit.Higher
	require.Error(t, d.UnmarshalText([]byte("best")))
	require.Equal(t, unit.Higher, d, "an error leaves the value alone")
	_, err := unit.Direction(9).MarshalText()
	require.Error(t, err)
	require.Equal(t, "Direction(9)", unit.Direction(9).String())
}

func TestUndeclaredRoundTrips(t *testing.T) {
	data, err := json.Marshal(unit.Undeclared)
	require.NoError(t, err)
	require.Equal(t, `""`, string(data))
	d := unit.Lower
	require.NoError(t, json.Unmarshal(data, &d))
	require.Equal(t, unit.Undeclared, d)
	require.Equal(t, "undeclared", d.String())
}
