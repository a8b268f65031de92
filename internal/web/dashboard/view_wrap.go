package dashboard

import "github.com/tidemark-oracle/tidemark/internal/web/status"

func wrapSection(h status.Holders) holderSection {
	wrapper := h.Contracts.WrappedStakedEther.Hex()
	return holderSection{
		ID: "wrap", Name: "Wrap", Title: "Wrap and unwrap",
		Lead:  "wtmETH is tmETH whose number stays and whose value grows. Both are the same share of the pool, so nothing is gained or lost by it.",
		State: openCell(h.Rate.SharesPerEther != "0"),
		Facts: []fact{
			{Name: "1 tmETH becomes", Value: ether(h.Rate.SharesPerEther, 9) + " wtmETH"},
			{Name: "1 wtmETH becomes", Value: ether(h.Rate.WeiPerToken, 9) + " tmETH"},
			{Name: "Wrapped in all", Value: ether(h.Rate.WrappedShares, 4) + " wtmETH"},
		},
		Calls: []callView{
			{
				ID: "allow-wrapper", Title: "Before you wrap: allow it", Contract: "StakedEther", Address: h.Contracts.StakedEther.Hex(), Function: "approve(address spender, uint256 value)",
				Arguments: []argument{{Name: "spender", Copy: wrapper}, {Name: "value", Text: "how much tmETH, in wei"}},
			},
			{
				ID: "wrap", Title: "Wrap", Contract: "WrappedStakedEther", Address: wrapper, Function: "deposit(uint256 assets, address receiver)",
				Arguments: []argument{{Name: "assets", Text: "how much tmETH, in wei"}, {Name: "receiver", Text: "who gets the wtmETH"}},
				Returns:   whole(h.Rate.SharesPerEther), Means: "parts of 1e18 wtmETH for 1 tmETH",
			},
			{
				ID: "unwrap", Title: "Unwrap", Contract: "WrappedStakedEther", Address: wrapper, Function: "redeem(uint256 shares, address receiver, address owner)",
				Arguments: []argument{{Name: "shares", Text: "how much wtmETH, in parts of 1e18"}, {Name: "receiver", Text: "who gets the tmETH"}, {Name: "owner", Text: "whose wtmETH it is: yourself"}},
				Returns:   whole(h.Rate.WeiPerToken), Means: "wei of tmETH for 1 wtmETH",
			},
		},
	}
}
