// Package upgrade runs committees in which some members run the last release and the others this tree. Its tests need the build tag upgrade and the
// repository's history: make test-upgrade.
//
//	LAST_RELEASE ──► git clone, go build ──► 3 members ──┐
//	                                                     ├──► devnet ──► ten frames, each reported by one transaction
//	this tree ──────────────────► go build ──► 4 members ┘
//
// LAST_RELEASE holds a commit or a tag. INCOMPATIBLE_RELEASE, which is there while the release before it cannot report together with this tree, holds
// that one: beside it, this tree's members report alone. RELEASE.md says when each file changes.
package upgrade
