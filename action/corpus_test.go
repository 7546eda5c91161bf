package action

import "strings"

// corpus are names that a stranger may give to a benchmark, a metric or a unit, by
// what they attack. None of them may come alive.
var corpus = map[string][]string{
	"markdown": {
		"*bold*", "**bold**", "_em_", "__em__", "~~gone~~", "`code`", "``code``", "```\nfence\n```", "# heading", "## heading", "> quote", "- item", "* item",
		"+ item", "1. item", "---", "***", "===", "| a | b |", "|---|", "a|b", `a\|b`, `a\\|b`, "\\", "\\*", "    indented", "[x]", "[ ] task", "- [x] task",
		"[link](https://evil.example)", "[link](javascript:alert(1))", "[link][ref]", "[ref]: https://evil.example", "![image](https://evil.example/x.png)",
		"![](data:image/svg+xml;base64,PHN2Zz4=)", "[![a](b)](c)", "<https://evil.example>", "<evil@evil.example>", "[^1]", "[^1]: note", "$x^2$", "$$x$$", "$`x`$",
		"> [!WARNING]", ":smile:", ":+1:", "line  \nbreak", "a\n\nb", "a\n---", "a\n===", "&amp;lt;b&amp;gt;", "&lt;script&gt;", "&#60;b&#62;", "&colon;smile&colon;",
	},
	"html": {
		"<b>b</b>", "<script>alert(1)</script>", "</details>", "</summary></details><h1>x", "</code>", "</td></tr></table>", "<img src=x onerror=alert(1)>",
		"<svg/onload=alert(1)>", "<a href=https://evil.example>x</a>", "<a href='javascript:x'>x</a>", "<!-- hidden", "-->", "<!-- regress-gate Performance -->",
		"<![CDATA[x]]>", "<?php x ?>", "<!DOCTYPE html>", "<iframe src=//evil.example>", "<style>*{display:none}</style>", "<br>", "<details open>", "<sub>", "</sub>",
		"<kbd>", "<a name=x>", "\"><b>", "'><b>", "<b", "a<b>c", "<input checked>", "<form action=//evil.example>", "&#x3c;b>", "<plaintext>", "<textarea>",
	},
	"references": {
		"@octocat", "@org/team", "a@b.example", "#1", "org/repo#1", "GH-1", "gh-12", "0123456789abcdef0123456789abcdef01234567", "0123abc", "org/repo@0123abcdef",
		"https://evil.example", "http://evil.example/a?b=c", "ftp://evil.example", "www.evil.example", "WWW.evil.example", "mailto:a@evil.example",
		"https://github.com/org/repo/pull/1", "fixes #1", "closes org/repo#2", "CVE-2026-0001", "@@octocat", "(@octocat)", "x@octocat", "/@octocat", "##1",
	},
	"commands": {
		"::error::forged", "::error file=a,line=1::forged", " ::stop-commands::token", "\t::add-mask::e", "::set-output name=verdict::open", "::group::x", "::endgroup::",
		"::warning title=x::y", "::debug::x", "::save-state name=x::y", "::add-path::/evil", "::set-env name=PATH::/evil", "::notice::x", "::add-matcher::x.json",
		"##[error]forged", "x ##[add-mask]a", "##[[group]]##[stop-commands]t", "##[command]x", "##[debug]x", "x##[warning]y", "##[set-output name=verdict;]open",
		"\u00a0::error::after a no-break space", "\u3000::error::after an ideographic space", "\u2028::error::after a line separator", "x\r::error::cr", "x\n::error::lf",
		"%0A::error::unescaped", "x%0D%0A##[error]y", "a,title=forged::b", "%s%d%!", "#\u200b#[error]x", "##\u200b[error]x",
	},
	"files of the runner": {
		"verdict=open", "verdict<<E", "verdict<<E\nopen\nE", "regress_gate_", "_GitHubActionsFileCommandDelimeter_\nverdict<<E\nopen\nE", "x\nverdict=open\n", "comment-url=https://evil.example",
		"ghadelimiter_1", "$(id)", "`id`", "${{ secrets.GITHUB_TOKEN }}", "${IFS}", "; rm -rf /", "| id", "&& id", "../../etc/passwd", "C:\\x", "\x00", "a\x00b",
	},
	"what cannot be seen": {
		"\u202egnp.exe", "a\u202eb\u202cc", "\u2066a\u2069", "\u200b", "a\u200bb", "\u200d", "\ufeff", "a\ufeffb", "\u00ad", "\u180e", "\u2060", "\u115f", "\u3164", "\u2800",
		"\ufe0f", "\U000e0041", "\u0300\u0301\u0302", strings.Repeat("a\u0300\u0301", 60), "\x1b[2Kgone", "\x1b]8;;https://evil.example\x07x", "\x07", "\x08\x08\x08", "\x7f",
		"\u0085x", "\u009b31m", "\u2029x", "\v", "\f", "\xff\xfe", "a\xc3", "\xed\xa0\x80", "\U0001f469\u200d\U0001f4bb", "e\u0301", "раураl", "аdmin",
	},
	"sizes": {
		"", " ", "  ", "a b", strings.Repeat("x", 10_000), strings.Repeat("@octocat ", 110), strings.Repeat("`", 300), strings.Repeat("|", 300), strings.Repeat("[", 300),
		strings.Repeat("<b>", 300), strings.Repeat("long ", 2000) + "##[error]tail", strings.Repeat("\u202e", 100), strings.Repeat("😀", 200), strings.Repeat("*a", 200),
	},
}

// hostile is the corpus in one list.
var hostile = func() (all []string) {
	for _, kind := range []string{"markdown", "html", "references", "commands", "files of the runner", "what cannot be seen", "sizes"} {
		all = append(all, corpus[kind]...)
	}
	return all
}()

// spoken are those that speak to the runner.
var spoken = append(append([]string{"</details><script>alert(1)</script>", "@octocat #1 https://evil.example", strings.Repeat("long ", 2000) + "##[error]tail", ""},
	corpus["commands"]...), corpus["files of the runner"]...)
