// Package conformance plays the cases that all languages have in common; it has tests alone.
package conformance
