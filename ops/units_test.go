package ops_test

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(content)
}

// runFlags are the flags of oraclenode run, and environment the settings' variables, as the program itself wrote them down.
func runFlags(t *testing.T) (flags, environment []string) {
	t.Helper()
	commands := read(t, "../docs/commands.md")
	_, section, found := strings.Cut(commands, "\n## oraclenode run\n")
	require.True(t, found)
	section, _, _ = strings.Cut(section, "\n## ")
	for _, match := range regexp.MustCompile("`(--[a-z-]+)").FindAllStringSubmatch(section, -1) {
		flags = append(flags, match[1])
	}
	for _, match := range regexp.MustCompile("`(ORACLENODE_[A-Z_]+)` \\| .*`run`").FindAllStringSubmatch(commands, -1) {
		environment = append(environment, match[1])
	}
	require.NotEmpty(t, environment)
	return append(flags, "--config"), environment
}

func TestTheUnitRunsTheProgramAsItIsAndHardened(t *testing.T) {
	settings, section := map[string][]string{}, ""
	for _, line := range strings.Split(read(t, "systemd/oraclenode.service"), "\n") {
		line = strings.TrimSpace(line)
		switch name, value, isSetting := strings.Cut(line, "="); {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			section = line
			require.Contains(t, []string{"[Unit]", "[Service]", "[Install]"}, section)
		default:
			require.True(t, isSetting, line)
			require.Regexp(t, `^[A-Z][A-Za-z]+$`, name)
			settings[section+name] = append(settings[section+name], value)
		}
	}
	start := strings.Fields(settings["[Service]ExecStart"][0])
	require.Equal(t, []string{"/usr/local/bin/oraclenode", "run"}, start[:2])
	flags, _ := runFlags(t)
	for _, word := range start[2:] {
		if strings.HasPrefix(word, "-") {
			require.Contains(t, flags, word, "the unit uses a flag that oraclenode run does not have")
		}
	}
	for name, value := range map[string]string{
		"User": "oraclenode", "NoNewPrivileges": "yes", "CapabilityBoundingSet": "", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateDevices": "yes",
		"PrivateTmp": "yes", "RestrictNamespaces": "yes", "MemoryDenyWriteExecute": "yes", "UMask": "0077", "StateDirectoryMode": "0700", "Restart": "always",
		"KillSignal": "SIGTERM",
	} {
		require.Equal(t, []string{value}, settings["[Service]"+name], name)
	}
}

func TestTheImageRunsAsNobodyFromAnExactBuild(t *testing.T) {
	file := read(t, "docker/Dockerfile")
	stages := regexp.MustCompile(`(?m)^FROM (\S+)`).FindAllStringSubmatch(file, -1)
	require.Len(t, stages, 2)
	version := regexp.MustCompile(`(?m)^go (\S+)$`).FindStringSubmatch(read(t, "../go.mod"))[1]
	require.Equal(t, "golang:"+version+"-bookworm", stages[0][1], "the image must build with the Go of go.mod")
	_, last, _ := strings.Cut(file, "\nFROM "+stages[1][1])
	require.Contains(t, last, "\nUSER nonroot:nonroot\n")
	require.Contains(t, last, `ENTRYPOINT ["/usr/local/bin/oraclenode"]`)
	require.NotContains(t, file, ":latest")
	require.NotContains(t, last, "\nRUN ", "the last stage has no shell")
}

// compose is the part of the compose file that is judged.
type compose struct {
	Services map[string]struct {
		Image, User   string
		Command       []string
		Environment   []string
		Ports         []string
		ReadOnly      bool     `yaml:"read_only"`
		CapDrop       []string `yaml:"cap_drop"`
		SecurityOpt   []string `yaml:"security_opt"`
		NetworkMode   string   `yaml:"network_mode"`
		Volumes       []string
		RestartPolicy string `yaml:"restart"`
	}
}

func TestTheComposeFileSetsWhatTheProgramKnowsAndOpensNothing(t *testing.T) {
	var file compose
	require.NoError(t, yaml.Unmarshal([]byte(read(t, "docker/compose.yaml")), &file))
	_, known := runFlags(t)
	node := file.Services["oraclenode"]
	require.NotEmpty(t, node.Environment)
	for _, setting := range node.Environment {
		name, _, _ := strings.Cut(setting, "=")
		require.Contains(t, known, name, "the compose file sets what oraclenode run does not know")
	}
	for _, port := range node.Ports {
		public := strings.HasPrefix(port, "9100:9100/")
		require.True(t, public || strings.HasPrefix(port, "127.0.0.1:"), "%s is open to everybody", port)
	}
	for name, service := range file.Services {
		require.True(t, service.ReadOnly, name)
		require.Equal(t, []string{"ALL"}, service.CapDrop, name)
		require.Equal(t, []string{"no-new-privileges:true"}, service.SecurityOpt, name)
		for _, volume := range service.Volumes {
			source, _, _ := strings.Cut(volume, ":")
			if strings.HasPrefix(source, ".") {
				require.FileExists(t, path.Join("docker", source))
			}
		}
	}
	var scrape struct {
		RuleFiles     []string `yaml:"rule_files"`
		ScrapeConfigs []struct {
			StaticConfigs []struct{ Targets []string } `yaml:"static_configs"`
		} `yaml:"scrape_configs"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(read(t, "prometheus/prometheus.yaml")), &scrape))
	require.Equal(t, []string{"127.0.0.1:9110"}, scrape.ScrapeConfigs[0].StaticConfigs[0].Targets)
	require.Equal(t, "service:oraclenode", file.Services["prometheus"].NetworkMode, "the node answers to no host name")
	require.True(t, slices.ContainsFunc(file.Services["prometheus"].Volumes, func(v string) bool { return strings.Contains(v, ":"+scrape.RuleFiles[0]+":") }))
}
