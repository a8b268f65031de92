package devnet

import (
	"context"
	"fmt"
	"math/big"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain"
	"github.com/tidemark-oracle/tidemark/test/devnet/chain/transition"
	"github.com/tidemark-oracle/tidemark/test/devnet/follow"
	"github.com/tidemark-oracle/tidemark/test/devnet/network"
	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// withheldCase is a part of payload-withheld: payloads that nobody delivers around a reference slot.
type withheldCase struct {
	what        string
	first, last int  // slots after the reference slot; negative: before
	late        bool // the payload is executed, and comes too late to be built upon
	inFlight    bool
	// frames that this takes, of which the last is reported.
	frames uint64
}

// withheldCases: when the payload of the reference block's child is withheld, EIP-4788 never knows the reference block. It is proven by the headers above it, and
// beyond four of them by what a later state remembers.
func withheldCases() []withheldCase {
	return []withheldCase{
		{what: "of the reference slot", frames: 1},
		{what: "of the reference slot", late: true, frames: 1},
		{what: "of the epoch up to the reference slot", first: -3, inFlight: true, frames: 1},
		{what: "of the reference slot's child", first: 1, last: 1, frames: 1},
		{what: "of five children in a row", first: 1, last: 5, frames: 1},
		{what: "of a whole frame", first: 1, last: int(network.FrameSlots), inFlight: true, frames: 2},
	}
}

// payloadWithheld has proposers and builders deliver no payload where it hurts.
func payloadWithheld() scenario {
	frames := 1
	for _, c := range withheldCases() {
		frames += int(c.frames)
	}
	return scenario{
		name: "payload-withheld",
		summary: "Payloads around reference slots are withheld or late, then those of a whole frame are withheld. Reports are computed at the newest execution block that the state knows, " +
			"and count what is deducted and not paid yet. The frame without an execution block is not reported, the next one is.",
		frames: frames, needs: transition.Gloas,
		terms: func(t *network.Terms) { t.Spec.MaxWithdrawalsPerPayload = 64 }, // one block sweeps all validators
		run:   runPayloadWithheld,
	}
}

func runPayloadWithheld(ctx context.Context, env *environment) error {
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	k := uint64(1)
	for _, c := range withheldCases() {
		if err := env.withhold(ctx, k, c); err != nil {
			return fmt.Errorf("the payload %s: %w", c.what, err)
		}
		k += c.frames
	}
	return nil
}

// withhold plays a case in the k-th frame and those that it takes, of which the last is reported.
func (env *environment) withhold(ctx context.Context, k uint64, c withheldCase) error {
	refSlot := env.RefSlot(k)
	first, last := uint64(int(refSlot)+c.first), uint64(int(refSlot)+c.last)
	if c.late {
		env.Chain.Plan(first, last, chain.DeliverLate)
		env.printer.printStep("The payload %s comes too late: the execution block of slot %d is replaced.", c.what, first)
	} else {
		env.Chain.Plan(first, last, chain.Withhold)
		env.printer.printStep("The payload %s is withheld: slots %d to %d bring no execution block.", c.what, first, last)
	}
	reported := k + c.frames - 1
	f, err := env.awaitReport(ctx, reported)
	if err != nil {
		return err
	}
	for silent := k; silent < reported; silent++ {
		if env.frame(silent).rebase != nil {
			return fmt.Errorf("%w: frame %d was reported without an execution block", ErrOutcome, silent+1)
		}
	}
	taken, _ := f.accepted()
	if inFlight := taken.Report.ClInFlightGwei; c.inFlight != (inFlight > 0) {
		return fmt.Errorf("%w: the report says that %d gwei are in flight", ErrOutcome, inFlight)
	}
	env.printer.printStep("Frame %d is reported. %s ETH were deducted and not paid yet.", reported+1, ether(gweiToWei(taken.Report.ClInFlightGwei), 6))
	return nil
}

func gweiToWei(gwei uint64) *big.Int {
	return new(big.Int).Mul(new(big.Int).SetUint64(gwei), big.NewInt(1e9))
}

// forkCrossing has Gloas and Amsterdam begin in the middle of a frame.
func forkCrossing() scenario {
	const forkEpoch = network.FirstEpoch + 5
	return scenario{
		name: "fork-crossing",
		summary: "The chain crosses from Fulu and Osaka to Gloas and Amsterdam in the middle of a frame, with deposits and exits on the way. Each frame is reported, " +
			"the new validators count, and the stake of those that left comes home.",
		frames: 4, needs: transition.Gloas,
		terms: func(t *network.Terms) {
			t.Spec = t.Spec.From(transition.Fulu)
			t.Spec.GloasForkEpoch = forkEpoch
		},
		run: func(ctx context.Context, env *environment) error { return runForkCrossing(ctx, env, forkEpoch) },
	}
}

func runForkCrossing(ctx context.Context, env *environment, forkEpoch uint64) error {
	forkSlot := forkEpoch * env.Schedule.SlotsPerEpoch
	if err := env.openBeforeFork(ctx, forkSlot); err != nil {
		return err
	}
	before, err := env.awaitReport(ctx, 0)
	if err != nil {
		return err
	}
	if err := env.fundOverFork(ctx, forkSlot); err != nil {
		return err
	}
	if _, err := env.Send(ctx, network.Call{
		From: env.Accounts.Owner, To: env.Manifest.Contracts.OperatorRegistry, Wei: localnet.Ether(1),
		Data: bindings.NewOperatorRegistry().PackRequestExits([]uint64{0, 1}), // keys of operator 0
	}); err != nil {
		return err
	}
	env.printer.printStep("Two validators are asked to leave, and one gets the rest of its ether. Gloas begins in slot %d.", forkSlot)
	for k := uint64(1); k < 4; k++ {
		if _, err := env.awaitReport(ctx, k); err != nil {
			return err
		}
	}
	first, _ := before.accepted()
	last, _ := env.frame(3).accepted()
	if last.Report.Validators <= first.Report.Validators || last.Report.Exited != first.Report.Exited+2 {
		return fmt.Errorf("%w: %d validators, %d exited before, and %d, %d after", ErrOutcome,
			first.Report.Validators, first.Report.Exited, last.Report.Validators, last.Report.Exited)
	}
	env.printer.printStep("%d validators, of which %d have left: both forks' states were reported on.", last.Report.Validators, last.Report.Exited)
	return nil
}

// openBeforeFork sends the next key its first ether as late as that can be before a fork: it is a validator just before it.
func (env *environment) openBeforeFork(ctx context.Context, forkSlot uint64) error {
	quiet := forkSlot - env.DeployConfig().Staking.ForkQuietSeconds/env.Schedule.SecondsPerSlot
	if err := env.awaitSlot(ctx, quiet-3); err != nil {
		return err
	}
	opened := env.countActs(follow.OpenedKey)
	if _, err := env.Send(ctx, env.PredepositCall(1)); err != nil {
		return err
	}
	return env.await(ctx, "a key has its first ether", quiet, func() bool { return env.countActs(follow.OpenedKey) > opened })
}

// fundOverFork proves that key as soon as it can be, and sends it the rest: the deposit is on its way when the fork comes.
func (env *environment) fundOverFork(ctx context.Context, forkSlot uint64) error {
	key := env.follower.Books().UnprovenKeys()[0]
	var prove network.Call
	if err := env.await(ctx, "the key is a validator", forkSlot-1, func() bool {
		var err error
		prove, err = env.ProveCall(ctx, key)
		return err == nil
	}); err != nil {
		return err
	}
	for _, c := range []network.Call{prove, env.TopUpCall(1)} {
		if _, err := env.Send(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// builderIncome has builders pay the pool's proposers into the withdrawal vault.
func builderIncome() scenario {
	return scenario{
		name: "builder-income",
		summary: "A builder pays a proposer of the pool into the withdrawal vault, just before a reference slot; later it withholds its payload and pays nevertheless. " +
			"What it pays is income once it is there, and no stake on the way.",
		frames: 4, needs: transition.Gloas,
		terms: func(t *network.Terms) {
			t.Builders = []chain.Builder{{PublicKey: [48]byte{0xb1}, Address: [20]byte{0xb2}, BalanceGwei: 100e9}}
		},
		run: runBuilderIncome,
	}
}

func runBuilderIncome(ctx context.Context, env *environment) error {
	if _, err := env.awaitReport(ctx, 0); err != nil {
		return err
	}
	const paidGwei = 1_000_000_000
	pay := chain.Bid{ValueGwei: paidGwei, FeeRecipient: env.Manifest.Contracts.WithdrawalVault}
	delivered, withheld := env.RefSlot(1)-1, env.RefSlot(2)-2
	env.Chain.PlanBid(delivered, pay)
	env.Chain.PlanBid(withheld, pay)
	env.Chain.Plan(withheld, withheld, chain.Withhold)
	env.printer.printStep("A builder bids 1 ETH for slots %d and %d, and withholds the second payload.", delivered, withheld)
	onTheWay, err := env.awaitReport(ctx, 1)
	if err != nil {
		return err
	}
	s, err := env.Chain.State(env.RefSlot(1))
	if err != nil {
		return fmt.Errorf("read the reference state: %w", err)
	}
	owed := false
	for _, w := range s.PayloadExpectedWithdrawals {
		owed = owed || uint64(w.ValidatorIndex)>>40 == 1 && uint64(w.Amount) == paidGwei
	}
	taken, _ := onTheWay.accepted()
	if !owed || taken.Report.ClInFlightGwei >= paidGwei {
		return fmt.Errorf("%w: the builder's payment is on the way: %t, and %d gwei of stake are", ErrOutcome, owed, taken.Report.ClInFlightGwei)
	}
	for k := uint64(2); k < 4; k++ {
		f, err := env.awaitReport(ctx, k)
		if err != nil {
			return err
		}
		if f.rebase.Effect.FromWithdrawals.Cmp(gweiToWei(paidGwei)) < 0 {
			return fmt.Errorf("%w: frame %d pulled %s ETH, less than the builder paid", ErrOutcome, k+1, ether(f.rebase.Effect.FromWithdrawals, 6))
		}
		env.printer.printStep("What the builder paid has come home with frame %d.", k+1)
	}
	return nil
}
