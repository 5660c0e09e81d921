namespace CognitoM2M.Soak;

/// <summary>A fault that lasts for a while.</summary>
/// <param name="Name">The name in the figures.</param>
/// <param name="Duration">How long the fault lasts.</param>
/// <param name="Begin">Starts the fault, and returns the action that ends it.</param>
internal sealed record Fault(string Name, TimeSpan Duration, Func<World, Action> Begin);
