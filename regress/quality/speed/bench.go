package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/org/regress-gate/regress/infer"
)

// benchstatVersion is the newest when the bars were set.
const benchstatVersion = "v0.0.0-20260908200009-22c9c6c9d4da"

// bench holds the programs under test and their files.
type bench struct {
	folder          string
	ours, benchstat string
	sizes           []string
}

func newBench(sizes []string) (*bench, error) {
	folder, err := os.MkdirTemp("", "speed")
	if err != nil {
		return nil, err
	}
	b := &bench{folder: folder, ours: filepath.Join(folder, "regress-gate"), benchstat: filepath.Join(folder, "benchstat"), sizes: sizes}
	for _, build := range [][]string{ // as .goreleaser.yaml does, and the rival no worse
		{"build", "-trimpath", "-ldflags=-s -w", "-o", b.ours, "github.com/org/regress-gate/cmd/regress-gate"},
		{"install", "-trimpath", "-ldflags=-s -w", "golang.org/x/perf/cmd/benchstat@" + benchstatVersion},
	} {
		cmd := exec.Command("go", build...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+folder)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.close()
			return nil, fmt.Errorf("building %s: %w\n%s", build[len(build)-1], err, out)
		}
	}
	return b, nil
}

func (b *bench) close() { os.RemoveAll(b.folder) }

// pair writes base and head of this shape.
func (b *bench) pair(s shape) (base, head string, err error) {
	base, head = filepath.Join(b.folder, "base.txt"), filepath.Join(b.folder, "head.txt")
	return base, head, errors.Join(writeRun(base, s, false), writeRun(head, s, true))
}

// cost is what one process needed.
type cost struct {
	wall, cpu float64 // seconds
	rss       float64 // bytes, at the highest
}

// once runs the program, its output into a file, and holds its exit status to what
// is expected: a program that fails early would be fast.
func (b *bench) once(status int, program string, args ...string) (cost, error) {
	out, err := os.Create(filepath.Join(b.folder, "out.txt"))
	if err != nil {
		return cost{}, err
	}
	defer out.Close()
	cmd := exec.Command(program, args...)
	cmd.Stdout = out
	begin := time.Now()
	err = cmd.Run()
	wall := time.Since(begin)
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != status {
		return cost{}, fmt.Errorf("running %s %s: %w, want exit status %d", filepath.Base(program), args[0], err, status)
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return cost{wall.Seconds(), cpu.Seconds(), peak(cmd.ProcessState)}, nil
}

// medians are those of each figure.
func medians(costs []cost) cost {
	var wall, cpu, rss []float64
	for _, c := range costs {
		wall, cpu, rss = append(wall, c.wall), append(cpu, c.cpu), append(rss, c.rss)
	}
	return cost{infer.Median(wall), infer.Median(cpu), infer.Median(rss)}
}

// inTurns runs a and b so many times each, A B B A, and returns the medians.
func inTurns(rounds int, a, b func() (cost, error)) (cost, cost, error) {
	var costs [2][]cost
	for i := range 2 * rounds {
		side := (i + 1) / 2 % 2 // 0 1 1 0 0 1 1 0 …
		c, err := [...]func() (cost, error){a, b}[side]()
		if err != nil {
			return cost{}, cost{}, err
		}
		costs[side] = append(costs[side], c)
	}
	return medians(costs[0]), medians(costs[1]), nil
}
