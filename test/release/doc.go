// Package release tests what make release writes: two clean clones give the same bytes, and archive and image hold a program that runs by itself. Its tests
// need the build tag release: make test-release.
package release
