package sim

// Strategy is what an arbitrary member does.
type Strategy uint8

// Strategies.
const (
	Silent       Strategy = iota // says nothing
	Equivocate                   // observes and votes the right digest towards Set, another one towards the rest
	Blind                        // votes for the right digest at once, without observing
	BadSignature                 // votes that do not verify, in its own and in others' names
	Cancelling                   // two members' votes are wrong, their sum is right
	Flood                        // random rounds, digests, committees, attempts, in all messages
	Replay                       // what was said before, by anybody
	StaleCert                    // certificates of older rounds, as they are or under a new name
	Withhold                     // keeps what it hears, and shows a vote or certificate late and to one node only
	Liar                         // answers Round and Status with lies
	Forge                        // certificates that are none
	Twin                         // two honest-looking processes with one key, each for one half of the network
	strategyCount
)

func (s Strategy) String() string {
	return [...]string{"is silent", "equivocates", "votes blindly", "sends bad signatures", "sends cancelling signatures", "floods", "replays", "shows stale certificates",
		"withholds", "lies", "forges certificates", "runs twins"}[s]
}
