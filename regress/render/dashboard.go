package render

import _ "embed" // the dashboard

//go:embed page/dashboard.json
var dashboard string

// Dashboard returns a Grafana dashboard, as JSON, of what the format openmetrics
// tells Prometheus. It asks for its data source when it is opened.
func Dashboard() string { return dashboard }
