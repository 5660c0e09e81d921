using System.Reflection;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>The compiled packages in the folder of the tests.</summary>
internal static class Packages
{
    public static IReadOnlyList<Assembly> All { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name == "cognito-m2m" || (name!.StartsWith("CognitoM2M", StringComparison.Ordinal) && !name.EndsWith(".Tests", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .Select(name => Assembly.Load(name!)),
    ];

    /// <summary>The constants of a type, with their values.</summary>
    public static IEnumerable<(string Name, string Value)> ListConstants(Type type) =>
        from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
        where field.IsLiteral && field.FieldType == typeof(string)
        select (field.Name, (string)field.GetRawConstantValue()!);
}
