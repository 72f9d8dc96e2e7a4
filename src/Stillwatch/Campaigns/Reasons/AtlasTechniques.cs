namespace Stillwatch.Campaigns.Reasons;

/// <summary>The techniques of MITRE ATLAS (version 5.6) that reasons answer; AML.CS0056 is its case of distillation.</summary>
public static class AtlasTechniques
{
    /// <summary>Access through services that resell or hide behind accounts.</summary>
    public static AtlasTechnique ServiceProxies { get; } = new("AML.T0008.005", "AI Service Proxies");

    /// <summary>Accounts opened for the purpose.</summary>
    public static AtlasTechnique EstablishAccounts { get; } = new("AML.T0021", "Establish Accounts");

    /// <summary>Use of the API.</summary>
    public static AtlasTechnique ApiAccess { get; } = new("AML.T0040", "AI Model Inference API Access");

    /// <summary>Prompts made to draw out what a copy needs.</summary>
    public static AtlasTechnique PromptCrafting { get; } = new("AML.T0065", "LLM Prompt Crafting");

    /// <summary>Copying a model through its answers.</summary>
    public static AtlasTechnique ExtractModel { get; } = new("AML.T0024.002", "Extract AI Model");

    /// <summary>All of them, in the order of an attack.</summary>
    public static IReadOnlyList<AtlasTechnique> All { get; } =
        [ServiceProxies, EstablishAccounts, ApiAccess, PromptCrafting, ExtractModel];
}
