package abi

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
)

// panicSelector begins what Solidity's own checks revert with: Panic(uint256).
var panicSelector = [4]byte{0x4e, 0x48, 0x7b, 0x71}

// dataError is what go-ethereum's clients give for a reverted call.
type dataError interface{ ErrorData() any }

// RevertName names the contract error inside a refused call, with its arguments, or is empty when there is none.
func RevertName(err error) string {
	var with dataError
	if !errors.As(err, &with) {
		return ""
	}
	data, ok := with.ErrorData().(string)
	if !ok {
		return ""
	}
	return DecodeRevert(common.FromHex(data))
}

// DecodeRevert names the contract error in revert data, with its arguments, or is empty when no contract of the set has it.
func DecodeRevert(data []byte) string {
	if len(data) < 4 {
		return ""
	}
	if reason, err := abi.UnpackRevert(data); err == nil {
		kind := "Error"
		if [4]byte(data) == panicSelector {
			kind = "Panic"
		}
		return fmt.Sprintf("%s(%q)", kind, reason)
	}
	name, values := contractError(data)
	if values == nil {
		return name
	}
	return fmt.Sprintf("%s%v", name, values)
}

// RevertValues are the arguments of the contract error of that name inside a refused call; false when it holds another one.
func RevertValues(err error, name string) ([]any, bool) {
	var with dataError
	if !errors.As(err, &with) {
		return nil, false
	}
	text, _ := with.ErrorData().(string)
	data := common.FromHex(text)
	if len(data) < 4 {
		return nil, false
	}
	found, values := contractError(data)
	return values, found == name
}

// contractError finds an error of the set's contracts; values are nil when they cannot be read.
func contractError(data []byte) (name string, values []any) {
	for _, meta := range []*bind.MetaData{
		&bindings.ReportOracleMetaData, &bindings.OracleCommitteeMetaData, &bindings.StakingPoolMetaData, &bindings.WithdrawalQueueMetaData,
		&bindings.StakedEtherMetaData, &bindings.WrappedStakedEtherMetaData, &bindings.OperatorRegistryMetaData, &bindings.ValidatorsMetaData,
		&bindings.SanityCheckerMetaData, &bindings.WithdrawalVaultMetaData, &bindings.ELRewardsVaultMetaData, &bindings.BalanceChallengeMetaData,
		&bindings.StateProofsMetaData, &bindings.TimelockControllerMetaData,
	} {
		parsed, err := meta.ParseABI()
		if err != nil {
			continue
		}
		for _, e := range parsed.Errors {
			if [4]byte(e.ID[:4]) != [4]byte(data) {
				continue
			}
			values, err := e.Inputs.Unpack(data[4:])
			if err != nil {
				return e.Name, nil
			}
			return e.Name, append([]any{}, values...)
		}
	}
	return "", nil
}

// NameRevert puts the contract error inside a refused call before it.
func NameRevert(err error) error {
	if name := RevertName(err); name != "" {
		return fmt.Errorf("%s: %w", name, err)
	}
	return err
}
