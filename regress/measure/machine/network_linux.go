package machine

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
)

// ownNetwork tells whether the process has a network namespace of its own, not
// the one of this process. Where that cannot be read it is taken not to.
func (v view) ownNetwork(pid int) bool {
	ours, err := fs.ReadLink(v.root, "proc/self/ns/net")
	theirs, err2 := fs.ReadLink(v.root, fmt.Sprintf("proc/%d/ns/net", pid))
	return err == nil && err2 == nil && ours != theirs
}

// network sums up the interfaces of the process's namespace, or of ours where it
// has none of its own.
func (v view) network(_ context.Context, pid int, own bool) (t traffic) {
	const received, sent, columns = 0, 8, 16
	file := "proc/self/net/dev"
	if own {
		file = fmt.Sprintf("proc/%d/net/dev", pid)
	}
	for line := range strings.Lines(v.text(file)) {
		_, counters, _ := strings.Cut(line, ":") // the headings have none
		words := strings.Fields(counters)
		if len(words) < columns {
			continue
		}
		in, err := strconv.ParseFloat(words[received], 64)
		out, err2 := strconv.ParseFloat(words[sent], 64)
		if err == nil && err2 == nil {
			t.received, t.sent, t.known = t.received+in, t.sent+out, true
		}
	}
	return t
}
