// Verifies the entries of a dossier with Go's own implementation of signed notes and Merkle trees, without the program that made it.
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

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	proofs, err := filepath.Glob("entries/*.tlog-proof")
	check(err)
	for _, path := range proofs {
		proof, err := os.ReadFile(path)
		check(err)
		parts := bytes.SplitN(proof, []byte("\n\n"), 2)
		lines := strings.Split(string(parts[0]), "\n")
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
		check(err)
		opened, err := note.Open(parts[1], note.VerifierList(verifier))
		check(err)
		checkpoint := strings.Split(opened.Text, "\n")
		size, err := strconv.ParseInt(checkpoint[1], 10, 64)
		check(err)
		var hashes tlog.RecordProof
		for _, line := range lines[2:] {
			hashes = append(hashes, hash(line))
		}
		entry, err := os.ReadFile(strings.TrimSuffix(path, ".tlog-proof") + ".json")
		check(err)
		check(tlog.CheckRecord(hashes, size, hash(checkpoint[2]), index, tlog.RecordHash(entry)))
		fmt.Println("included:", path)
	}
	if len(proofs) == 0 {
		check(fmt.Errorf("there is no entry"))
	}
}
