package load

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"time"
)

// service is the service under test: how it is started, awaited and stopped. What
// is "" is not done.
type service struct {
	start, stop string // command lines
	ready       string // URL that answers 2xx once the service is up
	within      time.Duration
}

const (
	pollEvery = 50 * time.Millisecond
	pollMost  = 2 * time.Second // that one answer may take
	stopMost  = 10 * time.Second
	termMost  = 5 * time.Second // from being asked to end until being made to
)

// up starts the service and waits until it is ready. Down ends it, and has to be
// called unless there is an error; pid is 0 where nothing was started.
func (s service) up(ctx context.Context, client *http.Client) (pid int, down func() error, err error) {
	p := &process{}
	if s.start != "" {
		if err := s.answers(ctx, client); !errors.Is(err, errSilent) {
			return 0, nil, fmt.Errorf("starting the service: something answers at %s already: stop it first, or leave start out", s.ready)
		}
		if p, err = launch(s.start); err != nil {
			return 0, nil, fmt.Errorf("starting the service: %w", err)
		}
		pid = p.command.Process.Pid
	}
	down = func() error { return s.down(p) }
	if s.ready == "" {
		return pid, down, nil
	}
	if err := s.await(ctx, client, p); err != nil {
		return 0, nil, errors.Join(fmt.Errorf("waiting for the service at %s: %w", s.ready, err), down())
	}
	return pid, down, nil
}

// errSilent is that nothing answers.
var errSilent = errors.New("nothing answers")

// answers asks once whether the service is ready.
func (s service) answers(ctx context.Context, client *http.Client) error {
	ctx, cancel := context.WithTimeout(ctx, pollMost)
	defer cancel()
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, s.ready, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(ask)
	if err != nil {
		return errSilent
	}
	answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("it answers %s", answer.Status)
	}
	return nil
}

// await polls until the service is ready, has failed, or the time is over.
func (s service) await(ctx context.Context, client *http.Client, p *process) error {
	over, ended := time.After(s.within), p.ended
	for {
		err := s.answers(ctx, client)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ended:
			if p.err != nil {
				return fmt.Errorf("it ended before it was ready: %w%s", p.err, p.said())
			}
			ended = nil // it only set something else going, as docker compose up -d does
		case <-over:
			return fmt.Errorf("not ready within %s: %w%s", s.within, err, p.said())
		case <-time.After(pollEvery):
		}
	}
}

// down ends the service: by its own command where there is one, and then, by
// signals, whatever is left of its process group.
func (s service) down(p *process) (err error) {
	if s.stop != "" {
		ctx, cancel := context.WithTimeout(context.Background(), stopMost)
		defer cancel()
		stop := exec.CommandContext(ctx, "sh", "-c", s.stop)
		stop.WaitDelay = time.Second // for what it leaves behind
		var said []byte
		if said, err = stop.CombinedOutput(); err != nil {
			err = fmt.Errorf("stopping the service: %w\n%.500s", err, said)
		}
		p.wait(termMost)
	}
	return errors.Join(err, p.kill(termMost))
}
