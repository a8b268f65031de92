package transition

import (
	"fmt"

	"github.com/attestantio/go-eth2-client/spec/altair"
	"github.com/attestantio/go-eth2-client/spec/electra"
	"github.com/attestantio/go-eth2-client/spec/phase0"

	"github.com/tidemark-oracle/tidemark/internal/bls"
)

// requestDeposit is process_deposit_request (electra, fulu).
func (s *State) requestDeposit(d *electra.DepositRequest) {
	if s.fork == Electra && s.DepositRequestsStartIndex == farFuture {
		s.DepositRequestsStartIndex = d.Index
	}
	s.PendingDeposits = append(s.PendingDeposits, &electra.PendingDeposit{
		Pubkey: d.Pubkey, WithdrawalCredentials: d.WithdrawalCredentials, Amount: d.Amount, Signature: d.Signature, Slot: s.Slot,
	})
}

// applyPendingDeposits is process_pending_deposits (electra, fulu, gloas).
func (s *State) applyPendingDeposits() error {
	available := uint64(s.DepositBalanceToConsume) + s.fork.rules().activationChurn(s)
	finalizedSlot := phase0.Slot(s.epochStart(uint64(s.FinalizedCheckpoint.Epoch)))
	processed, next, limited := uint64(0), 0, false
	var postponed []*electra.PendingDeposit
	for _, d := range s.PendingDeposits {
		bridgePending := s.fork == Electra && d.Slot > 0 && s.ETH1DepositIndex < s.DepositRequestsStartIndex
		if bridgePending || d.Slot > finalizedSlot || uint64(next) >= s.rules.spec.MaxPendingDepositsPerEpoch {
			break
		}
		exited, withdrawn := false, false
		if index, known := s.IndexOf(d.Pubkey); known {
			v := s.Validators[index]
			exited, withdrawn = v.ExitEpoch < farFuture, uint64(v.WithdrawableEpoch) < s.Epoch()+1
		}
		if exited && !withdrawn {
			postponed = append(postponed, d)
			next++
			continue
		}
		if !withdrawn {
			if limited = processed+uint64(d.Amount) > available; limited {
				break
			}
			processed += uint64(d.Amount)
		}
		if err := s.applyDeposit(d); err != nil {
			return err
		}
		next++
	}
	s.PendingDeposits = append(s.PendingDeposits[next:len(s.PendingDeposits):len(s.PendingDeposits)], postponed...)
	s.DepositBalanceToConsume = 0
	if limited {
		s.DepositBalanceToConsume = phase0.Gwei(available - processed)
	}
	return nil
}

// applyDeposit is apply_pending_deposit (electra): a new key needs a valid signature, else its ether is lost.
func (s *State) applyDeposit(d *electra.PendingDeposit) error {
	if index, known := s.IndexOf(d.Pubkey); known {
		s.increase(index, uint64(d.Amount))
		return nil
	}
	valid, err := s.IsValidDeposit(d)
	if err != nil || !valid {
		return err
	}
	s.addValidator(d.Pubkey, d.WithdrawalCredentials, uint64(d.Amount))
	return nil
}

// addValidator is add_validator_to_registry (electra).
func (s *State) addValidator(key phase0.BLSPubKey, credentials []byte, gwei uint64) *phase0.Validator {
	v := &phase0.Validator{
		PublicKey: key, WithdrawalCredentials: credentials,
		ActivationEligibilityEpoch: farFuture, ActivationEpoch: farFuture, ExitEpoch: farFuture, WithdrawableEpoch: farFuture,
	}
	v.EffectiveBalance = phase0.Gwei(min(gwei-gwei%s.rules.spec.EffectiveBalanceIncrementGwei, s.maxEffective(v)))
	s.Validators = append(s.Validators, v)
	s.Balances = append(s.Balances, phase0.Gwei(gwei))
	s.PreviousEpochParticipation = append(s.PreviousEpochParticipation, altair.ParticipationFlags(0))
	s.CurrentEpochParticipation = append(s.CurrentEpochParticipation, altair.ParticipationFlags(0))
	s.InactivityScores = append(s.InactivityScores, 0)
	return v
}

// IsValidDeposit is is_valid_deposit_signature (electra), which a new key needs: of the genesis fork's domain with a zero validators root.
func (s *State) IsValidDeposit(d *electra.PendingDeposit) (bool, error) {
	message := &phase0.DepositMessage{PublicKey: d.Pubkey, WithdrawalCredentials: d.WithdrawalCredentials, Amount: d.Amount}
	root, err := s.rules.Root(message)
	if err != nil {
		return false, err
	}
	fork, err := s.rules.Root(&phase0.ForkData{CurrentVersion: s.rules.spec.GenesisForkVersion})
	if err != nil {
		return false, err
	}
	domain := phase0.Domain{3} // DOMAIN_DEPOSIT
	copy(domain[4:], fork[:28])
	signing, err := s.rules.Root(&phase0.SigningData{ObjectRoot: root, Domain: domain})
	if err != nil {
		return false, fmt.Errorf("check a deposit: %w", err)
	}
	// Copies: cgo takes no pointer into a value that holds Go pointers.
	keyBytes, signatureBytes := d.Pubkey, d.Signature
	key, err := bls.ParsePublicKey(keyBytes[:])
	if err != nil {
		return false, nil // an invalid key makes an invalid deposit, not an invalid block
	}
	signature, err := bls.ParseSignature(signatureBytes[:])
	if err != nil {
		return false, nil
	}
	return signature.Verify(key, signing), nil
}
