// Package conformance runs the conformance cases that all languages share. It contains only tests.
package conformance
