package action

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/org/regress-gate/regress"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// metadata is the part of action.yml that the code must agree with.
type metadata struct {
	Inputs map[string]struct {
		Description string
		Required    bool
		Default     string
	}
	Outputs map[string]struct{ Description string }
	Runs    struct {
		Using, Image string
		Args         []string
	}
}

func TestActionYAML(t *testing.T) {
	text, err := os.ReadFile("../action.yml")
	require.NoError(t, err)
	var file metadata
	require.NoError(t, yaml.Unmarshal(text, &file))

	declared, coded := map[string]string{}, map[string]string{}
	for name, in := range file.Inputs {
		declared[name] = in.Default
		assert.NotEmpty(t, in.Description, name)
		assert.False(t, in.Required, "%s: the runner does not enforce it, our own error says more", name)
	}
	for _, in := range inputs {
		coded[in.name] = in.value
	}
	assert.Empty(t, cmp.Diff(coded, declared), "inputs and their defaults (- code, + action.yml)")

	var declaredOutputs, codedOutputs = map[string]bool{}, map[string]bool{}
	for name, out := range file.Outputs {
		declaredOutputs[name] = true
		assert.NotEmpty(t, out.Description, name)
	}
	for _, out := range outputsOf(&regress.Report{}, "", "") {
		codedOutputs[out.name] = true
	}
	assert.Empty(t, cmp.Diff(codedOutputs, declaredOutputs), "outputs (- code, + action.yml)")

	assert.Equal(t, "docker", file.Runs.Using)
	assert.Equal(t, []string{"action"}, file.Runs.Args, "the sub-command that calls Main")
}
