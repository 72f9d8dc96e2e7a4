using System.Globalization;
using System.Text;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Tests.Signing;

public sealed class SignedNoteTests
{
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";

    [Fact]
    public void Notes_Published_VerifyFailOrParseAsTheySay()
    {
        var rows = JsonLines.Read(SharedFolder.Data("merkle/notes.jsonl.gz"));
        Assert.Equal(8, rows.Count);
        foreach (var row in rows)
        {
            var bytes = Encoding.UTF8.GetBytes(row.GetProperty("note").GetString()!);
            var note = SignedNote.Parse(bytes);
            Assert.Equal(bytes, note.ToBytes());
            NoteVerifierKey[] keys = row.GetProperty("vkey").GetString() is { } vkey ? [NoteVerifierKey.Parse(vkey)] : [];
            Assert.Equal(
                row.GetProperty("expect").GetString() switch
                {
                    "verifies" => NoteVerdict.Verified,
                    "fails" => NoteVerdict.SignatureFails,
                    _ => NoteVerdict.NoKnownSignature,
                },
                note.Verify(keys));
            Assert.All(keys, key => Assert.Equal(row.GetProperty("vkey").GetString(), key.ToString()));
        }
    }

    [Fact]
    public void Verify_UnknownAndKnownSignatures_FollowsTheSpecification()
    {
        using var known = TestKeys.Log("example.com/known", 1);
        using var unknown = TestKeys.Log("example.com/unknown", 2);
        using var impostor = TestKeys.Log("example.com/known", 3);
        byte[] text = [.. Encoding.UTF8.GetBytes(Text)];
        NoteVerifierKey[] keys = [known.VerifierKey];
        Assert.Equal(NoteVerdict.Verified, Note(known.Sign(text), unknown.Sign(text)).Verify(keys));
        Assert.Equal(NoteVerdict.NoKnownSignature, Note(unknown.Sign(text), impostor.Sign(text)).Verify(keys));
        var forged = new NoteSignature(known.VerifierKey.Name, known.VerifierKey.KeyId, impostor.Sign(text).Bytes);
        Assert.Equal(NoteVerdict.SignatureFails, Note(known.Sign(text), forged).Verify(keys));
        Assert.Equal(NoteVerdict.SignatureFails, Note(forged, known.Sign(text)).Verify(keys));
        Assert.Equal(NoteVerdict.NoKnownSignature, Note(known.Sign(text)).Verify([]));
    }

    [Fact]
    public void Verify_TwoKnownKeys_TellsBoth()
    {
        using var log = TestKeys.Log("example.com/log");
        using var witness = TestKeys.Witness("example.com/witness");
        var text = Encoding.UTF8.GetBytes(Text);
        var at = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);
        var note = Note(log.Sign(text), witness.Cosign(text, at));
        Assert.Equal(NoteVerdict.Verified, note.Verify([log.VerifierKey, witness.VerifierKey], out var verified));
        Assert.Equal([log.VerifierKey, witness.VerifierKey], verified.Select(pair => pair.Key));
        Assert.Equal(at, verified[1].Signature.CosignedAt);
    }

    [Fact]
    public void Verify_CosignatureWithAnotherTime_Fails()
    {
        using var witness = TestKeys.Witness("example.com/witness");
        var text = Encoding.UTF8.GetBytes(Text);
        var bytes = witness.Cosign(text, DateTimeOffset.UnixEpoch.AddSeconds(5)).Bytes.ToArray();
        bytes[7]++;
        var later = new NoteSignature(witness.VerifierKey.Name, witness.VerifierKey.KeyId, bytes);
        Assert.Equal(NoteVerdict.SignatureFails, Note(later).Verify([witness.VerifierKey]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text without newline")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAAAA==\n")]
    [InlineData("text\n\n— na+me AAAAAAE=\n")]
    [InlineData("text\n\n—  AAAAAAE=\n")]
    [InlineData("text\n\n— na\u2003me AAAAAAE=\n")]
    [InlineData("text\n\n— name AAAAAAE=")]
    [InlineData("text\n\n— name AAAAAAE\n")]
    [InlineData("text\n\n— name AAAAAAF=\n")]
    [InlineData("text\n\n— name AAAA AAE=\n")]
    [InlineData("text\n\n- name AAAAAAE=\n")]
    [InlineData("te\txt\n\n— name AAAAAAE=\n")]
    [InlineData("te\0xt\n\n— name AAAAAAE=\n")]
    [InlineData("text\r\n\n— name AAAAAAE=\n")]
    [InlineData("\n\n— name AAAAAAE=\n\n")]
    public void Parse_WhatIsNoNote_IsRefused(string note) =>
        Assert.Throws<InvalidDataException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note)));

    [Fact]
    public void Parse_BytesThatAreNoUtf8_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => SignedNote.Parse([0xC3, (byte)'\n', .. "\n\u2014 name AAAAAAE=\n"u8]));

    [Fact]
    public void Parse_TextWithEmptyLines_SplitsAtTheLast()
    {
        var note = SignedNote.Parse("one\n\ntwo\n\n\u2014 name AAAAAAE=\n"u8);
        Assert.Equal("one\n\ntwo\n", Encoding.UTF8.GetString(note.Text));
    }

    [Fact]
    public void Parse_GiantNotes_AreRefusedByBytesAndBySignatures()
    {
        var line = "\u2014 name AAAAAAE=\n";
        var most = string.Concat(Enumerable.Repeat(line, SignedNote.MaxSignatures));
        Assert.Equal(SignedNote.MaxSignatures, SignedNote.Parse(Encoding.UTF8.GetBytes($"text\n\n{most}")).Signatures.Count);
        Refused($"text\n\n{most}{line}", "more than 100 signatures");
        Refused($"{new string('a', SignedNote.MaxBytes)}\n\n{line}", "at most 1000000 are read");

        static void Refused(string note, string reason)
        {
            var fault = Assert.Throws<InvalidDataException>(() => SignedNote.Parse(Encoding.UTF8.GetBytes(note)));
            Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parse_FuzzedNotes_AreReadAsWrittenOrRefused()
    {
        const int Seed = 20261128;
        var random = new Random(Seed);
        using var key = TestKeys.Log("example.com/log");
        var original = Note(key.Sign(Encoding.UTF8.GetBytes(Text))).ToBytes();
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var mutated = Mutate(original, random);
            try
            {
                var note = SignedNote.Parse(mutated);
                Assert.Equal(mutated, note.ToBytes());
                var isUnchanged = note.Text.SequenceEqual(Encoding.UTF8.GetBytes(Text));
                Assert.True(isUnchanged || note.Verify([key.VerifierKey]) != NoteVerdict.Verified, Label(round));
                accepted++;
            }
            catch (InvalidDataException)
            {
            }
        }

        Assert.InRange(accepted, 100, 19_900);

        static string Label(int round) => string.Create(CultureInfo.InvariantCulture, $"seed {Seed}, round {round}");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, "\n \u2014+a"u8[random.Next(7)]);
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    bytes.AddRange(original.AsSpan(random.Next(original.Length)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static SignedNote Note(params NoteSignature[] signatures) => new(Encoding.UTF8.GetBytes(Text), signatures);
}
