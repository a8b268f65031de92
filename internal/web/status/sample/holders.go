package sample

import (
	"context"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// HoldersSource is a status.HoldersSource that shows what it is told to.
type HoldersSource struct {
	Shown status.Holders
	Err   error // in its place
}

// Holders is what is shown.
func (s HoldersSource) Holders(context.Context) (status.Holders, error) { return s.Shown, s.Err }

// Holders is what holders can do on the network of Status, a moment after the newest report: all is open, and three requests wait.
func Holders() status.Holders {
	const next = refSlot + slotsPerFrame
	now := slotTime(refSlot + 1).Add(moments()[final])
	address := func(name string) common.Address { return common.BytesToAddress(hash(name, 0).Bytes()) }
	return status.Holders{
		Version: status.Version, Network: "mainnet", ChainID: 1,
		Block: status.HoldersBlock{Number: 21_504_488, Hash: hash("block", 21_504_488), Time: now},
		Contracts: status.HoldersContracts{
			StakingPool: address("pool"), StakedEther: address("token"), WrappedStakedEther: address("wrapper"), WithdrawalQueue: address("queue"),
		},
		Rate: status.HoldersRate{
			TotalPooledWei: "288409203114882117443219", TotalShares: "278054895713008411903312", WrappedShares: "91120334019284411200941",
			WeiPerToken: "1037238357621998211", SharesPerEther: "964098678320557013",
		},
		Doubts: status.HoldersDoubts{UnconfirmedWei: "0"},
		Deposits: status.HoldersDeposits{
			Open: true, ClosedBy: []string{}, SharesPerEther: "963901230991240114", BalanceWeiPerEther: "999795200118403321", DueWei: "59081274913318840021",
			Limit: status.StakeLimit{MaxWei: "150000000000000000000000", LeftWei: "148250441000000000000000", RefillSeconds: 86_400, FullAt: now.Add(1008 * time.Second)},
		},
		Requests: status.HoldersRequests{
			Open: true, ClosedBy: []string{}, MinWei: "100000000000000", MaxWei: "1000000000000000000000", ValueWeiPerEther: "999999999999999999",
			Last: 4127, LastFinalized: 4124, Waiting: 3, WaitingValueWei: "212400000000000000000", WaitingPayWei: "212400000000000000000",
			BufferedWei: "1204553100881200419331", FreeWei: "992153100881200419331", MissingWei: "0", LockedWei: "1804120045110000000000",
		},
		Reports: status.HoldersReports{
			LastAt: slotTime(refSlot + 1).Add(moments()[accepted]), MarginSeconds: 3_600, NextRefSlot: next, NextRefAt: slotTime(next),
			NextFrom: slotTime(next + 2*slotsPerEpoch), NextUntil: slotTime(next + slotsPerFrame - closeSlots),
		},
		Silence: status.HoldersSilence{
			StaleAfterSeconds: 14 * 86_400, DoubtAfterSeconds: 182 * 86_400, From: slotTime(refSlot + 1).Add(moments()[accepted] + 14*24*time.Hour),
			RateWei: "1037238357621998211", FirstWaiting: 4125, FirstWaitingAt: now.Add(-31 * time.Minute), FirstRipeAt: now.Add(14*24*time.Hour - 31*time.Minute),
			WindowFrom: slotTime(refSlot + 15*slotsPerFrame - closeSlots), WindowUntil: slotTime(refSlot + 15*slotsPerFrame - 1),
			Refusal: "OracleNotStale[1755519863 1756728815]",
		},
	}
}

// ClosedHolders is the same while everything that can be closed is, for a reason each.
func ClosedHolders() status.Holders {
	h := Holders()
	now := h.Block.Time
	h.Doubts = status.HoldersDoubts{Bunker: true, Held: true, LossUnconfirmed: true, UnconfirmedWei: "1209120000000000000000", ReportFalse: true, InDoubt: true}
	h.Deposits.Open, h.Deposits.SharesPerEther, h.Deposits.BalanceWeiPerEther = false, "", ""
	h.Deposits.NoPrice = "TooManyFalls[16]"
	h.Deposits.ClosedBy = []string{"paused", "report-held", "loss-unconfirmed", "report-false", "limit", "no-price", "rate-too-low"}
	h.Deposits.Limit.LeftWei = "0"
	h.Requests.Open, h.Requests.ClosedBy, h.Requests.PausedUntil = false, []string{"paused", "pool-empty"}, now.Add(77*time.Hour)
	h.Requests.FreeWei, h.Requests.MissingWei, h.Requests.WaitingPayWei = "0", "8795446899118799580669", "10000000000000000000000"
	h.Reports.PausedUntil = now.Add(80 * time.Hour)
	h.Silence.From, h.Silence.RateWei, h.Silence.Refusal = h.Reports.LastAt.Add(182*24*time.Hour), "1020000000000000000", "RateInDoubt[1755519863 1771244015]"
	return h
}
