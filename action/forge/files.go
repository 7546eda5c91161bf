package forge

import (
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"github.com/google/go-github/v89/github"
)

// MaxFile bounds what is read of one file, in bytes.
const MaxFile = 64 << 20

// File is a file of the repository.
type File struct {
	Path    string
	SHA     string // git's name for the content
	Content []byte
}

const readContents = "contents: read"

// File returns the file at path as it is at ref, a branch or a commit. Where there
// is a folder it returns the paths of the files in it, and those of no folder below.
// What is not there is fs.ErrNotExist.
func (c *Client) File(ctx context.Context, path, ref string) (file *File, folder []string, err error) {
	doing := fmt.Sprintf("reading %s at %s", path, ref)
	one, list, _, err := c.api.Repositories.GetContents(ctx, c.owner, c.name, path, &github.RepositoryContentGetOptions{Ref: ref})
	if err != nil {
		return nil, nil, c.explain(doing, readContents, err, false)
	}
	if one == nil {
		for _, entry := range list {
			if entry.GetType() == "file" {
				folder = append(folder, entry.GetPath())
			}
		}
		return nil, folder, nil
	}
	if kind := one.GetType(); kind != "file" {
		return nil, nil, fmt.Errorf("%s: it is a %s, not a file", doing, kind)
	}
	if one.GetSize() > MaxFile {
		return nil, nil, fmt.Errorf("%s: %d bytes are more than the %d that are read", doing, one.GetSize(), MaxFile)
	}
	file = &File{Path: path, SHA: one.GetSHA()}
	if file.Content, err = c.content(ctx, one); err != nil {
		return nil, nil, c.explain(doing, readContents, err, false)
	}
	if len(file.Content) != one.GetSize() {
		return nil, nil, fmt.Errorf("%s: %d bytes came where the file has %d", doing, len(file.Content), one.GetSize())
	}
	return file, nil, nil
}

// content is the content of a file: the API sends it along up to 1 MB, and else
// as a blob.
func (c *Client) content(ctx context.Context, file *github.RepositoryContent) ([]byte, error) {
	if file.GetEncoding() != "none" && (file.Content != nil && *file.Content != "" || file.GetSize() == 0) {
		text, err := file.GetContent()
		return []byte(text), err
	}
	blob, _, err := c.api.Git.GetBlob(ctx, c.owner, c.name, file.GetSHA())
	if err != nil {
		return nil, err
	}
	if blob.GetEncoding() != "base64" {
		return []byte(blob.GetContent()), nil
	}
	return base64.StdEncoding.DecodeString(strings.ReplaceAll(blob.GetContent(), "\n", ""))
}

// Commit is one commit that writes one file.
type Commit struct {
	Branch   string
	Path     string
	Message  string
	Content  []byte
	Replaces string // SHA of the content that it replaces, "" for a new file
}

const writeContents = "contents: write"

// Put commits, and returns the commit's name. Where the file is not the one that
// was to be replaced any more it is ErrConflict, and nothing is written. It may
// also be that after a lost answer: read again to tell. A branch that takes no
// pushes is ErrProtected.
func (c *Client) Put(ctx context.Context, commit Commit) (sha string, err error) {
	options := &github.RepositoryContentFileOptions{Message: &commit.Message, Content: commit.Content, Branch: &commit.Branch}
	if commit.Replaces != "" {
		options.SHA = &commit.Replaces
	}
	doing := fmt.Sprintf("committing %s to %s", commit.Path, commit.Branch)
	done, _, err := c.api.Repositories.CreateFile(ctx, c.owner, c.name, commit.Path, options)
	if err == nil {
		return done.Commit.GetSHA(), nil
	}
	status, message := reply(err)
	switch {
	case isLimit(err):
	case protects(status, message):
		return "", fmt.Errorf("%s: %w: %s", doing, ErrProtected, c.masked(message))
	case status == http.StatusConflict, status == http.StatusUnprocessableEntity:
		return "", fmt.Errorf("%s: %w: %s", doing, ErrConflict, c.masked(message))
	case status == http.StatusNotFound && strings.Contains(message, "ranch"): // "Branch main not found"
		return "", fmt.Errorf("%s: %w", doing, fs.ErrNotExist)
	}
	return "", c.explain(doing, writeContents, err, true)
}

// protects tells a rule that forbids the push from a conflict: GitHub answers both
// with 409.
func protects(status int, message string) bool {
	if status != http.StatusConflict && status != http.StatusUnprocessableEntity && status != http.StatusForbidden {
		return false
	}
	message = strings.ToLower(message)
	for _, sign := range [...]string{"rule violations", "protected branch", "through a pull request", "required status check", "approving review", "could not update file"} {
		if strings.Contains(message, sign) {
			return true
		}
	}
	return false
}
