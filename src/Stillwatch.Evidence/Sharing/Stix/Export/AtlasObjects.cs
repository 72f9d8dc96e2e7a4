using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>
/// The techniques that reasons answer and the mitigations against model extraction, with their ids in MITRE ATLAS's own STIX export
/// (stix-atlas.json of June 2026).
/// </summary>
internal static class AtlasObjects
{
    private const string Source = "mitre-atlas";

    /// <summary>Older than anything of ATLAS, so that whoever has ATLAS itself keeps its newer version of the same object.</summary>
    private static readonly DateTimeOffset Oldest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AtlasObject[] Techniques =
    [
        Technique("AML.T0008.005", "647ac4ac-b2bc-53f7-ab83-81f421a1f0b5", "AI Service Proxies", "resource-development"),
        Technique("AML.T0021", "d3d7763a-58e1-5e38-84fd-3abea967cb08", "Establish Accounts", "resource-development"),
        Technique("AML.T0065", "6e148299-0460-5d0b-9741-467437464d3d", "LLM Prompt Crafting", "resource-development"),
        Technique("AML.T0040", "5ac1f849-523e-51bf-a1e9-1a97ab91cc91", "AI Model Inference API Access", "ai-model-access"),
        Technique("AML.T0024.002", "3f567912-629a-5e0b-ab0c-0102977c2d6c", "Extract AI Model", "exfiltration"),
    ];

    private static readonly AtlasObject[] Mitigations =
    [
        Mitigation("AML.M0004", "1b15d839-8893-5005-aba7-62c3cc8b48ac", "Restrict Number of AI Model Queries"),
        Mitigation("AML.M0024", "1f45c127-eb18-5e17-a136-28ceef04edec", "AI Telemetry Logging"),
        Mitigation("AML.M0002", "8aaa7934-9c52-56f0-a48d-1f5258e4288b", "Passive AI Output Obfuscation"),
    ];

    /// <summary>The technique that every campaign uses: copying a model through its answers.</summary>
    public static StixId ExtractModel => Techniques[^1].StixId;

    /// <summary>The attack patterns of some techniques, in the order of an attack.</summary>
    /// <param name="ids">Ids in ATLAS; <see cref="ExtractModel"/> is always among the result.</param>
    /// <param name="markings">How they are marked.</param>
    public static IEnumerable<AttackPattern> AttackPatterns(IReadOnlySet<string> ids, IReadOnlyList<StixId> markings) => Techniques
        .Where(technique => technique.StixId == ExtractModel || ids.Contains(technique.Id))
        .Select(technique => new AttackPattern
        {
            Id = technique.StixId,
            Created = Oldest,
            Modified = Oldest,
            ObjectMarkingRefs = markings,
            Name = technique.Name,
            KillChainPhases = [new KillChainPhase(Source, technique.Phase!)],
            ExternalReferences = [new ExternalReference(Source, technique.Id, $"https://atlas.mitre.org/techniques/{technique.Id}")],
        });

    /// <summary>The measures against the extraction of a model.</summary>
    public static IEnumerable<CourseOfAction> CoursesOfAction(IReadOnlyList<StixId> markings) =>
        Mitigations.Select(mitigation => new CourseOfAction
        {
            Id = mitigation.StixId,
            Created = Oldest,
            Modified = Oldest,
            ObjectMarkingRefs = markings,
            Name = mitigation.Name,
            ExternalReferences = [new ExternalReference(Source, mitigation.Id, $"https://atlas.mitre.org/mitigations/{mitigation.Id}")],
        });

    private static AtlasObject Technique(string id, string uuid, string name, string phase) =>
        new(id, new StixId("attack-pattern", new Guid(uuid)), name, phase);

    private static AtlasObject Mitigation(string id, string uuid, string name) =>
        new(id, new StixId("course-of-action", new Guid(uuid)), name, null);
}
