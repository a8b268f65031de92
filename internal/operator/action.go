package operator

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/tidemark-oracle/tidemark/contracts/bindings"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
)

// Action is something that the owner, a guardian or a pauser of a network does. The chain has been asked whether it makes sense now.
type Action struct {
	Name    string
	What    []string // sentences: what changes, and when
	Role    Role
	Call    txmgr.Call
	Dangers []Danger
}

// Danger is why an action is refused until a flag says that it is meant.
type Danger struct {
	Flag string // without dashes
	Why  string
}

// Role is the right to call some functions of a contract.
type Role struct {
	Contract string // its name
	At       common.Address
	Name     string
}

// id is the role's identifier on the contract: keccak256 of its name, and zero for the admin's.
func (r Role) id() [32]byte {
	if r.Name == adminRoleName {
		return [32]byte{}
	}
	return [32]byte(crypto.Keccak256([]byte(r.Name)))
}

const adminRoleName = "DEFAULT_ADMIN_ROLE"

// Holds tells whether an account holds a role.
func (n *Network) Holds(ctx context.Context, account common.Address, r Role) (bool, error) {
	c := bindings.NewOracleCommittee() // hasRole(bytes32,address) is the same call on every contract
	held, err := view(ctx, n, r.At, c.PackHasRole(r.id(), account), c.UnpackHasRole)
	if err != nil {
		return false, fmt.Errorf("ask %s for %s: %w", r.Contract, r.Name, err)
	}
	return held, nil
}

// confirmed refuses an action with dangers that nobody has said are meant.
func (a Action) confirmed(meant []string) error {
	var missing []error
	for _, d := range a.Dangers {
		if !contains(meant, d.Flag) {
			missing = append(missing, fmt.Errorf("%s; say with --%s that this is meant", d.Why, d.Flag))
		}
	}
	return errors.Join(missing...)
}

func contains(words []string, word string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}

// committeeAction calls the committee contract.
func (n *Network) committeeAction(name, role string, data []byte, what ...string) Action {
	at := n.Manifest.Contracts.OracleCommittee
	return Action{Name: name, What: what, Role: Role{"OracleCommittee", at, role}, Call: txmgr.Call{To: at, Data: data}}
}
