namespace CognitoM2M.Soak;

/// <summary>One thing that goes wrong for a while.</summary>
/// <param name="Name">For the figures.</param>
/// <param name="Lasts">How long.</param>
/// <param name="Begin">Breaks it; what it returns mends it.</param>
internal sealed record Fault(string Name, TimeSpan Lasts, Func<World, Action> Begin);
