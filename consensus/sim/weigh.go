package sim

import "reflect"

// weigh counts what a value holds: elements of slices, entries of maps, and what pointers lead to, all the way down. It sees what a core
// does not count itself. Arrays of bytes, texts and functions count once.
func weigh(value any) int {
	s := scale{seen: map[uintptr]bool{}}
	s.weigh(reflect.ValueOf(value))
	return s.total
}

type scale struct {
	total int
	seen  map[uintptr]bool
}

func (s *scale) weigh(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() || s.seen[v.Pointer()] {
			return
		}
		s.seen[v.Pointer()] = true
		s.total++
		s.weigh(v.Elem())
	case reflect.Interface:
		if !v.IsNil() {
			s.weigh(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			s.weigh(v.Field(i))
		}
	case reflect.Slice, reflect.Array:
		if flat(v.Type().Elem().Kind()) {
			s.total++
			return
		}
		s.total += v.Len()
		for i := range v.Len() {
			s.weigh(v.Index(i))
		}
	case reflect.Map:
		s.total += v.Len()
		for entries := v.MapRange(); entries.Next(); {
			s.weigh(entries.Value())
		}
	}
}

// flat reports whether values of the kind lead nowhere.
func flat(k reflect.Kind) bool { return k <= reflect.Complex128 || k == reflect.String }
