package machine

import (
	"time"

	"github.com/org/regress-gate/regress"
)

// fewest samples tell of memory, disks and shares: what is seen of a process when
// it begins says nothing of the rest.
const fewest = 3

// count takes a sample in which something ran into the figures over time.
func (t *tree) count(now time.Time, rss float64) {
	t.last = t.total(now)
	if t.samples == 0 {
		t.first, t.window = t.last, t.last
	}
	t.samples++
	t.rssSum += rss
	t.rssMax = max(t.rssMax, rss)
	if passed := now.Sub(t.window.at); passed >= interval {
		t.cpuMax = larger(t.cpuMax, regress.NewFigure((t.last.cpu-t.window.cpu)/passed.Seconds()))
		t.window = t.last
	}
}

// total sums up all that is or was in the tree.
func (t *tree) total(now time.Time) point {
	p := point{at: now}
	for _, m := range t.members {
		p.cpu += m.cpu
		p.read, p.written = plus(p.read, m.read), plus(p.written, m.written)
	}
	return p
}

// usage sums up what was used since the watch began.
func (t *tree) usage() Usage {
	if t.samples == 0 {
		return Usage{}
	}
	u := Usage{
		NetSent:     figure(t.netEnd.sent-t.net.sent, t.net.known && t.netEnd.known),
		NetReceived: figure(t.netEnd.received-t.net.received, t.net.known && t.netEnd.known),
		NetShared:   !t.ownNetwork,
	}
	if t.samples < fewest {
		return u
	}
	used := t.last.cpu - t.first.cpu
	u.CPUTime = regress.NewFigure(used)
	u.CPUShareMean = regress.NewFigure(used / t.last.at.Sub(t.first.at).Seconds())
	u.CPUShareMax = t.cpuMax
	u.RSSMean, u.RSSMax, u.RSSPeak = regress.NewFigure(t.rssSum/float64(t.samples)), regress.NewFigure(t.rssMax), t.peak
	u.DiskRead, u.DiskWritten = minus(t.last.read, t.first.read), minus(t.last.written, t.first.written)
	return u
}
