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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"silentCalls\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastRefSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitsAskedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pendingRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFalse\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"judged\",\"type\":\"tuple\",\"internalType\":\"structJudged\",\"components\":[{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"withdrawsTo\",\"inputs\":[{\"name\":\"withdrawalCredentials\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vault\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b506132a18061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061009f575f3560e01c80635463e068116100725780638523515b116100585780638523515b14610164578063958b718514610184578063a83e6b31146101a4575f5ffd5b80635463e068146101245780635926a6b014610144575f5ffd5b80630658cc91146100a3578063252a6d18146100b85780632e2f6fff146100e157806336c99a5914610101575b5f5ffd5b6100b66100b13660046121d1565b6101c5565b005b6100cb6100c63660046121eb565b6101df565b6040516100d89190612215565b60405180910390f35b6100f46100ef36600461225c565b61032d565b6040516100d8919061240b565b61011461010f36600461248b565b6104d9565b60405190151581526020016100d8565b6101376101323660046124d1565b6104eb565b6040516100d891906124eb565b610157610152366004612542565b61050a565b6040516100d891906125dd565b610177610172366004612658565b6106c2565b6040516100d891906126d5565b61019761019236600461270c565b61077f565b6040516100d8919061276e565b6101b76101b23660046121eb565b61085f565b6040519081526020016100d8565b6101dc6101d736839003830183612967565b610879565b50565b6102166040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b600181526102338261022d36869003860186612967565b90610a4e565b602082018190526102539061024d36869003860186612967565b90610a98565b604080830191909152602082015190517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b319161029c918791600401612ab6565b602060405180830381865afa9250505080156102f3575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526102f091810190612ad2565b60015b15610327576001816103148161030e36899003890189612967565b90610b28565b60a0850152608084015215156060830152505b92915050565b60608167ffffffffffffffff811115610348576103486127f6565b60405190808252806020026020018201604052801561038157816020015b61036e6120be565b8152602001906001900390816103665790505b5090505f5b828110156104d25730635463e0688585848181106103a6576103a6612ae9565b905061034002016040518263ffffffff1660e01b81526004016103c99190612b74565b61022060405180830381865afa925050508015610421575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016820190925261041e91810190612c66565b60015b6104a6573d80801561044e576040519150601f19603f3d011682016040523d82523d5f602084013e610453565b606091505b5061045d81612d4d565b83838151811061046f5761046f612ae9565b60209081029190910101517fffffffff000000000000000000000000000000000000000000000000000000009091169052506104ca565b808383815181106104b9576104b9612ae9565b602002602001015160200181905250505b600101610386565b5092915050565b5f6104e48383610b74565b9392505050565b6104f36120dc565b61032761050536849003840184612e20565b610bb6565b60608367ffffffffffffffff811115610525576105256127f6565b60405190808252806020026020018201604052801561058d57816020015b61057a6040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b8152602001906001900390816105435790505b5090505f5b848110156106b95730630658cc918787848181106105b2576105b2612ae9565b905060e002016040518263ffffffff1660e01b81526004016105d49190612f19565b5f6040518083038186803b1580156105ea575f5ffd5b505afa9250505080156105fb575060015b156106b1573063252a6d1887878481811061061857610618612ae9565b905060e0020186868581811061063057610630612ae9565b905060200201356040518363ffffffff1660e01b8152600401610654929190612ab6565b60c060405180830381865afa15801561066f573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106939190612f27565b8282815181106106a5576106a5612ae9565b60200260200101819052505b600101610592565b50949350505050565b60608367ffffffffffffffff8111156106dd576106dd6127f6565b604051908082528060200260200182016040528015610706578160200160208202803683370190505b5090505f5b848110156107745761074f88888381811061072857610728612ae9565b9050602002013587878481811061074157610741612ae9565b905060200201358686610bf5565b82828151811061076157610761612ae9565b602090810291909101015260010161070b565b509695505050505050565b60608167ffffffffffffffff81111561079a5761079a6127f6565b6040519080825280602002602001820160405280156107d357816020015b6107c0612164565b8152602001906001900390816107b85790505b5090505f5b828110156104d257368484838181106107f3576107f3612ae9565b9050610680020190505f83838151811061080f5761080f612ae9565b60200260200101519050610842825f0180360381019061082f9190612fa5565b8360c00184610260018561050001610c0a565b60608501526040840152602083015260ff169052506001016107d8565b5f6104e48261087336869003860186612967565b90610cf7565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff166108a29190613053565b9050816020015167ffffffffffffffff165f14806108cc5750604082015167ffffffffffffffff16155b806108e35750606082015167ffffffffffffffff16155b80610901575063ffffffff8016826060015167ffffffffffffffff16115b8061091d5750815164ffffffffff67ffffffffffffffff909116115b80610939575061ffff8016826020015167ffffffffffffffff16115b8061095257506004826080015167ffffffffffffffff16105b806109685750611fff61096660408361306a565b115b806109995750604082015161097e90600261307d565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b806109b2575060028260c0015167ffffffffffffffff16105b806109ef57508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff166109e3919061306a565b6109ed919061306a565b115b80610a135750611fff826020015167ffffffffffffffff16610a1191906130cd565b155b15610a4a576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b81515f9067ffffffffffffffff168210610a90576020830151835167ffffffffffffffff91821691610a819116846130e0565b610a8b91906130f3565b6104e4565b505f92915050565b5f5f610aa384610dac565b9050808311610ab3579050610327565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610adc9190613053565b90508080600181610aed86896130e0565b610af7919061306a565b610b0191906130e0565b610b0b91906130f3565b610b159190613053565b610b1f908361306a565b95945050505050565b5f8260c0015167ffffffffffffffff16836040015167ffffffffffffffff16846080015167ffffffffffffffff16610b609190613053565b610b6a908461306a565b6104e491906130e0565b5f82811a6001811480610b8a57508060ff166002145b8015610bae575073ffffffffffffffffffffffffffffffffffffffff848116908416145b949350505050565b610bbe6120dc565b5f5f610bca8484610de1565b91509150610bd88484610ffd565b610be48484848461113d565b610bee84846111d9565b5050919050565b5f610b1f85610c0586868661133e565b6113ee565b604080516080810182525f808252602082018190529181018290526060810182905281908190610c3c888888886113fd565b9195509350915060ff8416610cec57610c57888888886117fe565b9195509350915060ff8416610cec57610c72888888886119f5565b9296509094509250905060ff8416151580610c9a5750610c9a61018086016101608701613106565b80610cb45750610cb261016086016101408701613106565b155b610cec576010610cca6060880160408901613121565b610cd760208a018a613121565b91955067ffffffffffffffff90811694501691505b945094509450949050565b5f5f610d0284610dac565b9050808311610d4b576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610d749190613053565b90508082610d836001876130e0565b610d8d91906130e0565b610d9791906130cd565b610da26001866130e0565b610b1f91906130e0565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610dd79190613053565b61032791906130e0565b5f5f8360a001518461010001518560800151610dfd919061306a565b610e0791906130e0565b8460e00151610e16919061313a565b80845260608501515f91610e2991613159565b90505f811215610e65576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b805f610e7087611c8d565b90505f811315610e8f57610e89876101c00151826113ee565b60808701525b5f610ea06301e13380612710613053565b6101608901516101808a01518a51610eb89190613053565b610ec29190613053565b610ecc91906130f3565b9050866080015181895f0151610ee2919061306a565b610eec919061306a565b9550876101a0015186610eff919061306a565b945082851115610f4857610120880151610f1d90610c0585886130e0565b60208801819052610140890151610f4291610f3886896130e0565b610c0591906130e0565b60408801525b60408701516020880151610f5c908561306a565b610f66919061306a565b6101c08801819052610f7890866113ee565b6060880181905288511115610f9e5760608701518851610f9891906130e0565b60a08801525b60a0870151610fac83613180565b1315610fc157610fbb82613180565b60a08801525b8751610200890151610fd39190613053565b620186a08860a00151610fe69190613053565b1160c0909701969096525092959194509092505050565b61026082015160208101515f0361101357505050565b8160c00151801561102957506003836101e00151105b1561105157610100820160025b90816006811115611049576110496122ce565b9052506110a9565b81606001515f036110685761010082016003611036565b61107b8183606001518560200151611ce0565b8261010001906006811115611092576110926122ce565b908160068111156110a5576110a56122ce565b9052505b5f82610100015160068111156110c1576110c16122ce565b146110cb57505050565b5f6110e7825f0151836020015185606001518760200151610bf5565b9050826040015183602001518560400151611102919061306a565b61110c919061306a565b8111156111225750506006610100919091015250565b600160e0840152610120830152602001516101409091015250565b826101200151836101c00181815161115591906130e0565b905250610140830151602085015161116d91906130e0565b61020084018190526101c0840151602086015161119092610c0591859190611d45565b6101e084015261020083015160208501516111ac918491611d45565b915081836101e0015111156111d35781836101e001516111cc91906130e0565b6101a08401525b50505050565b5f81608001516111e884611c8d565b6111f2919061313a565b90505f6112056301e13380612710613053565b84610160015185610220015186608001516112209190613053565b61122a9190613053565b61123491906130f3565b90505f8360400151828412611249578261124b565b835b6112559190613159565b90505f61126f865f01518661020001518860200151611d45565b90505f82131580611285575080856101e0015111155b1561129257505050505050565b6112d9612710876102400151846112a99190613053565b6112b391906130f3565b610c0583886101e001516112c791906130e0565b6002896101e00151610c0591906130f3565b61016086018190525f036112ef57505050505050565b611319856101600151866102000151876101600151886101e0015161131491906130e0565b61133e565b61018086018190526102008601805161133390839061306a565b905250505050505050565b5f5f5f61134b8686611d65565b91509150815f0361136f57838181611365576113656130a0565b04925050506104e4565b818411611386576113866003851502601118611da0565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f8282188284100282186104e4565b5f808060608401356114176101c087016101a088016131b6565b6fffffffffffffffffffffffffffffffff1611156114655760016114436101c087016101a088016131b6565b9093506fffffffffffffffffffffffffffffffff1691505060608301356117f4565b608084013561147c6101e087016101c088016131b6565b6fffffffffffffffffffffffffffffffff1611156114ca5760026114a86101e087016101c088016131b6565b9093506fffffffffffffffffffffffffffffffff1691505060808301356117f4565b6114dc610120870161010088016131b6565b6fffffffffffffffffffffffffffffffff166115006101a0870161018088016131b6565b6fffffffffffffffffffffffffffffffff16101561155f57600361152c6101a0870161018088016131b6565b61153e61012089016101008a016131b6565b9194506fffffffffffffffffffffffffffffffff90811693501690506117f4565b60a08401356115766101a0870161018088016131b6565b6fffffffffffffffffffffffffffffffff1611156115c45760046115a26101a0870161018088016131b6565b9093506fffffffffffffffffffffffffffffffff1691505060a08301356117f4565b6115d6610140860161012087016131e5565b63ffffffff166115ee610160870161014088016131e5565b63ffffffff16111561163557600561160e610160870161014088016131e5565b611620610140880161012089016131e5565b91945063ffffffff90811693501690506117f4565b611647610140860161012087016131e5565b63ffffffff1661165f610180870161016088016131e5565b63ffffffff16111561167f57600661160e610180870161016088016131e5565b61168f60c0870160a088016131e5565b63ffffffff166116a7610140870161012088016131e5565b63ffffffff1610156116d75760076116c7610140870161012088016131e5565b61162060c0890160a08a016131e5565b6116e760e0870160c088016131e5565b63ffffffff166116ff610160870161014088016131e5565b63ffffffff16101561172f57600861171f610160870161014088016131e5565b61162060e0890160c08a016131e5565b60c084013561174661020087016101e08801613121565b67ffffffffffffffff16111561178457600961176a61020087016101e08801613121565b90935067ffffffffffffffff1691505060c08301356117f4565b5f8760a0015163ffffffff168561010001356117a0919061306a565b905060e08501356117b961020088016101e08901613121565b67ffffffffffffffff161180156117d35750846040013581115b156117e957600a935091505060408301356117f4565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f61180c8886611db1565b633b9aca006118236101208a016101008b016131b6565b6118356101a08a016101808b016131b6565b61183f91906131fe565b6118499190613226565b6fffffffffffffffffffffffffffffffff1661186b60608a0160408b01613121565b67ffffffffffffffff1661187f919061306a565b611889919061306a565b90508061189c60e0880160c08901613121565b67ffffffffffffffff1611156118d457600b6118be60e0880160c08901613121565b90945067ffffffffffffffff16925090506117f4565b5f6119136118e560208a018a613121565b6118f560608a0160408b01613121565b6118ff9190613265565b67ffffffffffffffff168760200135611df8565b90505f61192660c08a0160a08b016131e5565b6119386101408a016101208b016131e5565b6119429190613285565b63ffffffff1690505f828b6060015163ffffffff166119619190613053565b90508082111561197c57600c965090945092506117f4915050565b61198c60e08b0160c08c016131e5565b61199e6101608b016101408c016131e5565b6119a89190613285565b63ffffffff169150828b6080015163ffffffff166119c69190613053565b9050808211156119e157600d965090945092506117f4915050565b505f9a8b9a508a9950975050505050505050565b604080516080810182525f8082526020820181905291810182905260608101829052819081905f611a2e61012089016101008a016131b6565b6fffffffffffffffffffffffffffffffff16611a526101a089016101808a016131b6565b6fffffffffffffffffffffffffffffffff16611a7460608b0160408c01613121565b67ffffffffffffffff16611a8e60408c0160208d01613121565b67ffffffffffffffff16611aa2919061306a565b611ab090633b9aca00613053565b611aba919061306a565b611ac491906130e0565b90505f611ad96101c089016101a08a016131b6565b6fffffffffffffffffffffffffffffffff16611afb60e08a0160c08b01613121565b67ffffffffffffffff16611b1560c08b0160a08c01613121565b67ffffffffffffffff16611b29919061306a565b611b3790633b9aca00613053565b611b41919061306a565b90505f611b566101408b016101208c016131b6565b611b72906fffffffffffffffffffffffffffffffff168461306a565b9050611b8661018089016101608a01613106565b1515606085015280821115611bdf575f611bae858d8d8d8d89611ba9898b6130e0565b611e2b565b905080611bbb83856130e0565b1115611bdd57600e611bcd83856130e0565b8297509750975050505050610cec565b505b5f818310611bed575f611c00565b611c00611bfa84846130e0565b85612026565b9050611c146101808a016101608b01613106565b611c1e5780611c20565b5f5b6101408c013560101b178086525f90611c3890612053565b90505f82118015611c5257508c6040015163ffffffff1681115b15611c755760408d0151600f995090975063ffffffff169550610cec9350505050565b505f9c8d9c508c9b5094995093975050505050505050565b5f8160c001518260a001518361010001518460800151611cad919061306a565b611cb791906130e0565b611cc1919061306a565b8261012001518360e00151611cd6919061306a565b610327919061313a565b5f8360c0015115611cf3575060046104e4565b5f611d038560600151858561133e565b8560400151111590505f611d1c8660a00151868661133e565b8660800151119050818015611d2e5750805b611d38575f611d3b565b60055b9695505050505050565b5f818314611d5d57611d5884848461133e565b610bae565b509192915050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611dc461018083016101608401613106565b611de557610a8b836020015167ffffffffffffffff168361012001356113ee565b50506020015167ffffffffffffffff1690565b5f815f03611e0a57611e0a6012611da0565b816001840381611e1c57611e1c6130a0565b04600101831515029392505050565b5f80611e3f61018088016101608901613121565b611e579067ffffffffffffffff16633b9aca00613053565b611e676301e13380612710613053565b8635611e7660208b018b613121565b611e8660608b0160408c01613121565b611e909190613265565b67ffffffffffffffff16611ea49190613053565b8a51611eb69063ffffffff1688613053565b611ec09190613053565b611eca91906130f3565b611ed4919061306a565b9050611ee08886611db1565b611eee90633b9aca00613053565b611ef8908261306a565b9150611f0c61018086016101608701613106565b611f2f57611f1a838261208c565b67ffffffffffffffff1660208a01525061201b565b611f41610140880161012089016131b6565b6fffffffffffffffffffffffffffffffff16611f656101c088016101a089016131b6565b6fffffffffffffffffffffffffffffffff161115611fca57611f8f610140880161012089016131b6565b611fa16101c088016101a089016131b6565b611fab91906131fe565b611fc7906fffffffffffffffffffffffffffffffff168361306a565b91505b611fd4838361208c565b67ffffffffffffffff1660408a0152611ff56101a088016101808901613121565b61200d9067ffffffffffffffff16633b9aca00613053565b612017908361306a565b9150505b979650505050505050565b5f815f03612037575061ffff610327565b6104e461ffff610c0561204d620186a087613053565b85611df8565b5f805b60108110156120865761ffff61206d826010613053565b84901c168261207c919061306a565b9150600101612056565b50919050565b5f81831161209b57505f610327565b6104e467ffffffffffffffff610c056120b485876130e0565b633b9aca00611df8565b604080518082019091525f8152602081016120d76120dc565b905290565b6040518061022001604052805f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f151581526020015f151581526020015f600681111561212e5761212e6122ce565b81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b60405180608001604052805f60ff1681526020015f81526020015f81526020016120d760405180608001604052805f81526020015f67ffffffffffffffff1681526020015f67ffffffffffffffff1681526020015f151581525090565b5f60e08284031215612086575f5ffd5b5f60e082840312156121e1575f5ffd5b6104e483836121c1565b5f5f61010083850312156121fd575f5ffd5b61220784846121c1565b9460e0939093013593505050565b60c08101610327828480511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b5f5f6020838503121561226d575f5ffd5b823567ffffffffffffffff811115612283575f5ffd5b8301601f81018513612293575f5ffd5b803567ffffffffffffffff8111156122a9575f5ffd5b856020610340830284010111156122be575f5ffd5b6020919091019590945092505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b60078110612330577f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b9052565b805182526020810151602083015260408101516040830152606081015160608301526080810151608083015260a081015160a083015260c081015161237d60c084018215159052565b5060e081015161239160e084018215159052565b506101008101516123a66101008401826122fb565b506101208101516101208301526101408101516101408301526101608101516101608301526101808101516101808301526101a08101516101a08301526101c08101516101c08301526101e08101516101e08301526102008101516102008301525050565b602080825282518282018190525f918401906040840190835b818110156124805783517fffffffff000000000000000000000000000000000000000000000000000000008151168452602081015190506124686020850182612334565b50602093909301926102409290920191600101612424565b509095945050505050565b5f5f6040838503121561249c575f5ffd5b82359150602083013573ffffffffffffffffffffffffffffffffffffffff811681146124c6575f5ffd5b809150509250929050565b5f6103408284031280156124e3575f5ffd5b509092915050565b61022081016103278284612334565b5f5f83601f84011261250a575f5ffd5b50813567ffffffffffffffff811115612521575f5ffd5b6020830191508360208260051b850101111561253b575f5ffd5b9250929050565b5f5f5f5f60408587031215612555575f5ffd5b843567ffffffffffffffff81111561256b575f5ffd5b8501601f8101871361257b575f5ffd5b803567ffffffffffffffff811115612591575f5ffd5b87602060e0830284010111156125a5575f5ffd5b60209182019550935085013567ffffffffffffffff8111156125c5575f5ffd5b6125d1878288016124fa565b95989497509550505050565b602080825282518282018190525f918401906040840190835b818110156124805761264283855180511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b6020939093019260c092909201916001016125f6565b5f5f5f5f5f5f6080878903121561266d575f5ffd5b863567ffffffffffffffff811115612683575f5ffd5b61268f89828a016124fa565b909750955050602087013567ffffffffffffffff8111156126ae575f5ffd5b6126ba89828a016124fa565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b818110156124805783518352602093840193909201916001016126ee565b5f5f6020838503121561271d575f5ffd5b823567ffffffffffffffff811115612733575f5ffd5b8301601f81018513612743575f5ffd5b803567ffffffffffffffff811115612759575f5ffd5b856020610680830284010111156122be575f5ffd5b602080825282518282018190525f918401906040840190835b81811015612480578351805160ff16845260208082015181860152604080830151818701526060928301518051848801528083015167ffffffffffffffff90811660808901529181015190911660a087015290910151151560c08501529093019260e090920191600101612787565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160e0810167ffffffffffffffff8111828210171561286b577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b604051610220810167ffffffffffffffff8111828210171561286b577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604051610280810167ffffffffffffffff8111828210171561286b577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160c0810167ffffffffffffffff8111828210171561286b577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b803567ffffffffffffffff81168114612962575f5ffd5b919050565b5f60e0828403128015612978575f5ffd5b50612981612823565b61298a8361294b565b81526129986020840161294b565b60208201526129a96040840161294b565b60408201526129ba6060840161294b565b60608201526129cb6080840161294b565b60808201526129dc60a0840161294b565b60a08201526129ed60c0840161294b565b60c08201529392505050565b67ffffffffffffffff612a0b8261294b565b16825267ffffffffffffffff612a236020830161294b565b16602083015267ffffffffffffffff612a3e6040830161294b565b16604083015267ffffffffffffffff612a596060830161294b565b16606083015267ffffffffffffffff612a746080830161294b565b166080830152612a8660a0820161294b565b67ffffffffffffffff1660a0830152612aa160c0820161294b565b67ffffffffffffffff811660c0840152505050565b6101008101612ac582856129f9565b8260e08301529392505050565b5f60208284031215612ae2575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b80151581146101dc575f5ffd5b803582526020808201359083015260408082013590830152606080820135908301526080808201359083015260a0808201359083015260c0810135612b6781612b16565b80151560c0840152505050565b813581526020808301359082015260408083013590820152606080830135908201526080808301359082015260a0808301359082015260c0808301359082015260e08083013590820152610100808301359082015261012080830135908201526101408083013590820152610160808301359082015261018080830135908201526101a080830135908201526101c080830135908201526101e080830135908201526102008083013590820152610220808301359082015261024080830135908201526103408101610327610260808401908501612b23565b805161296281612b16565b805160078110612962575f5ffd5b5f610220828403128015612c78575f5ffd5b50612c81612871565b825181526020808401519082015260408084015190820152606080840151908201526080808401519082015260a08084015190820152612cc360c08401612c4d565b60c0820152612cd460e08401612c4d565b60e0820152612ce66101008401612c58565b61010082015261012083810151908201526101408084015190820152610160808401519082015261018080840151908201526101a080840151908201526101c080840151908201526101e08084015190820152610200928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015610bee577fffffffff0000000000000000000000000000000000000000000000000000000060049290920360031b82901b161692915050565b5f60e08284031215612dc7575f5ffd5b612dcf612823565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a08084013590820152905060c0820135612e1581612b16565b60c082015292915050565b5f610340828403128015612e32575f5ffd5b50612e3b6128ba565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a080840135908201526101c080840135908201526101e08084013590820152610200808401359082015261022080840135908201526102408084013590820152612f0c846102608501612db7565b6102608201529392505050565b60e0810161032782846129f9565b5f60c0828403128015612f38575f5ffd5b50612f41612903565b8251612f4c81612b16565b815260208381015190820152604080840151908201526060830151612f7081612b16565b60608201526080838101519082015260a0928301519281019290925250919050565b803563ffffffff81168114612962575f5ffd5b5f60c0828403128015612fb6575f5ffd5b50612fbf612903565b612fc883612f92565b8152612fd66020840161294b565b6020820152612fe760408401612f92565b6040820152612ff860608401612f92565b606082015261300960808401612f92565b608082015261301a60a08401612f92565b60a08201529392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b808202811582820484141761032757610327613026565b8082018082111561032757610327613026565b67ffffffffffffffff81811683821602908116908181146104d2576104d2613026565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f826130db576130db6130a0565b500690565b8181038181111561032757610327613026565b5f82613101576131016130a0565b500490565b5f60208284031215613116575f5ffd5b81356104e481612b16565b5f60208284031215613131575f5ffd5b6104e48261294b565b8181035f8312801583831316838312821617156104d2576104d2613026565b8082018281125f83128015821682158216171561317857613178613026565b505092915050565b5f7f800000000000000000000000000000000000000000000000000000000000000082036131b0576131b0613026565b505f0390565b5f602082840312156131c6575f5ffd5b81356fffffffffffffffffffffffffffffffff811681146104e4575f5ffd5b5f602082840312156131f5575f5ffd5b6104e482612f92565b6fffffffffffffffffffffffffffffffff828116828216039081111561032757610327613026565b5f6fffffffffffffffffffffffffffffffff831680613247576132476130a0565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff828116828216039081111561032757610327613026565b63ffffffff82811682821603908111156103275761032761302656",
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

// PackWithdrawsTo is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x36c99a59.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdrawsTo(bytes32 withdrawalCredentials, address vault) pure returns(bool)
func (mathHarness *MathHarness) PackWithdrawsTo(withdrawalCredentials [32]byte, vault common.Address) []byte {
	enc, err := mathHarness.abi.Pack("withdrawsTo", withdrawalCredentials, vault)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdrawsTo is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x36c99a59.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdrawsTo(bytes32 withdrawalCredentials, address vault) pure returns(bool)
func (mathHarness *MathHarness) TryPackWithdrawsTo(withdrawalCredentials [32]byte, vault common.Address) ([]byte, error) {
	return mathHarness.abi.Pack("withdrawsTo", withdrawalCredentials, vault)
}

// UnpackWithdrawsTo is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x36c99a59.
//
// Solidity: function withdrawsTo(bytes32 withdrawalCredentials, address vault) pure returns(bool)
func (mathHarness *MathHarness) UnpackWithdrawsTo(data []byte) (bool, error) {
	out, err := mathHarness.abi.Unpack("withdrawsTo", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
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
