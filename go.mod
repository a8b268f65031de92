module github.com/tidemark-oracle/tidemark

go 1.26
