package follow

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/ledger"
)

// applyKeys applies what became of validators' keys in a transaction, whoever called for it and however.
func (f *Follower) applyKeys(b *Block, from common.Address, receipt *types.Receipt) error {
	for _, log := range receipt.Logs {
		if log.Address != f.network.Manifest.Contracts.Validators {
			continue
		}
		act, err := applyKeyLog(b.books, log)
		if err != nil {
			return fmt.Errorf("a key in transaction %s: %w", receipt.TxHash, err)
		}
		if act.What != "" {
			act.Who = from
			b.Events = append(b.Events, act)
		}
	}
	return nil
}

// applyKeyLog applies one word of the book of validators; an act without a kind is of no interest.
func applyKeyLog(books *ledger.Ledger, log *types.Log) (Act, error) {
	validators, ether := bindings.NewValidators(), big.NewInt(1e18)
	if e, err := validators.UnpackKeyOpenedEvent(log); err == nil {
		books.OpenKey(e.KeyId, [48]byte(e.Pubkey))
		return Act{What: OpenedKey, Wei: ether}, nil
	}
	if e, err := validators.UnpackKeyProvenEvent(log); err == nil {
		return Act{What: ProvedKey, Wei: ether}, books.ProveKey(e.KeyId)
	}
	if e, err := validators.UnpackKeyGivenEvent(log); err == nil {
		err := books.ProveKey(e.KeyId)
		books.EndKey(e.KeyId, false)
		return Act{What: ProvedKey, Wei: ether}, err
	}
	if e, err := validators.UnpackKeyForeignEvent(log); err == nil {
		return Act{What: LostKey, Wei: ether}, books.LoseKey(e.KeyId)
	}
	if e, err := validators.UnpackKeyToppedUpEvent(log); err == nil {
		wei := new(big.Int).Mul(new(big.Int).SetUint64(e.AmountGwei), big.NewInt(1e9))
		return Act{What: ToppedUpKey, Wei: wei, Count: int(e.KeyId)}, books.TopUp(e.KeyId, wei)
	}
	if e, err := validators.UnpackKeyLeavingEvent(log); err == nil {
		books.EndKey(e.KeyId, false)
	}
	if e, err := validators.UnpackKeyExitedEvent(log); err == nil {
		books.EndKey(e.KeyId, true)
	}
	return Act{}, nil
}

// firstEther finds what of the pool's ether on the beacon chain is first ether of unproven keys: of each one ether at most, at its validator or on the way.
type firstEther struct {
	leftGwei map[[48]byte]uint64
	foundWei *big.Int
}

func newFirstEther(books *ledger.Ledger) firstEther {
	f := firstEther{leftGwei: make(map[[48]byte]uint64), foundWei: new(big.Int)}
	for _, key := range books.Unproven() {
		f.leftGwei[key] = 1e9
	}
	return f
}

// find looks at ether of the pool at a key: validators first, then pending deposits.
func (f firstEther) find(key [48]byte, gwei uint64) {
	found := min(f.leftGwei[key], gwei)
	f.leftGwei[key] -= found
	f.foundWei.Add(f.foundWei, new(big.Int).Mul(new(big.Int).SetUint64(found), big.NewInt(1e9)))
}
