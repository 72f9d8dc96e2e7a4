using System.Text;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>What a witness answers.</summary>
/// <param name="Status">
/// 200 with cosignature lines; 400 malformed, or the old size is the larger one; 403 no signature of the log; 404 unknown log; 409 with the
/// size that was cosigned last; 422 the trees are not consistent.
/// </param>
/// <param name="ContentType">The media type of the body.</param>
/// <param name="Body">Signature lines, a size, or a sentence.</param>
public sealed record WitnessAnswer(int Status, string ContentType, string Body)
{
    internal const string SizeType = "text/x.tlog.size";

    private const string TextType = "text/plain; charset=utf-8";

    /// <summary>The body's bytes.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Body);

    internal static WitnessAnswer Text(int status, string body) => new(status, TextType, body);
}
