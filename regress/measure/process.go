package measure

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/measure/internal/group"
	"github.com/org/regress-gate/regress/measure/machine"
)

// Task is the work of one process.
type Task struct {
	Args []string // the program and its arguments
	Dir  string   // where it runs
	Env  []string // added to the environment of this process

	Pin     machine.Pinning // the processors that it runs on; the zero value is any
	Watched bool            // whether what it uses is sampled while it runs
}

// Sample is what one process came to.
type Sample struct {
	Output []byte        // what it wrote to standard output
	Usage  machine.Usage // what it took: its time, and more where it was watched
}

// maxOutput bounds what one process may write, in bytes.
const maxOutput = 256 << 20

// run runs the task to its end. When the context ends, the process and everything
// that it started is killed, and the error is that of the context.
func (t Task) run(ctx context.Context) (Sample, error) {
	cmd := exec.CommandContext(ctx, t.Args[0], t.Args[1:]...)
	cmd.Dir = t.Dir
	cmd.Env = append(os.Environ(), t.Env...)
	out, tail := &limited{left: maxOutput}, &lastBytes{}
	cmd.Stdout, cmd.Stderr = out, tail
	group.Own(cmd)
	cmd.Cancel = func() error { return group.Kill(cmd) }
	cmd.WaitDelay = 5 * time.Second // for pipes that a grandchild still holds
	s, err := t.measured(cmd)
	s.Output = out.buf.Bytes()
	switch {
	case ctx.Err() != nil:
		return s, ctx.Err()
	case out.full:
		return s, fmt.Errorf("running %s: it wrote more than %d bytes", t, maxOutput)
	case err != nil:
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return s, fmt.Errorf("running %s: %w", t, err)
		}
		return s, fmt.Errorf("running %s: %w%s", t, err, t.complaint(out.buf.Bytes(), tail.kept))
	}
	return s, nil
}

// measured starts the command, waits for its end, and says what it used.
func (t Task) measured(cmd *exec.Cmd) (s Sample, err error) {
	start := time.Now()
	if err := t.Pin.Start(cmd); err != nil {
		return s, err
	}
	var watcher *machine.Watcher
	if t.Watched {
		watcher = machine.Watch(cmd.Process.Pid)
	}
	err = cmd.Wait()
	wall := time.Since(start)
	if watcher != nil {
		s.Usage = watcher.Stop()
	}
	s.Usage = s.Usage.With(cmd.ProcessState, wall)
	return s, err
}

// complaint is the end of what a failed process wrote, errors before output.
func (t Task) complaint(stdout, stderr []byte) string {
	text := stderr
	if len(bytes.TrimSpace(text)) == 0 {
		text = stdout
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	const most = 12
	if len(lines) > most {
		lines = lines[len(lines)-most:]
	}
	return "\n" + strings.Join(lines, "\n")
}

// String is the command line, shortened.
func (t Task) String() string {
	const most = 200
	text := strings.Join(t.Args, " ")
	if len(text) > most {
		text = text[:most] + "…"
	}
	return text
}

// limited keeps what is written, up to a number of bytes.
type limited struct {
	buf  bytes.Buffer
	left int
	full bool
}

// Write implements io.Writer; beyond the limit it refuses, which ends the process.
func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		l.full = true
		return 0, errors.New("too much output")
	}
	l.left -= len(p)
	return l.buf.Write(p)
}

// lastBytes keeps the end of what is written.
type lastBytes struct{ kept []byte }

// Write implements io.Writer.
func (l *lastBytes) Write(p []byte) (int, error) {
	const most = 64 << 10
	l.kept = append(l.kept, p...)
	if over := len(l.kept) - most; over > 0 {
		l.kept = append(l.kept[:0], l.kept[over:]...)
	}
	return len(p), nil
}
