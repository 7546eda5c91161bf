package profile

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
)

// The fixtures are those of the formats; beside each stands what pprof and awk
// found in it.
const fixtures = "../parse/testdata"

type ranked struct {
	Func, Frame        string
	Value, Self, Total float64
}

type truth struct {
	Totals    map[string]float64
	FlatTop   map[string][]ranked `json:"flat_top"`
	CumTop    map[string][]ranked `json:"cum_top"`
	DefaultOf string              `json:"default_type"`
	Samples   int                 `json:"n_samples"`
	Seconds   float64             `json:"duration_s"`

	Stacks   int
	Total    float64
	SelfTop  []ranked `json:"self_top"`
	TotalTop []ranked `json:"total_top"`
}

func readTruth(t *testing.T, path string) (want truth) {
	data, err := os.ReadFile(path + ".expected.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &want))
	return want
}

func byFunction(costs []Cost) map[string]Cost {
	m := map[string]Cost{}
	for _, c := range costs {
		m[c.Function] = c
	}
	return m
}

func TestPprofAgreesWithPprof(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(fixtures, "pprof", "*.pb.gz"))
	require.NoError(t, err)
	require.Len(t, paths, 6)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := readTruth(t, path)
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			p, err := ReadPprof(bytes.NewReader(data))
			require.NoError(t, err)
			require.Len(t, p.Stacks, want.Samples)
			require.InDelta(t, want.Seconds, p.Duration.Seconds(), 0.1)
			require.False(t, p.Time.IsZero())
			d := p.Types[p.Default]
			require.Equal(t, want.DefaultOf, d.Name+"/"+d.Unit)
			require.Len(t, want.Totals, len(p.Types))
			for kind, typ := range p.Types {
				name := typ.Name + "/" + typ.Unit
				total := p.Total(kind)
				require.Equal(t, want.Totals[name], total, name)
				costs := byFunction(p.Costs(kind))
				for _, r := range want.FlatTop[name] {
					require.InDelta(t, r.Value, costs[r.Func].Flat*total, 1e-6*total, "flat %s %s", name, r.Func)
				}
				for _, r := range want.CumTop[name] {
					require.InDelta(t, r.Value, costs[r.Func].Cum*total, 1e-6*total, "cum %s %s", name, r.Func)
				}
			}
		})
	}
}

func TestFoldedAgreesWithAwk(t *testing.T) {
	for _, name := range []string{"base.folded", "slow.folded"} {
		path := filepath.Join(fixtures, "folded", name)
		want := readTruth(t, path)
		data, err := os.ReadFile(path)
		require.NoError(t, err)
		p, err := ReadFolded(bytes.NewReader(data))
		require.NoError(t, err)
		require.Len(t, p.Stacks, want.Stacks)
		require.Equal(t, want.Total, p.Total(0))
		require.InDelta(t, want.Total/10101010, p.Samples(0), 0.5, "at 99 Hz a sample weighs 10101010 ns")
		costs := byFunction(p.Costs(0))
		for _, r := range want.SelfTop {
			require.InDelta(t, r.Self, costs[r.Frame].Flat*want.Total, 1)
		}
		for _, r := range want.TotalTop {
			require.InDelta(t, r.Total, costs[r.Frame].Cum*want.Total, 1)
		}
	}
}

// TestGrowth finds the function that was made slower in the fixtures.
func TestGrowth(t *testing.T) {
	read := func(name string) []Cost {
		data, err := os.ReadFile(filepath.Join(fixtures, "pprof", name))
		require.NoError(t, err)
		p, err := ReadPprof(bytes.NewReader(data))
		require.NoError(t, err)
		return p.Costs(p.Default)
	}
	changes := Growth(read("base.cpu.pb.gz"), read("slow.cpu.pb.gz"))
	require.Equal(t, "main.burnCPU", changes[0].Function)
	require.InDelta(t, 262./357, changes[0].Flat(), 1e-9)
	require.InDelta(t, 274./357, changes[0].Cum(), 1e-9)
	last := changes[len(changes)-1]
	require.Equal(t, "internal/runtime/syscall/linux.Syscall6", last.Function)
	require.Less(t, last.Flat(), 0.)
}

// TestRealProfile reads what the runtime of this very process writes.
func TestRealProfile(t *testing.T) {
	var file bytes.Buffer
	require.NoError(t, pprof.StartCPUProfile(&file))
	for end := time.Now().Add(300 * time.Millisecond); time.Now().Before(end); {
		spin()
	}
	pprof.StopCPUProfile()
	p, err := ReadPprof(bytes.NewReader(file.Bytes()))
	require.NoError(t, err)
	if p.Total(p.Default) == 0 {
		t.Skip("this machine counts no samples")
	}
	require.Equal(t, "cpu", p.Types[p.Default].Name)
	require.Equal(t, 1e7, p.Types[p.Default].Period)
	require.Greater(t, byFunction(p.Costs(p.Default))["github.com/org/regress-gate/regress/profile.spin"].Cum, 0.1) // beside the collector, and whatever else the detector of races does

	file.Reset()
	require.NoError(t, pprof.Lookup("heap").WriteTo(&file, 0))
	p, err = ReadPprof(bytes.NewReader(file.Bytes()))
	require.NoError(t, err)
	require.Equal(t, "inuse_space", p.Types[p.Default].Name)
	require.Equal(t, 512.*1024, p.Types[p.Default].Period)
}

var sink float64

//go:noinline
func spin() {
	for i := range 100_000 {
		sink += math.Sqrt(float64(i))
	}
}

func TestFolded(t *testing.T) {
	for _, c := range []struct{ why, in, err string }{
		{"frames with spaces, blank lines, comments, CRLF", "# made by hand\na;b c (x y) 3\r\n\n", ""},
		{"a fraction", "a;b 1.5\n", ""},
		{"one frame", "main 1\n", ""},
		{"no count", "a;b 1\na;b\n", `line 2: "a;b" is not a stack`},
		{"cut within the count", "a;b 10\na;b 1", "line 2: the line has no end"},
		{"a negative count", "a;b -1\n", "line 1"},
		{"not a number", "a;b 1e9\n", "line 1"},
		{"a difference", "a;b 1 2\na 3 4\n", "two counts"},
		{"a number as a frame", "a;b 1 2\na 3\n", ""},
		{"a long line", "a;" + strings.Repeat("b", 2<<20) + " 1\n", "line 1: "},
	} {
		p, err := ReadFolded(strings.NewReader(c.in))
		if c.err != "" {
			require.ErrorContains(t, err, c.err, c.why)
			require.Nil(t, p)
			continue
		}
		require.NoError(t, err, c.why)
		require.NotEmpty(t, p.Costs(0))
	}
}

func TestRecursionCountsOnce(t *testing.T) {
	p, err := ReadFolded(strings.NewReader("main;f;f;g;f 3\nmain;g 1\n"))
	require.NoError(t, err)
	require.Equal(t, []Cost{{"g", 0.25, 1}, {"main", 0, 1}, {"f", 0.75, 0.75}}, p.Costs(0))
}

func TestNothingMeasured(t *testing.T) {
	p, err := ReadFolded(strings.NewReader("main;f 0\n"))
	require.NoError(t, err)
	require.Empty(t, p.Costs(0))
	require.Zero(t, p.Samples(0))
	require.Equal(t, 1., Noise(0.5, 0))
}

// TestSamples holds that objects are no samples of their own.
func TestSamples(t *testing.T) {
	for name, want := range map[string][]float64{"base.cpu.pb.gz": {254, 254}, "base.allocs.pb.gz": {450803369. / (512 << 10), 450803369. / (512 << 10), 1737224. / (512 << 10), 1737224. / (512 << 10)}} {
		data, err := os.ReadFile(filepath.Join(fixtures, "pprof", name))
		require.NoError(t, err)
		p, err := ReadPprof(bytes.NewReader(data))
		require.NoError(t, err)
		for kind, n := range want {
			require.InDelta(t, n, p.Samples(kind), 1e-6, "%s %s", name, p.Types[kind].Name)
		}
	}
}

// TestNoise compares with the formula of two shares that are drawn apart.
func TestNoise(t *testing.T) {
	require.InDelta(t, math.Sqrt(2*0.25/100), Noise(0.5, 100), 1e-12)
	require.Greater(t, Noise(0, 100), 0., "a function that was not seen may have been missed")
	require.InDelta(t, Noise(0, 100), Noise(1, 100), 1e-12)
}

// The parts of hostile profiles.
func part(id int, body ...byte) []byte {
	return append(binary.AppendUvarint(binary.AppendUvarint(nil, uint64(id)<<3|wireBytes), uint64(len(body))), body...)
}

func num(id int, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(nil, uint64(id)<<3), v)
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// TestHostile holds bounds: what a few bytes may unfold to, and what they refer to.
func TestHostile(t *testing.T) {
	head := join(part(profileSampleType, join(num(1, 1), num(2, 1))...), part(profileString), part(profileString, []byte("cpu")...))
	function := part(profileFunction, join(num(1, 1), num(2, 1))...)
	lines := bytes.Repeat(part(locationLine, num(1, 1)...), 10_000)
	wide := part(profileLocation, join(num(1, 1), lines)...)
	deep := part(profileSample, join(part(sampleLocation, bytes.Repeat([]byte{1}, 10_000)...), part(sampleValue, 1))...)
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range maxPprof>>20 + 1 {
		_, err := z.Write(make([]byte, 1<<20))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	for _, c := range []struct {
		why, err string
		in       []byte
	}{
		{"nothing", "no sample type", nil},
		{"a bomb", "larger than 64 MiB", bomb.Bytes()},
		{"a stack of 10^8 frames", "sample 1: the stacks have more than", join(head, function, wide, deep)},
		{"many stacks of 10^4 frames", "the stacks have more than", join(head, function, wide, bytes.Repeat(part(profileSample, join(num(1, 1), num(2, 1))...), 1000))},
		{"no such location", "sample 1: location 7 is not in the file", join(head, part(profileSample, join(num(1, 7), num(2, 1))...))},
		{"no such function", "function 1 is not in the file", join(head, wide)},
		{"no such string", "string 9 is not in the file", join(head, part(profileSampleType, num(1, 9)...))},
		{"a name that is no string", "string 9 is not in the file", join(head, part(profileFunction, join(num(1, 1), num(2, 9))...), wide)},
		{"a file that is no string", "string 9 is not in the file", join(head, part(profileMapping, join(num(1, 3), num(5, 9))...), part(profileLocation, join(num(1, 1), num(2, 3))...))},
		{"values for other types", "2 values for 1 sample types", join(head, function, wide, part(profileSample, join(num(1, 1), num(2, 1), num(2, 1))...))},
		{"a difference", "the weight -1 is negative", join(head, function, wide, part(profileSample, join(num(1, 1), num(2, math.MaxUint64))...))},
		{"a number where a message is", "no pprof profile", num(profileSample, 1)},
		{"a group, which is of no use", "no pprof profile", []byte{profileSample<<3 | 3}},
	} {
		p, err := ReadPprof(bytes.NewReader(c.in))
		require.ErrorContains(t, err, c.err, c.why)
		require.Nil(t, p, c.why)
	}

	// Without symbols the binary stands for them, and a stack without frames is one.
	p, err := ReadPprof(bytes.NewReader(join(head, part(profileString, []byte("/usr/lib/libc.so.6")...),
		part(profileMapping, join(num(1, 3), num(5, 2))...), part(profileLocation, join(num(1, 1), num(2, 3))...),
		part(profileSample, join(num(1, 1), num(2, 3))...), part(profileSample, num(2, 1)...))))
	require.NoError(t, err)
	require.Equal(t, []Cost{{"[libc.so.6]", 0.75, 0.75}, {"[unknown]", 0.25, 0.25}}, p.Costs(0))
}

// TestCutPprof cuts a profile at every place: it is an error, or, between two
// fields, lacks what the file lacks and has no reference to it.
func TestCutPprof(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(fixtures, "pprof", "base.heap.pb.gz"))
	require.NoError(t, err)
	for n := range len(data) {
		_, err := ReadPprof(bytes.NewReader(data[:n]))
		require.Error(t, err, "compressed, %d bytes", n)
	}
	z, err := gzip.NewReader(bytes.NewReader(data))
	require.NoError(t, err)
	var plain bytes.Buffer
	_, err = plain.ReadFrom(z)
	require.NoError(t, err)
	whole, err := ReadPprof(bytes.NewReader(plain.Bytes()))
	require.NoError(t, err)
	for n := 0; n < plain.Len(); n += 7 {
		if p, err := ReadPprof(bytes.NewReader(plain.Bytes()[:n])); err == nil {
			require.Equal(t, whole.Stacks, p.Stacks, "%d bytes", n)
			require.Equal(t, whole.Functions, p.Functions, "%d bytes", n)
		}
	}
	_, err = ReadPprof(iotest.ErrReader(os.ErrClosed))
	require.ErrorIs(t, err, os.ErrClosed)
}

func FuzzPprof(f *testing.F) {
	f.Add(join(part(profileSampleType, join(num(1, 1), num(2, 2))...), part(profileString), part(profileString, []byte("cpu")...), part(profileString, []byte("ns")...),
		part(profileMapping, join(num(1, 1), num(5, 1))...), part(profileFunction, join(num(1, 1), num(2, 1))...),
		part(profileLocation, join(num(1, 1), num(2, 1), part(locationLine, num(1, 1)...))...),
		part(profileSample, join(part(sampleLocation, 1, 1), part(sampleValue, 9))...), num(profileTime, 1), num(profilePeriod, 3)))
	f.Fuzz(func(t *testing.T, data []byte) {
		IsPprof(data)
		p, err := ReadPprof(bytes.NewReader(data))
		if err != nil {
			require.Nil(t, p)
			return
		}
		for kind := range p.Types {
			p.Samples(kind)
			for _, c := range p.Costs(kind) {
				require.True(t, 0 <= c.Flat && c.Flat <= 1 && 0 < c.Cum && c.Cum <= 1, "%v", c)
			}
		}
	})
}
