package parse

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

var nan = math.NaN()

// localNumbers reads the numbers of one row as a locale prints them: 1,628.96 or
// 1.628,96 or 1 628,96 or 1'628.96. Which mark is the decimal one, one of them
// has to show: by both marks, by one mark twice, by other than three digits behind
// it. Where none does (18,549), misfit decides: the ratio of what the row says to
// what is known besides, which is nearest to 1 for the right mark; the two
// differ by a factor of a thousand.
func localNumbers(cells []string, misfit func(values []float64) float64) ([]float64, error) {
	decimal := byte(0)
	for _, cell := range cells {
		mark := decimalMark(cell)
		if mark != 0 && decimal != 0 && mark != decimal {
			return nil, fmt.Errorf("numbers of two languages in one row: %.80q", cells)
		}
		decimal = max(decimal, mark)
	}
	if decimal != 0 {
		return numbersWith(cells, decimal)
	}
	point, errPoint := numbersWith(cells, '.')
	comma, errComma := numbersWith(cells, ',')
	if err := errors.Join(errPoint, errComma); err != nil {
		return nil, err
	}
	if math.Abs(math.Log(misfit(comma))) < math.Abs(math.Log(misfit(point))) {
		return comma, nil
	}
	return point, nil
}

// decimalMark tells which mark the number shows to be the decimal one, 0 where
// it shows nothing.
func decimalMark(number string) byte {
	point, comma := strings.LastIndexByte(number, '.'), strings.LastIndexByte(number, ',')
	last, mark, other := max(point, comma), byte('.'), byte(',')
	if comma > point {
		mark, other = ',', '.'
	}
	switch {
	case last < 0:
		return 0
	case strings.IndexByte(number, other) >= 0:
		return mark
	case strings.IndexByte(number, mark) != last:
		return other // twice: it groups digits
	case len(number)-last-1 != 3, last > 3, last == 1 && number[0] == '0':
		return mark
	}
	return 0
}

func numbersWith(cells []string, decimal byte) ([]float64, error) {
	group := ","
	if decimal == ',' {
		group = "."
	}
	marks := strings.NewReplacer(group, "", string(decimal), ".", " ", "", "\u00a0", "", "\u202f", "", "'", "", "\u2019", "")
	values := make([]float64, len(cells))
	for i, cell := range cells {
		value, ok := parseNumber([]byte(marks.Replace(cell)), 0)
		if !ok {
			return nil, fmt.Errorf("not a number: %.40q", cell)
		}
		values[i] = value
	}
	return values, nil
}
