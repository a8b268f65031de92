// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package devnetbindings

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

// DevnetDepositContractMetaData contains all meta data concerning the DevnetDepositContract contract.
var DevnetDepositContractMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"deposit\",\"inputs\":[{\"name\":\"pubkey\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"withdrawal_credentials\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"deposit_data_root\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"get_deposit_count\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"get_deposit_root\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"supportsInterface\",\"inputs\":[{\"name\":\"interfaceId\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"pure\"},{\"type\":\"event\",\"name\":\"DepositEvent\",\"inputs\":[{\"name\":\"pubkey\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"},{\"name\":\"withdrawal_credentials\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"},{\"name\":\"amount\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"},{\"name\":\"signature\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"},{\"name\":\"index\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"TreeFull\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongAmount\",\"inputs\":[{\"name\":\"weiAmount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongLength\",\"inputs\":[{\"name\":\"pubkey\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"credentials\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"signature\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"WrongRoot\",\"inputs\":[{\"name\":\"expected\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"actual\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}]",
	ID:  "DevnetDepositContract",
	Bin: "0x6080604052348015600e575f5ffd5b50610fd68061001c5f395ff3fe60806040526004361061003e575f3560e01c806301ffc9a7146100425780632289511814610076578063621fd1301461008b578063c5f2892f146100ac575b5f5ffd5b34801561004d575f5ffd5b5061006161005c366004610b4d565b6100ce565b60405190151581526020015b60405180910390f35b610089610084366004610bd1565b610166565b005b348015610096575f5ffd5b5061009f61041d565b60405161006d9190610ca6565b3480156100b7575f5ffd5b506100c06104c9565b60405190815260200161006d565b5f7fffffffff0000000000000000000000000000000000000000000000000000000082167f01ffc9a700000000000000000000000000000000000000000000000000000000148061016057507fffffffff0000000000000000000000000000000000000000000000000000000082167f8564090700000000000000000000000000000000000000000000000000000000145b92915050565b603086141580610177575060208414155b80610183575060608214155b156101d0576040517fd0b087fc0000000000000000000000000000000000000000000000000000000081526004810187905260248101859052604481018390526064015b60405180910390fd5b5f6101df633b9aca0034610d12565b9050670de0b6b3a76400003410806102035750610200633b9aca0034610d25565b15155b80610215575067ffffffffffffffff81115b1561024e576040517f45d6a8a50000000000000000000000000000000000000000000000000000000081523460048201526024016101c7565b5f6102d189898080601f0160208091040260200160405190810160405280939291908181526020018383808284375f9201919091525061029492508a91508b9050610d38565b87878080601f0160208091040260200160405190810160405280939291908181526020018383808284375f92019190915250889250610636915050565b9050828114610316576040517fa864586d00000000000000000000000000000000000000000000000000000000815260048101849052602481018290526044016101c7565b5f61037c8365ff000000ff00600882811b91821664ff000000ff9390911c92831617601090811b67ffffffffffffffff1665ffff0000ffff67ff00ff00ff00ff0090931666ff00ff00ff00ff90941693909317901c1617602081811b91901c1760c01b90565b6040517fffffffffffffffff000000000000000000000000000000000000000000000000909116602082015260280160405160208183030381529060405290507f649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c58a8a8a8a858b8b6103ec61041d565b604051610400989796959493929190610d7e565b60405180910390a161041182610a0b565b50505050505050505050565b606061048660205465ff000000ff00600882811b91821664ff000000ff9390911c92831617601090811b67ffffffffffffffff1665ffff0000ffff67ff00ff00ff00ff0090931666ff00ff00ff00ff90941693909317901c1617602081811b91901c1760c01b90565b6040517fffffffffffffffff0000000000000000000000000000000000000000000000009091166020820152602801604051602081830303815290604052905090565b6020545f9081908190815b602081101561052e57816001166001146104f7576104f28484610acf565b610514565b6105145f826020811061050c5761050c610df0565b015485610acf565b93506105208384610acf565b9250600191821c91016104d4565b5060028361059960205465ff000000ff00600882811b91821664ff000000ff9390911c92831617601090811b67ffffffffffffffff1665ffff0000ffff67ff00ff00ff00ff0090931666ff00ff00ff00ff90941693909317901c1617602081811b91901c1760c01b90565b6040805160208101939093527fffffffffffffffff000000000000000000000000000000000000000000000000909116908201525f604882015260600160408051601f19818403018152908290526105f091610e34565b602060405180830381855afa15801561060b573d5f5f3e3d5ffd5b5050506040513d601f19601f8201168201806040525081019061062e9190610e3f565b935050505090565b5f5f6002865f60801b604051602001610650929190610e56565b60408051601f198184030181529082905261066a91610e34565b602060405180830381855afa158015610685573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906106a89190610e3f565b90505f5f5f868060200190518101906106c19190610e92565b9250925092505f60028085856040516020016106e7929190918252602082015260400190565b60408051601f198184030181529082905261070191610e34565b602060405180830381855afa15801561071c573d5f5f3e3d5ffd5b5050506040513d601f19601f8201168201806040525081019061073f9190610e3f565b60405160029061075e9086905f90602001918252602082015260400190565b60408051601f198184030181529082905261077891610e34565b602060405180830381855afa158015610793573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906107b69190610e3f565b60408051602081019390935282015260600160408051601f19818403018152908290526107e291610e34565b602060405180830381855afa1580156107fd573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906108209190610e3f565b9050600280868b604051602001610841929190918252602082015260400190565b60408051601f198184030181529082905261085b91610e34565b602060405180830381855afa158015610876573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906108999190610e3f565b60026109008a65ff000000ff00600882811b91821664ff000000ff9390911c92831617601090811b67ffffffffffffffff1665ffff0000ffff67ff00ff00ff00ff0090931666ff00ff00ff00ff90941693909317901c1617602081811b91901c1760c01b90565b604080517fffffffffffffffff00000000000000000000000000000000000000000000000090921660208301525f6028830152810185905260600160408051601f198184030181529082905261095591610e34565b602060405180830381855afa158015610970573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906109939190610e3f565b60408051602081019390935282015260600160408051601f19818403018152908290526109bf91610e34565b602060405180830381855afa1580156109da573d5f5f3e3d5ffd5b5050506040513d601f19601f820116820180604052508101906109fd9190610e3f565b9a9950505050505050505050565b6001610a1960206002610fa0565b610a239190610fab565b60205410610a5d576040517fb48f2cf800000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b5f60205f8154610a6c90610fbe565b918290555090505f5b816001165f03610ab557610a9c5f8260208110610a9457610a94610df0565b015484610acf565b925060019190911c90610aae81610fbe565b9050610a75565b825f8260208110610ac857610ac8610df0565b0155505050565b5f60028383604051602001610aee929190918252602082015260400190565b60408051601f1981840301815290829052610b0891610e34565b602060405180830381855afa158015610b23573d5f5f3e3d5ffd5b5050506040513d601f19601f82011682018060405250810190610b469190610e3f565b9392505050565b5f60208284031215610b5d575f5ffd5b81357fffffffff0000000000000000000000000000000000000000000000000000000081168114610b46575f5ffd5b5f5f83601f840112610b9c575f5ffd5b50813567ffffffffffffffff811115610bb3575f5ffd5b602083019150836020828501011115610bca575f5ffd5b9250929050565b5f5f5f5f5f5f5f6080888a031215610be7575f5ffd5b873567ffffffffffffffff811115610bfd575f5ffd5b610c098a828b01610b8c565b909850965050602088013567ffffffffffffffff811115610c28575f5ffd5b610c348a828b01610b8c565b909650945050604088013567ffffffffffffffff811115610c53575f5ffd5b610c5f8a828b01610b8c565b989b979a50959894979596606090950135949350505050565b5f81518084528060208401602086015e5f602082860101526020601f19601f83011685010191505092915050565b602081525f610b466020830184610c78565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b5f82610d2057610d20610cb8565b500490565b5f82610d3357610d33610cb8565b500690565b80356020831015610160575f19602084900360031b1b1692915050565b81835281816020850137505f602082840101525f6020601f19601f840116840101905092915050565b60a081525f610d9160a083018a8c610d55565b8281036020840152610da481898b610d55565b90508281036040840152610db88188610c78565b90508281036060840152610dcd818688610d55565b90508281036080840152610de18185610c78565b9b9a5050505050505050505050565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b5f81518060208401855e5f93019283525090919050565b5f610b468284610e1d565b5f60208284031215610e4f575f5ffd5b5051919050565b5f610e618285610e1d565b7fffffffffffffffffffffffffffffffff000000000000000000000000000000009390931683525050601001919050565b5f5f5f60608486031215610ea4575f5ffd5b5050815160208301516040909301519094929350919050565b6001815b6001841115610ef857808504811115610edc57610edc610ce5565b6001841615610eea57908102905b60019390931c928002610ec1565b935093915050565b5f82610f0e57506001610160565b81610f1a57505f610160565b8160018114610f305760028114610f3a57610f56565b6001915050610160565b60ff841115610f4b57610f4b610ce5565b50506001821b610160565b5060208310610133831016604e8410600b8410161715610f79575081810a610160565b610f855f198484610ebd565b805f1904821115610f9857610f98610ce5565b029392505050565b5f610b468383610f00565b8181038181111561016057610160610ce5565b5f5f198203610fcf57610fcf610ce5565b506001019056",
}

// DevnetDepositContract is an auto generated Go binding around an Ethereum contract.
type DevnetDepositContract struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *DevnetDepositContract) GetABI() abi.ABI {
	return c.abi
}

// NewDevnetDepositContract creates a new instance of DevnetDepositContract.
func NewDevnetDepositContract() *DevnetDepositContract {
	parsed, err := DevnetDepositContractMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &DevnetDepositContract{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *DevnetDepositContract) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22895118.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit(bytes pubkey, bytes withdrawal_credentials, bytes signature, bytes32 deposit_data_root) payable returns()
func (devnetDepositContract *DevnetDepositContract) PackDeposit(pubkey []byte, withdrawalCredentials []byte, signature []byte, depositDataRoot [32]byte) []byte {
	enc, err := devnetDepositContract.abi.Pack("deposit", pubkey, withdrawalCredentials, signature, depositDataRoot)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x22895118.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit(bytes pubkey, bytes withdrawal_credentials, bytes signature, bytes32 deposit_data_root) payable returns()
func (devnetDepositContract *DevnetDepositContract) TryPackDeposit(pubkey []byte, withdrawalCredentials []byte, signature []byte, depositDataRoot [32]byte) ([]byte, error) {
	return devnetDepositContract.abi.Pack("deposit", pubkey, withdrawalCredentials, signature, depositDataRoot)
}

// PackGetDepositCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x621fd130.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function get_deposit_count() view returns(bytes)
func (devnetDepositContract *DevnetDepositContract) PackGetDepositCount() []byte {
	enc, err := devnetDepositContract.abi.Pack("get_deposit_count")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetDepositCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x621fd130.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function get_deposit_count() view returns(bytes)
func (devnetDepositContract *DevnetDepositContract) TryPackGetDepositCount() ([]byte, error) {
	return devnetDepositContract.abi.Pack("get_deposit_count")
}

// UnpackGetDepositCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x621fd130.
//
// Solidity: function get_deposit_count() view returns(bytes)
func (devnetDepositContract *DevnetDepositContract) UnpackGetDepositCount(data []byte) ([]byte, error) {
	out, err := devnetDepositContract.abi.Unpack("get_deposit_count", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// PackGetDepositRoot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc5f2892f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function get_deposit_root() view returns(bytes32)
func (devnetDepositContract *DevnetDepositContract) PackGetDepositRoot() []byte {
	enc, err := devnetDepositContract.abi.Pack("get_deposit_root")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetDepositRoot is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc5f2892f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function get_deposit_root() view returns(bytes32)
func (devnetDepositContract *DevnetDepositContract) TryPackGetDepositRoot() ([]byte, error) {
	return devnetDepositContract.abi.Pack("get_deposit_root")
}

// UnpackGetDepositRoot is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc5f2892f.
//
// Solidity: function get_deposit_root() view returns(bytes32)
func (devnetDepositContract *DevnetDepositContract) UnpackGetDepositRoot(data []byte) ([32]byte, error) {
	out, err := devnetDepositContract.abi.Unpack("get_deposit_root", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 interfaceId) pure returns(bool)
func (devnetDepositContract *DevnetDepositContract) PackSupportsInterface(interfaceId [4]byte) []byte {
	enc, err := devnetDepositContract.abi.Pack("supportsInterface", interfaceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supportsInterface(bytes4 interfaceId) pure returns(bool)
func (devnetDepositContract *DevnetDepositContract) TryPackSupportsInterface(interfaceId [4]byte) ([]byte, error) {
	return devnetDepositContract.abi.Pack("supportsInterface", interfaceId)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 interfaceId) pure returns(bool)
func (devnetDepositContract *DevnetDepositContract) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := devnetDepositContract.abi.Unpack("supportsInterface", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// DevnetDepositContractDepositEvent represents a DepositEvent event raised by the DevnetDepositContract contract.
type DevnetDepositContractDepositEvent struct {
	Pubkey                []byte
	WithdrawalCredentials []byte
	Amount                []byte
	Signature             []byte
	Index                 []byte
	Raw                   *types.Log // Blockchain specific contextual infos
}

const DevnetDepositContractDepositEventEventName = "DepositEvent"

// ContractEventName returns the user-defined event name.
func (DevnetDepositContractDepositEvent) ContractEventName() string {
	return DevnetDepositContractDepositEventEventName
}

// UnpackDepositEventEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event DepositEvent(bytes pubkey, bytes withdrawal_credentials, bytes amount, bytes signature, bytes index)
func (devnetDepositContract *DevnetDepositContract) UnpackDepositEventEvent(log *types.Log) (*DevnetDepositContractDepositEvent, error) {
	event := "DepositEvent"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != devnetDepositContract.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DevnetDepositContractDepositEvent)
	if len(log.Data) > 0 {
		if err := devnetDepositContract.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range devnetDepositContract.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (devnetDepositContract *DevnetDepositContract) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], devnetDepositContract.abi.Errors["TreeFull"].ID.Bytes()[:4]) {
		return devnetDepositContract.UnpackTreeFullError(raw[4:])
	}
	if bytes.Equal(raw[:4], devnetDepositContract.abi.Errors["WrongAmount"].ID.Bytes()[:4]) {
		return devnetDepositContract.UnpackWrongAmountError(raw[4:])
	}
	if bytes.Equal(raw[:4], devnetDepositContract.abi.Errors["WrongLength"].ID.Bytes()[:4]) {
		return devnetDepositContract.UnpackWrongLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], devnetDepositContract.abi.Errors["WrongRoot"].ID.Bytes()[:4]) {
		return devnetDepositContract.UnpackWrongRootError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// DevnetDepositContractTreeFull represents a TreeFull error raised by the DevnetDepositContract contract.
type DevnetDepositContractTreeFull struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TreeFull()
func DevnetDepositContractTreeFullErrorID() common.Hash {
	return common.HexToHash("0xb48f2cf87f681f6e5e1953ff9a9b61fc72b38e92ba42ee8900d78f5e0dfa0e8a")
}

// UnpackTreeFullError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TreeFull()
func (devnetDepositContract *DevnetDepositContract) UnpackTreeFullError(raw []byte) (*DevnetDepositContractTreeFull, error) {
	out := new(DevnetDepositContractTreeFull)
	if err := devnetDepositContract.abi.UnpackIntoInterface(out, "TreeFull", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DevnetDepositContractWrongAmount represents a WrongAmount error raised by the DevnetDepositContract contract.
type DevnetDepositContractWrongAmount struct {
	WeiAmount *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongAmount(uint256 weiAmount)
func DevnetDepositContractWrongAmountErrorID() common.Hash {
	return common.HexToHash("0x45d6a8a56ea0b72c1b48bb01546cc0ef90bc5f1c35d5785530430a318463ab73")
}

// UnpackWrongAmountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongAmount(uint256 weiAmount)
func (devnetDepositContract *DevnetDepositContract) UnpackWrongAmountError(raw []byte) (*DevnetDepositContractWrongAmount, error) {
	out := new(DevnetDepositContractWrongAmount)
	if err := devnetDepositContract.abi.UnpackIntoInterface(out, "WrongAmount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DevnetDepositContractWrongLength represents a WrongLength error raised by the DevnetDepositContract contract.
type DevnetDepositContractWrongLength struct {
	Pubkey      *big.Int
	Credentials *big.Int
	Signature   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongLength(uint256 pubkey, uint256 credentials, uint256 signature)
func DevnetDepositContractWrongLengthErrorID() common.Hash {
	return common.HexToHash("0xd0b087fc258a19cc9a8fca9d6ac29a5855b6d318c4e64cb53de9ebd8b647c9d8")
}

// UnpackWrongLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongLength(uint256 pubkey, uint256 credentials, uint256 signature)
func (devnetDepositContract *DevnetDepositContract) UnpackWrongLengthError(raw []byte) (*DevnetDepositContractWrongLength, error) {
	out := new(DevnetDepositContractWrongLength)
	if err := devnetDepositContract.abi.UnpackIntoInterface(out, "WrongLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DevnetDepositContractWrongRoot represents a WrongRoot error raised by the DevnetDepositContract contract.
type DevnetDepositContractWrongRoot struct {
	Expected [32]byte
	Actual   [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongRoot(bytes32 expected, bytes32 actual)
func DevnetDepositContractWrongRootErrorID() common.Hash {
	return common.HexToHash("0xa864586d2a8349087c0526b31fd228c7c3946fb4fe0a81d106bb2994a2b3c293")
}

// UnpackWrongRootError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongRoot(bytes32 expected, bytes32 actual)
func (devnetDepositContract *DevnetDepositContract) UnpackWrongRootError(raw []byte) (*DevnetDepositContractWrongRoot, error) {
	out := new(DevnetDepositContractWrongRoot)
	if err := devnetDepositContract.abi.UnpackIntoInterface(out, "WrongRoot", raw); err != nil {
		return nil, err
	}
	return out, nil
}
