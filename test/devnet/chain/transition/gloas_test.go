package transition

import (
	"bytes"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/capella"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/gloas"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/ethereum/go-ethereum/common"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/beacon/state"
	"github.com/tidemark-oracle/tidemark/report"
)

// apart is a chain of Gloas whose payloads are made up, and what they paid when they were delivered.
type apart struct {
	*ledger
	waiting   *Requests // of the latest block's payload
	withheld  bool      // that payload
	paid      map[phase0.ValidatorIndex]uint64
	change    func(*Block)
	promised  *Requests             // of the next payload
	owedAtAll []*capella.Withdrawal // by the latest block's payload
}

func newApart(t *testing.T, validators byte, change func(*Spec, []GenesisValidator)) *apart {
	t.Helper()
	l := newLedger(t, validators, func(s *Spec, all []GenesisValidator) {
		*s = s.From(Gloas)
		if change != nil {
			change(s, all)
		}
	})
	return &apart{ledger: l, waiting: EmptyRequests(), paid: make(map[phase0.ValidatorIndex]uint64)}
}

// next lives a block, whose payload is withheld or not.
func (a *apart) next(withheld bool) {
	a.Helper()
	require.NoError(a, a.ProcessSlots(uint64(a.Slot)+1))
	b := a.proposed()
	if a.change != nil {
		a.change(b)
	}
	require.NoError(a, a.ProcessBlock(b, nil))
	if !a.withheld {
		for _, w := range a.owedAtAll {
			a.paid[w.ValidatorIndex] += uint64(w.Amount)
		}
	}
	a.owedAtAll, a.withheld, a.change = a.PayloadExpectedWithdrawals, withheld, nil
	a.waiting, a.promised = a.promised, nil
	if a.waiting == nil {
		a.waiting = EmptyRequests()
	}
}

// proposed is a block of the state's slot.
func (a *apart) proposed() *Block {
	a.Helper()
	b := a.rules.EmptyBlock(uint64(a.Slot))
	var err error
	b.ParentRoot, err = a.ParentRoot()
	require.NoError(a, err)
	var delivered *Requests
	if !a.withheld {
		delivered, b.ParentRequests = a.waiting, a.waiting
	}
	b.Bid.ParentBlockHash, _, err = a.NextPayload(delivered)
	require.NoError(a, err)
	b.Bid.ParentBlockRoot, b.Bid.PrevRandao = b.ParentRoot, a.PrevRandao()
	b.Bid.BlockHash = phase0.Hash32{byte(a.Slot), byte(a.Slot >> 8), 1}
	promised := a.promised
	if promised == nil {
		promised = EmptyRequests()
	}
	b.Bid.ExecutionRequestsRoot, err = a.rules.Root(promised)
	require.NoError(a, err)
	return b
}

func (a *apart) live(slots int) {
	a.Helper()
	for range slots {
		a.next(false)
	}
}

// TestEveryStateReadsAsItsForkSays leads one chain over both forks. The oracle's own reader, which shares no code with go-eth2-client, finds the same roots.
func TestEveryStateReadsAsItsForkSays(t *testing.T) {
	l := newLedger(t, 9, func(s *Spec, all []GenesisValidator) {
		s.FuluForkEpoch, s.GloasForkEpoch = 3, 6
		all[1].BalanceGwei = 40 * ether
	})
	spec, err := state.ParseSpec(l.rules.spec.Values())
	require.NoError(t, err)
	read := func(fork string) {
		t.Helper()
		require.Equal(t, fork, l.Version().String())
		data, err := l.Encode()
		require.NoError(t, err)
		root, err := l.Root()
		require.NoError(t, err)
		parsed, err := state.ParseFork(fork)
		require.NoError(t, err)
		want := common.Hash(root)
		got, err := state.Read(t.Context(), bytes.NewReader(data), parsed, spec, &want, state.Query{})
		require.NoError(t, err)
		require.Equal(t, common.Hash(l.LatestExecutionHash()), got.LatestBlockHash)
		require.Equal(t, uint64(len(l.PayloadExpectedWithdrawals)), got.ExpectedTotal)
		again, err := l.rules.Decode(data)
		require.NoError(t, err)
		rootAgain, err := again.Root()
		require.NoError(t, err)
		require.Equal(t, root, rootAgain)
	}
	for range 12 {
		read("electra")
		l.advance(1)
	}
	l.requireFork("electra", 12)
	a := &apart{ledger: l, waiting: EmptyRequests(), paid: make(map[phase0.ValidatorIndex]uint64)}
	for range 11 {
		read("fulu")
		l.advance(1)
	}
	last := l.LatestExecutionHash()
	a.next(false)
	require.Equal(t, last, l.LatestBlockHash, "the first block of Gloas knows no newer payload than Fulu's last")
	require.Equal(t, phase0.Version{0x17, 0, 0, 0x37}, l.Fork.CurrentVersion)
	require.Equal(t, phase0.Version{0x16, 0, 0, 0x37}, l.Fork.PreviousVersion)
	for i := range 30 {
		read("gloas")
		a.next(i%3 == 1)
	}
	require.NoError(t, l.ProcessSlots(uint64(l.Slot)+9))
	read("gloas")
}

// requireFork checks that slot is the first of the fork after.
func (l *ledger) requireFork(before string, slot phase0.Slot) {
	l.Helper()
	require.Equal(l, slot, l.Slot)
	require.NotEqual(l, before, l.Version().String())
}

func TestAStateKnowsAPayloadOnceTheNextBlockBuildsUponIt(t *testing.T) {
	a := newApart(t, 8, nil)
	a.live(3)
	a.next(false)
	own := a.LatestExecutionPayloadBid.BlockHash
	require.NotEqual(t, own, a.LatestBlockHash)
	a.next(true)
	require.Equal(t, own, a.LatestBlockHash)
	a.next(true)
	a.next(false)
	require.Equal(t, own, a.LatestBlockHash, "withheld payloads were taken for included ones")
	availability := func(slot uint64) bool { return a.ExecutionPayloadAvailability[slot/8]>>(slot%8)&1 == 1 }
	require.True(t, availability(4))
	require.False(t, availability(5))
	require.False(t, availability(6))
}

func TestRequestsCountWhenTheNextBlockBuildsUponTheirPayload(t *testing.T) {
	a := newApart(t, 8, nil)
	a.live(4)
	deposit := &gloas.ExecutionRequests{Deposits: []*electra.DepositRequest{a.depositOf(100, credentials(1, 9), 32*ether)}}
	for name, withheld := range map[string]bool{"withheld": true, "delivered": false} {
		before := len(a.PendingDeposits)
		a.promised = deposit
		a.next(withheld)
		require.Len(t, a.PendingDeposits, before, name)
		a.next(false)
		if withheld {
			require.Len(t, a.PendingDeposits, before, name)
			continue
		}
		require.Len(t, a.PendingDeposits, before+1, name)
		require.Equal(t, a.Slot, a.PendingDeposits[before].Slot, "it counts from the block that builds upon it")
	}
	require.Equal(t, uint64(farFuture), a.DepositRequestsStartIndex)
	a.live(20)
	require.Empty(t, a.PendingDeposits)
	require.Len(t, a.Validators, 9)
}

func (l *ledger) depositOf(signer byte, to [32]byte, gwei uint64) *electra.DepositRequest {
	l.Helper()
	k := key(l.T, signer)
	signature := k.Sign(report.DepositSigningRoot([48]byte(k.PublicKey().Bytes()), to, gwei, l.rules.spec.GenesisForkVersion))
	return &electra.DepositRequest{
		Pubkey: phase0.BLSPubKey(k.PublicKey().Bytes()), WithdrawalCredentials: to[:], Amount: phase0.Gwei(gwei), Signature: phase0.BLSSignature(signature.Bytes()),
	}
}

// TestNoEtherIsLostOrMadeBetweenTheLayers sweeps excess while payloads are withheld: balances, what is in flight and what was paid keep their sum.
func TestNoEtherIsLostOrMadeBetweenTheLayers(t *testing.T) {
	a := newApart(t, 8, func(s *Spec, all []GenesisValidator) {
		s.BaseRewardFactor = 1 // rewards of less than a gwei
		for i := range all {
			all[i].BalanceGwei = uint64(33+i) * ether
		}
	})
	sum := func() (gwei uint64) {
		for _, b := range a.Balances {
			gwei += uint64(b)
		}
		for _, w := range a.owedAtAll {
			gwei += uint64(w.Amount)
		}
		for _, paid := range a.paid {
			gwei += paid
		}
		return gwei
	}
	before := sum()
	for i := range 3 {
		a.next(i != 2)
		require.Equal(t, before, sum())
		require.Len(t, a.PayloadExpectedWithdrawals, 8, "an empty parent leaves what its payload owes")
		require.Empty(t, a.paid)
	}
	a.next(false)
	require.Equal(t, before, sum())
	require.Empty(t, a.PayloadExpectedWithdrawals, "a full parent has paid")
	require.Equal(t, uint64(8*ether), a.paid[7])
}

func TestABuilderPaysWhenItsPayloadIsIncluded(t *testing.T) {
	a, to := withBuilder(t)
	a.bid(2*ether, to)
	a.next(false)
	require.Empty(t, a.BuilderPendingWithdrawals)
	a.next(false)
	require.Len(t, a.PayloadExpectedWithdrawals, 1)
	paid := a.PayloadExpectedWithdrawals[0]
	require.Equal(t, phase0.ValidatorIndex(1<<40), paid.ValidatorIndex)
	require.Equal(t, to, paid.Address)
	require.Equal(t, phase0.Gwei(2*ether), paid.Amount)
	require.Equal(t, phase0.Gwei(8*ether), a.Builders[0].Balance)
	a.next(false)
	require.Equal(t, uint64(2*ether), a.paid[1<<40])
}

func TestABuilderThatWithholdsPaysWhatWasAttestedTo(t *testing.T) {
	a, to := withBuilder(t)
	a.bid(2*ether, to)
	a.next(true)
	bidEpoch := a.Epoch()
	for a.Epoch() < bidEpoch+2 {
		require.Empty(t, a.BuilderPendingWithdrawals)
		require.NotContains(t, a.paid, phase0.ValidatorIndex(1<<40))
		a.next(false)
	}
	a.live(2)
	require.Equal(t, uint64(2*ether), a.paid[1<<40])
}

func TestASlashedProposerIsNotPaid(t *testing.T) {
	a, to := withBuilder(t)
	a.bid(2*ether, to)
	a.next(true)
	a.change = func(b *Block) {
		header := func(body byte) *phase0.SignedBeaconBlockHeader {
			return &phase0.SignedBeaconBlockHeader{Message: &phase0.BeaconBlockHeader{Slot: a.Slot - 1, BodyRoot: phase0.Root{body}}}
		}
		b.ProposerIndex = 1
		b.Body.ProposerSlashings = []*phase0.ProposerSlashing{{SignedHeader1: header(1), SignedHeader2: header(2)}}
	}
	a.next(false)
	require.True(t, a.Validators[0].Slashed)
	for range 16 {
		a.change = func(b *Block) { b.ProposerIndex = 1 }
		a.next(false)
	}
	require.NotContains(t, a.paid, phase0.ValidatorIndex(1<<40))
}

// withBuilder is a chain on which builder 0 is active and has ten ether.
func withBuilder(t *testing.T) (a *apart, feeRecipient bellatrix.ExecutionAddress) {
	t.Helper()
	a = newApart(t, 8, nil)
	a.addBuilder(phase0.BLSPubKey{1}, [20]byte{2}, 10*ether)
	a.live(20)
	require.NoError(t, a.CheckBid(0, 9*ether))
	require.ErrorIs(t, a.CheckBid(0, 9*ether+1), ErrBid, "a builder keeps its deposit")
	require.ErrorIs(t, a.CheckBid(1, 0), ErrBid)
	return a, bellatrix.ExecutionAddress{0xfe}
}

func (a *apart) bid(gwei uint64, to bellatrix.ExecutionAddress) {
	a.change = func(b *Block) { b.Bid.BuilderIndex, b.Bid.Value, b.Bid.FeeRecipient = 0, phase0.Gwei(gwei), to }
}

func TestABuilderThatLeftGetsItsBalance(t *testing.T) {
	a, _ := withBuilder(t)
	a.promised = EmptyRequests()
	a.promised.BuilderExits = []*gloas.BuilderExitRequest{{SourceAddress: bellatrix.ExecutionAddress{2}, Pubkey: phase0.BLSPubKey{1}}}
	a.next(false)
	a.next(false)
	require.NotEqual(t, phase0.Epoch(farFuture), a.Builders[0].WithdrawableEpoch)
	require.ErrorIs(t, a.CheckBid(0, 0), ErrBid)
	a.live(24)
	require.Zero(t, a.Builders[0].Balance)
	require.Equal(t, uint64(10*ether), a.paid[1<<40])
}

func TestBlocksOfGloasThatDoNotFollowAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Block){
		"slot of the bid":        func(b *Block) { b.Bid.Slot++ },
		"randao of the bid":      func(b *Block) { b.Bid.PrevRandao[0]++ },
		"parent root of the bid": func(b *Block) { b.Bid.ParentBlockRoot[0]++ },
		"unknown parent payload": func(b *Block) { b.Bid.ParentBlockHash[0]++ },
		"a proposer pays itself": func(b *Block) { b.Bid.Value = 1 },
		"no such builder":        func(b *Block) { b.Bid.BuilderIndex = 7 },
		"requests of another": func(b *Block) {
			b.ParentRequests.Withdrawals = append(b.ParentRequests.Withdrawals, &electra.WithdrawalRequest{})
		},
		"requests of an empty one": func(b *Block) {
			b.Bid.ParentBlockHash[0]++
			b.ParentRequests.Deposits = append(b.ParentRequests.Deposits, &electra.DepositRequest{WithdrawalCredentials: make([]byte, 32)})
		},
		"parent of the beacon chain": func(b *Block) { b.ParentRoot[0]++ },
	} {
		a := newApart(t, 4, nil)
		a.live(2)
		require.NoError(t, a.ProcessSlots(uint64(a.Slot)+1))
		b := a.proposed()
		spoil(b)
		require.ErrorIs(t, a.ProcessBlock(b, nil), ErrBlock, name)
	}
}

func TestExitsAreNotBoundedInGloas(t *testing.T) {
	for fork, want := range map[Fork]uint64{Fulu: 64 * ether, Gloas: 128 * ether} {
		l := newLedger(t, 8, func(s *Spec, _ []GenesisValidator) {
			*s = s.From(fork)
			s.ChurnLimitQuotient, s.ChurnLimitQuotientGloas = 2, 2
			s.MinPerEpochChurnLimitElectraGwei, s.MaxPerEpochActivationExitChurnLimitGwei, s.MaxPerEpochActivationChurnLimitGloasGwei = 32*ether, 64*ether, 64*ether
		})
		require.Equal(t, want, l.fork.rules().exitChurn(l.State), fork)
		require.Equal(t, uint64(64*ether), l.fork.rules().activationChurn(l.State), fork)
	}
}
