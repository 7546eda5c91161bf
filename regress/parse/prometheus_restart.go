package parse

import (
	"fmt"
	"slices"
)

// restarted says by what it can be seen that the counters of a scrape do not go
// on from those before, "" where they do: when the process began; a counter that
// is smaller; counters that are gone, while none has grown.
func (s *scrape) restarted(before *scrape) string {
	const begun = "process_start_time_seconds"
	if a, b := s.find(begun, ""), before.find(begun, ""); a != nil && b != nil && a.value != b.value {
		return begun + " is another"
	}
	grown, gone := false, ""
	for _, f := range before.families {
		if f.kind != "counter" && f.kind != "histogram" && f.kind != "summary" {
			continue
		}
		for _, old := range f.series {
			name := fmt.Sprintf("%.200s%.200s", f.name, old.labels)
			now := s.find(f.name, old.labels)
			switch {
			case now == nil:
				gone = name
			case now.value < old.value, now.count < old.count, f.kind == "histogram" && !now.follows(old):
				return name + " is smaller"
			case now.created > old.created && old.created > 0:
				return name + " was created anew"
			default:
				grown = grown || now.value > old.value || now.count > old.count
			}
		}
	}
	if gone != "" && !grown {
		return gone + " is gone"
	}
	return ""
}

// follows tells whether no bucket is smaller than it was.
func (p *promSeries) follows(old *promSeries) bool {
	return slices.EqualFunc(p.points, old.points, func(now, old promPoint) bool { return now.at == old.at && now.value >= old.value })
}
