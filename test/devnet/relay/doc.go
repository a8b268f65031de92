// Package relay stands between a member and one of its nodes, so that the node can be taken away from that member alone; and between members, so that what
// they say to each other takes as long as between places that are far apart.
//
//	member ──► Relay ──► beacon or execution node        Down: connections are cut, new ones refused
//	member ◄──► Datagrams ◄──► member                    each datagram is passed on a fixed time after it came, both ways
package relay
