package main

import (
	"errors"
	"math/big"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/format"
)

// etherValue is an optional amount, given in ether.
type etherValue struct{ wei *big.Int }

func (v *etherValue) Type() string { return "ETH" }

func (v *etherValue) String() string {
	if v.wei == nil {
		return ""
	}
	return format.Exact(v.wei, format.WeiDecimals)
}

// maxEtherDigits bounds what is typed: no amount of ether has more.
const maxEtherDigits = 30

func (v *etherValue) Set(text string) error {
	whole, fraction, _ := strings.Cut(text, ".")
	digits := whole + fraction
	onlyDigits := strings.Trim(digits, "0123456789") == ""
	if digits == "" || !onlyDigits || len(fraction) > format.WeiDecimals || len(digits) > maxEtherDigits {
		return errors.New("want an amount of ether such as 32 or 0.5, with at most 18 decimals")
	}
	wei, ok := new(big.Int).SetString(digits+strings.Repeat("0", format.WeiDecimals-len(fraction)), 10)
	if !ok {
		return errors.New("want an amount of ether such as 32 or 0.5")
	}
	v.wei = wei
	return nil
}
