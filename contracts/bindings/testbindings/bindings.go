// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package testbindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// LastReport is an auto generated low-level Go binding around an user-defined struct.
type LastReport struct {
	RefSlot                uint64
	ClValidatorsGwei       uint64
	ClPendingGwei          uint64
	Validators             uint32
	Exited                 uint32
	DepositedWei           *big.Int
	WithdrawalVaultLeftWei *big.Int
	LossWindow             *big.Int
}

// Limits is an auto generated low-level Go binding around an user-defined struct.
type Limits struct {
	AnnualGainBps         uint32
	GiftMarginGwei        uint64
	LossWindowPcm         uint32
	NewValidatorsPerEpoch uint32
	ExitsPerEpoch         uint32
	RequestMarginSeconds  uint32
}

// MathHarnessRebaseResult is an auto generated low-level Go binding around an user-defined struct.
type MathHarnessRebaseResult struct {
	Reverted [4]byte
	Output   RebaseOutput
}

// MathHarnessSanityCase is an auto generated low-level Go binding around an user-defined struct.
type MathHarnessSanityCase struct {
	Limits Limits
	Last   LastReport
	Report Report
	Input  SanityInput
}

// MathHarnessScheduleAnswer is an auto generated low-level Go binding around an user-defined struct.
type MathHarnessScheduleAnswer struct {
	Valid   bool
	Slot    *big.Int
	Next    *big.Int
	Opened  bool
	Current *big.Int
}

// MathHarnessVerdict is an auto generated low-level Go binding around an user-defined struct.
type MathHarnessVerdict struct {
	Code       uint8
	Value      *big.Int
	Bound      *big.Int
	LossWindow *big.Int
}

// RebaseInput is an auto generated low-level Go binding around an user-defined struct.
type RebaseInput struct {
	TotalPooledWei       *big.Int
	TotalShares          *big.Int
	BufferedWei          *big.Int
	LastClWei            *big.Int
	LastDepositedWei     *big.Int
	ClWei                *big.Int
	DepositedWei         *big.Int
	WithdrawalVaultWei   *big.Int
	ElRewardsVaultWei    *big.Int
	MaxPositiveRebasePpb *big.Int
	FeeBps               *big.Int
	DemandWei            *big.Int
	DemandShares         *big.Int
	PendingBurnShares    *big.Int
}

// RebaseOutput is an auto generated low-level Go binding around an user-defined struct.
type RebaseOutput struct {
	ClChangeWei        *big.Int
	FromWithdrawalsWei *big.Int
	FromRewardsWei     *big.Int
	RebasedPooledWei   *big.Int
	Finalized          bool
	LockWei            *big.Int
	BurnShares         *big.Int
	PendingBurnShares  *big.Int
	FeeWei             *big.Int
	FeeShares          *big.Int
	PooledWei          *big.Int
	Shares             *big.Int
}

// Report is an auto generated low-level Go binding around an user-defined struct.
type Report struct {
	Version            uint16
	Committee          [32]byte
	RefSlot            uint64
	LastRefSlot        uint64
	RefBlockRoot       [32]byte
	ClValidatorsGwei   uint64
	ClPendingGwei      uint64
	ClInFlightGwei     uint64
	UnprovenGwei       uint64
	Validators         uint32
	Exited             uint32
	Slashed            uint32
	DepositedWei       *big.Int
	WithdrawalVaultWei *big.Int
	ElRewardsVaultWei  *big.Int
	FinalizeUpTo       uint64
	ExitGwei           uint64
	ExitsAskedGwei     uint64
	Bunker             bool
	BalancesRoot       [32]byte
	PendingRoot        [32]byte
}

// SanityInput is an auto generated low-level Go binding around an user-defined struct.
type SanityInput struct {
	SecondsPerSlot     *big.Int
	SlotsPerEpoch      *big.Int
	RefTimestamp       *big.Int
	WithdrawalVaultWei *big.Int
	ElRewardsVaultWei  *big.Int
	DepositedWei       *big.Int
	LastRequestId      *big.Int
	LastFinalizedId    *big.Int
	FinalizeCreatedAt  *big.Int
}

// Schedule is an auto generated low-level Go binding around an user-defined struct.
type Schedule struct {
	GenesisTime         uint64
	SecondsPerSlot      uint64
	SlotsPerEpoch       uint64
	InitialEpoch        uint64
	EpochsPerFrame      uint64
	FinalityMarginSlots uint64
	CloseSlots          uint64
}

// EcdsaQuorumMetaData contains all meta data concerning the EcdsaQuorum contract.
var EcdsaQuorumMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"admit\",\"inputs\":[{\"name\":\"members\",\"type\":\"address[]\",\"internalType\":\"address[]\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"verify\",\"inputs\":[{\"name\":\"message\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"quorum\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"signatures\",\"type\":\"bytes[]\",\"internalType\":\"bytes[]\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignature\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ECDSAInvalidSignatureS\",\"inputs\":[{\"name\":\"s\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"NotAQuorum\",\"inputs\":[]}]",
	ID:  "EcdsaQuorum",
	Bin: "0x6080604052348015600e575f5ffd5b5061064d8061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610034575f3560e01c80633e6e8f6814610038578063e2fd3bf41461004d575b5f5ffd5b61004b6100463660046104ca565b610060565b005b61004b61005b366004610519565b61017e565b5f805b8281101561013c575f6100998786868581811061008257610082610558565b90506020028101906100949190610585565b610212565b90508273ffffffffffffffffffffffffffffffffffffffff168173ffffffffffffffffffffffffffffffffffffffff161115806100fb575073ffffffffffffffffffffffffffffffffffffffff81165f9081526020819052604090205460ff16155b15610132576040517f4af11a5d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b9150600101610063565b5083821015610177576040517f4af11a5d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050505050565b5f5b8181101561020d5760015f5f85858581811061019e5761019e610558565b90506020020160208101906101b391906105e6565b73ffffffffffffffffffffffffffffffffffffffff16815260208101919091526040015f2080547fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0016911515919091179055600101610180565b505050565b5f5f5f5f61022187878761023c565b9250925092506102318282610283565b509095945050505050565b5f80806041849003610270578435602086013560408701355f1a6102628982858561038f565b95509550955050505061027a565b505f915060029050825b93509350939050565b5f82600381111561029657610296610620565b0361029f575050565b60018260038111156102b3576102b3610620565b036102ea576040517ff645eedf00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60028260038111156102fe576102fe610620565b0361033d576040517ffce698f7000000000000000000000000000000000000000000000000000000008152600481018290526024015b60405180910390fd5b600382600381111561035157610351610620565b0361038b576040517fd78bce0c00000000000000000000000000000000000000000000000000000000815260048101829052602401610334565b5050565b5f80807f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08411156103c857505f91506003905082610478565b604080515f808252602082018084528a905260ff891692820192909252606081018790526080810186905260019060a0016020604051602081039080840390855afa158015610419573d5f5f3e3d5ffd5b50506040517fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0015191505073ffffffffffffffffffffffffffffffffffffffff811661046f57505f925060019150829050610478565b92505f91508190505b9450945094915050565b5f5f83601f840112610492575f5ffd5b50813567ffffffffffffffff8111156104a9575f5ffd5b6020830191508360208260051b85010111156104c3575f5ffd5b9250929050565b5f5f5f5f606085870312156104dd575f5ffd5b8435935060208501359250604085013567ffffffffffffffff811115610501575f5ffd5b61050d87828801610482565b95989497509550505050565b5f5f6020838503121561052a575f5ffd5b823567ffffffffffffffff811115610540575f5ffd5b61054c85828601610482565b90969095509350505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f5f83357fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe18436030181126105b8575f5ffd5b83018035915067ffffffffffffffff8211156105d2575f5ffd5b6020019150368190038213156104c3575f5ffd5b5f602082840312156105f6575f5ffd5b813573ffffffffffffffffffffffffffffffffffffffff81168114610619575f5ffd5b9392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd",
}

// EcdsaQuorum is an auto generated Go binding around an Ethereum contract.
type EcdsaQuorum struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *EcdsaQuorum) GetABI() abi.ABI {
	return c.abi
}

// NewEcdsaQuorum creates a new instance of EcdsaQuorum.
func NewEcdsaQuorum() *EcdsaQuorum {
	parsed, err := EcdsaQuorumMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &EcdsaQuorum{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *EcdsaQuorum) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2fd3bf4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function admit(address[] members) returns()
func (ecdsaQuorum *EcdsaQuorum) PackAdmit(members []common.Address) []byte {
	enc, err := ecdsaQuorum.abi.Pack("admit", members)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2fd3bf4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function admit(address[] members) returns()
func (ecdsaQuorum *EcdsaQuorum) TryPackAdmit(members []common.Address) ([]byte, error) {
	return ecdsaQuorum.abi.Pack("admit", members)
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e6e8f68.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(bytes32 message, uint256 quorum, bytes[] signatures) view returns()
func (ecdsaQuorum *EcdsaQuorum) PackVerify(message [32]byte, quorum *big.Int, signatures [][]byte) []byte {
	enc, err := ecdsaQuorum.abi.Pack("verify", message, quorum, signatures)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3e6e8f68.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(bytes32 message, uint256 quorum, bytes[] signatures) view returns()
func (ecdsaQuorum *EcdsaQuorum) TryPackVerify(message [32]byte, quorum *big.Int, signatures [][]byte) ([]byte, error) {
	return ecdsaQuorum.abi.Pack("verify", message, quorum, signatures)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (ecdsaQuorum *EcdsaQuorum) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], ecdsaQuorum.abi.Errors["ECDSAInvalidSignature"].ID.Bytes()[:4]) {
		return ecdsaQuorum.UnpackECDSAInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], ecdsaQuorum.abi.Errors["ECDSAInvalidSignatureLength"].ID.Bytes()[:4]) {
		return ecdsaQuorum.UnpackECDSAInvalidSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], ecdsaQuorum.abi.Errors["ECDSAInvalidSignatureS"].ID.Bytes()[:4]) {
		return ecdsaQuorum.UnpackECDSAInvalidSignatureSError(raw[4:])
	}
	if bytes.Equal(raw[:4], ecdsaQuorum.abi.Errors["NotAQuorum"].ID.Bytes()[:4]) {
		return ecdsaQuorum.UnpackNotAQuorumError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// EcdsaQuorumECDSAInvalidSignature represents a ECDSAInvalidSignature error raised by the EcdsaQuorum contract.
type EcdsaQuorumECDSAInvalidSignature struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignature()
func EcdsaQuorumECDSAInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xf645eedf0193584640b6b90cb9477e4c95b98636c148a891d4c0a146dc46e75a")
}

// UnpackECDSAInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignature()
func (ecdsaQuorum *EcdsaQuorum) UnpackECDSAInvalidSignatureError(raw []byte) (*EcdsaQuorumECDSAInvalidSignature, error) {
	out := new(EcdsaQuorumECDSAInvalidSignature)
	if err := ecdsaQuorum.abi.UnpackIntoInterface(out, "ECDSAInvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EcdsaQuorumECDSAInvalidSignatureLength represents a ECDSAInvalidSignatureLength error raised by the EcdsaQuorum contract.
type EcdsaQuorumECDSAInvalidSignatureLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func EcdsaQuorumECDSAInvalidSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xfce698f7e8e5342cd615f641317bc45fe7e1e4a8b0a14dd1383ff8dc9c41917f")
}

// UnpackECDSAInvalidSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureLength(uint256 length)
func (ecdsaQuorum *EcdsaQuorum) UnpackECDSAInvalidSignatureLengthError(raw []byte) (*EcdsaQuorumECDSAInvalidSignatureLength, error) {
	out := new(EcdsaQuorumECDSAInvalidSignatureLength)
	if err := ecdsaQuorum.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EcdsaQuorumECDSAInvalidSignatureS represents a ECDSAInvalidSignatureS error raised by the EcdsaQuorum contract.
type EcdsaQuorumECDSAInvalidSignatureS struct {
	S [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func EcdsaQuorumECDSAInvalidSignatureSErrorID() common.Hash {
	return common.HexToHash("0xd78bce0cccb935155ed6428d1c13e50b7f3550fd2b66b9fe266006fea4a5e1eb")
}

// UnpackECDSAInvalidSignatureSError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ECDSAInvalidSignatureS(bytes32 s)
func (ecdsaQuorum *EcdsaQuorum) UnpackECDSAInvalidSignatureSError(raw []byte) (*EcdsaQuorumECDSAInvalidSignatureS, error) {
	out := new(EcdsaQuorumECDSAInvalidSignatureS)
	if err := ecdsaQuorum.abi.UnpackIntoInterface(out, "ECDSAInvalidSignatureS", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EcdsaQuorumNotAQuorum represents a NotAQuorum error raised by the EcdsaQuorum contract.
type EcdsaQuorumNotAQuorum struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAQuorum()
func EcdsaQuorumNotAQuorumErrorID() common.Hash {
	return common.HexToHash("0x4af11a5dec538406e5666a3ff4928c21e0ec935c9cf83bfc4d1d7299d16b5ef2")
}

// UnpackNotAQuorumError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAQuorum()
func (ecdsaQuorum *EcdsaQuorum) UnpackNotAQuorumError(raw []byte) (*EcdsaQuorumNotAQuorum, error) {
	out := new(EcdsaQuorumNotAQuorum)
	if err := ecdsaQuorum.abi.UnpackIntoInterface(out, "NotAQuorum", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MathHarnessMetaData contains all meta data concerning the MathHarness contract.
var MathHarnessMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastRefSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitsAskedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pendingRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b50612a388061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610085575f3560e01c80635926a6b0116100585780635926a6b0146101075780638523515b14610127578063a83e6b3114610147578063fdcea2c114610168575f5ffd5b80630658cc911461008957806310d364f31461009e578063252a6d18146100c75780633ae3ad16146100e7575b5f5ffd5b61009c610097366004611cb3565b610188565b005b6100b16100ac366004611ccd565b6101a2565b6040516100be9190611d3f565b60405180910390f35b6100da6100d5366004611daa565b6102ab565b6040516100be9190611dd4565b6100fa6100f5366004611e11565b6103d1565b6040516100be9190611efb565b61011a610115366004611fb8565b610622565b6040516100be9190612053565b61013a6101353660046120c4565b6107d4565b6040516100be9190612141565b61015a610155366004611daa565b610891565b6040519081526020016100be565b61017b610176366004612178565b6108b2565b6040516100be9190612192565b61019f61019a3683900383018361227d565b610923565b50565b60608167ffffffffffffffff8111156101bd576101bd6121a1565b60405190808252806020026020018201604052801561021857816020015b61020560405180608001604052805f60ff1681526020015f81526020015f81526020015f81525090565b8152602001906001900390816101db5790505b5090505f5b828110156102a4573684848381811061023857610238612352565b9050610580020190505f83838151811061025457610254612352565b60200260200101519050610287825f018036038101906102749190612392565b8360c001846101c0018561046001610af8565b60608501526040840152602083015260ff1690525060010161021d565b5092915050565b6102dc6040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b600181526102f9826102f33686900386018661227d565b90610b6a565b60208201819052610319906103133686900386018661227d565b90610bb4565b604080830191909152602082015190517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b3191610362918791600401612513565b602060405180830381865afa9250505080156103b9575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526103b69181019061252f565b60015b156103cb576080820152600160608201525b92915050565b60608167ffffffffffffffff8111156103ec576103ec6121a1565b60405190808252806020026020018201604052801561042557816020015b610412611c14565b81526020019060019003908161040a5790505b5090505f5b828110156102a4573063fdcea2c185858481811061044a5761044a612352565b6040805160e086811b7fffffffff000000000000000000000000000000000000000000000000000000001682526101c093909302949094018035600486015260208101356024860152908101356044850152606081013560648501526080810135608485015260a081013560a485015260c081013560c48501529081013560e48401526101008101356101048401526101208101356101248401526101408101356101448401526101608101356101648401526101808101356101848401526101a001356101a4830152506101c40161018060405180830381865afa925050508015610571575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016820190925261056e91810190612555565b60015b6105f6573d80801561059e576040519150601f19603f3d011682016040523d82523d5f602084013e6105a3565b606091505b506105ad816125f6565b8383815181106105bf576105bf612352565b60209081029190910101517fffffffff0000000000000000000000000000000000000000000000000000000090911690525061061a565b8083838151811061060957610609612352565b602002602001015160200181905250505b60010161042a565b60608367ffffffffffffffff81111561063d5761063d6121a1565b60405190808252806020026020018201604052801561069f57816020015b61068c6040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b81526020019060019003908161065b5790505b5090505f5b848110156107cb5730630658cc918787848181106106c4576106c4612352565b905060e002016040518263ffffffff1660e01b81526004016106e69190612662565b5f6040518083038186803b1580156106fc575f5ffd5b505afa92505050801561070d575060015b156107c3573063252a6d1887878481811061072a5761072a612352565b905060e0020186868581811061074257610742612352565b905060200201356040518363ffffffff1660e01b8152600401610766929190612513565b60a060405180830381865afa158015610781573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906107a59190612670565b8282815181106107b7576107b7612352565b60200260200101819052505b6001016106a4565b50949350505050565b60608367ffffffffffffffff8111156107ef576107ef6121a1565b604051908082528060200260200182016040528015610818578160200160208202803683370190505b5090505f5b848110156108865761086188888381811061083a5761083a612352565b9050602002013587878481811061085357610853612352565b905060200201358686610c44565b82828151811061087357610873612352565b602090810291909101015260010161081d565b509695505050505050565b5f6108ab826108a53686900386018661227d565b90610c59565b9392505050565b61090c6040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b6103cb61091e36849003840184612710565b610d0e565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff1661094c91906127ed565b9050816020015167ffffffffffffffff165f14806109765750604082015167ffffffffffffffff16155b8061098d5750606082015167ffffffffffffffff16155b806109ab575063ffffffff8016826060015167ffffffffffffffff16115b806109c75750815164ffffffffff67ffffffffffffffff909116115b806109e3575061ffff8016826020015167ffffffffffffffff16115b806109fc57506004826080015167ffffffffffffffff16105b80610a125750611fff610a10604083612804565b115b80610a4357506040820151610a28906002612817565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b80610a5c575060028260c0015167ffffffffffffffff16105b80610a9957508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff16610a8d9190612804565b610a979190612804565b115b80610abd5750611fff826020015167ffffffffffffffff16610abb9190612867565b155b15610af4576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b5f5f5f5f610b0888888888610d95565b9195509350915060ff841615610b23575060e0860135610b5f565b610b2f88888888611192565b9195509350915060ff841615610b4a575060e0860135610b5f565b610b568888888861138f565b93509350935093505b945094509450949050565b81515f9067ffffffffffffffff168210610bac576020830151835167ffffffffffffffff91821691610b9d91168461287a565b610ba7919061288d565b6108ab565b505f92915050565b5f5f610bbf84611660565b9050808311610bcf5790506103cb565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610bf891906127ed565b90508080600181610c09868961287a565b610c139190612804565b610c1d919061287a565b610c27919061288d565b610c3191906127ed565b610c3b9083612804565b95945050505050565b5f610c3b85610c54868686611695565b611745565b5f5f610c6484611660565b9050808311610cad576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610cd691906127ed565b90508082610ce560018761287a565b610cef919061287a565b610cf99190612867565b610d0460018661287a565b610c3b919061287a565b610d686040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b610d728282611754565b610d7c8282611869565b610d86828261190d565b610d9082826119fa565b919050565b5f80806060840135610daf6101c087016101a088016128a0565b6fffffffffffffffffffffffffffffffff161115610dfd576001610ddb6101c087016101a088016128a0565b9093506fffffffffffffffffffffffffffffffff169150506060830135611188565b6080840135610e146101e087016101c088016128a0565b6fffffffffffffffffffffffffffffffff161115610e62576002610e406101e087016101c088016128a0565b9093506fffffffffffffffffffffffffffffffff169150506080830135611188565b610e7260c0870160a088016128a0565b6fffffffffffffffffffffffffffffffff16610e966101a0870161018088016128a0565b6fffffffffffffffffffffffffffffffff161015610ef3576003610ec26101a0870161018088016128a0565b610ed260c0890160a08a016128a0565b9194506fffffffffffffffffffffffffffffffff9081169350169050611188565b60a0840135610f0a6101a0870161018088016128a0565b6fffffffffffffffffffffffffffffffff161115610f58576004610f366101a0870161018088016128a0565b9093506fffffffffffffffffffffffffffffffff1691505060a0830135611188565b610f6a610140860161012087016128cf565b63ffffffff16610f82610160870161014088016128cf565b63ffffffff161115610fc9576005610fa2610160870161014088016128cf565b610fb4610140880161012089016128cf565b91945063ffffffff9081169350169050611188565b610fdb610140860161012087016128cf565b63ffffffff16610ff3610180870161016088016128cf565b63ffffffff161115611013576006610fa2610180870161016088016128cf565b61102360808701606088016128cf565b63ffffffff1661103b610140870161012088016128cf565b63ffffffff16101561106b57600761105b610140870161012088016128cf565b610fb46080890160608a016128cf565b61107b60a08701608088016128cf565b63ffffffff16611093610160870161014088016128cf565b63ffffffff1610156110c35760086110b3610160870161014088016128cf565b610fb460a0890160808a016128cf565b60c08401356110da61020087016101e088016128e8565b67ffffffffffffffff1611156111185760096110fe61020087016101e088016128e8565b90935067ffffffffffffffff1691505060c0830135611188565b5f8760a0015163ffffffff168561010001356111349190612804565b905060e085013561114d61020088016101e089016128e8565b67ffffffffffffffff161180156111675750846040013581115b1561117d57600a93509150506040830135611188565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f876020015167ffffffffffffffff16633b9aca008860a00160208101906111bd91906128a0565b6111cf6101a08a016101808b016128a0565b6111d99190612901565b6111e39190612929565b6fffffffffffffffffffffffffffffffff1661120560608a0160408b016128e8565b67ffffffffffffffff166112199190612804565b6112239190612804565b90508061123660e0880160c089016128e8565b67ffffffffffffffff16111561126e57600b61125860e0880160c089016128e8565b90945067ffffffffffffffff1692509050611188565b5f6112ad61127f60208a018a6128e8565b61128f60608a0160408b016128e8565b6112999190612968565b67ffffffffffffffff168760200135611ac1565b90505f6112c060808a0160608b016128cf565b6112d26101408a016101208b016128cf565b6112dc9190612988565b63ffffffff1690505f828b6060015163ffffffff166112fb91906127ed565b90508082111561131657600c96509094509250611188915050565b61132660a08b0160808c016128cf565b6113386101608b016101408c016128cf565b6113429190612988565b63ffffffff169150828b6080015163ffffffff1661136091906127ed565b90508082111561137b57600d96509094509250611188915050565b505f9a8b9a508a9950975050505050505050565b5f808080806113a460c0890160a08a016128a0565b6fffffffffffffffffffffffffffffffff166113c86101a089016101808a016128a0565b6fffffffffffffffffffffffffffffffff166113ea60608b0160408c016128e8565b67ffffffffffffffff1661140460408c0160208d016128e8565b67ffffffffffffffff166114189190612804565b61142690633b9aca006127ed565b6114309190612804565b61143a919061287a565b90505f61144f6101c089016101a08a016128a0565b6fffffffffffffffffffffffffffffffff1661147160e08a0160c08b016128e8565b67ffffffffffffffff1661148b60c08b0160a08c016128e8565b67ffffffffffffffff1661149f9190612804565b6114ad90633b9aca006127ed565b6114b79190612804565b90505f6114ca60e08b0160c08c016128a0565b6114e6906fffffffffffffffffffffffffffffffff1684612804565b9050808211156115cb575f883561150060208d018d6128e8565b61151060608d0160408e016128e8565b61151a9190612968565b67ffffffffffffffff1661152e91906127ed565b90505f8c6020015167ffffffffffffffff16633b9aca0061154f91906127ed565b61155f6301e133806127106127ed565b8e5184906115739063ffffffff16896127ed565b61157d91906127ed565b611587919061288d565b6115919190612804565b90508061159e848661287a565b11156115c857600e6115b0848661287a565b828e60e0013598509850985098505050505050610b5f565b50505b5f8183106115d9575f6115ec565b6115ec6115e6848461287a565b85611af4565b60e08c013560101b8117955090505f61160486611b21565b90505f8211801561161e57508c6040015163ffffffff1681115b156116485760408d0151600f995090975063ffffffff169550505060e08901359250610b5f915050565b505f9c8d9c508c9b5094995093975050505050505050565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff1661168b91906127ed565b6103cb919061287a565b5f5f5f6116a28686611b5a565b91509150815f036116c6578381816116bc576116bc61283a565b04925050506108ab565b8184116116dd576116dd6003851502601118611b95565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f8282188284100282186108ab565b81608001518260c00151836060015161176d9190612804565b611777919061287a565b8260a0015161178691906129a4565b80825261012083015183515f9291633b9aca00916117a491906127ed565b6117ae919061288d565b6117b891906129a4565b90505f8113156117f1576117d08360e0015182611745565b602083018190526101008401516117eb91610c54908461287a565b60408301525b81516040830151602084015185515f93929161180c91612804565b6118169190612804565b61182091906129c3565b90505f81121561185c576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6060909201919091525050565b6060810151610140820152610180820151158061188857506060810151155b15611891575050565b5f6118b083610160015184610180015184606001518660200151610c44565b90508160400151826020015184604001516118cb9190612804565b6118d59190612804565b8111156118e157505050565b6001608083015260a0820181905260608201516118ff90829061287a565b610140909201919091525050565b5f816080015161191d575f611924565b8261018001515b836101a001516119349190612804565b90508080158015906119465750835115155b156119b7575f611990633b9aca0085610140015161196491906127ed565b602087015161012088015161197d90633b9aca00612804565b885161198991906127ed565b6001611ba6565b9050808560200151116119a3575f6119b3565b8085602001516119b3919061287a565b9150505b6119c18282611745565b60c084018190526119d2908361287a565b60e084015260c083015160208501516119eb919061287a565b61016090930192909252505050565b602081015181515f91611a0c916129c3565b90505f8113611a1a57505050565b5f826040015182611a2b9190612804565b9050611a6061271085610140015183611a4491906127ed565b611a4e919061288d565b6002856101400151610c54919061288d565b61010084018190525f03611a745750505050565b611a9e836101000151846101600151856101000151866101400151611a99919061287a565b611695565b610120840181905261016084018051611ab8908390612804565b90525050505050565b5f815f03611ad357611ad36012611b95565b816001840381611ae557611ae561283a565b04600101831515029392505050565b5f815f03611b05575061ffff6103cb565b6108ab61ffff610c54611b1b620186a0876127ed565b85611ac1565b5f805b6010811015611b545761ffff611b3b8260106127ed565b84901c1682611b4a9190612804565b9150600101611b24565b50919050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611bd3611bb383611be8565b8015611bce57505f8480611bc957611bc961283a565b868809115b151590565b611bde868686611695565b610c3b9190612804565b5f6002826003811115611bfd57611bfd6129ea565b611c079190612a17565b60ff166001149050919050565b60405180604001604052805f7bffffffffffffffffffffffffffffffffffffffffffffffffffffffff19168152602001611c9e6040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b905290565b5f60e08284031215611b54575f5ffd5b5f60e08284031215611cc3575f5ffd5b6108ab8383611ca3565b5f5f60208385031215611cde575f5ffd5b823567ffffffffffffffff811115611cf4575f5ffd5b8301601f81018513611d04575f5ffd5b803567ffffffffffffffff811115611d1a575f5ffd5b85602061058083028401011115611d2f575f5ffd5b6020919091019590945092505050565b602080825282518282018190525f918401906040840190835b81811015611d9f57835160ff815116845260208101516020850152604081015160408501526060810151606085015250608083019250602084019350600181019050611d58565b509095945050505050565b5f5f6101008385031215611dbc575f5ffd5b611dc68484611ca3565b9460e0939093013593505050565b60a081016103cb82848051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b5f5f60208385031215611e22575f5ffd5b823567ffffffffffffffff811115611e38575f5ffd5b8301601f81018513611e48575f5ffd5b803567ffffffffffffffff811115611e5e575f5ffd5b8560206101c083028401011115611d2f575f5ffd5b805182526020810151602083015260408101516040830152606081015160608301526080810151611ea8608084018215159052565b5060a081015160a083015260c081015160c083015260e081015160e08301526101008101516101008301526101208101516101208301526101408101516101408301526101608101516101608301525050565b602080825282518282018190525f918401906040840190835b81811015611d9f5783517fffffffff00000000000000000000000000000000000000000000000000000000815116845260208101519050611f586020850182611e73565b50602093909301926101a09290920191600101611f14565b5f5f83601f840112611f80575f5ffd5b50813567ffffffffffffffff811115611f97575f5ffd5b6020830191508360208260051b8501011115611fb1575f5ffd5b9250929050565b5f5f5f5f60408587031215611fcb575f5ffd5b843567ffffffffffffffff811115611fe1575f5ffd5b8501601f81018713611ff1575f5ffd5b803567ffffffffffffffff811115612007575f5ffd5b87602060e08302840101111561201b575f5ffd5b60209182019550935085013567ffffffffffffffff81111561203b575f5ffd5b61204787828801611f70565b95989497509550505050565b602080825282518282018190525f918401906040840190835b81811015611d9f576120ae8385518051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b6020939093019260a0929092019160010161206c565b5f5f5f5f5f5f608087890312156120d9575f5ffd5b863567ffffffffffffffff8111156120ef575f5ffd5b6120fb89828a01611f70565b909750955050602087013567ffffffffffffffff81111561211a575f5ffd5b61212689828a01611f70565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b81811015611d9f57835183526020938401939092019160010161215a565b5f6101c082840312801561218a575f5ffd5b509092915050565b61018081016103cb8284611e73565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604051610180810167ffffffffffffffff81118282101715612217577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b6040516101c0810167ffffffffffffffff81118282101715612217577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b803567ffffffffffffffff81168114610d90575f5ffd5b5f60e082840312801561228e575f5ffd5b5060405160e0810167ffffffffffffffff811182821017156122d7577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040526122e383612266565b81526122f160208401612266565b602082015261230260408401612266565b604082015261231360608401612266565b606082015261232460808401612266565b608082015261233560a08401612266565b60a082015261234660c08401612266565b60c08201529392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b803563ffffffff81168114610d90575f5ffd5b5f60c08284031280156123a3575f5ffd5b5060405160c0810167ffffffffffffffff811182821017156123ec577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040526123f88361237f565b815261240660208401612266565b60208201526124176040840161237f565b60408201526124286060840161237f565b60608201526124396080840161237f565b608082015261244a60a0840161237f565b60a08201529392505050565b67ffffffffffffffff61246882612266565b16825267ffffffffffffffff61248060208301612266565b16602083015267ffffffffffffffff61249b60408301612266565b16604083015267ffffffffffffffff6124b660608301612266565b16606083015267ffffffffffffffff6124d160808301612266565b1660808301526124e360a08201612266565b67ffffffffffffffff1660a08301526124fe60c08201612266565b67ffffffffffffffff811660c0840152505050565b61010081016125228285612456565b8260e08301529392505050565b5f6020828403121561253f575f5ffd5b5051919050565b80518015158114610d90575f5ffd5b5f610180828403128015612567575f5ffd5b506125706121ce565b8251815260208084015190820152604080840151908201526060808401519082015261259e60808401612546565b608082015260a0838101519082015260c0808401519082015260e08084015190820152610100808401519082015261012080840151908201526101408084015190820152610160928301519281019290925250919050565b805160208201517fffffffff0000000000000000000000000000000000000000000000000000000081169190600482101561265b577fffffffff00000000000000000000000000000000000000000000000000000000808360040360031b1b82161692505b5050919050565b60e081016103cb8284612456565b5f60a0828403128015612681575f5ffd5b5060405160a0810167ffffffffffffffff811182821017156126ca577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040526126d683612546565b815260208381015190820152604080840151908201526126f860608401612546565b60608201526080928301519281019290925250919050565b5f6101c0828403128015612722575f5ffd5b5061272b61221d565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a0928301359281019290925250919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820281158282048414176103cb576103cb6127c0565b808201808211156103cb576103cb6127c0565b67ffffffffffffffff81811683821602908116908181146102a4576102a46127c0565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f826128755761287561283a565b500690565b818103818111156103cb576103cb6127c0565b5f8261289b5761289b61283a565b500490565b5f602082840312156128b0575f5ffd5b81356fffffffffffffffffffffffffffffffff811681146108ab575f5ffd5b5f602082840312156128df575f5ffd5b6108ab8261237f565b5f602082840312156128f8575f5ffd5b6108ab82612266565b6fffffffffffffffffffffffffffffffff82811682821603908111156103cb576103cb6127c0565b5f6fffffffffffffffffffffffffffffffff83168061294a5761294a61283a565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff82811682821603908111156103cb576103cb6127c0565b63ffffffff82811682821603908111156103cb576103cb6127c0565b8181035f8312801583831316838312821617156102a4576102a46127c0565b8082018281125f8312801582168215821617156129e2576129e26127c0565b505092915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60ff831680612a2957612a2961283a565b8060ff8416069150509291505056",
}

// MathHarness is an auto generated Go binding around an Ethereum contract.
type MathHarness struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *MathHarness) GetABI() abi.ABI {
	return c.abi
}

// NewMathHarness creates a new instance of MathHarness.
func NewMathHarness() *MathHarness {
	parsed, err := MathHarnessMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &MathHarness{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *MathHarness) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackCurrent is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa83e6b31.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
func (mathHarness *MathHarness) PackCurrent(s Schedule, slot *big.Int) []byte {
	enc, err := mathHarness.abi.Pack("current", s, slot)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCurrent is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa83e6b31.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
func (mathHarness *MathHarness) TryPackCurrent(s Schedule, slot *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("current", s, slot)
}

// UnpackCurrent is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa83e6b31.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
func (mathHarness *MathHarness) UnpackCurrent(data []byte) (*big.Int, error) {
	out, err := mathHarness.abi.Unpack("current", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackPayouts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8523515b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function payouts(uint256[] valuesWei, uint256[] shares, uint256 pooledWei, uint256 totalShares) pure returns(uint256[] paidWei)
func (mathHarness *MathHarness) PackPayouts(valuesWei []*big.Int, shares []*big.Int, pooledWei *big.Int, totalShares *big.Int) []byte {
	enc, err := mathHarness.abi.Pack("payouts", valuesWei, shares, pooledWei, totalShares)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPayouts is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8523515b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function payouts(uint256[] valuesWei, uint256[] shares, uint256 pooledWei, uint256 totalShares) pure returns(uint256[] paidWei)
func (mathHarness *MathHarness) TryPackPayouts(valuesWei []*big.Int, shares []*big.Int, pooledWei *big.Int, totalShares *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("payouts", valuesWei, shares, pooledWei, totalShares)
}

// UnpackPayouts is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8523515b.
//
// Solidity: function payouts(uint256[] valuesWei, uint256[] shares, uint256 pooledWei, uint256 totalShares) pure returns(uint256[] paidWei)
func (mathHarness *MathHarness) UnpackPayouts(data []byte) ([]*big.Int, error) {
	out, err := mathHarness.abi.Unpack("payouts", data)
	if err != nil {
		return *new([]*big.Int), err
	}
	out0 := *abi.ConvertType(out[0], new([]*big.Int)).(*[]*big.Int)
	return out0, nil
}

// PackRebase is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ae3ad16.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256)[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) PackRebase(inputs []RebaseInput) []byte {
	enc, err := mathHarness.abi.Pack("rebase", inputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRebase is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ae3ad16.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256)[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) TryPackRebase(inputs []RebaseInput) ([]byte, error) {
	return mathHarness.abi.Pack("rebase", inputs)
}

// UnpackRebase is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3ae3ad16.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256)[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) UnpackRebase(data []byte) ([]MathHarnessRebaseResult, error) {
	out, err := mathHarness.abi.Unpack("rebase", data)
	if err != nil {
		return *new([]MathHarnessRebaseResult), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessRebaseResult)).(*[]MathHarnessRebaseResult)
	return out0, nil
}

// PackRebaseOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfdcea2c1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256) input) pure returns((int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) PackRebaseOne(input RebaseInput) []byte {
	enc, err := mathHarness.abi.Pack("rebaseOne", input)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRebaseOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfdcea2c1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256) input) pure returns((int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) TryPackRebaseOne(input RebaseInput) ([]byte, error) {
	return mathHarness.abi.Pack("rebaseOne", input)
}

// UnpackRebaseOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfdcea2c1.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256) input) pure returns((int256,uint256,uint256,uint256,bool,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) UnpackRebaseOne(data []byte) (RebaseOutput, error) {
	out, err := mathHarness.abi.Unpack("rebaseOne", data)
	if err != nil {
		return *new(RebaseOutput), err
	}
	out0 := *abi.ConvertType(out[0], new(RebaseOutput)).(*RebaseOutput)
	return out0, nil
}

// PackSanity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10d364f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) PackSanity(cases []MathHarnessSanityCase) []byte {
	enc, err := mathHarness.abi.Pack("sanity", cases)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSanity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10d364f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) TryPackSanity(cases []MathHarnessSanityCase) ([]byte, error) {
	return mathHarness.abi.Pack("sanity", cases)
}

// UnpackSanity is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x10d364f3.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) UnpackSanity(data []byte) ([]MathHarnessVerdict, error) {
	out, err := mathHarness.abi.Unpack("sanity", data)
	if err != nil {
		return *new([]MathHarnessVerdict), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessVerdict)).(*[]MathHarnessVerdict)
	return out0, nil
}

// PackScheduleOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x252a6d18.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) PackScheduleOne(s Schedule, timestamp *big.Int) []byte {
	enc, err := mathHarness.abi.Pack("scheduleOne", s, timestamp)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackScheduleOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x252a6d18.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) TryPackScheduleOne(s Schedule, timestamp *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("scheduleOne", s, timestamp)
}

// UnpackScheduleOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x252a6d18.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) UnpackScheduleOne(data []byte) (MathHarnessScheduleAnswer, error) {
	out, err := mathHarness.abi.Unpack("scheduleOne", data)
	if err != nil {
		return *new(MathHarnessScheduleAnswer), err
	}
	out0 := *abi.ConvertType(out[0], new(MathHarnessScheduleAnswer)).(*MathHarnessScheduleAnswer)
	return out0, nil
}

// PackSchedules is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5926a6b0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) PackSchedules(list []Schedule, timestamps []*big.Int) []byte {
	enc, err := mathHarness.abi.Pack("schedules", list, timestamps)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSchedules is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5926a6b0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) TryPackSchedules(list []Schedule, timestamps []*big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("schedules", list, timestamps)
}

// UnpackSchedules is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5926a6b0.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) UnpackSchedules(data []byte) ([]MathHarnessScheduleAnswer, error) {
	out, err := mathHarness.abi.Unpack("schedules", data)
	if err != nil {
		return *new([]MathHarnessScheduleAnswer), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessScheduleAnswer)).(*[]MathHarnessScheduleAnswer)
	return out0, nil
}

// PackValidate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0658cc91.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function validate((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s) pure returns()
func (mathHarness *MathHarness) PackValidate(s Schedule) []byte {
	enc, err := mathHarness.abi.Pack("validate", s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackValidate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0658cc91.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function validate((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s) pure returns()
func (mathHarness *MathHarness) TryPackValidate(s Schedule) ([]byte, error) {
	return mathHarness.abi.Pack("validate", s)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (mathHarness *MathHarness) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], mathHarness.abi.Errors["BeforeFirstFrame"].ID.Bytes()[:4]) {
		return mathHarness.UnpackBeforeFirstFrameError(raw[4:])
	}
	if bytes.Equal(raw[:4], mathHarness.abi.Errors["ImpossibleSchedule"].ID.Bytes()[:4]) {
		return mathHarness.UnpackImpossibleScheduleError(raw[4:])
	}
	if bytes.Equal(raw[:4], mathHarness.abi.Errors["NegativePool"].ID.Bytes()[:4]) {
		return mathHarness.UnpackNegativePoolError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// MathHarnessBeforeFirstFrame represents a BeforeFirstFrame error raised by the MathHarness contract.
type MathHarnessBeforeFirstFrame struct {
	Slot         *big.Int
	FirstRefSlot *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BeforeFirstFrame(uint256 slot, uint256 firstRefSlot)
func MathHarnessBeforeFirstFrameErrorID() common.Hash {
	return common.HexToHash("0x23110bda29a43ad12fa436fe86e08926430bc6ab3c5533e322138636d80d3d22")
}

// UnpackBeforeFirstFrameError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BeforeFirstFrame(uint256 slot, uint256 firstRefSlot)
func (mathHarness *MathHarness) UnpackBeforeFirstFrameError(raw []byte) (*MathHarnessBeforeFirstFrame, error) {
	out := new(MathHarnessBeforeFirstFrame)
	if err := mathHarness.abi.UnpackIntoInterface(out, "BeforeFirstFrame", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MathHarnessImpossibleSchedule represents a ImpossibleSchedule error raised by the MathHarness contract.
type MathHarnessImpossibleSchedule struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ImpossibleSchedule()
func MathHarnessImpossibleScheduleErrorID() common.Hash {
	return common.HexToHash("0x42b6f8c2771fcce51a13f6d76387d527766c417265cd54c8cd87c25b8b2ce8d5")
}

// UnpackImpossibleScheduleError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ImpossibleSchedule()
func (mathHarness *MathHarness) UnpackImpossibleScheduleError(raw []byte) (*MathHarnessImpossibleSchedule, error) {
	out := new(MathHarnessImpossibleSchedule)
	if err := mathHarness.abi.UnpackIntoInterface(out, "ImpossibleSchedule", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// MathHarnessNegativePool represents a NegativePool error raised by the MathHarness contract.
type MathHarnessNegativePool struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NegativePool()
func MathHarnessNegativePoolErrorID() common.Hash {
	return common.HexToHash("0x3472fad4229ef9e6140521100c3d13b0becf50f325f2c1943aef73b78ec4fed6")
}

// UnpackNegativePoolError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NegativePool()
func (mathHarness *MathHarness) UnpackNegativePoolError(raw []byte) (*MathHarnessNegativePool, error) {
	out := new(MathHarnessNegativePool)
	if err := mathHarness.abi.UnpackIntoInterface(out, "NegativePool", raw); err != nil {
		return nil, err
	}
	return out, nil
}
