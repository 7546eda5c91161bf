package scaffold

import (
	"path/filepath"
	"strings"
)

// advise says what to do next, in commands that work at the root. The files of the
// run, where one was given, are named from the working directory.
func (p *Plan) advise(run []string) {
	var paths []string
	for _, f := range p.Files {
		paths = append(paths, f.Path)
	}
	p.Next = []string{
		"git add " + strings.Join(paths, " ") + ` && git commit -m "Gate the performance"`,
		"merge it into " + p.Branch + ": the run there stores the baseline of the runner in baselines/, and from then on pull requests are judged",
	}
	f := p.Findings[0]
	switch {
	case len(run) > 0:
		p.Next = append(p.Next, "regress-gate check --baseline baselines/ --policy "+policyFile+" "+p.fromRoot(run)+"  # or a later run of the same machine")
	case f.module == ".":
		p.Next = append(p.Next, "regress-gate run --base HEAD  # before you push: what is not committed yet against HEAD, in turns")
	default:
		p.Next = append(p.Next, f.try+"  # before you push: what is measured")
	}
}

// fromRoot writes files that are named from the working directory as a shell at the
// root takes them.
func (p *Plan) fromRoot(files []string) string {
	var words []string
	for _, file := range files {
		if abs, err := filepath.Abs(file); err == nil && file != "-" {
			if rel, err := filepath.Rel(p.Root, abs); err == nil {
				file = rel
			}
		}
		words = append(words, quote(file))
	}
	return strings.Join(words, " ")
}
