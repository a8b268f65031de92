package submit

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Signer signs transactions of one account. What it gives back is not believed: the sender checks it.
type Signer interface {
	Address() common.Address
	// Sign gives the signed transaction.
	Sign(ctx context.Context, tx *types.DynamicFeeTx) (*types.Transaction, error)
}

// sign has the signer sign and checks what comes back: every field, and who signed. Errors: ErrSigner, those of the signer.
func sign(ctx context.Context, s Signer, asked *types.DynamicFeeTx) (*types.Transaction, error) {
	signed, err := s.Sign(ctx, asked)
	if err != nil {
		return nil, err
	}
	if err := checkSigned(signed, asked, s.Address()); err != nil {
		return nil, fmt.Errorf("%w: %w: nothing was sent; find out what it signs", ErrSigner, err)
	}
	return signed, nil
}

// checkSigned compares a signed transaction with what was asked for.
func checkSigned(signed *types.Transaction, asked *types.DynamicFeeTx, from common.Address) error {
	if signed == nil || signed.Type() != types.DynamicFeeTxType {
		return fmt.Errorf("it is no EIP-1559 transaction")
	}
	to := signed.To()
	switch {
	case signed.ChainId().Cmp(asked.ChainID) != 0:
		return fmt.Errorf("it is for chain %s", signed.ChainId())
	case signed.Nonce() != asked.Nonce:
		return fmt.Errorf("it has nonce %d instead of %d", signed.Nonce(), asked.Nonce)
	case to == nil || *to != *asked.To:
		return fmt.Errorf("it goes to %v instead of %s", to, asked.To)
	case signed.Value().Cmp(asked.Value) != 0:
		return fmt.Errorf("it moves %s wei instead of %s", signed.Value(), asked.Value)
	case signed.Gas() != asked.Gas:
		return fmt.Errorf("it has %d gas instead of %d", signed.Gas(), asked.Gas)
	case signed.GasFeeCap().Cmp(asked.GasFeeCap) != 0 || signed.GasTipCap().Cmp(asked.GasTipCap) != 0:
		return fmt.Errorf("it bids %s and %s wei instead of %s and %s", signed.GasFeeCap(), signed.GasTipCap(), asked.GasFeeCap, asked.GasTipCap)
	case !bytes.Equal(signed.Data(), asked.Data):
		return fmt.Errorf("it calls with other data")
	case len(signed.AccessList()) != len(asked.AccessList):
		return fmt.Errorf("it has an access list")
	}
	sender, err := types.Sender(types.NewLondonSigner(asked.ChainID), signed)
	if err != nil {
		return fmt.Errorf("its signature is not valid: %w", err)
	}
	if sender != from {
		return fmt.Errorf("it is signed by %s instead of %s", sender, from)
	}
	return nil
}
