namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>A published score under the calibration that all detectors share.</summary>
/// <param name="name">The name in the tables.</param>
/// <param name="twoSided">Whether its adaptation flags low scores too.</param>
/// <param name="level">The level of the test.</param>
/// <param name="fit">Fits the score on the reference.</param>
internal sealed class CalibratedRival(string name, bool twoSided, double level, Func<WindowSetting, IWindowScore> fit) : IWindowDetector
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double Level => level;

    /// <inheritdoc/>
    public IWindowTest Fit(WindowSetting setting) =>
        new ExchangeabilityTest(fit(setting), twoSided, setting.Calibration, decisiveLevel: level);
}
