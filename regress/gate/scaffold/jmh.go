package scaffold

import (
	"path"
	"regexp"
)

var jmhKind = Kind{Name: "jmh", Doc: "jmh-core in a pom.xml that makes benchmarks.jar, or me.champeau.jmh in a build.gradle", find: findJmh}

var (
	pom      = regexp.MustCompile(`^pom\.xml$`)
	gradle   = regexp.MustCompile(`^build\.gradle(\.kts)?$`)
	jmhCore  = regexp.MustCompile(`<artifactId>\s*jmh-core\s*<`)
	jmhJar   = regexp.MustCompile(`<(uberjar\.name|finalName)>\s*benchmarks\s*<`)
	namesJmh = regexp.MustCompile(`\bme\.champeau\.jmh\b`)
)

func findJmh(t *tree) *Finding {
	file := t.first(t.named(pom), "JMH", func(text []byte) bool { return jmhCore.Match(text) && jmhJar.Match(text) })
	if file != "" {
		build := file
		if t.has("pom.xml") {
			build = "pom.xml" // which builds its modules too
		}
		dir, pack := path.Dir(file), "mvn --batch-mode --quiet --file "+build+" -DskipTests package"
		jar := "java -jar " + path.Join(dir, "target/benchmarks.jar") + " -rf json -rff "
		return &Finding{Kind: "jmh", What: at("the benchmarks", dir), try: pack + " && " + jar + "jmh.json",
			steps: []step{{name: "Measure with JMH", lines: []string{
				pack, jar + runs + "/jmh.json"}}}}
	}
	if file = t.first(t.named(gradle), "JMH", namesJmh.Match); file != "" && t.has("gradlew") {
		dir := path.Dir(file)
		return &Finding{Kind: "jmh", What: at("the benchmarks", dir), try: "bash ./gradlew jmh",
			steps: []step{{name: "Measure with JMH", lines: []string{
				"bash ./gradlew jmh", "cp " + path.Join(dir, "build/results/jmh") + "/results.* " + runs + "/"}}}}
	}
	return nil
}
