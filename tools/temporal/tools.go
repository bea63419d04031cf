//go:build tools

// Package tools names what is built from this module: Temporal's command line program, which
// contains its development server and its UI. Posthorn builds it once, on machines that have
// neither the program nor a way to download it, but a Go toolchain and a module proxy:
//
//	go build -trimpath -ldflags "-s -w" github.com/temporalio/cli/cmd/temporal
//
// The import keeps the program's dependencies in go.mod; the build tag keeps this file out of
// every build.
package tools

import _ "github.com/temporalio/cli/cmd/temporal"
