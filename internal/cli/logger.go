package cli

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/spf13/cobra"
)

// LogFlags are the settings log-format and log-level.
type LogFlags struct{ format, level ChoiceValue }

// Add defines the flags; level is what holds when none is given.
func (f *LogFlags) Add(cmd *cobra.Command, level string) {
	f.format = ChoiceValue{Word: "text", Choices: []string{"text", "json"}}
	f.level = ChoiceValue{Word: level, Choices: []string{"debug", "info", "warn", "error"}}
	AddChoice(cmd, &f.format, "log-format", "format of log lines on standard error")
	AddChoice(cmd, &f.level, "log-level", "least important log lines to show")
	MarkSetting(cmd.Flags(), "log-format", "log-level")
}

// Logger writes lines of at least the level to w, as text or as JSON.
func (f *LogFlags) Logger(w io.Writer) (*slog.Logger, error) {
	var least slog.Level
	if err := least.UnmarshalText([]byte(f.level.Word)); err != nil {
		return nil, fmt.Errorf("log level: %w", err)
	}
	options := &slog.HandlerOptions{Level: least}
	if f.format.Word == "json" {
		return slog.New(slog.NewJSONHandler(w, options)), nil
	}
	return slog.New(slog.NewTextHandler(w, options)), nil
}
