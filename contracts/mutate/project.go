package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// codeLimit lets contracts with switches in them be deployed.
const codeLimit = "1000000"

// findForge is the program itself: its npm wrapper ends with status 0 whatever the program says.
func findForge(contracts string) (string, error) {
	found, err := filepath.Glob(filepath.Join(contracts, "node_modules", "@foundry-rs", "forge-*", "bin", "forge"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("%s holds %d forges, one is wanted: run make setup", filepath.Join(contracts, "node_modules"), len(found))
	}
	return filepath.Abs(found[0])
}

// settingsOf asks forge what foundry.toml says.
func settingsOf(ctx context.Context, forge, contracts string) (forgeSettings, error) {
	command := exec.CommandContext(ctx, forge, "config", "--json")
	command.Dir = contracts
	answer, err := command.Output()
	if err != nil {
		return forgeSettings{}, fmt.Errorf("forge config, correct foundry.toml: %w%s", err, stderrOf(err))
	}
	var s forgeSettings
	if err := json.Unmarshal(answer, &s); err != nil {
		return forgeSettings{}, fmt.Errorf("read forge's settings: is forge another version? %w", err)
	}
	return s, nil
}

// readSources reads all Solidity of src and test.
func readSources(contracts string) (map[string]string, error) {
	sources := map[string]string{}
	for _, folder := range []string{"src", "test"} {
		err := fs.WalkDir(os.DirFS(contracts), folder, func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(file) != ".sol" {
				return err
			}
			data, err := os.ReadFile(filepath.Join(contracts, file))
			sources[file] = string(data)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read the contracts: %w", err)
		}
	}
	if other := asksForProducer(sources); other != "" {
		return nil, fmt.Errorf("%s reads block.coinbase, by which faults are switched on: choose another switch in contracts/mutate/rewrite.go", other)
	}
	return sources, nil
}

func asksForProducer(sources map[string]string) string {
	for file, text := range sources {
		if strings.Contains(text, "coinbase") {
			return file
		}
	}
	return ""
}

// digest tells sources and settings apart.
func digest(contracts string, sources map[string]string) (string, error) {
	hash := sha256.New()
	files := make([]string, 0, len(sources))
	for file := range sources {
		files = append(files, file)
	}
	slices.Sort(files)
	for _, file := range files {
		fmt.Fprintf(hash, "%s %d\n%s", file, len(sources[file]), sources[file])
	}
	for _, file := range []string{"foundry.toml", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join(contracts, file))
		if err != nil {
			return "", fmt.Errorf("read the settings: %w", err)
		}
		hash.Write(data)
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// project is a copy of the contracts with faults in it.
type project struct{ dir, forge string }

// write makes the copy; what forge built there before stays, so that an equal sample is not built again.
func (p project) write(contracts string, sources map[string]string) error {
	for _, folder := range []string{"src", "test", "tools", "node_modules"} {
		if err := os.RemoveAll(filepath.Join(p.dir, folder)); err != nil {
			return fmt.Errorf("empty the copy of the contracts: %w", err)
		}
	}
	for _, folder := range []string{"src", "test", "tools"} {
		if err := os.CopyFS(filepath.Join(p.dir, folder), os.DirFS(filepath.Join(contracts, folder))); err != nil {
			return fmt.Errorf("copy the contracts: %w", err)
		}
	}
	for file, text := range sources {
		if err := os.WriteFile(filepath.Join(p.dir, file), []byte(text), 0o644); err != nil {
			return fmt.Errorf("write the contracts with faults: %w", err)
		}
	}
	config, err := os.ReadFile(filepath.Join(contracts, "foundry.toml"))
	if err != nil {
		return fmt.Errorf("copy the settings: %w", err)
	}
	if err := os.WriteFile(filepath.Join(p.dir, "foundry.toml"), config, 0o644); err != nil {
		return fmt.Errorf("copy the settings: %w", err)
	}
	modules, err := filepath.Abs(filepath.Join(contracts, "node_modules"))
	if err != nil {
		return fmt.Errorf("find the libraries: %w", err)
	}
	if err := os.Symlink(modules, filepath.Join(p.dir, "node_modules")); err != nil {
		return fmt.Errorf("link the libraries: %w", err)
	}
	return nil
}

func (p project) build(ctx context.Context) error {
	command := exec.CommandContext(ctx, p.forge, "build")
	command.Dir, command.Env = p.dir, environment()
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build the contracts with faults, try another SEED if it is one of them: %w\n%s", err, said)
	}
	return nil
}

// copies gives each worker a project of its own, since forge writes its cache at each run.
func (p project) copies(count int) ([]project, error) {
	all := []project{p}
	for i := 1; i < count; i++ {
		other := project{fmt.Sprintf("%s-%d", p.dir, i+1), p.forge}
		if err := os.RemoveAll(other.dir); err != nil {
			return nil, fmt.Errorf("remove an old copy: %w", err)
		}
		modules := filepath.Join(p.dir, "node_modules")
		target, err := os.Readlink(modules)
		if err != nil {
			return nil, fmt.Errorf("copy the built contracts: %w", err)
		}
		for _, folder := range []string{"src", "test", "tools", "out", "cache"} {
			if err := os.CopyFS(filepath.Join(other.dir, folder), os.DirFS(filepath.Join(p.dir, folder))); err != nil {
				return nil, fmt.Errorf("copy the built contracts: %w", err)
			}
		}
		config, err := os.ReadFile(filepath.Join(p.dir, "foundry.toml"))
		if err == nil {
			err = os.WriteFile(filepath.Join(other.dir, "foundry.toml"), config, 0o644)
		}
		if err == nil {
			err = os.Symlink(target, filepath.Join(other.dir, "node_modules"))
		}
		if err != nil {
			return nil, fmt.Errorf("copy the built contracts: %w", err)
		}
		all = append(all, other)
	}
	return all, nil
}

// environment is that of this process without settings of forge, and with those of every run.
func environment(more ...string) []string {
	var kept []string
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "FOUNDRY_") && !strings.HasPrefix(variable, "DAPP_") {
			kept = append(kept, variable)
		}
	}
	return append(append(kept, "FOUNDRY_CODE_SIZE_LIMIT="+codeLimit), more...)
}
