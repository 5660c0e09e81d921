namespace ConsoleConsumer;

/// <summary>Where the settings of a real app client are, and the issuer of its tokens.</summary>
internal sealed record AwsArguments(string ConfigurationFile, string Section, string Issuer);
