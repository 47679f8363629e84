package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// What is committed is what the command would write.
func TestGeneratedFilesAreCurrent(t *testing.T) {
	files, err := generate(filepath.Join("..", "..", "..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	there, err := filepath.Glob(filepath.Join("..", "..", "zz_generated_*.go"))
	if err != nil || len(there) != len(files) {
		t.Errorf("there are %d files, and %d would be written (%v)", len(there), len(files), err)
	}
	for name, text := range files {
		committed, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil || !bytes.Equal(committed, text) {
			t.Errorf("%s is not what the description says now: run go run ./tools/generate in bindings/go (%v)", name, err)
		}
	}
}
