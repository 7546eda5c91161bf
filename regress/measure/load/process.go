package load

import (
	"os/exec"
	"strings"
	"sync"
	"time"
)

// process is a command line that runs, with all that it starts itself. The zero
// process runs nothing, and ends never.
type process struct {
	command *exec.Cmd
	output  tail
	ended   chan struct{} // closed once the command has; then err is how
	err     error
}

// launch runs a command line in a process group of its own.
func launch(line string) (*process, error) {
	p := &process{command: exec.Command("sh", "-c", line), ended: make(chan struct{})}
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	p.command.WaitDelay = time.Second // for the output of what has left the group
	ownGroup(p.command)
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		p.err = p.command.Wait()
		close(p.ended)
	}()
	return p, nil
}

// kill ends the whole group: it is asked, and after that time made to.
func (p *process) kill(most time.Duration) error {
	if p.command == nil {
		return nil
	}
	end := time.Now().Add(most)
	for alive := terminate(p.command); alive && time.Now().Before(end); alive = running(p.command) {
		p.wait(pollEvery)
		time.Sleep(pollEvery / 10)
	}
	err := kill(p.command)
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

// said returns the end of the output as further lines of a message.
func (t *tail) said() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text := strings.TrimSpace(strings.ToValidUTF8(string(t.text), "")); text != "" {
		return "\n" + text
	}
	return "; it printed nothing"
}
