package testnet

import "syscall"

// diesWithParent has the kernel kill the process when the one that started it dies.
func diesWithParent() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
