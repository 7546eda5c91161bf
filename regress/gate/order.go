package gate

import (
	"context"
	"os/exec"
	"time"

	"github.com/org/regress-gate/regress/internal/lazy"
)

// precedes tells whether commit a is an ancestor of commit b, as far as git and a
// repository that holds both are at hand; if not, nothing tells, and it is false.
func precedes(a, b string) bool {
	if a == b || !commitHash().MatchString(a) || !commitHash().MatchString(b) {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return exec.CommandContext(ctx, "git", "merge-base", "--is-ancestor", a, b).Run() == nil
}

// commitHash is what may be handed to git: a run file may say anything.
var commitHash = lazy.Regexp(`^[0-9a-fA-F]{7,64}$`)
