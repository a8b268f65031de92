// Package blstest has points for tests of every reader of BLS12-381 points, in Go and in Solidity: on their curve, and outside of the subgroup that keys and
// signatures are in.
package blstest

import (
	gnark "github.com/consensys/gnark-crypto/ecc/bls12-381"
	"github.com/consensys/gnark-crypto/ecc/bls12-381/fp"
)

// OutsideSubgroupG1 is on the curve y^2 = x^3 + 4 and not in the subgroup.
func OutsideSubgroupG1() gnark.G1Affine {
	var four fp.Element
	four.SetUint64(4)
	for x := uint64(1); ; x++ {
		var p gnark.G1Affine
		p.X.SetUint64(x)
		var y2 fp.Element
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &four)
		if p.Y.Sqrt(&y2) != nil && p.IsOnCurve() && !p.IsInSubGroup() {
			return p
		}
	}
}

// OutsideSubgroupG2 is on the twist y^2 = x^3 + 4(1+u) and not in the subgroup.
func OutsideSubgroupG2() gnark.G2Affine {
	var b gnark.E2
	b.A0.SetUint64(4)
	b.A1.SetUint64(4)
	for x := uint64(1); ; x++ {
		var p gnark.G2Affine
		p.X.A0.SetUint64(x)
		var y2 gnark.E2
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &b)
		if y2.Legendre() != 1 {
			continue
		}
		p.Y.Sqrt(&y2)
		if p.IsOnCurve() && !p.IsInSubGroup() {
			return p
		}
	}
}
