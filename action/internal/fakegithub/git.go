package fakegithub

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

func (s *Server) repositoryRoutes() {
	s.handle("GET ", "", (*route).getRepository)
}

func (rt *route) getRepository() {
	rt.answer(http.StatusOK, map[string]any{
		"full_name": rt.r.PathValue("owner") + "/" + rt.r.PathValue("name"), "default_branch": rt.repo.DefaultBranch})
}

func (s *Server) gitRoutes() {
	s.handle("GET /git/blobs/{sha}", "contents: read", (*route).getBlob)
	s.handle("GET /git/ref/{ref...}", "contents: read", (*route).getRef)
	s.handle("POST /git/refs", "contents: write", (*route).createRef)
	s.handle("PATCH /git/refs/{ref...}", "contents: write", (*route).updateRef)
	s.handle("DELETE /git/refs/{ref...}", "contents: write", (*route).deleteRef)
	s.handle("GET /commits", "contents: read", (*route).listCommits)
	s.handle("GET /commits/{ref...}", "contents: read", (*route).getCommit)
	s.handle("GET /compare/{basehead...}", "contents: read", (*route).compare)
}

func (rt *route) getBlob() {
	for _, c := range rt.repo.Commits {
		for _, content := range c.Files {
			if blobSHA(content) != rt.r.PathValue("sha") {
				continue
			}
			if strings.Contains(rt.r.Header.Get("Accept"), "raw") {
				_, _ = rt.w.Write(content)
				return
			}
			rt.answer(http.StatusOK, map[string]any{"sha": blobSHA(content), "size": len(content),
				"encoding": "base64", "content": base64.StdEncoding.EncodeToString(content)})
			return
		}
	}
	rt.refuse(http.StatusNotFound, "Not Found")
}

func reference(branch, sha string) map[string]any {
	return map[string]any{"ref": "refs/heads/" + branch, "object": map[string]any{"type": "commit", "sha": sha}}
}

func (rt *route) getRef() {
	name := strings.TrimPrefix(rt.r.PathValue("ref"), "heads/")
	if b := rt.repo.Branches[name]; b != nil {
		rt.answer(http.StatusOK, reference(name, b.SHA))
		return
	}
	rt.refuse(http.StatusNotFound, "Not Found")
}

func (rt *route) createRef() {
	var in struct{ Ref, SHA string }
	if !rt.read(&in) {
		return
	}
	name, ok := strings.CutPrefix(in.Ref, "refs/heads/")
	switch {
	case !ok || name == "":
		rt.refuse(http.StatusUnprocessableEntity, "Reference name must start with 'refs/'")
	case rt.repo.Branches[name] != nil:
		rt.refuse(http.StatusUnprocessableEntity, "Reference already exists")
	case rt.repo.Commits[in.SHA] == nil:
		rt.refuse(http.StatusUnprocessableEntity, "Object does not exist")
	default:
		rt.repo.Branches[name] = &Branch{SHA: in.SHA}
		rt.answer(http.StatusCreated, reference(name, in.SHA))
	}
}

func (rt *route) updateRef() {
	var in struct{ SHA string }
	if !rt.read(&in) {
		return
	}
	name := strings.TrimPrefix(rt.r.PathValue("ref"), "heads/")
	if b := rt.repo.Branches[name]; b == nil || rt.repo.Commits[in.SHA] == nil {
		rt.refuse(http.StatusUnprocessableEntity, "Reference does not exist")
	} else {
		b.SHA = in.SHA
		rt.answer(http.StatusOK, reference(name, in.SHA))
	}
}

func (rt *route) deleteRef() {
	delete(rt.repo.Branches, strings.TrimPrefix(rt.r.PathValue("ref"), "heads/"))
	rt.w.WriteHeader(http.StatusNoContent)
}

// described is a commit as the API shows it, with the files that it changed.
func (rt *route) described(c *Commit) map[string]any {
	parents := []map[string]string{}
	var before *Commit
	for i, sha := range c.Parents {
		if i == 0 {
			before = rt.repo.Commits[sha]
		}
		parents = append(parents, map[string]string{"sha": sha})
	}
	person := map[string]string{"name": c.Author, "date": c.Date.UTC().Format(time.RFC3339)}
	return map[string]any{"sha": c.SHA, "parents": parents, "files": listed(changed(before, c)),
		"commit": map[string]any{"message": c.Message, "author": person, "committer": person}}
}

func listed(changes map[string]string) []map[string]string {
	files := []map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(changes)) {
		files = append(files, map[string]string{"filename": path, "status": changes[path]})
	}
	return files
}

func (rt *route) listCommits() {
	c := rt.repo.find(rt.r.URL.Query().Get("sha"))
	if c == nil {
		rt.refuse(http.StatusNotFound, "Not Found")
		return
	}
	var list []any
	for _, one := range rt.repo.log(c) {
		list = append(list, rt.described(one))
	}
	rt.page(list)
}

func (rt *route) getCommit() {
	c := rt.repo.find(rt.r.PathValue("ref"))
	if c == nil {
		rt.refuse(http.StatusUnprocessableEntity, "No commit found for SHA: "+rt.r.PathValue("ref"))
		return
	}
	rt.answer(http.StatusOK, rt.described(c))
}

// compare answers along first parents, which is all that the fake's histories have.
func (rt *route) compare() {
	from, to, ok := strings.Cut(rt.r.PathValue("basehead"), "...")
	base, head := rt.repo.find(from), rt.repo.find(to)
	if !ok || base == nil || head == nil {
		rt.refuse(http.StatusNotFound, "Not Found")
		return
	}
	older, newer := rt.repo.log(base), rt.repo.log(head)
	ahead := slices.IndexFunc(newer, func(c *Commit) bool { return slices.Contains(older, c) })
	if ahead < 0 {
		rt.refuse(http.StatusNotFound, "No common ancestor between "+from+" and "+to)
		return
	}
	behind := slices.Index(older, newer[ahead])
	status := "diverged"
	switch {
	case ahead == 0 && behind == 0:
		status = "identical"
	case ahead == 0:
		status = "behind"
	case behind == 0:
		status = "ahead"
	}
	rt.answer(http.StatusOK, map[string]any{"status": status, "ahead_by": ahead, "behind_by": behind,
		"merge_base_commit": rt.described(newer[ahead]), "files": listed(changed(newer[ahead], head))})
}
