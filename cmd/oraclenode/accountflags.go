package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tidemark-oracle/tidemark/internal/cli"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/format"
	"github.com/tidemark-oracle/tidemark/internal/operator"
)

const (
	defaultMaxFeeGwei = 200
	defaultTipGwei    = 1
	// lookEvery is the time between two looks at the chain while something is awaited.
	lookEvery = 4 * time.Second
)

// accountFlags say which account signs, over which endpoints, at what fees.
type accountFlags struct {
	prefix                 string // owner or signer
	keystore, passwordFile namedFile
	remote                 *url.URL
	address                *common.Address
	submitterRemote        *url.URL // of the node's settings
	submitterAddress       *common.Address
	execution              *cli.URLList
	maxFeeGwei, tipGwei    gweiValue
}

// add adds the flags; whose names the account in their help.
func (f *accountFlags) add(cmd *cobra.Command, prefix, whose string) {
	f.prefix, f.execution = prefix, cli.NewURLs()
	f.maxFeeGwei, f.tipGwei = defaultMaxFeeGwei, defaultTipGwei
	flags := cmd.Flags()
	flags.Var(&f.keystore, prefix+"-keystore", "`FILE` of "+whose+"'s geth keystore; default: the submitter's account")
	flags.Var(&f.passwordFile, prefix+"-password-file", "`FILE` of its password")
	flags.Var(cli.URL(&f.remote), prefix+"-remote-signer", "`URL` of a signer such as web3signer or clef, in place of a keystore")
	flags.Var(addressValue(&f.address), prefix+"-address", "account that the remote signer signs for")
	flags.Var(cli.URL(&f.submitterRemote), "remote-signer", "`URL` of the submitter's remote signer, when it has one")
	flags.Var(addressValue(&f.submitterAddress), "submitter-address", "account that the submitter's remote signer signs for")
	flags.Var(f.execution, "execution", "`URL` of an execution node; repeat for several, of which the first usable one is asked")
	flags.Var(&f.maxFeeGwei, "max-fee-gwei", "never pay more for a unit of gas, in gwei")
	flags.Var(&f.tipGwei, "tip-gwei", "tip for a unit of gas, in gwei")
	cli.MarkSetting(flags, "execution", "max-fee-gwei", "tip-gwei", "remote-signer", "submitter-address")
	cli.MarkSecret(flags, "execution", "remote-signer", prefix+"-remote-signer")
	cli.MustMark(cmd.MarkFlagFilename(prefix + "-keystore"))
	cli.MustMark(cmd.MarkFlagFilename(prefix + "-password-file"))
	cli.MustMark(cmd.MarkFlagRequired("execution"))
}

func (f *accountFlags) fees() txmgr.Fees {
	return txmgr.Fees{MaxFeeWei: uint64(f.maxFeeGwei) * 1e9, TipWei: uint64(f.tipGwei) * 1e9}
}

// signer is the account that signs: that of the flags, or the submitter's. Opening a keystore takes about a second.
func (f *accountFlags) signer(env environment, h operator.Home) (txmgr.Signer, error) {
	flag := "--" + f.prefix
	switch {
	case f.remote != nil && f.keystore != "":
		return nil, cli.Usagef("name %s-remote-signer or %s-keystore, not both", flag, flag)
	case f.remote != nil:
		return remoteSigner(f.remote, f.address, flag+"-address")
	case f.passwordFile != "" && f.keystore == "":
		return nil, cli.Usagef("%s-password-file goes with %s-keystore", flag, flag)
	case f.address != nil:
		return nil, cli.Usagef("%s-address is for a remote signer: name it with %s-remote-signer", flag, flag)
	case f.keystore == "" && f.submitterRemote != nil:
		return remoteSigner(f.submitterRemote, f.submitterAddress, "--submitter-address")
	case f.keystore == "":
		return operator.OpenAccount(h.Submitter, h.SubmitterPassword, env.askPassword())
	case f.passwordFile == "" && env.ask == nil:
		return nil, cli.Usagef("%s-keystore needs %s-password-file", flag, flag)
	}
	return operator.OpenAccount(string(f.keystore), string(f.passwordFile), env.askPassword())
}

func remoteSigner(at *url.URL, account *common.Address, flag string) (txmgr.Signer, error) {
	if account == nil {
		return nil, cli.Usagef("a remote signer needs %s: the account that it signs for", flag)
	}
	return txmgr.NewRemoteSigner(txmgr.RemoteOptions{URL: at.String(), Address: *account, HTTP: http.DefaultClient})
}

// sender opens the network and the account. close releases connections.
func (f *accountFlags) sender(ctx context.Context, env environment, h homeFlags, tell func(operator.Progress)) (s operator.Sender, close func(), err error) {
	m, err := h.manifest()
	if err != nil {
		return s, nil, err
	}
	signer, err := f.signer(env, h.home())
	if err != nil {
		return s, nil, err
	}
	network, close, err := operator.OpenNetwork(ctx, m, cli.URLTexts(f.execution.Items))
	if err != nil {
		return s, nil, err
	}
	return operator.Sender{Network: network, Signer: signer, Fees: f.fees(), Sleep: env.sleep, Every: lookEvery, OnProgress: tell}, close, nil
}

// namedFile is an optional flag of a file. What is named and empty is a variable that was not set: it does not stand for the default.
type namedFile string

func (v *namedFile) Type() string   { return "string" }
func (v *namedFile) String() string { return string(*v) }

func (v *namedFile) Set(text string) error {
	if text == "" {
		return errors.New("want the path of a file")
	}
	*v = namedFile(text)
	return nil
}

// addressValue is an optional flag of an account.
func addressValue(at **common.Address) pflag.Value {
	parse := func(text string) (*common.Address, error) {
		address, err := parseAddress(text)
		return &address, err
	}
	return cli.Optional(at, "address", parse, (*common.Address).Hex)
}

// parseAddress reads 0x and 40 hexadecimal digits; where they are in both cases, these are a checksum (EIP-55).
func parseAddress(text string) (common.Address, error) {
	mixed, err := common.NewMixedcaseAddressFromString(text)
	if err != nil || len(text) != 2+2*common.AddressLength {
		return common.Address{}, errors.New("want 0x and 40 hexadecimal digits")
	}
	if hasBothCases(text[2:]) && !mixed.ValidChecksum() {
		return common.Address{}, errors.New("its checksum (EIP-55, the case of the letters) is wrong: a digit was mistyped")
	}
	return mixed.Address(), nil
}

func hasBothCases(digits string) bool {
	var upper, lower bool
	for _, c := range digits {
		upper = upper || 'A' <= c && c <= 'F'
		lower = lower || 'a' <= c && c <= 'f'
	}
	return upper && lower
}

// gweiValue is a fee for a unit of gas.
type gweiValue uint64

// maxGwei is above any sane fee.
const maxGwei = 1_000_000

func (v *gweiValue) Type() string   { return "gwei" }
func (v *gweiValue) String() string { return strconv.FormatUint(uint64(*v), 10) }

func (v *gweiValue) Set(text string) error {
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil || n > maxGwei {
		return fmt.Errorf("want a whole number of gwei up to %d", maxGwei)
	}
	*v = gweiValue(n)
	return nil
}

// etherValue is an optional amount of wei, given in ether.
func etherValue(at **big.Int) pflag.Value {
	return cli.Optional(at, "ETH", parseEther, func(wei *big.Int) string { return format.Exact(wei, format.WeiDecimals) })
}

// maxEtherDigits bounds what is typed: no amount of ether has more.
const maxEtherDigits = 30

func parseEther(text string) (*big.Int, error) {
	whole, fraction, _ := strings.Cut(text, ".")
	digits := whole + fraction
	onlyDigits := strings.Trim(digits, "0123456789") == ""
	if digits == "" || !onlyDigits || len(fraction) > format.WeiDecimals || len(digits) > maxEtherDigits {
		return nil, errors.New("want an amount of ether such as 32 or 0.5, with at most 18 decimals")
	}
	wei, ok := new(big.Int).SetString(digits+strings.Repeat("0", format.WeiDecimals-len(fraction)), 10)
	if !ok {
		return nil, errors.New("want an amount of ether such as 32 or 0.5")
	}
	return wei, nil
}
