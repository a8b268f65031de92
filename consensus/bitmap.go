package consensus

import (
	"math/bits"
)

// Bitmap is a set of members: member i is bit i%8 of byte i/8. It has as many bytes as the committee needs and no bit beyond it.
type Bitmap []byte

// NewBitmap is the empty set of a committee of n.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+7)/8) }

// Set adds a member.
func (b Bitmap) Set(member int) { b[member/8] |= 1 << (member % 8) }

// Has tells whether the member is in the set.
func (b Bitmap) Has(member int) bool {
	return member >= 0 && member/8 < len(b) && b[member/8]&(1<<(member%8)) != 0
}

// Count is how many members are in the set.
func (b Bitmap) Count() int {
	count := 0
	for _, octet := range b {
		count += bits.OnesCount8(octet)
	}
	return count
}

// Members are the set's members, ascending.
func (b Bitmap) Members() []int {
	members := make([]int, 0, b.Count())
	for i := range len(b) * 8 {
		if b.Has(i) {
			members = append(members, i)
		}
	}
	return members
}

// fits tells whether it is a set of members of a committee of n, in the one way to write it.
func (b Bitmap) fits(n int) bool {
	if len(b) != (n+7)/8 {
		return false
	}
	return n%8 == 0 || b[len(b)-1]>>(n%8) == 0
}

// beyond tells whether the set has a member that other has not.
func (b Bitmap) beyond(other Bitmap) bool {
	for i, octet := range b {
		if i >= len(other) || octet&^other[i] != 0 {
			return octet != 0
		}
	}
	return false
}
