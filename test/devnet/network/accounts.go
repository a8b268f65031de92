package network

import (
	"fmt"

	"github.com/tidemark-oracle/tidemark/test/localnet"
)

// Holder is a named account that holds the token.
type Holder struct {
	Name string
	*localnet.Account
}

// holders are who stakes, transfers, wraps and withdraws.
func holders() []Holder {
	names := []string{"Alice", "Bob", "Carol", "Dave", "Erin"}
	all := make([]Holder, len(names))
	for i, name := range names {
		all[i] = Holder{Name: name, Account: localnet.NewAccount("devnet holder " + name)}
	}
	return all
}

func accounts() localnet.Accounts {
	account := func(role string) *localnet.Account { return localnet.NewAccount("devnet " + role) }
	return localnet.Accounts{
		Deployer: account("deployer"), Owner: account("owner"), Guardian: account("guardian"), Pauser: account("pauser"), Resumer: account("resumer"),
		Keeper: account("keeper"), Operator: account("operator"), User: account("user"), Treasury: account("treasury").Address,
	}
}

// memberOwner owns the i-th member: it registers and pays the bond.
func memberOwner(i int) *localnet.Account {
	return localnet.NewAccount(fmt.Sprintf("devnet member %d", i))
}

// memberSubmitter pays for the i-th member's submissions.
func memberSubmitter(i int) *localnet.Account {
	return localnet.NewAccount(fmt.Sprintf("devnet submitter %d", i))
}
