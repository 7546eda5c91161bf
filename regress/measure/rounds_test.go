package measure

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func shell(line string) *Task { return &Task{Args: []string{"sh", "-c", line}} }

// The order is A B B A for each pair, so that what changes steadily hits both alike.
func TestRoundsAreInterleaved(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	say := func(word string) *Task { return shell("echo " + word + " | tee -a " + log) }
	base := say("base")
	pairs := []Pair{{Name: "both", Base: base, Head: say("head")}, {Name: "alone", Head: say("alone")}}
	var e Experiment
	for range 3 {
		samples, err := e.Round(context.Background(), pairs)
		require.NoError(t, err)
		require.Len(t, samples, 2)
		require.Equal(t, "base\n", string(samples[0].Base[0].Output))
		require.Equal(t, "head\n", string(samples[0].Head[0].Output))
		require.Empty(t, samples[1].Base)
		wall, _ := samples[0].Head[0].Usage.WallTime.Get()
		require.Positive(t, wall)
	}
	text, err := os.ReadFile(log)
	require.NoError(t, err)
	require.Equal(t, "base head alone head base alone base head alone", strings.Join(strings.Fields(string(text)), " "))
}

func TestRoundThatFails(t *testing.T) {
	var e Experiment
	good := shell("true")
	_, err := e.Round(context.Background(), []Pair{{Name: "x", Base: good, Head: shell("echo output; echo reason >&2; exit 3")}})
	require.ErrorContains(t, err, "measuring head of x: running sh -c")
	require.ErrorContains(t, err, "exit status 3\nreason")
	_, err = e.Round(context.Background(), []Pair{{Name: "x", Head: &Task{Args: []string{"/no/such/program"}}}})
	require.ErrorContains(t, err, "measuring x: running /no/such/program")
	_, err = e.Round(context.Background(), []Pair{{Name: "x", Head: shell("yes | head -c 300000000")}})
	require.ErrorContains(t, err, "it wrote more than 268435456 bytes")
}

// Whatever a process starts ends with it.
func TestRoundThatIsStopped(t *testing.T) {
	marker := filepath.Join(t.TempDir(), "alive")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	var e Experiment
	start := time.Now()
	_, err := e.Round(ctx, []Pair{{Name: "x", Head: shell("(sleep 1; touch " + marker + ") & sleep 60")}})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Less(t, time.Since(start), 10*time.Second)
	time.Sleep(1200 * time.Millisecond)
	require.NoFileExists(t, marker, "the grandchild is gone too")
}

func TestUsage(t *testing.T) {
	task := shell("sleep 0.5; head -c 20000000 /dev/zero | tail -c 1 >/dev/null")
	task.Watched = true
	s, err := task.run(context.Background())
	require.NoError(t, err)
	metrics := map[string]float64{}
	for _, series := range s.Usage.Series("") {
		require.NoError(t, series.Validate())
		metrics[series.Metric] = series.Samples[0]
	}
	require.GreaterOrEqual(t, metrics["wall_time"], 0.5)
	require.Less(t, metrics["cpu_time"], 0.5)
	require.Contains(t, metrics, "memory_usage", "sampled while it ran")
}
