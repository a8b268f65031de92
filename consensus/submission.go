package consensus

import "github.com/ethereum/go-ethereum/common"

// SubmissionOrder is who submits first: members sorted by keccak256(digest ‖ member index as 8 bytes, big-endian).
func SubmissionOrder(digest common.Hash, n int) []int { return nil }
