using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// Lineage without a mark: whether a suspect agrees with a supposed teacher more than with each of several models of other descent.
/// Stateless.
/// </summary>
/// <remarks>
/// Nikolic et al., "Model provenance testing for large language models", 2025 (arXiv 2502.00706), who take a z-test of shares of
/// agreement; here the prompts are paired and the test exact: where the suspect is nearer to one of the two, a fair coin would say which.
/// It says that the suspect is nearer to the teacher than to the controls, given the prompts; not why. A relative of the teacher passes
/// too, and controls that differ in style from both make it easy: choose controls that could have been the teacher.
/// </remarks>
public static class ProvenanceTest
{
    /// <summary>Whether the suspect is nearer to the teacher than to one control: the exact sign test over prompts.</summary>
    /// <param name="toTeacher">Similarity to the teacher's answer, one a prompt; for agreement 0 or 1.</param>
    /// <param name="toControl">Similarity to the control's answer, in the same order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The numbers differ.</exception>
    public static PValue AgainstControl(ReadOnlySpan<double> toTeacher, ReadOnlySpan<double> toControl)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(toControl.Length, toTeacher.Length);
        var (nearer, farther) = (0, 0);
        for (var i = 0; i < toTeacher.Length; i++)
        {
            nearer += toTeacher[i] > toControl[i] ? 1 : 0;
            farther += toTeacher[i] < toControl[i] ? 1 : 0;
        }

        return BinomialTail.AtLeast(nearer, nearer + farther, 0.5);
    }

    /// <summary>
    /// Whether it is nearer to the teacher than to every control: the largest of their p-values, which is a p-value of the union of the
    /// null hypotheses.
    /// </summary>
    /// <exception cref="ArgumentException">There is no control.</exception>
    public static PValue AgainstAll(IReadOnlyCollection<PValue> controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return controls.Count > 0 ? controls.Max() : throw new ArgumentException("At least one control is needed.", nameof(controls));
    }

    /// <summary>
    /// The published z of two shares of agreement over the same number of prompts: a score, for it ignores that they are paired.
    /// </summary>
    public static double PublishedZ(double teacherShare, double controlShare, int prompts)
    {
        var pooled = (teacherShare + controlShare) / 2;
        var deviation = Math.Sqrt(2 * pooled * (1 - pooled) / prompts);
        return deviation == 0 ? 0 : (teacherShare - controlShare) / deviation;
    }
}
