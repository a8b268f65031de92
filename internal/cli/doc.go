// Package cli is what the commands of oraclenode and of the devnet share: settings from flags, environment and file, exit statuses, values of flags, and
// the flags of a node.
//
//	flags ─┐
//	ORACLENODE_… ──► LoadSettings ──► flags of a command ──► NodeFlags.Settings ──► node.Config
//	file ──┘
package cli
