package parse

import (
	"fmt"
	"io"
)

// limited is a reader of at most left bytes; more are an error, and no end of the
// file, which would make a part of it pass for the whole.
type limited struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	if l.left < 0 {
		return 0, fmt.Errorf("larger than can be read at once (ask for less)")
	}
	n, err := l.r.Read(p[:min(int64(len(p)), l.left+1)])
	if l.left -= int64(n); l.left < 0 && err == nil {
		return n, fmt.Errorf("larger than can be read at once (ask for less)")
	}
	return n, err
}
