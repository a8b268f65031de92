// Package process runs a program as a child: its output goes to a file, its standard input takes commands, and it does not outlive its parent.
//
//	Start ─► Process ── WriteLine ──► child's standard input        (closed when the parent dies: the child ends itself)
//	            │  Kill, Stop
//	            └─ Done ◄── exit of the child, Err says how
package process
