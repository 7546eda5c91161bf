package render

import (
	"slices"

	"github.com/org/regress-gate/regress"
	"github.com/org/regress-gate/regress/infer"
)

// maxSparks is how many columns a sparkline has at most; as many runs as a
// baseline keeps.
const maxSparks = 30

var sparks = []rune("▁▂▃▄▅▆▇█")

// sparkline draws the points between the least and the largest of them, oldest
// first; a constant is a line at the bottom. Of more points than columns each
// column shows the median of its share.
func sparkline(points []regress.Point) string {
	columns := min(len(points), maxSparks)
	if columns == 0 {
		return none
	}
	heights := make([]float64, columns)
	var share []float64
	for i := range heights {
		share = share[:0]
		for _, p := range points[i*len(points)/columns : (i+1)*len(points)/columns] {
			share = append(share, p.Center/2) // halves, since the range of finite values may not be finite
		}
		heights[i] = infer.Median(share)
	}
	least, span := slices.Min(heights), slices.Max(heights)-slices.Min(heights)
	line := make([]rune, columns)
	for i, h := range heights {
		line[i] = sparks[0]
		if span > 0 {
			line[i] = sparks[min(int((h-least)/span*float64(len(sparks))), len(sparks)-1)]
		}
	}
	return string(line)
}
