package profile

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"path"
	"time"
)

// maxPprof bounds a profile, decompressed: a gzip file may unfold a thousandfold.
const maxPprof = 64 << 20

// The fields of the messages (https://github.com/google/pprof/blob/main/proto/profile.proto).
const (
	profileSampleType = 1
	profileSample     = 2
	profileMapping    = 3
	profileLocation   = 4
	profileFunction   = 5
	profileString     = 6
	profileTime       = 9
	profileDuration   = 10
	profilePeriodType = 11
	profilePeriod     = 12
	profileDefault    = 14
	profileLastField  = 15

	typeName, typeUnit                 = 1, 2
	sampleLocation, sampleValue        = 1, 2
	mappingID, mappingFile             = 1, 5
	locationID, locationMapping        = 1, 2
	locationLine, lineFunction         = 4, 1
	functionID, functionName           = 1, 2
	functionSystem                     = 3
	unknownFunction                    = "[unknown]"
	varintFields                uint16 = 1<<7 | 1<<8 | 1<<profileTime | 1<<profileDuration | 1<<profilePeriod | 1<<profileDefault | 1<<profileLastField
)

// ReadPprof reads a profile in the format of pprof, compressed or not. Frames that
// were inlined are frames of their own; what has no symbols is called after the
// binary that it is in, "[libc.so.6]", since addresses differ between builds.
func ReadPprof(r io.Reader) (*Profile, error) {
	in := bufio.NewReader(r)
	if head, _ := in.Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		in = bufio.NewReader(z)
	}
	data, err := io.ReadAll(io.LimitReader(in, maxPprof+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxPprof:
		return nil, fmt.Errorf("the profile is larger than %d MiB (take it over a shorter time)", maxPprof>>20)
	}
	var m message
	if err := fields(data, m.field); err != nil {
		return nil, err
	}
	return m.profile()
}

// IsPprof tells from the first bytes of a file, decompressed, whether it is a
// pprof profile: each whole field is one of that message, and a sample type is
// among them.
func IsPprof(head []byte) bool {
	typed := false
	for len(head) > 0 {
		f, rest, err := next(head)
		if f.id == 0 || f.id > profileLastField {
			return false
		}
		// Repeated numbers, the comments, may be packed.
		if number := varintFields>>f.id&1 == 1; f.wire != wireBytes && (f.wire != wireVarint || !number && f.id != 13) || f.wire == wireBytes && number {
			return false
		}
		if err != nil {
			break // the head ends within this field
		}
		if f.id == profileSampleType {
			typed = true
			if fields(f.bytes, func(in field) error {
				if in.wire != wireVarint || in.id != typeName && in.id != typeUnit {
					return errCut
				}
				return nil
			}) != nil {
				return false
			}
		}
		head = rest
	}
	return typed
}

// message is a profile as it stands in the file: what refers to what by numbers,
// and what is referred to may come later.
type message struct {
	types     [][2]uint64
	period    [2]uint64 // its type
	periods   uint64    // its length
	preferred uint64
	time      uint64
	duration  uint64
	samples   [][]byte
	strings   []string
	mappings  map[uint64]uint64 // → file
	functions map[uint64][2]uint64
	locations map[uint64]location
}

type location struct {
	mapping uint64
	lines   []uint64 // functions, the innermost first
}

func (m *message) field(f field) error {
	if f.wire == wireBytes {
		return m.part(f)
	}
	switch f.id {
	case profileTime:
		m.time = f.number
	case profileDuration:
		m.duration = f.number
	case profilePeriod:
		m.periods = f.number
	case profileDefault:
		m.preferred = f.number
	case profileSampleType, profileSample, profileMapping, profileLocation, profileFunction, profileString, profilePeriodType:
		return errCut
	}
	return nil
}

func (m *message) part(f field) error {
	if m.mappings == nil {
		m.mappings, m.functions, m.locations = map[uint64]uint64{}, map[uint64][2]uint64{}, map[uint64]location{}
	}
	switch f.id {
	case profileSampleType:
		t, err := valueType(f.bytes)
		m.types = append(m.types, t)
		return err
	case profileSample:
		m.samples = append(m.samples, f.bytes)
	case profileString:
		m.strings = append(m.strings, string(f.bytes))
	case profilePeriodType:
		var err error
		m.period, err = valueType(f.bytes)
		return err
	case profileMapping:
		v, err := three(f.bytes, mappingID, mappingFile, 0)
		m.mappings[v[0]] = v[1]
		return err
	case profileFunction:
		v, err := three(f.bytes, functionID, functionName, functionSystem)
		m.functions[v[0]] = [2]uint64{v[1], v[2]}
		return err
	case profileLocation:
		return m.location(f.bytes)
	}
	return nil
}

func valueType(b []byte) ([2]uint64, error) {
	v, err := three(b, typeName, typeUnit, 0)
	return [2]uint64{v[0], v[1]}, err
}

// three reads up to three numbers of a message.
func three(b []byte, ids ...uint64) (v [3]uint64, err error) {
	err = varints(b, func(id, n uint64) {
		for i := range ids {
			if id == ids[i] {
				v[i] = n
			}
		}
	})
	return v, err
}

func (m *message) location(b []byte) error {
	ids, err := three(b, locationID, locationMapping, 0)
	if err != nil {
		return err
	}
	l := location{mapping: ids[1]}
	err = fields(b, func(f field) error {
		if f.id != locationLine || f.wire != wireBytes {
			return nil
		}
		v, err := three(f.bytes, lineFunction, 0, 0)
		l.lines = append(l.lines, v[0])
		return err
	})
	m.locations[ids[0]] = l
	return err
}

func (m *message) text(i uint64) (string, error) {
	if i >= uint64(len(m.strings)) {
		return "", outOfRange("string", i)
	}
	return m.strings[i], nil
}

// profile resolves the references.
func (m *message) profile() (*Profile, error) {
	if len(m.types) == 0 {
		return nil, fmt.Errorf("no sample type: the file is no pprof profile, or cut off")
	}
	var b builder
	for i, t := range m.types {
		name, err := m.text(t[0])
		if err != nil {
			return nil, err
		}
		unit, err := m.text(t[1])
		if err != nil {
			return nil, err
		}
		one := Type{Name: name, Unit: unit}
		// Go's heap profile counts its period in "space", in the unit of the bytes.
		if kind, err := m.text(m.period[0]); err == nil && m.period != [2]uint64{} && m.period[1] == t[1] && kind != "" && unit != "count" {
			one.Period = float64(m.periods)
		}
		if b.Types = append(b.Types, one); m.preferred == t[0] {
			b.Default = i
		}
	}
	if m.preferred == 0 {
		b.Default = len(b.Types) - 1 // as pprof does
	}
	if m.time > 0 {
		b.Time = time.Unix(0, int64(m.time)).UTC()
	}
	b.Duration = max(time.Duration(m.duration), 0)
	names, err := m.names(&b)
	if err != nil {
		return nil, err
	}
	var locations, values []uint64
	for i, sample := range m.samples {
		locations, values = locations[:0], values[:0]
		err := fields(sample, func(f field) (err error) {
			switch f.id {
			case sampleLocation:
				locations, err = f.numbers(locations)
			case sampleValue:
				values, err = f.numbers(values)
			}
			return err
		})
		if err == nil {
			err = b.sample(locations, values, names)
		}
		if err != nil {
			return nil, fmt.Errorf("sample %d: %w", i+1, err)
		}
	}
	return &b.Profile, nil
}

// names gives each location its frames, the innermost first.
func (m *message) names(b *builder) (map[uint64][]int32, error) {
	names := make(map[uint64][]int32, len(m.locations))
	for id, l := range m.locations {
		for _, f := range l.lines {
			refs, known := m.functions[f]
			if !known {
				return nil, outOfRange("function", f)
			}
			name, err := m.text(refs[0])
			if err == nil && name == "" {
				name, err = m.text(refs[1])
			}
			if err != nil {
				return nil, err
			}
			if name == "" {
				name = unknownFunction
			}
			names[id] = append(names[id], b.function(name))
		}
		if len(l.lines) > 0 {
			continue
		}
		name := unknownFunction
		if file, known := m.mappings[l.mapping]; known {
			text, err := m.text(file)
			if err != nil {
				return nil, err
			}
			if text != "" {
				name = "[" + path.Base(text) + "]"
			}
		}
		names[id] = []int32{b.function(name)}
	}
	return names, nil
}

// sample adds a stack, which the file writes from the leaf to the root.
func (b *builder) sample(locations, values []uint64, names map[uint64][]int32) error {
	if len(values) != len(b.Types) {
		return fmt.Errorf("%d values for %d sample types: the profile is damaged", len(values), len(b.Types))
	}
	s := Stack{Weights: make([]float64, len(values))}
	for i, v := range values {
		if s.Weights[i] = float64(int64(v)); int64(v) < 0 {
			return fmt.Errorf("the weight %d is negative: this is a difference of two profiles (give the profiles themselves)", int64(v))
		}
	}
	depth := 0
	for _, l := range locations {
		frames, known := names[l]
		if !known {
			return outOfRange("location", l)
		}
		if depth += len(frames); depth > maxUnfolded {
			break // add refuses it; here it would take the memory first
		}
	}
	if s.Frames = make([]int32, 0, min(depth, maxUnfolded)+1); depth > maxUnfolded {
		s.Frames = s.Frames[:maxUnfolded]
		return b.add(s)
	}
	for i := len(locations) - 1; i >= 0; i-- {
		frames := names[locations[i]]
		for j := len(frames) - 1; j >= 0; j-- {
			s.Frames = append(s.Frames, frames[j])
		}
	}
	if len(s.Frames) == 0 {
		s.Frames = append(s.Frames, b.function(unknownFunction))
	}
	return b.add(s)
}
