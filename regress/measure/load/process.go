package load

import (
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/org/regress-gate/regress/measure/internal/group"
)

// process is a command line that runs, with all that it starts itself. The zero
// process runs nothing, and ends never.
type process struct {
	command *exec.Cmd
	ended   chan struct{} // closed once the command has; then err is how
	err     error
	output  tail
	drained chan struct{} // closed once nobody is left who could print
}

// launch runs a command line in a process group of its own. What it prints is read
// as long as anybody of it lives, which may be longer than the command itself: a
// service in the background must not find its output closed.
func launch(line string) (*process, error) {
	p := &process{command: exec.Command("sh", "-c", line), ended: make(chan struct{}), drained: make(chan struct{})}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer w.Close()
	p.command.Stdout, p.command.Stderr = w, w
	group.Own(p.command)
	if err := p.command.Start(); err != nil {
		r.Close()
		return nil, err
	}
	go func() {
		p.err = p.command.Wait()
		close(p.ended)
	}()
	go func() {
		_, _ = io.Copy(&p.output, r) // what is lost of it is a message
		r.Close()
		close(p.drained)
	}()
	return p, nil
}

// kill ends the whole group: it is asked, and after that time made to.
func (p *process) kill(most time.Duration) error {
	if p.command == nil {
		return nil
	}
	end := time.Now().Add(most)
	for alive := group.Terminate(p.command); alive && time.Now().Before(end); alive = group.Running(p.command) {
		p.wait(pollEvery)
		time.Sleep(pollEvery / 10)
	}
	err := group.Kill(p.command)
	p.wait(termMost)
	return err
}

// wait returns when the command itself has ended, or after that time.
func (p *process) wait(most time.Duration) {
	if p.command == nil {
		return
	}
	select {
	case <-p.ended:
	case <-time.After(most):
	}
}

// tail keeps the end of what a process prints, for the message of its failure.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const maxTail = 2000 // bytes

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-maxTail):]
	return len(p), nil
}

// said returns the end of what was printed, as further lines of a message.
func (p *process) said() string {
	select {
	case <-p.drained:
	case <-time.After(pollEvery): // it lives and may print more
	}
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	if text := strings.TrimSpace(strings.ToValidUTF8(string(p.output.text), "")); text != "" {
		return "\n" + text
	}
	return "; it printed nothing"
}
