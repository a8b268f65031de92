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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxPositiveRebasePpb\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pendingBurnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b506127d28061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061007a575f3560e01c8063dd0da8d511610058578063dd0da8d5146100dc578063ed730c88146100fc578063fdcea2c11461011c578063ff7137061461013c575f5ffd5b80633ae3ad161461007e57806370107e2a146100a7578063b62c353c146100c7575b5f5ffd5b61009161008c366004611b6b565b61015d565b60405161009e9190611c65565b60405180910390f35b6100ba6100b5366004611cf5565b6103b5565b60405161009e9190611d1e565b6100da6100d5366004611d5b565b6104db565b005b6100ef6100ea366004611dbd565b6104f5565b60405161009e9190611e58565b61010f61010a366004611ec9565b6106a7565b60405161009e9190611f2b565b61012f61012a366004611f8b565b6107a9565b60405161009e9190611fa5565b61014f61014a366004611cf5565b61081a565b60405190815260200161009e565b60608167ffffffffffffffff81111561017857610178611fb4565b6040519080825280602002602001820160405280156101b157816020015b61019e611adc565b8152602001906001900390816101965790505b5090505f5b828110156103ae573063fdcea2c18585848181106101d6576101d6611fe1565b6040805160e086811b7fffffffff000000000000000000000000000000000000000000000000000000001682526101c093909302949094018035600486015260208101356024860152908101356044850152606081013560648501526080810135608485015260a081013560a485015260c081013560c48501529081013560e48401526101008101356101048401526101208101356101248401526101408101356101448401526101608101356101648401526101808101356101848401526101a001356101a4830152506101c40161018060405180830381865afa9250505080156102fd575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526102fa918101906120fd565b60015b610382573d80801561032a576040519150601f19603f3d011682016040523d82523d5f602084013e61032f565b606091505b506103398161219e565b83838151811061034b5761034b611fe1565b60209081029190910101517fffffffff000000000000000000000000000000000000000000000000000000009091169052506103a6565b8083838151811061039557610395611fe1565b602002602001015160200181905250505b6001016101b6565b5092915050565b6103e66040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b60018152610403826103fd36869003860186612221565b9061083b565b602082018190526104239061041d36869003860186612221565b90610885565b604080830191909152602082015190517fff713706000000000000000000000000000000000000000000000000000000008152309163ff7137069161046c918791600401612342565b602060405180830381865afa9250505080156104c3575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526104c09181019061235d565b60015b156104d5576080820152600160608201525b92915050565b6104f26104ed36839003830183612221565b610915565b50565b60608367ffffffffffffffff81111561051057610510611fb4565b60405190808252806020026020018201604052801561057257816020015b61055f6040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b81526020019060019003908161052e5790505b5090505f5b8481101561069e573063b62c353c87878481811061059757610597611fe1565b905060c002016040518263ffffffff1660e01b81526004016105b99190612374565b5f6040518083038186803b1580156105cf575f5ffd5b505afa9250505080156105e0575060015b1561069657306370107e2a8787848181106105fd576105fd611fe1565b905060c0020186868581811061061557610615611fe1565b905060200201356040518363ffffffff1660e01b8152600401610639929190612342565b60a060405180830381865afa158015610654573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106789190612382565b82828151811061068a5761068a611fe1565b60200260200101819052505b600101610577565b50949350505050565b60608167ffffffffffffffff8111156106c2576106c2611fb4565b60405190808252806020026020018201604052801561071d57816020015b61070a60405180608001604052805f60ff1681526020015f81526020015f81526020015f81525090565b8152602001906001900390816106e05790505b5090505f5b828110156103ae573684848381811061073d5761073d611fe1565b90506104c0020190505f83838151811061075957610759611fe1565b6020026020010151905061078c825f018036038101906107799190612435565b8360c001846101c001856103a001610aad565b60608501526040840152602083015260ff16905250600101610722565b6108036040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b6104d5610815368490038401846124aa565b610b1f565b5f6108348261082e36869003860186612221565b90610ba6565b9392505050565b81515f9067ffffffffffffffff16821061087d576020830151835167ffffffffffffffff9182169161086e911684612587565b61087891906125c7565b610834565b505f92915050565b5f5f61089084610c5b565b90508083116108a05790506104d5565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff166108c991906125da565b905080806001816108da8689612587565b6108e491906125f1565b6108ee9190612587565b6108f891906125c7565b61090291906125da565b61090c90836125f1565b95945050505050565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff1661093e91906125da565b9050816020015167ffffffffffffffff165f14806109685750604082015167ffffffffffffffff16155b8061097f5750606082015167ffffffffffffffff16155b8061099d575063ffffffff8016826060015167ffffffffffffffff16115b806109b95750815164ffffffffff67ffffffffffffffff909116115b806109d5575061ffff8016826020015167ffffffffffffffff16115b806109ee57506004826080015167ffffffffffffffff16105b80610a045750611fff610a026040836125f1565b115b80610a3557506040820151610a1a906002612604565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b80610a4e5750808260a0015167ffffffffffffffff1610155b80610a725750611fff826020015167ffffffffffffffff16610a709190612627565b155b15610aa9576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b5f5f5f5f610abd88888888610c90565b9195509350915060ff841615610ad8575060e0860135610b14565b610ae48888888861107f565b9195509350915060ff841615610aff575060e0860135610b14565b610b0b88888888611279565b93509350935093505b945094509450949050565b610b796040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b610b83828261154a565b610b8d8282611664565b610b978282611716565b610ba18282611803565b919050565b5f5f610bb184610c5b565b9050808311610bfa576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610c2391906125da565b90508082610c32600187612587565b610c3c9190612587565b610c469190612627565b610c51600186612587565b61090c9190612587565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610c8691906125da565b6104d59190612587565b5f80806060840135610caa6101608701610140880161263a565b6fffffffffffffffffffffffffffffffff161115610cf8576001610cd66101608701610140880161263a565b9093506fffffffffffffffffffffffffffffffff169150506060830135611075565b6080840135610d0f6101808701610160880161263a565b6fffffffffffffffffffffffffffffffff161115610d5d576002610d3b6101808701610160880161263a565b9093506fffffffffffffffffffffffffffffffff169150506080830135611075565b610d6d60c0870160a0880161263a565b6fffffffffffffffffffffffffffffffff16610d916101408701610120880161263a565b6fffffffffffffffffffffffffffffffff161015610dee576003610dbd6101408701610120880161263a565b610dcd60c0890160a08a0161263a565b9194506fffffffffffffffffffffffffffffffff9081169350169050611075565b60a0840135610e056101408701610120880161263a565b6fffffffffffffffffffffffffffffffff161115610e53576004610e316101408701610120880161263a565b9093506fffffffffffffffffffffffffffffffff1691505060a0830135611075565b610e6360e0860160c08701612669565b63ffffffff16610e7a610100870160e08801612669565b63ffffffff161115610ebe576005610e99610100870160e08801612669565b610ea960e0880160c08901612669565b91945063ffffffff9081169350169050611075565b610ece60e0860160c08701612669565b63ffffffff16610ee661012087016101008801612669565b63ffffffff161115610f06576006610e9961012087016101008801612669565b610f166080870160608801612669565b63ffffffff16610f2c60e0870160c08801612669565b63ffffffff161015610f5a576007610f4a60e0870160c08801612669565b610ea96080890160608a01612669565b610f6a60a0870160808801612669565b63ffffffff16610f81610100870160e08801612669565b63ffffffff161015610fb0576008610fa0610100870160e08801612669565b610ea960a0890160808a01612669565b60c0840135610fc76101a087016101808801612682565b67ffffffffffffffff161115611005576009610feb6101a087016101808801612682565b90935067ffffffffffffffff1691505060c0830135611075565b5f8760a0015163ffffffff1685610100013561102191906125f1565b905060e085013561103a6101a088016101808901612682565b67ffffffffffffffff161180156110545750846040013581115b1561106a57600a93509150506040830135611075565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f876020015167ffffffffffffffff16633b9aca008860a00160208101906110aa919061263a565b6110bc6101408a016101208b0161263a565b6110c6919061269b565b6110d091906126c3565b6fffffffffffffffffffffffffffffffff166110f260608a0160408b01612682565b67ffffffffffffffff1661110691906125f1565b61111091906125f1565b90508061112360c0880160a08901612682565b67ffffffffffffffff16111561115b57600b61114560c0880160a08901612682565b90945067ffffffffffffffff1692509050611075565b5f61119a61116c60208a018a612682565b61117c60608a0160408b01612682565b6111869190612702565b67ffffffffffffffff1687602001356118ca565b90505f6111ad60808a0160608b01612669565b6111bd60e08a0160c08b01612669565b6111c79190612722565b63ffffffff1690505f828b6060015163ffffffff166111e691906125da565b90508082111561120157600c96509094509250611075915050565b61121160a08b0160808c01612669565b6112226101008b0160e08c01612669565b61122c9190612722565b63ffffffff169150828b6080015163ffffffff1661124a91906125da565b90508082111561126557600d96509094509250611075915050565b505f9a8b9a508a9950975050505050505050565b5f8080808061128e60c0890160a08a0161263a565b6fffffffffffffffffffffffffffffffff166112b261014089016101208a0161263a565b6fffffffffffffffffffffffffffffffff166112d460608b0160408c01612682565b67ffffffffffffffff166112ee60408c0160208d01612682565b67ffffffffffffffff1661130291906125f1565b61131090633b9aca006125da565b61131a91906125f1565b6113249190612587565b90505f61133961016089016101408a0161263a565b6fffffffffffffffffffffffffffffffff1661135b60c08a0160a08b01612682565b67ffffffffffffffff1661137560a08b0160808c01612682565b67ffffffffffffffff1661138991906125f1565b61139790633b9aca006125da565b6113a191906125f1565b90505f6113b460e08b0160c08c0161263a565b6113d0906fffffffffffffffffffffffffffffffff16846125f1565b9050808211156114b5575f88356113ea60208d018d612682565b6113fa60608d0160408e01612682565b6114049190612702565b67ffffffffffffffff1661141891906125da565b90505f8c6020015167ffffffffffffffff16633b9aca0061143991906125da565b6114496301e133806127106125da565b8e51849061145d9063ffffffff16896125da565b61146791906125da565b61147191906125c7565b61147b91906125f1565b9050806114888486612587565b11156114b257600e61149a8486612587565b828e60e0013598509850985098505050505050610b14565b50505b5f8183106114c3575f6114d6565b6114d66114d08484612587565b856118fd565b60e08c013560101b8117955090505f6114ee8661192a565b90505f8211801561150857508c6040015163ffffffff1681115b156115325760408d0151600f995090975063ffffffff169550505060e08901359250610b14915050565b505f9c8d9c508c9b5094995093975050505050505050565b81608001518260c00151836060015161156391906125f1565b61156d9190612587565b8260a0015161157c919061273e565b80825261012083015183515f9291633b9aca009161159a91906125da565b6115a491906125c7565b6115ae919061273e565b90505f8113156115ec576115c68360e0015182611963565b602083018190526101008401516115e6916115e19084612587565b611963565b60408301525b81516040830151602084015185515f939291611607916125f1565b61161191906125f1565b61161b919061275d565b90505f811215611657576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6060909201919091525050565b6060810151610140820152610180820151158061168357506060810151155b1561168c575050565b5f6116a583610180015183606001518560200151611972565b90505f6116b784610160015183611963565b90508260400151836020015185604001516116d291906125f1565b6116dc91906125f1565b8111156116e95750505050565b6001608084015260a083018190526060830151611707908290612587565b61014090930192909252505050565b5f8160800151611726575f61172d565b8261018001515b836101a0015161173d91906125f1565b905080801580159061174f5750835115155b156117c0575f611799633b9aca0085610140015161176d91906125da565b602087015161012088015161178690633b9aca006125f1565b885161179291906125da565b6001611a22565b9050808560200151116117ac575f6117bc565b8085602001516117bc9190612587565b9150505b6117ca8282611963565b60c084018190526117db9083612587565b60e084015260c083015160208501516117f49190612587565b61016090930192909252505050565b602081015181515f916118159161275d565b90505f811361182357505050565b5f82604001518261183491906125f1565b90506118696127108561014001518361184d91906125da565b61185791906125c7565b60028561014001516115e191906125c7565b61010084018190525f0361187d5750505050565b6118a78361010001518461016001518561010001518661014001516118a29190612587565b611972565b6101208401819052610160840180516118c19083906125f1565b90525050505050565b5f815f036118dc576118dc6012611a64565b8160018403816118ee576118ee61259a565b04600101831515029392505050565b5f815f0361190e575061ffff6104d5565b61083461ffff6115e1611924620186a0876125da565b856118ca565b5f805b601081101561195d5761ffff6119448260106125da565b84901c168261195391906125f1565b915060010161192d565b50919050565b5f828218828410028218610834565b5f5f5f61197f8686611a75565b91509150815f036119a3578381816119995761199961259a565b0492505050610834565b8184116119ba576119ba6003851502601118611a64565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f611a4f611a2f83611ab0565b8015611a4a57505f8480611a4557611a4561259a565b868809115b151590565b611a5a868686611972565b61090c91906125f1565b634e487b715f52806020526024601cfd5b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b5f6002826003811115611ac557611ac5612784565b611acf91906127b1565b60ff166001149050919050565b60405180604001604052805f7bffffffffffffffffffffffffffffffffffffffffffffffffffffffff19168152602001611b666040518061018001604052805f81526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b905290565b5f5f60208385031215611b7c575f5ffd5b823567ffffffffffffffff811115611b92575f5ffd5b8301601f81018513611ba2575f5ffd5b803567ffffffffffffffff811115611bb8575f5ffd5b8560206101c083028401011115611bcd575f5ffd5b6020919091019590945092505050565b805182526020810151602083015260408101516040830152606081015160608301526080810151611c12608084018215159052565b5060a081015160a083015260c081015160c083015260e081015160e08301526101008101516101008301526101208101516101208301526101408101516101408301526101608101516101608301525050565b602080825282518282018190525f918401906040840190835b81811015611cda5783517fffffffff00000000000000000000000000000000000000000000000000000000815116845260208101519050611cc26020850182611bdd565b50602093909301926101a09290920191600101611c7e565b509095945050505050565b5f60c0828403121561195d575f5ffd5b5f5f60e08385031215611d06575f5ffd5b611d108484611ce5565b9460c0939093013593505050565b60a081016104d582848051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b5f60c08284031215611d6b575f5ffd5b6108348383611ce5565b5f5f83601f840112611d85575f5ffd5b50813567ffffffffffffffff811115611d9c575f5ffd5b6020830191508360208260051b8501011115611db6575f5ffd5b9250929050565b5f5f5f5f60408587031215611dd0575f5ffd5b843567ffffffffffffffff811115611de6575f5ffd5b8501601f81018713611df6575f5ffd5b803567ffffffffffffffff811115611e0c575f5ffd5b87602060c083028401011115611e20575f5ffd5b60209182019550935085013567ffffffffffffffff811115611e40575f5ffd5b611e4c87828801611d75565b95989497509550505050565b602080825282518282018190525f918401906040840190835b81811015611cda57611eb38385518051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b6020939093019260a09290920191600101611e71565b5f5f60208385031215611eda575f5ffd5b823567ffffffffffffffff811115611ef0575f5ffd5b8301601f81018513611f00575f5ffd5b803567ffffffffffffffff811115611f16575f5ffd5b8560206104c083028401011115611bcd575f5ffd5b602080825282518282018190525f918401906040840190835b81811015611cda57835160ff815116845260208101516020850152604081015160408501526060810151606085015250608083019250602084019350600181019050611f44565b5f6101c0828403128015611f9d575f5ffd5b509092915050565b61018081016104d58284611bdd565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b604051610180810167ffffffffffffffff81118282101715612057577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b60405160c0810167ffffffffffffffff81118282101715612057577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040516101c0810167ffffffffffffffff81118282101715612057577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b80518015158114610ba1575f5ffd5b5f61018082840312801561210f575f5ffd5b5061211861200e565b82518152602080840151908201526040808401519082015260608084015190820152612146608084016120ee565b608082015260a0838101519082015260c0808401519082015260e08084015190820152610100808401519082015261012080840151908201526101408084015190820152610160928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015612203577fffffffff00000000000000000000000000000000000000000000000000000000808360040360031b1b82161692505b5050919050565b803567ffffffffffffffff81168114610ba1575f5ffd5b5f60c0828403128015612232575f5ffd5b5061223b61205d565b6122448361220a565b81526122526020840161220a565b60208201526122636040840161220a565b60408201526122746060840161220a565b60608201526122856080840161220a565b608082015261229660a0840161220a565b60a08201529392505050565b67ffffffffffffffff6122b48261220a565b16825267ffffffffffffffff6122cc6020830161220a565b16602083015267ffffffffffffffff6122e76040830161220a565b16604083015267ffffffffffffffff6123026060830161220a565b16606083015267ffffffffffffffff61231d6080830161220a565b16608083015267ffffffffffffffff61233860a0830161220a565b1660a08301525050565b60e0810161235082856122a2565b8260c08301529392505050565b5f6020828403121561236d575f5ffd5b5051919050565b60c081016104d582846122a2565b5f60a0828403128015612393575f5ffd5b5060405160a0810167ffffffffffffffff811182821017156123dc577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040526123e8836120ee565b8152602083810151908201526040808401519082015261240a606084016120ee565b60608201526080928301519281019290925250919050565b803563ffffffff81168114610ba1575f5ffd5b5f60c0828403128015612446575f5ffd5b5061244f61205d565b61245883612422565b81526124666020840161220a565b602082015261247760408401612422565b604082015261248860608401612422565b606082015261249960808401612422565b608082015261229660a08401612422565b5f6101c08284031280156124bc575f5ffd5b506124c56120a5565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a0928301359281019290925250919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b818103818111156104d5576104d561255a565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f826125d5576125d561259a565b500490565b80820281158282048414176104d5576104d561255a565b808201808211156104d5576104d561255a565b67ffffffffffffffff81811683821602908116908181146103ae576103ae61255a565b5f826126355761263561259a565b500690565b5f6020828403121561264a575f5ffd5b81356fffffffffffffffffffffffffffffffff81168114610834575f5ffd5b5f60208284031215612679575f5ffd5b61083482612422565b5f60208284031215612692575f5ffd5b6108348261220a565b6fffffffffffffffffffffffffffffffff82811682821603908111156104d5576104d561255a565b5f6fffffffffffffffffffffffffffffffff8316806126e4576126e461259a565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff82811682821603908111156104d5576104d561255a565b63ffffffff82811682821603908111156104d5576104d561255a565b8181035f8312801583831316838312821617156103ae576103ae61255a565b8082018281125f83128015821682158216171561277c5761277c61255a565b505092915050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b5f60ff8316806127c3576127c361259a565b8060ff8416069150509291505056",
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
