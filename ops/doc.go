// Package ops holds what operators put around a node, and the tests that prove that it fits the node: every metric and label that the Grafana
// dashboard and the alert rules use is one that a node exports, every setting that the units and containers use is one of the program.
//
//	grafana/tidemark.json      dashboard
//	prometheus/alerts.yaml     alert rules; prometheus.yaml scrapes the compose file's node
//	systemd/oraclenode.service hardened unit
//	docker/                    Dockerfile and compose file
package ops
