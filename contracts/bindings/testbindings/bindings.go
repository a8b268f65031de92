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
	Close   *big.Int
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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"silentCalls\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastRefSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitsAskedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pendingRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFalse\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"judged\",\"type\":\"tuple\",\"internalType\":\"structJudged\",\"components\":[{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b5061316c8061001c5f395ff3fe608060405234801561000f575f5ffd5b5060043610610085575f3560e01c80635926a6b0116100585780635926a6b0146101075780638523515b14610127578063958b718514610147578063a83e6b3114610167575f5ffd5b80630658cc9114610089578063252a6d181461009e5780632e2f6fff146100c75780635463e068146100e7575b5f5ffd5b61009c610097366004612118565b610188565b005b6100b16100ac366004612132565b6101a2565b6040516100be919061215c565b60405180910390f35b6100da6100d53660046121a3565b6102f0565b6040516100be9190612352565b6100fa6100f53660046123d2565b61049c565b6040516100be91906123ec565b61011a610115366004612443565b6104bb565b6040516100be91906124de565b61013a610135366004612559565b610673565b6040516100be91906125d6565b61015a61015536600461260d565b610730565b6040516100be919061266f565b61017a610175366004612132565b610810565b6040519081526020016100be565b61019f61019a36839003830183612868565b610831565b50565b6101d96040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b600181526101f6826101f036869003860186612868565b90610a06565b602082018190526102169061021036869003860186612868565b90610a50565b604080830191909152602082015190517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b319161025f9187916004016129b7565b602060405180830381865afa9250505080156102b6575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526102b3918101906129d3565b60015b156102ea576001816102d7816102d136899003890189612868565b90610ae0565b60a0850152608084015215156060830152505b92915050565b60608167ffffffffffffffff81111561030b5761030b6126f7565b60405190808252806020026020018201604052801561034457816020015b610331612005565b8152602001906001900390816103295790505b5090505f5b828110156104955730635463e068858584818110610369576103696129ea565b905061034002016040518263ffffffff1660e01b815260040161038c9190612a75565b61022060405180830381865afa9250505080156103e4575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526103e191810190612b67565b60015b610469573d808015610411576040519150601f19603f3d011682016040523d82523d5f602084013e610416565b606091505b5061042081612c4e565b838381518110610432576104326129ea565b60209081029190910101517fffffffff0000000000000000000000000000000000000000000000000000000090911690525061048d565b8083838151811061047c5761047c6129ea565b602002602001015160200181905250505b600101610349565b5092915050565b6104a4612023565b6102ea6104b636849003840184612d21565b610b2c565b60608367ffffffffffffffff8111156104d6576104d66126f7565b60405190808252806020026020018201604052801561053e57816020015b61052b6040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b8152602001906001900390816104f45790505b5090505f5b8481101561066a5730630658cc91878784818110610563576105636129ea565b905060e002016040518263ffffffff1660e01b81526004016105859190612e1a565b5f6040518083038186803b15801561059b575f5ffd5b505afa9250505080156105ac575060015b15610662573063252a6d188787848181106105c9576105c96129ea565b905060e002018686858181106105e1576105e16129ea565b905060200201356040518363ffffffff1660e01b81526004016106059291906129b7565b60c060405180830381865afa158015610620573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106449190612e28565b828281518110610656576106566129ea565b60200260200101819052505b600101610543565b50949350505050565b60608367ffffffffffffffff81111561068e5761068e6126f7565b6040519080825280602002602001820160405280156106b7578160200160208202803683370190505b5090505f5b84811015610725576107008888838181106106d9576106d96129ea565b905060200201358787848181106106f2576106f26129ea565b905060200201358686610b6b565b828281518110610712576107126129ea565b60209081029190910101526001016106bc565b509695505050505050565b60608167ffffffffffffffff81111561074b5761074b6126f7565b60405190808252806020026020018201604052801561078457816020015b6107716120ab565b8152602001906001900390816107695790505b5090505f5b8281101561049557368484838181106107a4576107a46129ea565b9050610680020190505f8383815181106107c0576107c06129ea565b602002602001015190506107f3825f018036038101906107e09190612ea6565b8360c00184610260018561050001610b80565b60608501526040840152602083015260ff16905250600101610789565b5f61082a8261082436869003860186612868565b90610c6d565b9392505050565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff1661085a9190612f54565b9050816020015167ffffffffffffffff165f14806108845750604082015167ffffffffffffffff16155b8061089b5750606082015167ffffffffffffffff16155b806108b9575063ffffffff8016826060015167ffffffffffffffff16115b806108d55750815164ffffffffff67ffffffffffffffff909116115b806108f1575061ffff8016826020015167ffffffffffffffff16115b8061090a57506004826080015167ffffffffffffffff16105b806109205750611fff61091e604083612f6b565b115b8061095157506040820151610936906002612f7e565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b8061096a575060028260c0015167ffffffffffffffff16105b806109a757508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff1661099b9190612f6b565b6109a59190612f6b565b115b806109cb5750611fff826020015167ffffffffffffffff166109c99190612fce565b155b15610a02576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b81515f9067ffffffffffffffff168210610a48576020830151835167ffffffffffffffff91821691610a39911684612fe1565b610a439190612ff4565b61082a565b505f92915050565b5f5f610a5b84610d22565b9050808311610a6b5790506102ea565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610a949190612f54565b90508080600181610aa58689612fe1565b610aaf9190612f6b565b610ab99190612fe1565b610ac39190612ff4565b610acd9190612f54565b610ad79083612f6b565b95945050505050565b5f8260c0015167ffffffffffffffff16836040015167ffffffffffffffff16846080015167ffffffffffffffff16610b189190612f54565b610b229084612f6b565b61082a9190612fe1565b610b34612023565b5f5f610b408484610d57565b91509150610b4e8484610f4c565b610b5a8484848461108c565b610b648484611128565b5050919050565b5f610ad785610b7b8686866112d6565b611386565b604080516080810182525f808252602082018190529181018290526060810182905281908190610bb288888888611395565b9195509350915060ff8416610c6257610bcd88888888611796565b9195509350915060ff8416610c6257610be88888888861198d565b9296509094509250905060ff8416151580610c105750610c1061018086016101608701613007565b80610c2a5750610c2861016086016101408701613007565b155b610c62576010610c406060880160408901613022565b610c4d60208a018a613022565b91955067ffffffffffffffff90811694501691505b945094509450949050565b5f5f610c7884610d22565b9050808311610cc1576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610cea9190612f54565b90508082610cf9600187612fe1565b610d039190612fe1565b610d0d9190612fce565b610d18600186612fe1565b610ad79190612fe1565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610d4d9190612f54565b6102ea9190612fe1565b5f5f8360a001518461010001518560800151610d739190612f6b565b610d7d9190612fe1565b8460e00151610d8c919061303b565b80845260608501515f91610d9f9161305a565b90505f811215610ddb576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b84518190811115610e03576101c08601518651610dfd9190610b7b9084612fe1565b60808601525b5f610e146301e13380612710612f54565b6101608801516101808901518951610e2c9190612f54565b610e369190612f54565b610e409190612ff4565b9050856080015181885f0151610e569190612f6b565b610e609190612f6b565b9450866101a0015185610e739190612f6b565b935081841115610ebc57610120870151610e9190610b7b8487612fe1565b60208701819052610140880151610eb691610eac8588612fe1565b610b7b9190612fe1565b60408701525b60408601516020870151610ed09084612f6b565b610eda9190612f6b565b6101c08701819052610eec9085611386565b6060870181905287511115610f125760608601518751610f0c9190612fe1565b60a08701525b8651610200880151610f249190612f54565b620186a08760a00151610f379190612f54565b1160c090960195909552509194909350915050565b61026082015160208101515f03610f6257505050565b8160c001518015610f7857506003836101e00151105b15610fa057610100820160025b90816006811115610f9857610f98612215565b905250610ff8565b81606001515f03610fb75761010082016003610f85565b610fca8183606001518560200151611c25565b8261010001906006811115610fe157610fe1612215565b90816006811115610ff457610ff4612215565b9052505b5f826101000151600681111561101057611010612215565b1461101a57505050565b5f611036825f0151836020015185606001518760200151610b6b565b90508260400151836020015185604001516110519190612f6b565b61105b9190612f6b565b8111156110715750506006610100919091015250565b600160e0840152610120830152602001516101409091015250565b826101200151836101c0018181516110a49190612fe1565b90525061014083015160208501516110bc9190612fe1565b61020084018190526101c084015160208601516110df92610b7b91859190611c8a565b6101e084015261020083015160208501516110fb918491611c8a565b915081836101e0015111156111225781836101e0015161111b9190612fe1565b6101a08401525b50505050565b5f81608001518360c001518460a00151856101000151866080015161114d9190612f6b565b6111579190612fe1565b6111619190612f6b565b8461012001518560e001516111769190612f6b565b611180919061303b565b61118a919061303b565b90505f61119d6301e13380612710612f54565b84610160015185610220015186608001516111b89190612f54565b6111c29190612f54565b6111cc9190612ff4565b90505f83604001518284126111e157826111e3565b835b6111ed919061305a565b90505f611207865f01518661020001518860200151611c8a565b90505f8213158061121d575080856101e0015111155b1561122a57505050505050565b611271612710876102400151846112419190612f54565b61124b9190612ff4565b610b7b83886101e0015161125f9190612fe1565b6002896101e00151610b7b9190612ff4565b61016086018190525f0361128757505050505050565b6112b1856101600151866102000151876101600151886101e001516112ac9190612fe1565b6112d6565b6101808601819052610200860180516112cb908390612f6b565b905250505050505050565b5f5f5f6112e38686611cac565b91509150815f03611307578381816112fd576112fd612fa1565b049250505061082a565b81841161131e5761131e6003851502601118611ce7565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f82821882841002821861082a565b5f808060608401356113af6101c087016101a08801613081565b6fffffffffffffffffffffffffffffffff1611156113fd5760016113db6101c087016101a08801613081565b9093506fffffffffffffffffffffffffffffffff16915050606083013561178c565b60808401356114146101e087016101c08801613081565b6fffffffffffffffffffffffffffffffff1611156114625760026114406101e087016101c08801613081565b9093506fffffffffffffffffffffffffffffffff16915050608083013561178c565b61147461012087016101008801613081565b6fffffffffffffffffffffffffffffffff166114986101a087016101808801613081565b6fffffffffffffffffffffffffffffffff1610156114f75760036114c46101a087016101808801613081565b6114d661012089016101008a01613081565b9194506fffffffffffffffffffffffffffffffff908116935016905061178c565b60a084013561150e6101a087016101808801613081565b6fffffffffffffffffffffffffffffffff16111561155c57600461153a6101a087016101808801613081565b9093506fffffffffffffffffffffffffffffffff1691505060a083013561178c565b61156e610140860161012087016130b0565b63ffffffff16611586610160870161014088016130b0565b63ffffffff1611156115cd5760056115a6610160870161014088016130b0565b6115b8610140880161012089016130b0565b91945063ffffffff908116935016905061178c565b6115df610140860161012087016130b0565b63ffffffff166115f7610180870161016088016130b0565b63ffffffff1611156116175760066115a6610180870161016088016130b0565b61162760c0870160a088016130b0565b63ffffffff1661163f610140870161012088016130b0565b63ffffffff16101561166f57600761165f610140870161012088016130b0565b6115b860c0890160a08a016130b0565b61167f60e0870160c088016130b0565b63ffffffff16611697610160870161014088016130b0565b63ffffffff1610156116c75760086116b7610160870161014088016130b0565b6115b860e0890160c08a016130b0565b60c08401356116de61020087016101e08801613022565b67ffffffffffffffff16111561171c57600961170261020087016101e08801613022565b90935067ffffffffffffffff1691505060c083013561178c565b5f8760a0015163ffffffff168561010001356117389190612f6b565b905060e085013561175161020088016101e08901613022565b67ffffffffffffffff1611801561176b5750846040013581115b1561178157600a9350915050604083013561178c565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f6117a48886611cf8565b633b9aca006117bb6101208a016101008b01613081565b6117cd6101a08a016101808b01613081565b6117d791906130c9565b6117e191906130f1565b6fffffffffffffffffffffffffffffffff1661180360608a0160408b01613022565b67ffffffffffffffff166118179190612f6b565b6118219190612f6b565b90508061183460e0880160c08901613022565b67ffffffffffffffff16111561186c57600b61185660e0880160c08901613022565b90945067ffffffffffffffff169250905061178c565b5f6118ab61187d60208a018a613022565b61188d60608a0160408b01613022565b6118979190613130565b67ffffffffffffffff168760200135611d3f565b90505f6118be60c08a0160a08b016130b0565b6118d06101408a016101208b016130b0565b6118da9190613150565b63ffffffff1690505f828b6060015163ffffffff166118f99190612f54565b90508082111561191457600c9650909450925061178c915050565b61192460e08b0160c08c016130b0565b6119366101608b016101408c016130b0565b6119409190613150565b63ffffffff169150828b6080015163ffffffff1661195e9190612f54565b90508082111561197957600d9650909450925061178c915050565b505f9a8b9a508a9950975050505050505050565b604080516080810182525f8082526020820181905291810182905260608101829052819081905f6119c661012089016101008a01613081565b6fffffffffffffffffffffffffffffffff166119ea6101a089016101808a01613081565b6fffffffffffffffffffffffffffffffff16611a0c60608b0160408c01613022565b67ffffffffffffffff16611a2660408c0160208d01613022565b67ffffffffffffffff16611a3a9190612f6b565b611a4890633b9aca00612f54565b611a529190612f6b565b611a5c9190612fe1565b90505f611a716101c089016101a08a01613081565b6fffffffffffffffffffffffffffffffff16611a9360e08a0160c08b01613022565b67ffffffffffffffff16611aad60c08b0160a08c01613022565b67ffffffffffffffff16611ac19190612f6b565b611acf90633b9aca00612f54565b611ad99190612f6b565b90505f611aee6101408b016101208c01613081565b611b0a906fffffffffffffffffffffffffffffffff1684612f6b565b9050611b1e61018089016101608a01613007565b1515606085015280821115611b77575f611b46858d8d8d8d89611b41898b612fe1565b611d72565b905080611b538385612fe1565b1115611b7557600e611b658385612fe1565b8297509750975050505050610c62565b505b5f818310611b85575f611b98565b611b98611b928484612fe1565b85611f6d565b9050611bac6101808a016101608b01613007565b611bb65780611bb8565b5f5b6101408c013560101b178086525f90611bd090611f9a565b90505f82118015611bea57508c6040015163ffffffff1681115b15611c0d5760408d0151600f995090975063ffffffff169550610c629350505050565b505f9c8d9c508c9b5094995093975050505050505050565b5f8360c0015115611c385750600461082a565b5f611c48856060015185856112d6565b8560400151111590505f611c618660a0015186866112d6565b8660800151119050818015611c735750805b611c7d575f611c80565b60055b9695505050505050565b5f818314611ca257611c9d8484846112d6565b611ca4565b835b949350505050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611d0b61018083016101608401613007565b611d2c57610a43836020015167ffffffffffffffff16836101200135611386565b50506020015167ffffffffffffffff1690565b5f815f03611d5157611d516012611ce7565b816001840381611d6357611d63612fa1565b04600101831515029392505050565b5f80611d8661018088016101608901613022565b611d9e9067ffffffffffffffff16633b9aca00612f54565b611dae6301e13380612710612f54565b8635611dbd60208b018b613022565b611dcd60608b0160408c01613022565b611dd79190613130565b67ffffffffffffffff16611deb9190612f54565b8a51611dfd9063ffffffff1688612f54565b611e079190612f54565b611e119190612ff4565b611e1b9190612f6b565b9050611e278886611cf8565b611e3590633b9aca00612f54565b611e3f9082612f6b565b9150611e5361018086016101608701613007565b611e7657611e618382611fd3565b67ffffffffffffffff1660208a015250611f62565b611e8861014088016101208901613081565b6fffffffffffffffffffffffffffffffff16611eac6101c088016101a08901613081565b6fffffffffffffffffffffffffffffffff161115611f1157611ed661014088016101208901613081565b611ee86101c088016101a08901613081565b611ef291906130c9565b611f0e906fffffffffffffffffffffffffffffffff1683612f6b565b91505b611f1b8383611fd3565b67ffffffffffffffff1660408a0152611f3c6101a088016101808901613022565b611f549067ffffffffffffffff16633b9aca00612f54565b611f5e9083612f6b565b9150505b979650505050505050565b5f815f03611f7e575061ffff6102ea565b61082a61ffff610b7b611f94620186a087612f54565b85611d3f565b5f805b6010811015611fcd5761ffff611fb4826010612f54565b84901c1682611fc39190612f6b565b9150600101611f9d565b50919050565b5f818311611fe257505f6102ea565b61082a67ffffffffffffffff610b7b611ffb8587612fe1565b633b9aca00611d3f565b604080518082019091525f81526020810161201e612023565b905290565b6040518061022001604052805f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f151581526020015f151581526020015f600681111561207557612075612215565b81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b60405180608001604052805f60ff1681526020015f81526020015f815260200161201e60405180608001604052805f81526020015f67ffffffffffffffff1681526020015f67ffffffffffffffff1681526020015f151581525090565b5f60e08284031215611fcd575f5ffd5b5f60e08284031215612128575f5ffd5b61082a8383612108565b5f5f6101008385031215612144575f5ffd5b61214e8484612108565b9460e0939093013593505050565b60c081016102ea828480511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b5f5f602083850312156121b4575f5ffd5b823567ffffffffffffffff8111156121ca575f5ffd5b8301601f810185136121da575f5ffd5b803567ffffffffffffffff8111156121f0575f5ffd5b85602061034083028401011115612205575f5ffd5b6020919091019590945092505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b60078110612277577f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b9052565b805182526020810151602083015260408101516040830152606081015160608301526080810151608083015260a081015160a083015260c08101516122c460c084018215159052565b5060e08101516122d860e084018215159052565b506101008101516122ed610100840182612242565b506101208101516101208301526101408101516101408301526101608101516101608301526101808101516101808301526101a08101516101a08301526101c08101516101c08301526101e08101516101e08301526102008101516102008301525050565b602080825282518282018190525f918401906040840190835b818110156123c75783517fffffffff000000000000000000000000000000000000000000000000000000008151168452602081015190506123af602085018261227b565b5060209390930192610240929092019160010161236b565b509095945050505050565b5f6103408284031280156123e4575f5ffd5b509092915050565b61022081016102ea828461227b565b5f5f83601f84011261240b575f5ffd5b50813567ffffffffffffffff811115612422575f5ffd5b6020830191508360208260051b850101111561243c575f5ffd5b9250929050565b5f5f5f5f60408587031215612456575f5ffd5b843567ffffffffffffffff81111561246c575f5ffd5b8501601f8101871361247c575f5ffd5b803567ffffffffffffffff811115612492575f5ffd5b87602060e0830284010111156124a6575f5ffd5b60209182019550935085013567ffffffffffffffff8111156124c6575f5ffd5b6124d2878288016123fb565b95989497509550505050565b602080825282518282018190525f918401906040840190835b818110156123c75761254383855180511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b6020939093019260c092909201916001016124f7565b5f5f5f5f5f5f6080878903121561256e575f5ffd5b863567ffffffffffffffff811115612584575f5ffd5b61259089828a016123fb565b909750955050602087013567ffffffffffffffff8111156125af575f5ffd5b6125bb89828a016123fb565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b818110156123c75783518352602093840193909201916001016125ef565b5f5f6020838503121561261e575f5ffd5b823567ffffffffffffffff811115612634575f5ffd5b8301601f81018513612644575f5ffd5b803567ffffffffffffffff81111561265a575f5ffd5b85602061068083028401011115612205575f5ffd5b602080825282518282018190525f918401906040840190835b818110156123c7578351805160ff16845260208082015181860152604080830151818701526060928301518051848801528083015167ffffffffffffffff90811660808901529181015190911660a087015290910151151560c08501529093019260e090920191600101612688565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160e0810167ffffffffffffffff8111828210171561276c577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b604051610220810167ffffffffffffffff8111828210171561276c577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604051610280810167ffffffffffffffff8111828210171561276c577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160c0810167ffffffffffffffff8111828210171561276c577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b803567ffffffffffffffff81168114612863575f5ffd5b919050565b5f60e0828403128015612879575f5ffd5b50612882612724565b61288b8361284c565b81526128996020840161284c565b60208201526128aa6040840161284c565b60408201526128bb6060840161284c565b60608201526128cc6080840161284c565b60808201526128dd60a0840161284c565b60a08201526128ee60c0840161284c565b60c08201529392505050565b67ffffffffffffffff61290c8261284c565b16825267ffffffffffffffff6129246020830161284c565b16602083015267ffffffffffffffff61293f6040830161284c565b16604083015267ffffffffffffffff61295a6060830161284c565b16606083015267ffffffffffffffff6129756080830161284c565b16608083015261298760a0820161284c565b67ffffffffffffffff1660a08301526129a260c0820161284c565b67ffffffffffffffff811660c0840152505050565b61010081016129c682856128fa565b8260e08301529392505050565b5f602082840312156129e3575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b801515811461019f575f5ffd5b803582526020808201359083015260408082013590830152606080820135908301526080808201359083015260a0808201359083015260c0810135612a6881612a17565b80151560c0840152505050565b813581526020808301359082015260408083013590820152606080830135908201526080808301359082015260a0808301359082015260c0808301359082015260e08083013590820152610100808301359082015261012080830135908201526101408083013590820152610160808301359082015261018080830135908201526101a080830135908201526101c080830135908201526101e0808301359082015261020080830135908201526102208083013590820152610240808301359082015261034081016102ea610260808401908501612a24565b805161286381612a17565b805160078110612863575f5ffd5b5f610220828403128015612b79575f5ffd5b50612b82612772565b825181526020808401519082015260408084015190820152606080840151908201526080808401519082015260a08084015190820152612bc460c08401612b4e565b60c0820152612bd560e08401612b4e565b60e0820152612be76101008401612b59565b61010082015261012083810151908201526101408084015190820152610160808401519082015261018080840151908201526101a080840151908201526101c080840151908201526101e08084015190820152610200928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015610b64577fffffffff0000000000000000000000000000000000000000000000000000000060049290920360031b82901b161692915050565b5f60e08284031215612cc8575f5ffd5b612cd0612724565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a08084013590820152905060c0820135612d1681612a17565b60c082015292915050565b5f610340828403128015612d33575f5ffd5b50612d3c6127bb565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a080840135908201526101c080840135908201526101e08084013590820152610200808401359082015261022080840135908201526102408084013590820152612e0d846102608501612cb8565b6102608201529392505050565b60e081016102ea82846128fa565b5f60c0828403128015612e39575f5ffd5b50612e42612804565b8251612e4d81612a17565b815260208381015190820152604080840151908201526060830151612e7181612a17565b60608201526080838101519082015260a0928301519281019290925250919050565b803563ffffffff81168114612863575f5ffd5b5f60c0828403128015612eb7575f5ffd5b50612ec0612804565b612ec983612e93565b8152612ed76020840161284c565b6020820152612ee860408401612e93565b6040820152612ef960608401612e93565b6060820152612f0a60808401612e93565b6080820152612f1b60a08401612e93565b60a08201529392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820281158282048414176102ea576102ea612f27565b808201808211156102ea576102ea612f27565b67ffffffffffffffff818116838216029081169081811461049557610495612f27565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f82612fdc57612fdc612fa1565b500690565b818103818111156102ea576102ea612f27565b5f8261300257613002612fa1565b500490565b5f60208284031215613017575f5ffd5b813561082a81612a17565b5f60208284031215613032575f5ffd5b61082a8261284c565b8181035f83128015838313168383128216171561049557610495612f27565b8082018281125f83128015821682158216171561307957613079612f27565b505092915050565b5f60208284031215613091575f5ffd5b81356fffffffffffffffffffffffffffffffff8116811461082a575f5ffd5b5f602082840312156130c0575f5ffd5b61082a82612e93565b6fffffffffffffffffffffffffffffffff82811682821603908111156102ea576102ea612f27565b5f6fffffffffffffffffffffffffffffffff83168061311257613112612fa1565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff82811682821603908111156102ea576102ea612f27565b63ffffffff82811682821603908111156102ea576102ea612f2756",
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
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256,uint256) a)
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
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256,uint256) a)
func (mathHarness *MathHarness) TryPackScheduleOne(s Schedule, timestamp *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("scheduleOne", s, timestamp)
}

// UnpackScheduleOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x252a6d18.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,bool,uint256,uint256) a)
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
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256,uint256)[] answers)
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
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256,uint256)[] answers)
func (mathHarness *MathHarness) TryPackSchedules(list []Schedule, timestamps []*big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("schedules", list, timestamps)
}

// UnpackSchedules is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5926a6b0.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,bool,uint256,uint256)[] answers)
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
