//go:build !linux

package testnet

import "syscall"

// diesWithParent asks for nothing: only Linux kills a process when the one that started it dies.
func diesWithParent() *syscall.SysProcAttr { return nil }
