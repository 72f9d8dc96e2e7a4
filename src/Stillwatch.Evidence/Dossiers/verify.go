// Verifies the entries and timestamped checkpoints of a dossier with Go's own implementation of signed notes and Merkle trees, without the program that made it.
//
//	go run verify.go VKEY      in the dossier's folder; VKEY is the log's key, from somebody you trust
//
// Debian: golang-go, golang-golang-x-mod-dev (then: GO111MODULE=off GOPATH=/usr/share/gocode go run verify.go VKEY).
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) tlog.Hash {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	var hash tlog.Hash
	if copy(hash[:], bytes) != len(hash) || len(bytes) != len(hash) {
		check(fmt.Errorf("%q is no hash", text))
	}
	return hash
}

// Opens a checkpoint: its size and root.
func open(path string, text []byte, verifier note.Verifier) (int64, tlog.Hash) {
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("%s is of the log %q", path, lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return size, hash(lines[2])
}

func checkEntry(path string, verifier note.Verifier) {
	proof, err := os.ReadFile(path)
	check(err)
	parts := bytes.SplitN(proof, []byte("\n\n"), 2)
	lines := strings.Split(string(parts[0]), "\n")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	check(err)
	size, root := open(path, parts[1], verifier)
	var hashes tlog.RecordProof
	for _, line := range lines[2:] {
		hashes = append(hashes, hash(line))
	}
	entry, err := os.ReadFile(strings.TrimSuffix(path, ".tlog-proof") + ".json")
	check(err)
	check(tlog.CheckRecord(hashes, size, root, index, tlog.RecordHash(entry)))
	fmt.Println("included:", path)
}

func checkTimestamp(path string, size int64, root tlog.Hash, verifier note.Verifier) {
	stamped, err := os.ReadFile(path)
	check(err)
	old, oldRoot := open(path, stamped, verifier)
	lines, err := os.ReadFile(strings.TrimSuffix(path, ".checkpoint") + ".consistency")
	check(err)
	var hashes tlog.TreeProof
	for _, line := range strings.Fields(string(lines)) {
		hashes = append(hashes, hash(line))
	}
	check(tlog.CheckTree(hashes, size, root, old, oldRoot))
	fmt.Println("continued:", path)
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	proofs, err := filepath.Glob("entries/*.tlog-proof")
	check(err)
	for _, path := range proofs {
		checkEntry(path, verifier)
	}
	if len(proofs) == 0 {
		check(fmt.Errorf("there is no entry"))
	}
	checkpoint, err := os.ReadFile("checkpoint")
	check(err)
	size, root := open("checkpoint", checkpoint, verifier)
	stamps, err := filepath.Glob("timestamps/*.checkpoint")
	check(err)
	for _, path := range stamps {
		checkTimestamp(path, size, root, verifier)
	}
}
