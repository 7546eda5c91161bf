package regress

import (
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/org/regress-gate/regress/unit"
)

// Edit is one thing that a change does to its own judge, the policy or the
// baseline: a threshold from 5 % to 50 %, a rule that is gone, a value that was
// made larger. It is shown and decides nothing: the judge is the one before it.
type Edit struct {
	Judge  string `json:"judge"`           // policy or baseline
	What   string `json:"what"`            // the setting, or the metric and what of it
	Before string `json:"before,omitzero"` // "" where it was not there
	After  string `json:"after,omitzero"`  // "" where it is there no more
}

// String is the edit as one sentence without a full stop.
func (e Edit) String() string {
	text := e.Judge + ": " + e.What
	switch {
	case e.Before == "" && e.After == "":
		return text
	case e.Before == "":
		return text + " added: " + e.After
	case e.After == "":
		return text + " removed: " + e.Before
	}
	return text + ": " + e.Before + " → " + e.After
}

// PolicyEdits returns what differs from one policy to another, in meaning and not
// in writing: a default that is spelt out is no edit. Rules in another order are
// one, since the last that matches wins.
func PolicyEdits(before, after Policy) (list []Edit, err error) {
	old, err := before.spelt()
	if err != nil {
		return nil, err
	}
	next, err := after.spelt()
	if err != nil {
		return nil, err
	}
	for _, name := range policySettings {
		a, b := old[name], next[name]
		if a.Kind() != '[' && b.Kind() != '[' {
			if string(a) != string(b) {
				list = append(list, Edit{"policy", strings.ReplaceAll(name, "_", " "), plainJSON(a, "default"), plainJSON(b, "default")})
			}
			continue
		}
		items, err := listEdits(strings.TrimSuffix(name, "s"), a, b)
		if err != nil {
			return nil, err
		}
		list = append(list, items...)
	}
	return list, nil
}

// policySettings are the settings in the order of their weight.
var policySettings = [...]string{
	"threshold", "rules", "waivers", "alerts", "missing", "inconclusive", "incomparable", "suspect", "suite_shift", "new",
	"alpha", "confidence", "single", "environment", "run_noise", "drift", "history", "accept_label",
}

// spelt returns the settings with their defaults, by the names of the policy file.
func (p Policy) spelt() (settings map[string]jsontext.Value, err error) {
	p.Threshold, p.Alpha, p.RunNoise, p.History = PercentOf(p.threshold()), p.alpha(), PercentOf(p.runNoise()), p.history()
	p.Inconclusive, p.Missing, p.Incomparable = p.Inconclusive.or(ShowOnly), p.Missing.or(FailClosed), p.Incomparable.or(ShowOnly)
	p.New, p.SuiteShift, p.Suspect = p.New.or(Ignore), p.SuiteShift.or(FailClosed), p.Suspect.or(ShowOnly)
	text, err := json.Marshal(p)
	if err == nil {
		err = json.Unmarshal(text, &settings)
	}
	if err != nil {
		return nil, fmt.Errorf("comparing policies: %w", err)
	}
	return settings, nil
}

// listEdits compares two lists item by item, whatever their order; the same items
// in another order are one edit.
func listEdits(noun string, before, after jsontext.Value) (list []Edit, err error) {
	var old, next []jsontext.Value
	for _, side := range [...]struct {
		text jsontext.Value
		into *[]jsontext.Value
	}{{before, &old}, {after, &next}} {
		if len(side.text) == 0 {
			continue
		}
		if err := json.Unmarshal(side.text, side.into); err != nil {
			return nil, fmt.Errorf("comparing policies: %w", err)
		}
	}
	left := map[string]int{}
	for _, item := range next {
		left[string(item)]++
	}
	for _, item := range old {
		if left[string(item)]--; left[string(item)] < 0 {
			list = append(list, Edit{"policy", noun, plainJSON(item, ""), ""})
		}
	}
	for _, item := range next {
		if left[string(item)] > 0 {
			left[string(item)]--
			list = append(list, Edit{"policy", noun, "", plainJSON(item, "")})
		}
	}
	if len(list) == 0 && string(before) != string(after) {
		list = append(list, Edit{Judge: "policy", What: noun + "s stand in another order"})
	}
	return list, nil
}

// plainJSON is a setting without the quotes and braces that nobody wrote.
func plainJSON(v jsontext.Value, absent string) string {
	if len(v) == 0 {
		return absent
	}
	return cutText(strings.NewReplacer(`{"`, "", `":`, " ", `,"`, ", ", `T00:00:00Z"`, "", `"`, "", "}", "").Replace(string(v)))
}

// cutText keeps a text within what a report holds.
func cutText(s string) string {
	if len(s) > maxName {
		s = strings.ToValidUTF8(s[:maxName-len("…")], "") + "…"
	}
	return s
}

// BaselineEdits returns what differs from one baseline to another: entries that
// are gone or new, and of the others value, unit, direction, limits and history.
// What is gone stands first, since nothing guards it any more.
func BaselineEdits(before, after *Baseline) (list []Edit) {
	next := make(map[Key]*Entry, len(after.Entries))
	for i := range after.Entries {
		next[after.Entries[i].Key] = &after.Entries[i]
	}
	var changed []Edit
	for i := range before.Entries {
		e := &before.Entries[i]
		now := next[e.Key]
		delete(next, e.Key)
		if now == nil {
			list = append(list, Edit{"baseline", cutText(e.Key.String()), e.shown(), ""})
			continue
		}
		changed = append(changed, e.edits(now)...)
	}
	if before.Env != after.Env {
		changed = append(changed, Edit{"baseline", "environment", before.Env.String(), after.Env.String()})
	}
	list = append(list, changed...)
	for i := range after.Entries {
		if e := &after.Entries[i]; next[e.Key] != nil {
			list = append(list, Edit{"baseline", cutText(e.Key.String()), "", e.shown()})
		}
	}
	return list
}

// edits compares two entries of one key.
func (e *Entry) edits(now *Entry) (list []Edit) {
	add := func(what, before, after string) {
		if before != after {
			list = append(list, Edit{"baseline", cutText(e.Key.String() + what), before, after})
		}
	}
	absolute := func(f Figure) string {
		v, known := f.Get()
		if !known {
			return "unset"
		}
		return fmt.Sprint(v)
	}
	relative := func(p Percent) string {
		if p.IsZero() {
			return "unset"
		}
		return p.String()
	}
	add("", e.shown(), now.shown())
	add(", threshold", relative(e.Threshold), relative(now.Threshold))
	add(", absolute threshold", absolute(e.ThresholdAbs), absolute(now.ThresholdAbs))
	add(", direction", e.Direction.String(), now.Direction.String())
	add(", exact", fmt.Sprint(e.Exact), fmt.Sprint(now.Exact))
	if len(list) == 0 && !slices.Equal(e.Samples, now.Samples) {
		add(", samples", fmt.Sprintf("%d", len(e.Samples)), fmt.Sprintf("%d others", len(now.Samples)))
	}
	add(", history", e.past(), now.past())
	return list
}

// shown is the value as people read it.
func (e *Entry) shown() string { return cutText(unit.Format(e.Center(), e.Unit)) }

// past describes the history, so that two that differ read differently.
func (e *Entry) past() string {
	sum := 0.0
	for i := range e.History {
		sum += e.History[i].Center
	}
	text := fmt.Sprintf("%d runs", len(e.History))
	if n := len(e.History); n > 0 {
		text += ", mean " + unit.Format(sum/float64(n), e.Unit)
	}
	if e.Anchor != nil {
		text += ", anchor " + unit.Format(e.Anchor.Center, e.Unit)
	}
	return cutText(text)
}
