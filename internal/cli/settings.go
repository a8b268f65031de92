package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

const (
	ConfigFlag    = "config"
	EnvPrefix     = "ORACLENODE_"
	settingMark   = "oraclenode_setting"
	secretMark    = "oraclenode_secret"
	MaxListValues = 64
)

// MarkSetting makes the named flags settable by environment and file too.
func MarkSetting(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		flag := flags.Lookup(name)
		mark(flag, settingMark)
		flag.Usage += fmt.Sprintf(" [$%s]", EnvName(name))
	}
}

// MarkSecret keeps the values of the named flags out of every message: URLs of nodes carry passwords and keys.
func MarkSecret(flags *pflag.FlagSet, names ...string) {
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

func IsSetting(flag *pflag.Flag) bool { return flag.Annotations[settingMark] != nil }
func IsSecret(flag *pflag.Flag) bool  { return flag.Annotations[secretMark] != nil }

func EnvName(flagName string) string {
	return EnvPrefix + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// SettingFlags are the settings of all commands below cmd. A setting that several commands have is there once for each.
func SettingFlags(cmd *cobra.Command) []*pflag.Flag {
	var found []*pflag.Flag
	cmd.LocalNonPersistentFlags().VisitAll(func(flag *pflag.Flag) {
		if IsSetting(flag) {
			found = append(found, flag)
		}
	})
	for _, child := range cmd.Commands() {
		found = append(found, SettingFlags(child)...)
	}
	return found
}

// LoadSettings gives the flags that were not typed their values from the environment of the process, which environ is, and the file. Settings of other
// commands are checked as well: a mistake in the file shows at once, not when that command runs.
//
// tree builds all commands anew: values that a flag hides are checked too, and change nothing. Notes go to errOut.
func LoadSettings(cmd *cobra.Command, tree func() *cobra.Command, environ []string, errOut io.Writer) error {
	if !cmd.Flags().Changed(ConfigFlag) && len(SettingFlags(cmd)) == 0 {
		return nil
	}
	known := SettingFlags(tree())
	path, err := configPath(cmd, environ)
	if err != nil {
		return err
	}
	layers := viper.NewWithOptions(viper.WithDecoderRegistry(&configDecoder{known}))
	layers.AllowEmptyEnv(true)
	for _, flag := range SettingFlags(cmd) {
		if err := errors.Join(layers.BindPFlag(flag.Name, flag), layers.BindEnv(flag.Name, EnvName(flag.Name))); err != nil {
			return fmt.Errorf("bind --%s: %w", flag.Name, err)
		}
	}
	if path != "" {
		if err := readConfig(layers, path); err != nil {
			return err
		}
	}
	if err := checkEnvironment(environ, errOut, known); err != nil {
		return err
	}
	return apply(cmd, layers)
}

// configPath is the file to read, empty for none.
func configPath(cmd *cobra.Command, environ []string) (string, error) {
	typed := cmd.Flags().Lookup(ConfigFlag)
	if typed.Changed {
		if typed.Value.String() == "" {
			return "", Usagef("--config is empty: name a file or leave it out")
		}
		return typed.Value.String(), nil
	}
	for _, entry := range environ {
		if path, ok := strings.CutPrefix(entry, EnvName(ConfigFlag)+"="); ok {
			return path, nil
		}
	}
	return "", nil
}

// checkEnvironment lets every flag judge the variables that are settings.
func checkEnvironment(environ []string, errOut io.Writer, known []*pflag.Flag) error {
	for _, entry := range environ {
		key, text, _ := strings.Cut(entry, "=")
		i := slices.IndexFunc(known, func(f *pflag.Flag) bool { return EnvName(f.Name) == key })
		if i < 0 {
			if former := formerVariable(key); former != nil {
				return &Outcome{ExitUsage, former}
			}
			noteUnknownVariable(errOut, key)
			continue
		}
		if err := check(key, known[i].Name, texts(known[i], text), known); err != nil {
			return err
		}
	}
	return nil
}

// noteUnknownVariable does not refuse: a container platform may define variables for a service of this name.
func noteUnknownVariable(errOut io.Writer, key string) {
	others := []string{EnvName(ConfigFlag), EnvPrefix + "ACTIVE_HELP", EnvPrefix + "COMPLETION_DESCRIPTIONS"} // the latter two are cobra's
	if strings.HasPrefix(key, EnvPrefix) && !slices.Contains(others, key) {
		fmt.Fprintf(errOut, "oraclenode: note: %s is not a setting and is ignored\n", key)
	}
}

// check lets every flag of that name judge the values.
func check(key, name string, texts []string, known []*pflag.Flag) error {
	for _, flag := range known {
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
	case len(texts) > MaxListValues:
		return Usagef("%s has %d values, at most %d are allowed", key, len(texts), MaxListValues)
	case !isList && len(texts) != 1:
		return Usagef("%s has %d values, want one", key, len(texts))
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

// texts are the values of a layer: the file has lists, a variable separates values by commas.
func texts(flag *pflag.Flag, value any) []string {
	text, isText := value.(string)
	if !isText {
		return value.([]string) //nolint:forcetypeassert // of configDecoder
	}
	if _, isList := flag.Value.(pflag.SliceValue); isList {
		return strings.Split(text, ",")
	}
	return []string{text}
}

// apply sets each flag of cmd that was not typed to what the highest layer says.
func apply(cmd *cobra.Command, layers *viper.Viper) error {
	for _, flag := range SettingFlags(cmd) {
		if flag.Changed || !layers.IsSet(flag.Name) {
			continue
		}
		if err := set(flag.Name, flag, texts(flag, layers.Get(flag.Name))); err != nil {
			return err
		}
		flag.Changed = true // It counts for cobra's required flags.
	}
	return nil
}

// SettingNames are the names of the flags, each once.
func SettingNames(flags []*pflag.Flag) []string {
	var found []string
	for _, flag := range flags {
		if !slices.Contains(found, flag.Name) {
			found = append(found, flag.Name)
		}
	}
	slices.Sort(found)
	return found
}
