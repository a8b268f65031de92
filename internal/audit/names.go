package audit

import (
	"bufio"
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/tidemark-oracle/tidemark/internal/format"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// Names are what people call members, by identifier.
type Names map[common.Hash]string

// Bounds of a file of names.
const (
	MaxNamesBytes = 256 << 10
	maxNameRunes  = 40
)

// ParseNames reads lines of an identifier, spaces and a name; empty lines and those that begin with # are comments. Errors: ErrNames.
func ParseNames(data []byte) (Names, error) {
	if len(data) > MaxNamesBytes {
		return nil, fmt.Errorf("%w: it has %d bytes, at most %d are read", ErrNames, len(data), MaxNamesBytes)
	}
	names := make(Names)
	lines := bufio.NewScanner(bytes.NewReader(data))
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, name, _ := strings.Cut(line, " ")
		raw, err := hexutil.Decode(id)
		name = strings.TrimSpace(name)
		if err != nil || len(raw) != common.HashLength || name == "" || name != format.Printable(name, maxNameRunes) {
			return nil, fmt.Errorf("%w: line %d; a name has at most %d printable characters", ErrNames, number, maxNameRunes)
		}
		names[common.BytesToHash(raw)] = name
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNames, err)
	}
	return names, nil
}

// nameOf is a member's name for people: the auditor's own, or a short form of its identifier.
func (w *auditRun) nameOf(id common.Hash) string {
	if name := w.o.Names[id]; name != "" {
		return name
	}
	if at := slices.Index(w.committees.order, id); at >= 0 {
		return fmt.Sprintf("member %d (%s…)", at, id.Hex()[:10])
	}
	return id.Hex()[:10] + "…"
}

// peerIDText writes a libp2p peer id, which is a multihash, in base58, and anything else so that it can be shown.
func peerIDText(id []byte) string {
	isMultihash := len(id) > 2 && (id[0] == 0x00 || id[0] == 0x12) && int(id[1]) == len(id)-2
	switch {
	case isMultihash:
		return base58(id)
	case string(id) == format.Printable(string(id), maxShownRunes):
		return string(id)
	}
	return hexutil.Encode(id)
}

// base58 is the encoding with Bitcoin's alphabet.
func base58(data []byte) string {
	const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	var digits []byte
	rest, base, digit := new(big.Int).SetBytes(data), big.NewInt(int64(len(alphabet))), new(big.Int)
	for rest.Sign() > 0 {
		rest.QuoRem(rest, base, digit)
		digits = append(digits, alphabet[digit.Int64()])
	}
	for i := 0; i < len(data) && data[i] == 0; i++ {
		digits = append(digits, alphabet[0])
	}
	slices.Reverse(digits)
	return string(digits)
}
