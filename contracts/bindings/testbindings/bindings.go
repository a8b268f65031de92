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
	RefBlockRoot       [32]byte
	ClValidatorsGwei   uint64
	ClPendingGwei      uint64
	Validators         uint32
	Exited             uint32
	Slashed            uint32
	DepositedWei       *big.Int
	WithdrawalVaultWei *big.Int
	ElRewardsVaultWei  *big.Int
	FinalizeUpTo       uint64
	Bunker             bool
	BalancesRoot       [32]byte
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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b506129708061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610085575f3560e01c8063dd0da8d511610058578063dd0da8d514610107578063ed730c8814610127578063fdcea2c114610147578063ff71370614610167575f5ffd5b80633ae3ad161461008957806370107e2a146100b25780638523515b146100d2578063b62c353c146100f2575b5f5ffd5b61009c610097366004611c55565b610188565b6040516100a99190611d4f565b60405180910390f35b6100c56100c0366004611ddf565b6103e0565b6040516100a99190611e08565b6100e56100e0366004611e8d565b610506565b6040516100a99190611f0a565b610105610100366004611f41565b6105c3565b005b61011a610115366004611f5b565b6105dd565b6040516100a99190611ff6565b61013a610135366004612067565b61078f565b6040516100a991906120c9565b61015a610155366004612129565b610891565b6040516100a99190612143565b61017a610175366004611ddf565b610902565b6040519081526020016100a9565b60608167ffffffffffffffff8111156101a3576101a3612152565b6040519080825280602002602001820160405280156101dc57816020015b6101c9611bc6565b8152602001906001900390816101c15790505b5090505f5b828110156103d9573063fdcea2c18585848181106102015761020161217f565b6040805160e086811b7fffffffff000000000000000000000000000000000000000000000000000000001682526101c093909302949094018035600486015260208101356024860152908101356044850152606081013560648501526080810135608485015260a081013560a485015260c081013560c48501529081013560e48401526101008101356101048401526101208101356101248401526101408101356101448401526101608101356101648401526101808101356101848401526101a001356101a4830152506101c40161018060405180830381865afa925050508015610328575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526103259181019061229b565b60015b6103ad573d808015610355576040519150601f19603f3d011682016040523d82523d5f602084013e61035a565b606091505b506103648161233c565b8383815181106103765761037661217f565b60209081029190910101517fffffffff000000000000000000000000000000000000000000000000000000009091169052506103d1565b808383815181106103c0576103c061217f565b602002602001015160200181905250505b6001016101e1565b5092915050565b6104116040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b6001815261042e82610428368690038601866123bf565b90610923565b6020820181905261044e90610448368690038601866123bf565b9061096d565b604080830191909152602082015190517fff713706000000000000000000000000000000000000000000000000000000008152309163ff713706916104979187916004016124e0565b602060405180830381865afa9250505080156104ee575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526104eb918101906124fb565b60015b15610500576080820152600160608201525b92915050565b60608367ffffffffffffffff81111561052157610521612152565b60405190808252806020026020018201604052801561054a578160200160208202803683370190505b5090505f5b848110156105b85761059388888381811061056c5761056c61217f565b905060200201358787848181106105855761058561217f565b9050602002013586866109fd565b8282815181106105a5576105a561217f565b602090810291909101015260010161054f565b509695505050505050565b6105da6105d5368390038301836123bf565b610a12565b50565b60608367ffffffffffffffff8111156105f8576105f8612152565b60405190808252806020026020018201604052801561065a57816020015b6106476040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b8152602001906001900390816106165790505b5090505f5b84811015610786573063b62c353c87878481811061067f5761067f61217f565b905060c002016040518263ffffffff1660e01b81526004016106a19190612512565b5f6040518083038186803b1580156106b7575f5ffd5b505afa9250505080156106c8575060015b1561077e57306370107e2a8787848181106106e5576106e561217f565b905060c002018686858181106106fd576106fd61217f565b905060200201356040518363ffffffff1660e01b81526004016107219291906124e0565b60a060405180830381865afa15801561073c573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906107609190612520565b8282815181106107725761077261217f565b60200260200101819052505b60010161065f565b50949350505050565b60608167ffffffffffffffff8111156107aa576107aa612152565b60405190808252806020026020018201604052801561080557816020015b6107f260405180608001604052805f60ff1681526020015f81526020015f81526020015f81525090565b8152602001906001900390816107c85790505b5090505f5b828110156103d957368484838181106108255761082561217f565b90506104c0020190505f8383815181106108415761084161217f565b60200260200101519050610874825f0180360381019061086191906125d3565b8360c001846101c001856103a001610baa565b60608501526040840152602083015260ff1690525060010161080a565b6108eb6040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b6105006108fd36849003840184612648565b610c1c565b5f61091c82610916368690038601866123bf565b90610ca3565b9392505050565b81515f9067ffffffffffffffff168210610965576020830151835167ffffffffffffffff91821691610956911684612725565b6109609190612765565b61091c565b505f92915050565b5f5f61097884610d58565b9050808311610988579050610500565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff166109b19190612778565b905080806001816109c28689612725565b6109cc919061278f565b6109d69190612725565b6109e09190612765565b6109ea9190612778565b6109f4908361278f565b95945050505050565b5f6109f485610a0d868686610d8d565b610e3d565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff16610a3b9190612778565b9050816020015167ffffffffffffffff165f1480610a655750604082015167ffffffffffffffff16155b80610a7c5750606082015167ffffffffffffffff16155b80610a9a575063ffffffff8016826060015167ffffffffffffffff16115b80610ab65750815164ffffffffff67ffffffffffffffff909116115b80610ad2575061ffff8016826020015167ffffffffffffffff16115b80610aeb57506004826080015167ffffffffffffffff16105b80610b015750611fff610aff60408361278f565b115b80610b3257506040820151610b179060026127a2565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b80610b4b5750808260a0015167ffffffffffffffff1610155b80610b6f5750611fff826020015167ffffffffffffffff16610b6d91906127c5565b155b15610ba6576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b5f5f5f5f610bba88888888610e4c565b9195509350915060ff841615610bd5575060e0860135610c11565b610be18888888861123b565b9195509350915060ff841615610bfc575060e0860135610c11565b610c0888888888611435565b93509350935093505b945094509450949050565b610c766040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b610c808282611706565b610c8a828261181b565b610c9482826118bf565b610c9e82826119ac565b919050565b5f5f610cae84610d58565b9050808311610cf7576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610d209190612778565b90508082610d2f600187612725565b610d399190612725565b610d4391906127c5565b610d4e600186612725565b6109f49190612725565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610d839190612778565b6105009190612725565b5f5f5f610d9a8686611a73565b91509150815f03610dbe57838181610db457610db4612738565b049250505061091c565b818411610dd557610dd56003851502601118611aae565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f82821882841002821861091c565b5f80806060840135610e66610160870161014088016127d8565b6fffffffffffffffffffffffffffffffff161115610eb4576001610e92610160870161014088016127d8565b9093506fffffffffffffffffffffffffffffffff169150506060830135611231565b6080840135610ecb610180870161016088016127d8565b6fffffffffffffffffffffffffffffffff161115610f19576002610ef7610180870161016088016127d8565b9093506fffffffffffffffffffffffffffffffff169150506080830135611231565b610f2960c0870160a088016127d8565b6fffffffffffffffffffffffffffffffff16610f4d610140870161012088016127d8565b6fffffffffffffffffffffffffffffffff161015610faa576003610f79610140870161012088016127d8565b610f8960c0890160a08a016127d8565b9194506fffffffffffffffffffffffffffffffff9081169350169050611231565b60a0840135610fc1610140870161012088016127d8565b6fffffffffffffffffffffffffffffffff16111561100f576004610fed610140870161012088016127d8565b9093506fffffffffffffffffffffffffffffffff1691505060a0830135611231565b61101f60e0860160c08701612807565b63ffffffff16611036610100870160e08801612807565b63ffffffff16111561107a576005611055610100870160e08801612807565b61106560e0880160c08901612807565b91945063ffffffff9081169350169050611231565b61108a60e0860160c08701612807565b63ffffffff166110a261012087016101008801612807565b63ffffffff1611156110c257600661105561012087016101008801612807565b6110d26080870160608801612807565b63ffffffff166110e860e0870160c08801612807565b63ffffffff16101561111657600761110660e0870160c08801612807565b6110656080890160608a01612807565b61112660a0870160808801612807565b63ffffffff1661113d610100870160e08801612807565b63ffffffff16101561116c57600861115c610100870160e08801612807565b61106560a0890160808a01612807565b60c08401356111836101a087016101808801612820565b67ffffffffffffffff1611156111c15760096111a76101a087016101808801612820565b90935067ffffffffffffffff1691505060c0830135611231565b5f8760a0015163ffffffff168561010001356111dd919061278f565b905060e08501356111f66101a088016101808901612820565b67ffffffffffffffff161180156112105750846040013581115b1561122657600a93509150506040830135611231565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f876020015167ffffffffffffffff16633b9aca008860a001602081019061126691906127d8565b6112786101408a016101208b016127d8565b6112829190612839565b61128c9190612861565b6fffffffffffffffffffffffffffffffff166112ae60608a0160408b01612820565b67ffffffffffffffff166112c2919061278f565b6112cc919061278f565b9050806112df60c0880160a08901612820565b67ffffffffffffffff16111561131757600b61130160c0880160a08901612820565b90945067ffffffffffffffff1692509050611231565b5f61135661132860208a018a612820565b61133860608a0160408b01612820565b61134291906128a0565b67ffffffffffffffff168760200135611abf565b90505f61136960808a0160608b01612807565b61137960e08a0160c08b01612807565b61138391906128c0565b63ffffffff1690505f828b6060015163ffffffff166113a29190612778565b9050808211156113bd57600c96509094509250611231915050565b6113cd60a08b0160808c01612807565b6113de6101008b0160e08c01612807565b6113e891906128c0565b63ffffffff169150828b6080015163ffffffff166114069190612778565b90508082111561142157600d96509094509250611231915050565b505f9a8b9a508a9950975050505050505050565b5f8080808061144a60c0890160a08a016127d8565b6fffffffffffffffffffffffffffffffff1661146e61014089016101208a016127d8565b6fffffffffffffffffffffffffffffffff1661149060608b0160408c01612820565b67ffffffffffffffff166114aa60408c0160208d01612820565b67ffffffffffffffff166114be919061278f565b6114cc90633b9aca00612778565b6114d6919061278f565b6114e09190612725565b90505f6114f561016089016101408a016127d8565b6fffffffffffffffffffffffffffffffff1661151760c08a0160a08b01612820565b67ffffffffffffffff1661153160a08b0160808c01612820565b67ffffffffffffffff16611545919061278f565b61155390633b9aca00612778565b61155d919061278f565b90505f61157060e08b0160c08c016127d8565b61158c906fffffffffffffffffffffffffffffffff168461278f565b905080821115611671575f88356115a660208d018d612820565b6115b660608d0160408e01612820565b6115c091906128a0565b67ffffffffffffffff166115d49190612778565b90505f8c6020015167ffffffffffffffff16633b9aca006115f59190612778565b6116056301e13380612710612778565b8e5184906116199063ffffffff1689612778565b6116239190612778565b61162d9190612765565b611637919061278f565b9050806116448486612725565b111561166e57600e6116568486612725565b828e60e0013598509850985098505050505050610c11565b50505b5f81831061167f575f611692565b61169261168c8484612725565b85611af2565b60e08c013560101b8117955090505f6116aa86611b1f565b90505f821180156116c457508c6040015163ffffffff1681115b156116ee5760408d0151600f995090975063ffffffff169550505060e08901359250610c11915050565b505f9c8d9c508c9b5094995093975050505050505050565b81608001518260c00151836060015161171f919061278f565b6117299190612725565b8260a0015161173891906128dc565b80825261012083015183515f9291633b9aca00916117569190612778565b6117609190612765565b61176a91906128dc565b90505f8113156117a3576117828360e0015182610e3d565b6020830181905261010084015161179d91610a0d9084612725565b60408301525b81516040830151602084015185515f9392916117be9161278f565b6117c8919061278f565b6117d291906128fb565b90505f81121561180e576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6060909201919091525050565b6060810151610140820152610180820151158061183a57506060810151155b15611843575050565b5f611862836101600151846101800151846060015186602001516109fd565b905081604001518260200151846040015161187d919061278f565b611887919061278f565b81111561189357505050565b6001608083015260a0820181905260608201516118b1908290612725565b610140909201919091525050565b5f81608001516118cf575f6118d6565b8261018001515b836101a001516118e6919061278f565b90508080158015906118f85750835115155b15611969575f611942633b9aca008561014001516119169190612778565b602087015161012088015161192f90633b9aca0061278f565b885161193b9190612778565b6001611b58565b905080856020015111611955575f611965565b8085602001516119659190612725565b9150505b6119738282610e3d565b60c084018190526119849083612725565b60e084015260c0830151602085015161199d9190612725565b61016090930192909252505050565b602081015181515f916119be916128fb565b90505f81136119cc57505050565b5f8260400151826119dd919061278f565b9050611a12612710856101400151836119f69190612778565b611a009190612765565b6002856101400151610a0d9190612765565b61010084018190525f03611a265750505050565b611a50836101000151846101600151856101000151866101400151611a4b9190612725565b610d8d565b610120840181905261016084018051611a6a90839061278f565b90525050505050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f815f03611ad157611ad16012611aae565b816001840381611ae357611ae3612738565b04600101831515029392505050565b5f815f03611b03575061ffff610500565b61091c61ffff610a0d611b19620186a087612778565b85611abf565b5f805b6010811015611b525761ffff611b39826010612778565b84901c1682611b48919061278f565b9150600101611b22565b50919050565b5f611b85611b6583611b9a565b8015611b8057505f8480611b7b57611b7b612738565b868809115b151590565b611b90868686610d8d565b6109f4919061278f565b5f6002826003811115611baf57611baf612922565b611bb9919061294f565b60ff166001149050919050565b60405180604001604052805f7bffffffffffffffffffffffffffffffffffffffffffffffffffffffff19168152602001611c506040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b905290565b5f5f60208385031215611c66575f5ffd5b823567ffffffffffffffff811115611c7c575f5ffd5b8301601f81018513611c8c575f5ffd5b803567ffffffffffffffff811115611ca2575f5ffd5b8560206101c083028401011115611cb7575f5ffd5b6020919091019590945092505050565b805182526020810151602083015260408101516040830152606081015160608301526080810151611cfc608084018215159052565b5060a081015160a083015260c081015160c083015260e081015160e08301526101008101516101008301526101208101516101208301526101408101516101408301526101608101516101608301525050565b602080825282518282018190525f918401906040840190835b81811015611dc45783517fffffffff00000000000000000000000000000000000000000000000000000000815116845260208101519050611dac6020850182611cc7565b50602093909301926101a09290920191600101611d68565b509095945050505050565b5f60c08284031215611b52575f5ffd5b5f5f60e08385031215611df0575f5ffd5b611dfa8484611dcf565b9460c0939093013593505050565b60a0810161050082848051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b5f5f83601f840112611e55575f5ffd5b50813567ffffffffffffffff811115611e6c575f5ffd5b6020830191508360208260051b8501011115611e86575f5ffd5b9250929050565b5f5f5f5f5f5f60808789031215611ea2575f5ffd5b863567ffffffffffffffff811115611eb8575f5ffd5b611ec489828a01611e45565b909750955050602087013567ffffffffffffffff811115611ee3575f5ffd5b611eef89828a01611e45565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b81811015611dc4578351835260209384019390920191600101611f23565b5f60c08284031215611f51575f5ffd5b61091c8383611dcf565b5f5f5f5f60408587031215611f6e575f5ffd5b843567ffffffffffffffff811115611f84575f5ffd5b8501601f81018713611f94575f5ffd5b803567ffffffffffffffff811115611faa575f5ffd5b87602060c083028401011115611fbe575f5ffd5b60209182019550935085013567ffffffffffffffff811115611fde575f5ffd5b611fea87828801611e45565b95989497509550505050565b602080825282518282018190525f918401906040840190835b81811015611dc4576120518385518051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b6020939093019260a0929092019160010161200f565b5f5f60208385031215612078575f5ffd5b823567ffffffffffffffff81111561208e575f5ffd5b8301601f8101851361209e575f5ffd5b803567ffffffffffffffff8111156120b4575f5ffd5b8560206104c083028401011115611cb7575f5ffd5b602080825282518282018190525f918401906040840190835b81811015611dc457835160ff8151168452602081015160208501526040810151604085015260608101516060850152506080830192506020840193506001810190506120e2565b5f6101c082840312801561213b575f5ffd5b509092915050565b61018081016105008284611cc7565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b604051610180810167ffffffffffffffff811182821017156121f5577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b60405160c0810167ffffffffffffffff811182821017156121f5577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040516101c0810167ffffffffffffffff811182821017156121f5577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b80518015158114610c9e575f5ffd5b5f6101808284031280156122ad575f5ffd5b506122b66121ac565b825181526020808401519082015260408084015190820152606080840151908201526122e46080840161228c565b608082015260a0838101519082015260c0808401519082015260e08084015190820152610100808401519082015261012080840151908201526101408084015190820152610160928301519281019290925250919050565b805160208201517fffffffff000000000000000000000000000000000000000000000000000000008116919060048210156123a1577fffffffff00000000000000000000000000000000000000000000000000000000808360040360031b1b82161692505b5050919050565b803567ffffffffffffffff81168114610c9e575f5ffd5b5f60c08284031280156123d0575f5ffd5b506123d96121fb565b6123e2836123a8565b81526123f0602084016123a8565b6020820152612401604084016123a8565b6040820152612412606084016123a8565b6060820152612423608084016123a8565b608082015261243460a084016123a8565b60a08201529392505050565b67ffffffffffffffff612452826123a8565b16825267ffffffffffffffff61246a602083016123a8565b16602083015267ffffffffffffffff612485604083016123a8565b16604083015267ffffffffffffffff6124a0606083016123a8565b16606083015267ffffffffffffffff6124bb608083016123a8565b16608083015267ffffffffffffffff6124d660a083016123a8565b1660a08301525050565b60e081016124ee8285612440565b8260c08301529392505050565b5f6020828403121561250b575f5ffd5b5051919050565b60c081016105008284612440565b5f60a0828403128015612531575f5ffd5b5060405160a0810167ffffffffffffffff8111828210171561257a577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040526125868361228c565b815260208381015190820152604080840151908201526125a86060840161228c565b60608201526080928301519281019290925250919050565b803563ffffffff81168114610c9e575f5ffd5b5f60c08284031280156125e4575f5ffd5b506125ed6121fb565b6125f6836125c0565b8152612604602084016123a8565b6020820152612615604084016125c0565b6040820152612626606084016125c0565b6060820152612637608084016125c0565b608082015261243460a084016125c0565b5f6101c082840312801561265a575f5ffd5b50612663612243565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a0928301359281019290925250919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b81810381811115610500576105006126f8565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f8261277357612773612738565b500490565b8082028115828204841417610500576105006126f8565b80820180821115610500576105006126f8565b67ffffffffffffffff81811683821602908116908181146103d9576103d96126f8565b5f826127d3576127d3612738565b500690565b5f602082840312156127e8575f5ffd5b81356fffffffffffffffffffffffffffffffff8116811461091c575f5ffd5b5f60208284031215612817575f5ffd5b61091c826125c0565b5f60208284031215612830575f5ffd5b61091c826123a8565b6fffffffffffffffffffffffffffffffff8281168282160390811115610500576105006126f8565b5f6fffffffffffffffffffffffffffffffff83168061288257612882612738565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff8281168282160390811115610500576105006126f8565b63ffffffff8281168282160390811115610500576105006126f8565b8181035f8312801583831316838312821617156103d9576103d96126f8565b8082018281125f83128015821682158216171561291a5761291a6126f8565b505092915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60ff83168061296157612961612738565b8060ff8416069150509291505056",
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
// the contract method with ID 0xff713706.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
func (mathHarness *MathHarness) PackCurrent(s Schedule, slot *big.Int) []byte {
	enc, err := mathHarness.abi.Pack("current", s, slot)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCurrent is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff713706.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
func (mathHarness *MathHarness) TryPackCurrent(s Schedule, slot *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("current", s, slot)
}

// UnpackCurrent is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xff713706.
//
// Solidity: function current((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 slot) pure returns(uint256)
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
// the contract method with ID 0xed730c88.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,bytes32,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,bool,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) PackSanity(cases []MathHarnessSanityCase) []byte {
	enc, err := mathHarness.abi.Pack("sanity", cases)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSanity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xed730c88.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,bytes32,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,bool,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) TryPackSanity(cases []MathHarnessSanityCase) ([]byte, error) {
	return mathHarness.abi.Pack("sanity", cases)
}

// UnpackSanity is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xed730c88.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint32,uint32,uint128,uint128,uint256),(uint16,bytes32,uint64,bytes32,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,bool,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] cases) pure returns((uint8,uint256,uint256,uint256)[] verdicts)
func (mathHarness *MathHarness) UnpackSanity(data []byte) ([]MathHarnessVerdict, error) {
	out, err := mathHarness.abi.Unpack("sanity", data)
	if err != nil {
		return *new([]MathHarnessVerdict), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessVerdict)).(*[]MathHarnessVerdict)
	return out0, nil
}

// PackScheduleOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70107e2a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) PackScheduleOne(s Schedule, timestamp *big.Int) []byte {
	enc, err := mathHarness.abi.Pack("scheduleOne", s, timestamp)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackScheduleOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70107e2a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) TryPackScheduleOne(s Schedule, timestamp *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("scheduleOne", s, timestamp)
}

// UnpackScheduleOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x70107e2a.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256) a)
func (mathHarness *MathHarness) UnpackScheduleOne(data []byte) (MathHarnessScheduleAnswer, error) {
	out, err := mathHarness.abi.Unpack("scheduleOne", data)
	if err != nil {
		return *new(MathHarnessScheduleAnswer), err
	}
	out0 := *abi.ConvertType(out[0], new(MathHarnessScheduleAnswer)).(*MathHarnessScheduleAnswer)
	return out0, nil
}

// PackSchedules is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd0da8d5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) PackSchedules(list []Schedule, timestamps []*big.Int) []byte {
	enc, err := mathHarness.abi.Pack("schedules", list, timestamps)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSchedules is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdd0da8d5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) TryPackSchedules(list []Schedule, timestamps []*big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("schedules", list, timestamps)
}

// UnpackSchedules is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdd0da8d5.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256)[] answers)
func (mathHarness *MathHarness) UnpackSchedules(data []byte) ([]MathHarnessScheduleAnswer, error) {
	out, err := mathHarness.abi.Unpack("schedules", data)
	if err != nil {
		return *new([]MathHarnessScheduleAnswer), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessScheduleAnswer)).(*[]MathHarnessScheduleAnswer)
	return out0, nil
}

// PackValidate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb62c353c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function validate((uint64,uint64,uint64,uint64,uint64,uint64) s) pure returns()
func (mathHarness *MathHarness) PackValidate(s Schedule) []byte {
	enc, err := mathHarness.abi.Pack("validate", s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackValidate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb62c353c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function validate((uint64,uint64,uint64,uint64,uint64,uint64) s) pure returns()
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
