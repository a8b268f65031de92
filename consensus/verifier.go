package consensus

// Verifier checks signatures. It is handed in: BLSVerifier in production, a cheap one in the simulator. It must be a function of its arguments.
type Verifier interface {
	// Prepare reads a committee's keys, in member order. Errors: a key is malformed.
	Prepare(keys []Key) (CommitteeVerifier, error)
}

// CommitteeVerifier checks signatures of one committee's members, named by index. It does not keep its arguments.
type CommitteeVerifier interface {
	// VerifyVote tells whether signature over message is the member's.
	VerifyVote(member int, message [32]byte, signature Signature) bool

	// AggregateVotes adds signatures over one message, verifies the sum once, and when that fails finds the bad ones by bisection. It returns the
	// aggregate of the good ones, which is verified, and the places of the bad ones, ascending. members and signatures are equally long; no member comes twice.
	// Errors: there is no aggregate of the good ones.
	AggregateVotes(members []int, signatures []Signature, message [32]byte) (aggregate Signature, bad []int, err error)

	// VerifyCertificate tells whether signature over message is the aggregate of exactly the signers.
	VerifyCertificate(signers Bitmap, message [32]byte, signature Signature) bool
}
