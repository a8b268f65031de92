package operator

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/contracts/abi"
	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/p2p"
)

// Joining registers a key as a candidate and waits until the owner of the network admits it. It can be run again after any interruption.
type Joining struct {
	Sender
	Key     *bls.SecretKey
	PeerID  consensus.PeerID
	BondWei *big.Int // nil: the least
}

// JoinPlan is what joining would do now.
type JoinPlan struct {
	Registration Registration // as it stands
	BondWei      *big.Int     // that would be sent; nil when nothing is to be sent
	MostWei      *big.Int     // bond and fees at most; likewise
	BalanceWei   *big.Int     // of the owner
	Call         *txmgr.Call
}

// Joined is how far it came.
type Joined struct {
	Registration Registration
	FromRefSlot  uint64 // the member answers from there on; 0 while it is a candidate
	FromTime     uint64 // of that slot, in seconds
}

// ID is the member's identifier.
func (j Joining) ID() common.Hash { return MemberID(j.Key.PublicKey()) }

// Plan looks at the chain and says what joining would do; nothing is sent. Errors: as of Run.
func (j Joining) Plan(ctx context.Context) (JoinPlan, error) {
	r, err := j.Network.Registration(ctx, j.ID())
	if err != nil {
		return JoinPlan{}, err
	}
	plan := JoinPlan{Registration: r}
	if plan.BalanceWei, err = j.Network.Client.BalanceWei(ctx, j.Signer.Address()); err != nil {
		return plan, err
	}
	if r.State != Unknown {
		return plan, j.checkKnown(r)
	}
	if err := j.checkPeerFree(ctx); err != nil {
		return plan, err
	}
	terms, err := j.Network.BondTerms(ctx)
	if err != nil {
		return plan, err
	}
	plan.BondWei = terms.MinBondWei
	if j.BondWei != nil {
		plan.BondWei = j.BondWei
	}
	if plan.BondWei.Cmp(terms.MinBondWei) < 0 {
		return plan, fmt.Errorf("%w: a bond of %s wei is below the least of %s wei", ErrArgument, plan.BondWei, terms.MinBondWei)
	}
	plan.Call = &txmgr.Call{To: j.Network.Manifest.Contracts.OracleCommittee, ValueWei: plan.BondWei, Data: j.registration()}
	prepared, err := j.Network.Client.Prepare(ctx, j.Signer.Address(), *plan.Call, j.Fees)
	if err != nil {
		return plan, fmt.Errorf("register: %w", err)
	}
	plan.MostWei = prepared.MostWei()
	return plan, nil
}

// registration is the call that registers the key for the signer's account.
func (j Joining) registration() []byte {
	m := j.Network.Manifest
	proof := j.Key.ProvePossession(new(big.Int).SetUint64(m.ChainID), m.Contracts.OracleCommittee, j.Signer.Address())
	return bindings.NewOracleCommittee().PackRegister(abi.PublicKey(j.Key.PublicKey()), []byte(j.PeerID), abi.Signature(proof))
}

// checkKnown judges a key that is registered already.
func (j Joining) checkKnown(r Registration) error {
	switch {
	case r.State == Slashed:
		return fmt.Errorf("%w: member %s signed two reports for one round and lost its bond: it can never join again; find out why before you make new keys",
			ErrSlashed, r.ID)
	case r.State == Left:
		return fmt.Errorf("%w: member %s has left; make new keys with 'oraclenode keys new' in another folder, and fetch the old bond with "+
			"'oraclenode leave --withdraw'", ErrSpent, r.ID)
	case r.Owner != j.Signer.Address():
		return fmt.Errorf("%w: member %s is registered by %s, and you would sign as %s: key and owner are bound for ever; sign as that account, "+
			"or make a new key", ErrWrongOwner, r.ID, r.Owner, j.Signer.Address())
	case r.PeerID != j.PeerID:
		return fmt.Errorf("%w: member %s is registered with peer id %s, and the identity here is %s: restore that identity, or make a new key",
			ErrKeyTaken, r.ID, p2p.PeerIDText(r.PeerID), p2p.PeerIDText(j.PeerID))
	}
	return nil
}

// checkPeerFree refuses the peer id of another member: the two would be taken for one node.
func (j Joining) checkPeerFree(ctx context.Context) error {
	ids, err := j.Network.Upcoming(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		other, err := j.Network.Registration(ctx, id)
		if err != nil {
			return err
		}
		if other.PeerID == j.PeerID {
			return fmt.Errorf("%w: peer id %s is member %s's: make an identity of its own for each key with 'oraclenode keys new --only identity'",
				ErrKeyTaken, p2p.PeerIDText(j.PeerID), id)
		}
	}
	return nil
}

// Run registers the key unless it is registered, and then, with wait, waits for admission. Errors: ErrSlashed, ErrSpent, ErrWrongOwner, ErrKeyTaken,
// ErrArgument, txmgr.ErrFunds, and those of the node.
func (j Joining) Run(ctx context.Context, wait bool) (Joined, error) {
	if err := j.settle(ctx); err != nil {
		return Joined{}, err
	}
	plan, err := j.Plan(ctx)
	if err != nil {
		return Joined{Registration: plan.Registration}, err
	}
	if plan.Call == nil {
		j.report(StepChecked, "The key is registered already: it is a %s.", plan.Registration.State)
	} else {
		j.report(StepChecked, "Chain and contracts are those of the manifest. Registering with a bond of %s wei.", plan.BondWei)
		if _, err := j.send(ctx, *plan.Call); err != nil {
			return Joined{}, fmt.Errorf("register: %w", err)
		}
	}
	return j.await(ctx, wait)
}

// await looks until the candidate is a member.
func (j Joining) await(ctx context.Context, wait bool) (Joined, error) {
	told := false
	for {
		r, err := j.Network.Registration(ctx, j.ID())
		if err != nil {
			return Joined{}, err
		}
		if r.State == Unknown {
			return Joined{Registration: r}, fmt.Errorf("%w: the registration of %s is gone from the chain, by a reorganisation: run join again", ErrNotRegistered, r.ID)
		}
		if err := j.checkKnown(r); err != nil {
			return Joined{Registration: r}, err
		}
		if r.State == Member {
			return j.admitted(ctx, r)
		}
		if !wait {
			return Joined{Registration: r}, nil
		}
		if !told {
			j.report(StepWaiting, "Registered as candidate %s. Waiting until the owner of the network admits it; tell them the member id.", r.ID)
			told = true
		}
		if err := j.Sleep(ctx, j.Every); err != nil {
			return Joined{Registration: r}, fmt.Errorf("wait for admission; the key stays registered, and join can be run again: %w", err)
		}
	}
}

// admitted finds out from when on the member answers.
func (j Joining) admitted(ctx context.Context, r Registration) (Joined, error) {
	from, at, err := j.Network.AnswersFrom(ctx, r.ID)
	if err != nil {
		return Joined{Registration: r}, err
	}
	j.report(StepDone, "Admitted.")
	return Joined{Registration: r, FromRefSlot: from, FromTime: at}, nil
}

// PeerIDText is the peer id as people write it.
func (j Joining) PeerIDText() string { return p2p.PeerIDText(j.PeerID) }
