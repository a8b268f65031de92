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
	Change  *big.Int
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
	ABI: "[{\"type\":\"function\",\"name\":\"current\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"payouts\",\"inputs\":[{\"name\":\"valuesWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"shares\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"paidWei\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"rebase\",\"inputs\":[{\"name\":\"inputs\",\"type\":\"tuple[]\",\"internalType\":\"structRebaseInput[]\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"results\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.RebaseResult[]\",\"components\":[{\"name\":\"reverted\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"output\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"rebaseOne\",\"inputs\":[{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structRebaseInput\",\"components\":[{\"name\":\"totalPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"totalShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bufferedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastClWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastDepositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastVaultLeftWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"clWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elapsedSeconds\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"maxRiseBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lossesInRow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"noisePcm\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"normalRewardBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeBps\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"batch\",\"type\":\"tuple\",\"internalType\":\"structBatch\",\"components\":[{\"name\":\"demandWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"demandShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"spansFall\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structRebaseOutput\",\"components\":[{\"name\":\"clChangeWei\",\"type\":\"int256\",\"internalType\":\"int256\"},{\"name\":\"fromWithdrawalsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"fromRewardsWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"rebasedPooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"regainedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lostWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beyondNoise\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"finalized\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"skip\",\"type\":\"uint8\",\"internalType\":\"enumSkip\"},{\"name\":\"lockWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"burnShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"feeShares\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketUsedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bookedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"pooledWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"shares\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"sanity\",\"inputs\":[{\"name\":\"cases\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.SanityCase[]\",\"components\":[{\"name\":\"limits\",\"type\":\"tuple\",\"internalType\":\"structLimits\",\"components\":[{\"name\":\"annualGainBps\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"giftMarginGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lossWindowPcm\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"newValidatorsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exitsPerEpoch\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"requestMarginSeconds\",\"type\":\"uint32\",\"internalType\":\"uint32\"}]},{\"name\":\"last\",\"type\":\"tuple\",\"internalType\":\"structLastReport\",\"components\":[{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"silentCalls\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultLeftWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"unconfirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"report\",\"type\":\"tuple\",\"internalType\":\"structReport\",\"components\":[{\"name\":\"version\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"committee\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"refSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"lastRefSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"refBlockRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"clValidatorsGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clPendingGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"clInFlightGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"unprovenGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"validators\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"exited\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"slashed\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"depositedWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint128\",\"internalType\":\"uint128\"},{\"name\":\"finalizeUpTo\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"exitsAskedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"bunker\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"balancesRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"pendingRoot\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"name\":\"input\",\"type\":\"tuple\",\"internalType\":\"structSanityInput\",\"components\":[{\"name\":\"secondsPerSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"refTimestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"withdrawalVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"elRewardsVaultWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"depositedWei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastRequestId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFinalizedId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"finalizeCreatedAt\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lastFalse\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"outputs\":[{\"name\":\"verdicts\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.Verdict[]\",\"components\":[{\"name\":\"code\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bound\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"judged\",\"type\":\"tuple\",\"internalType\":\"structJudged\",\"components\":[{\"name\":\"lossWindow\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bucketGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"confirmedGwei\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"byGuardian\",\"type\":\"bool\",\"internalType\":\"bool\"}]}]}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"scheduleOne\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamp\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"a\",\"type\":\"tuple\",\"internalType\":\"structMathHarness.ScheduleAnswer\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"change\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"schedules\",\"inputs\":[{\"name\":\"list\",\"type\":\"tuple[]\",\"internalType\":\"structSchedule[]\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"name\":\"timestamps\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"answers\",\"type\":\"tuple[]\",\"internalType\":\"structMathHarness.ScheduleAnswer[]\",\"components\":[{\"name\":\"valid\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"next\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"change\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"opened\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"current\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"close\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"validate\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSchedule\",\"components\":[{\"name\":\"genesisTime\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"secondsPerSlot\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"slotsPerEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"initialEpoch\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"epochsPerFrame\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"finalityMarginSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"closeSlots\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"withdrawsTo\",\"inputs\":[{\"name\":\"withdrawalCredentials\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"vault\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"BeforeFirstFrame\",\"inputs\":[{\"name\":\"slot\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"firstRefSlot\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ImpossibleSchedule\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NegativePool\",\"inputs\":[]}]",
	ID:  "MathHarness",
	Bin: "0x6080604052348015600e575f5ffd5b506132c98061001c5f395ff3fe608060405234801561000f575f5ffd5b506004361061009f575f3560e01c80635463e068116100725780638523515b116100585780638523515b14610164578063958b718514610184578063a83e6b31146101a4575f5ffd5b80635463e068146101245780635926a6b014610144575f5ffd5b80630658cc91146100a3578063252a6d18146100b85780632e2f6fff146100e157806336c99a5914610101575b5f5ffd5b6100b66100b13660046122da565b6101c5565b005b6100cb6100c63660046122f4565b6101df565b6040516100d8919061231e565b60405180910390f35b6100f46100ef36600461236f565b610353565b6040516100d891906124ec565b61011461010f36600461256c565b6104ff565b60405190151581526020016100d8565b6101376101323660046125b2565b610511565b6040516100d891906125cc565b610157610152366004612623565b610530565b6040516100d891906126be565b610177610172366004612743565b6106ee565b6040516100d891906127c0565b6101976101923660046127f7565b6107ab565b6040516100d89190612859565b6101b76101b23660046122f4565b61088b565b6040519081526020016100d8565b6101dc6101d7368390038301836129a6565b6108a5565b50565b61021c6040518060e001604052805f151581526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b6001815261023982610233368690038601866129a6565b90610a7a565b6020820181905261025990610253368690038601866129a6565b90610ac4565b6040820152602081015161027c90610276368690038601866129a6565b90610b54565b606082015260208101516040517fa83e6b31000000000000000000000000000000000000000000000000000000008152309163a83e6b31916102c2918791600401612af5565b602060405180830381865afa925050508015610319575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016820190925261031691810190612b11565b60015b1561034d5760018161033a81610334368990038901896129a6565b90610b78565b60c085015260a084015215156080830152505b92915050565b60608167ffffffffffffffff81111561036e5761036e6128e1565b6040519080825280602002602001820160405280156103a757816020015b6103946121c7565b81526020019060019003908161038c5790505b5090505f5b828110156104f85730635463e0688585848181106103cc576103cc612b28565b905061034002016040518263ffffffff1660e01b81526004016103ef9190612b9a565b61022060405180830381865afa925050508015610447575060408051601f3d9081017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe016820190925261044491810190612c8c565b60015b6104cc573d808015610474576040519150601f19603f3d011682016040523d82523d5f602084013e610479565b606091505b5061048381612d73565b83838151811061049557610495612b28565b60209081029190910101517fffffffff000000000000000000000000000000000000000000000000000000009091169052506104f0565b808383815181106104df576104df612b28565b602002602001015160200181905250505b6001016103ac565b5092915050565b5f61050a8383610bc4565b9392505050565b6105196121e5565b61034d61052b36849003840184612e46565b610c06565b60608367ffffffffffffffff81111561054b5761054b6128e1565b6040519080825280602002602001820160405280156105b957816020015b6105a66040518060e001604052805f151581526020015f81526020015f81526020015f81526020015f151581526020015f81526020015f81525090565b8152602001906001900390816105695790505b5090505f5b848110156106e55730630658cc918787848181106105de576105de612b28565b905060e002016040518263ffffffff1660e01b81526004016106009190612f3f565b5f6040518083038186803b158015610616575f5ffd5b505afa925050508015610627575060015b156106dd573063252a6d1887878481811061064457610644612b28565b905060e0020186868581811061065c5761065c612b28565b905060200201356040518363ffffffff1660e01b8152600401610680929190612af5565b60e060405180830381865afa15801561069b573d5f5f3e3d5ffd5b505050506040513d601f19601f820116820180604052508101906106bf9190612f4d565b8282815181106106d1576106d1612b28565b60200260200101819052505b6001016105be565b50949350505050565b60608367ffffffffffffffff811115610709576107096128e1565b604051908082528060200260200182016040528015610732578160200160208202803683370190505b5090505f5b848110156107a05761077b88888381811061075457610754612b28565b9050602002013587878481811061076d5761076d612b28565b905060200201358686610c45565b82828151811061078d5761078d612b28565b6020908102919091010152600101610737565b509695505050505050565b60608167ffffffffffffffff8111156107c6576107c66128e1565b6040519080825280602002602001820160405280156107ff57816020015b6107ec61226d565b8152602001906001900390816107e45790505b5090505f5b828110156104f8573684848381811061081f5761081f612b28565b9050610680020190505f83838151811061083b5761083b612b28565b6020026020010151905061086e825f0180360381019061085b9190612fd5565b8360c00184610260018561050001610c5a565b60608501526040840152602083015260ff16905250600101610804565b5f61050a8261089f368690038601866129a6565b90610d47565b5f816040015167ffffffffffffffff16826080015167ffffffffffffffff166108ce9190613094565b9050816020015167ffffffffffffffff165f14806108f85750604082015167ffffffffffffffff16155b8061090f5750606082015167ffffffffffffffff16155b8061092d575063ffffffff8016826060015167ffffffffffffffff16115b806109495750815164ffffffffff67ffffffffffffffff909116115b80610965575061ffff8016826020015167ffffffffffffffff16115b8061097e57506004826080015167ffffffffffffffff16105b806109945750611fff6109926040836130ab565b115b806109c5575060408201516109aa9060026130be565b67ffffffffffffffff168260a0015167ffffffffffffffff16105b806109de575060028260c0015167ffffffffffffffff16105b80610a1b57508060048360c0015167ffffffffffffffff168460a0015167ffffffffffffffff16610a0f91906130ab565b610a1991906130ab565b115b80610a3f5750611fff826020015167ffffffffffffffff16610a3d91906130f5565b155b15610a76576040517f42b6f8c200000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5050565b81515f9067ffffffffffffffff168210610abc576020830151835167ffffffffffffffff91821691610aad911684613108565b610ab7919061311b565b61050a565b505f92915050565b5f5f610acf84610dfc565b9050808311610adf57905061034d565b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610b089190613094565b90508080600181610b198689613108565b610b2391906130ab565b610b2d9190613108565b610b37919061311b565b610b419190613094565b610b4b90836130ab565b95945050505050565b5f61050a838460c0015167ffffffffffffffff1684610b7391906130ab565b610ac4565b5f8260c0015167ffffffffffffffff16836040015167ffffffffffffffff16846080015167ffffffffffffffff16610bb09190613094565b610bba90846130ab565b61050a9190613108565b5f82811a6001811480610bda57508060ff166002145b8015610bfe575073ffffffffffffffffffffffffffffffffffffffff848116908416145b949350505050565b610c0e6121e5565b5f5f610c1a8484610e31565b91509150610c28848461104d565b610c348484848461118d565b610c3e8484611229565b5050919050565b5f610b4b85610c5586868661138e565b61143e565b604080516080810182525f808252602082018190529181018290526060810182905281908190610c8c8888888861144d565b9195509350915060ff8416610d3c57610ca78888888861184e565b9195509350915060ff8416610d3c57610cc288888888611a6b565b9296509094509250905060ff8416151580610cea5750610cea6101808601610160870161312e565b80610d045750610d026101608601610140870161312e565b155b610d3c576010610d1a6060880160408901613149565b610d2760208a018a613149565b91955067ffffffffffffffff90811694501691505b945094509450949050565b5f5f610d5284610dfc565b9050808311610d9b576040517f23110bda000000000000000000000000000000000000000000000000000000008152600481018490526024810182905260440160405180910390fd5b5f846040015167ffffffffffffffff16856080015167ffffffffffffffff16610dc49190613094565b90508082610dd3600187613108565b610ddd9190613108565b610de791906130f5565b610df2600186613108565b610b4b9190613108565b5f6001826040015167ffffffffffffffff16836060015167ffffffffffffffff16610e279190613094565b61034d9190613108565b5f5f8360a001518461010001518560800151610e4d91906130ab565b610e579190613108565b8460e00151610e669190613162565b80845260608501515f91610e7991613181565b90505f811215610eb5576040517f3472fad400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b805f610ec087611d96565b90505f811315610edf57610ed9876101c001518261143e565b60808701525b5f610ef06301e13380612710613094565b6101608901516101808a01518a51610f089190613094565b610f129190613094565b610f1c919061311b565b9050866080015181895f0151610f3291906130ab565b610f3c91906130ab565b9550876101a0015186610f4f91906130ab565b945082851115610f9857610120880151610f6d90610c558588613108565b60208801819052610140890151610f9291610f888689613108565b610c559190613108565b60408801525b60408701516020880151610fac90856130ab565b610fb691906130ab565b6101c08801819052610fc8908661143e565b6060880181905288511115610fee5760608701518851610fe89190613108565b60a08801525b60a0870151610ffc836131a8565b13156110115761100b826131a8565b60a08801525b87516102008901516110239190613094565b620186a08860a001516110369190613094565b1160c0909701969096525092959194509092505050565b61026082015160208101515f0361106357505050565b8160c00151801561107957506003836101e00151105b156110a157610100820160025b90816006811115611099576110996123e1565b9052506110f9565b81606001515f036110b85761010082016003611086565b6110cb8183606001518560200151611de9565b82610100019060068111156110e2576110e26123e1565b908160068111156110f5576110f56123e1565b9052505b5f8261010001516006811115611111576111116123e1565b1461111b57505050565b5f611137825f0151836020015185606001518760200151610c45565b905082604001518360200151856040015161115291906130ab565b61115c91906130ab565b8111156111725750506006610100919091015250565b600160e0840152610120830152602001516101409091015250565b826101200151836101c0018181516111a59190613108565b90525061014083015160208501516111bd9190613108565b61020084018190526101c084015160208601516111e092610c5591859190611e4e565b6101e084015261020083015160208501516111fc918491611e4e565b915081836101e0015111156112235781836101e0015161121c9190613108565b6101a08401525b50505050565b5f816080015161123884611d96565b6112429190613162565b90505f6112556301e13380612710613094565b84610160015185610220015186608001516112709190613094565b61127a9190613094565b611284919061311b565b90505f8360400151828412611299578261129b565b835b6112a59190613181565b90505f6112bf865f01518661020001518860200151611e4e565b90505f821315806112d5575080856101e0015111155b156112e257505050505050565b611329612710876102400151846112f99190613094565b611303919061311b565b610c5583886101e001516113179190613108565b6002896101e00151610c55919061311b565b61016086018190525f0361133f57505050505050565b611369856101600151866102000151876101600151886101e001516113649190613108565b61138e565b6101808601819052610200860180516113839083906130ab565b905250505050505050565b5f5f5f61139b8686611e6e565b91509150815f036113bf578381816113b5576113b56130e1565b049250505061050a565b8184116113d6576113d66003851502601118611ea9565b5f848688095f868103871696879004966002600389028118808a02820302808a02820302808a02820302808a02820302808a02820302808a02909103029181900381900460010185841190960395909502919093039390930492909217029150509392505050565b5f82821882841002821861050a565b5f808060608401356114676101c087016101a088016131de565b6fffffffffffffffffffffffffffffffff1611156114b55760016114936101c087016101a088016131de565b9093506fffffffffffffffffffffffffffffffff169150506060830135611844565b60808401356114cc6101e087016101c088016131de565b6fffffffffffffffffffffffffffffffff16111561151a5760026114f86101e087016101c088016131de565b9093506fffffffffffffffffffffffffffffffff169150506080830135611844565b61152c610120870161010088016131de565b6fffffffffffffffffffffffffffffffff166115506101a0870161018088016131de565b6fffffffffffffffffffffffffffffffff1610156115af57600361157c6101a0870161018088016131de565b61158e61012089016101008a016131de565b9194506fffffffffffffffffffffffffffffffff9081169350169050611844565b60a08401356115c66101a0870161018088016131de565b6fffffffffffffffffffffffffffffffff1611156116145760046115f26101a0870161018088016131de565b9093506fffffffffffffffffffffffffffffffff1691505060a0830135611844565b6116266101408601610120870161320d565b63ffffffff1661163e6101608701610140880161320d565b63ffffffff16111561168557600561165e6101608701610140880161320d565b6116706101408801610120890161320d565b91945063ffffffff9081169350169050611844565b6116976101408601610120870161320d565b63ffffffff166116af6101808701610160880161320d565b63ffffffff1611156116cf57600661165e6101808701610160880161320d565b6116df60c0870160a0880161320d565b63ffffffff166116f76101408701610120880161320d565b63ffffffff1610156117275760076117176101408701610120880161320d565b61167060c0890160a08a0161320d565b61173760e0870160c0880161320d565b63ffffffff1661174f6101608701610140880161320d565b63ffffffff16101561177f57600861176f6101608701610140880161320d565b61167060e0890160c08a0161320d565b60c084013561179661020087016101e08801613149565b67ffffffffffffffff1611156117d45760096117ba61020087016101e08801613149565b90935067ffffffffffffffff1691505060c0830135611844565b5f8760a0015163ffffffff168561010001356117f091906130ab565b905060e085013561180961020088016101e08901613149565b67ffffffffffffffff161180156118235750846040013581115b1561183957600a93509150506040830135611844565b5f5f5f935093509350505b9450945094915050565b5f5f5f5f61185c8886611eba565b61186e61012088016101008901613149565b67ffffffffffffffff16633b9aca0061188f6101208b016101008c016131de565b6118a16101a08b016101808c016131de565b6118ab9190613226565b6118b5919061324e565b6fffffffffffffffffffffffffffffffff166118d760608b0160408c01613149565b67ffffffffffffffff166118eb91906130ab565b6118f591906130ab565b6118ff91906130ab565b90508061191260e0880160c08901613149565b67ffffffffffffffff16111561194a57600b61193460e0880160c08901613149565b90945067ffffffffffffffff1692509050611844565b5f61198961195b60208a018a613149565b61196b60608a0160408b01613149565b611975919061328d565b67ffffffffffffffff168760200135611f01565b90505f61199c60c08a0160a08b0161320d565b6119ae6101408a016101208b0161320d565b6119b891906132ad565b63ffffffff1690505f828b6060015163ffffffff166119d79190613094565b9050808211156119f257600c96509094509250611844915050565b611a0260e08b0160c08c0161320d565b611a146101608b016101408c0161320d565b611a1e91906132ad565b63ffffffff169150828b6080015163ffffffff16611a3c9190613094565b905080821115611a5757600d96509094509250611844915050565b505f9a8b9a508a9950975050505050505050565b604080516080810182525f8082526020820181905291810182905260608101829052819081905f611aa461012089016101008a016131de565b6fffffffffffffffffffffffffffffffff16611ac86101a089016101808a016131de565b6fffffffffffffffffffffffffffffffff16611aea60a08b0160808c01613149565b67ffffffffffffffff16611b0460808c0160608d01613149565b67ffffffffffffffff16611b1e60608d0160408e01613149565b67ffffffffffffffff16611b3860408e0160208f01613149565b67ffffffffffffffff16611b4c91906130ab565b611b5691906130ab565b611b609190613108565b611b6e90633b9aca00613094565b611b7891906130ab565b611b829190613108565b90505f611b976101c089016101a08a016131de565b6fffffffffffffffffffffffffffffffff16611bbb6101208a016101008b01613149565b67ffffffffffffffff16611bd66101008b0160e08c01613149565b67ffffffffffffffff16611bf060e08c0160c08d01613149565b67ffffffffffffffff16611c0a60c08d0160a08e01613149565b67ffffffffffffffff16611c1e91906130ab565b611c2891906130ab565b611c329190613108565b611c4090633b9aca00613094565b611c4a91906130ab565b90505f611c5f6101408b016101208c016131de565b611c7b906fffffffffffffffffffffffffffffffff16846130ab565b9050611c8f61018089016101608a0161312e565b1515606085015280821115611ce8575f611cb7858d8d8d8d89611cb2898b613108565b611f34565b905080611cc48385613108565b1115611ce657600e611cd68385613108565b8297509750975050505050610d3c565b505b5f818310611cf6575f611d09565b611d09611d038484613108565b8561212f565b9050611d1d6101808a016101608b0161312e565b611d275780611d29565b5f5b6101408c013560101b178086525f90611d419061215c565b90505f82118015611d5b57508c6040015163ffffffff1681115b15611d7e5760408d0151600f995090975063ffffffff169550610d3c9350505050565b505f9c8d9c508c9b5094995093975050505050505050565b5f8160c001518260a001518361010001518460800151611db691906130ab565b611dc09190613108565b611dca91906130ab565b8261012001518360e00151611ddf91906130ab565b61034d9190613162565b5f8360c0015115611dfc5750600461050a565b5f611e0c8560600151858561138e565b8560400151111590505f611e258660a00151868661138e565b8660800151119050818015611e375750805b611e41575f611e44565b60055b9695505050505050565b5f818314611e6657611e6184848461138e565b610bfe565b509192915050565b5f807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff83850993909202808410938190039390930393915050565b634e487b715f52806020526024601cfd5b5f611ecd6101808301610160840161312e565b611eee57610ab7836020015167ffffffffffffffff1683610120013561143e565b50506020015167ffffffffffffffff1690565b5f815f03611f1357611f136012611ea9565b816001840381611f2557611f256130e1565b04600101831515029392505050565b5f80611f4861018088016101608901613149565b611f609067ffffffffffffffff16633b9aca00613094565b611f706301e13380612710613094565b8635611f7f60208b018b613149565b611f8f60608b0160408c01613149565b611f99919061328d565b67ffffffffffffffff16611fad9190613094565b8a51611fbf9063ffffffff1688613094565b611fc99190613094565b611fd3919061311b565b611fdd91906130ab565b9050611fe98886611eba565b611ff790633b9aca00613094565b61200190826130ab565b91506120156101808601610160870161312e565b612038576120238382612195565b67ffffffffffffffff1660208a015250612124565b61204a610140880161012089016131de565b6fffffffffffffffffffffffffffffffff1661206e6101c088016101a089016131de565b6fffffffffffffffffffffffffffffffff1611156120d357612098610140880161012089016131de565b6120aa6101c088016101a089016131de565b6120b49190613226565b6120d0906fffffffffffffffffffffffffffffffff16836130ab565b91505b6120dd8383612195565b67ffffffffffffffff1660408a01526120fe6101a088016101808901613149565b6121169067ffffffffffffffff16633b9aca00613094565b61212090836130ab565b9150505b979650505050505050565b5f815f03612140575061ffff61034d565b61050a61ffff610c55612156620186a087613094565b85611f01565b5f805b601081101561218f5761ffff612176826010613094565b84901c168261218591906130ab565b915060010161215f565b50919050565b5f8183116121a457505f61034d565b61050a67ffffffffffffffff610c556121bd8587613108565b633b9aca00611f01565b604080518082019091525f8152602081016121e06121e5565b905290565b6040518061022001604052805f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f151581526020015f151581526020015f6006811115612237576122376123e1565b81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81526020015f81525090565b60405180608001604052805f60ff1681526020015f81526020015f81526020016121e060405180608001604052805f81526020015f67ffffffffffffffff1681526020015f67ffffffffffffffff1681526020015f151581525090565b5f60e0828403121561218f575f5ffd5b5f60e082840312156122ea575f5ffd5b61050a83836122ca565b5f5f6101008385031215612306575f5ffd5b61231084846122ca565b9460e0939093013593505050565b60e0810161034d828480511515825260208101516020830152604081015160408301526060810151606083015260808101511515608083015260a081015160a083015260c081015160c08301525050565b5f5f60208385031215612380575f5ffd5b823567ffffffffffffffff811115612396575f5ffd5b8301601f810185136123a6575f5ffd5b803567ffffffffffffffff8111156123bc575f5ffd5b856020610340830284010111156123d1575f5ffd5b6020919091019590945092505050565b634e487b7160e01b5f52602160045260245ffd5b6007811061241157634e487b7160e01b5f52602160045260245ffd5b9052565b805182526020810151602083015260408101516040830152606081015160608301526080810151608083015260a081015160a083015260c081015161245e60c084018215159052565b5060e081015161247260e084018215159052565b506101008101516124876101008401826123f5565b506101208101516101208301526101408101516101408301526101608101516101608301526101808101516101808301526101a08101516101a08301526101c08101516101c08301526101e08101516101e08301526102008101516102008301525050565b602080825282518282018190525f918401906040840190835b818110156125615783517fffffffff000000000000000000000000000000000000000000000000000000008151168452602081015190506125496020850182612415565b50602093909301926102409290920191600101612505565b509095945050505050565b5f5f6040838503121561257d575f5ffd5b82359150602083013573ffffffffffffffffffffffffffffffffffffffff811681146125a7575f5ffd5b809150509250929050565b5f6103408284031280156125c4575f5ffd5b509092915050565b610220810161034d8284612415565b5f5f83601f8401126125eb575f5ffd5b50813567ffffffffffffffff811115612602575f5ffd5b6020830191508360208260051b850101111561261c575f5ffd5b9250929050565b5f5f5f5f60408587031215612636575f5ffd5b843567ffffffffffffffff81111561264c575f5ffd5b8501601f8101871361265c575f5ffd5b803567ffffffffffffffff811115612672575f5ffd5b87602060e083028401011115612686575f5ffd5b60209182019550935085013567ffffffffffffffff8111156126a6575f5ffd5b6126b2878288016125db565b95989497509550505050565b602080825282518282018190525f918401906040840190835b818110156125615761272d83855180511515825260208101516020830152604081015160408301526060810151606083015260808101511515608083015260a081015160a083015260c081015160c08301525050565b6020939093019260e092909201916001016126d7565b5f5f5f5f5f5f60808789031215612758575f5ffd5b863567ffffffffffffffff81111561276e575f5ffd5b61277a89828a016125db565b909750955050602087013567ffffffffffffffff811115612799575f5ffd5b6127a589828a016125db565b979a9699509760408101359660609091013595509350505050565b602080825282518282018190525f918401906040840190835b818110156125615783518352602093840193909201916001016127d9565b5f5f60208385031215612808575f5ffd5b823567ffffffffffffffff81111561281e575f5ffd5b8301601f8101851361282e575f5ffd5b803567ffffffffffffffff811115612844575f5ffd5b856020610680830284010111156123d1575f5ffd5b602080825282518282018190525f918401906040840190835b81811015612561578351805160ff16845260208082015181860152604080830151818701526060928301518051848801528083015167ffffffffffffffff90811660808901529181015190911660a087015290910151151560c08501529093019260e090920191600101612872565b634e487b7160e01b5f52604160045260245ffd5b60405160e0810167ffffffffffffffff8111828210171561292457634e487b7160e01b5f52604160045260245ffd5b60405290565b604051610220810167ffffffffffffffff8111828210171561292457634e487b7160e01b5f52604160045260245ffd5b604051610280810167ffffffffffffffff8111828210171561292457634e487b7160e01b5f52604160045260245ffd5b803567ffffffffffffffff811681146129a1575f5ffd5b919050565b5f60e08284031280156129b7575f5ffd5b506129c06128f5565b6129c98361298a565b81526129d76020840161298a565b60208201526129e86040840161298a565b60408201526129f96060840161298a565b6060820152612a0a6080840161298a565b6080820152612a1b60a0840161298a565b60a0820152612a2c60c0840161298a565b60c08201529392505050565b67ffffffffffffffff612a4a8261298a565b16825267ffffffffffffffff612a626020830161298a565b16602083015267ffffffffffffffff612a7d6040830161298a565b16604083015267ffffffffffffffff612a986060830161298a565b16606083015267ffffffffffffffff612ab36080830161298a565b166080830152612ac560a0820161298a565b67ffffffffffffffff1660a0830152612ae060c0820161298a565b67ffffffffffffffff811660c0840152505050565b6101008101612b048285612a38565b8260e08301529392505050565b5f60208284031215612b21575f5ffd5b5051919050565b634e487b7160e01b5f52603260045260245ffd5b80151581146101dc575f5ffd5b803582526020808201359083015260408082013590830152606080820135908301526080808201359083015260a0808201359083015260c0810135612b8d81612b3c565b80151560c0840152505050565b813581526020808301359082015260408083013590820152606080830135908201526080808301359082015260a0808301359082015260c0808301359082015260e08083013590820152610100808301359082015261012080830135908201526101408083013590820152610160808301359082015261018080830135908201526101a080830135908201526101c080830135908201526101e08083013590820152610200808301359082015261022080830135908201526102408083013590820152610340810161034d610260808401908501612b49565b80516129a181612b3c565b8051600781106129a1575f5ffd5b5f610220828403128015612c9e575f5ffd5b50612ca761292a565b825181526020808401519082015260408084015190820152606080840151908201526080808401519082015260a08084015190820152612ce960c08401612c73565b60c0820152612cfa60e08401612c73565b60e0820152612d0c6101008401612c7e565b61010082015261012083810151908201526101408084015190820152610160808401519082015261018080840151908201526101a080840151908201526101c080840151908201526101e08084015190820152610200928301519281019290925250919050565b805160208201517fffffffff00000000000000000000000000000000000000000000000000000000811691906004821015610c3e577fffffffff0000000000000000000000000000000000000000000000000000000060049290920360031b82901b161692915050565b5f60e08284031215612ded575f5ffd5b612df56128f5565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a08084013590820152905060c0820135612e3b81612b3c565b60c082015292915050565b5f610340828403128015612e58575f5ffd5b50612e6161295a565b823581526020808401359082015260408084013590820152606080840135908201526080808401359082015260a0808401359082015260c0808401359082015260e08084013590820152610100808401359082015261012080840135908201526101408084013590820152610160808401359082015261018080840135908201526101a080840135908201526101c080840135908201526101e08084013590820152610200808401359082015261022080840135908201526102408084013590820152612f32846102608501612ddd565b6102608201529392505050565b60e0810161034d8284612a38565b5f60e0828403128015612f5e575f5ffd5b50612f676128f5565b8251612f7281612b3c565b81526020838101519082015260408084015190820152606080840151908201526080830151612fa081612b3c565b608082015260a0838101519082015260c0928301519281019290925250919050565b803563ffffffff811681146129a1575f5ffd5b5f60c0828403128015612fe6575f5ffd5b5060405160c0810167ffffffffffffffff8111828210171561301657634e487b7160e01b5f52604160045260245ffd5b60405261302283612fc2565b81526130306020840161298a565b602082015261304160408401612fc2565b604082015261305260608401612fc2565b606082015261306360808401612fc2565b608082015261307460a08401612fc2565b60a08201529392505050565b634e487b7160e01b5f52601160045260245ffd5b808202811582820484141761034d5761034d613080565b8082018082111561034d5761034d613080565b67ffffffffffffffff81811683821602908116908181146104f8576104f8613080565b634e487b7160e01b5f52601260045260245ffd5b5f82613103576131036130e1565b500690565b8181038181111561034d5761034d613080565b5f82613129576131296130e1565b500490565b5f6020828403121561313e575f5ffd5b813561050a81612b3c565b5f60208284031215613159575f5ffd5b61050a8261298a565b8181035f8312801583831316838312821617156104f8576104f8613080565b8082018281125f8312801582168215821617156131a0576131a0613080565b505092915050565b5f7f800000000000000000000000000000000000000000000000000000000000000082036131d8576131d8613080565b505f0390565b5f602082840312156131ee575f5ffd5b81356fffffffffffffffffffffffffffffffff8116811461050a575f5ffd5b5f6020828403121561321d575f5ffd5b61050a82612fc2565b6fffffffffffffffffffffffffffffffff828116828216039081111561034d5761034d613080565b5f6fffffffffffffffffffffffffffffffff83168061326f5761326f6130e1565b806fffffffffffffffffffffffffffffffff84160491505092915050565b67ffffffffffffffff828116828216039081111561034d5761034d613080565b63ffffffff828116828216039081111561034d5761034d61308056",
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
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256) a)
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
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256) a)
func (mathHarness *MathHarness) TryPackScheduleOne(s Schedule, timestamp *big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("scheduleOne", s, timestamp)
}

// UnpackScheduleOne is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x252a6d18.
//
// Solidity: function scheduleOne((uint64,uint64,uint64,uint64,uint64,uint64,uint64) s, uint256 timestamp) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256) a)
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
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256)[] answers)
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
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256)[] answers)
func (mathHarness *MathHarness) TryPackSchedules(list []Schedule, timestamps []*big.Int) ([]byte, error) {
	return mathHarness.abi.Pack("schedules", list, timestamps)
}

// UnpackSchedules is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5926a6b0.
//
// Solidity: function schedules((uint64,uint64,uint64,uint64,uint64,uint64,uint64)[] list, uint256[] timestamps) view returns((bool,uint256,uint256,uint256,bool,uint256,uint256)[] answers)
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
