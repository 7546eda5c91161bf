package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/org/regress-gate/"

// source is one Go file of the project, by its path from the root.
type source struct {
	path string
	test bool
	file *ast.File
	fset *token.FileSet
}

func sources(t *testing.T) (list []source) {
	root := os.DirFS("../..")
	require.NoError(t, fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && strings.HasPrefix(d.Name(), ".") && p != "." || d.Name() == "testdata" {
			return errorOr(err, d)
		}
		if strings.HasSuffix(p, ".go") {
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, filepath.Join("../..", p), nil, parser.ParseComments)
			require.NoError(t, err)
			list = append(list, source{p, strings.HasSuffix(p, "_test.go"), file, fset})
		}
		return nil
	}))
	require.Greater(t, len(list), 50)
	return list
}

func errorOr(err error, d fs.DirEntry) error {
	if err == nil && d.IsDir() {
		return fs.SkipDir
	}
	return err
}

// What each package may import of ours. A package that is not here may import
// nothing of ours, so that a new one has to be thought about.
var allowed = map[string][]string{
	"regress":                           {"regress/unit", "regress/infer", "regress/internal/replace", "regress/internal/strict"},
	"regress/parse":                     {"regress", "regress/unit", "regress/internal/lazy", "regress/internal/strict", "regress/profile"},
	"regress/render":                    {"regress/internal/lazy", "regress", "regress/unit", "regress/infer"},
	"regress/gate":                      {"regress/internal/lazy", "regress/internal/replace", "regress", "regress/unit", "regress/infer", "regress/parse", "regress/profile", "regress/render", "regress/measure", "regress/measure/load", "regress/measure/machine", "regress/internal/host"},
	"regress/measure":                   {"regress/measure/machine", "regress/measure/internal/group"},
	"regress/measure/load":              {"regress/internal/lazy", "regress", "regress/unit", "regress/internal/strict", "regress/measure/internal/group", "regress/measure/machine"},
	"regress/regresstest":               {"regress", "regress/unit", "regress/render", "regress/internal/host"},
	"regress/internal/host":             {"regress"},
	"regress/measure/machine":           {"regress", "regress/unit"},
	"regress/quality":                   {"regress", "regress/infer", "regress/quality/internal/markdown"},
	"regress/quality/internal/markdown": nil,
	"regress/quality/speed":             {"regress/infer", "regress/quality/internal/markdown"},
	"regress/internal/lazy":             nil,
	"regress/internal/replace":          nil,
	"regress/quality/real":              {"regress", "regress/infer", "regress/parse", "regress/unit"},
	"regress/quality/real/work":         nil,
	"action":                            {"action/forge", "regress", "regress/gate", "regress/render"},
	"action/forge":                      nil,
	"action/internal/fakegithub":        nil,
	"action/internal/fakegithub/serve":  {"action/internal/fakegithub"},
	"cmd/regress-gate":                  {"regress", "regress/gate", "regress/gate/scaffold", "regress/render", "action"},
	"regress/gate/scaffold":             {"regress", "regress/gate", "regress/measure/load"},
	"regress/measure/internal/group":    nil,
	"regress/profile":                   nil,
	"regress/unit":                      nil,
	"regress/infer":                     nil,
	"regress/internal/strict":           nil,
}

func TestImports(t *testing.T) {
	testOnly := []string{"github.com/stretchr/testify", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/yuin/goldmark"}
	speakHTTP := []string{"action/forge", "action/internal/fakegithub", "action/internal/fakegithub/serve", "regress/gate", "regress/measure/load"}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		folder := path.Dir(s.path)
		may, known := allowed[folder]
		require.True(t, known, "%s: a new package: say what it may import", folder)
		for _, spec := range s.file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if ours, ok := strings.CutPrefix(imported, module); ok {
				require.Contains(t, may, ours, "%s", s.path)
			}
			for _, prefix := range testOnly {
				require.False(t, strings.HasPrefix(imported, prefix), "%s imports %s, which is for tests", s.path, imported)
			}
			if imported == "net/http" {
				require.Contains(t, speakHTTP, folder, "%s", s.path)
			}
			require.NotEqual(t, "unsafe", imported, "%s", s.path)
		}
	}
}

func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("../..")
	require.NoError(t, err)
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			require.Contains(t, []string{"regress", "action", "cmd", "baselines"}, e.Name(), "no other top-level folder")
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range sources(t) {
		if s.test || s.file.Name.Name == "main" {
			continue
		}
		documented := func(name *ast.Ident, docs ...*ast.CommentGroup) {
			if name.IsExported() && !slices.ContainsFunc(docs, func(c *ast.CommentGroup) bool { return c != nil }) {
				t.Errorf("%s: %s has no doc comment", s.fset.Position(name.Pos()), name.Name)
			}
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv != nil && !exportedReceiver(d.Recv) {
					continue // an interface's method of a type that nobody sees
				}
				documented(d.Name, d.Doc)
				if d.Name.IsExported() && d.Recv == nil && d.Doc != nil {
					require.True(t, strings.HasPrefix(d.Doc.Text(), d.Name.Name+" "), "%s: the doc comment starts with the name", s.fset.Position(d.Pos()))
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch spec := spec.(type) {
					case *ast.TypeSpec:
						documented(spec.Name, d.Doc, spec.Doc)
					case *ast.ValueSpec:
						for _, name := range spec.Names {
							documented(name, d.Doc, spec.Doc, spec.Comment)
						}
					}
				}
			}
		}
	}
}

func exportedReceiver(recv *ast.FieldList) bool {
	t := recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	name, ok := t.(*ast.Ident)
	return !ok || name.IsExported()
}

func TestEveryPackageHasADocComment(t *testing.T) {
	documented := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test {
			documented[path.Dir(s.path)] = documented[path.Dir(s.path)] || s.file.Doc != nil
		}
	}
	for folder, ok := range documented {
		require.True(t, ok, "%s has no package comment", folder)
	}
}
