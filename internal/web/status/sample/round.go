package sample

import (
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/tidemark-oracle/tidemark/internal/web/status"
)

// round is the newest round at a step.
func round(step int) status.Round {
	digest := hashOf("digest", refSlot)
	r := status.Round{
		Committee: hash("committee", 1), RefSlot: refSlot, Members: members, Quorum: quorum, Stage: stages()[step], Why: whys()[step],
		Attempt: 0, Signers: []int{}, Sections: []status.SectionView{}, Seats: seats(step), Times: times(step),
	}
	if step >= observed {
		r.Digest, r.Sections = digest, sections()
	}
	if step >= certified {
		r.Certificate, r.Signers = hashOf("certificate", refSlot), []int{0, 1, 2, 3, 5}
	}
	if step >= submitted {
		r.Transaction = hashOf("transaction", refSlot)
	}
	if step >= accepted {
		r.Accepted = digest
	}
	r.Finalized = step >= final
	return r
}

func stages() [Steps]status.Stage {
	return [Steps]status.Stage{status.Waiting, status.Computing, status.Observed, status.Observed, status.Voted, status.Certified, status.Submitted,
		status.Accepted, status.Done}
}

func whys() [Steps]string {
	return [Steps]string{
		"The reference slot is not final yet.",
		"Reads the beacon state: 41 % of 308 MB.",
		"Two members have told their report; five are needed.",
		"Five members have the same report; votes are on their way.",
		"Member 5 is asked again for its vote.",
		"The certificate is complete; member 0 submits first.",
		"The transaction waits for a block.",
		"The contract took the report; its block is not final yet.",
		"The report is final.",
	}
}

// seats are the members' places: who has told what by the step.
func seats(step int) []status.Seat {
	observers := [Steps][]int{2: {0, 2}, 3: {0, 1, 2, 3, 4, 5}}
	voters := [Steps][]int{4: {0, 1, 2, 3}, 5: {0, 1, 2, 3, 5}}
	var all []status.Seat
	for i := range members {
		seat := status.Seat{Member: i, Connected: i != away, Equivocal: false, Differs: []status.Difference{}}
		if contains(observers[min(step, compared)], i) {
			seat.Observed = hashOf("digest", refSlot)
			if i == differing {
				seat.Observed, seat.Differs = hashOf("digest", refSlot+differing), differences()
			}
		}
		if step >= voting && contains(voters[min(step, certified)], i) {
			seat.Voted = hashOf("digest", refSlot)
			seat.Signed = step >= certified
		}
		all = append(all, seat)
	}
	return all
}

func contains(all []int, one int) bool {
	for _, each := range all {
		if each == one {
			return true
		}
	}
	return false
}

func differences() []status.Difference {
	return []status.Difference{
		{Section: "consensus layer", Field: "clValidatorsGwei", Own: "288041203114882", Theirs: "288009203114882"},
		{Section: "consensus layer", Field: "validators", Own: "9001", Theirs: "9000"},
		{Section: "commitment", Field: "balancesRoot", Own: hash("balances", 0).Hex(), Theirs: hash("balances", 1).Hex()},
	}
}

func sections() []status.SectionView {
	return []status.SectionView{
		{Name: "block", Fields: []status.Field{{Name: "refSlot", Value: "12398399"}, {Name: "lastRefSlot", Value: "12391199"}, {Name: "refBlockRoot", Value: hash("block", 0).Hex()}}},
		{Name: "consensus layer", Fields: []status.Field{
			{Name: "clValidatorsGwei", Value: "288041203114882"}, {Name: "clPendingGwei", Value: "64000000000"},
			{Name: "clInFlightGwei", Value: "0"}, {Name: "unprovenGwei", Value: "0"}, {Name: "validators", Value: "9001"},
			{Name: "exited", Value: "12"}, {Name: "slashed", Value: "0"},
		}},
		{Name: "execution layer", Fields: []status.Field{
			{Name: "depositedWei", Value: "288096000000000000000000"}, {Name: "withdrawalVaultWei", Value: "21904412000000000000"},
			{Name: "elRewardsVaultWei", Value: "3110227700000000000"},
		}},
		{Name: "queue", Fields: []status.Field{
			{Name: "finalizeUpTo", Value: "1204"}, {Name: "exitGwei", Value: "0"}, {Name: "exitsAskedGwei", Value: "0"}, {Name: "bunker", Value: "false"},
		}},
		{Name: "commitment", Fields: []status.Field{
			{Name: "balancesRoot", Value: hash("balances", 0).Hex()}, {Name: "pendingRoot", Value: common.Hash{}.Hex()},
		}},
	}
}

// times are when the round reached what it has reached by the step.
func times(step int) status.Times {
	opened := slotTime(refSlot + 1)
	all := status.Times{Opened: opened}
	set := func(at int, where *time.Time, after time.Duration) {
		if step >= at {
			*where = opened.Add(after)
		}
	}
	const finality = 16 * time.Minute
	set(computing, &all.Finality, finality)
	set(observed, &all.Computed, finality+16840*time.Millisecond)
	set(voting, &all.Voted, finality+18*time.Second)
	set(certified, &all.Certified, finality+18600*time.Millisecond)
	set(submitted, &all.Submitted, finality+19*time.Second)
	set(accepted, &all.Accepted, finality+25*time.Second)
	set(final, &all.Finalized, finality+15*time.Minute)
	return all
}

// roundBefore is the round before the newest: done.
func roundBefore() status.Round {
	slot := uint64(refSlot - slotsPerFrame)
	digest := common.Hash(hash("digest", slot))
	r := round(final)
	r.RefSlot, r.Digest, r.Accepted = slot, &digest, &digest
	r.Certificate, r.Transaction = hashOf("certificate", slot), hashOf("transaction", slot)
	r.Times = times(final)
	for _, at := range []*time.Time{&r.Times.Opened, &r.Times.Finality, &r.Times.Computed, &r.Times.Voted, &r.Times.Certified, &r.Times.Submitted,
		&r.Times.Accepted, &r.Times.Finalized} {
		*at = at.Add(-slotsPerFrame * secondsPerSlot * time.Second)
	}
	for i := range r.Seats {
		if r.Seats[i].Observed != nil {
			r.Seats[i].Observed = &digest
		}
		if r.Seats[i].Voted != nil {
			r.Seats[i].Voted = &digest
		}
		r.Seats[i].Differs = []status.Difference{}
	}
	return r
}
