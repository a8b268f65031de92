// Package suite checks the real network of package testnet: that it keeps what its documentation promises. It takes
// about three minutes and needs the clients, so its tests have the build tag testnet: make test-testnet runs them.
package suite
