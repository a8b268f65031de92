// Package format writes amounts, times, counts and the words of others for people. Everything a command, a log line or a page shows goes through it,
// so that one amount looks the same everywhere.
package format
