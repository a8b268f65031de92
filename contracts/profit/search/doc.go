// Command search looks for a profit that the price of deposits leaves to whoever orders deposits, requests and reports well.
//
//	search [-steps N] [-seed S]   many worlds; the largest profit and the order that gave it
//	search -seed S -world W       one world, with all that happens
//
// It ends with status 1 when a profit beyond roundings is found. It is called by make search-profit.
package main
