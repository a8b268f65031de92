// Package relay stands between a member and one of its nodes, so that the node can be taken away from that member alone.
//
//	member ──► Relay ──► beacon or execution node        Down: connections are cut, new ones refused
package relay
