package devnet

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// olderScript writes a program that has the command, whose help names flags.
func olderScript(t *testing.T, command, flags string) string {
	path := filepath.Join(t.TempDir(), "devnet")
	script := "#!/bin/sh\n[ \"$1\" = " + command + " ] || exit 64\ncat <<'END'\nUsage:\n" + flags + "END\n"
	require.NoError(t, os.WriteFile(path, []byte(script), 0o700))
	return path
}

func TestAnOlderProgramIsToldItsSettingsByItsOwnNames(t *testing.T) {
	for command, flags := range map[string]string{
		"member":        "      --home DIR    files\n      --resend-every duration   told again, see --poll-interval\n  -x, --api HOST   page\n",
		"devnet-member": "      --home DIR\n      --resend-every D\n      --api HOST\n",
	} {
		path := olderScript(t, command, flags)
		p, err := readOlderProgram(path, nil)
		require.NoError(t, err)
		require.Equal(t, []string{path, command}, p.command)
		for _, flag := range []string{"--resend-every", "--resend-interval"} {
			settings, err := p.translate([]string{"--home", "/tmp/--poll-every", flag, "3s", "--api", ""})
			require.NoError(t, err)
			require.Equal(t, []string{"--home", "/tmp/--poll-every", "--resend-every", "3s", "--api", ""}, settings)
		}
		for _, unknown := range [][]string{{"--poll-interval", "1s"}, {"--workers", "1"}, {"home", "x"}} {
			_, err := p.translate(unknown)
			require.ErrorIs(t, err, ErrOlderProgram)
		}
	}
}

func TestAProgramThatHasNoMemberIsRefused(t *testing.T) {
	for name, path := range map[string]string{
		"none":          filepath.Join(t.TempDir(), "nothing"),
		"other command": olderScript(t, "status", "      --home DIR\n"),
		"other flags":   olderScript(t, "member", "      --frames N\n"),
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t, new(bytes.Buffer))
			o.OlderProgram, o.OlderMembers = path, 2
			require.ErrorIs(t, Run(t.Context(), o), ErrOlderProgram)
		})
	}
}
