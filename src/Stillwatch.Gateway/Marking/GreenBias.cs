using System.Globalization;
using System.Text;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Gateway.Marking;

/// <summary>The entries of <c>logit_bias</c> for one key: its green ones among the tokens that may get a bias. Immutable.</summary>
/// <remarks>
/// One list for all contexts, as the Unigram mark of Zhao et al. (ICLR 2024) has it, of the production mark's bits: each token's colour is
/// independent of the others', which the exact weighted test needs.
/// </remarks>
internal sealed class GreenBias
{
    private readonly int[] _ids;
    private readonly string _value;
    private readonly byte[] _all;

    public GreenBias(KeyedGreenBits bits, MarkedModel model)
    {
        _ids = [.. model.Tokens.Where(id => bits.IsGreen([], id)).Take(model.MaxEntries)];
        _value = model.Bias.ToString(CultureInfo.InvariantCulture);
        MaxEntries = model.MaxEntries;
        _all = Write(_ids);
    }

    /// <summary>Entries that a request may have.</summary>
    public int MaxEntries { get; }

    /// <summary>Members of an object, with commas between; those that a client gave are the client's.</summary>
    public byte[] Entries(IReadOnlySet<int> given) =>
        given.Count == 0 ? _all : Write(_ids.Where(id => !given.Contains(id)).Take(Math.Max(0, MaxEntries - given.Count)));

    private byte[] Write(IEnumerable<int> ids) => Encoding.ASCII.GetBytes(string.Join(
        ',', ids.Select(id => string.Create(CultureInfo.InvariantCulture, $"\"{id}\":{_value}"))));
}
