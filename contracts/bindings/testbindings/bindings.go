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
	Bin: "0x6080604052348015600e575f5ffd5b506132ea8061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061009f575f3560e01c80635463e068116100725780638523515b116100585780638523515b14610164578063958b718514610184578063a83e6b31146101a4575f5ffd5b80635463e068146101245780635926a6b014610144575f5ffd5b80630658cc91146100a3578063252a6d18146100b85780632e2f6fff146100e157806336c99a5914610101575b5f5ffd5b6100b66100b136600461221a565b6101c5565b005b6100cb6100c6366004612234565b6101df565b6040516100d8919061225e565b60405180910390f35b6100f46100ef3660046122a5565b61032d565b6040516100d89190612454565b61011461010f3660046124d4565b6104d9565b60405190151581526020016100d8565b61013761013236600461251a565b6104eb565b6040516100d89190612534565b61015761015236600461258b565b61050a565b6040516100d89190612626565b6101776101723660046126a1565b6106c2565b6040516100d8919061271e565b610197610192366004612755565b61077f565b6040516100d891906127b7565b6101b76101b2366004612234565b61085f565b6040519081526020016100d8565b6101dc6101d7368390038301836129b0565b610879565b50565b6102166040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b600181526102338261022d368690038601866129b0565b90610a4e565b602082018190526102539061024d368690038601866129b0565b90610a98565b604080830191909152602082015190517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b319161029c918791600401612aff565b602060405180830381865afa9250505080156102f3575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01682019092526102f091810190612b1b565b60015b15610327576001816103148161030e368990038901896129b0565b90610b28565b60a0850152608084015215156060830152505b92915050565b60608167ffffffffffffffff8111156103485761034861283f565b60405190808252806020026020018201604052801561038157816020015b61036e612107565b8152602001906001900390816103665790505b5090505f5b828110156104d25730635463e0688585848181106103a6576103a6612b32565b905061034002016040518263ffffffff1660e01b81526004016103c99190612bbd565b61022060405180830381865afa925050508015610421575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016820190925261041e91810190612caf565b60015b6104a6573d80801561044e576040519150601f19603f3d011682016040523d82523d5f602084013e610453565b606091505b5061045d81612d96565b83838151811061046f5761046f612b32565b60209081029190910101517fffffffff000000000000000000000000000000000000000000000000000000009091169052506104ca565b808383815181106104b9576104b9612b32565b602002602001015160200181905250505b600101610386565b5092915050565b5f6104e48383610b74565b9392505050565b6104f3612125565b61032761050536849003840184612e69565b610bb6565b60608367ffffffffffffffff8111156105255761052561283f565b60405190808252806020026020018201604052801561058d57816020015b61057a6040518060c001604052805f151581526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b8152602001906001900390816105435790505b5090505f5b848110156106b95730630658cc918787848181106105b2576105b2612b32565b905060e002016040518263ffffffff1660e01b81526004016105d49190612f62565b5f6040518083038186803b1580156105ea575f5ffd5b505afa9250505080156105fb575060015b156106b1573063252a6d1887878481811061061857610618612b32565b905060e0020186868581811061063057610630612b32565b905060200201356040518363ffffffff1660e01b8152600401610654929190612aff565b60c060405180830381865afa15801561066f573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106939190612f70565b8282815181106106a5576106a5612b32565b60200260200101819052505b600101610592565b50949350505050565b60608367ffffffffffffffff8111156106dd576106dd61283f565b604051908082528060200260200182016040528015610706578160200160208202803683370190505b5090505f5b848110156107745761074f88888381811061072857610728612b32565b9050602002013587878481811061074157610741612b32565b905060200201358686610bf5565b82828151811061076157610761612b32565b602090810291909101015260010161070b565b509695505050505050565b60608167ffffffffffffffff81111561079a5761079a61283f565b6040519080825280602002602001820160405280156107d357816020015b6107c06121ad565b8152602001906001900390816107b85790505b5090505f5b828110156104d257368484838181106107f3576107f3612b32565b9050610680020190505f83838151811061080f5761080f612b32565b60200260200101519050610842825f0180360381019061082f9190612fee565b8360c00184610260018561050001610c0a565b60608501526040840152602083015260ff169052506001016107d8565b5f6104e482610873368690038601866129b0565b90610cf7565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff166108a2919061309c565b9050816020015167ffffffffffffffff165f14806108cc5750604082015167ffffffffffffffff16155b806108e35750606082015167ffffffffffffffff16155b80610901575063ffffffff8016826060015167ffffffffffffffff16115b8061091d5750815164ffffffffff67ffffffffffffffff909116115b80610939575061ffff8016826020015167ffffffffffffffff16115b8061095257506004826080015167ffffffffffffffff16105b806109685750611fff6109666040836130b3565b115b806109995750604082015161097e9060026130c6565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b806109b2575060028260c0015167ffffffffffffffff16105b806109ef57508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff166109e391906130b3565b6109ed91906130b3565b115b80610a135750611fff826020015167ffffffffffffffff16610a119190613116565b155b15610a4a576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b81515f9067ffffffffffffffff168210610a90576020830151835167ffffffffffffffff91821691610a81911684613129565b610a8b919061313c565b6104e4565b505f92915050565b5f5f610aa384610dac565b9050808311610ab3579050610327565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610adc919061309c565b90508080600181610aed8689613129565b610af791906130b3565b610b019190613129565b610b0b919061313c565b610b15919061309c565b610b1f90836130b3565b95945050505050565b5f8260c0015167ffffffffffffffff16836040015167ffffffffffffffff16846080015167ffffffffffffffff16610b60919061309c565b610b6a90846130b3565b6104e49190613129565b5f82811a6001811480610b8a57508060ff166002145b8015610bae575073ffffffffffffffffffffffffffffffffffffffff848116908416145b949350505050565b610bbe612125565b5f5f610bca8484610de1565b91509150610bd88484610ffd565b610be48484848461113d565b610bee84846111d9565b5050919050565b5f610b1f85610c0586868661133e565b6113ee565b604080516080810182525f808252602082018190529181018290526060810182905281908190610c3c888888886113fd565b9195509350915060ff8416610cec57610c57888888886117fe565b9195509350915060ff8416610cec57610c72888888886119f5565b9296509094509250905060ff8416151580610c9a5750610c9a6101808601610160870161314f565b80610cb45750610cb26101608601610140870161314f565b155b610cec576010610cca606088016040890161316a565b610cd760208a018a61316a565b91955067ffffffffffffffff90811694501691505b945094509450949050565b5f5f610d0284610dac565b9050808311610d4b576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610d74919061309c565b90508082610d83600187613129565b610d8d9190613129565b610d979190613116565b610da2600186613129565b610b1f9190613129565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610dd7919061309c565b6103279190613129565b5f5f8360a001518461010001518560800151610dfd91906130b3565b610e079190613129565b8460e00151610e169190613183565b80845260608501515f91610e29916131a2565b90505f811215610e65576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b805f610e7087611cd6565b90505f811315610e8f57610e89876101c00151826113ee565b60808701525b5f610ea06301e1338061271061309c565b6101608901516101808a01518a51610eb8919061309c565b610ec2919061309c565b610ecc919061313c565b9050866080015181895f0151610ee291906130b3565b610eec91906130b3565b9550876101a0015186610eff91906130b3565b945082851115610f4857610120880151610f1d90610c058588613129565b60208801819052610140890151610f4291610f388689613129565b610c059190613129565b60408801525b60408701516020880151610f5c90856130b3565b610f6691906130b3565b6101c08801819052610f7890866113ee565b6060880181905288511115610f9e5760608701518851610f989190613129565b60a08801525b60a0870151610fac836131c9565b1315610fc157610fbb826131c9565b60a08801525b8751610200890151610fd3919061309c565b620186a08860a00151610fe6919061309c565b1160c0909701969096525092959194509092505050565b61026082015160208101515f0361101357505050565b8160c00151801561102957506003836101e00151105b1561105157610100820160025b9081600681111561104957611049612317565b9052506110a9565b81606001515f036110685761010082016003611036565b61107b8183606001518560200151611d29565b826101000190600681111561109257611092612317565b908160068111156110a5576110a5612317565b9052505b5f82610100015160068111156110c1576110c1612317565b146110cb57505050565b5f6110e7825f0151836020015185606001518760200151610bf5565b905082604001518360200151856040015161110291906130b3565b61110c91906130b3565b8111156111225750506006610100919091015250565b600160e0840152610120830152602001516101409091015250565b826101200151836101c0018181516111559190613129565b905250610140830151602085015161116d9190613129565b61020084018190526101c0840151602086015161119092610c0591859190611d8e565b6101e084015261020083015160208501516111ac918491611d8e565b915081836101e0015111156111d35781836101e001516111cc9190613129565b6101a08401525b50505050565b5f81608001516111e884611cd6565b6111f29190613183565b90505f6112056301e1338061271061309c565b8461016001518561022001518660800151611220919061309c565b61122a919061309c565b611234919061313c565b90505f8360400151828412611249578261124b565b835b61125591906131a2565b90505f61126f865f01518661020001518860200151611d8e565b90505f82131580611285575080856101e0015111155b1561129257505050505050565b6112d9612710876102400151846112a9919061309c565b6112b3919061313c565b610c0583886101e001516112c79190613129565b6002896101e00151610c05919061313c565b61016086018190525f036112ef57505050505050565b611319856101600151866102000151876101600151886101e001516113149190613129565b61133e565b6101808601819052610200860180516113339083906130b3565b905250505050505050565b5f5f5f61134b8686611dae565b91509150815f0361136f57838181611365576113656130e9565b04925050506104e4565b818411611386576113866003851502601118611de9565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f8282188284100282186104e4565b5f808060608401356114176101c087016101a088016131ff565b6fffffffffffffffffffffffffffffffff1611156114655760016114436101c087016101a088016131ff565b9093506fffffffffffffffffffffffffffffffff1691505060608301356117f4565b608084013561147c6101e087016101c088016131ff565b6fffffffffffffffffffffffffffffffff1611156114ca5760026114a86101e087016101c088016131ff565b9093506fffffffffffffffffffffffffffffffff1691505060808301356117f4565b6114dc610120870161010088016131ff565b6fffffffffffffffffffffffffffffffff166115006101a0870161018088016131ff565b6fffffffffffffffffffffffffffffffff16101561155f57600361152c6101a0870161018088016131ff565b61153e61012089016101008a016131ff565b9194506fffffffffffffffffffffffffffffffff90811693501690506117f4565b60a08401356115766101a0870161018088016131ff565b6fffffffffffffffffffffffffffffffff1611156115c45760046115a26101a0870161018088016131ff565b9093506fffffffffffffffffffffffffffffffff1691505060a08301356117f4565b6115d66101408601610120870161322e565b63ffffffff166115ee6101608701610140880161322e565b63ffffffff16111561163557600561160e6101608701610140880161322e565b6116206101408801610120890161322e565b91945063ffffffff90811693501690506117f4565b6116476101408601610120870161322e565b63ffffffff1661165f6101808701610160880161322e565b63ffffffff16111561167f57600661160e6101808701610160880161322e565b61168f60c0870160a0880161322e565b63ffffffff166116a76101408701610120880161322e565b63ffffffff1610156116d75760076116c76101408701610120880161322e565b61162060c0890160a08a0161322e565b6116e760e0870160c0880161322e565b63ffffffff166116ff6101608701610140880161322e565b63ffffffff16101561172f57600861171f6101608701610140880161322e565b61162060e0890160c08a0161322e565b60c084013561174661020087016101e0880161316a565b67ffffffffffffffff16111561178457600961176a61020087016101e0880161316a565b90935067ffffffffffffffff1691505060c08301356117f4565b5f8760a0015163ffffffff168561010001356117a091906130b3565b905060e08501356117b961020088016101e0890161316a565b67ffffffffffffffff161180156117d35750846040013581115b156117e957600a935091505060408301356117f4565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f61180c8886611dfa565b633b9aca006118236101208a016101008b016131ff565b6118356101a08a016101808b016131ff565b61183f9190613247565b611849919061326f565b6fffffffffffffffffffffffffffffffff1661186b60608a0160408b0161316a565b67ffffffffffffffff1661187f91906130b3565b61188991906130b3565b90508061189c60e0880160c0890161316a565b67ffffffffffffffff1611156118d457600b6118be60e0880160c0890161316a565b90945067ffffffffffffffff16925090506117f4565b5f6119136118e560208a018a61316a565b6118f560608a0160408b0161316a565b6118ff91906132ae565b67ffffffffffffffff168760200135611e41565b90505f61192660c08a0160a08b0161322e565b6119386101408a016101208b0161322e565b61194291906132ce565b63ffffffff1690505f828b6060015163ffffffff16611961919061309c565b90508082111561197c57600c965090945092506117f4915050565b61198c60e08b0160c08c0161322e565b61199e6101608b016101408c0161322e565b6119a891906132ce565b63ffffffff169150828b6080015163ffffffff166119c6919061309c565b9050808211156119e157600d965090945092506117f4915050565b505f9a8b9a508a9950975050505050505050565b604080516080810182525f8082526020820181905291810182905260608101829052819081905f611a2e61012089016101008a016131ff565b6fffffffffffffffffffffffffffffffff16611a526101a089016101808a016131ff565b6fffffffffffffffffffffffffffffffff16611a7460808b0160608c0161316a565b67ffffffffffffffff16611a8e60608c0160408d0161316a565b67ffffffffffffffff16611aa860408d0160208e0161316a565b67ffffffffffffffff16611abc91906130b3565b611ac691906130b3565b611ad490633b9aca0061309c565b611ade91906130b3565b611ae89190613129565b90505f611afd6101c089016101a08a016131ff565b6fffffffffffffffffffffffffffffffff16611b206101008a0160e08b0161316a565b67ffffffffffffffff16611b3a60e08b0160c08c0161316a565b67ffffffffffffffff16611b5460c08c0160a08d0161316a565b67ffffffffffffffff16611b6891906130b3565b611b7291906130b3565b611b8090633b9aca0061309c565b611b8a91906130b3565b90505f611b9f6101408b016101208c016131ff565b611bbb906fffffffffffffffffffffffffffffffff16846130b3565b9050611bcf61018089016101608a0161314f565b1515606085015280821115611c28575f611bf7858d8d8d8d89611bf2898b613129565b611e74565b905080611c048385613129565b1115611c2657600e611c168385613129565b8297509750975050505050610cec565b505b5f818310611c36575f611c49565b611c49611c438484613129565b8561206f565b9050611c5d6101808a016101608b0161314f565b611c675780611c69565b5f5b6101408c013560101b178086525f90611c819061209c565b90505f82118015611c9b57508c6040015163ffffffff1681115b15611cbe5760408d0151600f995090975063ffffffff169550610cec9350505050565b505f9c8d9c508c9b5094995093975050505050505050565b5f8160c001518260a001518361010001518460800151611cf691906130b3565b611d009190613129565b611d0a91906130b3565b8261012001518360e00151611d1f91906130b3565b6103279190613183565b5f8360c0015115611d3c575060046104e4565b5f611d4c8560600151858561133e565b8560400151111590505f611d658660a00151868661133e565b8660800151119050818015611d775750805b611d81575f611d84565b60055b9695505050505050565b5f818314611da657611da184848461133e565b610bae565b509192915050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611e0d6101808301610160840161314f565b611e2e57610a8b836020015167ffffffffffffffff168361012001356113ee565b50506020015167ffffffffffffffff1690565b5f815f03611e5357611e536012611de9565b816001840381611e6557611e656130e9565b04600101831515029392505050565b5f80611e886101808801610160890161316a565b611ea09067ffffffffffffffff16633b9aca0061309c565b611eb06301e1338061271061309c565b8635611ebf60208b018b61316a565b611ecf60608b0160408c0161316a565b611ed991906132ae565b67ffffffffffffffff16611eed919061309c565b8a51611eff9063ffffffff168861309c565b611f09919061309c565b611f13919061313c565b611f1d91906130b3565b9050611f298886611dfa565b611f3790633b9aca0061309c565b611f4190826130b3565b9150611f556101808601610160870161314f565b611f7857611f6383826120d5565b67ffffffffffffffff1660208a015250612064565b611f8a610140880161012089016131ff565b6fffffffffffffffffffffffffffffffff16611fae6101c088016101a089016131ff565b6fffffffffffffffffffffffffffffffff16111561201357611fd8610140880161012089016131ff565b611fea6101c088016101a089016131ff565b611ff49190613247565b612010906fffffffffffffffffffffffffffffffff16836130b3565b91505b61201d83836120d5565b67ffffffffffffffff1660408a015261203e6101a08801610180890161316a565b6120569067ffffffffffffffff16633b9aca0061309c565b61206090836130b3565b9150505b979650505050505050565b5f815f03612080575061ffff610327565b6104e461ffff610c05612096620186a08761309c565b85611e41565b5f805b60108110156120cf5761ffff6120b682601061309c565b84901c16826120c591906130b3565b915060010161209f565b50919050565b5f8183116120e457505f610327565b6104e467ffffffffffffffff610c056120fd8587613129565b633b9aca00611e41565b604080518082019091525f815260208101612120612125565b905290565b6040518061022001604052805f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f151581526020015f151581526020015f600681111561217757612177612317565b81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b60405180608001604052805f60ff1681526020015f81526020015f815260200161212060405180608001604052805f81526020015f67ffffffffffffffff1681526020015f67ffffffffffffffff1681526020015f151581525090565b5f60e082840312156120cf575f5ffd5b5f60e0828403121561222a575f5ffd5b6104e4838361220a565b5f5f6101008385031215612246575f5ffd5b612250848461220a565b9460e0939093013593505050565b60c08101610327828480511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b5f5f602083850312156122b6575f5ffd5b823567ffffffffffffffff8111156122cc575f5ffd5b8301601f810185136122dc575f5ffd5b803567ffffffffffffffff8111156122f2575f5ffd5b85602061034083028401011115612307575f5ffd5b6020919091019590945092505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b60078110612379577f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b9052565b805182526020810151602083015260408101516040830152606081015160608301526080810151608083015260a081015160a083015260c08101516123c660c084018215159052565b5060e08101516123da60e084018215159052565b506101008101516123ef610100840182612344565b506101208101516101208301526101408101516101408301526101608101516101608301526101808101516101808301526101a08101516101a08301526101c08101516101c08301526101e08101516101e08301526102008101516102008301525050565b602080825282518282018190525f918401906040840190835b818110156124c95783517fffffffff000000000000000000000000000000000000000000000000000000008151168452602081015190506124b1602085018261237d565b5060209390930192610240929092019160010161246d565b509095945050505050565b5f5f604083850312156124e5575f5ffd5b82359150602083013573ffffffffffffffffffffffffffffffffffffffff8116811461250f575f5ffd5b809150509250929050565b5f61034082840312801561252c575f5ffd5b509092915050565b6102208101610327828461237d565b5f5f83601f840112612553575f5ffd5b50813567ffffffffffffffff81111561256a575f5ffd5b6020830191508360208260051b8501011115612584575f5ffd5b9250929050565b5f5f5f5f6040858703121561259e575f5ffd5b843567ffffffffffffffff8111156125b4575f5ffd5b8501601f810187136125c4575f5ffd5b803567ffffffffffffffff8111156125da575f5ffd5b87602060e0830284010111156125ee575f5ffd5b60209182019550935085013567ffffffffffffffff81111561260e575f5ffd5b61261a87828801612543565b95989497509550505050565b602080825282518282018190525f918401906040840190835b818110156124c95761268b83855180511515825260208101516020830152604081015160408301526060810151151560608301526080810151608083015260a081015160a08301525050565b6020939093019260c0929092019160010161263f565b5f5f5f5f5f5f608087890312156126b6575f5ffd5b863567ffffffffffffffff8111156126cc575f5ffd5b6126d889828a01612543565b909750955050602087013567ffffffffffffffff8111156126f7575f5ffd5b61270389828a01612543565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b818110156124c9578351835260209384019390920191600101612737565b5f5f60208385031215612766575f5ffd5b823567ffffffffffffffff81111561277c575f5ffd5b8301601f8101851361278c575f5ffd5b803567ffffffffffffffff8111156127a2575f5ffd5b85602061068083028401011115612307575f5ffd5b602080825282518282018190525f918401906040840190835b818110156124c9578351805160ff16845260208082015181860152604080830151818701526060928301518051848801528083015167ffffffffffffffff90811660808901529181015190911660a087015290910151151560c08501529093019260e0909201916001016127d0565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160e0810167ffffffffffffffff811182821017156128b4577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405290565b604051610220810167ffffffffffffffff811182821017156128b4577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b604051610280810167ffffffffffffffff811182821017156128b4577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60405160c0810167ffffffffffffffff811182821017156128b4577f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b803567ffffffffffffffff811681146129ab575f5ffd5b919050565b5f60e08284031280156129c1575f5ffd5b506129ca61286c565b6129d383612994565b81526129e160208401612994565b60208201526129f260408401612994565b6040820152612a0360608401612994565b6060820152612a1460808401612994565b6080820152612a2560a08401612994565b60a0820152612a3660c08401612994565b60c08201529392505050565b67ffffffffffffffff612a5482612994565b16825267ffffffffffffffff612a6c60208301612994565b16602083015267ffffffffffffffff612a8760408301612994565b16604083015267ffffffffffffffff612aa260608301612994565b16606083015267ffffffffffffffff612abd60808301612994565b166080830152612acf60a08201612994565b67ffffffffffffffff1660a0830152612aea60c08201612994565b67ffffffffffffffff811660c0840152505050565b6101008101612b0e8285612a42565b8260e08301529392505050565b5f60208284031215612b2b575f5ffd5b5051919050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b80151581146101dc575f5ffd5b803582526020808201359083015260408082013590830152606080820135908301526080808201359083015260a0808201359083015260c0810135612bb081612b5f565b80151560c0840152505050565b813581526020808301359082015260408083013590820152606080830135908201526080808301359082015260a0808301359082015260c0808301359082015260e08083013590820152610100808301359082015261012080830135908201526101408083013590820152610160808301359082015261018080830135908201526101a080830135908201526101c080830135908201526101e080830135908201526102008083013590820152610220808301359082015261024080830135908201526103408101610327610260808401908501612b6c565b80516129ab81612b5f565b8051600781106129ab575f5ffd5b5f610220828403128015612cc1575f5ffd5b50612cca6128ba565b825181526020808401519082015260408084015190820152606080840151908201526080808401519082015260a08084015190820152612d0c60c08401612c96565b60c0820152612d1d60e08401612c96565b60e0820152612d2f6101008401612ca1565b61010082015261012083810151908201526101408084015190820152610160808401519082015261018080840151908201526101a080840151908201526101c080840151908201526101e08084015190820152610200928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015610bee577fffffffff0000000000000000000000000000000000000000000000000000000060049290920360031b82901b161692915050565b5f60e08284031215612e10575f5ffd5b612e1861286c565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a08084013590820152905060c0820135612e5e81612b5f565b60c082015292915050565b5f610340828403128015612e7b575f5ffd5b50612e84612903565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a080840135908201526101c080840135908201526101e08084013590820152610200808401359082015261022080840135908201526102408084013590820152612f55846102608501612e00565b6102608201529392505050565b60e081016103278284612a42565b5f60c0828403128015612f81575f5ffd5b50612f8a61294c565b8251612f9581612b5f565b815260208381015190820152604080840151908201526060830151612fb981612b5f565b60608201526080838101519082015260a0928301519281019290925250919050565b803563ffffffff811681146129ab575f5ffd5b5f60c0828403128015612fff575f5ffd5b5061300861294c565b61301183612fdb565b815261301f60208401612994565b602082015261303060408401612fdb565b604082015261304160608401612fdb565b606082015261305260808401612fdb565b608082015261306360a08401612fdb565b60a08201529392505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b80820281158282048414176103275761032761306f565b808201808211156103275761032761306f565b67ffffffffffffffff81811683821602908116908181146104d2576104d261306f565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b5f82613124576131246130e9565b500690565b818103818111156103275761032761306f565b5f8261314a5761314a6130e9565b500490565b5f6020828403121561315f575f5ffd5b81356104e481612b5f565b5f6020828403121561317a575f5ffd5b6104e482612994565b8181035f8312801583831316838312821617156104d2576104d261306f565b8082018281125f8312801582168215821617156131c1576131c161306f565b505092915050565b5f7f800000000000000000000000000000000000000000000000000000000000000082036131f9576131f961306f565b505f0390565b5f6020828403121561320f575f5ffd5b81356fffffffffffffffffffffffffffffffff811681146104e4575f5ffd5b5f6020828403121561323e575f5ffd5b6104e482612fdb565b6fffffffffffffffffffffffffffffffff82811682821603908111156103275761032761306f565b5f6fffffffffffffffffffffffffffffffff831680613290576132906130e9565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff82811682821603908111156103275761032761306f565b63ffffffff82811682821603908111156103275761032761306f56",
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
