package render

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/org/regress-gate/regress"
)

// Place is where a benchmark stands in the source.
type Place struct {
	File string // from the root of the repository, with slashes
	Line int    // from 1; 0 where only the file is known
}

// The parts of SARIF 2.1.0 (OASIS) that a finding needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string       `json:"id"`
		Short   sarifMessage `json:"shortDescription"`
		Default sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level string `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule         string            `json:"ruleId"`
		Level        string            `json:"level"`
		Message      sarifMessage      `json:"message"`
		Locations    []sarifLocation   `json:"locations,omitempty"`
		Fingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region *sarifRegion `json:"region,omitempty"`
	}
	sarifRegion struct {
		Line int `json:"startLine"`
	}
	sarifLogical struct {
		Name string `json:"fullyQualifiedName"`
	}
)

var sarifRules = []sarifRule{
	{"regression", sarifMessage{"A metric got worse by more than its threshold, and the data prove it."}, sarifLevel{"error"}},
	{"alert", sarifMessage{"A metric is beyond an absolute limit of the policy, or the limit guards nothing."}, sarifLevel{"error"}},
	{"unproven", sarifMessage{"Nothing was compared, so that nothing is known."}, sarifLevel{"error"}},
	{"missing", sarifMessage{"A metric of the baseline is not in the run."}, sarifLevel{"error"}},
	{"incomparable", sarifMessage{"A metric cannot be compared with the baseline's."}, sarifLevel{"warning"}},
	{"suspect", sarifMessage{"A metric looks worse, and this measurement does not prove it."}, sarifLevel{"warning"}},
	{"inconclusive", sarifMessage{"The data cannot tell whether a metric got worse."}, sarifLevel{"warning"}},
	{"new", sarifMessage{"A metric is not in the baseline."}, sarifLevel{"note"}},
	{"drift", sarifMessage{"Small losses of the main branch have added up beyond the threshold."}, sarifLevel{"warning"}},
	{"edit", sarifMessage{"The change edits the policy or the baseline that it is judged by."}, sarifLevel{"warning"}},
	{"warning", sarifMessage{"Something about the measurement is not as it should be."}, sarifLevel{"note"}},
}

// renderSARIF writes a result for everything that the annotations tell, without
// their limit on numbers: an error for what keeps the gate from being open.
func renderSARIF(w io.Writer, r *regress.Report, o Options) error {
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{"regress-gate", regress.Version, "https://github.com/org/regress-gate", sarifRules}
	errors, warns := findings(r)
	for _, list := range [...]struct {
		level string
		of    []annotation
	}{{"error", errors}, {"warning", warns}} {
		for _, a := range list.of {
			run.Results = append(run.Results, a.sarif(list.level, o))
		}
	}
	log := sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}}
	doc, err := json.Marshal(log, jsontext.WithIndent("  "), json.Deterministic(true))
	if err != nil {
		return err
	}
	_, err = w.Write(append(escapeJSON(doc), '\n'))
	return err
}

// sarif is the annotation as a result. Its fingerprint is made of what it is
// about and not of the numbers, so that it stays one finding over many runs.
func (a annotation) sarif(level string, o Options) sarifResult {
	sum := sha256.Sum256([]byte(a.rule + "\x00" + a.key.Benchmark + "\x00" + a.key.Metric + "\x00" + a.about))
	result := sarifResult{
		Rule: a.rule, Level: level,
		Message:      sarifMessage{unarmed(a.title + ": " + a.message)},
		Fingerprints: map[string]string{"finding/v1": hex.EncodeToString(sum[:16])},
	}
	if a.key == (regress.Key{}) {
		return result
	}
	location := sarifLocation{Logical: []sarifLogical{{name(a.key.Benchmark) + " " + name(a.key.Metric)}}}
	if o.Locate != nil {
		if place, ok := o.Locate(a.key); ok {
			location.Physical = &sarifPhysical{}
			location.Physical.Artifact.URI = fileURI(place.File)
			if place.Line > 0 {
				location.Physical.Region = &sarifRegion{place.Line}
			}
		}
	}
	result.Locations = []sarifLocation{location}
	return result
}

// fileURI is a path as a relative reference (RFC 3986).
func fileURI(path string) string { return (&url.URL{Path: path}).EscapedPath() }
