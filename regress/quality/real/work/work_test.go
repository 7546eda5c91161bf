package work

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The benchmarks in two columns: those that are slowed down by the planted extra
// rounds, and those that are not, in which every alarm is a false one.

func BenchmarkSlowedSort(b *testing.B)   { repeat(b, true, sorting()) }
func BenchmarkSlowedJSON(b *testing.B)   { repeat(b, true, decoding()) }
func BenchmarkSlowedHash(b *testing.B)   { repeat(b, true, hashing()) }
func BenchmarkSlowedMap(b *testing.B)    { repeat(b, true, mapping()) }
func BenchmarkSlowedBig(b *testing.B)    { repeat(b, true, multiplying()) }
func BenchmarkSlowedFormat(b *testing.B) { repeat(b, true, formatting()) }

func BenchmarkSteadySearch(b *testing.B)   { repeat(b, false, searching()) }
func BenchmarkSteadyCopy(b *testing.B)     { repeat(b, false, copying()) }
func BenchmarkSteadyCRC(b *testing.B)      { repeat(b, false, summing()) }
func BenchmarkSteadyChannel(b *testing.B)  { repeat(b, false, sending()) }
func BenchmarkSteadyRegexp(b *testing.B)   { repeat(b, false, matching()) }
func BenchmarkSteadyCompress(b *testing.B) { repeat(b, false, compressing()) }

func repeat(b *testing.B, slowed bool, work func()) {
	n := roundsOf(slowed)
	for b.Loop() {
		for range n {
			work()
		}
	}
}

func sorting() func() {
	values, buffer := make([]int, 100), make([]int, 100)
	for i := range values {
		values[i] = i * 7919 % 101
	}
	return func() { copy(buffer, values); slices.Sort(buffer) }
}

func decoding() func() {
	text := []byte(`{"name": "benchmark", "values": [1, 2, 3], "nested": {"a": true}}`)
	return func() {
		var v any
		_ = json.Unmarshal(text, &v)
	}
}

func hashing() func() {
	data := make([]byte, 1024)
	return func() { data[0] = sha256.Sum256(data)[0] }
}

func mapping() func() {
	m := map[string]int{}
	keys := make([]string, 50)
	for i := range keys {
		keys[i] = "key" + strconv.Itoa(i)
	}
	return func() {
		for _, k := range keys {
			m[k]++
		}
	}
}

func multiplying() func() {
	x, y := new(big.Int).Lsh(big.NewInt(12345), 1000), new(big.Int)
	return func() { y.Mul(x, x) }
}

func formatting() func() {
	var b bytes.Buffer
	return func() { b.Reset(); fmt.Fprintf(&b, "%d %s %6.2f", 42, "text", 3.14) }
}

func searching() func() {
	text := strings.Repeat("abcdefgh", 200) + "needle"
	return func() { _ = strings.Contains(text, "needle") }
}

func copying() func() {
	from, to := make([]byte, 16<<10), make([]byte, 16<<10)
	return func() { copy(to, from) }
}

func summing() func() {
	data := make([]byte, 4096)
	return func() { data[0] = byte(crc32.ChecksumIEEE(data)) }
}

func sending() func() {
	c := make(chan int, 10)
	return func() {
		for i := range 10 {
			c <- i
		}
		for range 10 {
			<-c
		}
	}
}

func matching() func() {
	re := regexp.MustCompile(`[a-z]+@[a-z]+\.com`)
	return func() { _ = re.MatchString("the address is someone@example.com, as was said") }
}

func compressing() func() {
	text := []byte(strings.Repeat("the same words again ", 20))
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed)
	return func() {
		b.Reset()
		w.Reset(&b)
		_, _ = w.Write(text)
		_ = w.Close()
	}
}
