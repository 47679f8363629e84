package main

import (
	"bytes"
	"go/format"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Every file must be formatted with gofmt.
func TestFilesAreFormatted(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".go" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		formatted, err := format.Source(text)
		if err == nil && !bytes.Equal(text, formatted) {
			t.Errorf("%s: run gofmt -w", path)
		}
		return err
	})
	if err != nil || files < 10 {
		t.Error(files, err)
	}
}
