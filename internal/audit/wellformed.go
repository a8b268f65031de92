package audit

import (
	"math/big"
	"reflect"
)

// wellFormed tells whether a body from a file has all its numbers: a log's always has.
func wellFormed(body any) bool {
	v := reflect.ValueOf(body)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return false
	}
	v = v.Elem()
	for i := range v.NumField() {
		if number, ok := v.Field(i).Interface().(*big.Int); ok && (number == nil || number.BitLen() > 256) {
			return false
		}
	}
	return true
}
