package submit

import "errors"

// Errors of this package, to be told apart with errors.Is.
var (
	// ErrConfig: options with which no sender can work.
	ErrConfig = errors.New("invalid configuration of the submission")
	// ErrJob: the job cannot be put into a transaction.
	ErrJob = errors.New("not a certified report")
	// ErrStore: the file of own transactions cannot be used.
	ErrStore = errors.New("the file of own transactions cannot be used")
	// ErrKeystore: not an account's keystore that can be opened.
	ErrKeystore = errors.New("cannot use the account's keystore")
	// ErrPassword: the password does not open the keystore.
	ErrPassword = errors.New("wrong password, or a damaged keystore: check that the password belongs to this account")
	// ErrSigner: the signer gave no signature, or not the one that was asked for.
	ErrSigner = errors.New("the signer did not sign what it was asked to")
)
