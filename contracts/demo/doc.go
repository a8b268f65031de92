// Command demo shows the contracts at work on a chain in memory: a committee of seven signs reports with BLS, one transaction a frame brings them on
// chain, the token rebases, a withdrawal is paid, a lie is quarantined and an equivocation slashed. Each rebase is checked against report.Rebase.
package main
