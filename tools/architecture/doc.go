// Command architecture draws the rooms of this repository and what each imports, from the import graph itself.
//
//	go list -json ./... ─► packages ─► rooms ─► only arrows that do not follow from others ─► layers ─► order ─► places ─► SVG
//
// A room is a top folder, or a folder below cmd, internal or test. Test packages stand apart. The same graph gives the same bytes. Rooms that
// import each other in a circle are an error, which names them.
package main
