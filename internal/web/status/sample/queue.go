package sample

import "github.com/tidemark-oracle/tidemark/internal/web/status"

// queue is what waits after the report before the newest round: the first request is paid when a validator is home, the last one needs exits for which nobody has asked.
func queue() *status.Queue {
	const reference = refSlot - slotsPerFrame
	first, last := slotTime(reference+5*slotsPerFrame), slotTime(reference+13*slotsPerFrame)
	return &status.Queue{
		RefSlot: reference, First: 1205, Last: 1211, DueWei: "150000000000000000000", ExitWei: "31000000000000000000",
		FirstPaid: &status.Payment{
			Text: "Within about 4 days: 96 ETH come home.", RefSlot: reference + 5*slotsPerFrame, At: &first,
			HereWei: "23000000000000000000", HomeWei: "96000000000000000000", MissingWei: "0",
		},
		LastPaid: &status.Payment{
			Text:    "Not known: nobody has asked for 31 ETH of exits that it needs. No report asks yet: whoever has the pool's exit role does, or an operator for its own keys. If it was asked for now: within about 12 days.",
			HereWei: "23000000000000000000", HomeWei: "96000000000000000000", MissingWei: "31000000000000000000", IfAskedAt: &last,
		},
		Steps:       []status.Step{{RefSlot: reference + 5*slotsPerFrame, At: first, UpTo: 1208}, {RefSlot: reference + 8*slotsPerFrame, At: slotTime(reference + 8*slotsPerFrame), UpTo: 1210}},
		Explanation: []status.Line{{Field: "demand", Value: "150000000000 gwei (150 ETH)", Sentence: "What the requests are paid that this report does not finalize, at the rate that it leaves."}},
	}
}
