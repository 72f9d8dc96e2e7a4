namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>Decides whether a window of queries holds queries of an extraction attack.</summary>
internal interface IWindowDetector
{
    /// <summary>The name in the tables.</summary>
    string Name { get; }

    /// <summary>A window is flagged if its p-value is at most this.</summary>
    double Level { get; }

    /// <summary>Fits on the reference and calibrates on the calibration queries; no attacker's query may be looked at.</summary>
    IWindowTest Fit(WindowSetting setting);
}
