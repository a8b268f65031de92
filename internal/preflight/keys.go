package preflight

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tidemark-oracle/tidemark/consensus"
	"github.com/tidemark-oracle/tidemark/internal/execution/txmgr"
	"github.com/tidemark-oracle/tidemark/internal/journal"
	"github.com/tidemark-oracle/tidemark/internal/keyfile"
	"github.com/tidemark-oracle/tidemark/p2p"
)

const (
	keys        = "keys"
	keysRemedy  = "make it with oraclenode keys new, or name the right file; oraclenode keys show tells what is there"
	journalArea = "journal"
)

// checkKeys opens each key as run would. Secrets are cleared as soon as their public half is known.
func (r *run) checkKeys() {
	if identity, err := p2p.ReadIdentityFile(r.Identity); err != nil {
		r.fail(keys, r.Identity, fmt.Sprintf("network identity: %v", err), keysRemedy)
	} else {
		r.peer = identity.PeerID()
		r.pass(keys, r.Identity, "network identity "+p2p.PeerIDText(r.peer))
	}
	if r.Observe {
		r.skip(keys, "", "an observer has no member key and no account")
		return
	}
	if key, err := openMemberKey(r.Keystore, r.KeystorePassword); err != nil {
		r.fail(keys, r.Keystore, fmt.Sprintf("member key: %v", err), keysRemedy)
	} else {
		r.key = &key
		r.pass(keys, r.Keystore, fmt.Sprintf("member key %#x", key[:]))
	}
	r.checkAccount()
}

func openMemberKey(path, passwordPath string) (key consensus.Key, err error) {
	keystore, err := keyfile.Read(path)
	if err != nil {
		return key, err
	}
	password, err := keyfile.ReadPassword(passwordPath)
	if err != nil {
		return key, err
	}
	defer clear(password)
	secret, err := keystore.Decrypt(password)
	if err != nil {
		return key, err
	}
	defer secret.Wipe()
	public := secret.PublicKey()
	return consensus.Key(public.Bytes()), nil
}

func (r *run) checkAccount() {
	switch {
	case r.SubmitterAddress != nil:
		r.account = r.SubmitterAddress
		r.pass(keys, "remote signer", fmt.Sprintf("signs for account %s", r.account))
	case r.Submitter == "":
		r.warn(keys, "submitter", "no account: the node will agree and never submit", "give it one, at best on every member: any one of them then suffices")
	default:
		key, err := txmgr.OpenKeystore(r.Submitter, r.SubmitterPassword)
		if err != nil {
			r.fail(keys, r.Submitter, fmt.Sprintf("submitter: %v", err), keysRemedy)
			return
		}
		address := key.Address()
		r.account = &address
		r.pass(keys, r.Submitter, fmt.Sprintf("account %s pays for submissions", address))
	}
}

// checkJournal reads the journal, if there is one, as the one promise that outlives everything else.
func (r *run) checkJournal() {
	if r.Observe {
		r.skip(journalArea, "", "an observer keeps none")
		return
	}
	contents, err := journal.ReadFile(r.Journal, 0)
	switch {
	case errors.Is(err, journal.ErrLocked):
		r.pass(journalArea, r.Journal, "in use: a node runs with it")
	case errors.Is(err, journal.ErrMissing), errors.Is(err, fs.ErrNotExist):
		r.warn(journalArea, r.Journal, "not there: the node makes it, and asks the other members before its first vote",
			"right for a new key; if this key has voted before, bring its journal or its newest export (oraclenode journal import)")
	case err != nil:
		r.fail(journalArea, r.Journal, err.Error(), "see docs/journal.md; never delete it to get rid of the message")
	default:
		r.checkJournalContents(contents)
	}
}

func (r *run) checkJournalContents(c journal.Contents) {
	own, err := journal.NewIdentity(r.Manifest.Domain(), c.Identity.Key)
	switch {
	case err != nil || own != c.Identity || r.key != nil && *r.key != c.Identity.Key:
		r.fail(journalArea, r.Journal, "belongs to "+c.Identity.String(), "use the journal of this key on this network")
	case c.Retired:
		r.fail(journalArea, r.Journal, journal.ErrRetired.Error(), "run the node where the key went, or import that place's export")
	case c.Halted():
		r.fail(journalArea, r.Journal, "halted: a vote of this key was found that it does not hold", "find the second node that runs with this key; then oraclenode journal resume")
	default:
		r.pass(journalArea, r.Journal, journalText(c))
	}
	if info, err := os.Stat(r.Journal); err == nil && !ownedByUser(info) {
		r.fail(journalArea, r.Journal, "belongs to another user", "run this command and the node as the same user, and chown the file to it")
	}
}

func journalText(c journal.Contents) string {
	if refSlot, voted := c.NewestVote(); voted {
		return fmt.Sprintf("intact, newest vote for reference slot %d", refSlot)
	}
	return "intact, without a vote"
}
