package main

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings/testbindings"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// comparison is what proving a quorum costs as whole transactions, by single ECDSA signatures and by an aggregate.
type comparison struct{ signers, ecdsa, aggregate uint64 }

// quorums that are compared.
func quorums() []int { return []int{5, 17, 22, 25, 86} }

// compare measures transactions that do nothing but prove that q members signed.
func compare(n *localnet.Network) ([]comparison, error) {
	aggregate, err := aggregateGas(n)
	if err != nil {
		return nil, err
	}
	quorum := testbindings.NewEcdsaQuorum()
	created, err := n.Create(n.Accounts.User, common.FromHex(testbindings.EcdsaQuorumMetaData.Bin))
	if err != nil {
		return nil, err
	}
	var list []comparison
	for _, q := range quorums() {
		message := crypto.Keccak256Hash(fmt.Appendf(nil, "vote of %d", q))
		signers, signatures := ecdsaSignatures(q, message)
		if _, err := n.Must(n.Accounts.User, created, nil, quorum.PackAdmit(signers)); err != nil {
			return nil, err
		}
		result, err := n.Must(n.Accounts.User, created, nil, quorum.PackVerify(message, big.NewInt(int64(q)), signatures))
		if err != nil {
			return nil, err
		}
		list = append(list, comparison{uint64(q), result.Receipt.GasUsed, aggregate})
	}
	return list, nil
}

// aggregateGas is one transaction to OracleCommittee.verifyCertificate with all members signing.
func aggregateGas(n *localnet.Network) (uint64, error) {
	frame, err := n.OpenFrame()
	if err != nil {
		return 0, err
	}
	r, err := n.QuietReport(frame)
	if err != nil {
		return 0, err
	}
	certificate, err := n.Certify(r)
	if err != nil {
		return 0, err
	}
	domain := n.Domain()
	result, err := n.Must(n.Accounts.User, n.Contracts.OracleCommittee, nil, verifyData(r, domain.VoteMessage(r.Committee, r.RefSlot, domain.Digest(r)), certificate))
	if err != nil {
		return 0, err
	}
	return result.Receipt.GasUsed, nil
}

func ecdsaSignatures(q int, message common.Hash) ([]common.Address, [][]byte) {
	type signed struct {
		by        common.Address
		signature []byte
	}
	list := make([]signed, 0, q)
	for i := range q {
		account := localnet.NewAccount(fmt.Sprintf("ecdsa %d", i))
		list = append(list, signed{account.Address, account.SignHash(message)})
	}
	slices.SortFunc(list, func(a, b signed) int { return bytes.Compare(a.by[:], b.by[:]) })
	var signers []common.Address
	var signatures [][]byte
	for _, s := range list {
		signers, signatures = append(signers, s.by), append(signatures, s.signature)
	}
	return signers, signatures
}
