package regress

// keySet finds keys that a list of series holds twice. The metrics of a benchmark
// mostly stand together, in a block: then only benchmarks are remembered.
type keySet struct {
	blocks map[string]bool // benchmarks that have had a block
	begin  int             // of the present block
	keys   map[Key]bool    // all keys so far, from the first benchmark with two blocks or a large one on
}

// add adds the key of series i of the list, and tells whether it is a new one.
func (k *keySet) add(key Key, i int, at func(i int) *Series) bool {
	const large = 16 // metrics of a block, which are compared one by one
	if k.keys == nil {
		first := i == 0 || at(i-1).Benchmark != key.Benchmark
		if first && !k.blocks[key.Benchmark] {
			k.blocks[key.Benchmark], k.begin = true, i
			return true
		}
		if !first && i-k.begin < large {
			for j := k.begin; j < i; j++ {
				if at(j).Metric == key.Metric {
					return false
				}
			}
			return true
		}
		k.keys = make(map[Key]bool, i)
		for j := range i {
			k.keys[at(j).Key] = true
		}
	}
	known := k.keys[key]
	k.keys[key] = true
	return !known
}
