package machine

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// ownProcessors are those of each thread of this process.
func ownProcessors(t *testing.T) map[string]bool {
	threads, err := os.ReadDir("/proc/self/task")
	require.NoError(t, err)
	lists := map[string]bool{}
	for _, thread := range threads {
		var set unix.CPUSet
		var tid int
		_, err := fmt.Sscan(thread.Name(), &tid)
		require.NoError(t, err)
		if unix.SchedGetaffinity(tid, &set) == nil { // else it ended
			lists[fmt.Sprint(set[:1])] = true
		}
	}
	return lists
}

func TestPinnedChild(t *testing.T) {
	allowed := here().allowed()
	if len(allowed) < 2 {
		t.Skip("one processor leaves nothing to choose")
	}
	cpu := allowed[len(allowed)-1]
	before := ownProcessors(t)

	var output bytes.Buffer
	cmd := self("processors")
	cmd.Stdout = &output
	require.NoError(t, Pinning{cpus: []int{cpu}}.Start(cmd))
	require.NoError(t, cmd.Wait())
	require.Equal(t, fmt.Sprintf("Cpus_allowed_list:\t%d\n", cpu), output.String(), "the child runs there")
	require.Equal(t, before, ownProcessors(t), "and no thread of ours")
}

func TestPinNeverFailsTheRun(t *testing.T) {
	cmd := self("processors")
	require.NoError(t, Pinning{cpus: []int{1000}}.Start(cmd), "a processor that is not there")
	require.NoError(t, cmd.Wait())
	require.Error(t, Pinning{cpus: here().allowed()}.Start(exec.Command("/no/such/program")), "an error of the command is one")

	for _, n := range []int{0, len(here().allowed()), 1 << 20} {
		pin := Pin(t.Context(), n)
		require.Contains(t, pin.String(), "not pinned: ")
		cmd := self("processors")
		require.NoError(t, pin.Start(cmd))
		require.NoError(t, cmd.Wait())
	}
	t.Log(Pin(t.Context(), 1))
}

func TestChoose(t *testing.T) {
	before := map[string]ticks{}
	after := map[string]ticks{"cpu0": {20, 20, 0}, "cpu1": {20, 1, 0}, "cpu2": {20, 15, 0}, "cpu5": {20, 19, 0}}
	require.Equal(t, []int{5}, choose([]int{0, 1, 2, 5}, before, after, 1), "the idlest, but not the first")
	require.Equal(t, []int{2, 5}, choose([]int{0, 1, 2, 5}, before, after, 2))
	require.Equal(t, []int{1, 2, 5}, choose([]int{0, 1, 2, 5}, before, after, 3))
	require.Equal(t, []int{1}, choose([]int{0, 1, 2}, before, nil, 1), "of those that are alike the first")
}
