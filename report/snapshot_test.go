package report

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/holiman/uint256"
	"github.com/stretchr/testify/require"
)

var (
	poolCredentials    = common.HexToHash("0x0100000000000000000000001111111111111111111111111111111111111111")
	compounding        = common.HexToHash("0x0200000000000000000000001111111111111111111111111111111111111111")
	dirtyCredentials   = common.HexToHash("0x01ff000000000000000000011111111111111111111111111111111111111111")
	foreignCredentials = common.HexToHash("0x0100000000000000000000002222222222222222222222222222222222222222")
)

func mainnetRules() ConsensusRules {
	return ConsensusRules{
		SecondsPerSlot: 12, SlotsPerEpoch: 32, EffectiveBalanceIncrementGwei: 1e9, BaseRewardFactor: 64, EpochsPerSlashingsVector: 8192,
		ProportionalSlashingMultiplier: 3, MinValidatorWithdrawabilityDelay: 256,
	}
}

func etherWei(n uint64) uint256.Int {
	return *new(uint256.Int).Mul(uint256.NewInt(n), uint256.NewInt(1e18))
}

const (
	refEpoch     = 10_224
	refSlot      = refEpoch*32 + 31
	refTimestamp = 1_700_000_000
)

// baseSnapshot is a pool of three validators with 32 ether each and 4 ether in the buffer, a frame after its last report. Nothing happened since.
func baseSnapshot() Snapshot {
	return Snapshot{
		Domain: Domain{ChainID: big.NewInt(1), Oracle: common.Address{0x0a}}, Committee: common.Hash{0xc0}, RefSlot: refSlot, EpochsPerFrame: 225,
		Block: BlockRef{
			Slot: refSlot, Root: common.Hash{0xb0}, StateRoot: common.Hash{0x50}, ExecutionHash: common.Hash{0xe0}, ExecutionNumber: 123, RefTimestamp: refTimestamp,
		},
		Vault: VaultOf(poolCredentials),
		Consensus: ConsensusLayer{
			Rules:           mainnetRules(),
			Validators:      []PoolValidator{{Index: 5, BalanceGwei: 32e9}, {Index: 9, BalanceGwei: 32e9}, {Index: 12, BalanceGwei: 32e9}},
			TotalActiveGwei: 34_000_000e9, PoolActiveGwei: 96e9,
			Eth1DepositIndex: 77, DepositRequestsStartIndex: 77,
		},
		Execution: ExecutionLayer{
			DepositedWei: etherWei(96), BufferedWei: etherWei(4), TotalPooledWei: etherWei(100), TotalShares: etherWei(100),
			// 1 % a day is a normal reward and the fastest rise; the bucket holds 0.1 ether at the reference slot.
			Terms: PoolTerms{FeeBps: 1000, NormalRewardBps: 36_500, NoisePcm: 20}, Bounds: PoolBounds{MaxRiseBps: 36_500, BucketGwei: 3e9, BucketRefillSeconds: 30 * 86_400},
			Head:         PoolHead{Round: 7, Flags: FlagSet},
			Last:         LastReport{RefSlot: refSlot - 225*32, CLValidatorsGwei: 96e9, Validators: 3, DepositedWei: etherWei(96)},
			LastReportAt: refTimestamp - 225*32*12 + 1000,
		},
		Request: func(uint64) (QueuedRequest, error) { return QueuedRequest{}, errors.New("no request was made") },
	}
}

func refuse(PendingDeposit) bool { return false }

func TestASnapshotThatContradictsItselfIsRefused(t *testing.T) {
	wide := new(uint256.Int).Lsh(uint256.NewInt(1), 128)
	for name, c := range map[string]struct {
		change func(*Snapshot)
		says   string
	}{
		"no chain":                   {func(s *Snapshot) { s.Domain.ChainID = nil }, "chain identifier"},
		"a negative chain":           {func(s *Snapshot) { s.Domain.ChainID = big.NewInt(-1) }, "chain identifier"},
		"no vault":                   {func(s *Snapshot) { s.Vault = common.Address{} }, "withdrawal vault"},
		"requests, but none to read": {func(s *Snapshot) { s.Request, s.Execution.Queue.LastRequestID = nil, 1 }, "no way to read"},
		"slot out of range":          {func(s *Snapshot) { s.RefSlot = maxSlot + 1 }, "reference slot"},
		"block after reference slot": {func(s *Snapshot) { s.Block.Slot = s.RefSlot + 1 }, "after reference slot"},
		"no block":                   {func(s *Snapshot) { s.Block.Root = common.Hash{} }, "no reference block"},
		"no committee":               {func(s *Snapshot) { s.Committee = common.Hash{} }, "no committee"},
		"no slot time":               {func(s *Snapshot) { s.Consensus.Rules.SecondsPerSlot = 0 }, "slots of 0 seconds"},
		"absurd slot time":           {func(s *Snapshot) { s.Consensus.Rules.SecondsPerSlot = maxSlotTerm + 1 }, "slots of"},
		"no epochs":                  {func(s *Snapshot) { s.Consensus.Rules.SlotsPerEpoch = 0 }, "epochs of 0 slots"},
		"no frames":                  {func(s *Snapshot) { s.EpochsPerFrame = 0 }, "frames of 0 epochs"},
		"time before genesis":        {func(s *Snapshot) { s.Block.RefTimestamp = refSlot*12 - 1 }, "at timestamp"},
		"absurd time":                {func(s *Snapshot) { s.Block.RefTimestamp = maxTimestamp + 1 }, "at timestamp"},
		"no increment":               {func(s *Snapshot) { s.Consensus.Rules.EffectiveBalanceIncrementGwei = 0 }, "parameter of the network"},
		"no base reward":             {func(s *Snapshot) { s.Consensus.Rules.BaseRewardFactor = 0 }, "parameter of the network"},
		"no slashings vector":        {func(s *Snapshot) { s.Consensus.Rules.EpochsPerSlashingsVector = 0 }, "parameter of the network"},
		"no multiplier":              {func(s *Snapshot) { s.Consensus.Rules.ProportionalSlashingMultiplier = 0 }, "parameter of the network"},
		"nobody active":              {func(s *Snapshot) { s.Consensus.TotalActiveGwei = 1e9 - 1 }, "less than one increment"},
		"pool above all":             {func(s *Snapshot) { s.Consensus.TotalActiveGwei = 96e9 - 1 }, "gwei of the pool are active"},
		"an amount beyond 128 bits":  {func(s *Snapshot) { s.Execution.Last.WithdrawalVaultLeftWei = *wide }, "left in the withdrawal vault"},
		"unproven keys of no set":    {func(s *Snapshot) { s.Execution.UnprovenKeys = 1 }, "counts 1 unproven keys, the set has 0"},
		"no bound of the rate":       {func(s *Snapshot) { s.Execution.Bounds.MaxRiseBps = 0 }, "a bound of the pool is missing"},
		"a bucket that never fills":  {func(s *Snapshot) { s.Execution.Bounds.BucketRefillSeconds = 0 }, "a bound of the pool is missing"},
		"a bucket that flows over":   {func(s *Snapshot) { s.Execution.Head.BucketGwei = 3e9 + 1 }, "of at most 3000000000"},
		"no head":                    {func(s *Snapshot) { s.Execution.Head.Flags = 0 }, "without the one that is always set"},
		"a doubt without a loss":     {func(s *Snapshot) { s.Execution.Head.Flags |= FlagUnconfirmed }, "0 gwei of loss are unconfirmed"},
		"a loss without a doubt":     {func(s *Snapshot) { s.Execution.Last.UnconfirmedGwei = 1 }, "1 gwei of loss are unconfirmed"},
		"reported already":           {func(s *Snapshot) { s.Execution.Last.RefSlot = s.RefSlot }, "not after the last report"},
		"deposits fell":              {func(s *Snapshot) { s.Execution.DepositedWei = etherWei(95) }, "at the last report"},
		"pooled ether beyond a wei":  {func(s *Snapshot) { s.Execution.TotalPooledWei.AddUint64(&s.Execution.TotalPooledWei, 1) }, "are pooled, but"},
		"finalized beyond the last":  {func(s *Snapshot) { s.Execution.Queue.LastFinalizedID = 1 }, "finalized up to 1 of 0"},
		"slashed, without detail":    {func(s *Snapshot) { s.Consensus.Validators[1].Slashed = true }, "validator 9 is slashed, but"},
		"detail, but not slashed":    {func(s *Snapshot) { s.Consensus.Slashed = []SlashedValidator{{Index: 9, WithdrawableEpoch: 9000}} }, "validator 9 is in the list"},
		"slashed after the block": {func(s *Snapshot) {
			s.Consensus.Validators[1].Slashed = true
			s.Consensus.Slashed = []SlashedValidator{{Index: 9, ExitEpoch: refEpoch, WithdrawableEpoch: refEpoch + 8193}}
		}, "after the block"},
		"slashed before the chain": {func(s *Snapshot) {
			s.Consensus.Validators[1].Slashed = true
			s.Consensus.Slashed = []SlashedValidator{{Index: 9, WithdrawableEpoch: 8191}}
		}, "withdrawable in epoch 8191"},
		"withdrawable before exit": {func(s *Snapshot) {
			s.Consensus.Validators[1].Slashed = true
			s.Consensus.Slashed = []SlashedValidator{{Index: 9, ExitEpoch: 1<<64 - 1, WithdrawableEpoch: 9000}}
		}, "withdrawable in epoch 9000"},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			c.change(&s)
			_, err := Compute(s, refuse)
			require.ErrorContains(t, err, c.says)
			require.ErrorContains(t, err, "compute the report of slot")
		})
	}
}

func TestASnapshotIsRefusedWhileADepositMayBeOnTheOldBridge(t *testing.T) {
	for name, c := range map[string]struct {
		index, start uint64
		deposited    bool
		refused      bool
	}{
		"before the first deposit request": {77, UnsetDepositRequestsStart, true, true},
		"bridge lacks one":                 {76, 77, true, true},
		"bridge is empty":                  {77, 77, true, false},
		"nothing was ever deposited":       {0, UnsetDepositRequestsStart, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := baseSnapshot()
			s.Consensus.Eth1DepositIndex, s.Consensus.DepositRequestsStartIndex = c.index, c.start
			if !c.deposited {
				s.Execution.DepositedWei, s.Execution.Last.DepositedWei = uint256.Int{}, uint256.Int{}
			}
			_, err := Compute(s, refuse)
			if c.refused {
				require.ErrorIs(t, err, ErrDepositsInFlight)
				require.ErrorContains(t, err, "wait for")
				return
			}
			require.NoError(t, err)
		})
	}
}
