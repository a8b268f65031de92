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

// Batch is an auto generated low-level Go binding around an user-defined struct.
type Batch struct {
	DemandWei    *big.Int
	DemandShares *big.Int
	FirstWei     *big.Int
	FirstShares  *big.Int
	LastWei      *big.Int
	LastShares   *big.Int
	SpansFall    bool
}

// Judged is an auto generated low-level Go binding around an user-defined struct.
type Judged struct {
	LossWindow    *big.Int
	BucketGwei    uint64
	ConfirmedGwei uint64
	ByGuardian    bool
}

// LastReport is an auto generated low-level Go binding around an user-defined struct.
type LastReport struct {
	RefSlot                uint64
	ClValidatorsGwei       uint64
	ClPendingGwei          uint64
	ClInFlightGwei         uint64
	UnprovenGwei           uint64
	Validators             uint32
	Exited                 uint32
	SilentCalls            uint16
	DepositedWei           *big.Int
	WithdrawalVaultLeftWei *big.Int
	LossWindow             *big.Int
	UnconfirmedGwei        uint64
	ConfirmedGwei          uint64
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
	Code   uint8
	Value  *big.Int
	Bound  *big.Int
	Judged Judged
}

// RebaseInput is an auto generated low-level Go binding around an user-defined struct.
type RebaseInput struct {
	TotalPooledWei     *big.Int
	TotalShares        *big.Int
	BufferedWei        *big.Int
	BookedWei          *big.Int
	LastClWei          *big.Int
	LastDepositedWei   *big.Int
	LastVaultLeftWei   *big.Int
	ClWei              *big.Int
	DepositedWei       *big.Int
	WithdrawalVaultWei *big.Int
	ElRewardsVaultWei  *big.Int
	ElapsedSeconds     *big.Int
	MaxRiseBps         *big.Int
	BucketWei          *big.Int
	UnconfirmedWei     *big.Int
	LossesInRow        *big.Int
	NoisePcm           *big.Int
	NormalRewardBps    *big.Int
	FeeBps             *big.Int
	Batch              Batch
}

// RebaseOutput is an auto generated low-level Go binding around an user-defined struct.
type RebaseOutput struct {
	ClChangeWei        *big.Int
	FromWithdrawalsWei *big.Int
	FromRewardsWei     *big.Int
	RebasedPooledWei   *big.Int
	RegainedWei        *big.Int
	LostWei            *big.Int
	BeyondNoise        bool
	Finalized          bool
	Skip               uint8
	LockWei            *big.Int
	BurnShares         *big.Int
	FeeWei             *big.Int
	FeeShares          *big.Int
	BucketUsedWei      *big.Int
	BookedWei          *big.Int
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
	BucketGwei         *big.Int
	LastFalse          bool
	ByGuardian         bool
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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"silentCalls\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastRefSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitsAskedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pendingRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFalse\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"judged\",\"type\":\"tuple\",\"internalType\":\"structJudged\",\"components\":[{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b506131128061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610085575f3560e01c80635926a6b0116100585780635926a6b0146101075780638523515b14610127578063958b718514610147578063a83e6b3114610167575f5ffd5b80630658cc9114610089578063252a6d181461009e5780632e2f6fff146100c75780635463e068146100e7575b5f5ffd5b61009c61009736600461209e565b610188565b005b6100b16100ac3660046120b8565b6101a2565b6040516100be91906120e2565b60405180910390f35b6100da6100d536600461211f565b6102c8565b6040516100be91906122ce565b6100fa6100f536600461234e565b610474565b6040516100be9190612368565b61011a6101153660046123bf565b610493565b6040516100be919061245a565b61013a6101353660046124cb565b610645565b6040516100be9190612548565b61015a61015536600461257f565b610702565b6040516100be91906125e1565b61017a6101753660046120b8565b6107e2565b6040519081526020016100be565b61019f61019a36839003830183612792565b610803565b50565b6101d36040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b600181526101f0826101ea36869003860186612792565b906109d8565b602082018190526102109061020a36869003860186612792565b90610a22565b604080830191909152602082015190517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b31916102599187916004016128e1565b602060405180830381865afa9250505080156102b0575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526102ad918101906128fd565b60015b156102c2576080820152600160608201525b92915050565b60608167ffffffffffffffff8111156102e3576102e3612669565b60405190808252806020026020018201604052801561031c57816020015b610309611f8b565b8152602001906001900390816103015790505b5090505f5b8281101561046d5730635463e06885858481811061034157610341612914565b905061034002016040518263ffffffff1660e01b8152600401610364919061299f565b61022060405180830381865afa9250505080156103bc575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526103b991810190612a91565b60015b610441573d8080156103e9576040519150601f19603f3d011682016040523d82523d5f602084013e6103ee565b606091505b506103f881612b78565b83838151811061040a5761040a612914565b60209081029190910101517fffffffff00000000000000000000000000000000000000000000000000000000909116905250610465565b8083838151811061045457610454612914565b602002602001015160200181905250505b600101610321565b5092915050565b61047c611fa9565b6102c261048e36849003840184612c4b565b610ab2565b60608367ffffffffffffffff8111156104ae576104ae612669565b60405190808252806020026020018201604052801561051057816020015b6104fd6040518060a001604052805f151581526020015f81526020015f81526020015f151581526020015f81525090565b8152602001906001900390816104cc5790505b5090505f5b8481101561063c5730630658cc9187878481811061053557610535612914565b905060e002016040518263ffffffff1660e01b81526004016105579190612d44565b5f6040518083038186803b15801561056d575f5ffd5b505afa92505050801561057e575060015b15610634573063252a6d1887878481811061059b5761059b612914565b905060e002018686858181106105b3576105b3612914565b905060200201356040518363ffffffff1660e01b81526004016105d79291906128e1565b60a060405180830381865afa1580156105f2573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106169190612d52565b82828151811061062857610628612914565b60200260200101819052505b600101610515565b50949350505050565b60608367ffffffffffffffff81111561066057610660612669565b604051908082528060200260200182016040528015610689578160200160208202803683370190505b5090505f5b848110156106f7576106d28888838181106106ab576106ab612914565b905060200201358787848181106106c4576106c4612914565b905060200201358686610af1565b8282815181106106e4576106e4612914565b602090810291909101015260010161068e565b509695505050505050565b60608167ffffffffffffffff81111561071d5761071d612669565b60405190808252806020026020018201604052801561075657816020015b610743612031565b81526020019060019003908161073b5790505b5090505f5b8281101561046d573684848381811061077657610776612914565b9050610680020190505f83838151811061079257610792612914565b602002602001015190506107c5825f018036038101906107b29190612e09565b8360c00184610260018561050001610b06565b60608501526040840152602083015260ff1690525060010161075b565b5f6107fc826107f636869003860186612792565b90610bf3565b9392505050565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff1661082c9190612efa565b9050816020015167ffffffffffffffff165f14806108565750604082015167ffffffffffffffff16155b8061086d5750606082015167ffffffffffffffff16155b8061088b575063ffffffff8016826060015167ffffffffffffffff16115b806108a75750815164ffffffffff67ffffffffffffffff909116115b806108c3575061ffff8016826020015167ffffffffffffffff16115b806108dc57506004826080015167ffffffffffffffff16105b806108f25750611fff6108f0604083612f11565b115b8061092357506040820151610908906002612f24565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b8061093c575060028260c0015167ffffffffffffffff16105b8061097957508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff1661096d9190612f11565b6109779190612f11565b115b8061099d5750611fff826020015167ffffffffffffffff1661099b9190612f74565b155b156109d4576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b81515f9067ffffffffffffffff168210610a1a576020830151835167ffffffffffffffff91821691610a0b911684612f87565b610a159190612f9a565b6107fc565b505f92915050565b5f5f610a2d84610ca8565b9050808311610a3d5790506102c2565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610a669190612efa565b90508080600181610a778689612f87565b610a819190612f11565b610a8b9190612f87565b610a959190612f9a565b610a9f9190612efa565b610aa99083612f11565b95945050505050565b610aba611fa9565b5f5f610ac68484610cdd565b91509150610ad48484610ed2565b610ae084848484611012565b610aea84846110ae565b5050919050565b5f610aa985610b0186868661125c565b61130c565b604080516080810182525f808252602082018190529181018290526060810182905281908190610b388888888861131b565b9195509350915060ff8416610be857610b538888888861171c565b9195509350915060ff8416610be857610b6e88888888611913565b9296509094509250905060ff8416151580610b965750610b9661018086016101608701612fad565b80610bb05750610bae61016086016101408701612fad565b155b610be8576010610bc66060880160408901612fc8565b610bd360208a018a612fc8565b91955067ffffffffffffffff90811694501691505b945094509450949050565b5f5f610bfe84610ca8565b9050808311610c47576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610c709190612efa565b90508082610c7f600187612f87565b610c899190612f87565b610c939190612f74565b610c9e600186612f87565b610aa99190612f87565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610cd39190612efa565b6102c29190612f87565b5f5f8360a001518461010001518560800151610cf99190612f11565b610d039190612f87565b8460e00151610d129190612fe1565b80845260608501515f91610d2591613000565b90505f811215610d61576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b84518190811115610d89576101c08601518651610d839190610b019084612f87565b60808601525b5f610d9a6301e13380612710612efa565b6101608801516101808901518951610db29190612efa565b610dbc9190612efa565b610dc69190612f9a565b9050856080015181885f0151610ddc9190612f11565b610de69190612f11565b9450866101a0015185610df99190612f11565b935081841115610e4257610120870151610e1790610b018487612f87565b60208701819052610140880151610e3c91610e328588612f87565b610b019190612f87565b60408701525b60408601516020870151610e569084612f11565b610e609190612f11565b6101c08701819052610e72908561130c565b6060870181905287511115610e985760608601518751610e929190612f87565b60a08701525b8651610200880151610eaa9190612efa565b620186a08760a00151610ebd9190612efa565b1160c090960195909552509194909350915050565b61026082015160208101515f03610ee857505050565b8160c001518015610efe57506003836101e00151105b15610f2657610100820160025b90816006811115610f1e57610f1e612191565b905250610f7e565b81606001515f03610f3d5761010082016003610f0b565b610f508183606001518560200151611bab565b8261010001906006811115610f6757610f67612191565b90816006811115610f7a57610f7a612191565b9052505b5f8261010001516006811115610f9657610f96612191565b14610fa057505050565b5f610fbc825f0151836020015185606001518760200151610af1565b9050826040015183602001518560400151610fd79190612f11565b610fe19190612f11565b811115610ff75750506006610100919091015250565b600160e0840152610120830152602001516101409091015250565b826101200151836101c00181815161102a9190612f87565b90525061014083015160208501516110429190612f87565b61020084018190526101c0840151602086015161106592610b0191859190611c10565b6101e08401526102008301516020850151611081918491611c10565b915081836101e0015111156110a85781836101e001516110a19190612f87565b6101a08401525b50505050565b5f81608001518360c001518460a0015185610100015186608001516110d39190612f11565b6110dd9190612f87565b6110e79190612f11565b8461012001518560e001516110fc9190612f11565b6111069190612fe1565b6111109190612fe1565b90505f6111236301e13380612710612efa565b846101600151856102200151866080015161113e9190612efa565b6111489190612efa565b6111529190612f9a565b90505f83604001518284126111675782611169565b835b6111739190613000565b90505f61118d865f01518661020001518860200151611c10565b90505f821315806111a3575080856101e0015111155b156111b057505050505050565b6111f7612710876102400151846111c79190612efa565b6111d19190612f9a565b610b0183886101e001516111e59190612f87565b6002896101e00151610b019190612f9a565b61016086018190525f0361120d57505050505050565b611237856101600151866102000151876101600151886101e001516112329190612f87565b61125c565b610180860181905261020086018051611251908390612f11565b905250505050505050565b5f5f5f6112698686611c32565b91509150815f0361128d5783818161128357611283612f47565b04925050506107fc565b8184116112a4576112a46003851502601118611c6d565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f8282188284100282186107fc565b5f808060608401356113356101c087016101a08801613027565b6fffffffffffffffffffffffffffffffff1611156113835760016113616101c087016101a08801613027565b9093506fffffffffffffffffffffffffffffffff169150506060830135611712565b608084013561139a6101e087016101c08801613027565b6fffffffffffffffffffffffffffffffff1611156113e85760026113c66101e087016101c08801613027565b9093506fffffffffffffffffffffffffffffffff169150506080830135611712565b6113fa61012087016101008801613027565b6fffffffffffffffffffffffffffffffff1661141e6101a087016101808801613027565b6fffffffffffffffffffffffffffffffff16101561147d57600361144a6101a087016101808801613027565b61145c61012089016101008a01613027565b9194506fffffffffffffffffffffffffffffffff9081169350169050611712565b60a08401356114946101a087016101808801613027565b6fffffffffffffffffffffffffffffffff1611156114e25760046114c06101a087016101808801613027565b9093506fffffffffffffffffffffffffffffffff1691505060a0830135611712565b6114f461014086016101208701613056565b63ffffffff1661150c61016087016101408801613056565b63ffffffff16111561155357600561152c61016087016101408801613056565b61153e61014088016101208901613056565b91945063ffffffff9081169350169050611712565b61156561014086016101208701613056565b63ffffffff1661157d61018087016101608801613056565b63ffffffff16111561159d57600661152c61018087016101608801613056565b6115ad60c0870160a08801613056565b63ffffffff166115c561014087016101208801613056565b63ffffffff1610156115f55760076115e561014087016101208801613056565b61153e60c0890160a08a01613056565b61160560e0870160c08801613056565b63ffffffff1661161d61016087016101408801613056565b63ffffffff16101561164d57600861163d61016087016101408801613056565b61153e60e0890160c08a01613056565b60c084013561166461020087016101e08801612fc8565b67ffffffffffffffff1611156116a257600961168861020087016101e08801612fc8565b90935067ffffffffffffffff1691505060c0830135611712565b5f8760a0015163ffffffff168561010001356116be9190612f11565b905060e08501356116d761020088016101e08901612fc8565b67ffffffffffffffff161180156116f15750846040013581115b1561170757600a93509150506040830135611712565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f61172a8886611c7e565b633b9aca006117416101208a016101008b01613027565b6117536101a08a016101808b01613027565b61175d919061306f565b6117679190613097565b6fffffffffffffffffffffffffffffffff1661178960608a0160408b01612fc8565b67ffffffffffffffff1661179d9190612f11565b6117a79190612f11565b9050806117ba60e0880160c08901612fc8565b67ffffffffffffffff1611156117f257600b6117dc60e0880160c08901612fc8565b90945067ffffffffffffffff1692509050611712565b5f61183161180360208a018a612fc8565b61181360608a0160408b01612fc8565b61181d91906130d6565b67ffffffffffffffff168760200135611cc5565b90505f61184460c08a0160a08b01613056565b6118566101408a016101208b01613056565b61186091906130f6565b63ffffffff1690505f828b6060015163ffffffff1661187f9190612efa565b90508082111561189a57600c96509094509250611712915050565b6118aa60e08b0160c08c01613056565b6118bc6101608b016101408c01613056565b6118c691906130f6565b63ffffffff169150828b6080015163ffffffff166118e49190612efa565b9050808211156118ff57600d96509094509250611712915050565b505f9a8b9a508a9950975050505050505050565b604080516080810182525f8082526020820181905291810182905260608101829052819081905f61194c61012089016101008a01613027565b6fffffffffffffffffffffffffffffffff166119706101a089016101808a01613027565b6fffffffffffffffffffffffffffffffff1661199260608b0160408c01612fc8565b67ffffffffffffffff166119ac60408c0160208d01612fc8565b67ffffffffffffffff166119c09190612f11565b6119ce90633b9aca00612efa565b6119d89190612f11565b6119e29190612f87565b90505f6119f76101c089016101a08a01613027565b6fffffffffffffffffffffffffffffffff16611a1960e08a0160c08b01612fc8565b67ffffffffffffffff16611a3360c08b0160a08c01612fc8565b67ffffffffffffffff16611a479190612f11565b611a5590633b9aca00612efa565b611a5f9190612f11565b90505f611a746101408b016101208c01613027565b611a90906fffffffffffffffffffffffffffffffff1684612f11565b9050611aa461018089016101608a01612fad565b1515606085015280821115611afd575f611acc858d8d8d8d89611ac7898b612f87565b611cf8565b905080611ad98385612f87565b1115611afb57600e611aeb8385612f87565b8297509750975050505050610be8565b505b5f818310611b0b575f611b1e565b611b1e611b188484612f87565b85611ef3565b9050611b326101808a016101608b01612fad565b611b3c5780611b3e565b5f5b6101408c013560101b178086525f90611b5690611f20565b90505f82118015611b7057508c6040015163ffffffff1681115b15611b935760408d0151600f995090975063ffffffff169550610be89350505050565b505f9c8d9c508c9b5094995093975050505050505050565b5f8360c0015115611bbe575060046107fc565b5f611bce8560600151858561125c565b8560400151111590505f611be78660a00151868661125c565b8660800151119050818015611bf95750805b611c03575f611c06565b60055b9695505050505050565b5f818314611c2857611c2384848461125c565b611c2a565b835b949350505050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611c9161018083016101608401612fad565b611cb257610a15836020015167ffffffffffffffff1683610120013561130c565b50506020015167ffffffffffffffff1690565b5f815f03611cd757611cd76012611c6d565b816001840381611ce957611ce9612f47565b04600101831515029392505050565b5f80611d0c61018088016101608901612fc8565b611d249067ffffffffffffffff16633b9aca00612efa565b611d346301e13380612710612efa565b8635611d4360208b018b612fc8565b611d5360608b0160408c01612fc8565b611d5d91906130d6565b67ffffffffffffffff16611d719190612efa565b8a51611d839063ffffffff1688612efa565b611d8d9190612efa565b611d979190612f9a565b611da19190612f11565b9050611dad8886611c7e565b611dbb90633b9aca00612efa565b611dc59082612f11565b9150611dd961018086016101608701612fad565b611dfc57611de78382611f59565b67ffffffffffffffff1660208a015250611ee8565b611e0e61014088016101208901613027565b6fffffffffffffffffffffffffffffffff16611e326101c088016101a08901613027565b6fffffffffffffffffffffffffffffffff161115611e9757611e5c61014088016101208901613027565b611e6e6101c088016101a08901613027565b611e78919061306f565b611e94906fffffffffffffffffffffffffffffffff1683612f11565b91505b611ea18383611f59565b67ffffffffffffffff1660408a0152611ec26101a088016101808901612fc8565b611eda9067ffffffffffffffff16633b9aca00612efa565b611ee49083612f11565b9150505b979650505050505050565b5f815f03611f04575061ffff6102c2565b6107fc61ffff610b01611f1a620186a087612efa565b85611cc5565b5f805b6010811015611f535761ffff611f3a826010612efa565b84901c1682611f499190612f11565b9150600101611f23565b50919050565b5f818311611f6857505f6102c2565b6107fc67ffffffffffffffff610b01611f818587612f87565b633b9aca00611cc5565b604080518082019091525f815260208101611fa4611fa9565b905290565b6040518061022001604052805f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f151581526020015f151581526020015f6006811115611ffb57611ffb612191565b81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b60405180608001604052805f60ff1681526020015f81526020015f8152602001611fa460405180608001604052805f81526020015f67ffffffffffffffff1681526020015f67ffffffffffffffff1681526020015f151581525090565b5f60e08284031215611f53575f5ffd5b5f60e082840312156120ae575f5ffd5b6107fc838361208e565b5f5f61010083850312156120ca575f5ffd5b6120d4848461208e565b9460e0939093013593505050565b60a081016102c282848051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b5f5f60208385031215612130575f5ffd5b823567ffffffffffffffff811115612146575f5ffd5b8301601f81018513612156575f5ffd5b803567ffffffffffffffff81111561216c575f5ffd5b85602061034083028401011115612181575f5ffd5b6020919091019590945092505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b600781106121f3577f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b9052565b805182526020810151602083015260408101516040830152606081015160608301526080810151608083015260a081015160a083015260c081015161224060c084018215159052565b5060e081015161225460e084018215159052565b506101008101516122696101008401826121be565b506101208101516101208301526101408101516101408301526101608101516101608301526101808101516101808301526101a08101516101a08301526101c08101516101c08301526101e08101516101e08301526102008101516102008301525050565b602080825282518282018190525f918401906040840190835b818110156123435783517fffffffff0000000000000000000000000000000000000000000000000000000081511684526020810151905061232b60208501826121f7565b506020939093019261024092909201916001016122e7565b509095945050505050565b5f610340828403128015612360575f5ffd5b509092915050565b61022081016102c282846121f7565b5f5f83601f840112612387575f5ffd5b50813567ffffffffffffffff81111561239e575f5ffd5b6020830191508360208260051b85010111156123b8575f5ffd5b9250929050565b5f5f5f5f604085870312156123d2575f5ffd5b843567ffffffffffffffff8111156123e8575f5ffd5b8501601f810187136123f8575f5ffd5b803567ffffffffffffffff81111561240e575f5ffd5b87602060e083028401011115612422575f5ffd5b60209182019550935085013567ffffffffffffffff811115612442575f5ffd5b61244e87828801612377565b95989497509550505050565b602080825282518282018190525f918401906040840190835b81811015612343576124b58385518051151582526020810151602083015260408101516040830152606081015115156060830152608081015160808301525050565b6020939093019260a09290920191600101612473565b5f5f5f5f5f5f608087890312156124e0575f5ffd5b863567ffffffffffffffff8111156124f6575f5ffd5b61250289828a01612377565b909750955050602087013567ffffffffffffffff811115612521575f5ffd5b61252d89828a01612377565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b81811015612343578351835260209384019390920191600101612561565b5f5f60208385031215612590575f5ffd5b823567ffffffffffffffff8111156125a6575f5ffd5b8301601f810185136125b6575f5ffd5b803567ffffffffffffffff8111156125cc575f5ffd5b85602061068083028401011115612181575f5ffd5b602080825282518282018190525f918401906040840190835b81811015612343578351805160ff16845260208082015181860152604080830151818701526060928301518051848801528083015167ffffffffffffffff90811660808901529181015190911660a087015290910151151560c08501529093019260e0909201916001016125fa565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160e0810167ffffffffffffffff811182821017156126de577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b604051610220810167ffffffffffffffff811182821017156126de577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604051610280810167ffffffffffffffff811182821017156126de577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b803567ffffffffffffffff8116811461278d575f5ffd5b919050565b5f60e08284031280156127a3575f5ffd5b506127ac612696565b6127b583612776565b81526127c360208401612776565b60208201526127d460408401612776565b60408201526127e560608401612776565b60608201526127f660808401612776565b608082015261280760a08401612776565b60a082015261281860c08401612776565b60c08201529392505050565b67ffffffffffffffff61283682612776565b16825267ffffffffffffffff61284e60208301612776565b16602083015267ffffffffffffffff61286960408301612776565b16604083015267ffffffffffffffff61288460608301612776565b16606083015267ffffffffffffffff61289f60808301612776565b1660808301526128b160a08201612776565b67ffffffffffffffff1660a08301526128cc60c08201612776565b67ffffffffffffffff811660c0840152505050565b61010081016128f08285612824565b8260e08301529392505050565b5f6020828403121561290d575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b801515811461019f575f5ffd5b803582526020808201359083015260408082013590830152606080820135908301526080808201359083015260a0808201359083015260c081013561299281612941565b80151560c0840152505050565b813581526020808301359082015260408083013590820152606080830135908201526080808301359082015260a0808301359082015260c0808301359082015260e08083013590820152610100808301359082015261012080830135908201526101408083013590820152610160808301359082015261018080830135908201526101a080830135908201526101c080830135908201526101e0808301359082015261020080830135908201526102208083013590820152610240808301359082015261034081016102c261026080840190850161294e565b805161278d81612941565b80516007811061278d575f5ffd5b5f610220828403128015612aa3575f5ffd5b50612aac6126e4565b825181526020808401519082015260408084015190820152606080840151908201526080808401519082015260a08084015190820152612aee60c08401612a78565b60c0820152612aff60e08401612a78565b60e0820152612b116101008401612a83565b61010082015261012083810151908201526101408084015190820152610160808401519082015261018080840151908201526101a080840151908201526101c080840151908201526101e08084015190820152610200928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015610aea577fffffffff0000000000000000000000000000000000000000000000000000000060049290920360031b82901b161692915050565b5f60e08284031215612bf2575f5ffd5b612bfa612696565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a08084013590820152905060c0820135612c4081612941565b60c082015292915050565b5f610340828403128015612c5d575f5ffd5b50612c6661272d565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a080840135908201526101c080840135908201526101e08084013590820152610200808401359082015261022080840135908201526102408084013590820152612d37846102608501612be2565b6102608201529392505050565b60e081016102c28284612824565b5f60a0828403128015612d63575f5ffd5b5060405160a0810167ffffffffffffffff81118282101715612dac577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b6040528251612dba81612941565b815260208381015190820152604080840151908201526060830151612dde81612941565b60608201526080928301519281019290925250919050565b803563ffffffff8116811461278d575f5ffd5b5f60c0828403128015612e1a575f5ffd5b5060405160c0810167ffffffffffffffff81118282101715612e63577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604052612e6f83612df6565b8152612e7d60208401612776565b6020820152612e8e60408401612df6565b6040820152612e9f60608401612df6565b6060820152612eb060808401612df6565b6080820152612ec160a08401612df6565b60a08201529392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820281158282048414176102c2576102c2612ecd565b808201808211156102c2576102c2612ecd565b67ffffffffffffffff818116838216029081169081811461046d5761046d612ecd565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f82612f8257612f82612f47565b500690565b818103818111156102c2576102c2612ecd565b5f82612fa857612fa8612f47565b500490565b5f60208284031215612fbd575f5ffd5b81356107fc81612941565b5f60208284031215612fd8575f5ffd5b6107fc82612776565b8181035f83128015838313168383128216171561046d5761046d612ecd565b8082018281125f83128015821682158216171561301f5761301f612ecd565b505092915050565b5f60208284031215613037575f5ffd5b81356fffffffffffffffffffffffffffffffff811681146107fc575f5ffd5b5f60208284031215613066575f5ffd5b6107fc82612df6565b6fffffffffffffffffffffffffffffffff82811682821603908111156102c2576102c2612ecd565b5f6fffffffffffffffffffffffffffffffff8316806130b8576130b8612f47565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff82811682821603908111156102c2576102c2612ecd565b63ffffffff82811682821603908111156102c2576102c2612ecd56",
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
// the contract method with ID 0x2e2f6fff.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool))[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) PackRebase(inputs []RebaseInput) []byte {
	enc, err := mathHarness.abi.Pack("rebase", inputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRebase is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e2f6fff.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool))[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) TryPackRebase(inputs []RebaseInput) ([]byte, error) {
	return mathHarness.abi.Pack("rebase", inputs)
}

// UnpackRebase is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2e2f6fff.
//
// Solidity: function rebase((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool))[] inputs) view returns((bytes4,(int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))[] results)
func (mathHarness *MathHarness) UnpackRebase(data []byte) ([]MathHarnessRebaseResult, error) {
	out, err := mathHarness.abi.Unpack("rebase", data)
	if err != nil {
		return *new([]MathHarnessRebaseResult), err
	}
	out0 := *abi.ConvertType(out[0], new([]MathHarnessRebaseResult)).(*[]MathHarnessRebaseResult)
	return out0, nil
}

// PackRebaseOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5463e068.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool)) input) pure returns((int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) PackRebaseOne(input RebaseInput) []byte {
	enc, err := mathHarness.abi.Pack("rebaseOne", input)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRebaseOne is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5463e068.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool)) input) pure returns((int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) TryPackRebaseOne(input RebaseInput) ([]byte, error) {
	return mathHarness.abi.Pack("rebaseOne", input)
}

// UnpackRebaseOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5463e068.
//
// Solidity: function rebaseOne((uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,(uint256,uint256,uint256,uint256,uint256,uint256,bool)) input) pure returns((int256,uint256,uint256,uint256,uint256,uint256,bool,bool,uint8,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256))
func (mathHarness *MathHarness) UnpackRebaseOne(data []byte) (RebaseOutput, error) {
	out, err := mathHarness.abi.Unpack("rebaseOne", data)
	if err != nil {
		return *new(RebaseOutput), err
	}
	out0 := *abi.ConvertType(out[0], new(RebaseOutput)).(*RebaseOutput)
	return out0, nil
}

// PackSanity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x958b7185.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint64,uint64,uint32,uint32,uint16,uint128,uint128,uint256,uint64,uint64),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,bool,bool))[] cases) pure returns((uint8,uint256,uint256,(uint256,uint64,uint64,bool))[] verdicts)
func (mathHarness *MathHarness) PackSanity(cases []MathHarnessSanityCase) []byte {
	enc, err := mathHarness.abi.Pack("sanity", cases)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSanity is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x958b7185.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint64,uint64,uint32,uint32,uint16,uint128,uint128,uint256,uint64,uint64),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,bool,bool))[] cases) pure returns((uint8,uint256,uint256,(uint256,uint64,uint64,bool))[] verdicts)
func (mathHarness *MathHarness) TryPackSanity(cases []MathHarnessSanityCase) ([]byte, error) {
	return mathHarness.abi.Pack("sanity", cases)
}

// UnpackSanity is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x958b7185.
//
// Solidity: function sanity(((uint32,uint64,uint32,uint32,uint32,uint32),(uint64,uint64,uint64,uint64,uint64,uint32,uint32,uint16,uint128,uint128,uint256,uint64,uint64),(uint16,bytes32,uint64,uint64,bytes32,uint64,uint64,uint64,uint64,uint32,uint32,uint32,uint128,uint128,uint128,uint64,uint64,uint64,bool,bytes32,bytes32),(uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,uint256,bool,bool))[] cases) pure returns((uint8,uint256,uint256,(uint256,uint64,uint64,bool))[] verdicts)
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
