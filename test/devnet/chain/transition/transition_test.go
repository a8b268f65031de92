package transition

import (
	"math"
	"testing"

	"github.com/attestantio/go-eth2-client/spec/bellatrix"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"
	"github.com/stretchr/testify/require"

	"github.com/tidemark-oracle/tidemark/internal/bls"
	"github.com/tidemark-oracle/tidemark/report"
)

const ether = 1_000_000_000 // in gwei

// ledger is a chain without an execution node: payloads are made up.
type ledger struct {
	*testing.T
	*State
}

func key(t *testing.T, i byte) *bls.SecretKey {
	t.Helper()
	secret := [32]byte{1, 31: i + 1}
	k, err := bls.ParseSecretKey(secret[:])
	require.NoError(t, err)
	return k
}

func credentials(prefix, account byte) (c [32]byte) {
	c[0], c[31] = prefix, account
	return c
}

func newLedger(t *testing.T, validators byte, change func(*Spec, []GenesisValidator)) *ledger {
	t.Helper()
	spec := Devnet()
	all := make([]GenesisValidator, validators)
	for i := range all {
		all[i] = GenesisValidator{PublicKey: [48]byte(key(t, byte(i)).PublicKey().Bytes()), Credentials: credentials(1, byte(i)), BalanceGwei: 32 * ether}
	}
	if change != nil {
		change(&spec, all)
	}
	rules, err := NewRules(spec, nil)
	require.NoError(t, err)
	s, err := rules.Genesis(Genesis{Time: 1000, Validators: all, Execution: rules.EmptyBody().ExecutionPayload})
	require.NoError(t, err)
	return &ledger{t, s}
}

// block is what the next slot's block may carry; the state is led to that slot.
func (l *ledger) block() *Block {
	l.Helper()
	require.NoError(l, l.ProcessSlots(uint64(l.Slot)+1))
	parent, err := l.ParentRoot()
	require.NoError(l, err)
	b := l.rules.EmptyBlock(uint64(l.Slot))
	b.ParentRoot = parent
	p := b.Body.ExecutionPayload
	p.ParentHash, p.PrevRandao, p.Timestamp = l.LatestExecutionPayloadHeader.BlockHash, l.PrevRandao(), l.Timestamp()
	p.BlockHash, p.BlockNumber = phase0.Hash32{byte(l.Slot), byte(l.Slot >> 8), 1}, uint64(l.Slot)
	p.Withdrawals = l.ExpectedWithdrawals()
	return b
}

func (l *ledger) advance(slots uint64) {
	l.Helper()
	for range slots {
		require.NoError(l, l.ProcessBlock(l.block(), nil))
	}
}

// deposit brings a deposit request into the next block.
func (l *ledger) deposit(signer byte, to [32]byte, gwei uint64, valid bool) {
	l.Helper()
	k := key(l.T, signer)
	signature := k.Sign(report.DepositSigningRoot([48]byte(k.PublicKey().Bytes()), to, gwei, l.rules.spec.GenesisForkVersion))
	if !valid {
		signature = k.Sign([32]byte{1})
	}
	b := l.block()
	b.Body.ExecutionRequests.Deposits = []*electra.DepositRequest{{
		Pubkey: phase0.BLSPubKey(k.PublicKey().Bytes()), WithdrawalCredentials: to[:], Amount: phase0.Gwei(gwei), Signature: phase0.BLSSignature(signature.Bytes()),
	}}
	require.NoError(l, l.ProcessBlock(b, nil))
}

// request brings a withdrawal request into the next block; gwei 0 asks for the exit.
func (l *ledger) request(source byte, validator, gwei uint64) {
	l.Helper()
	b := l.block()
	b.Body.ExecutionRequests.Withdrawals = []*electra.WithdrawalRequest{{
		SourceAddress: bellatrix.ExecutionAddress{19: source}, ValidatorPubkey: l.Validators[validator].PublicKey, Amount: phase0.Gwei(gwei),
	}}
	require.NoError(l, l.ProcessBlock(b, nil))
}

func TestDepositWaitsForFinalityAndBecomesAnActiveValidator(t *testing.T) {
	l := newLedger(t, 8, nil)
	l.advance(16)
	l.deposit(100, credentials(2, 9), 32*ether, true) // compounding: rewards are not swept
	require.Len(t, l.PendingDeposits, 1)
	for len(l.PendingDeposits) > 0 {
		require.Greater(t, uint64(l.PendingDeposits[0].Slot), uint64(l.FinalizedCheckpoint.Epoch)*4-4)
		l.advance(1)
	}
	require.Len(t, l.Validators, 9)
	require.GreaterOrEqual(t, uint64(l.FinalizedCheckpoint.Epoch)*4, uint64(17), "applied before it was final")
	l.advance(32)
	require.True(t, IsActive(l.Validators[8], l.Epoch()))
	require.Greater(t, uint64(l.Balances[8]), uint64(32*ether), "an active validator earns")
}

func TestDepositOfANewKeyNeedsItsSignature(t *testing.T) {
	l := newLedger(t, 8, nil)
	l.deposit(100, credentials(1, 9), 32*ether, false)
	l.deposit(3, credentials(1, 9), ether, false) // a known key needs none
	l.advance(40)
	require.Empty(t, l.PendingDeposits)
	require.Len(t, l.Validators, 8)
	require.Equal(t, credentials(1, 3), [32]byte(l.Validators[3].WithdrawalCredentials))
}

func TestFirstDepositOfAKeyDecidesItsCredentials(t *testing.T) {
	l := newLedger(t, 8, nil)
	l.deposit(100, credentials(1, 66), ether, true)
	l.deposit(100, credentials(1, 9), 32*ether, true)
	l.advance(40)
	require.Len(t, l.Validators, 9)
	require.Equal(t, credentials(1, 66), [32]byte(l.Validators[8].WithdrawalCredentials))
}

func TestChurnSpreadsDepositsAndExitsOverEpochs(t *testing.T) {
	l := newLedger(t, 16, func(s *Spec, _ []GenesisValidator) { s.MinPerEpochChurnLimitElectraGwei = 64 * ether })
	for i := range byte(5) {
		l.deposit(100+i, credentials(1, 9), 32*ether, true)
	}
	counts := map[int]bool{}
	for range 48 {
		l.advance(1)
		counts[len(l.Validators)] = true
	}
	require.Equal(t, map[int]bool{16: true, 18: true, 20: true, 21: true}, counts, "more than two deposits of 32 ether in an epoch")

	b := l.block()
	for i := range phase0.ValidatorIndex(5) {
		b.Body.VoluntaryExits = append(b.Body.VoluntaryExits, &phase0.SignedVoluntaryExit{Message: &phase0.VoluntaryExit{ValidatorIndex: i}})
	}
	require.NoError(t, l.ProcessBlock(b, nil))
	first := uint64(l.Validators[0].ExitEpoch)
	require.Equal(t, l.Epoch()+1+l.rules.spec.MaxSeedLookahead, first)
	for i, behind := range []uint64{0, 0, 1, 1, 2} {
		require.Equal(t, first+behind, uint64(l.Validators[i].ExitEpoch))
		require.Equal(t, first+behind+l.rules.spec.MinValidatorWithdrawabilityDelay, uint64(l.Validators[i].WithdrawableEpoch))
	}
}

func TestPartialWithdrawalOfACompoundingValidator(t *testing.T) {
	l := newLedger(t, 8, func(_ *Spec, all []GenesisValidator) {
		all[2].Credentials, all[2].BalanceGwei = credentials(2, 2), 40*ether
	})
	require.Equal(t, phase0.Gwei(40*ether), l.Validators[2].EffectiveBalance)
	l.advance(20)
	l.request(3, 2, ether)   // a foreign account
	l.request(1, 1, ether)   // not compounding
	l.request(2, 2, 5*ether) // its own
	require.Len(t, l.PendingPartialWithdrawals, 1)
	require.Equal(t, phase0.Gwei(5*ether), l.PendingPartialWithdrawals[0].Amount)
	l.request(2, 2, 0) // no exit while a withdrawal waits
	require.Equal(t, uint64(farFuture), uint64(l.Validators[2].ExitEpoch))
	before, due := l.Balances[2], uint64(l.PendingPartialWithdrawals[0].WithdrawableEpoch)
	for len(l.PendingPartialWithdrawals) > 0 {
		require.LessOrEqual(t, l.Epoch(), due)
		l.advance(1)
	}
	require.Equal(t, due, l.Epoch())
	require.InDelta(t, uint64(before)-5*ether, uint64(l.Balances[2]), 0.1*ether)
	l.request(2, 2, 0)
	require.NotEqual(t, uint64(farFuture), uint64(l.Validators[2].ExitEpoch))
}

func TestExcessIsSweptAndCompoundingExcessIsNot(t *testing.T) {
	l := newLedger(t, 4, func(_ *Spec, all []GenesisValidator) {
		all[1].BalanceGwei = 33 * ether
		all[2].Credentials, all[2].BalanceGwei = credentials(2, 2), 33*ether
		all[3].Credentials, all[3].BalanceGwei = credentials(0, 3), 33*ether
	})
	b := l.block()
	require.Len(t, b.Body.ExecutionPayload.Withdrawals, 1)
	paid := b.Body.ExecutionPayload.Withdrawals[0]
	require.Equal(t, phase0.Gwei(ether), paid.Amount)
	require.Equal(t, bellatrix.ExecutionAddress{19: 1}, paid.Address)
	b.Body.ExecutionPayload.Withdrawals = nil
	require.ErrorIs(t, l.ProcessBlock(b, nil), ErrWithdrawals)
}

func TestRewardsAndPenaltiesAreTheSpecs(t *testing.T) {
	const absentee = 5
	l := newLedger(t, 16, nil)
	for range 7 {
		require.NoError(t, l.ProcessBlock(l.block(), func(i uint64) bool { return i == absentee }))
	}
	require.NoError(t, l.ProcessSlots(8)) // pays for epoch 0
	base := 32 * (uint64(64*ether) / squareRoot(16*32*ether))
	reward := 2*(base*14*15/16/64) + base*26*15/16/64
	require.InDelta(t, 32*ether+reward, uint64(l.Balances[4]), 3)
	require.Equal(t, 32*ether-base*14/64-base*26/64, uint64(l.Balances[absentee]))
}

func TestBlocksThatDoNotFollowAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Block){
		"parent":    func(b *Block) { b.ParentRoot[0]++ },
		"slot":      func(b *Block) { b.Slot++ },
		"proposer":  func(b *Block) { b.ProposerIndex = 99 },
		"payload":   func(b *Block) { b.Body.ExecutionPayload.ParentHash[0]++ },
		"randao":    func(b *Block) { b.Body.ExecutionPayload.PrevRandao[0]++ },
		"timestamp": func(b *Block) { b.Body.ExecutionPayload.Timestamp++ },
	} {
		l := newLedger(t, 4, nil)
		l.advance(3)
		b := l.block()
		spoil(b)
		require.ErrorIs(t, l.ProcessBlock(b, nil), ErrBlock, name)
	}
}

func TestImpossibleParametersAreNamed(t *testing.T) {
	for _, p := range func() []parameter { s := Devnet(); return s.parameters() }() {
		s := Devnet()
		for _, q := range s.parameters() {
			if q.key == p.key {
				*q.value = 0
			}
		}
		_, err := NewRules(s, nil)
		require.ErrorIs(t, err, ErrSpec)
		require.ErrorContains(t, err, p.key)
		for _, q := range s.parameters() {
			if q.key == p.key {
				*q.value = math.MaxUint64
			}
		}
		require.ErrorContains(t, s.Validate(), p.key)
	}
}

// FuzzDecode: no bytes may make the decoding of a state panic, and what is decoded is encoded to the same bytes.
func FuzzDecode(f *testing.F) {
	var all []*Rules
	for _, fork := range Forks() {
		rules, err := NewRules(Devnet().From(fork), nil, Builder{BalanceGwei: ether})
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, rules)
		s, err := rules.Genesis(Genesis{Validators: []GenesisValidator{{PublicKey: [48]byte(keyBytes(f)), BalanceGwei: 32 * ether}}, Execution: rules.EmptyBody().ExecutionPayload})
		if err != nil {
			f.Fatal(err)
		}
		ssz, err := s.Encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(fork), ssz)
	}
	f.Fuzz(func(t *testing.T, fork uint8, b []byte) {
		decoded, err := all[int(fork)%len(all)].Decode(b)
		if err != nil {
			return
		}
		again, err := decoded.Encode()
		require.NoError(t, err)
		require.Len(t, again, len(b))
	})
}

func keyBytes(f *testing.F) []byte {
	secret := [32]byte{31: 7}
	k, err := bls.ParseSecretKey(secret[:])
	if err != nil {
		f.Fatal(err)
	}
	return k.PublicKey().Bytes()
}
