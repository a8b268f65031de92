package sim

// Shrink leaves out items of a failing script as long as the same invariant fails, and returns what is left with its result.
// It is greedy: first halves, then smaller parts, then one at a time until no single item can go.
func Shrink(script *Script, subject Subject) (*Script, Result) {
	best := *script
	result := Run(&best, subject, nil)
	if result.Violation == nil {
		return &best, result
	}
	wanted := result.Violation.Invariant
	try := func(without []int) bool {
		next := best
		next.Kept = append([]bool(nil), best.Kept...)
		for _, i := range without {
			next.Kept[i] = false
		}
		r := Run(&next, subject, nil)
		if r.Violation == nil || r.Violation.Invariant != wanted {
			return false
		}
		best, result = next, r
		return true
	}
	for size := max(len(best.kept())/2, 1); ; size = max(size/2, 1) {
		shrunk := false
		for at := 0; at < len(best.kept()); {
			kept := best.kept()
			if try(kept[at:min(at+size, len(kept))]) {
				shrunk = true
				continue
			}
			at += size
		}
		if size == 1 && !shrunk {
			return &best, result
		}
	}
}

// kept are the numbers of the items that are played.
func (s *Script) kept() []int {
	var numbers []int
	for i, k := range s.Kept {
		if k {
			numbers = append(numbers, i)
		}
	}
	return numbers
}
