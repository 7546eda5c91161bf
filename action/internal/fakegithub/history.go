package fakegithub

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Commit is one commit with all its files.
type Commit struct {
	SHA     string            `json:"sha"`
	Parents []string          `json:"parents"`
	Message string            `json:"message"`
	Author  string            `json:"author"`
	Date    time.Time         `json:"date"`
	Files   map[string][]byte `json:"files"` // by path; base64 in JSON
}

func blobs(files map[string]string) map[string][]byte {
	all := make(map[string][]byte, len(files))
	for path, text := range files {
		all[path] = []byte(text)
	}
	return all
}

// blobSHA is git's name for a file's content.
func blobSHA(content []byte) string {
	sum := sha1.Sum(append(fmt.Appendf(nil, "blob %d\x00", len(content)), content...))
	return hex.EncodeToString(sum[:])
}

// commit stores a commit under a name that depends on all it holds.
func (r *Repository) commit(c *Commit) string {
	h := sha1.New()
	fmt.Fprintln(h, len(r.Commits), c.Parents, c.Message, c.Date)
	for _, path := range slices.Sorted(maps.Keys(c.Files)) {
		fmt.Fprintln(h, path, blobSHA(c.Files[path]))
	}
	c.SHA = hex.EncodeToString(h.Sum(nil))
	r.Commits[c.SHA] = c
	return c.SHA
}

// find resolves a branch, a ref or a sha; "" is the default branch.
func (r *Repository) find(ref string) *Commit {
	if ref == "" {
		ref = r.DefaultBranch
	}
	if b := r.branch(ref); b != nil {
		ref = b.SHA
	}
	return r.Commits[ref]
}

func (r *Repository) branch(ref string) *Branch {
	const heads = "refs/heads/"
	if len(ref) > len(heads) && ref[:len(heads)] == heads {
		ref = ref[len(heads):]
	}
	return r.Branches[ref]
}

// log returns the commits from c on backwards, along the first parents.
func (r *Repository) log(c *Commit) (list []*Commit) {
	for c != nil {
		list = append(list, c)
		if len(c.Parents) == 0 {
			break
		}
		c = r.Commits[c.Parents[0]]
	}
	return list
}

// changed returns the paths that differ between two commits, the first of which
// may be nil, each with added, removed or modified.
func changed(before, after *Commit) map[string]string {
	list := map[string]string{}
	old := map[string][]byte{}
	if before != nil {
		old = before.Files
	}
	for path, content := range after.Files {
		if was, there := old[path]; !there {
			list[path] = "added"
		} else if string(was) != string(content) {
			list[path] = "modified"
		}
	}
	for path := range old {
		if _, there := after.Files[path]; !there {
			list[path] = "removed"
		}
	}
	return list
}
