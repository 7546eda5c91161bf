package scaffold

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/gate"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

var workflows = flag.String("workflows", "", "write the workflows of TestKinds to this `folder` too, for actionlint")

const (
	goMod    = "module example.com/demo\n\ngo 1.26\n"
	goTests  = "package demo\n\nimport \"testing\"\n\nfunc BenchmarkA(b *testing.B) {}\n"
	k6Script = "import http from 'k6/http';\nexport default function () { http.get('http://localhost:8080/'); }\n"
	loadYAML = "config:\n  target: http://localhost:8080\n  phases:\n    - {duration: 10, arrivalRate: 5}\nscenarios:\n  - flow:\n      - get: {url: /}\n"
)

// repository makes a repository of these files.
func repository(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	return root
}

func plan(t *testing.T, o Options) *Plan {
	t.Helper()
	o.Now = time.Now
	p, err := Make(context.Background(), o)
	require.NoError(t, err)
	return p
}

// samples is a repository of each kind, as real ones look.
var samples = map[string]struct {
	files map[string]string
	run   string // a line of the workflow that measures it
}{
	"go": {map[string]string{"go.mod": goMod, "a_test.go": goTests, "sub/go.mod": goMod, "sub/b/b_test.go": goTests},
		"(cd sub && go test -run '^$' -bench . -benchmem -count 10 ./...) | tee performance-runs/go-2.txt"},
	"k6":   {map[string]string{"load/users.ts": k6Script}, `k6 run --quiet --summary-export performance-runs/k6-"$i".json load/users.ts`},
	"load": {map[string]string{"perf/load.yml": loadYAML}, "regress-gate load --repeat 5 --output performance-runs/load.json perf/load.yml"},
	"hyperfine": {map[string]string{"Makefile": "build:\n\tgo build\n\nbench: build\n\thyperfine --warmup 3 \\\n\t  --export-json out/times.json ./tool\n"},
		"cp out/times.json performance-runs/hyperfine.json"},
	"pytest": {map[string]string{"pyproject.toml": "[project]\nname = \"demo\"\n", "requirements/dev.txt": "", "requirements-dev.txt": "pytest\npytest-benchmark==5.1.0\n"},
		`"$RUNNER_TEMP"/venv/bin/pip install -r requirements-dev.txt .`},
	"criterion": {map[string]string{"Cargo.toml": "[workspace]\nmembers = [\"codec\"]\n", "codec/Cargo.toml": "[dev-dependencies]\ncriterion = \"0.7\"\n"},
		`cargo bench --workspace | tee performance-runs/criterion-"$i".txt`},
	"vitest": {map[string]string{"web/package.json": `{"devDependencies": {"vitest": "^3.0.0"}}`, "web/package-lock.json": "{}", "web/src/sort.bench.ts": "bench('sort', () => {})"},
		`(cd web && npx vitest bench --run --outputJson "$GITHUB_WORKSPACE/performance-runs/vitest-$i.json")`},
	"gbench": {map[string]string{"CMakeLists.txt": "find_package(benchmark REQUIRED)\nadd_executable(bench bench.cc)\ntarget_link_libraries(bench PRIVATE demo benchmark::benchmark)\n"},
		"cmake --build build-performance --target bench"},
	"jmh": {map[string]string{"pom.xml": "<project><properties><uberjar.name>benchmarks</uberjar.name></properties><dependency><artifactId>jmh-core</artifactId></dependency></project>"},
		"java -jar target/benchmarks.jar -rf json -rff performance-runs/jmh.json"},
}

func TestKinds(t *testing.T) {
	all := map[string]string{}
	for _, k := range Kinds() {
		sample, ok := samples[k.Name]
		require.True(t, ok, "a repository of the kind %s", k.Name)
		p := plan(t, Options{Folder: repository(t, sample.files)})
		require.Len(t, p.Findings, 1, k.Name)
		assert.Equal(t, k.Name, p.Findings[0].Kind)
		assert.Contains(t, string(p.Files[0].Text), sample.run, k.Name)
		sound(t, p)
		keep(t, k.Name, p)
		for name, text := range sample.files {
			all[name] = text
		}
	}
	p := plan(t, Options{Folder: repository(t, all)})
	require.Len(t, p.Findings, len(Kinds()), "all of them in one job")
	sound(t, p)
	keep(t, "all", p)
	for _, sample := range samples {
		assert.Contains(t, string(p.Files[0].Text), sample.run)
	}
	only := plan(t, Options{Folder: repository(t, all), Only: []string{"k6"}})
	require.Len(t, only.Findings, 1)
	assert.Equal(t, "k6", only.Findings[0].Kind)
}

// keep writes the workflow for others to look at, where they asked for it.
func keep(t *testing.T, name string, p *Plan) {
	t.Helper()
	if *workflows != "" {
		require.NoError(t, os.WriteFile(filepath.Join(*workflows, "init-"+name+".yml"), p.Files[0].Text, 0o644))
	}
}

// sound requires that the files of the plan are what they have to be.
func sound(t *testing.T, p *Plan) {
	t.Helper()
	require.Equal(t, []string{workflowFile, policyFile}, []string{p.Files[0].Path, p.Files[1].Path})
	policy := filepath.Join(t.TempDir(), "policy.yaml")
	require.NoError(t, os.WriteFile(policy, p.Files[1].Text, 0o644))
	_, err := regress.LoadPolicy(policy)
	require.NoError(t, err)

	var workflow struct {
		Name        string
		Permissions map[string]string
		Jobs        map[string]struct {
			Permissions map[string]string
			Steps       []struct {
				Name, Uses, Run string
			}
		}
	}
	text := string(p.Files[0].Text)
	require.NoError(t, yaml.Unmarshal([]byte(text), &workflow), text)
	require.Equal(t, map[string]string{"contents": "read"}, workflow.Permissions)
	require.Len(t, workflow.Jobs, 3)
	require.Empty(t, workflow.Jobs["measure"].Permissions, "what runs the repository's code may only read")
	for _, job := range workflow.Jobs {
		for _, s := range job.Steps {
			require.NotContains(t, s.Run, "${{")
		}
	}
	require.Equal(t, 2, strings.Count(text, "${{"), "the two of our own")
}

func TestPinsAreThoseOfTheRepository(t *testing.T) {
	uses := regexp.MustCompile(`uses: (actions/[\w-]+)@([0-9a-f]{40} # v[\d.]+)`)
	found := map[string]bool{}
	for _, page := range []string{"README.md", "action/README.md", ".github/workflows/ci.yml"} {
		text, err := os.ReadFile("../../../" + page)
		require.NoError(t, err)
		for _, m := range uses.FindAllStringSubmatch(string(text), -1) {
			if pin, ok := pins[m[1]]; ok {
				found[m[1]] = true
				assert.Equal(t, pin, m[2], "%s: %s", page, m[1])
			}
		}
	}
	assert.Len(t, found, len(pins))
}

func TestCountBenchmarks(t *testing.T) {
	for _, c := range []struct {
		why, text string
		want      int
	}{
		{"one", goTests, 1},
		{"another name for b", "package a\nfunc BenchmarkA(x *testing.B) {\n}\nfunc Benchmark(b *testing.B) {}\nfunc BenchmarkÄ(b *testing.B) {}", 3},
		{"a comment and a text", "package a\n// func BenchmarkA(b *testing.B) {}\nvar x = `\nfunc BenchmarkB(b *testing.B) {}`", 0},
		{"a lower letter", "package a\nfunc Benchmarks(b *testing.B) {}", 0},
		{"a helper", "package a\nfunc BenchmarkA(b *testing.B, n int) {}\nfunc (s S) BenchmarkB(b *testing.B) {}", 0},
		{"a test", "package a\nfunc TestBenchmark(t *testing.T) {}", 0},
		{"behind a tag", "//go:build integration\n\npackage a\nfunc BenchmarkA(b *testing.B) {}", 0},
		{"for this system", "//go:build linux && go1.21\n\npackage a\nfunc BenchmarkA(b *testing.B) {}", 1},
		{"no Go at all", "func Benchmark\x00(b *testing.B", 0},
	} {
		assert.Equal(t, c.want, countBenchmarks([]byte(c.text)), c.why)
	}
}

func TestLeftOut(t *testing.T) {
	for _, c := range []struct {
		why     string
		files   map[string]string
		warning string // "" is none
	}{
		{"benchmarks of others", map[string]string{"go.mod": goMod, "vendor/a_test.go": goTests, "testdata/a_test.go": goTests, ".hidden/a_test.go": goTests, "_old/a_test.go": goTests}, ""},
		{"a repository in the repository", map[string]string{"go.mod": goMod, "sub/.git": "gitdir: elsewhere", "sub/a_test.go": goTests}, ""},
		{"no module", map[string]string{"a_test.go": goTests}, "is in no module"},
		{"a module of k6 that no user walks", map[string]string{"lib.js": "import http from 'k6/http';\nexport function login() {}"}, ""},
		{"a script that only mentions k6", map[string]string{"a.js": "// import 'k6'\nexport default 'k6'"}, ""},
		{"dependencies", map[string]string{"node_modules/x/a.js": k6Script}, ""},
		{"hyperfine without results", map[string]string{"bench.sh": "hyperfine ./tool\n"}, "without --export-json"},
		{"results with a variable in their name", map[string]string{"bench.sh": "hyperfine --export-json \"$OUT\" ./tool\n"}, "without --export-json"},
		{"hyperfine that is only looked for", map[string]string{"bench.sh": "command -v hyperfine --export-json x.json\n# hyperfine --export-json x.json\n"}, ""},
		{"artillery that load cannot read", map[string]string{"a.yml": loadYAML + "  - engine: socketio\n    flow: []\n"}, "cannot read all of it"},
		{"a Kubernetes file", map[string]string{"a.yml": "config: {}\nkind: Pod\n"}, ""},
	} {
		_, err := Make(context.Background(), Options{Folder: repository(t, c.files), Now: time.Now})
		require.ErrorContains(t, err, "nothing that measures was found", c.why)
		assert.Equal(t, gate.CouldNotJudge, gate.StatusOfError(err))
		for _, k := range Kinds() {
			assert.ErrorContains(t, err, k.Doc, c.why)
		}
		if c.warning != "" {
			assert.ErrorContains(t, err, c.warning, c.why)
		}
	}
}

// A stranger's repository puts nothing into the workflow.
func TestHostile(t *testing.T) {
	evil := []string{
		"a$(touch pwned).js", "a`touch pwned`.js", "a;touch pwned.js", "a'b.js", "a\"b.js", "a b.js", "a\n- run: touch pwned.js", "${{ secrets.X }}.js",
		"-e.js", "a#b.js", "a: b.js", "&a.js", "*a.js", "a|b.js", "a\u2028b.js", "a\x1b[31m.js", "a\\b.js", "sub dir/a.js", "--x/a.js", "a!.js", "%20.js", "~.js",
	}
	files := map[string]string{"fine/users.js": k6Script}
	for _, name := range evil {
		files[name] = k6Script
		files[strings.TrimSuffix(name, ".js")+"_d/go.mod"] = goMod
		files[strings.TrimSuffix(name, ".js")+"_d/a_test.go"] = goTests
	}
	root := repository(t, files)
	p := plan(t, Options{Folder: root})
	sound(t, p)
	clean := plan(t, Options{Folder: repository(t, map[string]string{"fine/users.js": k6Script})})
	require.Equal(t, string(clean.Files[0].Text), string(p.Files[0].Text), "nothing of them is in the workflow")
	notGit := 1 // the remark on the folder, which is no repository
	require.Len(t, p.Warnings, maxWarnings+1+notGit, "as many are said as are bearable")
}

func TestHostile_Texts(t *testing.T) {
	for why, files := range map[string]map[string]string{
		"the rule of a Makefile":    {"Makefile": "x;touch${IFS}pwned:\n\thyperfine --export-json a.json ./tool\n"},
		"where the results are":     {"bench.sh": "hyperfine --export-json a.json;touch ./tool\nhyperfine --export-json ../../etc/x ./tool\nhyperfine --export-json -x ./tool\n"},
		"a target of CMake":         {"CMakeLists.txt": "target_link_libraries(x;touch benchmark::benchmark)\ntarget_link_libraries(-x benchmark::benchmark)\ntarget_link_libraries(${X} benchmark::benchmark)\n"},
		"a link out of it":          {},
		"aliases of aliases":        {"a.yml": "config: &a [x]\nb: [*a, *a]\nscenarios: [*a]\n"},
		"a file that is no text":    {"a_test.go": "\x00\xff func Benchmark", "a.js": strings.Repeat("import 'k6\n", 1000)},
		"folders within folders":    {strings.Repeat("a/", 60) + "a.js": k6Script},
		"a pattern that backtracks": {"pom.xml": strings.Repeat("jmh-core<finalName>", 20000)},
	} {
		root := repository(t, files)
		outside := repository(t, map[string]string{"a.js": k6Script, "go.mod": goMod, "a_test.go": goTests})
		require.NoError(t, os.Symlink(filepath.Join(outside, "a.js"), filepath.Join(root, "linked.js")))
		require.NoError(t, os.Symlink(outside, filepath.Join(root, "linked")))
		_, err := Make(context.Background(), Options{Folder: root, Now: time.Now})
		assert.ErrorContains(t, err, "nothing that measures was found", why)
	}
}

func TestHugeTree(t *testing.T) {
	root, err := os.OpenRoot(repository(t, map[string]string{"z/a.js": k6Script, "a/b.js": k6Script}))
	require.NoError(t, err)
	defer root.Close()
	tr := &tree{root: root, entries: maxEntries - 1}
	tr.folder(".", 0)
	assert.Len(t, tr.files, 0, "the bound is for files and folders together")
	assert.Equal(t, maxEntries, tr.entries)
}

func TestCommand(t *testing.T) {
	p := plan(t, Options{Folder: t.TempDir(), Command: []string{"./bin/tool", "--input", "it's big.json", "$HOME"}})
	sound(t, p)
	assert.Contains(t, string(p.Files[0].Text), `-- './bin/tool --input '\''it'\''\'\'''\''s big.json'\'' '\''$HOME'\'''`)
	for _, word := range []string{"a\nb", "${{ secrets.X }}", "\xff", "a\u2028b"} {
		_, err := Make(context.Background(), Options{Folder: t.TempDir(), Command: []string{word}, Now: time.Now})
		assert.Equal(t, gate.WrongUsage, gate.StatusOfError(err), "%q", word)
	}
}

func TestBranch(t *testing.T) {
	root := repository(t, map[string]string{"a.js": k6Script})
	require.NoError(t, os.MkdirAll(filepath.Join(root, ".git", "refs"), 0o755))
	require.NoError(t, os.MkdirAll(filepath.Join(root, ".git", "objects"), 0o755))
	head := func(file, ref string) {
		path := filepath.Join(root, ".git", file)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte("ref: "+ref+"\n"), 0o644))
	}
	head("HEAD", "refs/heads/trunk")
	assert.Equal(t, "trunk", plan(t, Options{Folder: root}).Branch, "the branch of a repository without a commit")
	head("refs/remotes/origin/HEAD", "refs/remotes/origin/release/2.x")
	assert.Equal(t, "release/2.x", plan(t, Options{Folder: root}).Branch, "what the remote says")
	head("refs/remotes/origin/HEAD", "refs/remotes/origin/${{secrets.X}}")
	p := plan(t, Options{Folder: root})
	assert.Equal(t, "main", p.Branch, "a name that means something else in a workflow")
	assert.True(t, slices.ContainsFunc(p.Warnings, func(w string) bool { return strings.Contains(w, "main is written") }))
}

func TestWriteIsAllOrNothing(t *testing.T) {
	list := func(root string) (names []string) {
		require.NoError(t, filepath.Walk(root, func(path string, _ os.FileInfo, err error) error {
			names = append(names, path)
			return err
		}))
		return names
	}
	for why, prepare := range map[string]func(root string){
		"a file is where a folder has to be": func(root string) {
			require.NoError(t, os.WriteFile(filepath.Join(root, "baselines"), nil, 0o644))
		},
		"a link leads out": func(root string) {
			require.NoError(t, os.Symlink(t.TempDir(), filepath.Join(root, "baselines")))
		},
		"it may not be written": func(root string) { // which holds for everybody but root
			require.NoError(t, os.Mkdir(filepath.Join(root, "baselines"), 0o555))
			if os.Getuid() == 0 {
				require.NoError(t, os.WriteFile(filepath.Join(root, policyFile), nil, 0o444))
			}
		},
		"somebody was faster": func(root string) {
			require.NoError(t, os.Mkdir(filepath.Join(root, "baselines"), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(root, policyFile), []byte("theirs"), 0o644))
		},
	} {
		root := repository(t, map[string]string{"a.js": k6Script})
		p := plan(t, Options{Folder: root})
		prepare(root)
		before := list(root)
		err := p.Write()
		require.ErrorContains(t, err, "nothing was written", why)
		require.Equal(t, before, list(root), why)
	}
	root := repository(t, map[string]string{"a.js": k6Script})
	p := plan(t, Options{Folder: root})
	require.NoError(t, p.Write())
	for _, f := range p.Files {
		text, err := os.ReadFile(filepath.Join(root, f.Path))
		require.NoError(t, err)
		require.Equal(t, string(f.Text), string(text))
	}
	_, err := Make(context.Background(), Options{Folder: root, Now: time.Now})
	require.ErrorContains(t, err, workflowFile+" exists")
	require.ErrorContains(t, err, policyFile+" exists")
}

func ExampleMake() {
	root, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(root)
	if err := os.WriteFile(filepath.Join(root, "users.js"), []byte(k6Script), 0o644); err != nil {
		panic(err)
	}
	plan, err := Make(context.Background(), Options{Folder: root, Now: time.Now})
	if err != nil {
		panic(err)
	}
	for _, f := range plan.Files {
		fmt.Println(f.Path)
	}
	// Output:
	// .github/workflows/performance.yml
	// baselines/policy.yaml
}
