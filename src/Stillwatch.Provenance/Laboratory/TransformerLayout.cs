namespace Stillwatch.Provenance.Laboratory;

/// <summary>Where the tensors of a transformer lie in one array: for parameters, their gradients, and the optimizer's moments.</summary>
internal sealed class TransformerLayout
{
    public TransformerLayout(TransformerOptions options)
    {
        options.Check();
        var tensors = new List<TransformerTensor>();
        TransformerTensor Add(string name, int rows, int columns)
        {
            tensors.Add(new(name, tensors.Count == 0 ? 0 : tensors[^1].Offset + tensors[^1].Length, rows, columns));
            return tensors[^1];
        }

        var d = options.Dimension;
        Embedding = Add("embedding.weight", options.Vocabulary + 1, d);
        Layers =
        [
            .. Enumerable.Range(0, options.Layers).Select(layer => new Layer(
                Add($"layers.{layer}.attention_norm.weight", 1, d),
                Add($"layers.{layer}.attention.qkv.weight", d, 3 * d),
                Add($"layers.{layer}.attention.out.weight", d, d),
                Add($"layers.{layer}.mlp_norm.weight", 1, d),
                Add($"layers.{layer}.mlp.gate_up.weight", d, 2 * options.Hidden),
                Add($"layers.{layer}.mlp.down.weight", options.Hidden, d))),
        ];
        FinalNorm = Add("final_norm.weight", 1, d);
        (Tensors, Length) = (tensors, FinalNorm.Offset + FinalNorm.Length);
    }

    /// <summary>One row a token, and a last one for the beginning of a text; the first ones are the output layer too.</summary>
    public TransformerTensor Embedding { get; }

    public IReadOnlyList<Layer> Layers { get; }

    public TransformerTensor FinalNorm { get; }

    /// <summary>All of them, in the order in which they lie.</summary>
    public IReadOnlyList<TransformerTensor> Tensors { get; }

    /// <summary>Values of all of them.</summary>
    public int Length { get; }

    /// <summary>The tensors of a layer; matrices are to be multiplied from the right.</summary>
    internal sealed record Layer(
        TransformerTensor AttentionNorm,
        TransformerTensor QueryKeyValue,
        TransformerTensor AttentionOut,
        TransformerTensor GatedNorm,
        TransformerTensor GateUp,
        TransformerTensor Down);
}
