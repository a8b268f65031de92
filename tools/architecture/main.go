package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	root := flag.String("root", ".", "folder of the module to draw")
	out := flag.String("out", "docs/architecture.svg", "picture to write")
	flag.Parse()
	if err := run(*root, *out); err != nil {
		fmt.Fprintln(os.Stderr, "architecture:", err)
		os.Exit(1)
	}
}

// run draws the module in root.
func run(root, out string) error {
	packages, err := listPackages(root)
	if err != nil {
		return err
	}
	picture, err := draw(packages)
	if err != nil {
		return err
	}
	if err := os.WriteFile(out, picture, 0o644); err != nil {
		return fmt.Errorf("write the picture: %w", err)
	}
	return nil
}

// draw is the whole way from packages to a picture.
func draw(packages []goPackage) ([]byte, error) {
	all := roomsOf(packages)
	if circle := all.circle(); circle != nil {
		return nil, fmt.Errorf("rooms import each other: %v; break the circle", circle)
	}
	needed := all.reduced()
	program, tests := needed.split()
	return render(place(program), tests), nil
}
