// Checks a log of ours with golang.org/x/mod/sumdb (Debian: golang-golang-x-mod-dev): the note, the root from the entries, every tile, and
// the proofs that we made.
//
//	check_log DIRECTORY VKEY PROOFS
//
// PROOFS holds a line each: "i INDEX HASH..." for an inclusion, "c OLD OLDROOT HASH..." for a consistency with the checkpoint; hashes in base64.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = h[index]
	}
	return out, nil
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func demand(ok bool, format string, arguments ...interface{}) {
	if !ok {
		check(fmt.Errorf(format, arguments...))
	}
}

func hash(text string) (h tlog.Hash) {
	bytes, err := base64.StdEncoding.DecodeString(text)
	check(err)
	demand(len(bytes) == len(h), "%q is no hash", text)
	copy(h[:], bytes)
	return h
}

func name(n int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	return path
}

// tile reads the n-th tile or bundle of so many hashes or entries.
func tile(directory, kind string, n, width int64) []byte {
	path := filepath.Join(directory, "tile", kind, name(n))
	if width < 256 {
		path = fmt.Sprintf("%s.p/%d", path, width)
	}
	bytes, err := os.ReadFile(path)
	check(err)
	return bytes
}

func readCheckpoint(directory, vkey string) (int64, tlog.Hash) {
	verifier, err := note.NewVerifier(vkey)
	check(err)
	bytes, err := os.ReadFile(filepath.Join(directory, "checkpoint"))
	check(err)
	opened, err := note.Open(bytes, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	demand(len(lines) == 4 && lines[0] == verifier.Name(), "the checkpoint has other lines: %q", opened.Text)
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return size, hash(lines[2])
}

func readEntries(directory string, size int64) hashes {
	var stored hashes
	for index := int64(0); index < size; {
		width := size - index
		if width > 256 {
			width = 256
		}
		bundle := tile(directory, "entries", index/256, width)
		for i := int64(0); i < width; i, index = i+1, index+1 {
			demand(len(bundle) >= 2, "a bundle is too short")
			length := int(binary.BigEndian.Uint16(bundle))
			demand(len(bundle) >= 2+length, "an entry is too short")
			more, err := tlog.StoredHashes(index, bundle[2:2+length], stored)
			check(err)
			stored = append(stored, more...)
			bundle = bundle[2+length:]
		}
		demand(len(bundle) == 0, "a bundle is too long")
	}
	return stored
}

func checkTiles(directory string, size int64, stored hashes) (count int) {
	for level := 0; size>>(8*level) > 0; level++ {
		on := size >> (8 * level)
		for n := int64(0); n*256 < on; n++ {
			width := on - n*256
			if width > 256 {
				width = 256
			}
			bytes := tile(directory, strconv.Itoa(level), n, width)
			demand(int64(len(bytes)) == 32*width, "a tile has another width")
			for i := int64(0); i < width; i++ {
				expected := stored[tlog.StoredHashIndex(8*level, n*256+i)]
				demand(string(bytes[32*i:32*i+32]) == string(expected[:]), "tile %d/%d is wrong at %d", level, n, i)
			}
			count++
		}
	}
	return count
}

func checkProofs(path string, size int64, root tlog.Hash, stored hashes) (inclusions, consistencies int) {
	file, err := os.Open(path)
	check(err)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		index, err := strconv.ParseInt(fields[1], 10, 64)
		check(err)
		switch fields[0] {
		case "i":
			var proof tlog.RecordProof
			for _, text := range fields[2:] {
				proof = append(proof, hash(text))
			}
			check(tlog.CheckRecord(proof, size, root, index, stored[tlog.StoredHashIndex(0, index)]))
			inclusions++
		case "c":
			var proof tlog.TreeProof
			for _, text := range fields[3:] {
				proof = append(proof, hash(text))
			}
			check(tlog.CheckTree(proof, size, root, index, hash(fields[2])))
			old, err := tlog.TreeHash(index, stored)
			check(err)
			demand(old == hash(fields[2]), "the root at %d is another", index)
			consistencies++
		default:
			demand(false, "%q is no proof", lines.Text())
		}
	}
	check(lines.Err())
	return inclusions, consistencies
}

func main() {
	directory := os.Args[1]
	size, root := readCheckpoint(directory, os.Args[2])
	stored := readEntries(directory, size)
	computed, err := tlog.TreeHash(size, stored)
	check(err)
	demand(computed == root, "the entries give the root %v, the checkpoint %v", computed, root)
	tiles := checkTiles(directory, size, stored)
	inclusions, consistencies := checkProofs(os.Args[3], size, root, stored)
	fmt.Printf("%d entries, %d tiles, %d inclusions, %d consistencies\n", size, tiles, inclusions, consistencies)
}
