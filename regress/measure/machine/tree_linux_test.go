package machine

import (
	"context"
	"io/fs"
	"os"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/require"
)

// film is a machine sampled every 100 ms: a frame holds what changes, and an
// empty file is one that goes.
func film(ctx context.Context, root int, frames ...files) Usage {
	v := frames[0].view()
	t := newTree(ctx, v, root)
	for i, frame := range frames {
		frame.into(v.root.(fstest.MapFS))
		for name, text := range frame {
			if text == "" {
				delete(v.root.(fstest.MapFS), name)
			}
		}
		t.sample(ctx, time.Unix(0, 0).Add(time.Duration(i)*interval))
	}
	return t.usage()
}

func io(read, written string) string {
	return "rchar: 9\nwchar: 9\nread_bytes: " + read + "\nwrite_bytes: " + written + "\ncancelled_write_bytes: 0\n"
}

const devices = "Inter-|   Receive  |  Transmit\n face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls carrier compressed\n"

func TestTreeOverTime(t *testing.T) {
	page := float64(os.Getpagesize())
	u := film(t.Context(), 10,
		files{ // a root that just started, and a stranger
			"proc/9/stat": stat(9, 1, "stranger", 1, 500, 0, 1000), "proc/9/io": io("900", "900"),
			"proc/10/stat": stat(10, 9, "root", 2, 0, 0, 10), "proc/10/io": io("0", "0"), "proc/10/status": "VmHWM:\t 40 kB\n",
			"proc/self/net/dev": devices + "  lo: 100 0 0 0 0 0 0 0 100 0 0 0 0 0 0 0\neth0:5 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n",
		},
		files{ // a child with a child of its own
			"proc/9/stat":  stat(9, 1, "stranger", 1, 600, 0, 1000),
			"proc/10/stat": stat(10, 9, "root", 2, 5, 0, 20), "proc/10/io": io("100", "10"),
			"proc/11/stat": stat(11, 10, "child", 3, 10, 0, 30), "proc/11/io": io("200", "20"), "proc/11/status": "VmHWM:\t 120 kB\n",
			"proc/12/stat": stat(12, 11, "grandchild", 4, 5, 0, 40), "proc/12/io": io("300", "30"),
		},
		files{ // the child ended and was waited for; its own child goes on without it
			"proc/10/stat": stat(10, 9, "root", 2, 5, 12, 20), "proc/10/io": io("300", "32"),
			"proc/11/stat": "", "proc/11/io": "", "proc/11/status": "",
			"proc/12/stat": stat(12, 1, "grandchild", 4, 8, 0, 40), "proc/12/io": io("300", "30"),
		},
		files{ // another process has the pid of the child; the grandchild ended, and nobody here waited for it
			"proc/10/stat": stat(10, 9, "root", 2, 5, 12, 20),
			"proc/11/stat": stat(11, 9, "other", 9, 700, 0, 900),
			"proc/12/stat": "", "proc/12/io": "",
			"proc/self/net/dev": devices + "  lo: 150 0 0 0 0 0 0 0 150 0 0 0 0 0 0 0\neth0:6 0 0 0 0 0 0 0 9 0 0 0 0 0 0 0\n",
		},
		files{"proc/10/stat": stat(10, 1, "later one", 99, 900, 0, 900)}, // the root ended too, and its pid is another's
	)
	known := regress.NewFigure
	want := Usage{
		CPUTime: known(0.25), CPUShareMean: known(0.25 / 0.3), CPUShareMax: known(2),
		RSSMean: known((10 + 90 + 60 + 20) * page / 4), RSSMax: known(90 * page), RSSPeak: known(120 << 10),
		DiskRead: known(600), DiskWritten: known(62),
		NetSent: known(52), NetReceived: known(51), NetShared: true,
	}
	near := cmp.Comparer(func(a, b regress.Figure) bool {
		x, known := a.Get()
		y, known2 := b.Get()
		return known == known2 && x-y < 1e-9 && y-x < 1e-9
	})
	require.Empty(t, cmp.Diff(want, u, near))
}

func TestTreeTooShortToTell(t *testing.T) {
	frame := files{"proc/10/stat": stat(10, 9, "root", 2, 0, 0, 10), "proc/10/io": io("0", "0")}
	require.Equal(t, Usage{NetShared: true}, film(t.Context(), 10, frame, frame), "two samples say nothing of what was not seen")
	require.Equal(t, Usage{}, film(t.Context(), 11, frame, frame, frame), "a process that does not exist")
}

func TestTreeWithItsOwnNetwork(t *testing.T) {
	v := files{
		"proc/10/stat":      stat(10, 9, "root", 2, 0, 0, 10),
		"proc/10/net/dev":   devices + "eth0: 10 0 0 0 0 0 0 0 20 0 0 0 0 0 0 0\n",
		"proc/self/net/dev": devices + "eth0: 1000 0 0 0 0 0 0 0 2000 0 0 0 0 0 0 0\n",
	}.view()
	root := v.root.(fstest.MapFS)
	for name, target := range map[string]string{"proc/self/ns/net": "net:[1]", "proc/10/ns/net": "net:[2]"} {
		root[name] = &fstest.MapFile{Mode: fs.ModeSymlink | 0o777, Data: []byte(target)}
	}
	tree := newTree(t.Context(), v, 10)
	files{"proc/10/net/dev": devices + "eth0: 11 0 0 0 0 0 0 0 25 0 0 0 0 0 0 0\n"}.into(root)
	tree.sample(t.Context(), time.Now())
	delete(root, "proc/10/net/dev")
	tree.sample(t.Context(), time.Now())
	u := tree.usage()
	require.Equal(t, Usage{NetSent: regress.NewFigure(5), NetReceived: regress.NewFigure(1)}, u, "what it counted last")
}
