package action

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/org/regress-gate/action/forge"
	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
)

// maxFolds bounds how often an update is made anew because another came first; with
// the back-off between them that is some minutes.
const maxFolds = 60

// folded is an update that landed, or that had nothing to say.
type folded struct {
	*gate.Renewed
	path   string // the file in the repository
	commit string // "" where nothing had changed
}

// fold takes the run into the baseline at the tip of the branch. The commit names
// the content that it replaces, so that of several updates at once each is folded
// into what the other left: none is lost.
func (s *settings) fold(ctx context.Context, f *forge.Client, t target, accepted *regress.Acceptance, message string) (*folded, error) {
	folder, err := tempFolder(s.getenv("RUNNER_TEMP"))
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	for try := range maxFolds {
		done, err := s.foldOnce(ctx, f, t, filepath.Join(folder, fmt.Sprint(try)), accepted, message)
		switch {
		case errors.Is(err, forge.ErrConflict):
		case errors.Is(err, fs.ErrNotExist) && t.branch != t.from: // deleted meanwhile
			if err := t.prepare(ctx, f); err != nil {
				return nil, err
			}
		default:
			return done, err
		}
		wait := min(200*time.Millisecond<<min(try, 6), 5*time.Second)
		if err := s.sleep(ctx, wait/2+rand.N(wait)); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("updating %s on %s: %w, %d times in a row: run this job again", t.path, t.branch, forge.ErrConflict, maxFolds)
}

func (s *settings) foldOnce(ctx context.Context, f *forge.Client, t target, folder string, accepted *regress.Acceptance, message string) (*folded, error) {
	shas, err := layOut(ctx, f, t, folder)
	if err != nil {
		return nil, err
	}
	before := map[string]*regress.Baseline{}
	landing := s.judgement.Now().UTC().Truncate(time.Second)
	for path := range shas {
		b, err := regress.LoadBaseline(filepath.Join(folder, filepath.FromSlash(path)))
		if err != nil {
			return nil, fmt.Errorf("the baseline that is stored on %s: %w", t.branch, err)
		}
		before[path] = b
		if b.Time.After(landing) { // the clock of another machine
			landing = b.Time
		}
	}
	renewal := gate.Renewal{
		Judgement: s.judgement, Baseline: filepath.Join(folder, filepath.FromSlash(t.path)) + slashOf(t.path),
		Run: s.run, Time: landing.Format(time.RFC3339),
	}
	if accepted != nil {
		renewal.Regressions, renewal.By, renewal.Reason = true, accepted.By, accepted.Reason
	}
	renewed, err := gate.Update(renewal)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(folder, renewed.Path)
	if err != nil {
		return nil, err
	}
	done := &folded{Renewed: renewed, path: filepath.ToSlash(rel)}
	after, err := regress.LoadBaseline(renewed.Path)
	if err != nil {
		return nil, err
	}
	if old := before[done.path]; renewed.Older != nil || old != nil && bytes.Equal(timeless(old), timeless(after)) {
		return done, nil
	}
	content, err := os.ReadFile(renewed.Path)
	if err != nil {
		return nil, err
	}
	done.commit, err = f.Put(ctx, forge.Commit{Branch: t.branch, Path: done.path, Message: message, Content: content, Replaces: shas[done.path]})
	return done, err
}

func slashOf(path string) string {
	if strings.HasSuffix(path, "/") {
		return "/"
	}
	return ""
}

// layOut writes the stored baseline, a file or the files of a folder, into a folder
// of this machine. It returns their blobs by path: none where nothing is stored yet.
func layOut(ctx context.Context, f *forge.Client, t target, folder string) (shas map[string]string, err error) {
	shas = map[string]string{}
	keep := func(file *forge.File) error {
		shas[file.Path] = file.SHA
		return write(filepath.Join(folder, filepath.FromSlash(file.Path)), file.Content)
	}
	if err := os.MkdirAll(filepath.Join(folder, filepath.FromSlash(strings.TrimSuffix(t.path, "/")), ".."), 0o755); err != nil {
		return nil, err
	}
	file, list, err := f.File(ctx, strings.TrimSuffix(t.path, "/"), t.branch)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		_, err = f.Tip(ctx, t.branch) // the file is to be made; the branch has to be there
		return shas, err
	case err != nil:
		return nil, err
	case file != nil:
		return shas, keep(file)
	}
	for _, path := range list {
		if filepath.Ext(path) != ".json" {
			continue
		}
		if file, _, err = f.File(ctx, path, t.branch); err == nil {
			err = keep(file)
		}
		if err != nil {
			return nil, err
		}
	}
	return shas, nil
}

// timeless is the baseline without its dates: a run that is taken in once more
// changes nothing else.
func timeless(b *regress.Baseline) []byte {
	copied := *b
	copied.Time, copied.Entries = time.Time{}, nil
	for _, e := range b.Entries {
		e.History = append([]regress.Point(nil), e.History...)
		for i := range e.History {
			e.History[i].Time = time.Time{}
		}
		if e.Anchor != nil {
			anchor := *e.Anchor
			anchor.Time = time.Time{}
			e.Anchor = &anchor
		}
		if e.Accepted != nil {
			accepted := *e.Accepted
			accepted.Time = time.Time{}
			e.Accepted = &accepted
		}
		copied.Entries = append(copied.Entries, e)
	}
	var text bytes.Buffer
	_, _ = copied.WriteTo(&text) // a buffer takes everything
	return text.Bytes()
}
