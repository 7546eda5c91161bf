package action

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/org/regress-gate/regress/gate"
	"github.com/sethvargo/go-githubactions"
)

// event is what made the workflow run: the part of GitHub's payload that is needed
// here. It is written by GitHub, and not by who opened the pull request; names of
// branches in it are theirs all the same.
type event struct {
	Name   string `json:"-"` // GITHUB_EVENT_NAME, "" outside of Actions
	Action string `json:"action"`
	Label  struct {
		Name string `json:"name"`
	} `json:"label"`
	Sender struct {
		Login string `json:"login"`
	} `json:"sender"`
	Repository struct {
		DefaultBranch string `json:"default_branch"`
	} `json:"repository"`
	PullRequest *struct {
		Number    int       `json:"number"`
		UpdatedAt time.Time `json:"updated_at"`
		Base      struct {
			Ref string `json:"ref"`
		} `json:"base"`
		Head struct {
			SHA  string `json:"sha"`
			Repo struct {
				FullName string `json:"full_name"`
			} `json:"repo"`
		} `json:"head"`
	} `json:"pull_request"`
	MergeGroup *struct {
		BaseRef string `json:"base_ref"`
		HeadSHA string `json:"head_sha"`
	} `json:"merge_group"`
	After       string       `json:"after"` // of a push
	WorkflowRun *workflowRun `json:"workflow_run"`
}

// workflowRun is the run that a workflow_run event is about.
type workflowRun struct {
	Event          string `json:"event"`
	HeadSHA        string `json:"head_sha"`
	HeadBranch     string `json:"head_branch"`
	URL            string `json:"html_url"`
	HeadRepository struct {
		FullName string `json:"full_name"`
		Owner    struct {
			Login string `json:"login"`
		} `json:"owner"`
	} `json:"head_repository"`
}

// maxEvent bounds the payload, in bytes; GitHub's own limit is 25 MB.
const maxEvent = 32 << 20

// readEvent reads the payload. Outside of Actions there is none.
func readEvent(gh *githubactions.Action) (*event, error) {
	e := &event{Name: gh.Getenv("GITHUB_EVENT_NAME")}
	path := gh.Getenv("GITHUB_EVENT_PATH")
	if path == "" {
		return e, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the event (GITHUB_EVENT_PATH): %w", err)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, maxEvent)).Decode(e); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading the event (GITHUB_EVENT_PATH): %s: %w", path, err)
	}
	return e, nil
}

// pullRequestTarget runs with a token that may write, for code of a stranger.
const pullRequestTarget = "pull_request_target"

// admit refuses an event that is not safe to run on unless somebody has said so.
func (e *event) admit(allowed bool) error {
	if e.Name == pullRequestTarget && !allowed {
		return gate.Usagef(`the event pull_request_target gives a token that can write to a workflow that may run a stranger's code
use on: pull_request, and for comments on pull requests from forks a second workflow (mode: comment); or, where nothing of the pull request is run in this job, set allow-pull-request-target: true`)
	}
	return nil
}

// base is the branch that a change is to go into, "" where the event is about none.
func (e *event) base() string {
	switch {
	case e.PullRequest != nil:
		return e.PullRequest.Base.Ref
	case e.MergeGroup != nil:
		return strings.TrimPrefix(e.MergeGroup.BaseRef, "refs/heads/")
	}
	return ""
}

// head is the commit that is judged, "" where the event does not say.
func (e *event) head() string {
	switch {
	case e.PullRequest != nil:
		return e.PullRequest.Head.SHA
	case e.MergeGroup != nil:
		return e.MergeGroup.HeadSHA
	}
	return e.After
}

// pull is the number of the pull request, 0 where the event is about none. A merge
// group holds several, so that it is nobody's.
func (e *event) pull() int {
	if e.PullRequest == nil {
		return 0
	}
	return e.PullRequest.Number
}

// fork tells whether the pull request comes from another repository than this.
func (e *event) fork(repository string) bool {
	return e.PullRequest != nil && e.PullRequest.Head.Repo.FullName != "" && e.PullRequest.Head.Repo.FullName != repository
}

// changes tells whether the event is about a change that is not merged yet, which
// has to have a base.
func (e *event) changes() bool {
	return e.Name == "pull_request" || e.Name == pullRequestTarget || e.Name == "merge_group"
}
