using System.Text.Json.Nodes;

namespace Stillwatch.Provenance.Reports;

/// <summary>The report of a lineage test: every figure follows from inputs, settings and secrets. Stateless.</summary>
public static class LineageReport
{
    /// <summary>The form's name.</summary>
    public const string Schema = "stillwatch.lineage-report/1";

    /// <summary>A member of a row that was not computed because its secret is not at hand.</summary>
    public const string SecretMissing = "secretMissing";

    /// <summary>Computes the report.</summary>
    /// <exception cref="InvalidDataException">An input is malformed: file, line and reason; or nothing is there to be tested.</exception>
    public static JsonObject Compute(LineageRequest request, LineageSecrets secrets, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(secrets);
        var inputs = new LineageInputs(request.Inputs, request.Settings.Vocabulary);
        var firstOutput = inputs.FirstOutputAt();
        var tests = Tests(request.Settings, inputs, secrets, cancellation);
        return new()
        {
            ["schema"] = Schema,
            ["suspect"] = request.Suspect,
            ["software"] = request.Software,
            ["madeAt"] = request.MadeAt,
            ["signedBy"] = request.SignedBy,
            ["settings"] = new JsonObject
            {
                ["level"] = request.Settings.Level,
                ["width"] = request.Settings.Width,
                ["vocabulary"] = request.Settings.Vocabulary,
            },
            ["inputs"] = new JsonArray([.. request.Inputs.Select(static input => (JsonNode)Shown(input))]),
            ["firstOutputAt"] = firstOutput is { } at ? Precommitment.Time(at) : null,
            ["precommitments"] = new JsonArray([.. request.Precommitments.Select(one => (JsonNode)one.ToJson(firstOutput))]),
            ["limits"] = new JsonArray([.. Limits(request, firstOutput).Select(static limit => (JsonNode)limit)]),
            ["tests"] = tests,
        };
    }

    /// <summary>The request that a report answers, without its inputs' bytes and its precommitments.</summary>
    /// <exception cref="InvalidDataException">It is no report of this form.</exception>
    public static LineageSettings SettingsOf(JsonObject report)
    {
        ArgumentNullException.ThrowIfNull(report);
        try
        {
            var settings = report["settings"]!.AsObject();
            var tests = report["tests"]!.AsArray().Select(static test => test!.AsObject()).ToList();
            var marks = tests.Where(static test => (string?)test["test"] is "mark" or "tracing")
                .SelectMany(static test => test["rows"]!.AsArray())
                .Select(static row => new MarkReference((string)row!["mark"]!, (string)row["commitment"]!));
            var book = tests.Where(static test => (string?)test["test"] == "canaries")
                .Select(static test => new BookReference((string)test["book"]!, (string)test["commitment"]!, (int)test["pairs"]!));
            return Checked(new()
            {
                Level = (double)settings["level"]!,
                Width = (int)settings["width"]!,
                Vocabulary = (int)settings["vocabulary"]!,
                Marks = [.. marks],
                Canaries = book.FirstOrDefault(),
            });
        }
        catch (Exception fault) when (fault is InvalidOperationException or NullReferenceException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("report.json lacks settings or tests, or they are not as this form has them.", fault);
        }
    }

    private static LineageSettings Checked(LineageSettings settings) =>
        settings is { Level: > 0 and < 1, Width: >= 0 and <= 4, Vocabulary: >= 2 and <= 1_000_000 }
            ? settings
            : throw new InvalidDataException("report.json has a setting out of range.");

    private static JsonArray Tests(
        LineageSettings settings, LineageInputs inputs, LineageSecrets secrets, CancellationToken cancellation)
    {
        var hasTeacher = inputs.Has(InputRole.Teacher);
        var count = (settings.Marks.Count > 0 ? 1 : 0) + (settings.Canaries is null ? 0 : 1) + (hasTeacher ? 1 : 0);
        var tests = new JsonArray();
        if (settings.Marks.Count > 0)
        {
            tests.Add(Mark(settings, inputs, secrets, count, cancellation));
        }

        if (settings.Canaries is { } book)
        {
            var test = CanaryExamination.Describe(book);
            test["rows"] = new JsonArray(secrets.Canaries is { } pairs
                ? CanaryExamination.Row(inputs.Answers(InputRole.Outputs), pairs, settings, count)
                : new JsonObject { [SecretMissing] = true });
            tests.Add(test);
        }

        if (hasTeacher)
        {
            var examination = new ProvenanceExamination(inputs);
            var test = examination.Describe();
            test["rows"] = examination.Rows(settings, count);
            tests.Add(test);
        }

        if (inputs.Has(InputRole.Logits) && inputs.Has(InputRole.OwnLogits))
        {
            tests.Add(OutputLayerExamination.Of(inputs));
        }

        return tests.Count > 0 ? tests : throw new InvalidDataException("There is nothing to test: no key, book, teacher or logits.");
    }

    private static JsonObject Mark(
        LineageSettings settings, LineageInputs inputs, LineageSecrets secrets, int count, CancellationToken cancellation)
    {
        var examination = new MarkExamination(inputs, settings);
        var (test, rows) = (examination.Describe(), new JsonArray());
        foreach (var mark in settings.Marks)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Add(secrets.Marks.TryGetValue(mark.Id, out var bits)
                ? examination.Row(mark, bits, count)
                : new JsonObject { ["mark"] = mark.Id, ["commitment"] = mark.Commitment, [SecretMissing] = true });
        }

        test["rows"] = rows;
        return test;
    }

    private static JsonObject Shown(ReportInput input) => new()
    {
        ["role"] = ReportInput.NameOf(input.Role),
        ["file"] = input.Name,
        ["bytes"] = input.Content.Length,
        ["sha256"] = input.Digest,
    };

    private static IEnumerable<string> Limits(LineageRequest request, DateTimeOffset? firstOutput)
    {
        var secrets = request.Settings.Marks.Select(static mark => mark.Commitment)
            .Concat(request.Settings.Canaries is { } book ? [book.Commitment] : []).ToList();
        var shown = request.Precommitments.Select(static one => one.Commitment).ToHashSet(StringComparer.Ordinal);
        if (secrets.Count(secret => !shown.Contains(secret)) is > 0 and var without)
        {
            yield return LineageInputs.Say($"Of {secrets.Count} keys and books, {without} have no commitment in a log here: ")
                + "nothing shows that they were chosen before the outputs were seen, and if they were not, the p-values mean nothing.";
        }

        if (request.Precommitments.Count(one => !one.IsBefore(firstOutput)) is > 0 and var late)
        {
            yield return LineageInputs.Say($"Of {request.Precommitments.Count} commitments, {late} are ") + (firstOutput is null
                ? "of keys and books that the outputs may be older than: when they were received is not told."
                : "not from before the first output: nothing shows that these were chosen before it was seen.");
        }

        if (request.Precommitments.Any(static one => one.StampedAt is null))
        {
            yield return "Commitments that no authority stamped bear the time of their writer's clock.";
        }

        yield return "Levels hold for this report alone. That no other keys, inputs or weightings were tried before is shown by nothing in "
            + "it: who wants that shown commits to the plan first.";
    }
}
