package fakegithub

import (
	"encoding/base64"
	"maps"
	"net/http"
	"slices"
	"strings"
)

func (s *Server) contentRoutes() {
	s.handle("GET /contents/{path...}", "contents: read", (*route).getContents)
	s.handle("PUT /contents/{path...}", "contents: write", (*route).putContents)
}

// getContents answers with a file, or with the list of a folder. A large file has
// no content here, as GitHub has it: it is read as a blob, or raw.
func (rt *route) getContents() {
	c := rt.repo.find(rt.r.URL.Query().Get("ref"))
	if c == nil {
		rt.refuse(http.StatusNotFound, "No commit found for the ref "+rt.r.URL.Query().Get("ref"))
		return
	}
	path := strings.Trim(rt.r.PathValue("path"), "/")
	content, found := c.Files[path]
	switch raw := strings.Contains(rt.r.Header.Get("Accept"), "raw"); {
	case found && raw:
		_, _ = rt.w.Write(content)
	case found:
		file := rt.entry(path, content)
		file["encoding"], file["content"] = "base64", base64.StdEncoding.EncodeToString(content)
		if len(content) > rt.server.world.InlineLimit {
			file["encoding"], file["content"] = "none", ""
		}
		rt.answer(http.StatusOK, file)
	default:
		list := rt.folder(c, path)
		if len(list) == 0 {
			rt.refuse(http.StatusNotFound, "Not Found")
			return
		}
		rt.answer(http.StatusOK, list)
	}
}

func (rt *route) entry(path string, content []byte) map[string]any {
	return map[string]any{
		"type": "file", "name": path[strings.LastIndexByte(path, '/')+1:], "path": path, "sha": blobSHA(content), "size": len(content),
	}
}

// folder lists what lies in a folder: files and, once each, folders.
func (rt *route) folder(c *Commit, folder string) (list []map[string]any) {
	prefix := folder + "/"
	if folder == "" {
		prefix = ""
	}
	seen := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(c.Files)) {
		rest, inside := strings.CutPrefix(path, prefix)
		if !inside {
			continue
		}
		name, _, deeper := strings.Cut(rest, "/")
		if !deeper {
			list = append(list, rt.entry(path, c.Files[path]))
		} else if !seen[name] {
			seen[name] = true
			list = append(list, map[string]any{"type": "dir", "name": name, "path": prefix + name, "sha": "", "size": 0})
		}
	}
	return list
}

// putContents commits one file. The sha of the blob that it replaces must be that
// at the tip of the branch: 409 where it is another, 422 where it is not said.
func (rt *route) putContents() {
	var in struct {
		Message, Content, SHA, Branch string
	}
	if !rt.read(&in) {
		return
	}
	name := in.Branch
	if name == "" {
		name = rt.repo.DefaultBranch
	}
	branch, path := rt.repo.Branches[name], rt.r.PathValue("path")
	if branch == nil {
		rt.refuse(http.StatusNotFound, "Branch "+name+" not found")
		return
	}
	if branch.Protected != "" {
		rt.refuse(http.StatusConflict, "Repository rule violations found\n\n"+branch.Protected+"\n\n")
		return
	}
	content, err := base64.StdEncoding.DecodeString(in.Content)
	if err != nil || in.Message == "" {
		rt.refuse(http.StatusUnprocessableEntity, "content is not valid Base64")
		return
	}
	tip := rt.repo.Commits[branch.SHA]
	old, exists := tip.Files[path]
	switch {
	case exists && in.SHA == "":
		rt.refuse(http.StatusUnprocessableEntity, "Invalid request.\n\n\"sha\" wasn't supplied.")
		return
	case exists && in.SHA != blobSHA(old), !exists && in.SHA != "":
		rt.refuse(http.StatusConflict, path+" does not match "+in.SHA)
		return
	}
	next := &Commit{Parents: []string{tip.SHA}, Message: in.Message, Author: rt.actor.Login, Date: rt.server.now(), Files: maps.Clone(tip.Files)}
	next.Files[path] = content
	branch.SHA = rt.repo.commit(next)
	status := http.StatusOK
	if !exists {
		status = http.StatusCreated
	}
	rt.answer(status, map[string]any{"content": rt.entry(path, content), "commit": map[string]any{
		"sha": branch.SHA, "message": in.Message, "html_url": rt.html("commit/" + branch.SHA)}})
}

// html is an address that people open.
func (rt *route) html(rest string) string {
	return "https://github.com/" + rt.r.PathValue("owner") + "/" + rt.r.PathValue("name") + "/" + rest
}
