package sim

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

var (
	seed = flag.Uint64("seed", 0, "seed to replay")
	keep = flag.String("keep", "", "numbers of the items to keep, or none")
)

func TestReplay(t *testing.T) {
	if *seed == 0 {
		return
	}
	s := Generate(*seed)
	if *keep != "" {
		var numbers []int
		for _, field := range strings.Split(*keep, ",") {
			if n, err := strconv.Atoi(field); err == nil {
				numbers = append(numbers, n)
			}
		}
		if err := s.Keep(numbers); err != nil {
			t.Fatal(err)
		}
	}
	r := Run(s, Production(), func(line string) { fmt.Println(line) })
	fmt.Println(r.Violation)
	fmt.Println(s)
}
