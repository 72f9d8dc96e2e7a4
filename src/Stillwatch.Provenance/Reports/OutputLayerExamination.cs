using System.Text.Json.Nodes;
using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Provenance.Reports;

/// <summary>Whether the suspect's logits lie in the space of our own model's output layer. Scores, no evidence. Stateless.</summary>
internal static class OutputLayerExamination
{
    private const int MaxRows = 4096;
    private const long MaxCells = 1L << 26;

    /// <exception cref="InvalidDataException">Rows are too few or too many, or of different lengths.</exception>
    public static JsonObject Of(LineageInputs inputs)
    {
        var (suspect, own) = (Rows(inputs, InputRole.Logits), Rows(inputs, InputRole.OwnLogits));
        if (suspect[0].Length != own[0].Length)
        {
            throw new InvalidDataException(LineageInputs.Say(
                $"The suspect's logits are {suspect[0].Length} a row, our own {own[0].Length}: two vocabularies are two output layers."));
        }

        var (theirs, ours) = (new OutputLayerImage(suspect), new OutputLayerImage(own));
        return new()
        {
            ["test"] = "outputLayer",
            ["kind"] = "score",
            ["statistic"] = "The space that the logits of each lie in, and the share of the squared length of one's rows in the other's "
                + "space: 1 for the same output layer. A space is only seen where rows are more than its dimension and the gap is large.",
            ["suspect"] = Shown(suspect.Count, theirs),
            ["own"] = Shown(own.Count, ours),
            ["suspectInOwnScore"] = Figure.Of(ours.ShareOf(suspect)),
            ["ownInSuspectScore"] = Figure.Of(theirs.ShareOf(own)),
            ["limits"] = new JsonArray(
                "A shared output layer is a copy of weights, which training on outputs does not give; a new one says nothing.",
                "A share is a score: no probability of error belongs to it."),
        };
    }

    private static JsonObject Shown(int rows, OutputLayerImage image) => new()
    {
        ["rows"] = rows,
        ["dimension"] = image.Rank,
        ["log10Gap"] = Figure.Of(Math.Log10(image.Gap)),
    };

    private static List<double[]> Rows(LineageInputs inputs, InputRole role)
    {
        var rows = new List<double[]>();
        foreach (var row in inputs.Of(role).SelectMany(ProbabilityRows.WholeRows))
        {
            rows.Add(row);
            if (rows.Count > MaxRows || (long)rows.Count * row.Length > MaxCells || row.Length != rows[0].Length)
            {
                throw new InvalidDataException(
                    $"{ReportInput.NameOf(role)}: at most {MaxRows} rows of one length are read, {MaxCells} numbers in all.");
            }
        }

        return rows.Count >= 3 && rows[0].Length >= 2
            ? rows
            : throw new InvalidDataException($"{ReportInput.NameOf(role)}: at least three rows of two numbers or more are needed.");
    }
}
