package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

const (
	configFlag    = "config"
	envPrefix     = "ORACLENODE_"
	settingMark   = "oraclenode_setting"
	secretMark    = "oraclenode_secret"
	maxListValues = 64
)

// setting makes the named flags settable by environment and file too.
func setting(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		flag := flags.Lookup(name)
		mark(flag, settingMark)
		flag.Usage += fmt.Sprintf(" [$%s]", envName(name))
	}
}

// secret keeps the values of the named flags out of every message: URLs of nodes carry passwords and keys.
func secret(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		mark(flags.Lookup(name), secretMark)
	}
}

func mark(flag *pflag.Flag, with string) {
	if flag.Annotations == nil {
		flag.Annotations = make(map[string][]string)
	}
	flag.Annotations[with] = []string{"true"}
}

func isSetting(flag *pflag.Flag) bool { return flag.Annotations[settingMark] != nil }
func isSecret(flag *pflag.Flag) bool  { return flag.Annotations[secretMark] != nil }

func envName(flagName string) string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// settingFlags are the settings of all commands below cmd. A setting that several commands have is there once for each.
func settingFlags(cmd *cobra.Command) []*pflag.Flag {
	var found []*pflag.Flag
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if isSetting(flag) {
			found = append(found, flag)
		}
	})
	for _, child := range cmd.Commands() {
		found = append(found, settingFlags(child)...)
	}
	return found
}

// loadSettings gives the flags that were not typed their values from the environment and the file. Settings of other commands are checked
// as well: a mistake in the file shows at once, not when that command runs.
func loadSettings(cmd *cobra.Command, env environment) error {
	if !cmd.Flags().Changed(configFlag) && len(settingFlags(cmd)) == 0 {
		return nil
	}
	judges := settingFlags(newRoot(env)) // A tree of its own: values that a flag hides are judged too, and change nothing.
	layers := viper.New()
	path, err := configPath(cmd, env)
	if err != nil {
		return err
	}
	if path != "" {
		if err := mergeFile(layers, path, judges); err != nil {
			return err
		}
	}
	if err := mergeEnvironment(layers, env, judges); err != nil {
		return err
	}
	return apply(cmd, layers)
}

// configPath is the file to read, empty for none.
func configPath(cmd *cobra.Command, env environment) (string, error) {
	typed := cmd.Flags().Lookup(configFlag)
	if typed.Changed {
		if typed.Value.String() == "" {
			return "", usagef("--config is empty: name a file or leave it out")
		}
		return typed.Value.String(), nil
	}
	for _, entry := range env.environ {
		if path, ok := strings.CutPrefix(entry, envName(configFlag)+"="); ok {
			return path, nil
		}
	}
	return "", nil
}

func mergeFile(layers *viper.Viper, path string, judges []*pflag.Flag) error {
	values, err := readConfig(path, names(judges))
	if err != nil {
		return err
	}
	for name, texts := range values {
		if err := check(path+": "+name, name, texts, judges); err != nil {
			return err
		}
	}
	return merge(layers, values)
}

func mergeEnvironment(layers *viper.Viper, env environment, judges []*pflag.Flag) error {
	values := make(map[string][]string)
	for _, entry := range env.environ {
		key, text, _ := strings.Cut(entry, "=")
		i := slices.IndexFunc(judges, func(f *pflag.Flag) bool { return envName(f.Name) == key })
		if i < 0 {
			noteUnknownVariable(env, key)
			continue
		}
		texts := []string{text}
		if _, isList := judges[i].Value.(pflag.SliceValue); isList {
			texts = strings.Split(text, ",")
		}
		if err := check(key, judges[i].Name, texts, judges); err != nil {
			return err
		}
		values[judges[i].Name] = texts
	}
	return merge(layers, values)
}

// noteUnknownVariable does not refuse: a container platform may define variables for a service of this name.
func noteUnknownVariable(env environment, key string) {
	known := []string{envName(configFlag), envPrefix + "ACTIVE_HELP", envPrefix + "COMPLETION_DESCRIPTIONS"} // the latter two are cobra's
	if strings.HasPrefix(key, envPrefix) && !slices.Contains(known, key) {
		fmt.Fprintf(env.errOut, "oraclenode: note: %s is not a setting and is ignored\n", key)
	}
}

// check lets every flag of that name judge the values.
func check(key, name string, texts []string, judges []*pflag.Flag) error {
	for _, flag := range judges {
		if flag.Name != name {
			continue
		}
		if err := set(key, flag, texts); err != nil {
			return err
		}
	}
	return nil
}

// set replaces the flag's value.
func set(key string, flag *pflag.Flag, texts []string) error {
	list, isList := flag.Value.(pflag.SliceValue)
	switch {
	case len(texts) > maxListValues:
		return usagef("%s has %d values, at most %d are allowed", key, len(texts), maxListValues)
	case !isList && len(texts) != 1:
		return usagef("%s has %d values, want one", key, len(texts))
	case !isList:
		if err := flag.Value.Set(texts[0]); err != nil {
			return refusedValue(key, flag, texts[0], err)
		}
		return nil
	}
	if err := list.Replace(nil); err != nil {
		return fmt.Errorf("%s: %w", key, err)
	}
	for _, text := range texts {
		if err := list.Append(text); err != nil {
			return refusedValue(key, flag, text, err)
		}
	}
	return nil
}

func merge(layers *viper.Viper, values map[string][]string) error {
	plain := make(map[string]any, len(values))
	for name, texts := range values {
		plain[name] = texts
	}
	if err := layers.MergeConfigMap(plain); err != nil {
		return fmt.Errorf("merge settings: %w", err)
	}
	return nil
}

// apply sets each flag of cmd to what the highest layer says.
func apply(cmd *cobra.Command, layers *viper.Viper) error {
	for _, flag := range settingFlags(cmd) {
		if err := layers.BindPFlag(flag.Name, flag); err != nil {
			return fmt.Errorf("bind --%s: %w", flag.Name, err)
		}
		if flag.Changed || !layers.IsSet(flag.Name) {
			continue
		}
		if err := set(flag.Name, flag, layers.GetStringSlice(flag.Name)); err != nil {
			return err
		}
		flag.Changed = true // It counts for cobra's required flags.
	}
	return nil
}

func names(flags []*pflag.Flag) []string {
	var found []string
	for _, flag := range flags {
		if !slices.Contains(found, flag.Name) {
			found = append(found, flag.Name)
		}
	}
	slices.Sort(found)
	return found
}
