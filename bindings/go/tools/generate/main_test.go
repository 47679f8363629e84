package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The committed files must be up to date.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	files, err := generate(filepath.Join("..", "..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	committedFiles, err := filepath.Glob(filepath.Join("..", "..", "zz_generated_*.go"))
	if err != nil || len(committedFiles) != len(files) {
		t.Errorf("%d files are committed, the generator writes %d (%v)", len(committedFiles), len(files), err)
	}
	for name, text := range files {
		committed, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil || !bytes.Equal(committed, text) {
			t.Errorf("%s is not up to date: run go run ./tools/generate in bindings/go (%v)", name, err)
		}
	}
}
